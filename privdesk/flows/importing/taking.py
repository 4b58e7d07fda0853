"""Taking a list into the register of people: rehearsal, run, rejects, undo."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from privdesk.core.errors import DomainError
from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Outcome
from privdesk.exchange.mapping import Mapping
from privdesk.exchange.report import Report
from privdesk.exchange.source import Source
from privdesk.flows.importing import books
from privdesk.flows.importing.otherplace import refuse_other_place
from privdesk.flows.importing.people import Intake, Plan, fields
from privdesk.flows.importing.rejected import Rejected
from privdesk.flows.importing.storing import Store
from privdesk.flows.importing.tally import Tally
from privdesk.registers.desk import Desk
from privdesk.ui.progress import Progress


class PeopleImporter:
    """The ``Importer`` of the data subjects."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._rejected = Rejected(desk, "subjects")

    def fields(self) -> Sequence[Field]:
        """Return the fields that a column may fill."""
        return fields(self._desk)

    def questions(self) -> Sequence[Field]:
        """Return what is asked once for the whole list."""
        return (
            Field("place", N_("Place the list comes from"), Kind.LINK, links_to="places"),
            Field("purpose", N_("Purpose, if no column says it"), Kind.LINK, links_to="purposes"),
            Field("collected_on", N_("Collected on, if no column says it"), Kind.DATE),
            Field("create", N_("Create purposes and places that are missing"), Kind.FLAG),
        )

    def remembered(self, header: Sequence[str]) -> Mapping | None:
        """Return the mapping that was used for these columns before."""
        return books.remembered(self._desk, "subjects", header)

    def dry_run(
        self,
        source: Source,
        mapping: Mapping,
        answers: MappingOf[str, Any],
        progress: Progress,
        rejects: Path | None = None,
    ) -> Report:
        """Return what an import would do; changes nothing."""
        self._require(source, mapping, answers)
        progress.stage(N_("Rehearsing"), 1000)
        with self._rejected.tally(source, rejects) as tally:
            with self._desk.vault.reading():
                Intake(self._desk, self._plan(answers), tally, None, progress).run(source, mapping)
            self._rejected.enter(tally, source)
            return tally.report(source, mapping, self._title, dry_run=True)

    def run(
        self,
        source: Source,
        mapping: Mapping,
        answers: MappingOf[str, Any],
        progress: Progress,
        rejects: Path | None = None,
    ) -> Report:
        """Import in one transaction; on any failure nothing is left behind."""
        self._require(source, mapping, answers)
        progress.stage(N_("Importing"), 1000)
        with self._rejected.tally(source, rejects) as tally:
            return self._run(source, mapping, answers, progress, tally)

    def _require(self, source: Source, mapping: Mapping, answers: MappingOf[str, Any]) -> None:
        self._desk.require("officer")
        refuse_other_place(self._desk, source, mapping, self._plan(answers).place)

    def save_rejects(self, path: Path) -> int:
        """Write the rejected rows of the last run or rehearsal; an export, journalled."""
        return self._rejected.save(path)

    def undoable(self) -> bool:
        """Whether the last import can still be undone."""
        return books.undoable(self._desk) is not None

    def undo(self) -> Outcome:
        """Take the last import back."""
        return books.undo(self._desk)

    def _run(
        self,
        source: Source,
        mapping: Mapping,
        answers: MappingOf[str, Any],
        progress: Progress,
        tally: Tally,
    ) -> Report:
        desk = self._desk
        items = desk.service("subjects").item_fields()
        with desk.change() as change:
            store = Store(desk, change, items, books.expected(source))
            try:
                Intake(desk, self._plan(answers), tally, store, progress).run(source, mapping)
                progress.check()
                store.finish()
            finally:
                store.close()
            report = tally.report(source, mapping, self._title)
            books.enter(change, "subjects", source, mapping, report, store.first, store.next)
            progress.no_return()
        return report

    @property
    def _title(self) -> str:
        return str(self._desk.register("subjects").title)

    def _plan(self, answers: MappingOf[str, Any]) -> Plan:
        return Plan(
            create=bool(answers.get("create")),
            place=self._name("places", answers.get("place")),
            purpose=self._name("purposes", answers.get("purpose")),
            collected_on=answers.get("collected_on"),
        )

    def _name(self, register: str, ref: Any) -> str:
        if not ref:
            return ""
        service = self._desk.service(register)
        try:
            return str(service.rows([service.number(str(ref))])[0].values["name"])
        except DomainError:
            return str(ref)
