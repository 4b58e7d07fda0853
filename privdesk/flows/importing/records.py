"""Taking a list into any register: rows with a reference change that record, others by name.

One transaction for the whole list; a row that cannot be used is rejected and leaves nothing.
States of cases are no fields and so are never imported.
"""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from privdesk.core.errors import DomainError, InvalidValueError, message_id
from privdesk.core.fields import Field
from privdesk.core.i18n import N_, _
from privdesk.core.reasons import Reason, reason
from privdesk.core.register import Outcome
from privdesk.exchange.mapping import Mapping
from privdesk.exchange.rejects import RejectsFile
from privdesk.exchange.report import Report
from privdesk.exchange.rows import Chunk, Options, Reject, read_chunks
from privdesk.exchange.source import Source
from privdesk.flows.importing import books
from privdesk.flows.importing.known import REF, Known, has_known_refs, number_of
from privdesk.flows.importing.tally import Tally
from privdesk.registers.desk import Change, Desk
from privdesk.ui.progress import Progress

FOREIGN = reason(
    N_("No reference of the list is known here, so its rows were taken by what names them.")
)
NO_REF = reason(
    N_("The row has no reference. People who are new come in with a list without that column.")
)
GONE = reason(N_("This record was destroyed here and must not come back."))
TWICE = N_("Row {row} of the list says something else about the same record.")


class NotImportableError(DomainError):
    """Nothing can be imported into the register “{name}”: its records come from what is done here.
    Nothing was changed.
    """


class _Rehearsed(Exception):
    """Takes everything back at the end of a rehearsal."""


class RecordImporter:
    """The ``Importer`` of every register; of the data subjects, corrections by reference only."""

    def __init__(self, desk: Desk, register: str) -> None:
        self._desk = desk
        self._register = desk.register(register)
        self._service = desk.service(register)
        self._rejects: list[Reject] = []
        self._source: Source | None = None

    def fields(self) -> Sequence[Field]:
        """Return the fields that a column may fill."""
        return (REF, *(f for f in self._service.fields() if f.enterable))

    def questions(self) -> Sequence[Field]:
        """Return what is asked once for the whole list: nothing."""
        return ()

    def remembered(self, header: Sequence[str]) -> Mapping | None:
        """Return the mapping that was used for these columns before."""
        return books.remembered(self._desk, self._register.name, header)

    def dry_run(
        self, source: Source, mapping: Mapping, answers: MappingOf[str, Any], progress: Progress
    ) -> Report:
        """Return what an import would do: it is done and taken back."""
        self._require()
        tally = Tally(kept=[])
        progress.stage(N_("Rehearsing"), 1000)
        try:
            with self._desk.change() as change:
                self._take(change, source, mapping, tally, progress)
                raise _Rehearsed
        except _Rehearsed:
            return tally.report(source, mapping, self._register.title, dry_run=True)

    def run(
        self,
        source: Source,
        mapping: Mapping,
        answers: MappingOf[str, Any],
        progress: Progress,
        rejects: Path | None = None,
    ) -> Report:
        """Import in one transaction; on any failure nothing is left behind."""
        self._require()
        progress.stage(N_("Importing"), 1000)
        if rejects is not None:
            with RejectsFile(rejects, source.layout) as file:
                return self._run(source, mapping, progress, Tally(rejects=file))
        self._rejects = []
        self._source = source
        return self._run(source, mapping, progress, Tally(kept=self._rejects))

    def save_rejects(self, path: Path) -> int:
        """Write the rejected rows of the last run; an export, journalled."""
        if self._source is None:
            return 0
        count = len(self._rejects)
        with self._desk.change() as change:
            change.note("export.made", self._register.name, reason="rejects", count=count)
            with RejectsFile(path, self._source.layout) as file:
                file.add(self._rejects)
        return count

    def undoable(self) -> bool:
        """Whether the last import can still be undone."""
        return books.undoable(self._desk) is not None

    def undo(self) -> Outcome:
        """Take the last import back."""
        return books.undo(self._desk)

    # -- inside

    def _require(self) -> None:
        if not self._register.importable:
            raise NotImportableError(name=self._register.name)
        self._desk.require(*self._service.writers)

    def _run(self, source: Source, mapping: Mapping, progress: Progress, tally: Tally) -> Report:
        vault = self._desk.vault
        with self._desk.change() as change:
            first = int(vault.meta("next_id") or 1)
            self._take(change, source, mapping, tally, progress)
            progress.check()
            stop = int(vault.meta("next_id") or 1)
            written = tally.rejects.path.name if tally.rejects and tally.rejects.count else ""
            report = tally.report(source, mapping, self._register.title, rejects_file=written)
            books.enter(change, self._register.name, source, mapping, report, first, stop)
            progress.no_return()
        return report

    def _take(
        self, change: Change, source: Source, mapping: Mapping, tally: Tally, progress: Progress
    ) -> None:
        by_ref = has_known_refs(self._desk, self._register.name, source, mapping)
        at = mapping.column_of(REF.name)
        if at is not None and not by_ref:
            tally.notes.append(FOREIGN)
            mapping = mapping.with_column(mapping.header[at], "")
        rows = _Rows(change, self._service, tally, by_ref=by_ref)
        options = Options(partial=by_ref)
        for chunk in read_chunks(source, mapping, _bare(self.fields()), options):
            progress.check()
            tally.begin(chunk)
            for index in range(len(chunk.rows)):
                rows.take(chunk, index)
            progress.at(int(source.progress * 1000))


