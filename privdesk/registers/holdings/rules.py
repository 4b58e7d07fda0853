"""When personal data has to go. No Qt, no database, no clock.

A promised period is a maximum: its anniversary is the first day the record may no
longer be kept. A period that another law commands is a minimum and runs through its
last day. See ``privdesk.core.periods`` for both readings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any

from privdesk.core.calendar import OfficeCalendar, OutsideCalendarError
from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.i18n import N_
from privdesk.core.periods import Period, ends_on, free_on
from privdesk.core.reasons import Reason, name, reason
from privdesk.core.rulebook import rule_number

REGISTER = "holdings"


class HoldBackwardsError(DomainError):
    """A legal hold cannot end on {until}, before it begins on {since}. Nothing was changed; check
    both days.
    """


class LawBeforeError(DomainError):
    """The period of the law cannot run from {day}, before the data was collected on {collected}.
    Nothing was changed; check the day.
    """


class ExpiryState(Enum):
    """Where a holding stands; the value is what is stored."""

    ACTIVE = "active"  # the period runs
    WAITING = "waiting"  # until an event that has not happened
    UNDATED = "undated"  # no period was set
    HELD = "held"  # a legal hold is in force
    KEPT = "kept"  # kept by another law alone: apart and marked
    DUE = "due"  # to be destroyed, in time
    OVERDUE = "overdue"  # to be destroyed, too late


@dataclass(frozen=True)
class Hold:
    """A legal hold from ``since`` through ``until``; open until released without it."""

    since: date
    until: date | None = None
    why: str = ""

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise HoldBackwardsError(since=self.since, until=self.until)

    def in_force(self, on: date) -> bool:
        """Whether it holds on a day; both its first and its last day count."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True)
class Expiry:
    """When a holding has to go, and why.

    ``ends`` is the day the promise or the purpose ends, ``due_on`` the day from which it
    is to be destroyed once holds and other laws are over, ``destroy_by`` the last day for
    doing so (rule 12).
    """

    ends: date | None
    due_on: date | None
    destroy_by: date | None
    state: ExpiryState
    why: tuple[Reason, ...]

    @property
    def may_go(self) -> bool:
        """Whether a destruction may take it."""
        return self.state in (ExpiryState.DUE, ExpiryState.OVERDUE)


def due_on(collected: date, period: Period | None, event_on: date | None = None) -> date | None:
    """Return the first day a holding may no longer be kept, by its own period and purpose.

    An ended purpose or a withdrawn consent (``event_on``) ends it earlier, never later.
    Plain and remembered by (collected, period): meant for a million rows.
    """
    end = None if period is None else ends_on(collected, period)
    if event_on is None or (end is not None and end <= event_on):
        return end
    return event_on


def kept_until(start: date, period: Period | None) -> date | None:
    """Return the last day another law commands keeping, or None (rule 16).

    ``start`` is the day with which the law begins to count, see ``law_starts``.
    """
    free = None if period is None else free_on(start, period)
    return None if free is None else free - timedelta(days=1)


def effective_due(
    ends: date | None, hold_until: date | None = None, law_until: date | None = None
) -> date | None:
    """Return the day from which it is to be destroyed: ``ends``, pushed back, never forward.

    ``hold_until`` and ``law_until`` are last days of keeping. A hold without an end is
    for the caller to notice. Plain: meant for a million rows.
    """
    if ends is None:
        return None
    last_days = [day for day in (hold_until, law_until) if day is not None]
    return max([ends, *(day + timedelta(days=1) for day in last_days)])


def law_starts(
    event_on: date | None, ended_on: date | None, running: date, *, at_once: bool = False
) -> date:
    """Return the day from which another law counts (E-Commerce Decree, art. 6(1)).

    That is the day of the event that the law names (the end of the contract, the last payment,
    the settled dispute), else the day the purpose ended; where neither has happened,
    ``running``: the last day on which it may still. A law that counts from the record itself
    (``at_once``) waits for neither, so that its caller gives the day of collection.
    """
    if event_on is not None:
        return event_on
    return running if at_once or ended_on is None else ended_on


@dataclass(frozen=True)
class Terms:
    """What a purpose and a file say of all their holdings.

    ``retention`` is the promised period, ``ended_on`` the day the purpose ended for
    everybody, ``law`` the period another law commands, counted from what ``law_starts`` says
    or, ``at_once``, from the day of collection.
    """

    retention: Period | None = None
    ended_on: date | None = None
    law: Period | None = None
    at_once: bool = False


def day_due(
    terms: Terms,
    collected: date,
    ended_on: date | None = None,
    law_until: date | None = None,
    law_from: date | None = None,
) -> date | None:
    """Return the day from which a holding without a hold is to be destroyed.

    ``ended_on``, ``law_until`` and ``law_from`` are the holding's own. Where nothing is known to
    have happened since, the record was of one event, that of its collection. Plain: meant for
    a million rows.
    """
    event = min([day for day in (ended_on, terms.ended_on) if day is not None], default=None)
    ends = due_on(collected, terms.retention, event)
    if terms.law is None:
        return effective_due(ends, law_until=law_until)
    start = law_starts(law_from, event, collected, at_once=terms.at_once)
    laws = [day for day in (law_until, kept_until(start, terms.law)) if day is not None]
    return effective_due(ends, law_until=max(laws, default=None))


def law_keeps(terms: Terms, values: Mapping[str, Any], today: date) -> date | None:
    """Return the last day another law keeps a holding that is asked to go ``today``, or None.

    What is still running today starts the law's period today.
    """
    collected = values.get("collected_on")
    if terms.law is None or collected is None:
        return None
    ends = [day for day in (values.get("ended_on"), terms.ended_on) if day is not None]
    running = collected if terms.at_once else today
    start = law_starts(
        values.get("law_from"), min(ends, default=None), running, at_once=terms.at_once
    )
    return kept_until(start, terms.law)


