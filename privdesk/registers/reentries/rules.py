"""What a restored vault lacks, and the findings on it. No Qt, no database, no clock. S8.1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from privdesk.core.findings import Finding, finding
from privdesk.core.i18n import N_

REGISTER = "reentries"


class Reason(Enum):
    """What happened after the backup was made."""

    CHANGED = "changed"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"
    FROZEN = "frozen"
    HELD = "held"
    ENTERED = "entered"
    UNKNOWN = "unknown"


LABELS: Mapping[Reason, str] = {
    Reason.CHANGED: N_("Values were corrected or entered"),
    Reason.MOVED: N_("Records were ended or changed"),
    Reason.WITHDRAWN: N_("Consent was withdrawn"),
    Reason.FROZEN: N_("Data was frozen"),
    Reason.HELD: N_("A legal hold was set"),
    Reason.ENTERED: N_("Records were entered"),
    Reason.UNKNOWN: N_("Not known"),
}


class State(Enum):
    """Where it stands."""

    OPEN = "open"
    DONE = "done"


STATE_LABELS: Mapping[State, str] = {
    State.OPEN: N_("To be entered"),
    State.DONE: N_("Done"),
}

_WHAT: Mapping[Reason, str] = {
    Reason.CHANGED: N_(
        "Values of {count} records were corrected or entered after the backup of {day} and are"
        " empty now."
    ),
    Reason.MOVED: N_(
        "{count} records were ended, closed or changed after the backup of {day}; here they stand"
        " as before."
    ),
    Reason.WITHDRAWN: N_("{count} consents were withdrawn after the backup of {day}."),
    Reason.FROZEN: N_("{count} freezes were set after the backup of {day}."),
    Reason.HELD: N_("{count} legal holds were set after the backup of {day}."),
    Reason.ENTERED: N_("{count} records were entered after the backup of {day}."),
    Reason.UNKNOWN: N_("What happened after the backup of {day} is not known here."),
}
_DO: Mapping[Reason, str] = {
    Reason.CHANGED: N_("Enter them again; the list says whose."),
    Reason.MOVED: N_(
        "End or change them again, rights that were revoked first; the list says which."
    ),
    Reason.WITHDRAWN: N_("Withdraw them again before anything relies on them."),
    Reason.FROZEN: N_("Freeze that data again before it is used."),
    Reason.HELD: N_("Set the holds again before anything is destroyed."),
    Reason.ENTERED: N_("Enter or import them again; the list says where."),
    Reason.UNKNOWN: N_("Go through mail and papers since that day; withdrawals and freezes first."),
}


@dataclass(frozen=True)
class Missing:
    """What of one kind is still to be entered: how many, since the backup of which day."""

    kind: Reason
    count: int
    day: date


def judge(missing: Missing, today: date) -> Finding:
    """Return the finding; what people asked for is due at once."""
    return finding(
        "restored",
        REGISTER,
        "",
        what=_WHAT[missing.kind],
        do=_DO[missing.kind],
        values={"count": missing.count, "day": missing.day},
        due=today,
        count=missing.count,
    )
