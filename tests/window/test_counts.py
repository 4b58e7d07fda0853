"""The rail counts on each page what Today says of it."""

from __future__ import annotations

from pathlib import Path

from privdesk.registers.findings.service import FindingsService
from tests.desks import NOON
from tests.window.rooms import Room


def test_each_page_counts_the_tasks_of_its_register(room: Room, office: Path) -> None:
    shell = room.enter(office)
    day = NOON.date()
    staff = room.desk.service("staff")
    who = staff.create({"name": "한가람", "category": "a", "joined": day.replace(year=2025)})
    staff.act("leave", [who.ref], {"on": day.replace(day=1)})
    due = FindingsService(room.desk).due_by_page()
    assert due["departures"] == 1

    shell.refresh_counts()
    (group,) = [box for box in shell.rail._boxes if box.group.key == "staff"]
    room.waited(lambda: group.items["departures"].count() == 1)
    assert group.items["staff"].count() == due["staff"]
    assert group.head.count() == sum(item.count() for item in group.items.values())
    (today,) = [box for box in shell.rail._boxes if box.group.key == "today"]
    assert today.items["today"].count() == sum(due.values())
