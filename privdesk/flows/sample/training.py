"""The training of the invented office: held, under way, planned, made up for."""

from __future__ import annotations

from functools import cache
from typing import Any

from privdesk.flows import certificates
from privdesk.flows.sample.texts import ago, read
from privdesk.registers.attendances.service import Mark
from privdesk.registers.desk import Change, Desk


@cache
def told() -> dict[str, Any]:
    """Return the courses and who was where."""
    found: dict[str, Any] = read("training")
    return found


def enter(desk: Desk) -> None:
    """Enter courses and sessions, with the attendance of each."""
    service = desk.service("courses")
    courses = {
        one["key"]: service.create({k: v for k, v in one.items() if k != "key"}).ref
        for one in told()["courses"]
    }
    with desk.change() as change:
        for one in told()["sessions"]:
            _session(change, one, courses[one["course"]])


def _session(change: Change, one: dict[str, Any], course: str) -> None:
    desk = change.desk
    sessions, attendances = desk.service("sessions"), desk.service("attendances")
    values = {name: one[name] for name in ("starts", "place", "trainer")}
    on = ago(desk.today(), one["on"])
    row = sessions.create({"course": course, "on": on, **values})
    results = [(name, "attended", score) for name, score in one["attended"].items()]
    results += [(name, word, None) for word in ("absent", "excused") for name in one[word]]
    people = {name: _number(desk, name) for name, *_rest in results}
    people |= {name: _number(desk, name) for name in one.get("invited", ())}
    attendances.invite(change, row.id, people.values())
    known = attendances.of(row.id)
    marks = [Mark(known[people[name]], result, score) for name, result, score in results]
    attendances.mark(change, row.id, marks)
    if results:
        sessions.act("close", [row.ref], {})
    if "certificates" in one:
        certificates.of_sessions(desk, [row.ref], language="ko")
    if "make_up" in one:
        sessions.act("make-up", [row.ref], {"on": ago(desk.today(), one["make_up"])})


def _number(desk: Desk, name: str) -> int:
    (number,) = desk.service("staff").called(name)
    return int(number)
