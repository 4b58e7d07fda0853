"""Who has sworn to keep personal data secret, and since when (clause S8.2③, rule 43).

Read straight from the tables, so that registers and flows may ask without knowing the pledges:
``sworn`` for a few people, ``standing`` for everybody at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from privdesk.registers.desk import Desk

FIRST = ("joining", "outside")
"""The kinds that have to be signed before the first access."""
LEAVING = "leaving"
TAKE_OVER = timedelta(days=30)
"""How long an office has for people whom it takes over when it begins (office choice)."""
SIGNED, MISSING, LATE, FREE = "signed", "missing", "late", "free"
_CHUNK = 900


def must_sign(duty: str | None) -> bool:
    """Whether a duty in privacy asks for a pledge: every one but none, or none yet."""
    return bool(duty) and duty not in ("none", "undecided")


def due_first(joined: date | None, since: date | None, signed: date | None = None) -> date | None:
    """Return by when the first pledge is to be signed (S8.2③, rule 43): the day of joining.

    ``since`` is the day on which somebody who joined before was taken over, or got a duty: then
    thirty days after it (office choice). What was ``signed`` before that is judged by joining.
    """
    taken = since is not None and (joined is None or since > joined)
    if not taken or since is None or (signed is not None and signed < since):
        return joined
    return since + TAKE_OVER


def in_time(signed: date, joined: date | None) -> bool:
    """Whether a pledge was signed on or before the day of joining (rule 43)."""
    return joined is None or signed <= joined


@dataclass(frozen=True)
class Oath:
    """Where one member of staff stands; days are None where there was nothing yet.

    ``first`` is the day of the first joining pledge, ``newest`` that of the last one of any
    kind but leaving, ``leaving`` that of the leaver's. ``drawn`` are the kinds of sheets that
    wait for a signature, each with the number of its pledge. ``kept`` says that a signed one
    has not been destroyed yet.
    """

    staff: int
    duty: str = ""
    department: str = ""
    joined: date | None = None
    left: date | None = None
    since: date | None = None
    first: date | None = None
    newest: date | None = None
    leaving: date | None = None
    kept: bool = False
    drawn: Mapping[str, int] = field(default_factory=dict, hash=False)

    @property
    def needs(self) -> bool:
        """Whether this person has to sign at all."""
        return must_sign(self.duty)

    @property
    def due(self) -> date | None:
        """The day by which the first pledge is, or was, to be signed."""
        return due_first(self.joined, self.since, self.first)

    def taken_over(self, on: date) -> bool:
        """Whether the office still has time on a day to have somebody taken over sign."""
        return self.due != self.joined and self.due is not None and on <= self.due

    def here(self, on: date) -> bool:
        """Whether the person works here on a day; first and last day count."""
        joined = self.joined is None or self.joined <= on
        return joined and (self.left is None or on <= self.left)

    def lacks_first(self, on: date) -> bool:
        """Whether somebody who works here on a day has not signed before it is over."""
        return self.needs and self.here(on) and self.first is None

    def lacks_leaving(self, on: date) -> bool:
        """Whether the last day is over, or is that day, without the leaver's pledge."""
        gone = self.left is not None and self.left <= on
        return self.needs and gone and self.leaving is None

    def word(self) -> str:
        """Return how the pledge on joining stands: one of the four words above."""
        if self.first is not None:
            return SIGNED if in_time(self.first, self.due) else LATE
        return MISSING if self.needs else FREE


def sworn(desk: Desk, staff: Sequence[int], on: date) -> dict[int, date]:
    """Return the day of the joining pledge in force on a day, by number of the staff register.

    Who has not signed, or only later, is left out.
    """
    found: dict[int, date] = {}
    for part in _parts(staff):
        marks = ", ".join("?" * len(part))
        sql = (
            "SELECT staff, min(signed_on) FROM pledges WHERE state IN ('signed', 'destroyed')"
            f" AND kind IN (?, ?) AND signed_on <= ? AND staff IN ({marks}) GROUP BY staff"
        )
        rows = desk.vault.raw.execute(sql, (*FIRST, on.isoformat(), *part)).fetchall()
        found.update((row[0], date.fromisoformat(row[1])) for row in rows)
    return found


def standing(desk: Desk, on: date, staff: Sequence[int] | None = None) -> list[Oath]:
    """Return where these people, or all who are not void, stand on a day."""
    if staff is None:
        whole = "state <> 'void'"
        return desk.once(f"sworn on {on}", lambda: _standing(desk, on, whole, ()), looks=True)
    found: list[Oath] = []
    for part in _parts(staff):
        found += _standing(desk, on, f"id IN ({', '.join('?' * len(part))})", tuple(part))
    return found


def _standing(desk: Desk, on: date, where: str, values: tuple[int, ...]) -> list[Oath]:
    raw = desk.vault.raw
    people = (
        'SELECT id, duty, department, joined, "left", counted_from FROM staff'
        f" WHERE {where} ORDER BY id"
    )
    of_them = f"staff IN (SELECT id FROM staff WHERE {where})"
    sql = (
        "SELECT staff, kind, min(signed_on), max(signed_on), max(state = 'signed') FROM pledges"
        " WHERE state IN ('signed', 'destroyed') AND signed_on <= ?"
        f" AND {of_them} GROUP BY staff, kind"
    )
    signed: dict[int, dict[str, tuple[date, date]]] = {}
    kept: set[int] = set()
    for who, kind, first, last, living in raw.execute(sql, (on.isoformat(), *values)):
        signed.setdefault(who, {})[kind] = (date.fromisoformat(first), date.fromisoformat(last))
        if living:
            kept.add(who)
    waiting: dict[int, dict[str, int]] = {}
    sql = f"SELECT staff, kind, id FROM pledges WHERE state IN ('open', 'printed') AND {of_them}"
    for who, kind, number in raw.execute(sql, values):
        waiting.setdefault(who, {})[kind] = number
    return [
        _oath(row, signed.get(row[0], {}), waiting.get(row[0], {}), kept=row[0] in kept)
        for row in raw.execute(people, values).fetchall()
    ]


def _oath(
    row: tuple[int, str | None, str | None, str | None, str | None, str | None],
    signed: Mapping[str, tuple[date, date]],
    drawn: Mapping[str, int],
    *,
    kept: bool,
) -> Oath:
    first = [days[0] for kind, days in signed.items() if kind in FIRST]
    newest = [days[1] for kind, days in signed.items() if kind != LEAVING]
    return Oath(
        staff=row[0],
        duty=row[1] or "",
        department=row[2] or "",
        joined=date.fromisoformat(row[3]) if row[3] else None,
        left=date.fromisoformat(row[4]) if row[4] else None,
        since=date.fromisoformat(row[5]) if row[5] else None,
        first=min(first, default=None),
        newest=max(newest, default=None),
        leaving=signed[LEAVING][1] if LEAVING in signed else None,
        kept=kept,
        drawn=drawn,
    )


def _parts(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), _CHUNK):
        yield numbers[start : start + _CHUNK]
