"""Who takes a list into a register; people come in, or are corrected by their references."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from privdesk.core.fields import Field
from privdesk.core.register import Outcome
from privdesk.exchange.mapping import Mapping
from privdesk.exchange.report import Report
from privdesk.exchange.source import Source
from privdesk.flows.importing import books
from privdesk.flows.importing.known import REF, has_known_refs
from privdesk.flows.importing.records import FOREIGN, RecordImporter
from privdesk.flows.importing.taking import PeopleImporter
from privdesk.registers.desk import Desk
from privdesk.ui.progress import Progress

PEOPLE = "subjects"


class SubjectImporter:
    """The ``Importer`` of the data subjects: an intake, unless the list has known references.

    A list that brings references of people known here, such as an export that was worked
    on, corrects them; any other brings people in.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._people = PeopleImporter(desk)
        self._records = RecordImporter(desk, PEOPLE)
        self._last: PeopleImporter | RecordImporter = self._people

    def fields(self) -> Sequence[Field]:
        """Return the fields that a column may fill, and those that an export adds."""
        own = self._people.fields()
        names = {field.name for field in own}
        return (*own, *(f for f in self._records.fields() if f.name not in names))

    def questions(self) -> Sequence[Field]:
        """Return what is asked once for the whole list."""
        return self._people.questions()

    def remembered(self, header: Sequence[str]) -> Mapping | None:
        """Return the mapping that was used for these columns before."""
        return books.remembered(self._desk, PEOPLE, header)

    def dry_run(
        self,
        source: Source,
        mapping: Mapping,
        answers: MappingOf[str, Any],
        progress: Progress,
        rejects: Path | None = None,
    ) -> Report:
        """Return what an import would do; changes nothing."""
        fitting = self._choose(source, mapping)
        report = self._last.dry_run(source, fitting, answers, progress, rejects)
        return self._told(report, mapping)

    def run(
        self,
        source: Source,
        mapping: Mapping,
        answers: MappingOf[str, Any],
        progress: Progress,
        rejects: Path | None = None,
    ) -> Report:
        """Import in one transaction; on any failure nothing is left behind."""
        fitting = self._choose(source, mapping)
        report = self._last.run(source, fitting, answers, progress, rejects)
        return self._told(report, mapping)

    def save_rejects(self, path: Path) -> int:
        """Write the rejected rows of the last run or rehearsal; an export, journalled."""
        return self._last.save_rejects(path)

    def undoable(self) -> bool:
        """Whether the last import can still be undone."""
        return books.undoable(self._desk) is not None

    def undo(self) -> Outcome:
        """Take the last import back."""
        return books.undo(self._desk)

    def _choose(self, source: Source, mapping: Mapping) -> Mapping:
        """Find out who takes the list; return the mapping without what only the other knows."""
        known = has_known_refs(self._desk, PEOPLE, source, mapping)
        self._last = self._records if known else self._people
        return mapping.only({field.name for field in self._last.fields()})

    def _told(self, report: Report, mapping: Mapping) -> Report:
        """Say of a list with references that mean nothing here how its rows were taken."""
        foreign = self._last is self._people and mapping.column_of(REF.name) is not None
        return replace(report, notes=(FOREIGN, *report.notes)) if foreign else report


def importer_of(desk: Desk, register: str) -> SubjectImporter | RecordImporter:
    """Return who takes lists into a register."""
    return SubjectImporter(desk) if register == PEOPLE else RecordImporter(desk, register)
