"""How an order for a request goes its way, and when a place is late. No Qt, no database, no clock.

PIPA 35(3), 36(2) and 37(2) have the company act without delay; Decree 41(5), 43(3) and 44(2)
give it ten days to answer, so a place is asked for its reply before that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from privdesk.core.calendar import OfficeCalendar
from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.i18n import N_, _

REGISTER = "retrievals"
RULE = "S6.2"
VAULT = N_("This vault")


class OrderStateError(DomainError):
    """This cannot be done now: the order is “{state}”. Nothing was changed; look at what the place
    has answered so far.
    """


class Kind(Enum):
    """What a place is told to do; the value is what is stored."""

    RETRIEVAL = "retrieval"
    CORRECTION = "correction"
    FREEZE = "freeze"
    RELEASE = "release"
    DELETION = "deletion"


KIND_LABELS: Mapping[Kind, str] = {
    Kind.RETRIEVAL: N_("Send the data"),
    Kind.CORRECTION: N_("Correct the data"),
    Kind.FREEZE: N_("Freeze the data"),
    Kind.RELEASE: N_("Release the data"),
    Kind.DELETION: N_("Delete the data"),
}
KIND_OF_REQUEST: Mapping[str, Kind] = {
    "correction": Kind.CORRECTION,
    "deletion": Kind.DELETION,
    "withdrawal": Kind.DELETION,
    "suspension": Kind.FREEZE,
    "objection": Kind.FREEZE,
}
"""What a request's kind asks of the places; every other kind asks for the data."""


class State(Enum):
    """Where an order stands; the value is what is stored."""

    OPEN = "open"  # drawn up, not handed over
    SENT = "sent"  # printed and handed over
    ANSWERED = "answered"  # done as ordered
    DIFFERS = "differs"  # not done, done otherwise, or another value than known
    ACCEPTED = "accepted"  # an officer accepts what differs, with a reason
    CANCELLED = "cancelled"


class Step(Enum):
    """What moves an order on."""

    SEND = "send"
    ANSWER = "answer"
    DIFFER = "differ"
    ACCEPT = "accept"
    CANCEL = "cancel"


class Result(Enum):
    """What a place says it did; the value is what is stored."""

    DONE = "done"
    NOTHING = "nothing"
    PARTLY = "partly"
    REFUSED = "refused"


STATE_LABELS: Mapping[State, str] = {
    State.OPEN: N_("not sent yet"),
    State.SENT: N_("sent, no answer yet"),
    State.ANSWERED: N_("done"),
    State.DIFFERS: N_("answered otherwise"),
    State.ACCEPTED: N_("accepted"),
    State.CANCELLED: N_("cancelled"),
}
RESULT_LABELS: Mapping[Result, str] = {
    Result.DONE: N_("Done as ordered"),
    Result.NOTHING: N_("Holds nothing of this person"),
    Result.PARTLY: N_("Done in part, or otherwise"),
    Result.REFUSED: N_("Not done"),
}
OUTSTANDING = (State.OPEN, State.SENT, State.DIFFERS)
_TRANSITIONS: Mapping[tuple[State, Step], State] = {
    (State.OPEN, Step.SEND): State.SENT,
    (State.SENT, Step.SEND): State.SENT,  # printed again
    (State.DIFFERS, Step.SEND): State.SENT,  # asked once more
    (State.DIFFERS, Step.ACCEPT): State.ACCEPTED,
    **{(state, Step.ANSWER): State.ANSWERED for state in OUTSTANDING},
    **{(state, Step.DIFFER): State.DIFFERS for state in OUTSTANDING},
    **{(state, Step.CANCEL): State.CANCELLED for state in OUTSTANDING},
}


def next_state(state: State, step: Step) -> State:
    """Return the state after a step, or refuse the step."""
    after = _TRANSITIONS.get((state, step))
    if after is None:
        raise OrderStateError(state=_(STATE_LABELS[state]))
    return after


