"""Due days as a calendar file, for the calendar program of the office: nothing about anybody.

An event has the reference (or the register), the rule's title, its clause and the day. Its
number stays the same from day to day, so that taking the file in again moves what has
moved instead of adding it anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from pathlib import Path

from privdesk.core.findings import Finding
from privdesk.core.i18n import N_, _
from privdesk.core.rulebook import RULES
from privdesk.exchange.ics import Day, calendar
from privdesk.exchange.wholefile import whole_file
from privdesk.registers.desk import CASES, Desk
from privdesk.registers.findings.collect import gathered
from privdesk.registers.findings.marks import key_of, ranged

NAME = N_("{office}: due days")
ANSWER = N_("Answer a request")
_UID = 24  # letters of the hash


def days(desk: Desk) -> tuple[Day, ...]:
    """Return every day on which something is due, and every open request, by day."""
    with desk.vault.reading():
        found = [one for one in gathered(desk)[0] if one.due is not None]
        told = {_key(one): _day(desk, one) for one in found}
        spoken_of = {one.ref for one in found if one.register == CASES}
        more = [day for ref, day in _requests(desk) if ref not in spoken_of]
    return tuple(sorted([*told.values(), *more], key=lambda one: (one.day, one.title, one.uid)))


def write(desk: Desk, path: Path) -> int:
    """Write the calendar file, journalled; return how many days it has.

    Raises what ``whole_file`` raises: the file is there whole or not at all.
    """
    found = days(desk)
    name = _(NAME).format(office=desk.vault.header.company)
    with desk.change() as change:
        change.note("export.made", count=len(found), details={"kind": "ics"})
        with whole_file(path) as stream:
            stream.write(calendar(found, name, desk.now()).encode())
    return len(found)


def _key(one: Finding) -> str:
    """Return what makes it the same duty next week, whatever became of its day.

    Findings of one key that differ by their days alone are told apart by the first day on
    which something of them fell due, which no holiday moves.
    """
    first = one.values.get("first", one.due) if ranged(one) else ""
    return f"{key_of(one)}|{first}"


def _day(desk: Desk, one: Finding) -> Day:
    assert one.due is not None
    rule = RULES[one.rule]
    title = _(rule.title)
    where = one.ref or str(one.values.get("file_ref", "")) or _register(desk, one.register)
    law = " · ".join(part for part in (one.clause, _(one.article) if one.article else "") if part)
    return Day(_uid(desk, _key(one)), one.due, f"{where} {title}".strip(), law)


def _register(desk: Desk, name: str) -> str:
    return _(desk.register(name).title) if name in desk.registers else ""


def _requests(desk: Desk) -> Iterable[tuple[str, Day]]:
    """Yield the open requests with their days; the law of each stands in its finding."""
    sql = (
        f"SELECT id, due_on FROM {CASES} WHERE due_on IS NOT NULL"
        " AND state IN ('received', 'identified', 'working', 'extended') ORDER BY id"
    )
    for number, due in desk.vault.raw.execute(sql).fetchall():
        ref = desk.ref(CASES, number)
        title = f"{ref} {_(ANSWER)}"
        yield ref, Day(_uid(desk, f"{CASES}|{ref}"), date.fromisoformat(due), title)


def _uid(desk: Desk, key: str) -> str:
    """Return a number that tells outsiders nothing: vault and key, hashed."""
    told = sha256(f"{desk.vault.id}|{key}".encode()).hexdigest()[:_UID]
    return f"{told}@privdesk"
