"""Who has been trained, on what and when (clause S8.2②, rule 42).

Read straight from the tables, so that registers and flows may ask without knowing the training:
``trained`` for a few people, ``standing`` for everybody at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from privdesk.core.fields import Choice
from privdesk.core.i18n import N_
from privdesk.core.periods import add, months
from privdesk.core.rulebook import rule_number

if TYPE_CHECKING:
    from privdesk.registers.desk import Desk

SECURITY, DUTY = "security", "duty"
TOPICS = (SECURITY, DUTY)
TOPIC_CHOICES = (
    Choice(SECURITY, N_("Security technology")),
    Choice(DUTY, N_("Duty to protect personal data")),
)
"""Security technology, and the duty to protect personal data: clause S8.2② names both."""
DONE = "done"
"""The state of an attendance that counts: was there, and passed the test if there was one."""
CURRENT, ENDING, OVER, FREE = "current", "ending", "over", "free"
"""How somebody stands, in one word; ``ENDING``: to be trained within thirty days."""
AHEAD = timedelta(days=30)
_CHUNK = 900


def must_train(duty: str | None) -> bool:
    """Whether a duty in privacy asks for training: every one but none, or none yet."""
    return bool(duty) and duty not in ("none", "undecided")


@dataclass(frozen=True)
class Learner:
    """Where one member of staff stands; ``days`` is the newest day of each topic."""

    staff: int
    duty: str = ""
    department: str = ""
    joined: date | None = None
    left: date | None = None
    since: date | None = None
    days: Mapping[str, date] = field(default_factory=dict, hash=False)

    @property
    def needs(self) -> bool:
        """Whether this person has to be trained at all."""
        return must_train(self.duty)

    def here(self, on: date) -> bool:
        """Whether the person works here on a day; first and last day count."""
        joined = self.joined is None or self.joined <= on
        return joined and (self.left is None or on <= self.left)

    def lapses(self, on: date) -> date | None:
        """Return the last day on which the training is current, as the law stands on a day.

        Twelve months after the older of the two topics (rule 42); for a newcomer who lacks
        one, so many days after joining, or after ``since``, the day on which somebody was taken
        over or got a duty; None where neither day is known: it is over.
        """
        security, duty = self.days.get(SECURITY), self.days.get(DUTY)
        if security and duty:
            return _after(min(security, duty), rule_number("training.months", on))
        begun = max((day for day in (self.joined, self.since) if day is not None), default=None)
        if begun is None:
            return None
        return begun + timedelta(days=rule_number("training.first_days", on))

    def current(self, on: date) -> bool:
        """Whether both topics were trained, and not longer ago than the rule allows."""
        until = self.lapses(on)
        complete = all(topic in self.days for topic in TOPICS)
        return complete and until is not None and on <= until

    def word(self, on: date) -> str:
        """Return how the training stands on a day: one of the four words above.

        A newcomer who is not trained yet counts as ``ENDING`` up to the day of ``lapses``.
        """
        if not self.needs:
            return FREE
        until = self.lapses(on)
        if until is None or until < on:
            return OVER
        return CURRENT if until > on + AHEAD and self.current(on) else ENDING


@lru_cache(maxsize=1024)
def _after(day: date, number: int) -> date:
    """Return a day so many months later; thousands were trained on the same days."""
    return add(day, months(number))


def trained(desk: Desk, staff: Sequence[int], on: date) -> dict[int, dict[str, date]]:
    """Return the newest day of each topic up to a day, by number of the staff register.

    Who was never trained is left out.
    """
    found: dict[int, dict[str, date]] = {}
    for part in _parts(staff):
        marks = ", ".join("?" * len(part))
        found |= _days(desk, on, f" AND staff IN ({marks})", tuple(part))
    return found


def standing(desk: Desk, on: date, staff: Sequence[int] | None = None) -> list[Learner]:
    """Return where these people, or all who are not void, stand on a day."""
    if staff is None:
        return desk.once(
            f"trained on {on}",
            lambda: _standing(desk, "state <> 'void'", (), _days(desk, on, "", ())),
            looks=True,
        )
    days = trained(desk, staff, on)
    found: list[Learner] = []
    for part in _parts(staff):
        found += _standing(desk, f"id IN ({', '.join('?' * len(part))})", tuple(part), days)
    return found


def _standing(
    desk: Desk, where: str, values: tuple[int, ...], days: Mapping[int, Mapping[str, date]]
) -> list[Learner]:
    sql = (
        'SELECT id, duty, department, joined, "left", counted_from FROM staff'
        f" WHERE {where} ORDER BY id"
    )
    return [
        Learner(
            staff=row[0],
            duty=row[1] or "",
            department=row[2] or "",
            joined=date.fromisoformat(row[3]) if row[3] else None,
            left=date.fromisoformat(row[4]) if row[4] else None,
            since=date.fromisoformat(row[5]) if row[5] else None,
            days=days.get(row[0], {}),
        )
        for row in desk.vault.raw.execute(sql, values).fetchall()
    ]


def _days(desk: Desk, on: date, where: str, values: tuple[int, ...]) -> dict[int, dict[str, date]]:
    sql = (
        'SELECT staff, topics, max("on") FROM attendances'
        f' WHERE state = ? AND "on" <= ?{where} GROUP BY staff, topics'
    )
    found: dict[int, dict[str, date]] = {}
    read, said = cache(date.fromisoformat), cache(json.loads)  # the same ones come in thousands
    for who, topics, last in desk.vault.raw.execute(sql, (DONE, on.isoformat(), *values)):
        known, day = found.setdefault(who, {}), read(last)
        for topic in said(topics or "[]"):
            known[topic] = max(day, known.get(topic, day))
    return found


def _parts(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), _CHUNK):
        yield numbers[start : start + _CHUNK]
