"""A consent beside the use has ended: what it alone agreed to goes from the person (rule 10).

Sensitive information and unique identifiers have a box of their own (PIPA 23, 24). Without
it the holding stands on, but its items of that kind may not be processed any more.
"""

from __future__ import annotations

from collections.abc import Collection

from privdesk.core import references
from privdesk.registers.consenting import BESIDE
from privdesk.registers.consents.answers import Asked
from privdesk.registers.desk import Change, Desk

_KEEPS = ("held", "law")


def items_lost(desk: Desk, asked: Asked, going: Collection[int] = ()) -> list[int]:
    """Return the items of a person that only this consent agreed to, by record number.

    What another purpose needs stays, and what a hold or another law keeps; ``going`` are
    holdings that end at the same time.
    """
    if asked.box not in {box.value for box in BESIDE}:
        return []
    purposes, service = desk.service("purposes"), desk.service("holdings")
    held = service.rows(service.of_subjects([asked.subject]).get(asked.subject, []))
    needed: set[str] = set()
    for row in held:
        purpose = references.number(row.values["purpose"])
        if row.id not in going and (purpose != asked.purpose or row.state in _KEEPS):
            needed.update(purposes.items_of(purpose))
    own = {ref for refs in purposes.items_of_box(asked.purpose, asked.box) for ref in refs}
    return sorted(references.number(ref) for ref in own - needed)


def empty(change: Change, asked: Asked) -> int:
    """Empty here what is lost with a consent; return how many items. Places are told apart."""
    desk = change.desk
    items = items_lost(desk, asked)
    fields = desk.service("subjects").fields_of_items()
    values = {fields[item].name: "" for item in items if item in fields}
    if values:
        desk.service("subjects").amend(change, asked.subject, values)
    return len(values)
