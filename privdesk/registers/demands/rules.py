"""How a demand of an authority is decided and answered. No Qt, no database, no clock. S3.2.

The policy gives data where law forces it: the CPO decides on the authority's document and the
article it invokes, and the reply or the refusal goes out by its day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from privdesk.core.calendar import OfficeCalendar
from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.i18n import N_, _
from privdesk.core.periods import add, years
from privdesk.core.rulebook import rule_number, term_number

REGISTER = "demands"


class WrongStateError(DomainError):
    """{ref} is {state}, so this cannot be done now. Nothing was changed; look at the demand."""


class ReceivedLaterError(DomainError):
    """Nothing can have been received or answered on {day}, which is still to come. Nothing was
    changed; check the day.
    """


class WrittenLaterError(DomainError):
    """A letter received on {received} cannot be of {written}. Nothing was changed; check the
    days.
    """


class AnsweredBeforeError(DomainError):
    """{ref} was decided on {decided}, so it cannot have been answered on {day}. Nothing was
    changed; check the day.
    """


class Decision(Enum):
    """What the CPO decided; the value is what is stored."""

    WHOLE = "whole"
    PART = "part"
    NOTHING = "nothing"


class State(Enum):
    """Where a demand stands; the value is what is stored."""

    RECEIVED = "received"
    GRANTED = "granted"
    DENIED = "denied"
    ANSWERED = "answered"
    DESTROYED = "destroyed"  # its own file; number, authority and days stay


DECISION_LABELS: Mapping[Decision, str] = {
    Decision.WHOLE: N_("Given as asked for"),
    Decision.PART: N_("Given in part"),
    Decision.NOTHING: N_("Not given"),
}
STATE_LABELS: Mapping[State, str] = {
    State.RECEIVED: N_("to be decided"),
    State.GRANTED: N_("to be given"),
    State.DENIED: N_("to be refused"),
    State.ANSWERED: N_("answered"),
    State.DESTROYED: N_("Destroyed"),
}


def answer_by(received: date, today: date, calendar: OfficeCalendar) -> date:
    """Return the day by which the office answers where the authority names none."""
    return calendar.deadline_days(received, rule_number("demand.answer_days", today))


def keep_years(on: date) -> int:
    """Return for how many years a demand's file is kept unless the office says otherwise."""
    return term_number("request.keep_years", on)


def keep_until(answered: date, kept: int) -> date:
    """Return the first day the file of an answered demand may no longer be kept (S2.1)."""
    return add(answered, years(kept))


def require_state(ref: str, state: State, *allowed: State) -> None:
    """Refuse a step that the state of a demand does not allow."""
    if state not in allowed:
        raise WrongStateError(ref=ref, state=_(STATE_LABELS[state]))


def check_days(written: date | None, received: date | None, today: date) -> None:
    """Refuse days that cannot be."""
    if received is not None and received > today:
        raise ReceivedLaterError(day=received)
    if written is not None and received is not None and written > received:
        raise WrittenLaterError(received=received, written=written)


def check_answer_by(by: date | None, received: date | None) -> None:
    """Refuse a last day for the answer that lies before the demand came."""
    if by is not None and received is not None and by < received:
        raise DueBeforeError(day=by, received=received)


def check_answer(ref: str, on: date, decided: date | None, today: date) -> None:
    """Refuse a day of answer that is still to come, or before the decision."""
    if on > today:
        raise ReceivedLaterError(day=on)
    if decided is not None and on < decided:
        raise AnsweredBeforeError(ref=ref, decided=decided, day=on)


class DueBeforeError(DomainError):
    """The answer cannot be due on {day}: the demand came on {received}. Nothing was changed; check
    the day.
    """


@dataclass(frozen=True)
class DemandFacts:
    """A demand, as far as the rule needs it; ``provided`` is whether a provision is joined.

    ``keep_until`` is the day on which its own file goes, None before it is answered.
    """

    ref: str
    authority: str
    document_no: str
    state: State
    answer_by: date
    provided: bool = False
    keep_until: date | None = None


def judge(demand: DemandFacts, today: date) -> tuple[Finding, ...]:
    """Return the finding on a demand that was not answered yet, or given without ledger (S3.2)."""
    if demand.state is State.ANSWERED:
        return _over(demand, today)
    late = today > demand.answer_by
    what = N_("The demand of {authority} ({number}) has to be answered by {due}.")
    if late:
        what = N_("The demand of {authority} ({number}) had to be answered by {due}.")
    do = {
        State.RECEIVED: N_("Have the CPO decide on {ref}, and enter the decision with its reason."),
        State.GRANTED: N_("Enter the provision of {ref}, print the reply and record the answer."),
        State.DENIED: N_("Print the refusal of {ref}, send it and record the answer."),
    }[demand.state]
    if demand.state is State.GRANTED and demand.provided:
        do = N_("Print the reply to {ref}, send it and record the answer.")
    return (
        finding(
            "S3.2",
            REGISTER,
            demand.ref,
            what=what,
            do=do,
            severity=Severity.BREACH if late else Severity.WARNING,
            due=demand.answer_by,
            values={
                "authority": demand.authority,
                "number": demand.document_no,
                "due": demand.answer_by,
                "ref": demand.ref,
            },
        ),
    )


def _over(demand: DemandFacts, today: date) -> tuple[Finding, ...]:
    """Return rule 12 on the file of an answered demand whose own period is over."""
    if demand.keep_until is None or today < demand.keep_until:
        return ()
    return (
        finding(
            "12",
            REGISTER,
            demand.ref,
            what=N_("The file of the demand {ref} was to be kept until {until}."),
            do=N_("Destroy the demand’s file."),
            severity=Severity.BREACH,
            due=demand.keep_until,
            values={"ref": demand.ref, "until": demand.keep_until},
        ),
    )
