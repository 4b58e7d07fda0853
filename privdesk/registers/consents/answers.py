"""The answers of people as they are stored: read as histories, and settled to one that counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Table,
    bindparam,
    column,
    or_,
    select,
    table,
    update,
)

from privdesk.core.clock import office_date
from privdesk.registers.consents import rules
from privdesk.registers.consents.rules import ConsentEvent, Event
from privdesk.registers.consents.times import moment_of


class Asked(NamedTuple):
    """What an answer answers: one box of one purpose, put to one person."""

    subject: int
    purpose: int
    box: str


STATES: Mapping[Event, str] = {
    Event.GIVEN: "given",
    Event.CONFIRMED: "given",
    Event.CHANGED: "given",
    Event.REFUSED: "refused",
    Event.WITHDRAWN: "withdrawn",
    Event.LAPSED: "lapsed",
    Event.ASKED: "waiting",
}
OVER = ("proof", "destroyed")  # the person is gone; nothing counts any more
WORDINGS = table("wordings", column("id"), column("effective", Date))
_AT_ONCE = 900


def event_of(row: Any, renew_from: date | None = None) -> ConsentEvent:
    """Return a stored answer as an event.

    An answer before the purpose changed, or to a wording that came into force before,
    counts as wording 0, a later one as 1 (rule 8).
    """
    seen = min(row.at, row.effective or row.at)
    return ConsentEvent(
        kind=Event(row.kind),
        at=moment_of(row.at, row.time),
        number=row.id,
        wording=int(renew_from is None or seen >= renew_from),
        timed=bool(row.time),
        guardian=bool(row.guardian),
    )


def stored(sql: Connection, t: Table, subjects: Iterable[int]) -> Iterator[Any]:
    """Yield the valid answers of some people; all columns that make an event."""
    wanted = sorted(set(subjects))
    columns = (t.c.id, t.c.subject, t.c.purpose, t.c.box, t.c.kind, t.c.at, t.c.time)
    more = (t.c.guardian, t.c.state, t.c.agreed_on, WORDINGS.c.effective)
    asked = select(*columns, *more).outerjoin_from(t, WORDINGS, WORDINGS.c.id == t.c.wording)
    for start in range(0, len(wanted), _AT_ONCE):
        part = t.c.subject.in_(wanted[start : start + _AT_ONCE])
        yield from sql.execute(asked.where(part, t.c.state != "void")).all()


def older(t: Table, day: date) -> ColumnElement[bool]:
    """Return the condition that an agreement is older than a change of its purpose (rule 8).

    One given later to a wording from before that day is among them.
    """
    old = select(WORDINGS.c.id).where(WORDINGS.c.effective < day)
    return or_(t.c.agreed_on < day, t.c.wording.in_(old))


def by_asked(rows: Iterable[Any]) -> dict[Asked, list[Any]]:
    """Return answers by person, purpose and box."""
    found: dict[Asked, list[Any]] = {}
    for row in rows:
        found.setdefault(Asked(row.subject, row.purpose, row.box), []).append(row)
    return found


def settle(
    sql: Connection, t: Table, subjects: Iterable[int]
) -> tuple[dict[Asked, int], list[int]]:
    """Give every answer of some people its state.

    Return the answer that counts for each person, purpose and box, and which answers moved.
    """
    counting: dict[Asked, int] = {}
    moves: list[dict[str, Any]] = []
    for asked, rows in by_asked(stored(sql, t, subjects)).items():
        if any(row.state in OVER for row in rows):
            continue
        told = rules.counted(event_of(row) for row in rows)
        if told is not None:
            counting[asked] = told.event.number
        for row in rows:
            state, agreed = _state(row.id, told)
            if (state, agreed) != (row.state, row.agreed_on):
                moves.append({"number": row.id, "to": state, "since": agreed})
    if moves:
        sql.execute(
            update(t)
            .where(t.c.id == bindparam("number"))
            .values(state=bindparam("to"), agreed_on=bindparam("since")),
            moves,
        )
    return counting, [move["number"] for move in moves]


def _state(number: int, told: rules.Counted | None) -> tuple[str, date | None]:
    if told is None or told.event.number != number:
        return "past", None
    return STATES[told.event.kind], office_date(told.agreed.at) if told.agreed else None


def states_on(sql: Connection, t: Table, day: date, subjects: Sequence[int] = ()) -> dict[int, str]:
    """Return the answers that counted at the end of a day, each with its state then.

    ``subjects`` narrows it to some people; without them it is everybody.
    """
    found: dict[int, str] = {}
    chosen = subjects or sql.execute(select(t.c.subject).where(t.c.at <= day).distinct()).scalars()
    for rows in by_asked(stored(sql, t, chosen)).values():
        told = rules.counted(rules.until((event_of(row) for row in rows), day))
        if told is not None:
            found[told.event.number] = STATES[told.event.kind]
    return found
