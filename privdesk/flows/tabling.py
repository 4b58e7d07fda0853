"""Every table behind a report as one workbook: a sheet for each matter, numbers as numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from privdesk.core import boardwords
from privdesk.core.board import Group, Pair, Told
from privdesk.core.figures import Figure, Line
from privdesk.core.i18n import N_, Words
from privdesk.exchange.guard import guard
from privdesk.exchange.sheet import Cell, SheetBook
from privdesk.exchange.wholefile import whole_file
from privdesk.exchange.workbook import NOTE_SHEET

HEADS = (
    N_("What"),
    N_("Broken down by"),
    N_("This span"),
    N_("Out of"),
    N_("Percent"),
    N_("The one before"),
    N_("Out of (before)"),
    N_("Percent (before)"),
    N_("Up or down"),
    N_("Direction"),
    N_("As of"),
    N_("Clause"),
)
WIDTHS = (300, 240, 80, 80, 70, 100, 110, 110, 80, 80, 90, 70)


def write(path: Path, told: Told, say: Words, *, by: str) -> None:
    """Write the workbook; it appears whole or not at all."""
    with whole_file(path) as stream, SheetBook(stream) as book:
        for group in told.board.groups:
            heads = [say(head) for head in HEADS]
            with book.sheet(say(group.title), heads, WIDTHS) as sheet:
                for row in _rows(group, say):
                    sheet.add(row)
        _write_coming(book, told, say)
        _write_course(book, told, say)
        with book.sheet(NOTE_SHEET, (say(N_("About this list")), ""), (160, 480)) as sheet:
            for pair in _note(told, say, by):
                sheet.add(pair)


def _rows(group: Group, say: Words) -> Iterator[list[Cell]]:
    for pair in group.pairs:
        yield _row(pair, say)
        earlier = {row.label: row for row in pair.before.rows} if pair.before else {}
        for row in pair.now.rows:
            then = earlier.get(row.label)
            yield [
                guard(say(pair.now.label)),
                guard(say(row.label)),
                *_numbers(row),
                *(_numbers(then) if then else (None, None, None)),
            ]


def _row(pair: Pair, say: Words) -> list[Cell]:
    now, before = pair.now, pair.before
    change: int | None = None
    if before is not None and now.of is None:
        change = now.value - before.value
    return [
        guard(say(now.label)),
        "",
        *_numbers(now),
        *(_numbers(before) if before else (None, None, None)),
        change,
        boardwords.direction(pair, say),
        pair.as_of,
        now.clause,
    ]


def _numbers(one: Figure | Line) -> tuple[Cell, Cell, Cell]:
    if one.of is None:
        return one.value, None, None
    return one.value, one.of, round(100 * one.value / one.of, 1) if one.of else None


def _write_coming(book: SheetBook, told: Told, say: Words) -> None:
    heads = [say(N_("First day")), say(N_("What")), say(N_("Register")), say(N_("How many"))]
    title = say(N_("What falls due next"))
    with book.sheet(title, [*heads, say(N_("Clause"))], (90, 300, 160, 80, 70)) as sheet:
        for one in told.coming:
            sheet.add([one.due, say(one.title), say(one.register), one.count, one.clause])


def _write_course(book: SheetBook, told: Told, say: Words) -> None:
    if not told.course:
        return
    widths = [260, *(90 for _span in told.spans)]
    with book.sheet(
        say(N_("Over the last spans")), [say(N_("What")), *told.spans], widths
    ) as sheet:
        for key, values in told.course.items():
            sheet.add([_called(key, told, say), *values])


def _called(key: str, told: Told, say: Words) -> str:
    name, of, _rest = key.partition("/of")
    pair = told.board.pair(name)
    label = say(pair.now.label) if pair else name
    return guard(f"{label} ({say(N_('Out of'))})" if of else label)


def _note(told: Told, say: Words, by: str) -> Sequence[Sequence[Cell]]:
    board = told.board
    return (
        (say(N_("Span reported")), guard(board.span.label(say))),
        (say(N_("Compared to")), guard(board.before.label(say))),
        (say(N_("Figures as of")), board.told_on),
        (say(N_("Exported by")), guard(by)),
        ("", say(N_("Counts only: nothing here tells who a data subject is."))),
    )
