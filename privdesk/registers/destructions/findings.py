"""The findings on destructions under way and on the orders to places (rules 12 and 15, S2.1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select

from privdesk.core.clock import office_date
from privdesk.core.findings import Finding, Severity, Term, finding
from privdesk.core.i18n import N_
from privdesk.core.register import Row
from privdesk.core.rulebook import rule_number
from privdesk.registers.desk import Desk
from privdesk.registers.destructions import lists, rules, signatures
from privdesk.registers.destructions.model import Order
from privdesk.registers.destructions.rules import OrderState, People, State
from privdesk.vault.schema import table

REPLY_DAYS = 7
_OPEN = (State.REQUESTED, State.APPROVED, State.EXECUTING)
_EXECUTED = (State.EXECUTED, State.BACKUPS_CLOSED)
_OUTSTANDING = (OrderState.OPEN, OrderState.SENT, OrderState.DIFFERS)

# What waits in each state: what was found, what to do, the step that the desk offers.
STEPS: Mapping[State, tuple[str, str, str]] = {
    State.REQUESTED: (
        N_("The destruction {ref} waits for approval (people: {n})."),
        N_("Another officer compares the digest, then approves or refuses it."),
        "approve",
    ),
    State.APPROVED: (
        N_("The destruction {ref} was approved, but not executed (people: {n})."),
        N_("Execute {ref} by {by}, with a witness and a custody copy at hand."),
        "execute",
    ),
    State.EXECUTING: (
        N_("The destruction {ref} was executed, but older copies still open it (people: {n})."),
        N_("Finish {ref}: change the epoch secret and write a new custody copy."),
        "finish",
    ),
}
ORDER_STEPS: Mapping[OrderState, tuple[str, str, str]] = {
    OrderState.OPEN: (
        N_("“{place}” has not been told to destroy its copies (order {ref}, people: {n})."),
        N_("Print the order with its list of numbers and hand it over."),
        "send",
    ),
    OrderState.SENT: (
        N_("“{place}” has not confirmed the destruction (order {ref}, people: {n})."),
        N_("Ask “{place}” for the answer with number, day and evidence."),
        "answer",
    ),
    OrderState.DIFFERS: (
        N_("“{place}” confirmed another number than was ordered (order {ref}, people: {n})."),
        N_("Ask “{place}” why, then accept the number or send the order again."),
        "answer",
    ),
}

# It says that it was executed, and its signatures do not.
UNPROVED = N_(
    "The destruction {ref} counts as executed, but no signatures of officers prove it"
    " (people: {n})."
)
PROVE = N_(
    "Check the vault with “privdesk verify”; nothing is certified. Cancel {ref} where that is"
    " offered, and request the destruction anew."
)

# A printed order that names people who are kept: before the destruction, and after it.
STALE = N_(
    "The printed order {ref} to “{place}” names people who have been put on hold since"
    " (people: {n})."
)
RENEW = N_("Print the order anew, hand it over and take the old one back.")
EMPTY = N_("Nobody on the printed order {ref} to “{place}” may be destroyed any more.")
TAKE_BACK = N_("Take the order back from “{place}” and enter 0 as its answer.")


def judge(desk: Desk) -> list[Finding]:
    """Return what waits in the destructions that are not complete."""
    service = desk.service("destructions")
    states = [state.value for state in (*_OPEN, *_EXECUTED)]
    with desk.vault.reading() as sql:
        t = service.table
        found = sql.execute(select(t.c.id).where(t.c.state.in_(states)).order_by(t.c.id))
        rows = service.rows(list(found.scalars()))
    earliest = _earliest(desk)
    done: list[Finding] = []
    for row in rows:
        executed = row.state == State.EXECUTING.value or row.values.get("executed_at")
        if executed and signatures.why_unproved(desk, row.id):
            done.append(_unproved(row))
            continue
        if State(row.state) in _OPEN:
            done.append(_step(desk, row, earliest.get(row.id)))
        done += _signed(desk, row)
    return [*done, *_stale(desk), *_orders(desk)]


def _unproved(row: Row) -> Finding:
    values = {"ref": row.ref, "n": row.values.get("people") or 0}
    return finding("15", rules.REGISTER, row.ref, what=UNPROVED, do=PROVE, values=values)


def _step(desk: Desk, row: Row, earliest: date | None) -> Finding:
    state = State(row.state)
    what, do, step = STEPS[state]
    term = _term(desk, row, earliest)
    by = desk.calendar.deadline_days(term.start, term.days)
    asked_by_me = state is State.REQUESTED and desk.vault.person.id in _persons(
        desk, row.id, "requester"
    )
    return finding(
        "10" if state is State.EXECUTING else "12",
        rules.REGISTER,
        row.ref,
        what=what,
        do=do,
        due=by,
        waiting=asked_by_me and bool(row.values.get("two_officers")),
        values={"ref": row.ref, "n": row.values.get("people") or 0, "by": by, "step": step},
        count=row.values.get("people") or 1,
        term=term,
    )


def _term(desk: Desk, row: Row, earliest: date | None) -> Term:
    """Return what the last day follows from: what it takes, else its newest signature."""
    today = desk.today()
    if row.state == State.EXECUTING.value:
        days = rule_number("withdrawal.roll_days", today)
        return Term(_executed_on(row.values["executed_at"]) or today, days)
    days = rule_number("destroy.days", today)
    since = row.values.get("approved_on") or row.values.get("requested_on") or today
    if earliest is not None:
        since = min(since, earliest)
    return Term(since, days)


def _earliest(desk: Desk) -> dict[int, date]:
    """Return, by destruction not yet executed, the earliest day that something in it is due."""
    sql = (
        "SELECT d.id, min(h.due_on) FROM destructions d"
        " JOIN destruction_holdings c ON c.destruction = d.id AND c.why = ''"
        " JOIN holdings h ON h.id = c.holding"
        " WHERE d.state IN ('requested', 'approved') AND h.due_on IS NOT NULL GROUP BY d.id"
    )
    rows = desk.vault.raw.execute(sql).fetchall()
    return {number: date.fromisoformat(due) for number, due in rows}


def _persons(desk: Desk, number: int, part: str) -> list[int]:
    signed = signatures.counting(desk, number)
    return [signature["person"] for signature in signed if signature["part"] == part]


def _signed(desk: Desk, row: Row) -> tuple[Finding, ...]:
    people = {
        part: str(next(iter(_persons(desk, row.id, part)), ""))
        for part in ("requester", "approver", "operator")
    }
    two = row.values.get("two_officers")
    return rules.judge_people(row.ref, People(**people), two_officers=two is not False)


def _stale(desk: Desk) -> list[Finding]:
    """Return the orders printed for a destruction to come that name people on hold."""
    t, d = table(Order), desk.service("destructions").table
    ahead = (State.REQUESTED.value, State.APPROVED.value)
    wanted = (
        select(t.c.id)
        .join(d, d.c.id == t.c.destruction)
        .where(d.c.state.in_(ahead), t.c.state == OrderState.SENT.value)
        .order_by(t.c.id)
    )
    with desk.vault.reading() as sql:
        rows = desk.service("orders").rows(list(sql.execute(wanted).scalars()))
    held = [(row, lists.held(desk, row)) for row in rows]
    return [_renew(row, count) for row, count in held if count]


def _renew(row: Row, count: int) -> Finding:
    """Return that a printed order names people who are kept; a breach as soon as it is obeyed."""
    values = {"ref": row.ref, "place": row.titles.get("place", ""), "n": count, "step": "send"}
    return finding("S2.1", "orders", row.ref, what=STALE, do=RENEW, values=values, count=count)


def _orders(desk: Desk) -> list[Finding]:
    """Return the orders of executed destructions that a place has not confirmed."""
    t, d = table(Order), desk.service("destructions").table
    executed = [state.value for state in (*_EXECUTED, State.EXECUTING)]
    outstanding = [state.value for state in _OUTSTANDING]
    wanted = (
        select(t.c.id, d.c.executed_at)
        .join(d, d.c.id == t.c.destruction)
        .where(d.c.state.in_(executed), t.c.state.in_(outstanding))
        .order_by(t.c.id)
    )
    with desk.vault.reading() as sql:
        since = {row[0]: row[1] for row in sql.execute(wanted)}
        rows = desk.service("orders").rows(list(since))
    return [_order(desk, row, _executed_on(since[row.id])) for row in rows]


def _order(desk: Desk, row: Row, executed: date | None) -> Finding:
    state = OrderState(row.state)
    what, do, step = ORDER_STEPS[state]
    kept = lists.kept(desk, row) if state is OrderState.OPEN else 0
    if kept:
        return _renew(row, kept)
    if state is OrderState.SENT and not row.values["expected"]:
        what, do, step = EMPTY, TAKE_BACK, "answer"
    term = Term(executed or desk.today(), int(desk.setting("reply_days", REPLY_DAYS)))
    return finding(
        "S2.1",
        "orders",
        row.ref,
        what=what,
        do=do,
        severity=Severity.WARNING if state is OrderState.OPEN else Severity.BREACH,
        due=desk.calendar.deadline_days(term.start, term.days),
        term=term,
        waiting=state is OrderState.SENT and what != EMPTY,
        values={
            "ref": row.ref,
            "place": row.titles.get("place", ""),
            "n": row.values.get("expected") or 0,
            "step": step,
        },
        count=row.values.get("expected") or 1,
    )


def _executed_on(at: object) -> date | None:
    if isinstance(at, datetime):
        return office_date(at)
    return office_date(datetime.fromisoformat(at)) if isinstance(at, str) and at else None
