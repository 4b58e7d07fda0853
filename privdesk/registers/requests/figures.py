"""Requests by kind, how many were answered in time, and inquiries within the 24 hours (S5.4, S6.2).

A case counts for the span in which its answer fell due: then it was answered in time, late, or
not at all. So a past span says the same whenever it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.figures import Figure, Good, Nature, Span
from privdesk.core.i18n import N_
from privdesk.registers import counting
from privdesk.registers.desk import Desk
from privdesk.registers.requests.kinds import KINDS, TERMS

CASES = N_("cases")
_HOURS = tuple(key for key, term in TERMS.items() if term.hours)
_THERE = "state <> 'void'"
_IN_TIME = (
    "CASE WHEN answered_at IS NULL THEN 0 WHEN due_at IS NOT NULL THEN answered_at <= due_at"
    " ELSE date(answered_at, '+9 hours') <= due_on END"
)
_FELL_DUE = (
    f"SELECT kind, sum({_IN_TIME}), count(*) FROM requests WHERE {_THERE}"
    " AND due_on BETWEEN ? AND ? AND (answered_at IS NOT NULL OR (closed_at IS NULL"
    " AND CASE WHEN due_at IS NOT NULL THEN due_at < ? ELSE due_on < ? END)) GROUP BY kind"
)
_OPEN = (
    f"SELECT count(*), sum(due_on < ?) FROM requests WHERE {_THERE} AND received_at < ?"
    " AND (answered_at IS NULL OR answered_at >= ?) AND (closed_at IS NULL OR closed_at >= ?)"
)


def figures(desk: Desk, span: Span) -> Sequence[Figure]:
    """Return what came in, what was answered, and what is open at the end."""
    start, stop = counting.moments(span)
    came = counting.by_key(
        desk,
        f"SELECT kind, count(*) FROM requests WHERE {_THERE} AND received_at >= ?"
        " AND received_at < ? GROUP BY kind",
        *(start, stop),
    )
    answered, refused = counting.numbers(
        desk,
        f"SELECT count(*), sum(coalesce(refusal, '') <> '') FROM requests WHERE {_THERE}"
        " AND answered_at >= ? AND answered_at < ?",
        *(start, stop),
    )
    now = (desk.now().isoformat(), desk.today().isoformat())
    due = counting.shares(desk, _FELL_DUE, *counting.days(span), *now)
    rights = {kind: told for kind, told in due.items() if kind not in _HOURS}
    asked = {kind: told for kind, told in due.items() if kind in _HOURS}
    return (
        Figure(
            "requests.received",
            N_("Requests received"),
            sum(came.values()),
            unit=CASES,
            clause="S6.2",
            rows=counting.lines(came, KINDS),
        ),
        Figure("requests.answered", N_("Requests answered"), answered, unit=CASES, clause="S6.2"),
        Figure("requests.refused", N_("Requests refused"), refused, unit=CASES, clause="S6.7"),
        _kept("requests.in-time", N_("Answers given within the legal days"), "S6.2", rights),
        _kept("requests.24h", N_("Inquiries answered within 24 hours"), "S5.4", asked),
        *_open(desk, span),
    )


def _kept(key: str, label: str, clause: str, due: dict[str, tuple[int, int]]) -> Figure:
    return Figure(
        key,
        label,
        sum(part for part, _whole in due.values()),
        sum(whole for _part, whole in due.values()),
        clause=clause,
        good=Good.UP,
        rows=counting.share_lines(due, KINDS),
    )


def _open(desk: Desk, span: Span) -> tuple[Figure, ...]:
    _start, stop = counting.moments(span)
    waits, late = counting.numbers(desk, _OPEN, span.last.isoformat(), *(stop, stop, stop))
    found = Figure(
        "requests.open",
        N_("Requests not answered yet"),
        waits,
        unit=CASES,
        clause="S6.2",
        when=Nature.STATE,
    )
    if not counting.told_now(desk, span):
        return (found,)  # its due day may have been moved since
    over = N_("Requests beyond their day")
    return (
        found,
        Figure(
            "requests.late",
            over,
            late,
            unit=CASES,
            clause="S6.2",
            good=Good.DOWN,
            when=Nature.STATE,
        ),
    )
