"""Which findings a decision speaks of, and how findings become tasks.

No Qt, no database, no clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from privdesk.core.findings import Bucket, Finding, bucket
from privdesk.registers.findings.targets import Target, target

GIVEN, PUT_OFF, ASKED, EXCEPTED, ENDED = "given", "put-off", "asked", "excepted", "ended"
# Values that tell findings of one rule and register apart, the same in both languages.
_IDENTIFYING = ("file_ref", "purpose_ref", "account", "clause", "number", "step")


@dataclass(frozen=True)
class Mark:
    """A decision as the rules need it; see ``model.FindingMark``."""

    id: int
    key: str
    state: str
    since: date | None
    through: date | None
    count: int
    until: date | None
    person: int
    reason: str = ""

    def speaks_of(self, one: Finding, key: str) -> bool:
        """Whether a finding of this key falls under the decision."""
        if self.key != key:
            return False
        if self.since is None or self.through is None or one.due is None:
            return True
        return self.since <= one.due <= self.through


@dataclass(frozen=True)
class Task:
    """A finding on the page *Today*, or several of one file and purpose that are overdue.

    ``key`` names it for the service. ``given`` is the person of the vault who has it;
    ``put_off``, ``asked`` and ``excepted`` are decisions in force.
    """

    key: str
    finding: Finding
    bucket: Bucket
    target: Target
    since: date | None = None
    through: date | None = None
    given: Mark | None = None
    put_off: Mark | None = None
    asked: Mark | None = None
    excepted: Mark | None = None


def key_of(one: Finding) -> str:
    """Return what a finding is known by from day to day, also when it becomes overdue."""
    told = one.what if one.due is None else ""
    return "|".join((one.rule, one.register, one.ref, _identity(one), told))


def ranged(one: Finding) -> bool:
    """Whether findings of this key differ by their due day alone."""
    return one.due is not None and not one.ref and (_merges(one) or not _identity(one))


def tasks(found: Iterable[Finding], marks: Sequence[Mark], today: date) -> list[Task]:
    """Return the findings as tasks, each with the decisions in force on ``today``.

    Overdue findings of one file and purpose become one task: a list taken over from ten
    years is not two thousand tasks. A decision lapses where more people come under it
    than there were when it was made.
    """
    living = [mark for mark in marks if _in_force(mark, today)]
    by_key: dict[str, list[Mark]] = {}
    for mark in living:
        by_key.setdefault(mark.key, []).append(mark)
    groups: dict[tuple[str, tuple[int, ...]], list[Finding]] = {}
    for number, one in enumerate(found):
        key = key_of(one)
        under = tuple(m.id for m in by_key.get(key, ()) if m.speaks_of(one, key))
        apart = "" if _merges(one) and _late(one, today) else f"#{number}"
        groups.setdefault((key + apart, under), []).append(one)
    known = {mark.id: mark for mark in living}
    return [
        _task(group, [known[number] for number in under], today)
        for (_key, under), group in groups.items()
    ]


def _task(group: Sequence[Finding], under: Sequence[Mark], today: date) -> Task:
    one, key = _merged(group), key_of(group[0])
    since = through = None
    if ranged(one):
        days = [f.due for f in group if f.due is not None]
        since, through = min(days), max(days)
    valid = {m.state: m for m in under if m.state == GIVEN or one.count <= m.count}
    put_off = valid.get(PUT_OFF)
    return Task(
        key=f"{key}|{since or ''}|{through or ''}",
        finding=worded(one),
        bucket=bucket(one, today, put_off.until if put_off else None),
        target=target(one),
        since=since,
        through=through,
        given=valid.get(GIVEN),
        put_off=put_off,
        asked=valid.get(ASKED),
        excepted=valid.get(EXCEPTED),
    )


def _merged(group: Sequence[Finding]) -> Finding:
    """Return one finding for all: the oldest day, the sum of the people, all their due days."""
    if len(group) == 1:
        return group[0]
    oldest = min(group, key=lambda one: one.due or date.max)
    count = sum(one.count for one in group)
    values = {**oldest.values, "n": count}
    days = [day for one in group for day in _due_days(one)]
    if days:
        values |= {"first": min(days), "last": max(days)}
    return replace(oldest, count=count, values=values)


def _due_days(one: Finding) -> list[date]:
    return [day for name in ("first", "last") if isinstance(day := one.values.get(name), date)]


def worded(one: Finding) -> Finding:
    """Return the finding in the singular where it speaks of one person and has such words."""
    alone = one.values.get("of_one") if one.count == 1 else None
    return replace(one, what=alone) if isinstance(alone, str) else one


def _merges(one: Finding) -> bool:
    return one.register == "holdings" and not one.ref


def _late(one: Finding, today: date) -> bool:
    return one.due is not None and one.due < today


def _identity(one: Finding) -> str:
    return ",".join(f"{name}={one.values[name]}" for name in _IDENTIFYING if name in one.values)


def _in_force(mark: Mark, today: date) -> bool:
    if mark.state in (PUT_OFF, EXCEPTED):
        return mark.until is not None and mark.until > today
    return mark.state in (GIVEN, ASKED)
