"""Taking a list of people into their register: an intake, rehearsed or for good."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from typing import Any

from privdesk.core.errors import DomainError
from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import N_
from privdesk.exchange.mapping import Mapping
from privdesk.exchange.report import Report
from privdesk.exchange.source import Source
from privdesk.flows.importing import books
from privdesk.flows.importing.otherplace import refuse_other_place
from privdesk.flows.importing.people import Intake, Plan, fields
from privdesk.flows.importing.storing import Store
from privdesk.flows.importing.tally import Tally
from privdesk.registers.desk import Desk
from privdesk.ui.progress import Progress


class People:
    """Takes people in; the ``Taker`` of a list without references."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def fields(self) -> Sequence[Field]:
        """Return the fields that a column may fill."""
        return fields(self._desk)

    def questions(self) -> Sequence[Field]:
        """Return what is asked once for the whole list."""
        return (
            _question("place", N_("Place the list comes from"), "places"),
            _question("purpose", N_("Purpose, if no column says it"), "purposes"),
            Field("collected_on", N_("Collected on, if no column says it"), Kind.DATE),
            Field("create", N_("Create purposes and places that are missing"), Kind.FLAG),
        )

    def require(self) -> None:
        """Raise unless an officer sits at the desk."""
        self._desk.require("officer")

    def rehearse(
        self,
        source: Source,
        mapping: Mapping,
        answers: MappingOf[str, Any],
        progress: Progress,
        tally: Tally,
    ) -> Report:
        """Return what an import would do; changes nothing."""
        refuse_other_place(self._desk, source, mapping, self._plan(answers).place)
        with self._desk.vault.reading():
            Intake(self._desk, self._plan(answers), tally, None, progress).run(source, mapping)
        return tally.report(source, mapping, self._title, dry_run=True)

    def take(
        self,
        source: Source,
        mapping: Mapping,
        answers: MappingOf[str, Any],
        progress: Progress,
        tally: Tally,
    ) -> Report:
        """Take the list in, in one transaction; on any failure nothing is left behind."""
        desk = self._desk
        refuse_other_place(desk, source, mapping, self._plan(answers).place)
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
        told = {"places": answers.get("place"), "purposes": answers.get("purpose")}
        known = {register: self._name(register, ref) for register, ref in told.items() if ref}
        named = {register: known.get(register) or str(ref or "") for register, ref in told.items()}
        return Plan(
            create=bool(answers.get("create")),
            new=frozenset((r, named[r]) for r in known if known[r] is None),
            place=named["places"],
            purpose=named["purposes"],
            collected_on=answers.get("collected_on"),
        )

    def _name(self, register: str, ref: Any) -> str | None:
        """Return what a record is called; None where there is no such record."""
        service = self._desk.service(register)
        try:
            return str(service.rows([service.number(str(ref))])[0].values["name"])
        except DomainError:
            return None


def _question(name: str, label: str, register: str) -> Field:
    """Return a question for a record, or for the name of one that the import shall make."""
    words = N_("A name not known yet is created with the import.")
    return Field(name, label, Kind.LINK, links_to=register, may_be_new=True, help=words)
