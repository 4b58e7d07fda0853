"""Who is told of a correction, by when, and what a reply means. No Qt, no database, no clock.

Rule 24: recipients and processors are told of a correction or deletion (S6.6), and whoever
gave us the data (Decree 43(2)): without delay, in this office within three days.
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
from privdesk.core.rulebook import rule_number

REGISTER = "corrections"


class WrongStateError(DomainError):
    """{ref} is {state}, so this cannot be done now. Nothing was changed; look at the notice."""


class SentBeforeError(DomainError):
    """{ref} cannot have gone out on {day}: what it tells was decided on {decided}. Nothing was
    changed; check the day.
    """


class ToldAlreadyError(DomainError):
    """{ref} went out, so what it told stays as it is. Nothing was changed; draw up another notice
    for what is right now.
    """


class SentLaterError(DomainError):
    """Nothing can have been sent on {day}, which is still to come. Nothing was changed; check the
    day.
    """


class RepliedLaterError(DomainError):
    """Nobody can have replied on {day}, which is still to come. Nothing was changed; check the
    day.
    """


class RepliedBeforeError(DomainError):
    """{ref} went out on {sent}, so nobody can have replied on {day}. Nothing was changed; check
    the day.
    """


class What(Enum):
    """What recipients are told; the value is what is stored."""

    CORRECTION = "correction"
    DELETION = "deletion"


class Role(Enum):
    """Why somebody is told; the value is what is stored."""

    RECIPIENT = "recipient"  # a third party that the data was provided to
    PROCESSOR = "processor"
    SOURCE = "source"  # the data came from there


class Result(Enum):
    """What the reply says; the value is what is stored."""

    DONE = "done"
    NOT_HELD = "not_held"  # they no longer keep it
    PARTLY = "partly"
    REFUSED = "refused"


class State(Enum):
    """Where a notice stands; the value is what is stored."""

    OPEN = "open"
    SENT = "sent"
    DIFFERS = "differs"  # replied, but not (wholly) done
    ANSWERED = "answered"


WHAT_LABELS: Mapping[What, str] = {
    What.CORRECTION: N_("Correction"),
    What.DELETION: N_("Deletion"),
}
ROLE_LABELS: Mapping[Role, str] = {
    Role.RECIPIENT: N_("Recipient"),
    Role.PROCESSOR: N_("Processor"),
    Role.SOURCE: N_("Source of the data"),
}
RESULT_LABELS: Mapping[Result, str] = {
    Result.DONE: N_("Done"),
    Result.NOT_HELD: N_("No longer kept there"),
    Result.PARTLY: N_("Done in part"),
    Result.REFUSED: N_("Not done"),
}
STATE_LABELS: Mapping[State, str] = {
    State.OPEN: N_("to be sent"),
    State.SENT: N_("sent, no reply yet"),
    State.DIFFERS: N_("not wholly done"),
    State.ANSWERED: N_("done"),
}
_SETTLED = (Result.DONE, Result.NOT_HELD)


def what_of(told: str) -> What:
    """Return what is told, however it is called: ``deletion``, ``delete``, ``deleted``."""
    return What.DELETION if told.startswith("delet") else What.CORRECTION


def tell_by(decided: date, today: date, calendar: OfficeCalendar) -> date:
    """Return the last day for telling recipients after a correction (rule 24)."""
    return calendar.deadline_days(decided, rule_number("recipients.tell_days", today))


def after_reply(result: Result) -> State:
    """Return where a notice stands after a reply; what is not done stays open."""
    return State.ANSWERED if result in _SETTLED else State.DIFFERS


def require_state(ref: str, state: State, *allowed: State) -> None:
    """Refuse a step that the state of a notice does not allow."""
    if state not in allowed:
        raise WrongStateError(ref=ref, state=_(STATE_LABELS[state]))


def check_sent(ref: str, on: date, decided: date | None, today: date) -> None:
    """Refuse a day of sending that is still to come, or before anything was decided."""
    if on > today:
        raise SentLaterError(day=on)
    if decided is not None and on < decided:
        raise SentBeforeError(ref=ref, decided=decided, day=on)


def check_reply(ref: str, on: date, sent: date | None, today: date) -> None:
    """Refuse a day of reply that is still to come, or before the notice went out."""
    if on > today:
        raise RepliedLaterError(day=on)
    if sent is not None and on < sent:
        raise RepliedBeforeError(ref=ref, sent=sent, day=on)


@dataclass(frozen=True)
class NoticeFacts:
    """A notice, as far as the rule needs it; ``replied_on`` where something is left to do."""

    ref: str
    recipient: str
    state: State
    tell_by: date
    reply_by: date | None = None
    replied_on: date | None = None


def judge(notice: NoticeFacts, today: date) -> tuple[Finding, ...]:
    """Return the finding on a notice that is not settled (rule 24)."""
    if notice.state is State.ANSWERED:
        return ()
    if notice.state is State.OPEN:
        what, due = N_("“{recipient}” has not been told of the correction ({ref})."), notice.tell_by
        do = N_("Print the notice {ref} and send it by {due}.")
    elif notice.state is State.SENT:
        what = N_("“{recipient}” has not replied to the notice {ref}.")
        due = notice.reply_by or notice.tell_by
        do = N_("Ask “{recipient}” for the reply that was due on {due}, and enter it.")
        if today <= due:
            do = N_("Wait for the reply until {due}, then ask.")
    else:
        what = N_("“{recipient}” has not wholly done what the notice {ref} asks for.")
        due = notice.replied_on or notice.tell_by
        do = N_("Ask “{recipient}” why and send the notice again, or accept the reply.")
    return (
        finding(
            "24",
            REGISTER,
            notice.ref,
            what=what,
            do=do,
            severity=Severity.BREACH if today > due else Severity.WARNING,
            due=due,
            waiting=notice.state is State.SENT,
            values={"recipient": notice.recipient, "ref": notice.ref, "due": due},
        ),
    )
