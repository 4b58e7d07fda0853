"""The findings on visits (rule 56), and what they count; only open columns are read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from privdesk.core.figures import Figure, Good, Line, Span
from privdesk.core.findings import Finding
from privdesk.core.i18n import N_
from privdesk.registers.desk import Desk
from privdesk.registers.visits import rules
from privdesk.registers.visits.rules import VisitFacts

_LISTED = (
    "EXISTS (SELECT 1 FROM zone_permits p JOIN staff s ON s.id = p.staff"
    ' WHERE p.zone = v.zone AND p.staff = v.escort AND (s."left" IS NULL OR s."left" >= v."on")'
    " AND p.state IN ('granted', 'ended') AND p.since <= v.\"on\""
    ' AND (p.until IS NULL OR p.until >= v."on"))'
)
_SUSPECT = (
    f'SELECT v.id, v.zone, v."on", v.state, v.permit, v.escort, {_LISTED}, v.settled_on,'
    " v.unapproved"
    " FROM visits v WHERE v.state = 'inside' AND v.\"on\" < ?"
    " UNION"
    f' SELECT v.id, v.zone, v."on", v.state, v.permit, v.escort, {_LISTED}, v.settled_on,'
    " v.unapproved"
    " FROM visits v WHERE v.state IN ('inside', 'left') AND v.settled_on IS NULL AND (v.unapproved"
    f" OR (v.permit IS NULL AND (v.escort IS NULL OR NOT {_LISTED}))) ORDER BY 3, 1"
)
_COUNTED = (
    'SELECT z.name, count(v.id) FROM visits v JOIN zones z ON z.id = v.zone WHERE v."on"'
    " BETWEEN ? AND ? AND v.state <> 'void' GROUP BY z.id ORDER BY z.name"
)
_WITHOUT = (
    "SELECT count(*) FROM visits WHERE \"on\" BETWEEN ? AND ? AND state IN ('inside', 'left')"
    " AND permit IS NULL AND escort IS NULL"
)
_GONE = "SELECT count(*) FROM visits WHERE destroyed_on BETWEEN ? AND ?"


def judge(desk: Desk) -> list[Finding]:
    """Return the visits without exit, and the entries without right."""
    today = desk.today()
    rows = desk.vault.raw.execute(_SUSPECT, (today.isoformat(),)).fetchall()
    zones = desk.service("zones").titles(sorted({row[1] for row in rows}))
    names = desk.service("staff").titles(sorted({row[5] for row in rows if row[5] is not None}))
    found: list[Finding] = []
    for number, zone, on, state, permit, escort, listed, settled, unapproved in rows:
        facts = VisitFacts(
            ref=desk.ref("visits", number),
            zone=zones.get(zone, ""),
            on=date.fromisoformat(on),
            inside=state == "inside",
            listed=permit is not None,
            escort=names.get(escort, ""),
            escort_ref=desk.ref("staff", escort) if escort is not None else "",
            escort_listed=bool(listed),
            settled=settled is not None,
            unapproved=bool(unapproved),
        )
        found += rules.judge(facts, today)
    return found


def figures(desk: Desk, span: Span) -> Sequence[Figure]:
    """Return the visits of a span by zone, those without right, and those destroyed in it.

    Of a visit that was destroyed only zone and days are left; by what right it was is not.
    """
    raw, days = desk.vault.raw, (span.first.isoformat(), span.last.isoformat())
    counted = raw.execute(_COUNTED, days).fetchall()
    entries = sum(row[1] for row in counted)
    return (
        Figure(
            "visits.entries",
            N_("Visits to protected zones"),
            entries,
            clause="S8.2⑥",
            rows=tuple(Line(name, count) for name, count in counted),
        ),
        Figure(
            "visits.without",
            N_("Entries neither listed nor escorted"),
            raw.execute(_WITHOUT, days).fetchone()[0],
            clause="S8.2⑥",
            good=Good.DOWN,
        ),
        Figure(
            "visits.destroyed",
            N_("Visits destroyed"),
            raw.execute(_GONE, days).fetchone()[0],
            clause="S2.1",
        ),
    )
