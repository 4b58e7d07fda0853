"""What the page of figures says, in words and as parts of a whole. No Qt, no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from privdesk.core import boardwords
from privdesk.core.board import Pair
from privdesk.core.boardwords import BETTER, WORSE
from privdesk.core.figures import Figure, Good, Nature, Span
from privdesk.core.i18n import _, current, ngettext, words
from privdesk.ui.dashboard.ports import Shown

_ONE = {"people": "person", "cases": "case"}
MOST_BARS = 6
"""Lines of a break-down that are drawn; what is more is added up in the last one."""


@dataclass(frozen=True)
class BarLine:
    """One line of a break-down: ``part`` (0 to 1) is the length of its bar."""

    label: str
    value: str
    part: float


@dataclass(frozen=True)
class FigureLine:
    """A figure as it is shown.

    ``value`` is the number itself, ``unit`` what it counts, ``detail`` the numbers behind a
    percentage, ``before`` the span before, ``as_of`` the day where that is not the span's last.
    ``change`` is how far it moved, ``arrow`` the name of its icon, ``verdict`` the word for it
    and ``tone`` its colour. ``share`` and ``share_before`` (0 to 1) are there where it is a part
    of something; ``hint`` says of one that should be small that it should.
    """

    key: str
    label: str
    value: str
    unit: str = ""
    detail: str = ""
    before: str = ""
    as_of: str = ""
    change: str = ""
    arrow: str = ""
    verdict: str = ""
    tone: str = "plain"
    share: float | None = None
    share_before: float | None = None
    hint: str = ""
    bars: Sequence[BarLine] = ()
    clause: str = ""
    leads: str = ""

    @property
    def spoken(self) -> str:
        """Return what a screen reader says of it."""
        value = f"{self.value}{'' if current() == 'ko' else ' '}{self.unit}".strip()
        moved = " ".join(filter(None, (self.change, self.verdict)))
        said = [f"{self.label}: {value}", self.detail, self.as_of, moved, self.before]
        said += [f"{bar.label} {bar.value}" for bar in self.bars]
        return ". ".join(filter(None, said))


def line(pair: Pair, shown: Shown) -> FigureLine:
    """Return a figure in the language of the screen, beside the one of the span before."""
    now, then = pair.now, pair.before
    value, unit, detail = _told(now)
    hint = _("less is better") if now.of and now.good is Good.DOWN else ""
    change, arrow = _change(now, then)
    better = judged(pair, shown.board.span)
    verdict = "" if better is None else _(BETTER if better else WORSE)
    return FigureLine(
        key=now.key,
        label=_(now.label),
        value=value,
        unit=unit,
        detail=" · ".join(filter(None, (detail, hint))),
        before=_before(pair, shown.board.before),
        as_of=_("as of {day}").format(day=pair.as_of.isoformat()) if pair.as_of else "",
        change=change,
        arrow=arrow,
        verdict=verdict,
        tone="plain" if better is None else "kept" if better else "soon",
        share=now.share,
        share_before=then.share if then is not None else None,
        hint=hint,
        bars=bars(now),
        clause=now.clause,
        leads=shown.leads.get(now.key, ""),
    )


def judged(pair: Pair, span: Span) -> bool | None:
    """Whether a figure is better than before; None where it cannot be told.

    What is counted in a span that still runs may grow: fewer than before says nothing yet.
    """
    now, then = pair.now, pair.before
    if then is None:
        return None
    counted = now.when is Nature.FLOW and now.of is None
    if span.running and counted and now.value < then.value:
        return None
    return now.better(then)


def percent(value: int, of: int) -> str:
    """Return the part in whole per cent; neither 0 nor 100 unless it is exactly that."""
    whole = boardwords.percent(value, of)
    return f"{whole} %" if current() == "en" else f"{whole}%"


def number(figure: Figure) -> str:
    """Return a figure in one piece: the number with what it counts, or the share with its parts."""
    value, unit, _detail = _told(figure)
    if figure.of:
        return f"{value} ({figure.value:,}/{figure.of:,})"
    return f"{value}{'' if current() == 'ko' or not unit else ' '}{unit}"


def bars(figure: Figure) -> tuple[BarLine, ...]:
    """Return the break-down of a figure, its longest lines first cut to what can be drawn.

    Parts of something are as long as their share, plain numbers as long as beside the largest.
    """
    rows = list(figure.rows)
    kept, rest = (
        (rows, []) if len(rows) <= MOST_BARS else (rows[: MOST_BARS - 1], rows[MOST_BARS - 1 :])
    )
    drawn = [(_(one.label) or _("None"), one.value, one.of) for one in kept]
    if rest:
        whole = [one.of for one in rest if one.of is not None]
        label = ngettext("{n} more", "{n} more", len(rest))
        drawn.append((label, sum(one.value for one in rest), sum(whole) if whole else None))
    largest = max((value for _label, value, _of in drawn), default=0)
    return tuple(_bar(label, value, of, largest) for label, value, of in drawn)


def headline(shown: Shown) -> str:
    """Return the one sentence of the page: how many figures moved, and which way."""
    told = [judged(pair, shown.board.span) for pair in shown.pairs]
    up, down, other = told.count(True), told.count(False), span_name(shown.board.before)
    better = ngettext("{n} figure is better", "{n} figures are better", up)
    if up and down:
        worse = ngettext("{n} is worse", "{n} are worse", down)
        return _("{better} and {worse} than in {span}.").format(
            better=better, worse=worse, span=other
        )
    if up:
        return _("{better} than in {span}.").format(better=better, span=other)
    if down:
        worse = ngettext("{n} figure is worse", "{n} figures are worse", down)
        return _("{worse} than in {span}.").format(worse=worse, span=other)
    return _("Nothing has become better or worse since {span}.").format(span=other)


def standing(shown: Shown) -> str:
    """Return the day up to which is counted, and what it stands beside."""
    day = min(shown.board.told_on, shown.board.span.last).isoformat()
    text = _("As of {day} · beside {span}")
    if shown.board.span.running:
        text = _("So far, as of {day} · beside {span}")
    return text.format(day=day, span=span_name(shown.board.before))


def span_name(span: Span) -> str:
    """Return what a span is called in the language of the screen; a running one says so."""
    return span.label(words(current()))


def worse(shown: Shown) -> list[Pair]:
    """Return the figures that moved the wrong way, in their order."""
    return [pair for pair in shown.pairs if judged(pair, shown.board.span) is False]


def shares(shown: Shown) -> list[Pair]:
    """Return the one figure of each matter that is a part of something and can be good or bad."""
    found = []
    for group in shown.board.groups:
        for pair in group.pairs:
            if pair.now.of and pair.now.good.value:
                found.append(pair)
                break
    return found


def quiet(shown: Shown) -> bool:
    """Whether there is nothing at all to count."""
    return not any(p.now.value or p.now.of or (p.before and p.before.value) for p in shown.pairs)


def _told(figure: Figure) -> tuple[str, str, str]:
    """Return the number, its unit, and the numbers behind a percentage."""
    if figure.of is None:
        return f"{figure.value:,}", _unit(figure), ""
    if not figure.of:
        return "–", "", _("none to count")
    of = _("{n} of {all}").format(n=f"{figure.value:,}", all=f"{figure.of:,}")
    return percent(figure.value, figure.of), "", of


def _unit(figure: Figure) -> str:
    """Return what a figure counts; English has another word for one."""
    one = _ONE.get(figure.unit) if figure.value == 1 and current() == "en" else None
    return one or _(figure.unit)


def _before(pair: Pair, span: Span) -> str:
    if pair.before is None:
        return ""
    day = f" ({pair.before_as_of.isoformat()})" if pair.before_as_of else ""
    return f"{span_name(span)}{day}: {number(pair.before)}"


def _change(now: Figure, then: Figure | None) -> tuple[str, str]:
    """Return how far a figure moved, and the name of the arrow."""
    if then is None:
        return "", ""
    if now.of is None or then.of is None:
        moved, unit = now.value - then.value, ""
    elif now.share is None or then.share is None:
        return "", ""
    else:
        moved, unit = _points(now) - _points(then), _(" pp")
        if not moved and now.share != then.share:
            return _("less than 1 pp"), "up" if now.share > then.share else "down"
    if not moved:
        return _("unchanged"), ""
    return f"{moved:+,}{unit}".replace("-", "−"), "up" if moved > 0 else "down"


def _points(share: Figure) -> int:
    return boardwords.percent(share.value, share.of or 0)


def _bar(label: str, value: int, of: int | None, largest: int) -> BarLine:
    if of is None:
        return BarLine(label, f"{value:,}", value / largest if largest else 0.0)
    told = _("{n} of {all}").format(n=f"{value:,}", all=f"{of:,}")
    return BarLine(label, told, value / of if of else 0.0)
