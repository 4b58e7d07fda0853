"""Histories of consents for an invented office: every kind of answer, made by the services."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from privdesk.flows import withdrawing
from privdesk.registers.desk import Desk

LEAST = 4  # people that a history of each kind takes


def histories(desk: Desk, subjects: Sequence[int], purpose: int) -> list[str]:
    """Enter a changed, a lapsed, a withdrawn consent and a guardian who was asked.

    ``subjects`` are at least ``LEAST`` people without an answer to the purpose. Return the
    references of the answers that count.
    """
    service, today = desk.service("consents"), desk.today()
    of, begun = desk.ref("purposes", purpose), today - timedelta(days=300)
    people = [desk.ref("subjects", number) for number in subjects[:LEAST]]
    given = [
        service.create({"subject": who, "purpose": of, "at": begun, "channel": "web"}).ref
        for who in people[:3]
    ]
    asked = {"subject": people[3], "purpose": of, "kind": "asked", "channel": "paper"}
    asked |= {"guardian_name": "견본보호자", "guardian_phone": "010-0000-0001"}
    changed = service.act("change", [given[0]], {"channel": "app"}).refs
    lapsed = service.act("lapse", [given[1]], {}).refs
    (withdrawn,) = withdrawing.each(desk, [given[2]], channel="phone")
    waiting = service.create({**asked, "at": today - timedelta(days=2)}).ref
    return [*changed, *lapsed, *withdrawn.refs, waiting]
