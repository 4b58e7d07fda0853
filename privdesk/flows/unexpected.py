"""What a requested destruction holds that nobody may expect: who goes early, who stays and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from privdesk.core import references
from privdesk.core.i18n import N_
from privdesk.core.register import GONE
from privdesk.flows.choosing import Line
from privdesk.registers.desk import Desk
from privdesk.registers.destructions.service import LATER

DESTROYED = N_("destroyed already, or not kept any more")
_AT_ONCE = 900

Days = dict[int, date | None]


@dataclass(frozen=True)
class Early:
    """A holding that goes although its period still runs; ``due`` is None where no day is set.

    Of a file that is held by count, ``ref`` is the file and ``people`` says how many.
    """

    ref: str
    holding: str
    due: date | None
    people: int = 1


@dataclass(frozen=True)
class Kept:
    """A person, or one holding, that was asked for and stays; ``why`` is a message id."""

    ref: str
    holding: str
    why: str


@dataclass(frozen=True)
class Unexpected:
    """What a requester has to be told beside the number of the request."""

    early: tuple[Early, ...] = ()
    kept: tuple[Kept, ...] = ()

    @property
    def early_people(self) -> int:
        """How many people go early."""
        named = {e.ref for e in self.early if e.holding}
        return len(named) + sum(e.people for e in self.early if not e.holding)


def of_request(desk: Desk, ref: str, asked: Sequence[str] = ()) -> Unexpected:
    """Return what is unexpected in a destruction; ``asked`` are the references it was asked for."""
    number = desk.service("destructions").number(ref)
    with desk.vault.reading():
        lines = lines_of(desk, number)
        file = desk.service("destructions").rows([number])[0].values.get("file")
        counted = counted_early(desk, references.number(file)) if file else []
        early = (*_early(desk, lines), *counted)
        return Unexpected(early, (*_left_out(lines), *_gone(asked, lines)))


def lines_of(desk: Desk, number: int) -> list[Line]:
    """Return the lines of a destruction's set, before and after it was executed."""
    rows = desk.vault.raw.execute(
        "SELECT c.holding, c.subject, coalesce(h.file, 0), coalesce(h.purpose, 0), c.why"
        " FROM destruction_holdings c LEFT JOIN holdings h ON h.id = c.holding"
        " WHERE c.destruction = ? ORDER BY c.holding",
        (number,),
    ).fetchall()
    return [Line(h, s, f, p, why.removeprefix(LATER)) for h, s, f, p, why in rows]


def days_of(desk: Desk, lines: Sequence[Line]) -> Days:
    """Return the due day of each living holding; destroyed ones have none any more."""
    days: Days = {}
    for start in range(0, len(lines), _AT_ONCE):
        numbers = [line.holding for line in lines[start : start + _AT_ONCE]]
        marks = ",".join("?" * len(numbers))
        sql = f"SELECT id, due_on FROM holdings WHERE id IN ({marks}) AND state <> 'destroyed'"
        for number, day in desk.vault.raw.execute(sql, numbers).fetchall():
            days[number] = date.fromisoformat(day) if day else None
    return days


def is_early(days: Days, line: Line, today: date) -> bool:
    """Whether a line's period still runs; a person without holdings has none."""
    day = days.get(line.holding, today)
    return day is None or day > today


def counted_early(desk: Desk, file: int) -> list[Early]:
    """Return a living file as one line where it is held by count and not due yet."""
    row = desk.service("files").rows([file])[0]
    due, people = row.values.get("due_on"), int(row.values.get("people") or 0)
    runs = row.state not in GONE and (due is None or due > desk.today())
    counted = row.values.get("holds") == "count"
    return [Early(row.ref, "", due, people)] if counted and runs else []


def _early(desk: Desk, lines: Sequence[Line]) -> list[Early]:
    taken = [line for line in lines if not line.why]
    days, today = days_of(desk, taken), desk.today()
    return [
        Early(_person(line), _holding(line), days[line.holding])
        for line in taken
        if is_early(days, line, today)
    ]


def _left_out(lines: Sequence[Line]) -> list[Kept]:
    return [Kept(_person(line), _holding(line), line.why) for line in lines if line.why]


def _gone(asked: Sequence[str], lines: Sequence[Line]) -> list[Kept]:
    """Return what was asked for by reference and is not there any more."""
    met = {_person(line) for line in lines} | {_holding(line) for line in lines}
    wanted = dict.fromkeys(references.make(*references.parse(ref)) for ref in asked)
    return [
        Kept(ref if ref.startswith("S") else "", ref if ref.startswith("H") else "", DESTROYED)
        for ref in wanted
        if ref not in met
    ]


def _person(line: Line) -> str:
    return references.make("S", line.subject)


def _holding(line: Line) -> str:
    return references.make("H", line.holding) if line.holding > 0 else ""
