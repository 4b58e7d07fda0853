"""Access rights granted and revoked, those in force, and their half-yearly review (S8.2①)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from privdesk.core import periods
from privdesk.core.figures import Figure, Good, Nature, Span
from privdesk.core.i18n import N_
from privdesk.core.rulebook import rule_number
from privdesk.registers import counting
from privdesk.registers.access_rights.fields import LEVELS
from privdesk.registers.desk import Desk

_FLOW = (
    "SELECT sum(granted_on BETWEEN ? AND ? AND before IS NULL), sum(revoked_on BETWEEN ? AND ?"
    " AND state <> 'changed'), sum(revoked_on BETWEEN ? AND ? AND state = 'changed'),"
    " sum(reviewed_on BETWEEN ? AND ?) FROM access_rights WHERE state <> 'void'"
)
_STAND = (
    "SELECT level, count(*) FROM access_rights WHERE state <> 'void' AND granted_on <= ?"
    " AND (revoked_on IS NULL OR revoked_on > ?) GROUP BY level"
)
_REVIEWED = (
    "SELECT max(granted_on, coalesce(reviewed_on, granted_on)), count(*) FROM access_rights"
    " WHERE state = 'granted' GROUP BY 1"
)


def figures(desk: Desk, span: Span) -> Sequence[Figure]:
    """Return the rights granted, changed, revoked and reviewed, and those in force."""
    within = counting.days(span)
    last = within[1]
    granted, revoked, changed, reviewed = counting.numbers(desk, _FLOW, *(4 * within))
    stand = counting.by_key(desk, _STAND, last, last)
    flow = (
        Figure("access.granted", N_("Access rights granted"), granted, clause="S8.2①"),
        Figure("access.changed", N_("Access rights changed"), changed, clause="S8.2①"),
        Figure("access.revoked", N_("Access rights revoked"), revoked, clause="S8.2①"),
        Figure("access.reviewed", N_("Access rights reviewed last"), reviewed, clause="S8.2①"),
        Figure(
            "access.standing",
            N_("Access rights in force"),
            sum(stand.values()),
            clause="S8.2①",
            when=Nature.STATE,
            rows=counting.lines(stand, LEVELS),
            where=(("state", ("granted",)),),
        ),
    )
    return (*flow, *_review(desk), _gone(desk)) if counting.told_now(desk, span) else flow


def _review(desk: Desk) -> tuple[Figure, ...]:
    """Return how many rights in force were looked at within the half year."""
    today, whole, current = desk.today(), 0, 0
    term = periods.months(rule_number("access_rights.review_months", today))
    for day, count in counting.by_key(desk, _REVIEWED).items():
        whole += count
        current += count if day and periods.add(date.fromisoformat(day), term) >= today else 0
    return (
        Figure(
            "access.current",
            N_("Rights granted or reviewed within 6 months"),
            current,
            whole,
            clause="S8.2①",
            good=Good.UP,
            when=Nature.STATE,
        ),
    )


def _gone(desk: Desk) -> Figure:
    sql = (
        "SELECT count(*) FROM access_rights r JOIN staff s ON s.id = r.staff"
        " WHERE r.state = 'granted' AND s.\"left\" < ?"
    )
    return Figure(
        "access.gone",
        N_("Rights of people who have left"),
        counting.number(desk, sql, desk.today().isoformat()),
        clause="S8.2④",
        good=Good.DOWN,
        when=Nature.STATE,
    )
