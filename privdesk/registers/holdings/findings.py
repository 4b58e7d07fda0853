"""The findings on the holdings: rule 12. One finding for each file, purpose and last day.

What an unfinished destruction already takes is left to the findings of that destruction;
what has no period, and what another law keeps, to the findings of its purpose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from privdesk.core.findings import Finding, Term
from privdesk.core.i18n import N_
from privdesk.core.rulebook import rule_number
from privdesk.registers.desk import Desk
from privdesk.registers.holdings import rules
from privdesk.registers.holdings.rules import Expiry, ExpiryState, HoldingFacts

TEXTS: Mapping[ExpiryState, tuple[str, str]] = {
    ExpiryState.DUE: (
        N_("{n} people in “{file}”: the period for “{purpose}” ended on {due}."),
        N_("Request the destruction, and have it executed by {by}."),
    ),
    ExpiryState.OVERDUE: (
        N_("{n} people in “{file}”, kept for “{purpose}”, had to be destroyed by {by}."),
        N_("Request the destruction now, and note why it is late."),
    ),
}
OF_ONE: Mapping[ExpiryState, str] = {
    ExpiryState.DUE: N_("One person in “{file}”: the period for “{purpose}” ended on {due}."),
    ExpiryState.OVERDUE: N_(
        "One person in “{file}”, kept for “{purpose}”, had to be destroyed by {by}."
    ),
}
_BUSY = (
    "SELECT h.file, h.purpose, h.due_on, count(*) FROM destructions d"
    " JOIN destruction_holdings c ON c.destruction = d.id AND c.why = ''"
    " JOIN holdings h ON h.id = c.holding"
    " WHERE d.state IN ('requested', 'approved', 'executing')"
    " AND h.state IN ('active', 'law') AND h.due_on <= ?"
    " GROUP BY h.file, h.purpose, h.due_on"
)
Group = tuple[int, int, date, int]  # file, purpose, due from, how many


@dataclass
class Sum:
    """The holdings of one file and purpose that share a last day."""

    due: date
    count: int
    last: date  # the latest day on which one of them fell due


def judge(desk: Desk) -> list[Finding]:
    """Return what is to be destroyed, and what should have been."""
    today, calendar = desk.today(), desk.calendar
    groups = _waiting(desk, today)
    if not groups:
        return []
    days = rule_number("destroy.days", today)
    by_day = cache(lambda due: rules.destroy_by(due, today, calendar))
    files = desk.service("files").titles(sorted({group[0] for group in groups}))
    purposes = desk.service("purposes").titles(sorted({group[1] for group in groups}))
    return [
        replace(
            one,
            what=TEXTS[state][0],
            do=TEXTS[state][1],
            term=Term(total.due, days),
            values={
                **one.values,
                "file": files.get(file, ""),
                "purpose": purposes.get(purpose, ""),
                "file_ref": desk.ref("files", file),
                "purpose_ref": desk.ref("purposes", purpose),
                "of_one": OF_ONE[state],
                "first": total.due,
                "last": total.last,
            },
        )
        for (file, purpose, by), total in _summed(groups, by_day).items()
        for state in (ExpiryState.DUE if today <= by else ExpiryState.OVERDUE,)
        for one in rules.judge(_facts(total, by, state), today)
    ]


def _waiting(desk: Desk, today: date) -> list[Group]:
    """Return the groups that are due and that no unfinished destruction takes."""
    found: list[Group] = desk.service("holdings").due_counts(today)
    if not found:
        return found
    rows = desk.vault.raw.execute(_BUSY, (today.isoformat(),)).fetchall()
    busy = {(file, purpose, date.fromisoformat(due)): n for file, purpose, due, n in rows}
    left = ((f, p, due, n - busy.get((f, p, due), 0)) for f, p, due, n in found)
    return [group for group in left if group[3] > 0]


def _summed(
    groups: Iterable[Group], by_day: Callable[[date], date]
) -> dict[tuple[int, int, date], Sum]:
    """Return the groups by file, purpose and last day; days that a weekend joins are one."""
    sums: dict[tuple[int, int, date], Sum] = {}
    for file, purpose, due, count in groups:
        total = sums.setdefault((file, purpose, by_day(due)), Sum(due, 0, due))
        total.due = min(total.due, due)
        total.last = max(total.last, due)
        total.count += count
    return sums


def _facts(total: Sum, by: date, state: ExpiryState) -> HoldingFacts:
    return HoldingFacts("", Expiry(total.due, total.due, by, state, ()), count=total.count)
