"""What a person's page shows and asks for. No Qt; everything is called on the database thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from privdesk.core.fields import Field
from privdesk.core.reasons import Reason
from privdesk.core.register import Outcome, Row

CONSENTS, HOLDINGS, REQUESTS, PROVISIONS, FREEZES, DESTRUCTIONS, PAPERS, LOOKS, CHANGES = (
    "consents",
    "holdings",
    "requests",
    "provisions",
    "freezes",
    "destructions",
    "papers",
    "looks",
    "changes",
)


@dataclass(frozen=True)
class Item:
    """An item kept of a person: what needs it, and where it lies."""

    name: str  # of the field
    purposes: tuple[str, ...]
    places: tuple[str, ...]
    frozen: bool = False  # disputed: not used until the result is there


@dataclass(frozen=True)
class Happening:
    """One line of a person's time; a day without a time of day has no ``at``."""

    day: date
    kind: str
    what: Reason
    tone: str = "plain"
    at: datetime | None = None
    who: str = ""
    detail: str = ""
    register: str = ""
    ref: str = ""


@dataclass(frozen=True)
class Kept:
    """A holding with what its bar needs; ``file`` and ``purpose`` are titles."""

    row: Row
    file: str
    purpose: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class Person:
    """Everything about one person, masked; ``fields`` in the language of the screen.

    ``certificate`` is the number of the certificate of a destroyed person, ``destruction``
    the reference of the destruction. ``proofs`` are the consents of which the proof is kept,
    ``proofs_until`` the last day of it. ``consents`` are the answers that stand as given,
    ``frozen`` is set where something of the person must not be used.
    """

    row: Row
    fields: tuple[Field, ...]
    items: tuple[Item, ...]
    happenings: tuple[Happening, ...]
    holdings: tuple[Kept, ...]
    certificate: str = ""
    destruction: str = ""
    destroyed_on: date | None = None
    proofs: int = 0
    proofs_until: date | None = None


@dataclass(frozen=True)
class ConsentThen:
    """The answer to a purpose that counted on a day; ``state`` is a message id."""

    ref: str
    purpose: str
    state: str
    tone: str
    since: date


class PersonCommands(Protocol):
    """What the page cannot ask of the register's own service."""

    def person(self, ref: str) -> Person:
        """Return everything about one person, masked; newest happenings first."""

    def consents(self, ref: str, day: date) -> Sequence[ConsentThen]:
        """Return where a person's consents stood at the end of a day."""

    def standing(self, ref: str) -> Sequence[str]:
        """Return the references of the consents that are in force today."""

    def plan(self, refs: Sequence[str]) -> Any:
        """Return what withdrawing some consents would do, as the dialog shows it."""

    def withdraw(self, refs: Sequence[str], values: Mapping[str, Any]) -> Outcome:
        """Withdraw consents as one procedure."""

    def receipts_out(self, path: Path, reason: str, ref: str) -> Outcome:
        """Write the consent receipts of a person."""
