"""Orders to places: each place that keeps a copy is told what to destroy, and answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update

from privdesk.core import references, system
from privdesk.core.clock import office_date
from privdesk.core.errors import DomainError, NotFoundError
from privdesk.core.i18n import N_, _
from privdesk.core.register import Row
from privdesk.flows.choosing import Set
from privdesk.registers.desk import Change, Desk
from privdesk.registers.destructions import rules
from privdesk.registers.destructions.model import Order
from privdesk.registers.destructions.rules import Medium, Method, OrderState, OrderStep, State
from privdesk.vault import attachments
from privdesk.vault.payloads import OFFICE, PEOPLE
from privdesk.vault.schema import table

SLOT_BY, SLOT_IDS = 1, 2
VAULT = "vault"
MAX_EVIDENCE = 50 * 1024 * 1024


class NotExecutedError(DomainError):
    """{ref} has not been executed yet, so no place can confirm it. Nothing was changed; execute it
    first.
    """


class AnsweredEarlierError(DomainError):
    """A place cannot have answered on {day}: the destruction was executed on {executed}. Nothing
    was changed; check the day.
    """


class AnsweredLaterError(DomainError):
    """A place cannot have destroyed anything on {day}, which is still to come. Nothing was changed;
    check the date.
    """


def draw_up(change: Change, destruction: int, chosen: Set) -> list[int]:
    """Make an order for each place and file of the set; the vault itself needs none."""
    return [
        _one(change, destruction, place, file, subjects, len(subjects) or chosen.counted)
        for file, subjects, place in destinations(change.desk, chosen)
    ]


def destinations(desk: Desk, chosen: Set) -> Iterator[tuple[int, set[int], int]]:
    """Yield each file of a set, its people in the set, and each place outside the vault."""
    per_file: dict[int, set[int]] = {}
    for line in chosen.taken:
        if line.file:
            per_file.setdefault(line.file, set()).add(line.subject)
    if chosen.file is not None and chosen.counted:
        per_file.setdefault(chosen.file, set())
    for file, subjects in sorted(per_file.items()):
        for place in desk.service("files").places_of(file):
            number = references.parse(place)[1]
            if _kind(desk, number) != VAULT:
                yield file, subjects, number


def answer(
    change: Change,
    destruction: int,
    place: str,
    by: str,
    on: date,
    count: int,
    method: str = "",
    evidence: Path | None = None,
) -> list[str]:
    """Enter a place's answer; another count than ordered stays open until it is accepted.

    Return the files to unlink after the commit.
    """
    desk = change.desk
    row = desk.service("destructions").rows([destruction])[0]
    if row.state not in (s.value for s in (State.EXECUTED, State.BACKUPS_CLOSED, State.COMPLETE)):
        raise NotExecutedError(ref=row.ref)
    if on > desk.today():
        raise AnsweredLaterError(day=on)
    executed = office_date(row.values["executed_at"])
    if on < executed:
        raise AnsweredEarlierError(day=on, executed=executed)
    left = count
    found = _of_place(desk, destruction, place)
    files: list[str] = []
    for position, order in enumerate(found):
        last = position == len(found) - 1
        told = left if last else min(left, order["expected"] or 0)
        left -= told
        files += _answer_one(change, order, by, on, told, method)
        if evidence is not None and position == 0:
            _keep_evidence(change, order["id"], evidence)
    change.note("destruction.place", "destructions", destruction, details={"place": place})
    return files


def sent(change: Change, order: int) -> None:
    """Note that an order was printed with its id list."""
    _step(change, order, OrderStep.SEND)


def drop_ids(change: Change, destruction: int) -> list[str]:
    """Destroy the id lists of orders that were printed; called when the people are destroyed.

    Return the files to unlink after the commit.
    """
    service = change.desk.service("orders")
    files: list[str] = []
    for row in _rows(change.desk, destruction):
        if row.state != OrderState.OPEN.value:
            files += service.forget_ids(change, row.id)
    return files


def states(desk: Desk, destruction: int) -> list[OrderState]:
    """Return where each order of a destruction stands."""
    return [OrderState(row.state) for row in _rows(desk, destruction)]


def counted(desk: Desk, destruction: int) -> int:
    """Return how many people a count-only file of this destruction holds."""
    values = desk.service("destructions").rows([destruction])[0].values
    file = values.get("file")
    if not file:
        return 0
    row = desk.service("files").get(str(file))
    return int(values.get("people") or 0) if row.values.get("holds") == "count" else 0


def told(desk: Desk, destruction: int) -> list[Mapping[str, Any]]:
    """Return the places of a destruction with their answers."""
    return [_told(desk, row) for row in _rows(desk, destruction)]


def _told(desk: Desk, row: Row) -> Mapping[str, Any]:
    place = desk.service("places").get(str(row.values["place"]))
    return {
        "order": row.ref,
        "place": row.values["place"],
        "name": row.titles.get("place", ""),
        "file": row.titles.get("file", ""),
        "medium": place.values.get("medium") or "",
        "state": row.state,
        "expected": row.values["expected"],
        "count": row.values["count"],
        "by": row.values["answered_by"],
        "on": row.values["answered_on"],
        "method": row.values["method"],
        "evidence": bool(row.values["evidence"]),
    }


def _rows(desk: Desk, destruction: int) -> list[Row]:
    service = desk.service("orders")
    rows: list[Row] = service.rows(desk.service("destructions").orders(destruction))
    return rows


def _one(
    change: Change, destruction: int, place: int, file: int, subjects: set[int], count: int
) -> int:
    desk = change.desk
    number = desk.vault.new_ids()[0]
    change.sql.execute(
        insert(table(Order)).values(
            id=number,
            state=OrderState.OPEN.value,
            destruction=destruction,
            place=place,
            file=file,
            expected=count,
        )
    )
    ids = _ids(desk, subjects, desk.ref("places", place))
    if ids:
        desk.vault.payloads.put(PEOPLE, number, {SLOT_IDS: "\n".join(ids)})
    change.note("record.created", "orders", number)
    return number


def _ids(desk: Desk, subjects: set[int], place: str) -> list[str]:
    """Return the people's numbers at a place, or their references where it gave none."""
    service = desk.service("subjects")
    known = service.sources_of(sorted(subjects))
    return [known.get(n, {}).get(place) or references.make("S", n) for n in sorted(subjects)]


