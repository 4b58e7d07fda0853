"""What a collection point may collect, of whom, and how it asks. No Qt, no database, no clock.

Rules 1, 2, 4, 5 and 9, clauses S1.1 and S1.2.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from privdesk.core.categories import Separate
from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.i18n import N_
from privdesk.core.reasons import name
from privdesk.core.rulebook import rule_number
from privdesk.registers.channels import CHANNELS
from privdesk.registers.consenting import BOX_LABELS, Box, harder_routes, missing_boxes

REGISTER = "collection-points"


class ItemNotNamedError(DomainError):
    """“{purpose}” does not name “{item}”, so it may not be collected for it (PIPA 3(1), 16(1)).
    Nothing was changed; leave it out, or add it to the purpose first.
    """


class OptionalItemError(DomainError):
    """“{item}” is optional for “{purpose}”, so nobody may be required to give it (PIPA 16(3)).
    Nothing was changed; list it among the optional items.
    """


class NoItemError(DomainError):
    """Nothing is collected for “{purpose}” yet. Nothing was changed; name at least one item."""


class BothWaysError(DomainError):
    """“{item}” cannot be both required and optional. Nothing was changed; take it out of one of
    the two.
    """


@dataclass(frozen=True)
class Named:
    """What a purpose names: its required items and its optional ones, by what they are called."""

    purpose: str
    required: Collection[str]
    optional: Collection[str]


def require_named(of: Named, required: Sequence[str], optional: Sequence[str]) -> None:
    """Refuse to collect what the purpose does not name, or to demand what it leaves free (S1.1)."""
    if not required and not optional:
        raise NoItemError(purpose=of.purpose)
    for item in (*required, *optional):
        if item not in of.required and item not in of.optional:
            raise ItemNotNamedError(item=item, purpose=of.purpose)
    for item in required:
        if item in optional:
            raise BothWaysError(item=item)
        if item not in of.required:
            raise OptionalItemError(item=item, purpose=of.purpose)


class Gate(Enum):
    """What the age of somebody at a point calls for."""

    OPEN = "open"
    WARN = "warn"  # the policy's own gate: 14 or below (rule 2)
    GUARDIAN = "guardian"  # the law: under 14 (rule 1)


def gate(age: int, on: date) -> Gate:
    """Return what an age, in completed years, calls for on a day."""
    if age < rule_number("child.age", on):
        return Gate.GUARDIAN
    return Gate.WARN if age <= rule_number("child.gate_age", on) else Gate.OPEN


@dataclass(frozen=True)
class Line:
    """What a point collects for one purpose.

    ``unnamed`` items the purpose does not name (any more), ``unlisted`` ones the privacy
    policy does not name. ``needed`` are the boxes that the form needs for it, none where
    the purpose rests on no consent; ``boxes`` are those whose wording is in force.
    """

    purpose: str
    in_use: bool = True
    unnamed: Sequence[str] = ()
    unlisted: Sequence[str] = ()
    needed: frozenset[Separate] = frozenset()
    boxes: Sequence[Box] = ()


@dataclass(frozen=True)
class PointFacts:
    """What the rules need of a collection point; ``min_age`` is in completed years."""

    ref: str
    name: str
    channel: str = ""
    rights: Sequence[str] = ()
    children: bool = False
    age_asked: bool = True
    min_age: int | None = None
    lines: Sequence[Line] = ()


def youngest(point: PointFacts, on: date) -> int:
    """Return the youngest age that a point takes: of anybody where the age is not asked."""
    if not point.age_asked:
        return 0
    own = rule_number("child.gate_age", on) + 1
    return own if point.min_age is None else point.min_age


def judge(point: PointFacts, today: date) -> tuple[Finding, ...]:
    """Return every finding on a point that collects on ``today``."""
    return (
        *_age(point, today),
        *_routes(point),
        *_nothing(point),
        *(one for line in point.lines for one in _line(point, line)),
    )


def _say(
    point: PointFacts,
    rule: str,
    what: str,
    do: str,
    severity: Severity = Severity.BREACH,
    **values: object,
) -> Finding:
    return finding(
        rule,
        REGISTER,
        point.ref,
        what=what,
        do=do,
        severity=severity,
        values={"point": point.name, **values},
    )


def _age(point: PointFacts, today: date) -> Iterator[Finding]:
    age = youngest(point, today)
    if point.children and not point.age_asked:
        yield _say(
            point,
            "1",
            N_("“{point}” takes children but does not ask for the age."),
            N_("Ask for the date of birth, so that the guardian of each child can consent."),
        )
    elif not point.children and point.age_asked and gate(age, today) is Gate.GUARDIAN:
        yield _say(
            point,
            "1",
            N_("“{point}” takes people aged {age} but expects no children."),
            N_("Ask the guardian’s consent there, or raise the youngest age taken to {least}."),
            age=age,
            least=rule_number("child.age", today),
        )
    elif gate(age, today) is not Gate.OPEN or point.children:
        yield _say(
            point,
            "2",
            N_("“{point}” lets people aged {gate} or below pass, which the policy refrains from.")
            if point.age_asked
            else N_(
                "“{point}” does not ask for the age; the policy refrains from {gate} or below."
            ),
            N_("Ask for the age and turn them away, or say in the policy that they are taken."),
            Severity.WARNING,
            gate=rule_number("child.gate_age", today),
        )


_CHANNEL = {choice.key: choice.label for choice in CHANNELS}


def _routes(point: PointFacts) -> Iterator[Finding]:
    for channel in sorted(harder_routes({point.channel} - {""}, point.rights)):
        yield _say(
            point,
            "9",
            N_("“{point}” collects by a way that takes no request or withdrawal: {channel}."),
            N_("Let people ask and withdraw by that way too, and enter it at “{point}”."),
            channel=name(_CHANNEL.get(channel, channel)),
        )


def _nothing(point: PointFacts) -> Iterator[Finding]:
    if not point.lines:
        yield _say(
            point,
            "S1.1",
            N_("For “{point}” nobody has said what it collects for which purpose."),
            N_("Enter its purposes and items, or close “{point}”."),
            Severity.WARNING,
        )


def _line(point: PointFacts, line: Line) -> Iterator[Finding]:
    if not line.in_use:
        yield _say(
            point,
            "S1.1",
            N_("“{point}” collects for “{purpose}”, which is not in use."),
            N_("Stop collecting for it, or complete or take up the purpose again."),
            purpose=line.purpose,
        )
        return
    for item in line.unnamed:
        yield _say(
            point,
            "S1.1",
            N_("“{point}” collects “{item}”, which “{purpose}” does not name."),
            N_("Stop asking for “{item}” there, or add it to the purpose."),
            purpose=line.purpose,
            item=item,
        )
    for item in line.unlisted:
        yield _say(
            point,
            "S1.2",
            N_("“{point}” collects “{item}”, which the privacy policy does not name."),
            N_("Name “{item}” in the next version of the policy, or stop collecting it."),
            Severity.WARNING,
            item=item,
        )
    yield from _untold(point, line)


def _untold(point: PointFacts, line: Line) -> Iterator[Finding]:
    missing = missing_boxes(line.boxes, line.needed)
    if missing and missing == line.needed:
        yield _say(
            point,
            "4",
            N_("“{point}” asks consent to “{purpose}”, but no wording of it is in force."),
            N_("Write the wording and put it in force; ask nobody before."),
            purpose=line.purpose,
        )
        return
    for box in sorted(missing, key=lambda one: one.value):
        yield _say(
            point,
            "5",
            N_("“{point}” has no box of its own for “{purpose}”: {box}."),
            N_("Write a wording for this box and put it in force."),
            purpose=line.purpose,
            box=name(BOX_LABELS[box]),
        )
