"""The findings on the staff: S5.1, S8.2①, rules 44 and 46, and the second officer.

Who is as he should be is told by open columns; of thousands nothing else is read.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from privdesk.core.findings import Finding
from privdesk.registers.desk import Desk
from privdesk.registers.staff import rules

_LIVING = (
    'SELECT id, duty, category, joined, "left", counted_from FROM staff'
    " WHERE state <> 'void' ORDER BY id"
)
_ORDINARY = (rules.Duty.NONE.value, rules.Duty.HANDLER.value, "", None)
_Living = tuple[int, str | None, str | None, str | None, str | None, str | None]


def judge(desk: Desk) -> list[Finding]:
    """Return what is wrong with the staff, one by one and as a whole.

    Officers of the vault who are not in the register count as officers: the second one
    is there whether somebody has entered him or not.
    """
    today = desk.today()
    people = _looked_at(desk)
    found = [one for person in people for one in rules.judge(person, today)]
    entered = {person.officer.casefold() for person in people}
    unentered = [
        rules.StaffFacts(ref="", name=person.name, officer=person.name, role=person.role)
        for person in desk.vault.header.people
        if person.active and person.role != "recovery" and person.name.casefold() not in entered
    ]
    return [*found, *rules.judge_all([*map(replace, people), *unentered], today)]


def _looked_at(desk: Desk) -> list[rules.StaffFacts]:
    """Return the people whom a rule may speak of, by number.

    Not who has no account here, no duty but handling, and a category or no need of one.
    """
    service = desk.service("staff")
    names = service.names()
    rows: list[_Living] = desk.vault.raw.execute(_LIVING).fetchall()
    found = []
    for number, duty, category, joined, left, since in rows:
        login = names[number].login
        if not login and duty in _ORDINARY and (category or duty != rules.Duty.HANDLER.value):
            continue
        values = {
            "name": names[number].name,
            "duty": duty,
            "category": category,
            "joined": _day(joined),
            "left": _day(left),
            "counted_from": _day(since),
            "login": login,
        }
        found.append(service.facts(desk.ref("staff", number), values))
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
