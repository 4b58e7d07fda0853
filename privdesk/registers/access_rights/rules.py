"""Who may be given access, until when, and what has to be looked at again. No Qt, no clock.

S8.2①, S8.2③ and S8.2④; Safeguards, article on access rights.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache

from privdesk.core.errors import DomainError
from privdesk.core.hangul import is_called
from privdesk.core.i18n import N_, _
from privdesk.core.periods import add, months, years
from privdesk.core.rulebook import rule_number, term_number

REGISTER = "access-rights"


class NotWorkingHereError(DomainError):
    """{name} does not work here on {on}, so no right can be granted. Nothing was changed; check
    the days of joining and leaving.
    """


class NoCategoryError(DomainError):
    """{name} has no category a, b or c, so there is no ground for access (S8.2①). Nothing was
    changed; choose the category among the staff, or refuse the right.
    """


class NotSwornError(DomainError):
    """{name} had not signed a pledge by {on}, and nobody gets access before that (S8.2③). Nothing
    was changed; have the pledge signed first.
    """


class OwnApprovalError(DomainError):
    """{name} cannot approve a right of their own. Nothing was changed; enter who else approved
    it.
    """


class AccountTakenError(DomainError):
    """The account “{account}” at {place} belongs to {ref} already; one account is for one person.
    Nothing was changed; enter an account of their own.
    """


class MixedLettersError(DomainError):
    """The account “{account}” mixes letters of different scripts that look alike. Nothing was
    changed; type the account anew.
    """


class AppliedTwiceError(DomainError):
    """{ref} is the same right of the same person already, applied for or in force. Nothing was
    changed; go on with that one.
    """


class AccountMissingError(DomainError):
    """A right is granted on an account. Nothing was changed; enter the account."""


class GrantedAlreadyError(DomainError):
    """The same right is in force already, as {ref}. Nothing was changed; change or revoke that
    one.
    """


class DaysOfRightError(DomainError):
    """A right is asked for, approved, granted and revoked in this order, and not on a day still to
    come. Nothing was changed; check the days.
    """


class ByActionError(DomainError):
    """Rights are granted and revoked by their own actions, so that the history stays whole.
    Nothing was changed; choose the action instead.
    """


class LedgerStandsError(DomainError):
    """A right that was granted stands in the ledger as it was applied for and approved. Nothing was
    changed; change or revoke the right.
    """


class RightStateError(DomainError):
    """{ref} is {state}, so this cannot be done now. Nothing was changed; look at the right."""


class HolderLeftError(DomainError):
    """{name} has left, so {ref} cannot be confirmed. Nothing was changed; revoke it."""


class State(Enum):
    """Where a right stands; the value is what is stored."""

    REQUESTED = "requested"
    GRANTED = "granted"
    REFUSED = "refused"
    CHANGED = "changed"  # another right took its place
    REVOKED = "revoked"


class Level(Enum):
    """What may be done with the data of a system; the value is what is stored."""

    LOOK = "look"
    CHANGE = "change"
    EXPORT = "export"
    ADMIN = "admin"


class Why(Enum):
    """Why a right ended; the value is what is stored."""

    LEFT = "left"
    MOVED = "moved"
    NEEDLESS = "needless"
    CHANGED = "changed"
    ABUSED = "abused"


STATE_LABELS: Mapping[State, str] = {
    State.REQUESTED: N_("applied for"),
    State.GRANTED: N_("in force"),
    State.REFUSED: N_("not approved"),
    State.CHANGED: N_("replaced by a change"),
    State.REVOKED: N_("revoked"),
}
LEVEL_LABELS: Mapping[Level, str] = {
    Level.LOOK: N_("Look up"),
    Level.CHANGE: N_("Enter and change"),
    Level.EXPORT: N_("Print and download"),
    Level.ADMIN: N_("Manage the system"),
}
WHY_LABELS: Mapping[Why, str] = {
    Why.LEFT: N_("has left"),
    Why.MOVED: N_("other work"),
    Why.NEEDLESS: N_("no longer needed"),
    Why.CHANGED: N_("changed right"),
    Why.ABUSED: N_("used wrongly"),
}


@dataclass(frozen=True)
class Holder:
    """Who holds or gets a right; ``sworn`` is the day of the joining pledge.

    ``staff`` is the number among the staff: two people may have the same name.
    """

    name: str
    joined: date | None = None
    left: date | None = None
    category: str = ""
    sworn: date | None = None
    staff: int = 0

    @property
    def key(self) -> tuple[int, str]:
        """What tells this person from every other."""
        return (self.staff, self.name)


@dataclass(frozen=True)
class RightFacts:
    """A right as far as the rules need it."""

    ref: str
    place: str
    holder: Holder
    state: State
    account: str = ""
    granted_on: date | None = None
    reviewed_on: date | None = None
    recheck_on: date | None = None
    keep_until: date | None = None


@dataclass(frozen=True)
class Passwords:
    """What a system asks of its passwords; nothing where nobody has entered it."""

    length: int | None = None
    kinds: int | None = None
    history: int | None = None


def require_state(ref: str, state: State, *allowed: State) -> None:
    """Refuse a step that the state of a right does not allow."""
    if state not in allowed:
        raise RightStateError(ref=ref, state=_(STATE_LABELS[state]))


def check_days(
    requested: date | None,
    granted: date | None,
    revoked: date | None,
    today: date,
    approved: date | None = None,
) -> None:
    """Refuse days out of their order, or still to come."""
    if revoked is not None and granted is None:
        raise DaysOfRightError
    told = [day for day in (requested, approved, granted, revoked) if day is not None]
    if told != sorted(told) or any(day > today for day in told):
        raise DaysOfRightError


def check_grant(holder: Holder, approver: str, on: date) -> None:
    """Refuse access for whom there is no ground (S8.2①), no pledge (rule 43), no other's word."""
    check_entered(holder, approver, on)
    if not holder.category:
        raise NoCategoryError(name=holder.name)
    if holder.sworn is None or holder.sworn > on:
        raise NotSwornError(name=holder.name, on=on)


