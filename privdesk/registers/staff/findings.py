"""The findings on the staff: S5.1, S8.2①, rules 44 and 46, and the second officer."""

from __future__ import annotations

from dataclasses import replace

from privdesk.core.findings import Finding
from privdesk.core.register import Query
from privdesk.registers.desk import Desk
from privdesk.registers.staff import rules

_JUDGED = ("name", "duty", "category", "joined", "left", "login")


def judge(desk: Desk) -> list[Finding]:
    """Return what is wrong with the staff, one by one and as a whole.

    Officers of the vault who are not in the register count as officers: the second one
    is there whether somebody has entered him or not.
    """
    service, today = desk.service("staff"), desk.today()
    numbers = service.open_view(Query()).numbers()
    rows = [row for row in service.glimpses(numbers, _JUDGED) if row.state != "void"]
    people = [service.facts(row.ref, row.values) for row in rows]
    found = [one for person in people for one in rules.judge(person, today)]
    entered = {person.officer.casefold() for person in people}
    unentered = [
        rules.StaffFacts(ref="", name=person.name, officer=person.name, role=person.role)
        for person in desk.vault.header.people
        if person.active and person.role != "recovery" and person.name.casefold() not in entered
    ]
    return [*found, *rules.judge_all([*map(replace, people), *unentered], today)]
