"""What a procedure would do, as plain values: made without Qt, shown by the plan's dialog."""

from __future__ import annotations

from dataclasses import dataclass

from privdesk.core.fields import Field


@dataclass(frozen=True)
class PlanLine:
    """One thing that would happen: what, its mark (a word and its tone), and more in small."""

    text: str
    mark: str = ""
    tone: str = "plain"
    detail: str = ""


@dataclass(frozen=True)
class PlanPart:
    """Some lines under a heading."""

    title: str
    lines: tuple[PlanLine, ...]


@dataclass(frozen=True)
class ShownPlan:
    """What a procedure would do, and the words of the button that does it.

    ``possible`` is False where there is nothing to do; ``about`` says to whom. ``choices``
    names what the procedure is for, by reference: with several, each can be left out.
    ``asks`` are questions that this plan alone raises.
    """

    title: str
    about: str
    parts: tuple[PlanPart, ...]
    button: str
    possible: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    asks: tuple[Field, ...] = ()
