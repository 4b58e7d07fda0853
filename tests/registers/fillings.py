"""An office with people in files, for the tests of findings."""

from __future__ import annotations

from datetime import date

from privdesk.core.register import Row
from privdesk.registers.desk import Desk

TODAY = date(2026, 11, 23)  # a Monday
PURPOSE = {
    "name": "Newsletter",
    "basis": "consent",
    "required_items": "email",
    "retention": "2 years",
    "refusal": "You may refuse; nothing else changes.",
}


def purpose(desk: Desk, name: str = "Newsletter", **values: object) -> Row:
    """Enter a complete purpose."""
    found: Row = desk.service("purposes").create({**PURPOSE, "name": name, **values})
    return found


def place(desk: Desk, name: str = "Web shop") -> Row:
    """Enter a system."""
    found: Row = desk.service("places").create(
        {"name": name, "kind": "system", "medium": "electronic"}
    )
    return found


def file(desk: Desk, of: Row, at: Row, name: str = "Customers", **values: object) -> Row:
    """Enter a file of people by name."""
    wanted = {"name": name, "purpose": of.ref, "place": at.ref, "holds": "names", **values}
    found: Row = desk.service("files").create(wanted)
    return found


def holding(desk: Desk, within: Row, of: Row, collected: date) -> Row:
    """Enter a person held in a file for a purpose."""
    person = desk.service("subjects").create({"name": "Example Person"})
    found: Row = desk.service("holdings").create(
        {
            "subject": person.ref,
            "file": within.ref,
            "purpose": of.ref,
            "collected_on": collected,
        }
    )
    return found
