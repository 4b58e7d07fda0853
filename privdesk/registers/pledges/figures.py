"""Pledges signed in the span, and who had not signed at its end (S8.2③, S8.2④, rule 43)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from privdesk.core.figures import Figure, Good, Line, Nature, Span
from privdesk.core.i18n import N_
from privdesk.registers import counting
from privdesk.registers.desk import Desk
from privdesk.registers.pledges.fields import KINDS
from privdesk.registers.sworn import FIRST, standing

PEOPLE = N_("people")


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
    on = span.last
    oaths = standing(desk, on)
    needing = [one for one in oaths if one.needs and one.here(on)]
    lacking = Counter(one.department for one in needing if one.first is None)
    return (
        Figure(
            "pledges.missing",
            N_("People who have not signed the joining pledge"),
            lacking.total(),
            len(needing),
            unit=PEOPLE,
            clause="S8.2③",
            good=Good.DOWN,
            when=Nature.STATE,
            rows=tuple(Line(name or counting.NONE, n) for name, n in sorted(lacking.items())),
        ),
        Figure(
            "pledges.gone",
            N_("People who left without the leaver’s pledge"),
            sum(one.lacks_leaving(on) for one in oaths),
            unit=PEOPLE,
            clause="S8.2④",
            good=Good.DOWN,
            when=Nature.STATE,
        ),
    )
