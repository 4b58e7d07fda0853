"""The access log and its reviews in numbers: of a span, out of open columns (rules 51 to 54)."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.figures import Figure, Good, Line, Nature, Span
from privdesk.core.i18n import N_
from privdesk.journal.kinds import LABELS, What, actions_of
from privdesk.registers.desk import Desk
from privdesk.registers.log_reviews import reading, rules

_KINDS = (What.LOOK, What.SEARCH, What.EXPORT, What.PRINT, What.REFUSED)


def figures(desk: Desk, span: Span) -> Sequence[Figure]:
    """Return how often people were looked at, what went out, and whether it was reviewed."""
    counts = {kind: _count(desk, span, kind) for kind in _KINDS}
    months, left = _months(desk, span)
    done, unusual = _reviews(desk, span)
    access = sum(counts.values())
    return (
        Figure(
            "log-reviews.access",
            N_("Entries of the access log"),
            access,
            clause="S8.1",
            rows=tuple(Line(LABELS[kind], n) for kind, n in counts.items() if n),
        ),
        Figure(
            "log-reviews.refused",
            N_("Refused attempts"),
            counts[What.REFUSED],
            clause="S8.1",
            good=Good.DOWN,
        ),
        Figure(
            "log-reviews.months",
            N_("Months whose access log was reviewed"),
            months - left,
            of=months,
            clause="S8.1",
            good=Good.UP,
            when=Nature.STATE,
        ),
        Figure("log-reviews.signed", N_("Log reviews signed"), done, clause="S8.1"),
        Figure("log-reviews.unusual", N_("Unusual things explained"), unusual, clause="S8.1"),
    )


def _count(desk: Desk, span: Span, kind: What) -> int:
    actions = actions_of(kind)
    first, last = reading.bounds(desk, span.first, span.last)
    marks = ",".join("?" * len(actions))
    sql = f"SELECT count(*) FROM journal WHERE action IN ({marks}) AND number BETWEEN ? AND ?"
    return int(desk.vault.raw.execute(sql, (*actions, first, last)).fetchone()[0])


def _months(desk: Desk, span: Span) -> tuple[int, int]:
    """Return how many whole months of the span are over, and of how many a review is missing."""
    begun, today = reading.begun(desk), desk.today()
    over = [m for m in rules.missing(begun, today, ()) if span.first <= m <= span.last]
    left = set(rules.missing(begun, today, reading.reviewed(desk)))
    return len(over), len(left & set(over))


def _reviews(desk: Desk, span: Span) -> tuple[int, int]:
    sql = (
        "SELECT count(*), coalesce(sum(unusual), 0) FROM log_reviews"
        " WHERE state IN ('follow-up', 'done') AND concluded_on BETWEEN ? AND ?"
    )
    days = (span.first.isoformat(), span.last.isoformat())
    done, unusual = desk.vault.raw.execute(sql, days).fetchone()
    return int(done), int(unusual)
