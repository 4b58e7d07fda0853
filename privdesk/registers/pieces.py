"""Pieces of declarations that several registers have alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import TypeVar

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.hangul import says_why
from privdesk.core.i18n import N_
from privdesk.core.register import State
from privdesk.registers.states import VOID

E = TypeVar("E", bound=Enum)

ON = Field("on", N_("On"), Kind.DATE, help=N_("Empty for today."))
"""Asked by an action: the day on which something was done."""
REASON = Field("reason", N_("Reason"), Kind.NOTE, required=True)
"""Asked by an action: why."""
FIRST_DAY = date(2000, 1, 1)
"""Nothing that people agreed to, or that is held or was given of them, is older."""
TOO_OLD = N_("it lies before 2000-01-01; possible are the days from then until today.")

MOST = 100_000_000
"""More people than this, or hours, is a slip of the pen."""


NO_WORDS = N_("it says nothing; write in words why, so that somebody else understands it.")


def old_fault(value: object) -> str | None:
    """Return what is wrong with a day that lies before all records, such as 1900; or None."""
    return TOO_OLD if isinstance(value, date) and value < FIRST_DAY else None


def why_fault(value: object) -> str | None:
    """Return what is wrong with a reason that says nothing, such as one letter; or None."""
    return None if says_why(str(value)) else NO_WORDS


def request_link() -> Field:
    """Return the field of the request that a record belongs to."""
    return Field(
        "request",
        N_("Request"),
        Kind.LINK,
        links_to="requests",
        fixed=True,
        width=120,
        aliases=("요구", "요구 번호", "접수번호"),
        help=N_("The request by which the person asked for it."),
    )


def person_link(width: int = 130) -> Field:
    """Return the field of the one person whom a record is about."""
    return Field(
        "subject",
        N_("Data subject"),
        Kind.LINK,
        links_to="subjects",
        required=True,
        fixed=True,
        width=width,
        aliases=("person", "정보주체"),
    )


def fact(
    name: str,
    label: str,
    kind: Kind = Kind.TEXT,
    *,
    table: bool = False,
    width: int = 120,
    choices: tuple[Choice, ...] = (),
) -> Field:
    """Return an open field that the steps of a record write, never a form."""
    return Field(
        name,
        label,
        kind,
        computed=True,
        in_form=False,
        in_table=table,
        width=width,
        choices=choices,
    )


def told(
    name: str,
    label: str,
    slot: int,
    kind: Kind = Kind.TEXT,
    audience: Audience = Audience.OFFICE,
) -> Field:
    """Return a sealed field that the steps of a record write: the office's, or about a person."""
    return Field(
        name,
        label,
        kind,
        audience,
        slot=slot,
        computed=True,
        in_form=False,
        in_table=False,
    )


def contact(slot: int, text: str, *aliases: str) -> Field:
    """Return the field of whom to turn to at a partner, sealed."""
    return Field(
        "contact",
        N_("Contact"),
        audience=Audience.OFFICE,
        slot=slot,
        in_table=False,
        aliases=aliases,
        help=text,
    )


def choices_of(
    labels: Mapping[E, str], aliases: Mapping[E, tuple[str, ...]] | None = None
) -> tuple[Choice, ...]:
    """Return the choices that the members of an enumeration are, with what else lists call them."""
    also = aliases or {}
    return tuple(
        Choice(str(one.value), label, aliases=also.get(one, ())) for one, label in labels.items()
    )


def states_of(labels: Mapping[E, str], tones: Mapping[str, str]) -> tuple[State, ...]:
    """Return the states of a record's way, each with its tone, and being void."""
    ways = (State(str(one.value), label, tones[one.value]) for one, label in labels.items())
    return (*ways, VOID)


def count_fault(value: object) -> str | None:
    """Say what is wrong with a number of people or hours; not less than one, nor absurd."""
    fits = isinstance(value, int) and 1 <= value <= MOST
    return None if fits else N_("it must lie between 1 and 100,000,000; leave it out if unknown.")
