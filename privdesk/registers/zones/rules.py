"""Who may enter a protected zone, and when its list has to be looked at. No Qt, no clock.

S8.2⑥, rule 56; Safeguards, article on physical measures. Reviewing the list once or twice a year
is the office's own reading of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.hangul import is_called
from privdesk.core.i18n import N_
from privdesk.core.periods import add, months, years
from privdesk.core.rulebook import rule_number

ASKED, GRANTED, ENDED = "asked", "granted", "ended"
AHEAD = timedelta(days=14)  # how long before its day a review is announced
DAY = timedelta(days=1)


class WhoMissingError(DomainError):
    """A permit is for one member of staff, or for one outside person with the company. Nothing was
    changed; enter one of the two.
    """


class OwnPermitError(DomainError):
    """{name} cannot approve a permit of their own. Nothing was changed; enter who else approved
    it.
    """


class PermitTwiceError(DomainError):
    """{name} is on the list of {zone} already, by {ref}. Nothing was changed; end that permit
    first.
    """


class PermitDaysError(DomainError):
    """A permit begins before it ends, and is not ended before it began or on a day still to come.
    Nothing was changed; check the days.
    """


class ApproverMissingError(DomainError):
    """A permit that is in force was approved by somebody. Nothing was changed; enter who, or leave
    the day empty to ask for the permit.
    """


class GoneHolderError(DomainError):
    """{name} does not work here on {on}, so no permit can be given. Nothing was changed; check the
    days of joining and leaving.
    """


class OtherZoneError(DomainError):
    """{ref} is no permit in force for this zone. Nothing was changed; choose from its own list."""


class ZoneClosedError(DomainError):
    """{zone} is no protected zone any more. Nothing was changed; choose another one, or put it in
    force again.
    """


class ReviewDayError(DomainError):
    """A review is entered once it was held, on or after the day of the last one. Nothing was
    changed; check the day.
    """


class ReviewWordsError(DomainError):
    """A review of {zone} that keeps everybody on the list says how each was looked at. Nothing was
    changed; enter its result in words.
    """


class SinceFixedError(DomainError):
    """The list of {zone} was reviewed, so since when it is a zone stays as it is. Nothing was
    changed; the next review is due by its own day.
    """


class LogDaysError(DomainError):
    """The first day of the log, {first}, comes after its last, {last}. Nothing was changed; check
    the days.
    """


class LogAheadError(LogDaysError):
    """The last day of the log, {last}, lies ahead: a log is of days that were. Nothing was changed;
    leave out the last day for one up to today.
    """


class NothingExpiredError(DomainError):
    """No visit has outlived its period. Nothing was changed; nothing is due to be destroyed."""


class StillInsideError(DomainError):
    """Somebody is still inside {zone}. Nothing was changed; enter when they left first."""


class Why(Enum):
    """Why a permit ended; the value is what is stored."""

    NEEDLESS = "needless"
    LEFT = "left"
    MOVED = "moved"
    REVIEW = "review"
    OVER = "over"
    CLOSED = "closed"


WHY_LABELS: Mapping[Why, str] = {
    Why.NEEDLESS: N_("no longer needed"),
    Why.LEFT: N_("has left"),
    Why.MOVED: N_("other work"),
    Why.REVIEW: N_("not confirmed by a review"),
    Why.OVER: N_("its time was over"),
    Why.CLOSED: N_("zone closed"),
}


@dataclass(frozen=True)
class ZoneFacts:
    """A zone in force as far as the rules need it."""

    ref: str
    name: str
    since: date
    reviewed_on: date | None = None
    months: int = 6
    listed: int = 0
    manager: str = ""


@dataclass(frozen=True)
class PermitFacts:
    """A permit on the list: whose, and until when it may be used."""

    ref: str
    zone: str
    who: str
    until: date | None = None
    left: date | None = None


@dataclass(frozen=True)
class Expired:
    """Visits of a zone that were to be destroyed: how many, and the oldest day they were kept to.

    ``deadline`` is the last day for it.
    """

    ref: str
    zone: str
    count: int
    kept_until: date
    deadline: date


def in_force(since: date | None, until: date | None, on: date) -> bool:
    """Whether a permit of these days lets somebody in on a day; both days are in it."""
    return since is not None and since <= on and (until is None or on <= until)


def check_days(since: date | None, until: date | None) -> None:
    """Refuse a permit that ends before it begins."""
    if since is not None and until is not None and until < since:
        raise PermitDaysError


def check_approver(approver: str, name: str) -> None:
    """Refuse a permit without approver, or approved by whom it is for."""
    if not approver.strip():
        raise ApproverMissingError
    if is_called(approver, name):
        raise OwnPermitError(name=name)


def keep_until(ended: date) -> date:
    """Return the last day on which the history of a permit is kept, as that of access rights."""
    return add(ended, years(rule_number("access_rights.keep_years", ended)))


def review_by(zone: ZoneFacts) -> date:
    """Return the last day for looking at the list of a zone again."""
    return add(max(filter(None, (zone.since, zone.reviewed_on))), months(zone.months))


def judge_review(zone: ZoneFacts, today: date) -> tuple[Finding, ...]:
    """Return that the list of a zone has to be reviewed: a fortnight before, late from the day
    after.
    """
    due = review_by(zone)
    if not zone.listed or today < due - AHEAD:
        return ()
    return (
        finding(
            "S8.2⑥",
            "zones",
            zone.ref,
            what=N_("The list of who may enter {zone} has to be reviewed by {day}."),
            do=N_("Print the list, have it looked at, and enter the review."),
            severity=Severity.BREACH if today > due else Severity.WARNING,
            due=due,
            who=zone.manager,
            values={"zone": zone.name, "day": due},
        ),
    )


def judge_permit(permit: PermitFacts, today: date) -> tuple[Finding, ...]:
    """Return that somebody whose time or work is over is still on the list (rule 56)."""
    days = [day for day in (permit.until, permit.left) if day is not None]
    due = min(days, default=None)
    if due is None or today <= due:
        return ()
    gone = permit.left is not None and permit.left == due
    return (
        finding(
            "56",
            "zone-permits",
            permit.ref,
            what=N_("{name} left on {day} and is still on the list of {zone}.")
            if gone
            else N_("The permit of {name} for {zone} ran out on {day}; it is still on the list."),
            do=N_("Take key and card back, then take the name off the list."),
            due=due,
            values={"name": permit.who, "zone": permit.zone, "day": due},
        ),
    )


def judge_expired(one: Expired, today: date) -> tuple[Finding, ...]:
    """Return that visits have outlived their period (rule 12): they are destroyed by the deadline.

    Kept up to and including ``kept_until``.
    """
    if today <= one.kept_until:
        return ()
    return (
        finding(
            "12",
            "zones",
            one.ref,
            what=N_("Visits of {zone} that were to be kept until {day}: {n}, due to be destroyed."),
            do=N_("Choose “Destroy expired visits” at the zone."),
            severity=Severity.BREACH if today > one.deadline else Severity.WARNING,
            due=one.deadline,
            values={"zone": one.zone, "day": one.kept_until, "n": one.count},
            count=one.count,
        ),
    )


def judge_history(refs: tuple[str, ...], today: date) -> tuple[Finding, ...]:
    """Return that histories of permits are kept longer than they have to be."""
    if not refs:
        return ()
    return (
        finding(
            "12",
            "zone-permits",
            refs[0] if len(refs) == 1 else "",
            what=N_("Permits whose history was kept long enough: {n}."),
            do=N_("Destroy what they say of the person."),
            severity=Severity.WARNING,
            values={"n": len(refs)},
            count=len(refs),
        ),
    )
