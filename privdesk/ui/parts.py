"""What the desk is put together from: groups of pages, commands, search hits, status."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


@dataclass(frozen=True)
class Entry:
    """A page of the rail, made when it is first shown.

    ``label`` is a message id. ``due`` counts what waits there; it runs on the
    database thread. The page may have any of: ``activated()`` when it comes into
    view, ``refresh()`` for F5, ``back() -> bool`` for Esc (True = done),
    ``open_ref(ref)`` to show a record, ``leave() -> bool`` (False keeps the page),
    ``help_topic`` for F1. With ``aside`` it stands in the rail only while it is open.
    """

    name: str
    label: str
    make: Callable[[], QWidget]
    due: Callable[[], int] | None = None
    aside: bool = False


@dataclass(frozen=True)
class Group:
    """A group of the rail: key, label (message id), icon, pages."""

    key: str
    label: str
    icon: str
    entries: Sequence[Entry]


@dataclass(frozen=True)
class Command:
    """Something that can be called by name in the search box; ``label`` is a message id."""

    label: str
    go: Callable[[], object]
    keys: str = ""
    icon: str = "go"


@dataclass(frozen=True)
class Found:
    """A hit of the search: what it is, what else to know, its reference, where it opens.

    ``go`` runs on the UI thread; without it the shell opens ``register`` at ``ref``.
    """

    title: str
    subtitle: str
    ref: str
    register: str
    go: Callable[[], object] | None = None
    icon: str = "user"


class Finder(Protocol):
    """The search behind Ctrl+K."""

    def find(self, text: str) -> list[Found]:
        """Return the best hits for a part of a name, a number, a reference; masked."""

    def settled(self, found: Sequence[Found]) -> None:
        """Enter a search that ended with the choice of somebody: whom it found."""


@dataclass(frozen=True)
class Officer:
    """Who sits at the desk; ``role`` is a message id."""

    name: str
    role: str


@dataclass(frozen=True)
class Status:
    """What the status bar tells; None = not known yet."""

    journal_entries: int | None = None
    journal_sound: bool = True
    backup_at: datetime | None = None
    backup_failed: bool = False  # the last one that was due could not be made
    backup_old_after: int = 7  # days
    custody_copies: int | None = None
    custody_waiting: bool = False  # a roll waits for a new custody copy
    custody_old: int = 0  # copies of a former epoch that nobody has destroyed yet
    today: date | None = None
    holiday: str = ""  # name of today's holiday or closure
    ahead: bool = False  # the journal's last entry lies ahead of this PC's clock
