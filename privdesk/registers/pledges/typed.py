"""Pledges that are typed in as signed: what may be, and what stays to be proved. No Qt, no clock.

S8.2③ and rule 43: what the program drew up itself is signed by a step, with its sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.hangul import says_why
from privdesk.core.i18n import N_
from privdesk.registers.pledges.rules import REGISTER


class NoProofError(DomainError):
    """A pledge that is entered as signed while this vault is in use needs its sheet. Nothing was
    changed; draw it up and record the signature with the scan, or say in the note why there is
    none.
    """


class SignerDaysError(DomainError):
    """A pledge of this kind cannot have been signed on {day}: joined {joined}, left {left}. Nothing
    was changed; check kind and day.
    """


def require_proof(note: str, entered: date, first: date) -> None:
    """Refuse a signature typed in after the vault's first day that nothing proves or explains."""
    if entered > first and not says_why(note):
        raise NoProofError


def require_days(kind: str, day: date, joined: date | None, left: date | None) -> None:
    """Refuse a leaver's pledge of who stays, and others of who was not here on the day."""
    early = kind == "yearly" and joined is not None and day < joined
    late = kind in ("joining", "yearly") and left is not None and day > left
    if early or late or (kind == "leaving" and left is None):
        raise SignerDaysError(day=day, joined=joined or "–", left=left or "–")


def unproved(pledges: int, first: date | None) -> Iterator[Finding]:
    """Yield how many signatures were typed in since the vault's first day without a sheet."""
    if pledges:
        yield finding(
            "43",
            REGISTER,
            "",
            what=N_("Of {n} pledges entered as signed no sheet is on file."),
            do=N_("Put the scans of the signed sheets on file, or have the pledges signed again."),
            severity=Severity.WARNING,
            due=first,
            count=pledges,
            values={"n": pledges},
        )