def closed(state: State) -> bool:
    """Whether nothing more is awaited."""
    return state not in OUTSTANDING


def reply_step(kind: Kind, result: Result, *, differing: bool) -> Step:
    """Return the step that a reply is.

    A place that should hold something and sends nothing differs from what the office knows;
    where it was told to act, there is simply nothing left to do.
    """
    if result in (Result.PARTLY, Result.REFUSED):
        return Step.DIFFER
    if result is Result.NOTHING:
        return Step.DIFFER if kind is Kind.RETRIEVAL else Step.ANSWER
    return Step.DIFFER if differing else Step.ANSWER


@dataclass(frozen=True)
class Followed:
    """How far one place has followed a request; ``name`` is empty for the vault's own part.

    ``done_on`` is None while it is outstanding; ``how`` is the value of a ``Result``, or
    ``lost`` where a copy was declared lost.
    """

    name: str
    asked_on: date
    done_on: date | None
    how: str = Result.DONE.value

    @property
    def waits(self) -> bool:
        """Whether its confirmation is still to come."""
        return self.done_on is None and self.how != LOST


LOST = "lost"


def latest(told: Iterable[Followed]) -> tuple[Followed, ...]:
    """Return one line a place, in the order in which they were told: what waits, else the last."""
    found: dict[str, Followed] = {}
    for one in told:
        if not (one.name in found and found[one.name].waits):
            found[one.name] = one
    return tuple(found.values())


def reply_day(today: date, due: date | None, days: int, calendar: OfficeCalendar) -> date:
    """Return the day by which a place is asked to reply.

    ``days`` after today by R-time, but on a business day before the request itself is due;
    never before today.
    """
    by = calendar.deadline_days(today, days)
    if due is None or by < due:
        return by
    before = due - timedelta(days=1)
    while before > today and not calendar.is_business_day(before):
        before -= timedelta(days=1)
    return max(before, today)


@dataclass(frozen=True)
class OrderFacts:
    """An order as far as the rule needs it; ``place`` is empty for the vault's own part."""

    ref: str
    request: str
    kind: Kind
    state: State
    place: str
    reply_by: date


def judge(order: OrderFacts, today: date) -> tuple[Finding, ...]:
    """Return what waits of an order: it is to be sent, answered, or what differs accepted."""
    if closed(order.state):
        return ()
    if not order.place:
        what, do, step = _OWN
    else:
        what, do, step = _STEPS[order.state]
    if order.place and order.state is State.SENT and today > order.reply_by:
        what, do = _LATE
    return (
        finding(
            RULE,
            REGISTER,
            order.ref,
            what=what,
            do=do,
            severity=Severity.WARNING if order.state is State.OPEN else Severity.BREACH,
            due=order.reply_by,
            waiting=order.state is State.SENT,
            values={
                "ref": order.ref,
                "request": order.request,
                "place": order.place,
                "late": max((today - order.reply_by).days, 0),
                "step": step,
            },
        ),
    )


_STEPS: Mapping[State, tuple[str, str, str]] = {
    State.OPEN: (
        N_("“{place}” has not been told what {request} asks of it (order {ref})."),
        N_("Print the order and hand it over."),
        "send",
    ),
    State.SENT: (
        N_("“{place}” has still to reply to order {ref} for {request}."),
        N_("Enter the reply of “{place}” once it comes."),
        "reply",
    ),
    State.DIFFERS: (
        N_("“{place}” answered order {ref} for {request} otherwise than ordered."),
        N_("Ask “{place}” why, then accept it with the reason, or send the order again."),
        "accept",
    ),
}
_LATE = (
    N_("“{place}” has not replied to order {ref} for {request} in time (days late: {late})."),
    N_("Ask “{place}” for the reply today; the person waits for the answer."),
)
_OWN = (
    N_("The vault itself has not followed {request} yet (order {ref})."),
    N_("Do in the vault what the places were ordered to do."),
    "open",
)
