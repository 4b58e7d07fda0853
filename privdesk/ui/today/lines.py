"""What the parts of the page show, in words already. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class TaskLine:
    """A task: chip, sentence, what else is known of it, who has it, the button.

    ``note`` tells of a decision in force and stands before ``detail``; ``do`` is the tip of
    the button, ``law`` that of the clause.
    """

    key: str
    chip: str
    tone: str
    what: str
    detail: str
    clause: str
    who: str
    label: str
    do: str = ""
    note: str = ""
    note_tone: str = ""
    law: str = ""

    def spoken(self) -> str:
        """Return what a screen reader says of it."""
        return ". ".join(part for part in (self.chip, self.what, self.note) if part)


@dataclass(frozen=True)
class SectionLines:
    """A section of the page; ``folded`` shows its heading only until it is opened."""

    name: str
    heading: str
    tone: str
    lines: Sequence[TaskLine]
    folded: bool = False


@dataclass(frozen=True)
class DayCell:
    """One day of the fortnight: ``due`` stands in it, ``tip`` tells more."""

    day: date
    rest: bool
    due: int
    tip: str


@dataclass(frozen=True)
class FactLine:
    """A line of a card: icon, tone, what it says."""

    icon: str
    tone: str
    text: str
    detail: str = ""


@dataclass(frozen=True)
class StepLine:
    """A line of the set-up list."""

    key: str
    title: str
    why: str
    label: str
    done: bool


@dataclass(frozen=True)
class ClockLine:
    """A term that runs in hours."""

    text: str
    since: datetime
    ends: datetime
