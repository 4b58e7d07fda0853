"""From mapped rows to values, column by column and chunk by chunk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, replace
from dataclasses import field as made
from functools import partial
from itertools import compress, repeat
from typing import Any

from privdesk.core.faults import Fault, Raw, fault
from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.masking import looks_masked
from privdesk.core.normal import DateRules, as_span, as_text
from privdesk.core.reasons import Reason
from privdesk.exchange.convert import REPEATING, REQUIRED, Convert, converter
from privdesk.exchange.guard import unguard
from privdesk.exchange.guessing import key_of
from privdesk.exchange.mapping import Mapping, require_ready
from privdesk.exchange.source import Cells, Source, is_blank

CHUNK = 5_000
TOTAL = fault(N_("This is a line of totals and no record; nothing has to be corrected."))
_TOTALS = re.compile(
    "(?:합계|총계|소계|총합계|누계|계|총|totals?|subtotal|grandtotal)(?:[0-9]+(?:명|건|회|개|개사|개소|인|종)?)?"
).fullmatch
_LONGEST_TOTAL = 16
_MEMO = 20_000


@dataclass(frozen=True)
class Options:
    """How rows are taken in.

    ``given`` are values every row gets beside those of its columns, by field.
    ``partial`` takes rows without the required fields, for corrections of known records;
    personal values may then be masked.
    """

    given: MappingOf[str, Any] = made(default_factory=dict)
    partial: bool = False


@dataclass(frozen=True, slots=True)
class CellFault:
    """Why one cell was refused; ``column`` is empty where the whole row is meant."""

    column: str
    value: str
    cause: Reason


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that does not go in: its number in the file, its cells, and why."""

    row: int
    cells: tuple[str, ...]
    faults: tuple[CellFault, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows as values in the order of ``names``, beside those that were refused."""

    names: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    numbers: list[int]
    rejects: list[Reject]
    mapping: Mapping
    raw: list[Cells]

    def original(self, at: int) -> tuple[str, ...]:
        """Return what the file holds in the row that became ``rows[at]``."""
        return _original(self.raw[at], len(self.mapping.header))

    def column(self, name: str) -> list[Any]:
        """Return the values of one field."""
        at = self.names.index(name)
        return [row[at] for row in self.rows]

    def reject(self, at: int, cause: Reason, field: str = "") -> Reject:
        """Return the refusal of a sound row for a reason the list alone does not show."""
        cells = self.original(at)
        column = self.mapping.column_of(field) if field else None
        where = ("", "") if column is None else (self.mapping.header[column], cells[column])
        return Reject(self.numbers[at], cells, (CellFault(*where, cause),))


class _Memo(dict[str, Any]):
    """Values already read; a date or purpose occurs in thousands of rows."""

    def __init__(self, convert: Convert) -> None:
        self._convert = convert

    def __missing__(self, cell: str) -> Any:
        value = self[cell] = self._convert(unguard(cell))
        return value


@dataclass(frozen=True, slots=True)
class _Column:
    at: int
    name: str
    field: Field
    convert: Convert
    required: bool
    memo: _Memo | None


def read_chunks(
    source: Source,
    mapping: Mapping,
    fields: Sequence[Field],
    options: Options | None = None,
    size: int = CHUNK,
) -> Iterator[Chunk]:
    """Yield the rows of a list as values, in the order of the file.

    Raises a ``DomainError`` when no row could go in as mapped, or when the file turns out
    to be damaged on the way; what is wrong with one row only makes a ``Reject``.
    """
    options = options or Options()
    require_ready(source, mapping, fields, options.given, partial=options.partial)
    columns = _columns(source, mapping, fields, options)
    given = tuple(options.given.items())
    names = tuple(column.field.name for column in columns) + tuple(name for name, _ in given)
    constants = [repeat(value) for _, value in given]
    kept = len(mapping.header)
    for numbers, rows in source.blocks(size):
        rejects: list[Reject] = []
        if set(map(len, rows)) != {source.layout.width}:
            numbers, rows = _even(source, mapping, numbers, rows, rejects)
        if any(_is_total(row, kept) for row in rows):
            numbers, rows = _without_totals(mapping, numbers, rows, rejects)
        values = [_values(column, rows, source) for column in columns]
        bad = _faults(columns, values)
        if bad:
            rejects += [_reject(mapping, numbers[at], rows[at], bad[at]) for at in sorted(bad)]
            sound = [at not in bad for at in range(len(rows))]
            values = [list(compress(column, sound)) for column in values]
            numbers, rows = list(compress(numbers, sound)), list(compress(rows, sound))
        rejects.sort(key=lambda reject: reject.row)
        whole = list(zip(*values, *constants, strict=False)) if rows else []
        yield Chunk(names, whole, numbers, rejects, mapping, rows)


def _columns(
    source: Source, mapping: Mapping, fields: Sequence[Field], options: Options
) -> list[_Column]:
    by_name = {field.name: field for field in fields if field.enterable}
    columns = []
    for at, name in enumerate(mapping.fields):
        if name in by_name and name not in options.given:
            field = by_name[name]
            convert = converter(field, mapping.rules.get(name, DateRules()))
            if options.partial and field.masked:
                convert = partial(_or_masked, field.kind, convert)
            remember = source.texts_only and field.kind in REPEATING
            required = field.required and field.default is None
            memo = _Memo(convert) if remember else None
            columns.append(_Column(at, mapping.header[at], field, convert, required, memo))
            last = by_name.get(field.ends)
            if last is not None and last.name not in (*mapping.fields, *options.given):
                columns[-1:] = _both_ends(columns[-1], last, mapping)
    return columns


def _both_ends(first: _Column, last: Field, mapping: Mapping) -> list[_Column]:
    """Return the columns of two days out of one: “2025.1.1~2026.12.31” says since and until."""
    rules = mapping.rules.get(first.field.name, DateRules())
    read = (partial(_end, 0, first.convert), partial(_end, 1, converter(last, rules)))
    memos = [_Memo(convert) if first.memo is not None else None for convert in read]
    return [
        replace(first, convert=read[0], memo=memos[0]),
        replace(first, field=last, convert=read[1], memo=memos[1], required=False),
    ]


def _end(which: int, convert: Convert, raw: Raw) -> Any:
    """Return one end of a span; a cell with one day has only the first."""
    found = as_span(raw)
    if found is not None:
        return convert(found[which])
    return convert(raw) if which == 0 else None


def _or_masked(kind: Kind, convert: Convert, raw: Raw) -> Any:
    """Let a mask through as it is: whoever knows the record can say what stands behind it."""
    text = as_text(raw).strip()
    return text if looks_masked(kind, text) else convert(raw)


def _values(column: _Column, rows: Sequence[Cells], source: Source) -> list[Any]:
    at = column.at
    cells: list[Any] = [row[at] for row in rows]
    if column.memo is not None:
        if len(column.memo) > _MEMO:
            column.memo.clear()
        return list(map(column.memo.__getitem__, cells))
    if source.texts_only:
        cells = [unguard(cell) if cell[:1] == "'" else cell for cell in cells]
    elif source.guarded:
        cells = [unguard(cell) if isinstance(cell, str) else cell for cell in cells]
    return list(map(column.convert, cells))


def _faults(
    columns: Sequence[_Column], values: list[list[Any]]
) -> dict[int, list[tuple[_Column, Fault]]]:
    """Return by row what is wrong; fill defaults in on the way."""
    bad: dict[int, list[tuple[_Column, Fault]]] = {}
    for column, found in zip(columns, values, strict=True):
        types = set(map(type, found))
        if Fault in types:
            for at, value in enumerate(found):
                if type(value) is Fault:
                    bad.setdefault(at, []).append((column, value))
        if type(None) in types and column.required:
            for at, value in enumerate(found):
                if value is None:
                    bad.setdefault(at, []).append((column, REQUIRED))
        elif type(None) in types and column.field.default is not None:
            found[:] = [column.field.default if value is None else value for value in found]
    return bad


def _reject(
    mapping: Mapping, number: int, row: Cells, found: Sequence[tuple[_Column, Fault]]
) -> Reject:
    cells = _original(row, len(mapping.header))
    return Reject(
        number,
        cells,
        tuple(CellFault(column.name, cells[column.at], cause) for column, cause in found),
    )


def _original(row: Cells, width: int) -> tuple[str, ...]:
    return tuple(unguard(as_text(cell)) for cell in row[:width])


def _even(
    source: Source,
    mapping: Mapping,
    numbers: Sequence[int],
    rows: Sequence[Cells],
    rejects: list[Reject],
) -> tuple[list[int], list[Cells]]:
    """Bring rows to the width of the list; refuse those whose cells cannot be told apart."""
    width = source.layout.width
    least = _least(source)
    loose = source.layout.kind == "workbook"  # what stands beside the columns moves no cell
    kept_numbers, kept = [], []
    for number, row in zip(numbers, rows, strict=True):
        if len(row) > width and (loose or is_blank(row[width:])):
            row = row[:width]
        if least <= len(row) <= width:
            kept_numbers.append(number)
            kept.append([*row, *[""] * (width - len(row))] if len(row) < width else row)
        else:
            cause = fault(
                N_("The row has {cells} cells, the list {columns} columns."),
                cells=sum(1 for _ in row),
                columns=width,
            )
            cells = tuple(unguard(as_text(cell)) for cell in row)
            rejects.append(Reject(number, cells, (CellFault("", "", cause),)))
    return kept_numbers, kept


def _is_total(row: Cells, width: int) -> bool:
    """Whether a row sums up others, as lists have it at their end: “합계”, and only figures.

    What stands behind the list's own columns does not count: a file of rejects has its reasons
    there.
    """
    row = row[:width]
    first = row[0] or next((cell for cell in row if cell), None)
    if not isinstance(first, str) or len(first) > _LONGEST_TOTAL or not _TOTALS(key_of(first)):
        return False
    filled = [text for cell in row if (text := as_text(cell).strip())]
    return all(any(map(str.isdigit, text)) for text in filled[1:])


def _without_totals(
    mapping: Mapping, numbers: Sequence[int], rows: Sequence[Cells], rejects: list[Reject]
) -> tuple[list[int], list[Cells]]:
    """Refuse the lines of totals: nobody is called that."""
    width = len(mapping.header)
    kept = []
    for number, row in zip(numbers, rows, strict=True):
        if _is_total(row, width):
            rejects.append(Reject(number, _original(row, width), (CellFault("", "", TOTAL),)))
        else:
            kept.append((number, row))
    return [number for number, _row in kept], [row for _number, row in kept]


def _least(source: Source) -> int:
    """Return how many cells a row must have: all up to the last column with a name."""
    if not source.texts_only:
        return 0
    named = [at for at, name in enumerate(source.header) if name not in source.layout.unnamed]
    return max(named, default=0) + 1


@dataclass(frozen=True)
class PreviewRow:
    """A row as it will become: values by field, faults by field, or one for the row."""

    number: int
    values: MappingOf[str, Any]
    faults: MappingOf[str, Reason]
    row_fault: Reason | None = None


def preview(
    source: Source,
    mapping: Mapping,
    fields: Sequence[Field],
    options: Options | None = None,
    count: int = 20,
) -> list[PreviewRow]:
    """Return the first rows as they will become; incomplete mappings are fine."""
    options = options or Options()
    columns = _columns(source, mapping, fields, options)
    return [
        _preview_row(source, mapping, columns, options, number, row)
        for number, row in source.sample[:count]
    ]


def _preview_row(
    source: Source,
    mapping: Mapping,
    columns: Sequence[_Column],
    options: Options,
    number: int,
    row: Cells,
) -> PreviewRow:
    refused: list[Reject] = []
    _numbers, rows = _even(source, mapping, [number], [row], refused)
    if not rows:
        return PreviewRow(number, {}, {}, refused[0].faults[0].cause)
    values: dict[str, Any] = dict(options.given)
    faults: dict[str, Reason] = {}
    found = [_values(column, rows, source) for column in columns]
    for column, cause in _faults(columns, found).get(0, []):
        faults[column.field.name] = cause
    for column, (value,) in zip(columns, found, strict=True):
        if column.field.name not in faults:
            values[column.field.name] = value
    return PreviewRow(number, values, faults)
