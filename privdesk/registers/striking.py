"""Records struck out as entered by mistake: never without a reason, and never without a trace.

What took effect ends by its own steps (a right is revoked, a contract ends). A slip of the pen
that took effect all the same, such as a visit entered twice, is struck out: the record stays,
void, its history says why, papers of its register count it, and *Today* tells of it until the
next monthly report, which the chief privacy officer signs, has told of it too.
"""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.errors import DomainError, InvalidValueError
from privdesk.core.i18n import _
from privdesk.registers.desk import Desk
from privdesk.registers.pieces import REASON, why_fault

STRUCK = "record.struck"
"""How the journal calls it."""


class StillNeededError(DomainError):
    """{ref} took effect, and {used} still stands on it. Nothing was changed; end that first, then
    strike it out if it was entered by mistake.
    """


def require_free(ref: str, reason: str, used: str) -> None:
    """Refuse to strike out a record without a reason in words, or while something stands on it."""
    fault = why_fault(reason)
    if fault:
        raise InvalidValueError(value=reason, field=_(REASON.label), cause=_(fault))
    if used:
        raise StillNeededError(ref=ref, used=used)


def count(desk: Desk, registers: Sequence[str]) -> int:
    """Return how many records of some registers were ever struck out."""
    marks = ", ".join("?" * len(registers))
    sql = f"SELECT count(*) FROM journal WHERE action = ? AND register IN ({marks})"
    return int(desk.vault.raw.execute(sql, (STRUCK, *registers)).fetchone()[0])
