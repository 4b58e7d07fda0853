"""A settled search: who answers to a text, entered in the journal without the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.register import Query, Row
from privdesk.registers.desk import Desk

LIMIT = 50
_REFS_KEPT = 200
_MANY = 1_000_000_000
_UNCHECKED = re.compile(r"([A-Z]{1,4})[-\s]?([0-9]{1,18})")
_PEOPLE = ("subjects", "staff")


def settled(desk: Desk, text: str, limit: int = LIMIT, reason: str = "") -> list[tuple[str, Row]]:
    """Return register and masked row of everyone found, and journal that a search was made.

    Data subjects first, then staff, then the record of any register whose reference it is.
    """
    found = _found(desk, text, limit)
    enter(desk, [row.ref for _register, row in found], reason)
    return found


def enter(desk: Desk, refs: Sequence[str], reason: str = "") -> None:
    """Journal a settled search: how many it found, which, and for what; never what was typed."""
    details = {"refs": " ".join(refs[:_REFS_KEPT])} if refs else {}
    with desk.change() as change:
        told: dict[str, Any] = {**desk.because(reason)} if reason else {}
        change.note("record.searched", count=len(refs), details=details, **told)


def count(desk: Desk, text: str) -> int:
    """Return how many answer to a text, listed or not."""
    return len(_found(desk, text, _MANY))


def _found(desk: Desk, text: str, limit: int) -> list[tuple[str, Row]]:
    if not text.strip() or limit < 1:
        return []
    found: dict[str, tuple[str, Row]] = {}
    for one in (_by_reference(desk, text), *_by_number(desk, text)):
        if one is not None:
            found[one[1].ref] = one
    for register in _PEOPLE:
        if len(found) >= limit:
            continue
        if register == "subjects" and not desk.vault.sees_people:
            continue
        for row in _matching(desk, register, text, limit):
            found.setdefault(row.ref, (register, row))
    return list(found.values())[:limit]


def _matching(desk: Desk, register: str, text: str, limit: int) -> list[Row]:
    service = desk.service(register)
    if register != "subjects":
        rows: list[Row] = service.find(Query(text=text), limit=limit)
        return [row for row in rows if row.state != "void"]
    from privdesk.vault.search import query

    numbers = [hit.id for hit in query.search(desk.vault.raw, text, limit, ["subjects"])]
    people: list[Row] = service.rows(numbers)
    return people


def _by_reference(desk: Desk, text: str) -> tuple[str, Row] | None:
    try:
        prefix, _number = references.parse(text)
        register = desk.register_of(prefix)
        service = desk.service(register.name)
        return register.name, service.rows([service.number(text)])[0]
    except DomainError:
        return None


def _by_number(desk: Desk, text: str) -> list[tuple[str, Row]]:
    """Return the records that a number without its check digit means: ``R-001972``."""
    found = _UNCHECKED.fullmatch(text.strip().upper())
    if found is None:
        return []
    checked = references.make(found[1], int(found[2])) if int(found[2]) else ""
    one = _by_reference(desk, checked) if checked else None
    return [one] if one is not None else []
