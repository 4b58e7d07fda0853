"""The flows on training as the page of the sessions drives them."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.register import Outcome
from privdesk.flows import rolls
from privdesk.registers.attendances import findings, rules
from privdesk.registers.desk import Desk
from privdesk.registers.sessions.commands import Counts, Pasted, Person, Sheet


class Training:
    """Implements what the page of the sessions asks for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def counts(self) -> Counts:
        """Return how the office stands today."""
        told = rules.tally(findings.stand(self._desk))
        return Counts(told.needed, told.current, told.over, told.lapsing)

    def sheet(self, ref: str) -> Sheet:
        """Return who is on the sheet of a session."""
        service, attendances = self._desk.service("sessions"), self._desk.service("attendances")
        number = service.number(ref)
        (row,) = service.rows([number])
        results = attendances.results(number)
        test = attendances.facts(number).test
        return Sheet(row.ref, str(row.values["title"]), test, self._people(results))

    def pasted(self, text: str) -> Pasted:
        """Return what lines copied from a spreadsheet say; nothing is changed."""
        roll = rolls.pasted(self._desk, text)
        people = self._people({one.staff: (one.result, one.score) for one in roll.lines})
        return Pasted(people, tuple(rolls.told([one]) for one in roll.faults))

    def record(self, ref: str, people: Sequence[Person]) -> Outcome:
        """Record attendance and points of these people."""
        lines = tuple(
            rolls.Line(at, one.staff, one.result, one.score) for at, one in enumerate(people, 1)
        )
        number = self._desk.service("sessions").number(ref)
        return rolls.record(self._desk, number, rolls.Roll(lines, ()))

    def _people(self, results: dict[int, tuple[str, int | None]]) -> tuple[Person, ...]:
        found = [
            Person(
                staff=who,
                name=told.name,
                number=told.number,
                department=told.department,
                result=results[who][0],
                score=results[who][1],
            )
            for who, told in rolls.called(self._desk, list(results)).items()
        ]
        return tuple(sorted(found, key=lambda one: (one.department, one.name)))
