"""The list print of any register: the columns on the screen, the rows that match."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import Words, words
from privdesk.documents.paper import Block, Box, Column, Heading, NewPage, Paper, Table
from privdesk.documents.papers.common import ApprovalLine, boxes

UPRIGHT, LYING = 117.0, 188.0
"""How many halves of a Hangul syllable stand beside each other on a sheet of A4."""
_CLOSER = 1.12  # times the room of a lying sheet may be wanted for all columns to stand on it


@dataclass(frozen=True)
class RegisterList:
    """A register's rows, already masked or revealed as the reader may see them.

    The shares of ``columns`` say how much room each wants, in halves of a Hangul syllable:
    where they do not fit beside each other, the sheet lies, and where it is still too narrow
    the columns follow in parts that all begin with the first column. ``personal`` marks a
    print that shows people in the clear: it carries a warning, its reason and a destroy-by
    date. ``of`` says which list it is where the title is the name of a view of it.
    """

    number: str
    issued_on: date
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]
    conditions: str = ""
    shown: int | None = None
    total: int | None = None
    personal: bool = False
    reason: str = ""
    destroy_by: date | None = None
    approvals: ApprovalLine | None = None
    of: str = ""


def build(data: RegisterList, language: str) -> Paper:
    """Return the list as a paper."""
    say = words(language)
    body: list[Block] = []
    if data.personal:
        warning = say("Do not copy or pass on; keep locked away; shred by the day given above.")
        reason = say("Reason for the print: {reason}").format(reason=data.reason)
        body.append(Box((reason, warning), title=say("Contains personal information"), strong=True))
    wide = sum(column.share for column in data.columns) > UPRIGHT
    body += _tables(data, say, LYING if wide else UPRIGHT, 8.0 if wide else 8.5)
    return Paper(
        code="list",
        number=data.number,
        title=data.title,
        language=language,
        issued_on=data.issued_on,
        body=tuple(body),
        subtitle=" · ".join(filter(None, (data.of, _count(data, language), data.conditions))),
        approvals=boxes(say, data.approvals) if data.approvals else (),
        destroy_by=data.destroy_by,
        landscape=wide,
    )


def _tables(data: RegisterList, say: Words, room: float, size: float) -> Iterator[Block]:
    """Yield the table, in parts where its columns do not fit beside each other."""
    parts = _parts([column.share for column in data.columns], room)
    if not data.rows:
        del parts[1:]
    for number, places in enumerate(parts, 1):
        if len(parts) > 1:
            head = say("Part {n} of {all}").format(n=number, all=len(parts))
            yield Heading(head, say("the columns do not fit on one sheet; every part has all rows"))
        columns = tuple(data.columns[at] for at in places)
        yield Table(columns, _cut(data.rows, places), size=size, empty=say("No record matches."))
        if number < len(parts):
            yield NewPage()


def _cut(rows: Iterable[Sequence[str]], places: Sequence[int]) -> Iterable[Sequence[str]]:
    cut = ([row[at] for at in places] for row in rows)
    return list(cut) if isinstance(rows, Sequence) else cut


def _parts(shares: Sequence[float], room: float) -> list[list[int]]:
    """Return which columns stand beside each other; the first one leads every part.

    Where all of them want only a little more than there is, they are all set closer: a part of
    its own for the last column would be read with a ruler.
    """
    if sum(shares) <= room * _CLOSER:
        return [list(range(len(shares)))]
    parts: list[list[int]] = [[0]]
    taken = shares[0]
    for at in range(1, len(shares)):
        if taken + shares[at] > room and len(parts[-1]) > 1:
            parts.append([0])
            taken = shares[0]
        parts[-1].append(at)
        taken += shares[at]
    return parts


def _count(data: RegisterList, language: str) -> str:
    say = words(language)
    if data.shown is None:
        return ""
    if data.total is None or data.total == data.shown:
        return say.many("{n} record", "{n} records", data.shown)
    found = say("{shown} of {total} records")
    return found.format(shown=f"{data.shown:,}", total=f"{data.total:,}")
