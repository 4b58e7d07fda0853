"""What the stories begin with: purposes, places, files and people, entered beside the screen."""

from __future__ import annotations

from typing import Any

from privdesk.core.register import Row
from privdesk.registers.desk import Desk

AGREED = {"basis": "consent", "refusal": "You may refuse; nothing else changes."}


def purpose(desk: Desk, name: str, items: str, retention: str, **more: object) -> Row:
    """Enter a purpose that people agree to, unless ``more`` says otherwise."""
    told = {"name": name, "required_items": items, "retention": retention, **AGREED, **more}
    found: Row = desk.service("purposes").create(told)
    return found


def place(desk: Desk, name: str, **more: object) -> Row:
    """Enter a place outside the vault, a system unless ``more`` says otherwise."""
    told = {"name": name, "kind": "system", "medium": "electronic", **more}
    found: Row = desk.service("places").create(told)
    return found


def file(desk: Desk, name: str, of: Row, at: Row, *copies: Row) -> Row:
    """Enter a file of people by name."""
    told: dict[str, Any] = {"name": name, "purpose": of.ref, "place": at.ref, "holds": "names"}
    if copies:
        told["copies"] = [one.ref for one in copies]
    found: Row = desk.service("files").create(told)
    return found


def person(desk: Desk, name: str, **values: object) -> Row:
    """Enter a person."""
    found: Row = desk.service("subjects").create({"name": name, **values})
    return found


def held(desk: Desk, who: Row, within: Row, of: Row, on: str, *, agreed: bool = True) -> Row:
    """Hold a person in a file since a day on which she agreed."""
    told = {"subject": who.ref, "purpose": of.ref}
    found: Row = desk.service("holdings").create({**told, "file": within.ref, "collected_on": on})
    if agreed:
        desk.service("consents").create({**told, "at": on, "channel": "web"})
    return found


def actions(desk: Desk, register: str, ref: str) -> list[str]:
    """Return what the journal says was done to a record, oldest first."""
    entries = desk.service(register).history(ref)
    return [one.action for one in reversed(entries)]


def papers(desk: Desk, about: str) -> dict[str, str]:
    """Return the papers kept about a record: by code, their state."""
    rows = desk.vault.raw.execute(
        "SELECT code, state FROM documents WHERE about = ? ORDER BY id", (about,)
    )
    return {str(code): str(state) for code, state in rows.fetchall()}
