"""Requests: received, identified, closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from privdesk.core.calendar import OfficeCalendar
from privdesk.core.clock import office_date
from privdesk.core.i18n import N_, _
from privdesk.core.register import Outcome
from privdesk.core.rulebook import rule_number
from privdesk.registers.records import Records

OPEN = ("received", "identified", "working", "extended")
RULES = {
    "access": "access.answer_days",
    "copy": "access.answer_days",
    "correction": "correction.answer_days",
    "deletion": "correction.answer_days",
    "suspension": "suspension.answer_days",
    "withdrawal": "suspension.answer_days",
    "source": "source.answer_days",
}


class Requests(Records):
    """Service of the requests."""

    def due(self, kind: str, received: datetime, calendar: OfficeCalendar) -> tuple[int, object]:
        """Return the days of a kind and its last day."""
        on = office_date(received)
        if kind == "inquiry":
            return 0, office_date(calendar.office_clock_24h(received))
        days = rule_number(RULES.get(kind, "access.answer_days"), on)
        return days, calendar.deadline_days(on, days)

    def identify(self, refs: Sequence[str], *, method: str) -> Outcome:
        """Record how identity was checked."""
        with self.desk.change() as change:
            for ref in refs:
                number = self.number(ref)
                self.vault.raw.execute(
                    "UPDATE requests SET state = 'identified', method = ? WHERE id = ?",
                    (method, number),
                )
                change.note("record.changed", "requests", number, fields=("method", "state"))
        return Outcome(_(N_("Identity checked")), tuple(refs))
