"""Orders to places: each place that keeps a copy is told once what to destroy, and answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update

from privdesk.core import references
from privdesk.core.clock import office_date
from privdesk.core.errors import DomainError, UnknownNameError
from privdesk.core.fields import Kind
from privdesk.core.i18n import N_, _
from privdesk.core.register import Row
from privdesk.core.values import to_column
from privdesk.flows import reaching
from privdesk.flows.choosing import Line, Set
from privdesk.registers.desk import Change, Desk
from privdesk.registers.destructions import lists, rules
from privdesk.registers.destructions.lists import SLOT_IDS, PerFile, people_in
from privdesk.registers.destructions.model import Order
from privdesk.registers.destructions.rules import Medium, Method, OrderState, OrderStep, State
from privdesk.vault.payloads import OFFICE, PEOPLE
from privdesk.vault.schema import table

SLOT_BY = 1
UNPRINTED = N_("answered without a printed order")  # in the journal


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


class AllHeldError(DomainError):
    """Everybody on the order {ref} is on legal hold. Nothing was printed; take back what was
    printed of it before, and print it once a hold is lifted.
    """


def draw_up(change: Change, destruction: int, chosen: Set) -> list[int]:
    """Make one order for each place of the set; the vault itself needs none."""
    return [
        _one(change, destruction, place, files, people_in(files) or chosen.counted)
        for place, files in destinations(change.desk, chosen).items()
    ]


def destinations(desk: Desk, chosen: Set) -> dict[int, dict[int, set[int]]]:
    """Return each place outside the vault with its files of a set and their people in the set."""
    per_file: dict[int, set[int]] = {}
    for line in chosen.taken:
        if line.file:
            per_file.setdefault(line.file, set()).add(line.subject)
    if chosen.file is not None and chosen.counted:
        per_file.setdefault(chosen.file, set())
    return reaching.outside(desk, per_file)


def narrow(change: Change, destruction: int, lines: Iterable[Line]) -> list[str]:
    """Take who was left out since the request off the orders, before they are carried out.

    An order that was printed with other people has to be printed anew, so it is open again.
    Return the files to unlink after the commit.
    """
    desk = change.desk
    taken: dict[int, set[int]] = {}
    for line in lines:
        taken.setdefault(line.file, set()).add(line.subject)
    unlinked: list[str] = []
    for row in _rows(desk, destruction):
        numbers = [references.number(ref) for ref in row.values["files"]]
        files = {number: taken[number] for number in numbers if number in taken}
        known = lists.known(desk, row)
        if not known:
            continue
        if row.state == OrderState.OPEN.value and people_in(files) != row.values["expected"]:
            _rewrite(change, row, files)
        elif row.state == OrderState.SENT.value and known != _list(desk, row, files):
            unlinked += _reopen(change, row, files)
    return unlinked


def present(desk: Desk, row: Row) -> tuple[str, int]:
    """Return an order's list, and its people, as it is printed now.

    Until the destruction is executed, who is on hold just now is left out.
    """
    known = lists.known(desk, row)
    state = State(desk.service("destructions").get(str(row.values["destruction"])).state)
    if not known or state not in (State.REQUESTED, State.APPROVED):
        return known, row.values["expected"] or 0
    files = lists.to_destroy(desk, row)
    if not people_in(files):
        raise AllHeldError(ref=row.ref)
    return _list(desk, row, files), people_in(files)


def _rewrite(change: Change, row: Row, files: PerFile) -> None:
    """Put another set of people on an order; one without anybody is cancelled."""
    desk = change.desk
    if not files:
        _step(change, row.id, OrderStep.CANCEL)
    _put(change, row, people_in(files), _list(desk, row, files), files)


def _reopen(change: Change, row: Row, files: PerFile) -> list[str]:
    """Put another set of people on an order that was printed, in place of the old papers.

    One without anybody stays with the place, which has to answer that it destroyed nobody.
    Return the files to unlink after the commit.
    """
    unlinked: list[str] = change.desk.service("orders").forget_ids(change, row.id)
    if files:
        _step(change, row.id, OrderStep.RENEW)
    _put(change, row, people_in(files), _list(change.desk, row, files))
    return unlinked


def _put(change: Change, row: Row, expected: int, ids: str, files: PerFile | None = None) -> None:
    desk, t = change.desk, table(Order)
    told: dict[str, Any] = {"expected": expected}
    if files:
        told["files"] = to_column(Kind.LINKS, [desk.ref("files", file) for file in files])
    change.sql.execute(update(t).where(t.c.id == row.id).values(**told))
    desk.vault.payloads.put(PEOPLE, row.id, {SLOT_IDS: ids or None})
    change.note("record.changed", "orders", row.id, fields=("expected", "source_ids"))


def _list(desk: Desk, row: Row, files: PerFile) -> str:
    headed = len(row.values["files"]) > 1
    return lists.listed(desk, files, str(row.values["place"]), headed=headed)


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
    order = _of_place(desk, destruction, place)
    files = _answer(change, order, by, on, count, method)
    if evidence is not None:
        _keep_evidence(change, order["id"], evidence)
    change.note("destruction.place", "destructions", destruction, details={"place": place})
    return files


def sent(change: Change, row: Row) -> None:
    """Note that an order was printed with its id list, and who was on it."""
    ids, expected = present(change.desk, row)
    if ids != lists.known(change.desk, row):
        _put(change, row, expected, ids)
    _step(change, row.id, OrderStep.SEND)


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
        "file": row.titles.get("files", ""),
        "files": list(row.values["files"]),
        "medium": place.values.get("medium") or "",
        "state": row.state,
        "expected": row.values["expected"],
        "count": row.values["count"],
        "by": row.values["answered_by"],
        "on": row.values["answered_on"],
        "method": row.values["method"],
        "evidence": bool(row.values["evidence"]),
        "printed": _is_printed(desk, row.ref),
    }


def _is_printed(desk: Desk, ref: str) -> bool:
    """Whether an order was ever printed for its place."""
    sql = "SELECT 1 FROM documents WHERE code = 'order' AND about = ? LIMIT 1"
    return desk.vault.raw.execute(sql, (ref,)).fetchone() is not None


def _rows(desk: Desk, destruction: int) -> list[Row]:
    service = desk.service("orders")
    rows: list[Row] = service.rows(desk.service("destructions").orders(destruction))
    return rows


def _one(change: Change, destruction: int, place: int, files: PerFile, count: int) -> int:
    desk = change.desk
    number = desk.vault.new_ids()[0]
    change.sql.execute(
        insert(table(Order)).values(
            id=number,
            state=OrderState.OPEN.value,
            destruction=destruction,
            place=place,
            files=to_column(Kind.LINKS, [desk.ref("files", file) for file in files]),
            expected=count,
        )
    )
    ids = lists.listed(desk, files, desk.ref("places", place), headed=len(files) > 1)
    if ids:
        desk.vault.payloads.put(PEOPLE, number, {SLOT_IDS: ids})
    change.note("record.created", "orders", number)
    return number


def _of_place(desk: Desk, destruction: int, place: str) -> Mapping[str, Any]:
    service = desk.service("places")
    called = service.called(place)
    number = called[0] if called else service.number(place)
    t = table(Order)
    with desk.vault.reading() as sql:
        statement = select(t).where(t.c.destruction == destruction, t.c.place == number)
        found = sql.execute(statement).mappings().first()
    if found is None:
        name = service.rows([number])[0].values["name"]
        raise UnknownNameError(what=_(N_("order to the place")), name=name)
    return dict(found)


def _answer(
    change: Change, order: Mapping[str, Any], by: str, on: date, count: int, method: str
) -> list[str]:
    desk = change.desk
    place = desk.service("places").rows([order["place"]])[0]
    chosen = _method(method, str(place.values.get("medium") or ""))
    step = rules.answer_step(order["expected"], count)
    if order["state"] == OrderState.OPEN.value:  # told on another way than by the printed order
        _step(change, order["id"], OrderStep.SEND)
        change.note("record.changed", "orders", order["id"], reason=UNPRINTED, fields=("state",))
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


def usual(medium: str) -> Method:
    """Return how a place is told to destroy what stands on its medium."""
    physical = _medium(medium) in (Medium.PAPER, Medium.OPTICAL)
    return Method.SHRED if physical else Method.DELETE


def _medium(medium: str) -> Medium:
    return Medium(medium) if medium in {m.value for m in Medium} else Medium.ELECTRONIC


def _method(method: str, medium: str) -> Method:
    chosen = Method(method) if method else usual(medium)
    rules.require_method(_medium(medium), chosen)
    return chosen


def _step(change: Change, order: int, step: OrderStep) -> None:
    service = change.desk.service("orders")
    state = OrderState(service.rows([order])[0].state)
    service.set_state(change, order, rules.next_order_state(state, step).value)


def _keep_evidence(change: Change, order: int, evidence: Path) -> None:
    name = reaching.kept(change.desk, OFFICE, order, evidence)
    t = table(Order)
    change.sql.execute(update(t).where(t.c.id == order).values(evidence=name))
