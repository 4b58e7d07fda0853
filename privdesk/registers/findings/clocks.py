"""The findings on the clock of this PC: behind the journal, or gone forward by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from privdesk.core.clock import office_time
from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.i18n import N_
from privdesk.journal.log import CLOCKS_DIFFER
from privdesk.registers.desk import Desk

DESK = "safety"  # stands for the page of backups and custody copies
TOLD_FOR = timedelta(days=14)  # of a clock that went forward by itself


def judge(desk: Desk) -> list[Finding]:
    """Return that the journal ran ahead of this clock, as after a date that was set wrong.

    Days and papers follow the journal until the clock has caught up; so somebody has to know.
    """
    ahead, last = desk.ahead(), desk.journal.last_at()
    if ahead <= CLOCKS_DIFFER or last is None:
        return _jumped(desk)
    values: dict[str, object] = {
        "last": f"{office_time(last):%Y-%m-%d %H:%M}",
        "now": f"{office_time(desk.clock.now()):%Y-%m-%d %H:%M}",
    }
    return [
        finding(
            "clock",
            DESK,
            "",
            what=N_("The journal’s last entry was made at {last}; this PC says {now}."),
            do=N_(
                "Check date and time of this PC. Until it has caught up, terms and papers take the"
                " day of the journal; what was issued meanwhile bears a day still to come."
            ),
            values=values,
        )
    ]


def _jumped(desk: Desk) -> list[Finding]:
    """Return that the clock went forward by itself: told before papers bear days to come."""
    sql = "SELECT number, at FROM journal WHERE action = 'vault.jump' ORDER BY number DESC LIMIT 1"
    row = desk.vault.raw.execute(sql).fetchone()
    if row is None or desk.now() - datetime.fromisoformat(row[1]) > TOLD_FOR:
        return []
    (entry,) = desk.journal.entries(row[0] - 1, 1)
    seconds = int(desk.journal.details(entry).get("reason", "0").split()[0])
    return [
        finding(
            "clock",
            DESK,
            str(row[0]),
            severity=Severity.WARNING,
            what=N_("This PC’s date went forward by {days} days to {at}, or the vault was closed."),
            do=N_(
                "Check date and time of this PC before more is entered or printed: nothing can be"
                " entered before the journal’s last entry. If the date is right, put this off."
            ),
            values={
                "days": f"{seconds / 86_400:.1f}".removesuffix(".0"),
                "at": f"{office_time(datetime.fromisoformat(row[1])):%Y-%m-%d %H:%M}",
            },
        )
    ]
