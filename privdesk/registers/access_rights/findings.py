"""The findings on access rights: rules 43 to 46 and 48, and the half-yearly review.

Which rights are wrong is read from their open columns; only of those is anything unsealed, so
that thousands of rights that are as they should be cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from privdesk.core import references
from privdesk.core.findings import Finding
from privdesk.registers.access_rights import judging
from privdesk.registers.access_rights.rules import Holder, Passwords, RightFacts, State
from privdesk.registers.desk import Desk
from privdesk.registers.sworn import standing

_SUSPECT = (
    "SELECT r.id FROM access_rights r LEFT JOIN staff s ON s.id = r.staff WHERE"
    " (r.state = 'granted' AND (s.\"left\" IS NOT NULL OR r.recheck_on IS NOT NULL"
    " OR coalesce(s.category, '') = ''))"
    " OR (r.state IN ('revoked', 'changed', 'refused') AND r.keep_until < ?) ORDER BY r.id"
)
_SHARED = (
    "SELECT record FROM access_accounts WHERE (place, digest) IN (SELECT a.place, a.digest"
    " FROM access_accounts a JOIN access_rights r ON r.id = a.record"
    " GROUP BY a.place, a.digest HAVING count(DISTINCT r.staff) > 1) ORDER BY record"
)
_GRANTED = (
    "SELECT id, staff, place, granted_on, reviewed_on FROM access_rights"
    " WHERE state = 'granted' ORDER BY id"
)
Granted = tuple[int, int, int, str, str | None]


def judge(desk: Desk) -> list[Finding]:
    """Return what is wrong with rights, accounts and passwords, and the reviews that are due."""
    today, raw = desk.today(), desk.vault.raw
    suspect = _facts(desk, (r[0] for r in raw.execute(_SUSPECT, (today.isoformat(),))))
    found = [one for right in suspect for one in judging.judge(right, today)]
    found += judging.judge_accounts(_facts(desk, (r[0] for r in raw.execute(_SHARED))))
    granted: list[Granted] = raw.execute(_GRANTED).fetchall()
    found += judging.judge_sworn(_facts(desk, _unsworn(desk, granted, today)), today)
    names: dict[int, str] = desk.service("places").titles(sorted({row[2] for row in granted}))
    refs = {name: desk.ref("places", number) for number, name in names.items()}
    dated = cache(lambda place, *days: _dated(names.get(place, ""), *days))  # most are alike
    rights, under_way = [dated(*row[2:]) for row in granted], _under_way(desk, names)
    found += judging.judge_reviews(rights, refs, today, under_way)
    return [*found, *judging.judge_passwords(_systems(desk, sorted(refs.values())), today)]


def _facts(desk: Desk, numbers: Iterable[int]) -> list[RightFacts]:
    service = desk.service("access-rights")
    found: list[RightFacts] = service.facts(service.rows(list(numbers)))
    return found


def _unsworn(desk: Desk, granted: list[Granted], today: date) -> list[int]:
    """Return the rights of those who had not signed on the day they got them.

    Who works here and has not signed at all is told of among the pledges already (rule 43).
    """
    oaths = standing(desk, today)
    void = {row[1] for row in granted} - {one.staff for one in oaths}
    oaths = [*oaths, *standing(desk, today, sorted(void))]
    signed = {one.staff: one.first or date.max for one in oaths if not one.lacks_first(today)}
    return [
        row[0]
        for row in granted
        if row[1] in signed and signed[row[1]] > date.fromisoformat(row[3])
    ]


def _under_way(desk: Desk, names: dict[int, str]) -> dict[str, str]:
    """Return the reviews that are not closed, by what their system is called."""
    sql = "SELECT place, id FROM rights_reviews WHERE state = 'open'"
    rows = desk.vault.raw.execute(sql).fetchall()
    return {names[at]: desk.ref("rights-reviews", n) for at, n in rows if at in names}


def _dated(place: str, granted: str, reviewed: str | None) -> RightFacts:
    """Return the days of a right in force, and nothing of its holder."""
    return RightFacts(
        ref="",
        place=place,
        holder=Holder(""),
        state=State.GRANTED,
        granted_on=date.fromisoformat(granted),
        reviewed_on=date.fromisoformat(reviewed) if reviewed else None,
    )


def _systems(desk: Desk, refs: list[str]) -> dict[str, tuple[str, Passwords]]:
    rows = desk.service("places").rows([references.number(ref) for ref in refs])
    return {
        row.ref: (
            str(row.values["name"]),
            Passwords(
                row.values["password_length"],
                row.values["password_kinds"],
                row.values["password_history"],
            ),
        )
        for row in rows
        if row.state == "active"
    }
