"""A settled search: who answers to a text, entered in the journal without the text."""

from __future__ import annotations

from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.register import Query, Row
from privdesk.registers.desk import Desk

LIMIT = 50
_REFS_KEPT = 200
_PEOPLE = ("subjects", "staff")


def settled(desk: Desk, text: str, limit: int = LIMIT) -> list[tuple[str, Row]]:
    """Return register and masked row of everyone found, and journal that a search was made.

    Data subjects first, then staff, then the record of any register whose reference it is.
    """
    found = _found(desk, text, limit)
    with desk.change() as change:
        refs = " ".join(row.ref for _register, row in found[:_REFS_KEPT])
        details = {"refs": refs} if refs else {}
        change.note("record.searched", count=len(found), details=details)
    return found


def _found(desk: Desk, text: str, limit: int) -> list[tuple[str, Row]]:
    if not text.strip() or limit < 1:
        return []
    found: dict[str, tuple[str, Row]] = {}
    by_ref = _by_reference(desk, text)
    if by_ref is not None:
        found[by_ref[1].ref] = by_ref
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
