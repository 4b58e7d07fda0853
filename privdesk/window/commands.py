"""The commands that pages of registers are given: flows seen as the pages ask for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from privdesk.registers.desk import Desk
from privdesk.registers.subjects.commands import Person
from privdesk.registers.subjects.overview import overview
from privdesk.window.consenting import Consenting
from privdesk.window.destroying import Destroying
from privdesk.window.pledging import Pledging
from privdesk.window.questioning import Auditing, Questioning
from privdesk.window.safeguarding import Safeguarding
from privdesk.window.training import Training
from privdesk.window.visiting import Visiting


class People(Consenting):
    """What a person's page asks for."""

    def person(self, ref: str) -> Person:
        """Return everything about one person, masked."""
        return overview(self._desk, ref)


def commands_for(register: str, desk: Desk) -> object:
    """Return the commands of a register's own page."""
    makers: dict[str, Callable[[Desk], object]] = {
        "destructions": Destroying,
        "subjects": People,
        "consents": Consenting,
        "pledges": Pledging,
        "sessions": Training,
        "safeguards": Safeguarding,
        "visits": Visiting,
        "audits": Auditing,
        "inspections": partial(Questioning, register="inspections", answers="inspection-answers"),
    }
    return makers[register](desk)