def check_entered(holder: Holder, approver: str, on: date) -> None:
    """Refuse a right entered as in force that can never have been: not here, or own approval."""
    if (holder.joined and on < holder.joined) or (holder.left and on > holder.left):
        raise NotWorkingHereError(name=holder.name, on=on)
    if is_called(approver, holder.name):
        raise OwnApprovalError(name=holder.name)


def check_account(account: str) -> None:
    """Refuse an account whose letters look like those of another one: Latin among others."""
    letters = [c for c in unicodedata.normalize("NFKC", account) if c.isalpha()]
    scripts = {unicodedata.name(c, "?").partition(" ")[0] for c in letters}
    if len(scripts & {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}) > 1:
        raise MixedLettersError(account=account)


def keep_until(ended: date) -> date:
    """Return the last day on which the history of an ended right has to be there (rule 45)."""
    return add(ended, years(term_number("access_rights.keep_years", ended)))


def review_by(right: RightFacts, today: date) -> date | None:
    """Return the last day for looking again whether a right is still needed."""
    since = [day for day in (right.granted_on, right.reviewed_on) if day is not None]
    if not since:
        return None
    return _after(max(since), rule_number("access_rights.review_months", today))


@lru_cache(maxsize=1024)
def _after(day: date, number: int) -> date:
    """Return a day so many months later; thousands of rights were granted on the same days."""
    return add(day, months(number))


def end_by(right: RightFacts) -> date | None:
    """Return the last day for revoking or confirming a right after a move or on leaving.

    Access ends with the last day of work, and after a move on the same day (rule 44).
    """
    days = [day for day in (right.holder.left, right.recheck_on) if day is not None]
    return min(days, default=None)


def weak(passwords: Passwords, today: date) -> bool:
    """Whether passwords are below the usual: 8 of three kinds or 10 of two, 3 not used again.

    No longer a statutory number since 2023; it is what assessments ask for (rule 48).
    """
    length, kinds = passwords.length or 0, passwords.kinds or 0
    three = length >= rule_number("password.length_three", today) and kinds >= 3
    two = length >= rule_number("password.length_two", today) and kinds >= 2
    return not (three or two) or (passwords.history or 0) < rule_number("password.history", today)
