"""What a person has agreed to, and whether it may be relied on. No Qt, no database, no clock.

Rules 1 to 3, 8, 10 and 11; how consent is asked for stands in ``registers.consenting``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum
from itertools import groupby

from privdesk.core.calendar import OfficeCalendar
from privdesk.core.clock import office_date
from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding, Severity, Term, finding
from privdesk.core.i18n import N_
from privdesk.core.periods import add, years
from privdesk.core.rulebook import first_day, rule_number, term_number

REGISTER = "consents"


class GuardianNeededError(DomainError):
    """This person is under {age}, so the guardian’s confirmed consent is needed first. Nothing was
    changed; record the guardian and how the consent was verified.
    """


class BornLaterError(DomainError):
    """A date of birth cannot lie after {on}. Nothing was changed; check the date of birth."""


class Event(Enum):
    """What can happen to a consent; the value is what is stored."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    CONFIRMED = "confirmed"  # the person was asked again about a marketing consent
    CHANGED = "changed"  # the person agreed to something else, such as a newer wording
    LAPSED = "lapsed"  # it ran out without anybody saying so
    ASKED = "asked"  # the guardian of a child was asked and has not answered yet


class ConsentState(Enum):
    """Where a consent stands; the value is what is stored."""

    NONE = "none"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    ASKED = "asked"  # nothing may be done until the guardian has confirmed
    OUTDATED = "outdated"  # given to a wording before a change that needs new consent
    UNCONFIRMED = "unconfirmed"  # a marketing consent not confirmed again in time


@dataclass(frozen=True)
class ConsentEvent:
    """One line of a consent's history; ``number`` orders events of the same moment.

    ``timed`` is whether the time of day is known; without it ``at`` is the day alone.
    ``guardian`` is whether the guardian answered.
    """

    kind: Event
    at: datetime
    number: int = 0
    wording: int = 0  # the version agreed to
    timed: bool = True
    guardian: bool = False


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
    destruction: str = ""  # the one under way that takes what was held on it
    who: str = ""


def in_order(events: Iterable[ConsentEvent]) -> list[ConsentEvent]:
    """Return the events as they happened, oldest first.

    On a day on which not every time of day is known, the order of entry decides: who
    agrees on the web at nine and withdraws by telephone has withdrawn.
    """
    found: list[ConsentEvent] = []
    by_day = sorted(events, key=lambda event: office_date(event.at))
    for _day, group in groupby(by_day, key=lambda event: office_date(event.at)):
        told = list(group)
        if all(event.timed for event in told):
            found += sorted(told, key=lambda event: (event.at, event.number))
        else:
            found += sorted(told, key=lambda event: event.number)
    return found


def latest(events: Iterable[ConsentEvent]) -> ConsentEvent | None:
    """Return the last event, whatever order they come in."""
    told = in_order(events)
    return told[-1] if told else None


def until(events: Iterable[ConsentEvent], day: date) -> list[ConsentEvent]:
    """Return what had happened by the end of a day, oldest first."""
    return [event for event in in_order(events) if office_date(event.at) <= day]


@dataclass(frozen=True)
class Counted:
    """Which event of a history counts: its number, and since when the agreement stands.

    ``agreed`` is the agreement itself; a later confirmation counts but keeps it.
    """

    event: ConsentEvent
    agreed: ConsentEvent | None = None


def counted(events: Iterable[ConsentEvent]) -> Counted | None:
    """Return the event that counts, or None where nothing has been answered.

    A confirmation of what was never agreed to counts for nothing; a question to the
    guardian counts as long as nothing has been agreed to.
    """
    found: Counted | None = None
    for event in in_order(events):
        agreed = found.agreed if found is not None else None
        if event.kind in (Event.GIVEN, Event.CHANGED):
            found = Counted(event, event)
        elif event.kind is Event.CONFIRMED:
            found = Counted(event, agreed) if agreed is not None else found
        elif event.kind is not Event.ASKED or agreed is None:
            found = Counted(event)
    return found


def reconfirm_by(given: date, on: date) -> date:
    """Return the anniversary by which a marketing consent is confirmed again (rule 11).

    Asked about a day before that law, it is the number with which the law began.
    """
    began = max(on, first_day("marketing.reconfirm_years"))
    return add(given, years(term_number("marketing.reconfirm_years", began)))


def may_outdate(on: date) -> bool:
    """Whether marketing consents have to be confirmed again at all on a day."""
    return on >= first_day("marketing.reconfirm_years")


_PLAIN = {
    Event.REFUSED: ConsentState.REFUSED,
    Event.WITHDRAWN: ConsentState.WITHDRAWN,
    Event.LAPSED: ConsentState.LAPSED,
    Event.ASKED: ConsentState.ASKED,
}


def state_of(consent: ConsentFacts, today: date) -> ConsentState:
    """Return where a consent stands on ``today``.

    The last event decides. A confirmation keeps the wording of the consent it confirms,
    and confirms nothing where none was given.
    """
    told = counted(consent.events)
    if told is None:
        return ConsentState.NONE
    if told.agreed is None:
        return _PLAIN[told.event.kind]
    if told.agreed.wording < consent.wording_needed:
        return ConsentState.OUTDATED
    late = today > reconfirm_by(office_date(told.event.at), today)
    if consent.marketing and late and may_outdate(today):
        return ConsentState.UNCONFIRMED
    return ConsentState.GIVEN


def state_as_of(consent: ConsentFacts, day: date) -> ConsentState:
    """Return where a consent stood at the end of a past day, by what had happened until then.

    ``consent.wording_needed`` is what was needed on that day (rule 8).
    """
    return state_of(replace(consent, events=until(consent.events, day)), day)


def may_rely(consent: ConsentFacts, today: date) -> bool:
    """Whether data may be processed on it; silence or an overdue confirmation is no consent."""
    return state_of(consent, today) is ConsentState.GIVEN


def act_by(withdrawn: date, today: date, calendar: OfficeCalendar) -> date:
    """Return the last day for destroying after a withdrawal, or stating why not (rule 10)."""
    return calendar.deadline_days(withdrawn, rule_number("withdrawal.destroy_days", today))


_ENDED = {
    ConsentState.WITHDRAWN: (
        N_("The consent was withdrawn on {day}, and nothing has been done yet."),
        N_("Destroy the data, or record which law keeps it, and tell the person."),
    ),
    ConsentState.LAPSED: (
        N_("The consent lapsed on {day}, and nothing has been done yet."),
        N_("Destroy the data, or record which law keeps it."),
    ),
}
_UNDER_WAY = (
    N_("The consent ended on {day}; destruction {ref} is under way."),
    N_("Have {ref} approved and executed by {by}."),
)
# Said this long before a marketing consent has to be confirmed.
_AHEAD = timedelta(days=30)


def judge(consent: ConsentFacts, today: date, calendar: OfficeCalendar) -> tuple[Finding, ...]:
    """Return the findings of rules 10 and 11 on one consent; rule 8 is the purpose's."""
    state, told = state_of(consent, today), counted(consent.events)
    if told is None:
        return ()
    day = office_date(told.event.at)
    if state in _ENDED and consent.acted_on is None:
        by = act_by(day, today, calendar)
        term = Term(day, rule_number("withdrawal.destroy_days", today))
        if consent.destruction:
            what, do = _UNDER_WAY
            ref = consent.destruction
            return (_say(consent, "10", by, what, do, term=term, day=day, by=by, ref=ref),)
        return (_say(consent, "10", by, *_ENDED[state], term=term, day=day),)
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
    if state is ConsentState.GIVEN and consent.marketing and may_outdate(today):
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
