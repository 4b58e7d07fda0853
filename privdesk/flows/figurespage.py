"""The page of figures as a paper: numbered and kept like any other, with no person on it."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.board import Board, Pair
from privdesk.core.figures import Span
from privdesk.core.i18n import _, speaking, words
from privdesk.documents.paper import Meter, Paper
from privdesk.documents.papers import figures_page
from privdesk.flows import figurecourse, figuring, issuing
from privdesk.registers.desk import Desk
from privdesk.ui.dashboard import wording
from privdesk.ui.dashboard.ports import Past, Shown


def draft(desk: Desk, span: Span, language: str) -> issuing.Issued:
    """Return the page of a span as it would be printed."""
    issuing.require_language(language)
    told = words(language)(issuing.NOT_ISSUED)
    return issuing.drafted(desk, _paper(desk, span, language, told))


def issue(desk: Desk, span: Span, language: str) -> issuing.Issued:
    """Print the page of a span: numbered, pinned to the journal, kept sealed."""
    issuing.require_language(language)
    return issuing.issue_paper(
        desk,
        figures_page.CODE,
        lambda number: _paper(desk, span, language, number),
        reason=str(span),
    )


def _paper(desk: Desk, span: Span, language: str, number: str) -> Paper:
    past = figurecourse.past(desk, span)
    with speaking(language):  # the office's own names, too
        board = figuring.board(desk, span)
        shown = Shown(board, {})
        data = figures_page.FiguresPage(
            number=number,
            issued_on=desk.today(),
            span=wording.span_name(board.span.whole),
            before=wording.span_name(board.before),
            headline=wording.headline(shown),
            standing=wording.standing(shown),
            matters=_matters(board, shown, past),
            drafter=desk.vault.person.name,
        )
    return figures_page.page(data, language)


def _matters(board: Board, shown: Shown, past: Past) -> tuple[tuple[str, tuple[Meter, ...]], ...]:
    return tuple(
        (
            _(group.title),
            tuple(
                meter
                for pair in group.pairs
                for meter in _meters(pair, shown, past.values.get(pair.now.key, ()))
            ),
        )
        for group in board.groups
    )


def _meters(pair: Pair, shown: Shown, course: Sequence[float | None]) -> tuple[Meter, ...]:
    """Return the line of a figure and those of what it is made of."""
    line = wording.line(pair, shown)
    first = Meter(
        label=line.label + (f" ({line.as_of})" if line.as_of else ""),
        now=wording.number(pair.now),
        before=wording.number(pair.before) if pair.before is not None else "–",
        change=" ".join(filter(None, (line.change, line.verdict))),
        part=line.share,
        part_before=line.share_before,
        course=tuple(course) if line.share is None and any(course[:-1]) else (),
        strong=bool(line.verdict),
    )
    inner = (Meter(bar.label, bar.value, part=bar.part, inner=True) for bar in line.bars)
    return (first, *inner)
