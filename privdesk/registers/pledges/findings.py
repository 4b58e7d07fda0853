"""The findings on pledges: rule 43, S8.2③ and S8.2④."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from privdesk.core.clock import start_of
from privdesk.core.findings import Finding
from privdesk.registers.desk import Desk
from privdesk.registers.pledges import rules, typed
from privdesk.registers.pledges.fields import ENTERED, SLOT_PERSON
from privdesk.registers.sworn import standing
from privdesk.vault.payloads import OFFICE


def judge(desk: Desk) -> list[Finding]:
    """Return who has not signed, who is to sign soon or again, who left without."""
    found = stand(desk)
    groups = (rules.missing, rules.coming, rules.due_again, rules.gone)
    told = [people for group in groups if len(people := group(found)) <= rules.EACH]
    numbers = sorted({one.staff for people in told for one in people})
    names = desk.service("staff").titles(numbers) if numbers else {}
    return [*rules.judge(replace(found, names=names)), *typed.unproved(*_unproved(desk))]


def _unproved(desk: Desk) -> tuple[int, date | None]:
    """Return how many signatures were typed in since the vault's first day, and the first of them.

    Numbers of records go up; what was entered on the first day was taken over from before.
    """
    begun = desk.first_day() + timedelta(days=1)
    if desk.today() < begun:
        return 0, None
    later = desk.journal.first_at(start_of(begun))
    known = "SELECT coalesce(max(record), 0) FROM journal WHERE number < ?"
    (last,) = desk.vault.raw.execute(known, (later,)).fetchone()
    sql = (
        "SELECT count(*), min(signed_on) FROM pledges"
        " WHERE state = 'signed' AND how = ? AND file IS NULL AND id > ?"
    )
    count, first = desk.vault.raw.execute(sql, (ENTERED, last)).fetchone()
    return int(count), date.fromisoformat(first) if first else None


def stand(desk: Desk, names: dict[int, str] | None = None) -> rules.Stand:
    """Return where everybody stands today."""
    today, begun = desk.today(), str(desk.setting("pledge_begun", "") or "")
    return rules.Stand(
        oaths=standing(desk, today),
        today=today,
        every=int(desk.setting("pledge_months", 0)),
        begun=date.fromisoformat(begun) if begun else None,
        since=_since(desk),
        names=names or {},
        staff_ref=lambda number: desk.ref("staff", number),
        pledge_ref=lambda number: desk.ref("pledges", number),
        outside=_outside(desk),
    )


def _outside(desk: Desk) -> list[rules.Outside]:
    """Return the people of other companies whose pledge waits, the most urgent first."""
    sql = (
        "SELECT id, organisation, due_on FROM pledges WHERE staff IS NULL"
        " AND state IN ('open', 'printed') ORDER BY due_on, id"
    )
    rows = desk.vault.raw.execute(sql).fetchall()
    sealed = desk.vault.payloads.read_many(OFFICE, [row[0] for row in rows])
    return [
        rules.Outside(
            pledge=number,
            name=sealed.get(number, {}).get(SLOT_PERSON, ""),
            company=company or "",
            due=date.fromisoformat(due) if due else None,
        )
        for number, company, due in rows
    ]


def _since(desk: Desk) -> date | None:
    """Return the first day of which a pledge is on record, or None where there is none yet."""
    sql = "SELECT min(coalesce(signed_on, due_on)) FROM pledges WHERE state <> 'void'"
    found = desk.vault.raw.execute(sql).fetchone()[0]
    return date.fromisoformat(found) if found else None
