"""What audits count for a month, a quarter or a year (D20)."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.figures import Figure, Good, Line, Nature, Span
from privdesk.core.i18n import N_
from privdesk.registers.audits.rules import WEIGHT_LABELS
from privdesk.registers.desk import Desk

_HELD = "SELECT count(*) FROM audits WHERE held_until BETWEEN ? AND ? AND state <> 'void'"
_FOUND = (
    "SELECT severity, count(*) FROM audit_findings WHERE found_on BETWEEN ? AND ?"
    " AND state <> 'void' GROUP BY severity"
)
_MENDED = (
    "SELECT count(*), coalesce(sum(done_on <= due), 0) FROM audit_findings"
    " WHERE done_on BETWEEN ? AND ? AND state <> 'void'"
)
# A finding waits on a day where it was found by then, and neither put right nor accepted. How
# many were overdue on a past day is not told: days that were given later stand in their place.
_WAITING = (
    "SELECT count(*), coalesce(sum(due < ?), 0) FROM audit_findings WHERE state <> 'void'"
    " AND found_on <= ? AND coalesce(done_on, '9') > ? AND coalesce(accepted_on, '9') > ?"
)


def figures(desk: Desk, span: Span) -> Sequence[Figure]:
    """Return audits held, what they found, what was put right in time, and what waits."""
    raw, days = desk.vault.raw, (span.first.isoformat(), span.last.isoformat())
    last = days[1]
    held = int(raw.execute(_HELD, days).fetchone()[0])
    weights = dict(raw.execute(_FOUND, days).fetchall())
    mended, in_time = raw.execute(_MENDED, days).fetchone()
    waiting, late = raw.execute(_WAITING, (last, last, last, last)).fetchone()
    lines = [Line(label, weights.get(one.value, 0)) for one, label in WEIGHT_LABELS.items()]
    clause = "S8.2③"
    return (
        Figure("audits.held", N_("Audits finished"), held, clause=clause),
        Figure("audits.found", N_("Audit findings"), sum(weights.values()), clause=clause,
               rows=tuple(lines)),
        Figure("audits.in-time", N_("Findings put right in time"), int(in_time), of=int(mended),
               clause=clause, good=Good.UP),
        Figure("audits.waiting", N_("Findings to be put right"), int(waiting), clause=clause,
               good=Good.DOWN, when=Nature.STATE,
               rows=(Line(N_("Overdue"), int(late)),) if span.last >= desk.today() else ()),
    )  # fmt: skip
