"""The finding that the journal ran ahead of this PC's clock."""

from __future__ import annotations

from datetime import timedelta

from privdesk.core.clock import office_time
from privdesk.core.findings import Finding, finding
from privdesk.core.i18n import N_
from privdesk.registers.desk import Desk

CLOCKS_DIFFER = timedelta(minutes=5)  # as far as the clocks of two workstations may differ


def judge(desk: Desk, register: str) -> list[Finding]:
    """Return that the journal ran ahead of this clock, as after a date that was set wrong.

    Days and papers follow the journal until the clock has caught up; so somebody has to know.
    """
    ahead, last = desk.ahead(), desk.journal.last_at()
    if ahead <= CLOCKS_DIFFER or last is None:
        return []
    values: dict[str, object] = {
        "last": f"{office_time(last):%Y-%m-%d %H:%M}",
        "now": f"{office_time(desk.clock.now()):%Y-%m-%d %H:%M}",
    }
    return [
        finding(
            "clock",
            register,
            "",
            what=N_("The journal’s last entry was made at {last}; this PC says {now}."),
            do=N_(
                "Check date and time of this PC. Until it has caught up, terms and papers take the"
                " day of the journal; what was issued meanwhile bears a day still to come."
            ),
            values=values,
        )
    ]
