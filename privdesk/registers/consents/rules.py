"""What a person has agreed to, and whether it may be relied on. No Qt, no database, no clock.

Rules 1 to 5 and 8 to 11.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from privdesk.core.calendar import OfficeCalendar
from privdesk.core.categories import Part, Separate
from privdesk.core.clock import office_date
from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding, Severity, Term, finding
from privdesk.core.i18n import N_
from privdesk.core.periods import add, years
from privdesk.core.rulebook import rule_number

REGISTER = "consents"


class GuardianNeededError(DomainError):
    """This person is under {age}, so the guardian’s confirmed consent is needed first. Nothing was
    changed; record the guardian and how the consent was verified.
    """


class BundledConsentError(DomainError):
    """One box cannot stand for several consents that the law wants apart. Nothing was changed;
    give each its own box.
    """


class BornLaterError(DomainError):
    """A date of birth cannot lie after {on}. Nothing was changed; check the date of birth."""


class Event(Enum):
    """What can happen to a consent; the value is what is stored."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    CONFIRMED = "confirmed"  # the person was asked again about a marketing consent


class ConsentState(Enum):
    """Where a consent stands; the value is what is stored."""

    NONE = "none"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    OUTDATED = "outdated"  # given to a wording before a change that needs new consent
    UNCONFIRMED = "unconfirmed"  # a marketing consent not confirmed again in time


@dataclass(frozen=True)
class ConsentEvent:
    """One line of a consent's history; ``number`` orders events of the same moment."""

    kind: Event
    at: datetime
    number: int = 0
    wording: int = 0  # the version agreed to


@dataclass(frozen=True)
class ConsentFacts:
    """A person's consent to one purpose, as far as the rules need it.

    ``wording_needed`` is the oldest version that is still enough (rule 8).
    """

    ref: str
    events: Sequence[ConsentEvent]
    wording_needed: int = 0
    marketing: bool = False
    acted_on: date | None = None  # the withdrawal led to destruction or a stated exception
    who: str = ""


def latest(events: Iterable[ConsentEvent]) -> ConsentEvent | None:
    """Return the last event, whatever order they come in."""
    return max(events, key=lambda event: (event.at, event.number), default=None)


def reconfirm_by(given: date, on: date) -> date:
    """Return the anniversary by which a marketing consent is confirmed again (rule 11)."""
    return add(given, years(rule_number("marketing.reconfirm_years", on)))


_PLAIN = {
    Event.REFUSED: ConsentState.REFUSED,
    Event.WITHDRAWN: ConsentState.WITHDRAWN,
}


def state_of(consent: ConsentFacts, today: date) -> ConsentState:
    """Return where a consent stands on ``today``.

    The last event decides. A confirmation keeps the wording of the consent it confirms,
    and confirms nothing where none was given.
    """
    last = latest(consent.events)
    if last is None:
        return ConsentState.NONE
    if last.kind in _PLAIN:
        return _PLAIN[last.kind]
    given = latest(event for event in consent.events if event.kind is not Event.CONFIRMED)
    if given is None:
        return ConsentState.NONE
    if given.kind in _PLAIN:
        return _PLAIN[given.kind]
    if given.wording < consent.wording_needed:
        return ConsentState.OUTDATED
    if consent.marketing and today > reconfirm_by(office_date(last.at), today):
        return ConsentState.UNCONFIRMED
    return ConsentState.GIVEN


def may_rely(consent: ConsentFacts, today: date) -> bool:
    """Whether data may be processed on it; silence or an overdue confirmation is no consent."""
    return state_of(consent, today) is ConsentState.GIVEN


def act_by(withdrawn: date, today: date, calendar: OfficeCalendar) -> date:
    """Return the last day for destroying after a withdrawal, or stating why not (rule 10)."""
    return calendar.deadline_days(withdrawn, rule_number("withdrawal.destroy_days", today))


# Said this long before a marketing consent has to be confirmed.
_AHEAD = timedelta(days=30)


