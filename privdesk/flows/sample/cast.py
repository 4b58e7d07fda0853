"""The people of the invented office who can open its vault."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from privdesk.flows.sample.texts import office, words


@dataclass(frozen=True)
class SamplePerson:
    """Somebody who can open the vault of the invented office, and with what."""

    name: str
    role: str
    passphrase: str


def people(seed: int = 1) -> list[SamplePerson]:
    """Return who opens the vault: three officers, a manager, an auditor, an administrator.

    The first requests destructions, the second is the chief privacy officer and approves
    them, the third executes them.
    """
    rng = random.Random(f"people {seed}")  # noqa: S311  (an invented office keeps no secret)
    return [
        SamplePerson(one["name"], one["role"], passphrase(rng))
        for one in office()["people"]
        if "role" in one
    ]


def forgotten(seed: int) -> SamplePerson:
    """Return the manager who left and whose access nobody took away: a finding of rule 44."""
    one: Mapping[str, Any] = office()["forgotten"]
    rng = random.Random(f"forgotten {seed}")  # noqa: S311
    return SamplePerson(one["name"], one["role"], passphrase(rng))


def passphrase(rng: random.Random) -> str:
    """Return four words and a number."""
    return f"{' '.join(rng.sample(words(), 4))} {rng.randrange(10, 100)}"
