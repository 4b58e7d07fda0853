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

from privdesk.core.errors import DomainError
from privdesk.core.fields import Field
from privdesk.core.i18n import N_
from privdesk.core.reasons import reason
from privdesk.core.register import Outcome
from privdesk.exchange.mapping import Mapping
from privdesk.exchange.report import Report
from privdesk.exchange.rows import Options, read_chunks
from privdesk.exchange.source import Source
from privdesk.flows.importing import books
from privdesk.flows.importing.known import REF, STATE, has_known_refs
from privdesk.flows.importing.putting import Rows
from privdesk.flows.importing.rejected import Rejected
from privdesk.flows.importing.tally import Tally
from privdesk.registers.desk import Change, Desk
from privdesk.ui.progress import Progress

FOREIGN = reason(
    N_("No reference of the list is known here, so its rows were taken by what names them.")
)
LEFT_MASKED = N_("Masked values left as they are: {count}.")


class NotImportableError(DomainError):
    """Nothing can be imported into the register “{name}”: its records come from what is done here.
    Nothing was changed; choose another register.
    """


class _Rehearsed(Exception):
    """Takes everything back at the end of a rehearsal."""


class RecordImporter:
    """The ``Importer`` of every register; of the data subjects, corrections by reference only."""

    def __init__(self, desk: Desk, register: str) -> None:
        self._desk = desk
        self._register = desk.register(register)
        self._service = desk.service(register)
        self._rejected = Rejected(desk, register)

    def fields(self) -> Sequence[Field]:
        """Return the fields that a column may fill, and those that an export adds."""
        return (REF, *self._service.fields(), STATE)

    def questions(self) -> Sequence[Field]:
        """Return what is asked once for the whole list: nothing."""
        return ()

    def remembered(self, header: Sequence[str]) -> Mapping | None:
        """Return the mapping that was used for these columns before."""
        return books.remembered(self._desk, self._register.name, header)

    def dry_run(
        self,
        source: Source,
        mapping: Mapping,
        answers: MappingOf[str, Any],
        progress: Progress,
        rejects: Path | None = None,
    ) -> Report:
        """Return what an import would do: it is done and taken back."""
        self._require()
        progress.stage(N_("Rehearsing"), 1000)
        with self._rejected.tally(source, rejects) as tally:
            self._rehearse(source, mapping, tally, progress)
            self._rejected.enter(tally, source)
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
        with self._rejected.tally(source, rejects) as tally:
            return self._run(source, mapping, progress, tally)

    def save_rejects(self, path: Path) -> int:
        """Write the rejected rows of the last run or rehearsal; an export, journalled."""
        return self._rejected.save(path)

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

    def _rehearse(self, source: Source, mapping: Mapping, tally: Tally, progress: Progress) -> None:
        try:
            with self._desk.change() as change:
                self._take(change, source, mapping, tally, progress)
                raise _Rehearsed
        except _Rehearsed:
            return

    def _run(self, source: Source, mapping: Mapping, progress: Progress, tally: Tally) -> Report:
        vault = self._desk.vault
        with self._desk.change() as change:
            first = int(vault.meta("next_id") or 1)
            self._take(change, source, mapping, tally, progress)
            progress.check()
            stop = int(vault.meta("next_id") or 1)
            report = tally.report(source, mapping, self._register.title)
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
        rows = Rows(change, self._service, tally)
        options = Options(partial=by_ref)
        for chunk in read_chunks(source, mapping, _bare(self.fields()), options):
            progress.check()
            rows.take(chunk)
            progress.at(int(source.progress * 1000))
        if rows.masked:
            tally.notes.append(reason(LEFT_MASKED, count=rows.masked))


def _bare(fields: Sequence[Field]) -> tuple[Field, ...]:
    """Return the fields without defaults: an empty cell says nothing, records fill their own."""
    return tuple(
        replace(f, default=None, required=f.required and f.default is None) for f in fields
    )
