"""Putting the rows of a list into a register, one by one, each whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from privdesk.core.errors import DomainError, InvalidValueError, message_id
from privdesk.core.faults import MASKED
from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import N_, _
from privdesk.core.masking import HIDDEN, looks_masked, mask
from privdesk.core.normal import is_mobile
from privdesk.core.reasons import Reason, reason
from privdesk.core.register import Row
from privdesk.core.values import to_text
from privdesk.exchange.rows import Chunk
from privdesk.flows.importing.known import REF, TOLD_WHOLE, Known, number_of
from privdesk.flows.importing.listed import listed
from privdesk.flows.importing.tally import Tally
from privdesk.registers.desk import Change

NO_REF = reason(
    N_("The row has no reference. People who are new come in with a list without that column.")
)
GONE = reason(N_("This record was destroyed here and must not come back."))
TWICE = N_("Row {row} of the list says something else about the same record.")
_NOTHING = (None, "", ())
_BESIDE = "note"  # says nothing of what a record is


@dataclass(frozen=True)
class _Line:
    """One row of the list: where it stands, its reference, its values."""

    chunk: Chunk
    index: int
    ref: str
    values: Mapping[str, Any]

    @property
    def row(self) -> int:
        """Its number in the file."""
        return self.chunk.numbers[self.index]


class Rows:
    """One pass over the rows of a list, inside the caller's transaction."""

    def __init__(self, change: Change, service: Any, tally: Tally) -> None:
        self._change = change
        self._service = service
        self._tally = tally
        self._fields = tuple(service.fields())
        self._known = Known(service.desk, service.register.name)
        self._listed = listed(service.register.name)
        self._read = self._listed.read(service.desk)
        self._own = private_phone(self._fields)
        self._met: dict[int, int] = {}  # record number → row that brought it
        self._before: dict[int, Row] = {}  # records of the chunk as they are stored
        self.private = 0  # mobile numbers of an office line's column that are somebody's own
        self.masked = 0  # values left as they are because the list shows them masked

    def take(self, chunk: Chunk) -> None:
        """Take a chunk; a row that cannot be used is counted and leaves nothing behind."""
        self._tally.begin(chunk)
        lines = [_line(chunk, index) for index in range(len(chunk.rows))]
        self._before = self._stored(lines)
        for line in lines:
            notes = len(self._change.notes)
            try:
                with self._change.sql.begin_nested():
                    values = self._read(dict(line.values))
                    self._put(replace(line, values=values))
            except DomainError as why:
                del self._change.notes[notes:]
                self._reject(line, *self._cause(why))

    def _stored(self, lines: list[_Line]) -> dict[int, Row]:
        """Return the records that the chunk's references mean, read in one go."""
        numbers = []
        for line in lines:
            try:
                numbers += [number_of(self._service, line.ref)] if line.ref else []
            except DomainError:
                continue
        return {row.id: row for row in self._service.rows(numbers, reveal=True)}

    def _put(self, line: _Line) -> None:
        number, told_by = self._meant(line)
        if number is None and self._service.register.name == "subjects":
            self._reject(line, NO_REF, REF.name)
        elif number is None:
            self._insert(line)
        else:
            self._compare(line, number, told_by)

    def _meant(self, line: _Line) -> tuple[int | None, tuple[str, ...]]:
        """Return the record a row means and by which fields it was told, none for a reference."""
        if line.ref:
            return number_of(self._service, line.ref), ()
        if self._service.register.name in TOLD_WHOLE:
            said = {name: value for name, value in line.values.items() if value is not None}
            told = tuple(name for name in line.values if name != _BESIDE)
            return self._service.twin(self._typed(said)), told
        names = {name for key in self._known.keys for name in key}
        given = {n: v for n, v in line.values.items() if n in names and v}
        return self._known.find(self._typed(given))

    def _insert(self, line: _Line) -> None:
        own = self._privately(line.values, {})
        said = {name: value for name, value in own.items() if value is not None}
        given = {**self._service.unsaid, **self._listed.meant(said), **said}
        number = self._service.insert(self._change, given)
        self._known.add(number, given)
        self._met[number] = line.row
        self._tally.new += 1

    def _compare(self, line: _Line, number: int, told_by: tuple[str, ...]) -> None:
        """Change what differs, but not the spelling of the name by which a record was found.

        A row with a reference may rename a record and empty values.
        """
        before = self._before.get(number) or self._service.rows([number], reveal=True)[0]
        if before.state == "destroyed":
            self._tally.block(line.chunk.reject(line.index, GONE, REF.name))
            return
        given = {
            name: "" if value is None else value
            for name, value in self._privately(line.values, before.values).items()
            if (line.ref or value is not None) and name not in told_by
        }
        typed = self._typed(self._unmasked(before, given))
        changed = {n: v for n, v in typed.items() if not _same(before.values.get(n), v)}
        first = self._met.get(number, line.row)
        if first != line.row and changed:
            self._reject(line, reason(TWICE, row=first))
        elif first != line.row:
            self._tally.duplicate += 1
        else:
            self._amend(number, changed)
            self._met[number] = line.row

    def _privately(self, values: Mapping[str, Any], before: Mapping[str, Any]) -> Mapping[str, Any]:
        """Take a new mobile number that stands for an office line as the person's own.

        Lists of an office have one column for both; somebody's own number is masked.
        """
        own, line = self._own or ("", "")
        number = values.get(line)
        if not number or values.get(own) or not is_mobile(number) or before.get(line) == number:
            return values
        self.private += 1
        left = {name: value for name, value in values.items() if name not in (own, line)}
        return {**left, own: number}

    def _unmasked(self, before: Row, given: Mapping[str, Any]) -> dict[str, Any]:
        """Leave out personal values that come back as a list shows them masked: they say nothing.

        Raises ``InvalidValueError`` for a mask of another value, which nobody can store.
        """
        left = {}
        for name, value in given.items():
            field = self._service.field(name)
            known = before.values.get(name)
            if not field.masked or not looks_masked(field.kind, str(value)):
                left[name] = value
            elif _same(known, value):
                continue
            elif value in (HIDDEN, mask(field.kind, to_text(field.kind, known)) if known else ""):
                self.masked += 1
            else:
                raise InvalidValueError(value=value, field=_(field.label), cause=MASKED.message)
        return left

    def _amend(self, number: int, changed: Mapping[str, Any]) -> None:
        if changed:
            self._service.amend(self._change, number, changed)
            self._before.pop(number, None)
            self._tally.changed += 1
        else:
            self._tally.unchanged += 1

    def _typed(self, values: Mapping[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = self._service.checked_against(self._fields, values, whole=False)
        return found

    def _reject(self, line: _Line, cause: Reason, field: str = "") -> None:
        self._tally.reject(line.chunk.reject(line.index, cause, field))

    def _cause(self, why: DomainError) -> tuple[Reason, str]:
        """Return why a row was refused and which field it was about."""
        if not isinstance(why, InvalidValueError):
            return reason(message_id(type(why)), **why.details), ""
        label = why.details.get("field")
        name = next((f.name for f in self._fields if _(f.label) == label), "")
        return Reason(str(why.details["cause"])), name


def private_phone(fields: Iterable[Field]) -> tuple[str, str] | None:
    """Return the fields of somebody's own telephone and of the office line, where both are."""
    phones = [field for field in fields if field.kind is Kind.PHONE and field.enterable]
    own = next((field.name for field in phones if field.private), None)
    line = next((field.name for field in phones if not field.private), None)
    return (own, line) if own and line else None


def _line(chunk: Chunk, index: int) -> _Line:
    values = dict(zip(chunk.names, chunk.rows[index], strict=True))
    return _Line(chunk, index, str(values.pop(REF.name, None) or ""), values)


def _same(before: Any, after: Any) -> bool:
    """Whether two values say the same; there is one empty, however it is stored."""
    return before == after or (before in _NOTHING and after in _NOTHING)
