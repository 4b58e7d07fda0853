"""D20, the monthly report, and the shorter one to the board: figures, charts, what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from privdesk.core import boardwords, figures
from privdesk.core.board import Board, Coming, Group, Pair, Told
from privdesk.core.figures import Good, Line, Nature
from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import (
    Align,
    Bars,
    Block,
    Box,
    Column,
    Entry,
    Form,
    Heading,
    Paper,
    Points,
    Share,
    Shares,
    Table,
    Together,
)  # fmt: skip
from privdesk.documents.papers.common import (
    ApprovalLine,
    Signed,
    boxes,
    dashed,
    signatures,
)
from privdesk.documents.papers.office_text import blocks
from privdesk.documents.phrases import day, short_day

BASIS = N_("Personal Information Protection Act art. 31(4)3; privacy policy")
BESIDE = ("training.security", "training.duty", "publications.proved")
"""Parts that the chart leaves out because another one says the same."""
MISSING = "pledges.missing"
SIGNED = N_("Joining pledge signed")
KEYS = (
    *("holdings.people", "consents.given", "consents.withdrawn", "requests.received"),
    *("requests.in-time", "requests.24h", "destructions.people", "holdings.late"),
    *("provisions.given", "processors.number", "processors.inspected", "training.current"),
    *("pledges.missing", "access.current", "findings.breaches"),
)
"""What the board is told in a table."""
CHART = 104.0  # points
CHART_FOR_BOARD = 78.0  # points; the board's report is three pages
MOST = 8  # lines of a break-down that a report tells
NEXT = 3  # lines of what comes, and of rules broken, that the board is told


@dataclass(frozen=True)
class ManagementReport:
    """A report: its opening, what it tells, and what the officer adds.

    ``reported`` says to whom and when it was reported, where it was.
    """

    number: str
    issued_on: date
    heading: str
    opening: str
    told: Told
    remarks: str = ""
    asks: str = ""
    drafter: str = ""
    cpo: str = ""
    reported_to: str = ""
    reported_on: date | None = None


def monthly(data: ManagementReport, language: str) -> Paper:
    """Return D20: everything that was counted, a table for each matter."""
    say, board = words(language), data.told.board
    body: list[Block] = [
        *blocks(data.opening, 9.5),
        _facts(say, data),
        *_charts(say, data.told),
        *_remarks(say, data),
        *(block for group in board.groups for block in _group(say, group, board)),
        *_coming(say, data.told),
    ]
    return _paper("d20", data, language, body)


def to_the_board(data: ManagementReport, language: str) -> Paper:
    """Return the report to the board: the main figures, what is not in order, what is asked for."""
    say, board = words(language), data.told.board
    pairs = tuple(pair for key in KEYS if (pair := board.pair(key)) is not None)
    body: list[Block] = [
        *blocks(data.opening, 10.0),
        _facts(say, data),
        Heading(say("Main figures")),
        _table(say, pairs, board, rows=False),
        *_remarks(say, data),
        *_charts(say, data.told, CHART_FOR_BOARD),
        *_not_in_order(say, board),
        *_coming(say, data.told, NEXT),
        signatures(say, (Signed("cpo", data.cpo),)),
    ]
    return _paper("board-report", data, language, body)


def _paper(code: str, data: ManagementReport, language: str, body: Sequence[Block]) -> Paper:
    say = words(language)
    line = ApprovalLine(drafter=data.drafter, drafted_on=data.issued_on, approver=data.cpo)
    return Paper(
        code=code,
        number=data.number,
        title=data.heading,
        language=language,
        issued_on=data.issued_on,
        body=tuple(body),
        basis=say(BASIS),
        subtitle=data.told.board.span.label(say),
        approvals=boxes(say, line),
    )


def _facts(say: Words, data: ManagementReport) -> Form:
    board = data.told.board
    span = say("{first} to {last}").format(
        first=day(say, board.span.first), last=day(say, board.span.last)
    )
    entries = [
        Entry(say("Span reported"), f"{board.span.label(say)}: {span}", wide=True, strong=True),
        Entry(say("Compared to"), board.before.label(say)),
        Entry(say("Figures as of"), day(say, board.told_on)),
    ]
    if data.reported_on is not None:
        told = f"{data.reported_to}, {day(say, data.reported_on)}"
        entries.append(Entry(say("Reported to"), told, wide=True))
    return Form(tuple(entries))


# -- charts


def _charts(say: Words, told: Told, height: float = CHART) -> Iterator[Block]:
    """Yield the parts of wholes as bars, and how the requests went on."""
    lines = tuple(_parts(say, told.board))
    if lines:
        legend = say("where it stood in {span}").format(span=told.board.before.label(say))
        marked = any(line.before is not None for line in lines)
        yield Heading(say("How far duties were kept"))
        yield Shares(lines, legend if marked else "")
    yield from _course(say, told, height)


def _parts(say: Words, board: Board) -> Iterator[Share]:
    for group in board.groups:
        for pair in group.pairs:
            now = pair.now
            if not now.of or now.key in BESIDE:
                continue
            if now.good is Good.UP:
                yield _share(say, say(now.label), now.value, now.of, _before(pair))
            elif now.key == MISSING:
                before = _before(pair)
                turned = None if before is None else 1 - before
                yield _share(say, say(SIGNED), now.of - now.value, now.of, turned)


def _before(pair: Pair) -> float | None:
    return None if pair.before is None else pair.before.share


def _share(say: Words, label: str, value: int, of: int, before: float | None) -> Share:
    return Share(label, value, of, boardwords.part(value, of, say), before)


def _course(say: Words, told: Told, height: float) -> Iterator[Block]:
    """Yield the answers of the last spans, in time and late, and what was destroyed."""
    course = told.course or {}
    labels = tuple(_short(text, say) for text in told.spans)
    kept, due = course.get("requests.in-time", ()), course.get("requests.in-time/of", ())
    if len(kept) == len(due) == len(labels) and any(due):
        late = tuple(float(of - n) for n, of in zip(kept, due, strict=True))
        series = (
            (say("in time"), tuple(map(float, kept))),
            (say("late or not at all"), late),
        )
        title = say("Answers to requests that fell due")
        yield Bars(labels, series, title, height)
    gone = course.get("destructions.people", ())
    if len(gone) == len(labels) and any(gone):
        people = ((say("people"), tuple(map(float, gone))),)
        yield Bars(labels, people, say("People of whom nothing is left"), height)


def _short(text: str, say: Words) -> str:
    """Return what a span is called below a bar: “Nov 2026” would not fit, “2026-11” does."""
    span = figures.parse(text)
    return text if span.kind is figures.Kind.MONTH else span.label(say)


# -- tables


def _group(say: Words, group: Group, board: Board) -> Iterator[Block]:
    yield Together((Heading(say(group.title)), _table(say, group.pairs, board)))


def _table(say: Words, pairs: Sequence[Pair], board: Board, *, rows: bool = True) -> Table:
    columns = (
        Column(say("What"), 3.3),
        Column(say("This span"), 1.35, Align.RIGHT),
        Column(say("The one before"), 1.35, Align.RIGHT),
        Column(say("Up or down"), 1.25, Align.RIGHT),
        Column(say("Clause"), 0.75),
    )
    lines = [line for pair in pairs for line in _lines(say, pair, rows=rows)]
    return Table(columns, lines, size=8.5, empty=say("Nothing"))


def _lines(say: Words, pair: Pair, *, rows: bool) -> Iterator[tuple[str, ...]]:
    now = pair.now
    label = say(now.label)
    if pair.as_of is not None:
        label = f"{label}\n{say('as of {day}').format(day=short_day(pair.as_of))}"
    before = boardwords.value(pair.before, say) if pair.before else ""
    if pair.before_as_of is not None:
        before = f"{before}\n{say('as of {day}').format(day=short_day(pair.before_as_of))}"
    moved = " ".join(filter(None, (boardwords.change(pair, say), _direction(say, pair))))
    yield label, boardwords.value(now, say), dashed(before), dashed(moved), now.clause
    if not rows:
        return
    earlier = {row.label: row for row in pair.before.rows} if pair.before else {}
    for row in now.rows[:MOST]:
        then = earlier.get(row.label)
        told = _told(say, then) if then else ("0" if pair.before and row.of is None else "")
        yield f"   · {say(row.label)}", _told(say, row), dashed(told), "", ""
    if len(now.rows) > MOST:
        rest = say("{n} more; all of them stand in the workbook").format(n=len(now.rows) - MOST)
        yield f"   · {rest}", "", "", "", ""


def _told(say: Words, row: Line) -> str:
    return f"{row.value:,}" if row.of is None else boardwords.part(row.value, row.of, say)


def _direction(say: Words, pair: Pair) -> str:
    told = boardwords.direction(pair, say)
    return f"({told})" if told else ""


def _not_in_order(say: Words, board: Board) -> Iterator[Block]:
    """Yield what stands that should not: what waits too long, and the rules broken."""
    found = [
        pair
        for group in board.groups
        for pair in group.pairs
        if pair.now.good is Good.DOWN and pair.now.when is Nature.STATE and pair.now.value
    ]
    yield Heading(say("What is not in order"))
    if not found:
        yield Points((say("Nothing: every duty counted here was kept."),))
        return
    yield _table(say, found, board, rows=False)
    broken = board.pair("findings.breaches")
    if broken is not None and broken.now.rows:
        yield Heading(say("Rules broken"), say("tasks beyond their day"))
        yield Points(tuple(f"{say(row.label)}: {row.value:,}" for row in broken.now.rows[:NEXT]))


def _coming(say: Words, told: Told, most: int = 0) -> Iterator[Block]:
    last = told.board.span.after().last
    yield Heading(say("What falls due next"), say("until {day}").format(day=day(say, last)))
    columns = (
        Column(say("First day"), 1.0),
        Column(say("What"), 3.6),
        Column(say("Register"), 1.6),
        Column(say("How many"), 0.8, Align.RIGHT),
        Column(say("Clause"), 0.8),
    )
    shown = told.coming[:most] if most else told.coming
    rows = [_due(say, one) for one in shown]
    if len(told.coming) > len(shown):
        left = sum(one.count for one in told.coming[len(shown) :])
        kinds = len(told.coming) - len(shown)
        more = say("{n} more kinds of duties").format(n=kinds)
        rows.append(("", more, "", f"{left:,}", ""))
    yield Table(columns, rows, empty=say("Nothing falls due."))


def _due(say: Words, one: Coming) -> tuple[str, ...]:
    register = dashed(say(one.register))
    return short_day(one.due), say(one.title), register, f"{one.count:,}", one.clause


def _remarks(say: Words, data: ManagementReport) -> Iterator[Block]:
    yield _said(say("Remarks of the privacy officer"), data.remarks)
    if data.asks:
        texts = tuple(line.strip() for line in data.asks.splitlines() if line.strip())
        yield Heading(say("What is to be decided"))
        yield Points(texts, mark="{n}.", size=9.5)


def _said(title: str, text: str) -> Block:
    """Return a remark in its box, or room for one by hand."""
    lines = tuple(line.strip() for line in text.splitlines() if line.strip())
    if lines:
        return Box(lines, title=title)
    return Form((Entry(title, "", wide=True, room=64),))
