"""Who joined, moved and left between the staff and the personnel list. No Qt, no database."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.hangul import name_key
from privdesk.core.i18n import N_
from privdesk.core.periods import add, months
from privdesk.registers.pieces import FIRST_DAY

REGISTER = "rosters"
_A_DAY = r"(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})"
_DAY_BEHIND = re.compile(rf"(?:기준\s*일자?|as of)[^\d]{{0,12}}{_A_DAY}", re.IGNORECASE)
_DAY_BEFORE = re.compile(rf"{_A_DAY}\s*\.?\s*일?\s*(?:자\s*)?(?:현재|기준)")
COMPARED = ("name", "department", "position")


class NoNamesError(DomainError):
    """The list {file} has no column of names and staff numbers that is recognised. Nothing was
    changed; name the columns “Full name” and “Staff number”.
    """


class SameNumberError(DomainError):
    """The staff number {number} stands twice in the list. Nothing was changed; correct the list."""


class SameNameError(DomainError):
    """{name} stands twice in the list without a staff number, so nobody can tell the two apart.
    Nothing was changed; add the staff numbers to the list.
    """


class StaleError(DomainError):
    """Since {ref} was compared the staff has changed: {who}. Nothing was changed; compare the list
    again, and take that comparison over.
    """


class ListDayError(DomainError):
    """A personnel list is of a day from {first} until today, not of {day}: none is older than the
    last one taken over. Nothing was changed; check the day of the list.
    """


class NoSuchLineError(DomainError):
    """{ref} has no line “{line}”; its lines are 1 to {last}. Nothing was changed; name lines as
    the comparison numbers them.
    """


class TooManyGoneError(DomainError):
    """{gone} of {here} people would leave, more than half; this is hardly the whole list. Nothing
    was changed; compare with the complete personnel list.
    """


@dataclass(frozen=True)
class Member:
    """A member of staff, or a line of the list."""

    name: str
    staff_no: str = ""
    department: str = ""
    position: str = ""
    joined: date | None = None
    left: date | None = None
    ref: str = ""

    @property
    def key(self) -> str:
        """Return what makes two lines the same person: the staff number, else the name."""
        return name_key(self.staff_no) or name_key(self.name)


@dataclass(frozen=True)
class Move:
    """Somebody whose department or position is another now.

    ``number`` is the staff number where the list has another name under it: that is a new name
    of the same person, or another person.
    """

    ref: str
    name: str
    before: str
    after: str
    values: Mapping[str, str]
    number: str = ""


@dataclass(frozen=True)
class Difference:
    """What a list changes: who is new, who has other work, who is gone and since when."""

    joined: tuple[Member, ...]
    moved: tuple[Move, ...]
    gone: tuple[tuple[Member, date], ...]

    def only(self, lines: Collection[int]) -> Difference:
        """Return some lines of it; they count through who joined, moved and is gone, from 1."""
        moved, gone = len(self.joined), len(self.joined) + len(self.moved)
        return Difference(
            tuple(one for n, one in enumerate(self.joined, 1) if n in lines),
            tuple(one for n, one in enumerate(self.moved, moved + 1) if n in lines),
            tuple(one for n, one in enumerate(self.gone, gone + 1) if n in lines),
        )

    def doubtful(self) -> frozenset[int]:
        """Return the lines under whose staff number the list has another name."""
        first = len(self.joined) + 1
        return frozenset(n for n, one in enumerate(self.moved, first) if one.number)

    def __len__(self) -> int:
        """Return how many lines it has."""
        return len(self.joined) + len(self.moved) + len(self.gone)


def lines_of(told: str, found: Difference, ref: str) -> frozenset[int]:
    """Return the lines that a text names, “1, 3-5”; all of them where it names none.

    Raises:
        NoSuchLineError: one is no line of this comparison.
    """
    wanted: set[int] = set()
    for part in filter(None, re.split(r"[,\s]+", told)):
        span = re.fullmatch(r"(\d{1,6})(?:[-~](\d{1,6}))?", part)
        first, last = (int(span[1]), int(span[2] or span[1])) if span else (0, 0)
        if not 1 <= first <= last <= len(found):
            raise NoSuchLineError(ref=ref, line=part, last=len(found))
        wanted.update(range(first, last + 1))
    return frozenset(wanted or range(1, len(found) + 1))


def check_day(as_of: date, taken: date | None, today: date) -> None:
    """Refuse a list of a day to come, or of one before the newest list taken over."""
    first = taken or FIRST_DAY
    if not first <= as_of <= today:
        raise ListDayError(day=as_of, first=first)


def compare(
    here: Sequence[Member],
    listed: Sequence[Member],
    as_of: date,
    unclear: Collection[str] = (),
) -> Difference:
    """Return the difference between the staff who have not left and a complete list of a day.

    Known again by the staff number, where one has none by the name. Who is no longer listed
    has left on the day of the list, where the list itself gives no day; a last day still to
    come is told too. ``unclear`` are the keys of lines that could not be read: whoever stands
    on one is there.
    """
    by_key = _by_key(listed)
    by_name = {name_key(one.name): one for one in here if not one.staff_no}
    known: dict[str, Member] = {}
    for one in here:
        known[one.key] = one
    joined, moved, seen = [], [], set()
    gone: list[tuple[Member, date]] = []
    for key, line in by_key.items():
        member = known.get(key) or by_name.get(name_key(line.name))
        if member is None:
            if line.left is None or line.left >= as_of:
                joined.append(line)
            continue
        seen.add(member.ref)
        if line.left is not None and line.left != member.left:
            gone.append((member, line.left))
            continue
        move = _moved(member, line)
        if move is not None:
            moved.append(move)
    gone += [
        (one, as_of)
        for one in here
        if one.ref not in seen
        and (one.joined is None or one.joined <= as_of)
        and (one.left is None or one.left > as_of)
        and not {one.key, name_key(one.name)} & set(unclear)
    ]
    if len(here) > 4 and len(gone) * 2 > len(here):
        raise TooManyGoneError(gone=len(gone), here=len(here))
    return Difference(tuple(joined), tuple(moved), tuple(gone))


def day_told(above: Sequence[str]) -> date | None:
    """Return the day that the titles of a list say it is of: “기준일: 2026년 11월 30일”.

    Told as such or as “2026-11-30 현재”; the day on which it was printed says nothing.
    """
    text = " ".join(above)
    for form in (_DAY_BEHIND, _DAY_BEFORE):
        found = form.search(text)
        if found:
            try:
                return date(*(int(part) for part in found.groups()))
            except ValueError:
                return None
    return None


def _by_key(listed: Iterable[Member]) -> dict[str, Member]:
    found: dict[str, Member] = {}
    for line in listed:
        if line.key in found and line.staff_no:
            raise SameNumberError(number=line.staff_no)
        if line.key in found:
            raise SameNameError(name=line.name)
        found[line.key] = line
    return found


def _moved(member: Member, line: Member) -> Move | None:
    """Return what is another now; a column that the list does not fill says nothing."""
    values = {
        name: getattr(line, name)
        for name in COMPARED
        if getattr(line, name) and _differ(getattr(line, name), getattr(member, name))
    }
    if not values:
        return None
    told = _told(values)
    after = " ".join(filter(None, (getattr(line, n) or getattr(member, n) for n in told)))
    number = member.staff_no if "name" in values else ""
    return Move(member.ref, member.name, _before(member, values), after, values, number)


def _told(values: Mapping[str, str]) -> list[str]:
    return [name for name in COMPARED if name != "name" or name in values]


def _before(member: Member, values: Mapping[str, str]) -> str:
    """Return how somebody stands, in what a move tells of."""
    return " ".join(filter(None, (getattr(member, name) for name in _told(values)))) or "–"


def _differ(one: str, other: str) -> bool:
    return name_key(one) != name_key(other)


def stale(found: Difference, here: Sequence[Member]) -> list[str]:
    """Return of whom a comparison says what is no longer so, as the staff stands now."""
    now = {one.ref: one for one in here}
    keys = {one.key for one in here}
    told = [one.name for one in found.joined if one.key in keys]
    for move in found.moved:
        one = now.get(move.ref)
        if one is None or _before(one, move.values) != move.before:
            told.append(move.name)
    for one, day in found.gone:
        there = now.get(one.ref)
        if there is None or there.left not in (day, one.left):
            told.append(one.name)
    return told


def judge(last: date | None, today: date) -> tuple[Finding, ...]:
    """Return that the monthly comparison is due; nothing before the first one."""
    due = None if last is None else add(last, months(1))
    if due is None or today < due:
        return ()
    return (
        finding(
            "S8.2①",
            REGISTER,
            "",
            what=N_("The staff was last compared with the personnel list on {day}."),
            do=N_("Get this month’s list from personnel and compare it."),
            severity=Severity.WARNING,
            due=due,
            values={"day": last},
        ),
    )
