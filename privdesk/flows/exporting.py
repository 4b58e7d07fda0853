"""Lists out of any register: what an officer chooses to export, with its reason, journalled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import file_digest
from pathlib import Path
from typing import Any

from privdesk.core import system
from privdesk.core.errors import DomainError, UnknownNameError
from privdesk.core.fields import Choice, Field, Kind
from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.masking import mask
from privdesk.core.register import Outcome, Query, Row
from privdesk.exchange.writing import Look, export, require_ending
from privdesk.flows.importing.importers import importer_of
from privdesk.flows.importing.known import REF
from privdesk.flows.still import Still
from privdesk.journal.log import row_digest
from privdesk.registers.desk import Change, Desk
from privdesk.ui.importing.ports import ExportOptions
from privdesk.ui.progress import Progress

JOURNAL_ROWS = 10_000
_WINDOW = 1_000


class ExportReasonError(DomainError):
    """An export needs a reason, which the journal keeps. Nothing was written; say what the list is
    for.
    """


class RegisterExporter:
    """The ``Exporter`` of one register.

    The reference comes first, so that the list can be imported again. ``names`` heads the
    columns with field names instead of labels. Personal fields are left out where the
    person at the desk may not see them.
    """

    def __init__(self, desk: Desk, register: str, *, names: bool = False) -> None:
        self._desk = desk
        self._register = desk.register(register)
        self._service = desk.service(register)
        self._names = names

    def fields(self) -> tuple[Field, ...]:
        """Return every column that can go out: reference, fields, state."""
        states = tuple(Choice(s.key, s.label) for s in self._register.states)
        state = Field("state", N_("State"), Kind.CHOICE, choices=states, computed=True)
        declared = (f for f in self._service.fields() if f.name not in ("ref", "state"))
        return (REF, *declared, state)

    def export(
        self, path: Path, query: Query, options: ExportOptions, progress: Progress
    ) -> Outcome:
        """Write the file, .csv, .xlsx or .json by its ending; whole or not at all."""
        if not options.reason.strip():
            raise ExportReasonError
        require_ending(path)
        written = False
        try:
            with self._desk.change() as change:
                count, left = self._export(change, path, query, options, progress)
                written = True
                self._enter(change, path, count, options)
        except BaseException:  # a list that the journal could not take must not stay
            if written:
                path.unlink(missing_ok=True)
            raise
        message = ngettext("{n} record exported", "{n} records exported", count)
        return Outcome(f"{message}: {system.spoken(path)}{left}", ())

    def _export(
        self, change: Change, path: Path, query: Query, options: ExportOptions, progress: Progress
    ) -> tuple[int, str]:
        """Write the file; return how many records, and what of them stands under a freeze."""
        fields = self._chosen(options.fields)
        still = Still(self._desk, self._register.name)
        numbers = [n for n in self._service.open_view(query).numbers() if not still.whole(n)]
        progress.stage(N_("Exporting"), len(numbers))
        self._journal(change, numbers, fields, options)
        rows = self._rows(numbers, query, fields, options, progress, still)
        count = export(path, fields, rows, self._look(options))
        return count, still.told()

    def _chosen(self, names: Sequence[str]) -> tuple[Field, ...]:
        known = {f.name: f for f in self.fields()}
        for name in names:
            if name not in known:
                raise UnknownNameError(what=_(N_("field")), name=name)
        wanted = ("ref", *(n for n in names if n != "ref")) if names else tuple(known)
        may = self._desk.vault.sees_people
        return tuple(known[n] for n in wanted if may or not known[n].masked)

    def _known(self) -> tuple[Field, ...]:
        """Return the fields that an import of this register knows."""
        if not self._register.importable:
            return self.fields()
        return tuple(importer_of(self._desk, self._register.name).fields())

    def _rows(
        self,
        numbers: Sequence[int],
        query: Query,
        fields: Sequence[Field],
        options: ExportOptions,
        progress: Progress,
        still: Still,
    ) -> Iterator[list[Any]]:
        for start in range(0, len(numbers), _WINDOW):
            window = list(numbers[start : start + _WINDOW])
            rows = self._service.rows(window, reveal=options.reveal)
            for row in self._service.restated(rows, query):
                shown = still.without(row, fields)
                if not options.private:
                    shown = _without_private(shown, fields)
                yield [_value(shown, field) for field in fields]
            progress.at(start + len(window))

    def _journal(
        self,
        change: Change,
        numbers: Sequence[int],
        fields: Sequence[Field],
        options: ExportOptions,
    ) -> None:
        """Enter the export: an entry for at most 10,000 records, a hash says which."""
        names = tuple(f.name for f in fields if options.private or not f.private)
        name = self._register.name
        for start in range(0, max(1, len(numbers)), JOURNAL_ROWS):
            part = [self._desk.ref(name, n) for n in numbers[start : start + JOURNAL_ROWS]]
            change.note(
                "export.made",
                name,
                reason=options.reason,
                fields=names if options.reveal else (),
                count=len(part),
                rows_digest=row_digest(ref.encode() for ref in part),
            )

    def _enter(self, change: Change, path: Path, count: int, options: ExportOptions) -> None:
        """Enter the file among what was handed out: its destruction is watched from now on."""
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        records = ngettext("{n} record", "{n} records", count)
        self._desk.service("documents").enter_export(
            change,
            about=self._register.name,
            title=f"{self._title(options)} ({records})",
            file_name=system.spoken(path),
            destroy_by=options.destroy_by,
            digest=digest,
        )

    def _title(self, options: ExportOptions) -> str:
        register = _(self._register.title)
        return f"{options.view} · {register}" if options.view else register

    def _look(self, options: ExportOptions) -> Look:
        note = (
            (_(N_("List")), self._title(options)),
            (_(N_("Reason")), options.reason),
            (_(N_("Exported by")), self._desk.vault.person.name),
            (_(N_("Exported on")), self._desk.today().isoformat()),
            (_(N_("Destroy the file by")), options.destroy_by.isoformat()),
        )
        return Look(options.view or _(self._register.title), self._names, self._known(), note)


def _without_private(row: Row, fields: Sequence[Field]) -> Row:
    """Return a row with masks of what is somebody's own; a mask that returns changes nothing."""
    own = {f.name: mask(f.kind, str(row.values.get(f.name) or "")) for f in fields if f.private}
    return replace(row, values={**row.values, **own}) if own else row


def _value(row: Row, field: Field) -> Any:
    if field.name == "ref":
        return row.ref
    return row.state if field.name == "state" else row.values.get(field.name)
