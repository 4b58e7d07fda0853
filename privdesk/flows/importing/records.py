"""Taking a list into any register: rows with a reference change that record, others by name.

One transaction for the whole list; a row that cannot be used is rejected and leaves nothing.
States of cases are no fields and so are never imported.
"""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from privdesk.core.errors import DomainError
from privdesk.core.fields import Field
from privdesk.core.i18n import N_
from privdesk.core.reasons import reason
from privdesk.exchange.guessing import by_name
from privdesk.exchange.mapping import Mapping
from privdesk.exchange.report import Report
from privdesk.exchange.rows import Options, read_chunks
from privdesk.exchange.source import Source
from privdesk.flows.importing import books
from privdesk.flows.importing.known import REF, STATE, has_known_refs
from privdesk.flows.importing.listed import listed
from privdesk.flows.importing.putting import Rows
from privdesk.flows.importing.tally import Tally
from privdesk.registers.desk import Change, Desk
from privdesk.ui.progress import Progress

FOREIGN = reason(
    N_("No reference of the list is known here, so its rows were taken by what names them.")
)
MADE_PRIVATE = N_("Mobile numbers taken as private telephone numbers: {count}.")
LEFT_MASKED = N_("Masked values left as they are: {count}.")


class NotImportableError(DomainError):
    """Nothing can be imported into the register “{name}”: its records come from what is done here.
    Nothing was changed; choose another register.
    """


class ComparedListError(DomainError):
    """A list is not imported into the register “{name}”; it is one record there and is compared
    first. Nothing was changed; enter it: privdesk set VAULT {name} {field}=FILE.
    """


class _Rehearsed(Exception):
    """Takes everything back at the end of a rehearsal."""


class Records:
    """The ``Taker`` of every register; of the data subjects, corrections by reference only."""

    def __init__(self, desk: Desk, register: str) -> None:
        self._desk = desk
        self._register = desk.register(register)
        self._service = desk.service(register)
        self._listed = listed(register)

    def fields(self) -> Sequence[Field]:
        """Return the fields that a column may fill, and those that an export adds."""
        unsaid = {*self._service.unsaid, *self._listed.unsaid}
        own = (
            replace(f, required=False, default=None) if f.name in unsaid else f
            for f in self._service.fields()
        )
        loose = self._listed.loose
        own = (replace(f, check=None) if f.name in loose else f for f in own)
        return (REF, *own, *self._listed.fields, STATE)

    def questions(self) -> Sequence[Field]:
        """Return what is asked once for the whole list: nothing."""
        return ()

    def require(self) -> None:
        """Raise unless lists may be taken in here, and by the person at the desk."""
        if not self._register.importable:
            files = [f.name for f in self._register.fields if f.picks == "open" and f.enterable]
            if files and self._register.creatable:
                raise ComparedListError(name=self._register.name, field=files[0])
            raise NotImportableError(name=self._register.name)
        self._desk.require(*self._service.writers)

    def rehearse(
        self,
        source: Source,
        mapping: Mapping,
        _answers: MappingOf[str, Any],
        progress: Progress,
        tally: Tally,
    ) -> Report:
        """Return what an import would do: it is done and taken back."""
        try:
            with self._desk.change() as change:
                self._take(change, source, mapping, tally, progress)
                raise _Rehearsed
        except _Rehearsed:
            return tally.report(source, mapping, self._register.title, dry_run=True)

    def take(
        self,
        source: Source,
        mapping: Mapping,
        _answers: MappingOf[str, Any],
        progress: Progress,
        tally: Tally,
    ) -> Report:
        """Take the list in, in one transaction; on any failure nothing is left behind."""
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
            mapping = self._without_refs(mapping, at)
        rows = Rows(change, self._service, tally)
        options = Options(partial=by_ref)
        for chunk in read_chunks(source, mapping, bare(self.fields()), options):
            progress.check()
            rows.take(chunk)
            progress.at(int(source.progress * 1000))
        if rows.private:
            tally.notes.append(reason(MADE_PRIVATE, count=rows.private))
        if rows.masked:
            tally.notes.append(reason(LEFT_MASKED, count=rows.masked))

    def _without_refs(self, mapping: Mapping, at: int) -> Mapping:
        """Return the mapping whose column of strange references fills what else it can mean."""
        column, free = mapping.header[at], set(mapping.fields)
        others = [f for f in self._service.fields() if f.enterable and f.name not in free]
        field = by_name([column], others).get(0)
        return mapping.with_column(column, field.name if field is not None else "")


def bare(fields: Sequence[Field]) -> tuple[Field, ...]:
    """Return the fields without defaults: an empty cell says nothing, records fill their own."""
    return tuple(
        replace(f, default=None, required=f.required and f.default is None) for f in fields
    )
