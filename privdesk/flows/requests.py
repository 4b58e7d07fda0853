"""The life of a request, for the flows that work in one: a withdrawal, a correction, an answer.

Each function is one step inside the caller's transaction, with its journal entry; numbers are
those of the register. States move here and nowhere else. While a case is open it is the reason
of every look: ``look`` journals it as such, and ``--reason R-…`` or a page's open case do the
same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from privdesk.core.errors import DomainError
from privdesk.core.register import Row
from privdesk.flows.revealing import revealed
from privdesk.registers.desk import Change, Desk
from privdesk.registers.requests import expunging, rules, steps
from privdesk.registers.requests.findings import USAGE_NOTICE
from privdesk.registers.requests.rules import Extended, State

REGISTER = rules.REGISTER
OPEN = tuple(state.value for state in rules.OPEN)


class NotifiedLaterError(DomainError):
    """People cannot have been notified on {day}, which is still to come. Nothing was changed; check
    the day.
    """


def receive(change: Change, values: Mapping[str, Any]) -> int:
    """Take a request in; return its number.

    ``values`` are the register's fields; ``kind`` is needed, ``received_at`` is now where it
    is left out, ``handler`` the officer at the desk.
    """
    made: int = change.desk.service(REGISTER).insert(change, values)
    return made


def identify(change: Change, number: int, method: str, *, by: str = "", note: str = "") -> None:
    """Record how it was made sure who asks (rule 21); ``method`` is a key of ``METHODS``."""
    steps.identify(change, number, method, by=by, note=note)


def start(change: Change, number: int) -> None:
    """Start the work; a case in work already stays as it is."""
    state = change.desk.service(REGISTER).case(number).state
    if state not in (State.WORKING, State.EXTENDED):
        steps.start(change, number)


def extend(change: Change, number: int, until: date, reason: str) -> Extended:
    """Extend or postpone with the reason the person is told; ``moves`` is whether the day moves."""
    return steps.extend(change, number, until, reason)


def refuse(change: Change, number: int, code: str, reason: str, objection: str = "") -> None:
    """Refuse on a ground (a key of ``GROUNDS``), with the fact and the reason."""
    steps.refuse(change, number, code, reason, objection)


def answer(
    change: Change, number: int, result: str, *, text: str = "", code: str = "", reason: str = ""
) -> None:
    """Record the answer: ``granted``, ``partial`` (with ground and reason), ``nothing``,
    ``answered``.
    """
    steps.answer(change, number, result, text=text, code=code, reason=reason)


def hand_over(change: Change, number: int, to: str, reason: str = "") -> None:
    """Give the case to a colleague, by the reference of the staff register."""
    steps.hand_over(change, number, to, reason)


def withdraw(change: Change, number: int, reason: str) -> None:
    """Note that the person takes the request back."""
    steps.withdraw(change, number, reason)


def close(change: Change, number: int) -> None:
    """Close what was answered, refused or taken back; its file's own period begins."""
    steps.close(change, number)


def attach(change: Change, number: int, data: bytes, name: str, what: str = "other") -> int:
    """Seal a file with the keys of the case; return the attachment's number."""
    return steps.attach(change, number, data, name, what)


def expunge(change: Change, number: int) -> None:
    """Destroy the file of a closed case whose own period is over."""
    expunging.expunge(change, number)


def look(desk: Desk, request: int, register: str, numbers: Sequence[int]) -> list[Row]:
    """Return records in the clear; the open case is the reason, and nobody types one."""
    return revealed(desk, register, numbers, desk.ref(REGISTER, request))


def open_cases(desk: Desk, subject: int) -> list[Row]:
    """Return the open cases of a person, the most urgent first."""
    service = desk.service(REGISTER)
    marks = ", ".join("?" * len(OPEN))
    sql = f"SELECT id FROM requests WHERE subject = ? AND state IN ({marks}) ORDER BY due_on, id"
    found = desk.vault.raw.execute(sql, (subject, *OPEN)).fetchall()
    rows: list[Row] = service.rows([row[0] for row in found])
    return rows


def of_handler(desk: Desk, staff: int) -> list[Row]:
    """Return the open cases that a member of staff handles, soonest due first."""
    marks = ", ".join("?" * len(OPEN))
    sql = f"SELECT id FROM requests WHERE handler = ? AND state IN ({marks}) ORDER BY due_on, id"
    found = desk.vault.raw.execute(sql, (staff, *OPEN)).fetchall()
    rows: list[Row] = desk.service(REGISTER).rows([row[0] for row in found])
    return rows


def recompute(change: Change) -> dict[int, tuple[date, date]]:
    """Work out the due days of open cases again; return by number from which day to which."""
    moved: dict[int, tuple[date, date]] = change.desk.service(REGISTER).recompute(change)
    return moved


def usage_notified(desk: Desk, on: date) -> None:
    """Record the day on which people were notified of the use of their data (rule 57)."""
    desk.require("officer")
    if on > desk.today():
        raise NotifiedLaterError(day=on)
    with desk.change() as change:
        desk.set_setting(USAGE_NOTICE, on.isoformat())
        change.note("request.usage-notice", REGISTER)
