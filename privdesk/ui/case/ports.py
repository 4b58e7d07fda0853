"""What the case at hand asks for, and what it is told. No Qt.

Every call runs on the database thread and raises DomainError only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from privdesk.core.fields import Choice


@dataclass(frozen=True)
class Waiting:
    """Something open in a case: in words, and where it is dealt with."""

    text: str
    register: str
    ref: str


@dataclass(frozen=True)
class CaseFacts:
    """A request as the bar shows it; labels are message ids.

    ``person`` is the reference of the data subject, ``name`` the masked name; both are
    empty as long as nobody knows who called. ``open`` is whether it still waits.
    """

    ref: str
    kind: str
    channel: str
    state: str
    tone: str
    due: date | None
    person: str = ""
    name: str = ""
    identified: bool = False
    open: bool = True
    waits: tuple[Waiting, ...] = ()


@dataclass(frozen=True)
class NewCase:
    """What a call begins with; ``caller`` and ``call_back`` are sealed at once."""

    kind: str
    channel: str
    by: str
    person: str = ""
    caller: str = ""
    call_back: str = ""
    asked: str = ""
    items: tuple[str, ...] = ()  # references


@dataclass(frozen=True)
class CaseOffer:
    """What a new case can be: kinds, channels, by whom; and the ways to check identity.

    ``items`` are what a caller is asked for first, by the names of their fields, ``others``
    whatever else is on file; ``concerned`` the items a request can be about, by reference.
    """

    kinds: Sequence[Choice]
    channels: Sequence[Choice]
    askers: Sequence[Choice]
    methods: Sequence[Choice]
    items: Sequence[Choice] = ()
    others: Sequence[Choice] = ()
    concerned: Sequence[Choice] = ()


class Cases(Protocol):
    """The requests, as far as the case at hand needs them."""

    def offer(self) -> CaseOffer:
        """Return the choices."""

    def begin(self, case: NewCase) -> CaseFacts:
        """Enter the request at once and return it."""

    def look(self, ref: str) -> CaseFacts:
        """Return a request as it is now."""

    def compare(self, ref: str, said: Mapping[str, str]) -> Mapping[str, str]:
        """Return, by item, ``match``, ``differs`` or ``nothing`` for what a caller says."""

    def identify(self, ref: str, method: str, said: Mapping[str, str], note: str = "") -> CaseFacts:
        """Record that identity was checked, how and what; what was said is compared first."""

    def connect(self, ref: str, person: str) -> CaseFacts:
        """Record which person a caller is."""

    def title(self, person: str) -> str:
        """Return a person's masked name."""
