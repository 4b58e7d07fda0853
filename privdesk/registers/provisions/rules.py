"""How a provision goes: asked for, approved by another, given, recalled. No Qt, no database.

Four eyes (S3.1, S3.2): whoever asks does not approve, and what was entered afterwards is
confirmed by another officer. What a law compels needs the decision of the CPO.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from privdesk.core.calendar import OfficeCalendar
from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.hangul import name_key
from privdesk.core.i18n import N_, _
from privdesk.core.rulebook import rule_number
from privdesk.registers.provisions.grounds import Ground

REGISTER = "provisions"


class WrongStateError(DomainError):
    """{ref} is {state}, so this cannot be done now. Nothing was changed; look at the provision."""


class SameApproverError(DomainError):
    """Whoever asked for a provision, or entered it, cannot approve it as well. Nothing was changed;
    another officer has to decide.
    """


class SecondOfficerError(DomainError):
    """A provision needs a second officer, and this office has only one. Nothing was changed; enrol
    a second officer first.
    """


class NobodyLeftError(DomainError):
    """There is nobody left of whom data may be provided: without consent in force {refused}, under
    a freeze {frozen}. Nothing was changed; choose other people or another ground.
    """


class GivenLaterError(DomainError):
    """Nothing can have been provided on {day}, which is still to come. Nothing was changed; leave
    the day out for a provision that is still to be approved.
    """

    field = "provided_on"


class GivenTooEarlyError(DomainError):
    """{ref} was approved on {approved}, so it cannot have been provided on {day}. Nothing was
    changed; check the day.
    """


class RecalledTooEarlyError(DomainError):
    """{ref} was provided on {provided}, so it cannot have been recalled on {day}. Nothing was
    changed; check the day.
    """


class EndsBeforeError(DomainError):
    """The provision cannot end on {until}, before it begins. Nothing was changed; check the day."""

    field = "until"


class ApprovedAlreadyError(DomainError):
    """{ref} was approved as it is and is not changed any more. Nothing was changed; recall it and
    ask for a new one.
    """


class State(Enum):
    """Where a provision stands; the value is what is stored."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    PROVIDED = "provided"
    RECORDED = "recorded"  # given before it stood here; to be confirmed by another officer
    RECALLED = "recalled"


class Step(Enum):
    """What moves a provision on."""

    APPROVE = "approve"
    REFUSE = "refuse"
    PROVIDE = "provide"
    CONFIRM = "confirm"
    RECALL = "recall"


STATE_LABELS: Mapping[State, str] = {
    State.REQUESTED: N_("to be approved"),
    State.APPROVED: N_("approved"),
    State.REFUSED: N_("not approved"),
    State.PROVIDED: N_("provided"),
    State.RECORDED: N_("entered afterwards"),
    State.RECALLED: N_("recalled"),
}
TRANSITIONS: Mapping[tuple[State, Step], State] = {
    (State.REQUESTED, Step.APPROVE): State.APPROVED,
    (State.REQUESTED, Step.REFUSE): State.REFUSED,
    (State.APPROVED, Step.REFUSE): State.REFUSED,
    (State.APPROVED, Step.PROVIDE): State.PROVIDED,
    (State.RECORDED, Step.CONFIRM): State.PROVIDED,
    (State.PROVIDED, Step.RECALL): State.RECALLED,
    (State.RECORDED, Step.RECALL): State.RECALLED,
}
GIVEN = (State.PROVIDED, State.RECORDED)
"""States in which the recipient has the data."""


def next_state(ref: str, state: State, step: Step) -> State:
    """Return the state after a step, or refuse the step."""
    after = TRANSITIONS.get((state, step))
    if after is None:
        raise WrongStateError(ref=ref, state=_(STATE_LABELS[state]))
    return after


