"""Lists out: .csv, .xlsx or .json, in a form that can be imported again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import N_, Words, current, words
from privdesk.core.periods import Period, format_period
from privdesk.exchange.errors import UnknownEndingError
from privdesk.exchange.guard import guard
from privdesk.exchange.guessing import heads_of, key_of, told_apart
from privdesk.exchange.sheet import Cell, SheetBook
from privdesk.exchange.wholefile import whole_file
from privdesk.exchange.workbook import NOTE_SHEET

ENDINGS = (".csv", ".xlsx", ".json")
Rows = Iterable[Sequence[Any]]


@dataclass(frozen=True)
class Look:
    """How a list is shown in a file.

    ``names`` heads the columns with field names instead of labels. ``known`` are the
    fields an import will know, so that each label leads back to its own. ``note`` (pairs of
    label and text: reason, by whom, destroy by) stands on a sheet of its own in .xlsx;
    .csv and .json hold rows alone, so that other programs can read them.
    """

    title: str = ""
    names: bool = False
    known: tuple[Field, ...] = ()
    note: tuple[tuple[str, str], ...] = ()
    words: Words | None = None


def require_ending(path: Path) -> str:
    """Return the kind of file a name asks for, or refuse it."""
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise UnknownEndingError(file=path.name)
    return ending


def export(path: Path, fields: Sequence[Field], rows: Rows, look: Look | None = None) -> int:
    """Write rows (values in the order of ``fields``) and return how many.

    The file appears whole, readable by this account alone, or not at all: whatever ``rows``
    raises (someone cancels) leaves nothing behind. Texts a spreadsheet would run are made
    harmless (``guard``).
    """
    look = look or Look()
    write = _WRITERS[require_ending(path)]
    counted = _Counted(rows)
    with whole_file(path) as stream:
        write(stream, fields, counted, look)
    return counted.count


class _Counted:
    """Rows on their way, counted."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Sequence[Any]]:
        for row in self._rows:
            self.count += 1
            yield row


def heads(fields: Sequence[Field], look: Look) -> list[str]:
    """Return the names of the columns; a label that could mean another field is told apart."""
    if look.names:
        return [field.name for field in fields]
    say = look.words or words(current())
    labels = [say(field.label) for field in fields]
    known = heads_of(look.known or fields)
    return [
        label if _leads_back(label, field, known, labels) else told_apart(label, field)
        for field, label in zip(fields, labels, strict=True)
    ]


def _leads_back(
    label: str, field: Field, known: Mapping[str, tuple[int, Field]], labels: Sequence[str]
) -> bool:
    """Whether an import takes a column of this name for the field, or leaves it out as it should.

    What is worked out is never taken in, so that its label needs only to be unlike the others.
    """
    if field.computed:
        return labels.count(label) == 1
    _rank, meant = known.get(key_of(label), (9, None))
    return meant is not None and meant.name == field.name


def text_of(field: Field, value: Any, say: Words, *, keys: bool = False) -> str:
    """Return a value as text that an import reads back."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return say(N_("Yes")) if value else say(N_("No"))
    if field.kind is Kind.CHOICE:
        return _label(field, value, say, keys=keys)
    if isinstance(value, (tuple, list, frozenset)):
        return _joined(field, sorted(value) if isinstance(value, frozenset) else value, say, keys)
    if isinstance(value, Period):
        return str(value) if keys else format_period(value, say)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else str(value)


def _joined(field: Field, values: Sequence[str], say: Words, keys: bool) -> str:
    if field.kind is not Kind.CHOICES:
        return "; ".join(values)
    labels = [_label(field, value, say, keys=keys) for value in values]
    return "; ".join(values if any(";" in label or "," in label for label in labels) else labels)


def _label(field: Field, key: str, say: Words, *, keys: bool) -> str:
    choice = None if keys else field.choice(key)
    return say(choice.label) if choice else key


def _write_csv(
    stream: BinaryIO, fields: Sequence[Field], rows: Iterable[Sequence[Any]], look: Look
) -> None:
    say = look.words or words(current())
    text = io.TextIOWrapper(stream, "utf-8-sig", newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([guard(head) for head in heads(fields, look)])
    for row in rows:
        writer.writerow(
            [
                guard(text_of(field, value, say, keys=look.names))
                for field, value in zip(fields, row, strict=True)
            ]
        )
    text.flush()
    text.detach()


def _write_xlsx(
    stream: BinaryIO, fields: Sequence[Field], rows: Iterable[Sequence[Any]], look: Look
) -> None:
    say = look.words or words(current())
    names = [guard(head) for head in heads(fields, look)]
    title = look.title or say(N_("List"))
    with SheetBook(stream) as book:
        with book.sheet(title, names, [field.width for field in fields]) as sheet:
            for row in rows:
                sheet.add(
                    _cell(field, value, say, keys=look.names)
                    for field, value in zip(fields, row, strict=True)
                )
        if look.note:
            head = (say(N_("About this list")), "")
            with book.sheet(NOTE_SHEET, head, (160, 480)) as sheet:
                for pair in look.note:
                    sheet.add([guard(text) for text in pair])


def _cell(field: Field, value: Any, say: Words, *, keys: bool) -> Cell:
    if type(value) is int and abs(value) < 10**15:
        return value
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    return guard(text_of(field, value, say, keys=keys))


def _write_json(
    stream: BinaryIO, fields: Sequence[Field], rows: Iterable[Sequence[Any]], _look: Look
) -> None:
    names = [field.name for field in fields]
    before = "[\n"
    for row in rows:
        values = (plain(value) for value in row)
        entry = json.dumps(dict(zip(names, values, strict=True)), ensure_ascii=False)
        stream.write(f"{before}{entry}".encode())
        before = ",\n"
    stream.write(b"[]\n" if before == "[\n" else b"\n]\n")


def plain(value: Any) -> Any:
    """Return a value as JSON holds it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (tuple, frozenset)):
        return sorted(value) if isinstance(value, frozenset) else list(value)
    return str(value) if isinstance(value, Period) else value


_WRITERS = {".csv": _write_csv, ".xlsx": _write_xlsx, ".json": _write_json}
