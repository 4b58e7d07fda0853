"""How a destruction may go: methods, people, states. No Qt, no database, no clock.

Rules 14 and 15, and the order of the work: set, request, approve, execute, places, certify.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.i18n import N_, _

REGISTER = "destructions"


class Medium(Enum):
    """What personal data stands on; the value is what is stored."""

    PAPER = "paper"
    ELECTRONIC = "electronic"  # files and databases, whatever lies beneath
    MAGNETIC = "magnetic"  # hard disks, tapes
    FLASH = "flash"  # SSDs, memory cards, USB sticks
    OPTICAL = "optical"


class Method(Enum):
    """How it is destroyed; the value is what is stored."""

    SHRED = "shred"
    BURN = "burn"
    DELETE = "delete"  # for good, so that it cannot be restored
    OVERWRITE = "overwrite"
    DEGAUSS = "degauss"
    CRYPTO_ERASE = "crypto_erase"


MEDIUM_LABELS: Mapping[Medium, str] = {
    Medium.PAPER: N_("Paper"),
    Medium.ELECTRONIC: N_("Electronic files"),
    Medium.MAGNETIC: N_("Magnetic medium"),
    Medium.FLASH: N_("Flash memory"),
    Medium.OPTICAL: N_("Optical disc"),
}
METHOD_LABELS: Mapping[Method, str] = {
    Method.SHRED: N_("Shredding"),
    Method.BURN: N_("Incineration"),
    Method.DELETE: N_("Permanent deletion"),
    Method.OVERWRITE: N_("Overwriting"),
    Method.DEGAUSS: N_("Degaussing"),
    Method.CRYPTO_ERASE: N_("Destruction of the encryption key"),
}
_PHYSICAL = frozenset((Method.SHRED, Method.BURN))
_LOGICAL = frozenset((Method.DELETE, Method.OVERWRITE, Method.CRYPTO_ERASE))
# Decree 16(1) and the safeguards standard, art. 13. Degaussing does nothing to flash.
ALLOWED: Mapping[Medium, frozenset[Method]] = {
    Medium.PAPER: _PHYSICAL,
    Medium.ELECTRONIC: _LOGICAL | {Method.DEGAUSS},
    Medium.MAGNETIC: _PHYSICAL | _LOGICAL | {Method.DEGAUSS},
    Medium.FLASH: _PHYSICAL | _LOGICAL,
    Medium.OPTICAL: _PHYSICAL,
}


class MethodNotAllowedError(DomainError):
    """{method} does not destroy this for good: {medium}. Nothing was changed; choose a method that
    fits the medium (Decree 16).
    """


class SameApproverError(DomainError):
    """The person who asked for a destruction cannot approve it as well. Nothing was changed; a
    second officer has to approve.
    """


class SameWitnessError(DomainError):
    """Nobody can witness their own destruction. Nothing was changed; name another witness."""


class SecondOfficerError(DomainError):
    """A destruction needs a second officer, and this office has only one. Nothing was changed;
    enrol a second officer first.
    """


class NotApprovedError(DomainError):
    """{count} people were not part of what was approved. Nothing was destroyed; ask for approval
    again.
    """


class WrongStateError(DomainError):
    """This cannot be done now: the state is “{state}”. Nothing was changed; look at what has been
    done so far.
    """


def method_allowed(medium: Medium, method: Method) -> bool:
    """Whether a method destroys what stands on a medium for good (rule 14)."""
    return method in ALLOWED[medium]


def require_method(medium: Medium, method: Method) -> None:
    """Refuse a method that leaves something behind on this medium."""
    if not method_allowed(medium, method):
        raise MethodNotAllowedError(
            method=_(METHOD_LABELS[method]), medium=_(MEDIUM_LABELS[medium])
        )


@dataclass(frozen=True)
class People:
    """Who stands behind a destruction, by reference; empty while nobody is named yet."""

    requester: str = ""
    approver: str = ""
    operator: str = ""
    witness: str = ""
    confirmer: str = ""


def require_approver(people: People, officers: int, *, two_officers: bool = True) -> None:
    """Refuse an approval by the requester, or in an office of one (two-officer rule)."""
    if not two_officers:
        return
    if officers < 2:
        raise SecondOfficerError
    if people.approver and people.approver == people.requester:
        raise SameApproverError


def require_witness(people: People, *, two_officers: bool = True) -> None:
    """Refuse an operator who is their own witness (rule 15)."""
    if two_officers and people.operator and people.operator == people.witness:
        raise SameWitnessError


def judge_people(ref: str, people: People, *, two_officers: bool = True) -> tuple[Finding, ...]:
    """Return what of rule 15 a recorded destruction breaks, or has to print."""
    found = []
    if not two_officers:
        found.append(
            _of(
                "D6",
                ref,
                N_("The two-officer rule was off for this destruction."),
                N_("Turn the rule on again; the certificate says that it was off."),
                Severity.WARNING,
            )
        )
    elif people.approver and people.approver == people.requester:
        found.append(
            _of(
                "D6",
                ref,
                N_("The same person asked for the destruction and approved it."),
                N_("Have another officer look at the destruction, and record the result."),
            )
        )
    if people.operator and people.operator == people.witness:
        found.append(
            _of(
                "15",
                ref,
                N_("The operator witnessed their own destruction."),
                N_("Have another person check the result, and record the check."),
            )
        )
    return tuple(found)


def _of(rule: str, ref: str, what: str, do: str, severity: Severity = Severity.BREACH) -> Finding:
    return finding(rule, REGISTER, ref, what=what, do=do, severity=severity)


def require_approved(approved: Collection[int], executed: Iterable[int]) -> None:
    """Refuse to destroy anybody who was not approved: the executed are always a subset."""
    known = approved if isinstance(approved, set | frozenset) else frozenset(approved)
    strangers = sum(1 for person in executed if person not in known)
    if strangers:
        raise NotApprovedError(count=strangers)


class State(Enum):
    """Where a destruction stands; the value is what is stored."""

    REQUESTED = "requested"
    APPROVED = "approved"
    EXECUTING = "executing"
    EXECUTED = "executed"  # gone from the vault
    BACKUPS_CLOSED = "backups_closed"  # older copies cannot bring it back
    COMPLETE = "complete"  # every holder, custody copy and place has confirmed
    CANCELLED = "cancelled"


class Step(Enum):
    """What moves a destruction on."""

    APPROVE = "approve"
    REFUSE = "refuse"
    CANCEL = "cancel"
    EXECUTE = "execute"
    ABORT = "abort"  # rolled back before anything was destroyed
    FINISH = "finish"
    CLOSE_BACKUPS = "close_backups"
    COMPLETE = "complete"


STATE_LABELS: Mapping[State, str] = {
    State.REQUESTED: N_("requested"),
    State.APPROVED: N_("approved"),
    State.EXECUTING: N_("being executed"),
    State.EXECUTED: N_("executed"),
    State.BACKUPS_CLOSED: N_("backups closed"),
    State.COMPLETE: N_("complete"),
    State.CANCELLED: N_("cancelled"),
}
TRANSITIONS: Mapping[tuple[State, Step], State] = {
    (State.REQUESTED, Step.APPROVE): State.APPROVED,
    (State.REQUESTED, Step.REFUSE): State.CANCELLED,
    (State.REQUESTED, Step.CANCEL): State.CANCELLED,
    (State.APPROVED, Step.CANCEL): State.CANCELLED,
    (State.APPROVED, Step.EXECUTE): State.EXECUTING,
    (State.EXECUTING, Step.ABORT): State.APPROVED,
    (State.EXECUTING, Step.FINISH): State.EXECUTED,
    (State.EXECUTED, Step.CLOSE_BACKUPS): State.BACKUPS_CLOSED,
    (State.BACKUPS_CLOSED, Step.COMPLETE): State.COMPLETE,
}


def next_state(state: State, step: Step) -> State:
    """Return the state after a step, or refuse the step."""
    after = TRANSITIONS.get((state, step))
    if after is None:
        raise WrongStateError(state=_(STATE_LABELS[state]))
    return after


class OrderState(Enum):
    """Where an order to a place stands; the value is what is stored."""

    OPEN = "open"  # made, not handed over
    SENT = "sent"  # printed with its id list and handed over
    DIFFERS = "differs"  # answered with another count than ordered
    ANSWERED = "answered"  # confirmed by a person, with count and date
    LOST = "lost"  # the copy is declared lost
    CANCELLED = "cancelled"


class OrderStep(Enum):
    """What moves an order on."""

    SEND = "send"
    ANSWER = "answer"  # the count is the one ordered
    DIFFER = "differ"  # another count
    ACCEPT = "accept"  # an officer accepts the other count, with a reason
    DECLARE_LOST = "declare_lost"
    CANCEL = "cancel"
    RENEW = "renew"  # printed for people some of whom are kept now


ORDER_LABELS: Mapping[OrderState, str] = {
    OrderState.OPEN: N_("not sent yet"),
    OrderState.SENT: N_("sent, no answer yet"),
    OrderState.DIFFERS: N_("answered with another count"),
    OrderState.ANSWERED: N_("confirmed"),
    OrderState.LOST: N_("declared lost"),
    OrderState.CANCELLED: N_("cancelled"),
}
_OUTSTANDING = (OrderState.OPEN, OrderState.SENT, OrderState.DIFFERS)
ORDER_TRANSITIONS: Mapping[tuple[OrderState, OrderStep], OrderState] = {
    (OrderState.OPEN, OrderStep.SEND): OrderState.SENT,
    (OrderState.SENT, OrderStep.SEND): OrderState.SENT,  # printed again
    (OrderState.DIFFERS, OrderStep.SEND): OrderState.SENT,
    (OrderState.DIFFERS, OrderStep.ACCEPT): OrderState.ANSWERED,
    **{(state, OrderStep.ANSWER): OrderState.ANSWERED for state in _OUTSTANDING},
    **{(state, OrderStep.DIFFER): OrderState.DIFFERS for state in _OUTSTANDING},
    **{(state, OrderStep.DECLARE_LOST): OrderState.LOST for state in _OUTSTANDING},
    (OrderState.OPEN, OrderStep.CANCEL): OrderState.CANCELLED,
    (OrderState.SENT, OrderStep.CANCEL): OrderState.CANCELLED,
    (OrderState.SENT, OrderStep.RENEW): OrderState.OPEN,
}


def next_order_state(state: OrderState, step: OrderStep) -> OrderState:
    """Return the order's state after a step, or refuse the step."""
    after = ORDER_TRANSITIONS.get((state, step))
    if after is None:
        raise WrongStateError(state=_(ORDER_LABELS[state]))
    return after


def answer_step(ordered: int | None, answered: int) -> OrderStep:
    """Return the step that an answer is; a place without a known count cannot differ."""
    return OrderStep.ANSWER if ordered in (None, answered) else OrderStep.DIFFER


def order_closed(state: OrderState) -> bool:
    """Whether nothing more is awaited from the place."""
    return state not in _OUTSTANDING


def reached(
    *,
    roll_done: bool,
    custody_closed: bool,
    holders_closed: bool,
    orders: Iterable[OrderState],
) -> State:
    """Return the state that an executed destruction has reached (D1).

    Backups are closed by the roll with its custody copy; complete when every holder,
    custody copy and place has confirmed or was declared lost.
    """
    if not roll_done:
        return State.EXECUTED
    everybody = custody_closed and holders_closed and all(order_closed(o) for o in orders)
    return State.COMPLETE if everybody else State.BACKUPS_CLOSED
