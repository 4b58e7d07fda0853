"""Who hands over to whom, before whom, and by when (S8.2④; D17). No Qt, no database, no clock."""

from __future__ import annotations

from datetime import date

from privdesk.core.calendar import OfficeCalendar
from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding, Severity, Term, finding
from privdesk.core.i18n import N_
from privdesk.core.rulebook import term_number

REGISTER = "handovers"


class SameHandsError(DomainError):
    """Who hands over, who takes over and the witness are three people. Nothing was changed; choose
    others.
    """


class HandedOverError(DomainError):
    """This work was handed over already, and its record stays as it was signed. Nothing was
    changed; enter another handover instead.
    """


class WitnessMissingError(DomainError):
    """A handover is done before a witness. Nothing was changed; enter the witness of {ref}."""


class DayOfHandoverError(DomainError):
    """A handover is done on or after its basis date ({day}), and not on a day still to come.
    Nothing was changed; check the days.
    """


class TakerGoneError(DomainError):
    """{name} does not work here on {day} and can neither take over nor be a witness. Nothing was
    changed; choose somebody else.
    """


class BasisToComeError(DomainError):
    """A handover has no basis date to come ({day}). Nothing was changed; enter the day on which the
    work changes hands, today at the latest.
    """


def check(giver: str, taker: str, witness: str) -> None:
    """Refuse people who would be two of the three."""
    told = [one for one in (giver, taker, witness) if one]
    if len(told) != len(set(told)):
        raise SameHandsError


def check_done(ref: str, witness: str, basis: date, on: date, today: date) -> None:
    """Refuse a handover without witness or on an impossible day."""
    if not witness:
        raise WitnessMissingError(ref=ref)
    if on < basis or on > today:
        raise DayOfHandoverError(day=basis)


def check_basis(basis: date, today: date) -> None:
    """Refuse a basis date that lies ahead."""
    if basis > today:
        raise BasisToComeError(day=basis)


def check_here(name: str, joined: date | None, left: date | None, day: date) -> None:
    """Refuse a taker or witness who does not work here on a day."""
    if (joined and day < joined) or (left and day > left):
        raise TakerGoneError(name=name, day=day)


def due(basis: date, calendar: OfficeCalendar) -> date:
    """Return the last day for handing over: three days after the basis date (the office's own).

    A last day on a Saturday or a holiday is the next day that is none (Civil Act art. 161).
    """
    return calendar.deadline_days(basis, term_number("handover.days", basis))


def judge(ref: str, basis: date, today: date, calendar: OfficeCalendar) -> tuple[Finding, ...]:
    """Return that work is still to be handed over."""
    by = due(basis, calendar)
    return (
        finding(
            "S8.2④",
            REGISTER,
            ref,
            what=N_("The work of {ref} is not handed over yet."),
            do=N_("Have the three sign, then enter it as done."),
            severity=Severity.BREACH if today > by else Severity.WARNING,
            due=by,
            values={"ref": ref},
            term=Term(basis, (by - basis).days),
        ),
    )
