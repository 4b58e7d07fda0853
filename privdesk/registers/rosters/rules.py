"""Who joined, moved and left between the staff and the personnel list. No Qt, no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.hangul import name_key
from privdesk.core.i18n import N_
from privdesk.core.periods import add, months

REGISTER = "rosters"
COMPARED = ("department", "position")


class NoNamesError(DomainError):
    """The list {file} has no column of names and staff numbers that is recognised. Nothing was
    changed; name the columns “Full name” and “Staff number”.
    """


class SameNumberError(DomainError):
    """The staff number {number} stands twice in the list. Nothing was changed; correct the list."""


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
    """Somebody whose department or position is another now."""

    ref: str
    name: str
    before: str
    after: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class Difference:
    """What a list changes: who is new, who has other work, who is gone and since when."""

    joined: tuple[Member, ...]
    moved: tuple[Move, ...]
    gone: tuple[tuple[Member, date], ...]


def compare(here: Sequence[Member], listed: Sequence[Member], as_of: date) -> Difference:
    """Return the difference between the staff who work here and a complete list of a day.

    Known again by the staff number, where one has none by the name. Who is no longer listed
    has left on the day of the list, where the list itself gives no day.
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
        if line.left is not None and line.left <= as_of:
            gone.append((member, line.left))
            continue
        move = _moved(member, line)
        if move is not None:
            moved.append(move)
    gone += [(one, as_of) for one in here if one.ref not in seen]
    if len(here) > 4 and len(gone) * 2 > len(here):
        raise TooManyGoneError(gone=len(gone), here=len(here))
    return Difference(tuple(joined), tuple(moved), tuple(gone))


def _by_key(listed: Iterable[Member]) -> dict[str, Member]:
    found: dict[str, Member] = {}
    for line in listed:
        if line.key in found and line.staff_no:
            raise SameNumberError(number=line.staff_no)
        found[line.key] = line
    return found


def _moved(member: Member, line: Member) -> Move | None:
    """Return what is another now; a column that the list does not fill says nothing."""
    values = {
        name: getattr(line, name)
        for name in COMPARED
        if getattr(line, name) and getattr(line, name) != getattr(member, name)
    }
    if not values:
        return None
    before = " ".join(filter(None, (member.department, member.position)))
    after = " ".join(getattr(line, n) or getattr(member, n) for n in COMPARED).strip()
    return Move(member.ref, member.name, before or "–", after, values)


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