def destroy_by(due: date, today: date, calendar: OfficeCalendar) -> date:
    """Return the last day for destroying what is due on ``due`` (rule 12).

    The days are those that the law gives ``today``. A day that the office calendar does
    not know counts plainly: nobody should fail over a period that ends in 2123.
    """
    days = rule_number("destroy.days", today)
    try:
        return calendar.deadline_days(due, days)
    except OutsideCalendarError:
        return due + timedelta(days=days)


def expiry(
    collected: date,
    period: Period | None,
    today: date,
    calendar: OfficeCalendar,
    *,
    event_on: date | None = None,
    hold: Hold | None = None,
    law_until: date | None = None,
    law: str = "",
) -> Expiry:
    """Return when a holding has to go and where it stands on ``today``.

    ``law_until`` is the last day that ``law`` (a name, or the message id of one) commands
    keeping. A hold
    that has not begun changes nothing yet.
    """
    ends = due_on(collected, period, event_on)
    hold = hold if hold is not None and hold.since <= today else None
    held = hold is not None and hold.in_force(today)
    forever = hold is not None and held and hold.until is None
    hold_until = hold.until if hold is not None else None
    due = None if forever else effective_due(ends, hold_until, law_until)
    by = None if due is None else destroy_by(due, today, calendar)
    state = _state(today, ends, due, by, held=held, period=period)
    why = _why(collected, period, event_on, ends)
    if hold is not None and (held or (ends is not None and due != ends)):
        why += (_why_held(hold),)
    if law_until is not None and ends is not None and law_until >= ends:
        why += (
            reason(
                N_("{law} commands keeping it through {until}; it is stored apart and marked."),
                law=name(law),
                until=law_until,
            ),
        )
    if by is not None:
        why += (reason(N_("It is to be destroyed from {due}, by {by}."), due=due, by=by),)
    return Expiry(ends, due, by, state, why)


def _state(
    today: date,
    ends: date | None,
    due: date | None,
    by: date | None,
    *,
    held: bool,
    period: Period | None,
) -> ExpiryState:
    if held:
        return ExpiryState.HELD
    if ends is None or due is None or by is None:
        return ExpiryState.UNDATED if period is None else ExpiryState.WAITING
    if today < ends:
        return ExpiryState.ACTIVE
    if today < due:
        return ExpiryState.KEPT
    return ExpiryState.DUE if today <= by else ExpiryState.OVERDUE


def _why(
    collected: date, period: Period | None, event_on: date | None, ends: date | None
) -> tuple[Reason, ...]:
    if event_on is not None and ends == event_on:
        return (reason(N_("The purpose ended or the consent was withdrawn on {day}."), day=ends),)
    if period is None:
        return (reason(N_("No retention period has been set for this purpose.")),)
    if ends is None:
        return (reason(N_("It is kept until the purpose ends, which has not happened.")),)
    return (
        reason(
            N_("Collected on {collected} for {period}; from {ends} it may no longer be kept."),
            collected=collected,
            period=period,
            ends=ends,
        ),
    )


def _why_held(hold: Hold) -> Reason:
    if hold.until is None:
        return reason(N_("A legal hold since {since} stops its destruction."), since=hold.since)
    return reason(
        N_("A legal hold stops its destruction from {since} through {until}."),
        since=hold.since,
        until=hold.until,
    )


@dataclass(frozen=True)
class HoldingFacts:
    """A holding, or ``count`` alike ones of a file, as far as the rules need them."""

    ref: str
    expiry: Expiry
    apart: bool = False  # stored apart and marked (rule 13)
    count: int = 1
    who: str = ""


def judge(holding: HoldingFacts, today: date) -> tuple[Finding, ...]:
    """Return the findings of rules 12 and 13, and of a missing period."""
    found = _FINDINGS.get(holding.expiry.state)
    if found is None or (holding.expiry.state is ExpiryState.KEPT and holding.apart):
        return ()
    rule, what, do, severity = found
    return (
        finding(
            rule,
            REGISTER,
            holding.ref,
            what=what,
            do=do,
            severity=severity,
            due=holding.expiry.destroy_by if holding.expiry.may_go else None,
            who=holding.who,
            count=holding.count,
            values={
                "n": holding.count,
                "due": holding.expiry.due_on,
                "by": holding.expiry.destroy_by,
                "late": _days_late(holding.expiry, today),
            },
        ),
    )


def _days_late(expiry: Expiry, today: date) -> int:
    return 0 if expiry.destroy_by is None else max((today - expiry.destroy_by).days, 0)


_FINDINGS: dict[ExpiryState, tuple[str, str, str, Severity]] = {
    ExpiryState.DUE: (
        "12",
        N_("The retention period of {n} holdings ended on {due}."),
        N_("Destroy {n} holdings by {by}."),
        Severity.BREACH,
    ),
    ExpiryState.OVERDUE: (
        "12",
        N_("{n} holdings should have been destroyed by {by}, {late} days ago."),
        N_("Destroy {n} holdings now and note why it was late."),
        Severity.BREACH,
    ),
    ExpiryState.KEPT: (
        "13",
        N_("{n} holdings are kept by another law alone, but not stored apart and marked."),
        N_("Move {n} holdings to separate storage and mark them."),
        Severity.BREACH,
    ),
    ExpiryState.UNDATED: (
        "S2.1",
        N_("{n} holdings have no retention period."),
        N_("Set the retention period of their purpose."),
        Severity.BREACH,
    ),
}
