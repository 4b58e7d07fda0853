"""People of one name told apart by as few characters of their data as will do.

What says nothing about anybody (where somebody is kept, how many holdings there are)
is always shown; the year of birth and last digits of the telephone only where people
would look alike without them. No caller can say how many holdings there are of her, so that
figure tells nobody apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

NOTHING, DIGITS, YEAR = (), ("digits",), ("year",)
LEVELS: tuple[tuple[str, ...], ...] = (NOTHING, DIGITS, YEAR, (*YEAR, *DIGITS))
"""What may be shown of a person, fewest characters first: two digits, four of a year, both."""


@dataclass(frozen=True)
class Traits:
    """A person as far as a line may tell: the name masked already.

    ``year`` is the year of birth, ``digits`` the last two of the telephone number; either
    may be empty. ``place`` is where the person is kept, ``holdings`` how many there are.
    """

    name: str
    year: str = ""
    digits: str = ""
    place: str = ""
    holdings: int = 0


@dataclass(frozen=True)
class Told:
    """What the line shows beside name, place and holdings; empty where it is not needed."""

    year: str = ""
    digits: str = ""


def told_apart(people: Sequence[Traits]) -> tuple[Told, ...]:
    """Return, for each person, the least that keeps all of the same masked name apart.

    One level for all of a name, so that one question to the caller decides. Where even
    both leave some alike, as few characters as tell most of them apart are shown; the
    reference beside them tells the rest.
    """
    named: dict[str, list[Traits]] = {}
    for one in people:
        named.setdefault(one.name, []).append(one)
    levels = {name: _least(alike) for name, alike in named.items()}
    return tuple(
        Told(
            one.year if "year" in levels[one.name] else "",
            one.digits if "digits" in levels[one.name] else "",
        )
        for one in people
    )


def _least(alike: Sequence[Traits]) -> tuple[str, ...]:
    """Return the first level that tells most of some people of one masked name apart."""
    return max(LEVELS, key=lambda level: (_different(alike, level), -LEVELS.index(level)))


def _different(alike: Sequence[Traits], level: Sequence[str]) -> int:
    return len({(one.place, *(str(getattr(one, trait)) for trait in level)) for one in alike})
