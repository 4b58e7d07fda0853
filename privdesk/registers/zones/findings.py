"""The findings on zones and their lists (S8.2⑥, rules 12 and 56), and what they count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from privdesk.core.figures import Figure, Good, Line, Nature, Span
from privdesk.core.findings import Finding
from privdesk.core.i18n import N_
from privdesk.core.register import Query
from privdesk.core.rulebook import rule_number
from privdesk.registers.desk import Desk
from privdesk.registers.zones import rules
from privdesk.registers.zones.fields import OPEN
from privdesk.registers.zones.rules import Expired, PermitFacts

_OVER = (
    'SELECT p.id, p.zone, p.until, s."left" FROM zone_permits p LEFT JOIN staff s ON s.id = p.staff'
    " WHERE p.state = 'granted' AND (p.until < ? OR s.\"left\" < ?) ORDER BY p.id"
)
_EXPIRED = (
    "SELECT zone, count(*), min(keep_until) FROM (SELECT zone, keep_until FROM visits"
    " WHERE state IN ('left', 'inside', 'void') AND keep_until < ?1 UNION ALL"
    " SELECT zone, keep_until FROM zone_logs WHERE state = 'signed' AND keep_until < ?1)"
    " GROUP BY zone ORDER BY zone"
)
_KEPT = "SELECT id FROM zone_permits WHERE state = 'ended' AND keep_until < ? ORDER BY id"
_LISTED = (
    "SELECT z.name, count(p.id) FROM zones z LEFT JOIN zone_permits p ON p.zone = z.id"
    " AND p.state IN ('granted', 'ended') AND p.since <= ?1"
    " AND (p.until IS NULL OR p.until >= ?1) WHERE z.state <> 'void' AND z.since <= ?1"
    " AND (z.closed_on IS NULL OR z.closed_on > ?1) GROUP BY z.id ORDER BY z.name"
)


def judge(desk: Desk) -> list[Finding]:
    """Return the reviews that are due, who is still on a list, and the visits that expired."""
    today, raw = desk.today(), desk.vault.raw
    zones = desk.service("zones")
    rows = zones.find(Query(where={"state": OPEN}, sort="name"))
    found = [one for row in rows for one in rules.judge_review(zones.facts(row), today)]
    found += [one for permit in _over(desk, today) for one in rules.judge_permit(permit, today)]
    expired = raw.execute(_EXPIRED, (today.isoformat(),)).fetchall()
    names = zones.titles([row[0] for row in expired])
    days = rule_number("destroy.days", today)
    for zone, count, first in expired:
        kept = date.fromisoformat(first)
        deadline = desk.calendar.deadline_days(kept, days)
        one = Expired(desk.ref("zones", zone), names.get(zone, ""), count, kept, deadline)
        found += rules.judge_expired(one, today)
    kept_long = raw.execute(_KEPT, (today.isoformat(),)).fetchall()
    refs = tuple(desk.ref("zone-permits", row[0]) for row in kept_long)
    return [*found, *rules.judge_history(refs, today)]


def _over(desk: Desk, today: date) -> list[PermitFacts]:
    rows = desk.vault.raw.execute(_OVER, (today.isoformat(),) * 2).fetchall()
    who = desk.service("zone-permits").titles([row[0] for row in rows])
    zones = desk.service("zones").titles(sorted({row[1] for row in rows}))
    return [
        PermitFacts(
            ref=desk.ref("zone-permits", number),
            zone=zones.get(zone, ""),
            who=who.get(number, ""),
            until=_day(until),
            left=_day(left),
        )
        for number, zone, until, left in rows
    ]


def figures(desk: Desk, span: Span) -> Sequence[Figure]:
    """Return how many are on the lists on the span's last day, and the lists reviewed in time.

    Whether a review was in time is told of a span that holds today only: of a past day it is
    not kept how things stood.
    """
    raw = desk.vault.raw
    listed = raw.execute(_LISTED, (span.last.isoformat(),)).fetchall()
    sql = 'SELECT count(*) FROM zone_reviews WHERE "on" BETWEEN ? AND ?'
    days = (span.first.isoformat(), span.last.isoformat())
    found = [
        Figure(
            "zones.listed",
            N_("People on the lists of protected zones"),
            sum(row[1] for row in listed),
            clause="S8.2⑥",
            when=Nature.STATE,
            rows=tuple(Line(name, count) for name, count in listed),
        ),
        Figure(
            "zones.reviews",
            N_("Reviews of zone lists"),
            raw.execute(sql, days).fetchone()[0],
            clause="S8.2⑥",
        ),
    ]
    today = desk.today()
    if today in span:
        zones = desk.service("zones")
        rows = [r for r in zones.find(Query(where={"state": OPEN})) if r.values["listed"]]
        good = sum(rules.review_by(zones.facts(row)) >= today for row in rows)
        found.append(
            Figure(
                "zones.current",
                N_("Zone lists reviewed in time"),
                good,
                len(rows),
                clause="S8.2⑥",
                good=Good.UP,
                when=Nature.STATE,
            )
        )
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
