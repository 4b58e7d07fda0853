"""Pledges signed in the span, and who had not signed at its end (S8.2③, S8.2④, rule 43)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from privdesk.core.figures import Figure, Good, Line, Nature, Span
from privdesk.core.i18n import N_
from privdesk.registers import counting
from privdesk.registers.desk import Desk
from privdesk.registers.pledges.fields import KINDS
from privdesk.registers.sworn import FIRST

PEOPLE = N_("people")
_NEEDS = "s.state <> 'void' AND coalesce(s.duty, 'none') NOT IN ('none', 'undecided', '')"
_SIGNED = "p.state IN ('signed', 'destroyed') AND p.signed_on <= ?"
# The same as ``sworn.standing`` says of each person, counted where the rows lie.
_LACKING = (
    "SELECT s.department, count(*), sum(NOT EXISTS (SELECT 1 FROM pledges p WHERE p.staff = s.id"
    f" AND p.kind IN ('joining', 'outside') AND {_SIGNED})) FROM staff s WHERE {_NEEDS}"
    ' AND (s.joined IS NULL OR s.joined <= ?) AND (s."left" IS NULL OR s."left" >= ?)'
    " GROUP BY s.department ORDER BY s.department"
)
_GONE = (
    f'SELECT count(*) FROM staff s WHERE {_NEEDS} AND s."left" <= ? AND NOT EXISTS'
    f" (SELECT 1 FROM pledges p WHERE p.staff = s.id AND p.kind = 'leaving' AND {_SIGNED})"
)


def figures(desk: Desk, span: Span) -> Sequence[Figure]:
    """Return what was signed, and how many were missing on the last day."""
    signed, first, in_time = Counter[str](), 0, 0
    sql = (
        "SELECT kind, count(*), sum(in_time) FROM pledges WHERE state IN ('signed', 'destroyed')"
        " AND signed_on BETWEEN ? AND ? GROUP BY kind"
    )
    for kind, count, early in desk.vault.raw.execute(sql, counting.days(span)):
        signed[kind] = count
        if kind in FIRST:
            first, in_time = first + count, in_time + (early or 0)
    return (
        Figure(
            "pledges.signed",
            N_("Pledges signed"),
            signed.total(),
            clause="S8.2③",
            rows=counting.lines(signed, KINDS),
        ),
        Figure(
            "pledges.in-time",
            N_("Joining pledges signed on or before joining"),
            in_time,
            first,
            clause="S8.2③",
            good=Good.UP,
        ),
        *_missing(desk, span),
    )


def _missing(desk: Desk, span: Span) -> tuple[Figure, Figure]:
    on = span.last.isoformat()
    rows = desk.vault.raw.execute(_LACKING, (on, on, on)).fetchall()
    lacking = {name or counting.NONE: int(n or 0) for name, _needed, n in rows}
    return (
        Figure(
            "pledges.missing",
            N_("People who have not signed the joining pledge"),
            sum(lacking.values()),
            sum(needed for _name, needed, _n in rows),
            unit=PEOPLE,
            clause="S8.2③",
            good=Good.DOWN,
            when=Nature.STATE,
            rows=tuple(Line(name, n) for name, n in lacking.items() if n),
        ),
        Figure(
            "pledges.gone",
            N_("People who left without the leaver’s pledge"),
            counting.number(desk, _GONE, on, on),
            unit=PEOPLE,
            clause="S8.2④",
            good=Good.DOWN,
            when=Nature.STATE,
        ),
    )