def judge(consent: ConsentFacts, today: date, calendar: OfficeCalendar) -> tuple[Finding, ...]:
    """Return the findings of rules 10 and 11 on one consent; rule 8 is the purpose's."""
    state, last = state_of(consent, today), latest(consent.events)
    if last is None:
        return ()
    day = office_date(last.at)
    if state is ConsentState.WITHDRAWN and consent.acted_on is None:
        return (
            _say(
                consent,
                "10",
                act_by(day, today, calendar),
                N_("The consent was withdrawn on {day}, and nothing has been done yet."),
                N_("Destroy the data, or record which law keeps it, and tell the person."),
                term=Term(day, rule_number("withdrawal.destroy_days", today)),
                day=day,
            ),
        )
    if state is ConsentState.UNCONFIRMED:
        return (
            _say(
                consent,
                "11",
                reconfirm_by(day, today),
                N_("The marketing consent of {day} was not confirmed again in time."),
                N_("Send no more advertising until the person has been asked again."),
                day=day,
            ),
        )
    if state is ConsentState.GIVEN and consent.marketing:
        by = reconfirm_by(day, today)
        if today >= by - _AHEAD:
            return (
                _say(
                    consent,
                    "11",
                    by,
                    N_("The marketing consent of {day} has to be confirmed again by {by}."),
                    N_("Ask whether the consent still stands."),
                    Severity.WARNING,
                    day=day,
                    by=by,
                ),
            )
    return ()


def _say(
    consent: ConsentFacts,
    rule: str,
    due: date,
    what: str,
    do: str,
    severity: Severity = Severity.BREACH,
    term: Term | None = None,
    **values: object,
) -> Finding:
    return finding(
        rule,
        REGISTER,
        consent.ref,
        what=what,
        do=do,
        severity=severity,
        due=due,
        who=consent.who,
        values=values,
        term=term,
    )


def missing_parts(told: Collection[Part], *, provision: bool = False) -> tuple[Part, ...]:
    """Return what a wording fails to tell: four parts, five for a provision (rule 4)."""
    needed = [part for part in Part if provision or part is not Part.RECIPIENT]
    return tuple(part for part in needed if part not in told)


@dataclass(frozen=True)
class Box:
    """A box on a consent form: what ticking it agrees to."""

    stands_for: frozenset[Separate]
    required: bool = False


def require_separate(boxes: Iterable[Box]) -> None:
    """Refuse a form on which one box stands for consents the law wants apart (rule 5)."""
    if any(len(box.stands_for) > 1 for box in boxes):
        raise BundledConsentError


def missing_boxes(boxes: Iterable[Box], needed: Collection[Separate]) -> frozenset[Separate]:
    """Return which consents have no box of their own (rule 5)."""
    alone = {next(iter(box.stands_for)) for box in boxes if len(box.stands_for) == 1}
    return frozenset(needed) - alone


def harder_routes(collected_by: Collection[str], withdrawn_by: Collection[str]) -> frozenset[str]:
    """Return the channels that collect but take no request or withdrawal (rule 9)."""
    return frozenset(collected_by) - frozenset(withdrawn_by)


def age_on(born: date, on: date) -> int:
    """Return the age in completed years; the day of birth counts (Civil Act 158).

    Born on 29 February, a person is a year older on 1 March of a common year (160(3)).
    """
    if born > on:
        raise BornLaterError(on=on)
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def guardian_needed(born: date, on: date) -> bool:
    """Whether the guardian has to consent: under 14 (rule 1)."""
    return age_on(born, on) < rule_number("child.age", on)


def gate_warns(born: date, on: date) -> bool:
    """Whether the policy’s own gate speaks: aged 14 or below (rule 2)."""
    return age_on(born, on) <= rule_number("child.gate_age", on)


def require_guardian(born: date, on: date, *, verified: bool) -> None:
    """Refuse a child’s consent without the guardian’s verified one (rule 1)."""
    if guardian_needed(born, on) and not verified:
        raise GuardianNeededError(age=rule_number("child.age", on))


def guardian_data_by(collected: date, today: date, calendar: OfficeCalendar) -> date:
    """Return the last day for destroying an unconfirmed guardian’s data (rule 3)."""
    return calendar.deadline_days(collected, rule_number("guardian.destroy_days", today))
