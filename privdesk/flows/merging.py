"""A processor entered twice: everything of the one goes over to the other, which stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from privdesk.core.errors import DomainError
from privdesk.core.hangul import name_key
from privdesk.core.i18n import N_, _
from privdesk.core.register import Outcome, Row
from privdesk.registers.desk import Change, Desk
from privdesk.registers.processors import rules

_NAMED_BY = (
    ("consignments", "consignments", "processor"),
    ("inspections", "inspections", "processor"),
    ("inspection-answers", "inspection_answers", "processor"),
    ("partner-papers", "partner_papers", "processor"),
    ("processors", "processors", "parent"),
)
"""Register, table and column of every record that names a processor."""


class SameRecordError(DomainError):
    """{ref} is the record that stays. Nothing was changed; choose the other one."""


class NotStandingError(DomainError):
    """{ref} is not under contract, so nothing goes over to it. Nothing was changed; choose the
    record that stands.
    """


def merge_processors(desk: Desk, refs: Sequence[str], *, into: str, reason: str) -> Outcome:
    """Put works, inspections, papers and sub-processors of some to another; take them out of use.

    Raises:
        SameRecordError: a processor would be merged with itself.
        NotStandingError: the one that stays is not under contract.
        OwnParentError: the one that stays was consigned on by the other.
    """
    service = desk.service("processors")
    (stays,) = service.rows([service.number(into)])
    if stays.state != rules.State.ACTIVE.value:
        raise NotStandingError(ref=stays.ref)
    with desk.change() as change:
        for row in service.rows([service.number(ref) for ref in refs]):
            if row.id == stays.id:
                raise SameRecordError(ref=row.ref)
            if stays.values["parent"] == row.ref:
                raise rules.OwnParentError(name=stays.values["name"])
            _go_over(change, row, stays)
            service.set_state(change, row.id, "void")
            change.note("processor.merged", "processors", row.id, reason=reason)
            change.note("processor.merged", "processors", stays.id, reason=row.ref)
        service.resupervise(change, stays.id)
    told = _(N_("{refs} merged into {into}"))
    return Outcome(told.format(refs=", ".join(refs), into=stays.ref), (stays.ref,))


def _go_over(change: Change, row: Row, stays: Row) -> None:
    desk, raw = change.desk, change.desk.vault.raw
    for register, table, column in _NAMED_BY:
        found = raw.execute(f"SELECT id FROM {table} WHERE {column} = ?", (row.id,)).fetchall()
        raw.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (stays.id, row.id))
        for (number,) in found:
            change.note("record.changed", register, number, fields=(column,))
    today = desk.today().isoformat()
    moved = "UPDATE consignments SET changed_on = ? WHERE processor = ? AND state = 'active'"
    raw.execute(moved, (today, stays.id))  # what is posted names another company now (rule 29)
    service, places = desk.service("processors"), desk.service("places")
    told: dict[str, Any] = {}
    linked = tuple(dict.fromkeys((*stays.values["places"], *row.values["places"])))
    if linked != tuple(stays.values["places"]):
        told["places"] = linked
    days = [day for day in (stays.values["since"], row.values["since"]) if day is not None]
    if days and min(days) != stays.values["since"]:
        told["since"] = min(days)
    if told:
        service.amend(change, stays.id, told)
    for number in service.places_of(row):
        (place,) = places.rows([number])
        if name_key(str(place.values["processor"] or "")) == name_key(str(row.values["name"])):
            places.amend(change, number, {"processor": stays.values["name"]})