def require_other(requester: str, approver: str, officers: int, *, two_officers: bool) -> None:
    """Refuse that one person asks and approves, unless the two-officer rule is off."""
    if not two_officers:
        return
    if officers < 2:
        raise SecondOfficerError
    if name_key(requester) == name_key(approver):
        raise SameApproverError


def check_days(provided: date | None, until: date | None, today: date) -> None:
    """Refuse days that cannot be."""
    if provided is not None and provided > today:
        raise GivenLaterError(day=provided)
    if until is not None and until < (provided or today):
        raise EndsBeforeError(until=until)


@dataclass(frozen=True)
class ProvisionFacts:
    """A provision, as far as the rules need it.

    ``without_consent`` counts the people of a running provision on consent whose consent is
    not in force any more; ``frozen`` those of whom something of it is frozen.
    """

    ref: str
    recipient: str
    state: State
    ground: Ground | None
    asked: date
    running: bool = False
    decided_by_cpo: bool = False
    provided: date | None = None
    until: date | None = None
    without_consent: int = 0
    frozen: int = 0


def judge(fact: ProvisionFacts, today: date, calendar: OfficeCalendar) -> tuple[Finding, ...]:
    """Return what waits or is wrong with one provision (S3.1, S3.2, rules 23 and 27)."""
    found: list[Finding] = []
    if fact.state is State.REQUESTED:
        days = rule_number("provision.approve_days", today)
        found.append(
            _say(
                fact,
                "S3.1",
                N_("A provision to “{recipient}” waits for approval ({ref})."),
                N_("Another officer looks at ground, items and people, then approves or not."),
                Severity.WARNING,
                calendar.deadline_days(fact.asked, days),
            )
        )
    if fact.state is State.PROVIDED and fact.ground is Ground.STATUTE and not fact.decided_by_cpo:
        found.append(
            _say(
                fact,
                "S3.2",
                N_("{ref} went to “{recipient}” under a law without a decision of the CPO."),
                N_("Have the CPO decide, and enter the number of the signed paper."),
                due=fact.provided,
            )
        )
    if fact.state in GIVEN and fact.running:
        found += _running(fact, today)
    return tuple(found)


def _running(fact: ProvisionFacts, today: date) -> list[Finding]:
    found = []
    if fact.without_consent:
        found.append(
            _say(
                fact,
                "27",
                N_("“{recipient}” goes on receiving data of people without consent: {n} ({ref})."),
                N_("Stop it for these people, and tell the recipient to delete what it has."),
                n=fact.without_consent,
            )
        )
    if fact.frozen:
        found.append(
            _say(
                fact,
                "23",
                N_("“{recipient}” goes on receiving data that is frozen (people: {n}, {ref})."),
                N_("Leave them out until their requests are decided."),
                n=fact.frozen,
            )
        )
    if fact.until is not None and today > fact.until:
        found.append(
            _say(
                fact,
                "S3.1",
                N_("The provision {ref} to “{recipient}” was to end on {until}."),
                N_("End it and record the recall, or ask for a new one."),
                due=fact.until,
                until=fact.until,
            )
        )
    return found


def recorded(count: int) -> tuple[Finding, ...]:
    """Return the finding on provisions entered afterwards that nobody else confirmed (S3.1)."""
    if not count:
        return ()
    return (
        finding(
            "S3.1",
            REGISTER,
            "",
            what=N_("Provisions were entered afterwards and not confirmed by another officer: {n}"),
            do=N_("Another officer compares them with the papers and confirms them."),
            severity=Severity.WARNING,
            values={"n": count},
            count=count,
        ),
    )


def _say(
    fact: ProvisionFacts,
    rule: str,
    what: str,
    do: str,
    severity: Severity = Severity.BREACH,
    due: date | None = None,
    **values: object,
) -> Finding:
    told = {"ref": fact.ref, "recipient": fact.recipient, **values}
    return finding(
        rule, REGISTER, fact.ref, what=what, do=do, severity=severity, due=due, values=told
    )
