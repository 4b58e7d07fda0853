"""When a request is due, what may be done next, on which ground it is refused.

Rules 9, 17 to 22, 26, 57 and 59 to 61. No Qt, no database, no clock.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from privdesk.core.calendar import OfficeCalendar
from privdesk.core.clock import office_date
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _
from privdesk.core.periods import add, months, years
from privdesk.core.rulebook import first_day, rule_number
from privdesk.registers.requests import kinds
from privdesk.registers.requests.kinds import GROUNDS, OPEN_TO_ANYBODY, TERMS, Ground, Term

REGISTER = "requests"
POSTPONABLE = (*kinds.POSTPONED_BY_LAW, *kinds.POSTPONED_BY_OFFICE)


class ReceivedTooEarlyError(DomainError):
    """No term for this kind of request ({kind}) was in force on {day}; possible are the days from
    {first} until today. Nothing was changed; check the date.
    """


class NotIdentifiedError(DomainError):
    """Nobody has checked yet who asks in {ref}, so nothing may be done in it. Nothing was changed;
    check the identity first.
    """


class MandateMissingError(DomainError):
    """An agent asks in {ref}, and no mandate is on file. Nothing was changed; attach the mandate
    first.
    """


class StepRefusedError(DomainError):
    """This cannot be done in {ref}, which is in the state “{state}”. Nothing was changed; possible
    now: {known}.
    """


class NotExtendableError(DomainError):
    """In a mediation silence counts as an answer, so its term cannot be extended. Nothing was
    changed; answer by {due}.
    """


class TermOverError(DomainError):
    """The term of {ref} ran out on {due} and can no longer be extended. Nothing was changed; answer
    now, in part if need be.
    """


class ExtendedBackwardsError(DomainError):
    """The new day {until} does not lie after {due}. Nothing was changed; give a later day."""

    field = "until"


class ExtendedTooOftenError(DomainError):
    """The term was extended {times} times already, which is all the law allows. Nothing was
    changed; answer by {due}.
    """


class ExtendedTooLongError(DomainError):
    """This term is extended by {days} days at a time, so until {last}. Nothing was changed; give an
    earlier day, and look again by then.
    """

    field = "until"


class FormHeldError(DomainError):
    """“{ground}” does not fit {ref}: nothing of the kind is missing there. Nothing was changed;
    choose another ground.
    """

    field = "code"


class UnknownGroundError(DomainError):
    """“{code}” is no ground on which this kind of request can be refused. Nothing was changed;
    choose one of: {known}.
    """

    field = "code"


# -- terms, by R-time of the duties


def term_of(kind: str, *, proposal: bool = False) -> Term:
    """Return the term of a kind; a mediation has another once its proposal has come."""
    return kinds.PROPOSAL if kind == "mediation" and proposal else TERMS[kind]


@dataclass(frozen=True)
class Due:
    """By when an answer is due: the last day, and the moment in UTC where hours count."""

    on: date
    at: datetime | None = None


def due(
    kind: str, received: datetime, calendar: OfficeCalendar, proposal: date | None = None
) -> Due:
    """Return when a request is due (rules 17 to 20, 26, 59 to 61; clause S5.4).

    Days: the day of receipt is left out, and a last day on a Saturday or holiday moves on
    (Civil Act 157, 161). Hours: the office's clock, which stands still on closed days; one
    that runs out at midnight is due on the day before.
    """
    term = term_of(kind, proposal=proposal is not None)
    begin = proposal if kind == "mediation" and proposal else office_date(received)
    first = first_day(term.number)
    if begin < first:
        raise ReceivedTooEarlyError(kind=_(kinds.KIND_LABELS[kind]), day=begin, first=first)
    number = rule_number(term.number, begin)
    if not term.hours:
        return Due(calendar.deadline_days(begin, number))
    at = calendar.office_clock_24h(received, number)
    return Due(office_date(at - timedelta(seconds=1)), at)


@dataclass(frozen=True)
class Extended:
    """What an extension does: until when, and whether the due day moves with it.

    Where the law fixes the day and knows no postponement, the extension is only told to the
    person, and the day stands.
    """

    until: date
    moves: bool


@dataclass(frozen=True)
class Running:
    """A term that runs: the case, its kind, its last day (and moment), how often extended."""

    ref: str
    kind: str
    due_on: date
    due_at: datetime | None = None
    times: int = 0


def extended(term: Running, until: date, now: datetime, calendar: OfficeCalendar) -> Extended:
    """Return the extension of a term.

    Access is postponed until its cause ends (PIPA 35(3)), an automated decision by 30 days
    and twice at most (Decree 44-3(5)); the office extends terms of its own. Each time by the
    office's own span at most, so that somebody looks again whether the cause still stands.
    """
    if term.kind == "mediation":
        raise NotExtendableError(due=term.due_on)
    if not answered_in_time(term.due_on, term.due_at, now):
        raise TermOverError(ref=term.ref, due=term.due_on)
    if until <= term.due_on:
        raise ExtendedBackwardsError(until=until, due=term.due_on)
    _check_span(term, until, calendar)
    return Extended(until, term.kind in POSTPONABLE)


def _check_span(term: Running, until: date, calendar: OfficeCalendar) -> None:
    automated = term.kind == "automated"
    if automated and term.times >= rule_number("automated.extensions", term.due_on):
        raise ExtendedTooOftenError(times=term.times, due=term.due_on)
    span = "automated.extend_days" if automated else "request.extend_days"
    days = rule_number(span, term.due_on)
    last = calendar.deadline_days(term.due_on, days)
    if until > last:
        raise ExtendedTooLongError(days=days, last=last)


def answered_in_time(due_on: date, due_at: datetime | None, answered: datetime) -> bool:
    """Whether an answer came in time; the whole last day counts (Civil Act 159)."""
    return answered <= due_at if due_at is not None else office_date(answered) <= due_on


def keep_until(kind: str, closed: date) -> date:
    """Return the first day a closed case's file may no longer be kept.

    Three years by the office's own choice; the log of a transmission three by the Decree
    (rule 59). The longer counts.
    """
    keep = rule_number("request.keep_years", closed)
    if kind == "transmission":
        keep = max(keep, rule_number("transmission.log_years", closed))
    return add(closed, years(keep))


# -- steps


class State(Enum):
    """Where a case stands; the value is what is stored."""

    RECEIVED = "received"
    IDENTIFIED = "identified"
    WORKING = "working"
    EXTENDED = "extended"
    ANSWERED = "answered"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class Step(Enum):
    """What can be done to a case."""

    IDENTIFY = "identify"
    START = "start"
    EXTEND = "extend"
    ANSWER = "answer"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    CLOSE = "close"


OPEN = (State.RECEIVED, State.IDENTIFIED, State.WORKING, State.EXTENDED)
TOLD = (State.ANSWERED, State.REFUSED, State.WITHDRAWN)
_STEPS: dict[Step, tuple[tuple[State, ...], State]] = {
    Step.IDENTIFY: ((State.RECEIVED,), State.IDENTIFIED),
    Step.START: ((State.RECEIVED, State.IDENTIFIED), State.WORKING),
    Step.EXTEND: (OPEN, State.EXTENDED),
    Step.ANSWER: (OPEN, State.ANSWERED),
    Step.REFUSE: (OPEN, State.REFUSED),
    Step.WITHDRAW: (OPEN, State.WITHDRAWN),
    Step.CLOSE: (TOLD, State.CLOSED),
}
STATE_LABELS: dict[State, str] = {
    State.RECEIVED: N_("Newly received"),
    State.IDENTIFIED: N_("Identified"),
    State.WORKING: N_("In work"),
    State.EXTENDED: N_("Extended"),
    State.ANSWERED: N_("Answer given"),
    State.REFUSED: N_("Turned down"),
    State.WITHDRAWN: N_("Withdrawn by the person"),
    State.CLOSED: N_("Case closed"),
}
STEP_LABELS: dict[Step, str] = {
    Step.IDENTIFY: N_("Identity checked"),
    Step.START: N_("Start work"),
    Step.EXTEND: N_("Extend the term"),
    Step.ANSWER: N_("Record the answer"),
    Step.REFUSE: N_("Refuse"),
    Step.WITHDRAW: N_("The person takes it back"),
    Step.CLOSE: N_("Close the case"),
}
TAKE_BACK = N_("Take the answer back")
_AFTER_IDENTITY = (Step.START, Step.EXTEND, Step.ANSWER, Step.REFUSE)
_AFTER_MANDATE = (Step.START, Step.ANSWER)


@dataclass(frozen=True)
class Case:
    """A case as far as the steps need it."""

    ref: str
    kind: str
    state: State
    identified: bool = False
    by_agent: bool = False
    mandate: bool = False


def possible(state: State) -> tuple[str, ...]:
    """Return what can be done next in a state; message ids."""
    found = [STEP_LABELS[step] for step, (before, _after) in _STEPS.items() if state in before]
    return (*found, TAKE_BACK) if state in (State.ANSWERED, State.REFUSED) else tuple(found)


def needs_identity(kind: str) -> bool:
    """Whether the identity is checked before anything is done (rule 21)."""
    return kind not in OPEN_TO_ANYBODY


def next_state(case: Case, step: Step, ground: str = "") -> State:
    """Return the state after a step.

    Before the identity is checked a case can only be withdrawn, or refused because it cannot
    be (rule 21; Decree 46(1)). An agent's case is not worked on without the mandate (rule 22).
    """
    before, after = _STEPS[step]
    if case.state not in before:
        state, known = _(STATE_LABELS[case.state]), ", ".join(_(s) for s in possible(case.state))
        raise StepRefusedError(ref=case.ref, state=state, known=known or _(N_("nothing")))
    formal = ground in GROUNDS and GROUNDS[ground].basis == kinds.FORMAL
    waits = needs_identity(case.kind) and not case.identified
    if waits and step in _AFTER_IDENTITY and not (step is Step.REFUSE and formal):
        raise NotIdentifiedError(ref=case.ref)
    if case.by_agent and not case.mandate and step in _AFTER_MANDATE:
        raise MandateMissingError(ref=case.ref)
    return after


def require_ready(case: Case) -> None:
    """Refuse to act on data for a case before it is clear who asks (rules 21 and 22)."""
    if case.state is State.RECEIVED or (needs_identity(case.kind) and not case.identified):
        raise NotIdentifiedError(ref=case.ref)
    if case.by_agent and not case.mandate:
        raise MandateMissingError(ref=case.ref)


def mandate_missing(case: Case) -> bool:
    """Whether an agent's open case waits for the mandate (rule 22; Decree 45(2))."""
    return case.by_agent and not case.mandate and case.state in OPEN


