"""Invented people, in any number: names, numbers that nobody has, addresses of nowhere."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from privdesk.flows.sample.texts import names

_COMMON = 0.8  # the share of people with one of the common family names
_PHONES, _STEP = 10_000_000, 7_368_787  # the step has no factor in common with the phones


@dataclass(frozen=True, slots=True)
class Someone:
    """An invented person; her number tells her apart from all the others."""

    number: int
    name: str
    phone: str
    email: str


class Folk:
    """Makes people one after the other; the same seed makes the same people."""

    def __init__(self, seed: int) -> None:
        told = names()
        self.rng = random.Random(f"folk {seed}")  # noqa: S311  (invented people)
        self._families: Sequence[str] = told["families"]
        self._romanised: Sequence[str] = told["romanised"]
        self._common: int = told["common"]
        self._given: Sequence[str] = told["given"]
        self._domains: Sequence[str] = told["domains"]
        self._cities: Sequence[str] = told["cities"]
        self._roads: Sequence[str] = told["roads"]
        self._start = self.rng.randrange(_PHONES)
        self.count = 0

    def someone(self) -> Someone:
        """Return the next person."""
        self.count += 1
        n, draw = self.count, self.rng.random
        known = self._common if draw() < _COMMON else len(self._families)
        family = int(draw() * known)
        given = self._given[int(draw() * len(self._given))]
        domain = self._domains[n % len(self._domains)]
        return Someone(
            number=n,
            name=self._families[family] + given,
            phone=self._phone(n),
            email=f"{self._romanised[family]}{n}@{domain}",
        )

    def address(self) -> str:
        """Return an address in a town that is on no map."""
        rng = self.rng
        place = f"{rng.choice(self._cities)} {rng.choice(self._roads)} {rng.randrange(1, 140)}"
        house, flat = rng.randrange(101, 118), rng.randrange(1, 25) * 100 + rng.randrange(1, 5)
        return f"{place}, {house}동 {flat}호"

    def _phone(self, n: int) -> str:
        """Return a number in the ranges 010-0xxx, which nobody is given."""
        digits = (self._start + n * _STEP) % _PHONES
        return f"010-0{digits // 10_000:03d}-{digits % 10_000:04d}"
