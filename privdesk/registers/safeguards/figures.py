"""What safeguards count for a month, a quarter or a year (D20)."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.figures import Figure, Good, Line, Nature, Span
from privdesk.core.i18n import N_
from privdesk.registers.desk import Desk
from privdesk.registers.safeguards.rules import AREA_LABELS, RESULT_LABELS

_CHECKS = (
    "SELECT result, count(*), coalesce(sum(late), 0) FROM safeguard_checks"
    ' WHERE "on" BETWEEN ? AND ? GROUP BY result'
)
_STAND = (
    "SELECT area, count(*), coalesce(sum(state = 'good' AND due >= ?), 0) FROM safeguards"
    " WHERE state <> 'void' GROUP BY area"
)
_ALERTS = (
    "SELECT count(*), coalesce(sum(state = 'done'), 0) FROM virus_alerts"
    " WHERE received_at >= ? AND received_at < ? AND state <> 'void'"
)


def figures(desk: Desk, span: Span) -> Sequence[Figure]:
    """Return checks made in time, how safeguards stand today, and emergency updates.

    How they stood on a past day cannot be told, so it is left out of a past span.
    """
    raw, days = desk.vault.raw, (span.first.isoformat(), span.last.isoformat())
    checks = {row[0]: (int(row[1]), int(row[2])) for row in raw.execute(_CHECKS, days)}
    made = sum(count for count, _late in checks.values())
    late = sum(late for _count, late in checks.values())
    results = tuple(
        Line(label, checks.get(one.value, (0, 0))[0]) for one, label in RESULT_LABELS.items()
    )
    moments = (span.start.isoformat(timespec="seconds"), span.stop.isoformat(timespec="seconds"))
    alerts, done = raw.execute(_ALERTS, moments).fetchone()
    found = [
        Figure("safeguards.checked", N_("Checks of safeguards in time"), made - late, of=made,
               clause="S8.1", good=Good.UP, rows=results),
        Figure("safeguards.alerts", N_("Emergency updates dealt with"), int(done), of=int(alerts),
               clause="S8.1②", good=Good.UP),
    ]  # fmt: skip
    if span.last < desk.today():
        return found
    areas = {row[0]: (int(row[1]), int(row[2])) for row in raw.execute(_STAND, (days[1],))}
    lines = tuple(
        Line(label, areas[one.value][1], areas[one.value][0])
        for one, label in AREA_LABELS.items()
        if one.value in areas
    )
    total = sum(count for count, _good in areas.values())
    good = sum(good for _count, good in areas.values())
    stand = Figure("safeguards.good", N_("Safeguards in order and checked"), good, of=total,
                   clause="S8.1", good=Good.UP, when=Nature.STATE, rows=lines)  # fmt: skip
    return [stand, *found]
