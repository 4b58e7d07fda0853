"""An office with people in files, for the tests of findings."""

from __future__ import annotations

from datetime import date

import pypdfium2

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


def point(desk: Desk, name: str = "Sign-up", **values: object) -> Row:
    """Enter a web form."""
    told = {"name": name, "channel": "web", "rights": "web", "age_asked": "birth"}
    found: Row = desk.service("collection-points").create({**told, **values})
    return found


def collects(desk: Desk, at: Row, of: Row, required: str = "email", optional: str = "") -> Row:
    """Enter what a point collects for a purpose."""
    told = {"required_items": required, "optional_items": optional}
    found: Row = desk.service("point-items").create({"point": at.ref, "purpose": of.ref, **told})
    return found


TEXTS = {
    "purpose_en": "News of the shop",
    "items_en": "E-mail",
    "retention_en": "2 years",
    "refusal_en": "You may refuse; nothing else changes.",
}


def wording(desk: Desk, of: Row, *, on: str = "", **values: object) -> Row:
    """Enter a wording with its texts; put in force on a day where one is given."""
    service = desk.service("wordings")
    found: Row = service.create({"purpose": of.ref, **TEXTS, **values})
    if on:
        service.act("use", [found.ref], {"on": on})
        found = service.get(found.ref)
    return found


def paper_text(data: bytes) -> str:
    """Return the words of a paper."""
    paper = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_bounded() for page in paper)
