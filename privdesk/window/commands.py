"""The commands that pages of registers are given: flows seen as the pages ask for them."""

from __future__ import annotations

from datetime import date

from privdesk.registers.desk import Desk
from privdesk.registers.subjects.commands import Person, Standing
from privdesk.registers.subjects.overview import overview, standings
from privdesk.window.destroying import Destroying


class People:
    """What a person's page asks for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def person(self, ref: str) -> Person:
        """Return everything about one person, masked."""
        return overview(self._desk, ref)

    def standings(self, ref: str, on: date) -> tuple[Standing, ...]:
        """Return where each consent of a person stood on a day."""
        with self._desk.vault.reading():
            return standings(self._desk, self._desk.service("subjects").number(ref), on)


def commands_for(register: str, desk: Desk) -> object:
    """Return the commands of a register's own page."""
    makers = {"destructions": Destroying, "subjects": People}
    return makers[register](desk)