# -- refusals


def grounds_for(kind: str) -> tuple[Ground, ...]:
    """Return the grounds on which a kind can be refused, those of the law first (rule 18)."""
    return tuple(ground for ground in GROUNDS.values() if kind in ground.kinds)


def ground_for(kind: str, code: str) -> Ground:
    """Return a ground of refusal, or refuse one that the kind does not know."""
    known = grounds_for(kind)
    for ground in known:
        if ground.key == code:
            return ground
    raise UnknownGroundError(
        code=code, known=", ".join(f"{_(one.label)} ({one.key})" for one in known)
    )


def require_ground_of_form(case: Case, code: str) -> None:
    """Refuse to turn down for want of a mandate a case that needs none, or has it.

    An identity that was checked may still turn out to be false.
    """
    if code == "mandate" and (case.mandate or not case.by_agent):
        raise FormHeldError(ground=_(GROUNDS[code].label), ref=case.ref)


def statutory(code: str) -> bool:
    """Whether a ground stands in the law; the policy's own (S6.7②) does not."""
    return GROUNDS[code].basis != kinds.POLICY


# -- duties of the office as a whole

_SAME_ROUTE = {"app": ("web",), "paper": ("visit", "post")}


def harder_routes(collected_by: Collection[str], taken_by: Collection[str]) -> tuple[str, ...]:
    """Return the channels that collect data but take no request (rule 9; PIPA 38(4)).

    An app is matched by the web site, a paper form by a visit or the post.
    """
    return tuple(
        channel
        for channel in sorted(collected_by)
        if not set(_SAME_ROUTE.get(channel, (channel,))) & set(taken_by)
    )


def usage_notice_by(last: date | None, today: date) -> date:
    """Return the day by which usage history is notified again (rule 57): once a year.

    Without a notice so far it is due at once.
    """
    if last is None:
        return today
    return add(last, months(rule_number("usage_notice.months", today)))