def _of_place(desk: Desk, destruction: int, place: str) -> list[Mapping[str, Any]]:
    service = desk.service("places")
    called = service.called(place)
    number = called[0] if called else service.number(place)
    t = table(Order)
    with desk.vault.reading() as sql:
        statement = (
            select(t).where(t.c.destruction == destruction, t.c.place == number).order_by(t.c.id)
        )
        found: list[Mapping[str, Any]] = [dict(r) for r in sql.execute(statement).mappings()]
    if not found:
        raise NotFoundError(what=_(N_("order to this place")), ref=place)
    return found


def _answer_one(
    change: Change, order: Mapping[str, Any], by: str, on: date, count: int, method: str
) -> list[str]:
    desk = change.desk
    place = desk.service("places").rows([order["place"]])[0]
    chosen = _method(method, str(place.values.get("medium") or ""))
    step = rules.answer_step(order["expected"], count)
    _step(change, order["id"], step)
    t = table(Order)
    change.sql.execute(
        update(t)
        .where(t.c.id == order["id"])
        .values(answered_on=on, count=count, method=chosen.value)
    )
    desk.vault.payloads.put(OFFICE, order["id"], {SLOT_BY: by})
    change.note("record.changed", "orders", order["id"], fields=("state", "count"))
    if step is not OrderStep.ANSWER:
        return []
    files: list[str] = desk.service("orders").forget_ids(change, order["id"])
    return files


def _method(method: str, medium: str) -> Method:
    known = Medium(medium) if medium in {m.value for m in Medium} else Medium.ELECTRONIC
    usual = Method.SHRED if known in (Medium.PAPER, Medium.OPTICAL) else Method.DELETE
    chosen = Method(method) if method else usual
    rules.require_method(known, chosen)
    return chosen


def _step(change: Change, order: int, step: OrderStep) -> None:
    service = change.desk.service("orders")
    state = OrderState(service.rows([order])[0].state)
    service.set_state(change, order, rules.next_order_state(state, step).value)


def _keep_evidence(change: Change, order: int, evidence: Path) -> None:
    data = system.read_bytes(evidence, MAX_EVIDENCE)
    kinds = {".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg"}
    kind = kinds.get(evidence.suffix.lower(), "application/octet-stream")
    name = attachments.store(change.desk.vault, OFFICE, order, data, kind)
    t = table(Order)
    change.sql.execute(update(t).where(t.c.id == order).values(evidence=name))


def _kind(desk: Desk, place: int) -> str:
    return str(desk.service("places").rows([place])[0].values.get("kind") or "")