class _Rows:
    """One pass over the rows of a list."""

    def __init__(self, change: Change, service: Any, tally: Tally, *, by_ref: bool) -> None:
        self._change = change
        self._service = service
        self._tally = tally
        self._by_ref = by_ref
        self._known = Known(service.desk, service.register.name)
        self._met: dict[int, int] = {}  # record number → row that brought it

    def take(self, chunk: Chunk, index: int) -> None:
        """Take one row; what cannot be used leaves nothing behind."""
        values = dict(zip(chunk.names, chunk.rows[index], strict=True))
        ref = str(values.pop(REF.name, None) or "")
        notes = len(self._change.notes)
        try:
            with self._change.sql.begin_nested():
                self._put(ref, values, chunk, index)
        except DomainError as why:
            del self._change.notes[notes:]
            self._tally.reject(chunk.reject(index, *_cause(why, self._service)))

    def _put(self, ref: str, values: dict[str, Any], chunk: Chunk, index: int) -> None:
        number = number_of(self._service, ref) if ref else self._named(values)
        if number is None and self._service.register.name == "subjects":
            self._tally.reject(chunk.reject(index, NO_REF, REF.name))
        elif number is None:
            self._insert(values, chunk.numbers[index])
        elif self._state(number) == "destroyed":
            self._tally.block(chunk.reject(index, GONE, REF.name))
        else:
            self._amend(number, values, bool(ref), chunk, index)

    def _named(self, values: MappingOf[str, Any]) -> int | None:
        names = {n for key in self._known.keys for n in key if values.get(n) not in (None, "")}
        typed = self._service.checked({n: values[n] for n in names}, whole=False)
        return self._known.find(typed)

    def _insert(self, values: MappingOf[str, Any], row: int) -> None:
        given = {name: value for name, value in values.items() if value is not None}
        number = self._service.insert(self._change, given)
        self._known.add(number, given)
        self._met[number] = row
        self._tally.new += 1

    def _amend(
        self, number: int, values: MappingOf[str, Any], whole: bool, chunk: Chunk, index: int
    ) -> None:
        """Change what differs. A row with a reference may also empty a value."""
        given = {n: "" if v is None else v for n, v in values.items() if whole or v is not None}
        typed = self._service.checked(given, whole=False)
        (row,) = self._service.rows([number], reveal=True)
        changed = {n: v for n, v in typed.items() if not _same(row.values.get(n), v)}
        before = self._met.setdefault(number, chunk.numbers[index])
        if before != chunk.numbers[index]:
            if changed:
                cause = reason(TWICE, row=before)
                self._tally.reject(chunk.reject(index, cause))
            else:
                self._tally.duplicate += 1
        elif changed:
            self._service.amend(self._change, number, changed)
            self._tally.changed += 1
        else:
            self._tally.unchanged += 1

    def _state(self, number: int) -> str:
        sql = f"SELECT state FROM {self._service.table.name} WHERE id = ?"
        return str(self._service.vault.raw.execute(sql, (number,)).fetchone()[0])


def _same(before: Any, after: Any) -> bool:
    """Whether two values say the same; there is one empty, however it is stored."""
    nothing = (None, "", ())
    return before == after or (before in nothing and after in nothing)


def _bare(fields: Sequence[Field]) -> tuple[Field, ...]:
    """Return the fields without defaults: an empty cell says nothing, records fill their own."""
    return tuple(
        replace(f, default=None, required=f.required and f.default is None) for f in fields
    )


def _cause(why: DomainError, service: Any) -> tuple[Reason, str]:
    """Return why a row was refused and which field it was about."""
    if not isinstance(why, InvalidValueError):
        return reason(message_id(type(why)), **why.details), ""
    label = why.details.get("field")
    name = next((f.name for f in service.fields() if _(f.label) == label), "")
    return Reason(str(why.details["cause"])), name
