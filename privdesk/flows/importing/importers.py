"""Who takes a list into a register; people come in, or are corrected by their references."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from privdesk.core.fields import Field
from privdesk.core.i18n import N_
from privdesk.core.register import Outcome
from privdesk.exchange.mapping import Mapping
from privdesk.exchange.report import Report
from privdesk.exchange.source import Source
from privdesk.flows.importing import books
from privdesk.flows.importing.consents import CONSENTS, Consents
from privdesk.flows.importing.known import REF, has_known_refs
from privdesk.flows.importing.records import FOREIGN, Records
from privdesk.flows.importing.rejected import Rejected
from privdesk.flows.importing.taking import People
from privdesk.flows.importing.tally import Tally
from privdesk.registers.desk import Desk
from privdesk.ui.progress import Progress

PEOPLE = "subjects"
Answers = MappingOf[str, Any]


class Taker(Protocol):
    """Takes the rows of a list in, or says what that would do."""

    def fields(self) -> Sequence[Field]:
        """Return the fields that a column may fill, and those that an export adds."""

    def questions(self) -> Sequence[Field]:
        """Return what is asked once for the whole list; may be none."""

    def require(self) -> None:
        """Raise unless the person at the desk may import here."""

    def rehearse(
        self, source: Source, mapping: Mapping, answers: Answers, progress: Progress, tally: Tally
    ) -> Report:
        """Return what an import would do; changes nothing."""

    def take(
        self, source: Source, mapping: Mapping, answers: Answers, progress: Progress, tally: Tally
    ) -> Report:
        """Take the list in, in one transaction; on any failure nothing is left behind."""


class ListImporter:
    """The ``Importer`` of a register: what is the same whoever takes its rows."""

    def __init__(self, desk: Desk, register: str, taker: Taker) -> None:
        self._desk = desk
        self._register = register
        self._taker = taker
        self._rejected = Rejected(desk, register)
        self.fields = taker.fields
        self.questions = taker.questions

    def remembered(self, header: Sequence[str]) -> Mapping | None:
        """Return the mapping that was used for these columns before."""
        return books.remembered(self._desk, self._register, header)

    def dry_run(
        self,
        source: Source,
        mapping: Mapping,
        answers: Answers,
        progress: Progress,
        rejects: Path | None = None,
    ) -> Report:
        """Return what an import would do; changes nothing."""
        self._taker.require()
        progress.stage(N_("Rehearsing"), 1000)
        with self._rejected.tally(source, rejects) as tally:
            report = self._taker.rehearse(source, mapping, answers, progress, tally)
            self._rejected.enter(tally, source)
            return report

    def run(
        self,
        source: Source,
        mapping: Mapping,
        answers: Answers,
        progress: Progress,
        rejects: Path | None = None,
    ) -> Report:
        """Import in one transaction; on any failure nothing is left behind."""
        self._taker.require()
        progress.stage(N_("Importing"), 1000)
        with self._rejected.tally(source, rejects) as tally:
            return self._taker.take(source, mapping, answers, progress, tally)

    def save_rejects(self, path: Path) -> int:
        """Write the rejected rows of the last run or rehearsal; an export, journalled."""
        return self._rejected.save(path)

    def undoable(self) -> bool:
        """Whether the last import can still be undone."""
        return books.undoable(self._desk) is not None

    def undo(self) -> Outcome:
        """Take the last import back."""
        return books.undo(self._desk)


class Subjects:
    """Takes people in, unless the list has references known here.

    A list that brings references of people, such as an export that was worked on, corrects
    them; any other brings people in.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._people = People(desk)
        self._records = Records(desk, PEOPLE)

    def fields(self) -> Sequence[Field]:
        """Return the fields that a column may fill, and those that an export adds."""
        own = self._people.fields()
        names = {field.name for field in own}
        return (*own, *(f for f in self._records.fields() if f.name not in names))

    def questions(self) -> Sequence[Field]:
        """Return what is asked once for the whole list."""
        return self._people.questions()

    def require(self) -> None:
        """Raise unless the person at the desk may bring people in."""
        self._people.require()

    def rehearse(
        self, source: Source, mapping: Mapping, answers: Answers, progress: Progress, tally: Tally
    ) -> Report:
        """Return what an import would do; changes nothing."""
        taker, fitting = self._choose(source, mapping)
        report = taker.rehearse(source, fitting, answers, progress, tally)
        return self._told(report, taker, mapping)

    def take(
        self, source: Source, mapping: Mapping, answers: Answers, progress: Progress, tally: Tally
    ) -> Report:
        """Take the list in, in one transaction; on any failure nothing is left behind."""
        taker, fitting = self._choose(source, mapping)
        report = taker.take(source, fitting, answers, progress, tally)
        return self._told(report, taker, mapping)

    def _choose(self, source: Source, mapping: Mapping) -> tuple[Taker, Mapping]:
        """Return who takes the list, and the mapping without what only the other knows."""
        known = has_known_refs(self._desk, PEOPLE, source, mapping)
        taker = self._records if known else self._people
        return taker, mapping.only({field.name for field in taker.fields()})

    def _told(self, report: Report, taker: Taker, mapping: Mapping) -> Report:
        """Say of a list with references that mean nothing here how its rows were taken."""
        foreign = taker is self._people and mapping.column_of(REF.name) is not None
        return replace(report, notes=(FOREIGN, *report.notes)) if foreign else report


def importer_of(desk: Desk, register: str) -> ListImporter:
    """Return who takes lists into a register."""
    special: dict[str, Callable[[Desk], Taker]] = {PEOPLE: Subjects, CONSENTS: Consents}
    make = special.get(register)
    taker = make(desk) if make is not None else Records(desk, register)
    return ListImporter(desk, register, taker)
