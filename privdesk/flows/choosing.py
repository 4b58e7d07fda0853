"""What a destruction would take: by day, by file, by person; and what it leaves out, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from privdesk.core import references
from privdesk.core.errors import DomainError, NotFoundError
from privdesk.core.i18n import N_, _
from privdesk.registers.desk import Desk
from privdesk.registers.destructions.commands import Part
from privdesk.registers.freezing import undeletable

HELD = N_("legal hold")
LAW = N_("kept under another law")
RUNNING = N_("in another destruction")
DISPUTED = N_("the person disputes the deletion")
_AT_ONCE = 900
_TOLD = 5


class NothingToDestroyError(DomainError):
    """There is nothing to destroy in this set. Nothing was requested; look at who is due with
    “privdesk due”.
    """


class AllKeptError(NothingToDestroyError):
    """Nothing of this set may be destroyed now ({kept}). Nothing was requested; look again when
    that has changed.
    """


class WrongSetError(DomainError):
    """A destruction takes what is due, one file, or chosen people, and only one of these. Nothing
    was requested; choose one.
    """


@dataclass(frozen=True)
class Line:
    """One holding in the set; ``why`` is a message id where it is left out.

    A person without any holding stands as minus her number.
    """

    holding: int
    subject: int
    file: int
    purpose: int
    why: str = ""


@dataclass(frozen=True)
class Set:
    """What a destruction takes and what it leaves out."""

    scope: str
    lines: tuple[Line, ...]
    file: int | None = None
    due_on: date | None = None
    counted: int = 0  # people in a file that is held by count only

    @property
    def taken(self) -> list[Line]:
        """The lines that would be destroyed."""
        return [line for line in self.lines if not line.why]

    @property
    def left_out(self) -> list[Line]:
        """The lines that stay, each with its reason."""
        return [line for line in self.lines if line.why]

    @property
    def people(self) -> int:
        """How many people are touched."""
        return len({line.subject for line in self.taken}) + self.counted

    def digest(self) -> str:
        """Return the digest that the signatures cover."""
        return digest_of((line.holding for line in self.taken), self.file, self.counted)


def digest_of(holdings: Iterable[int], file: int | None, counted: int) -> str:
    """Return SHA-256 over the sorted numbers of the holdings, in hex."""
    numbers = ",".join(str(n) for n in sorted(holdings))
    return sha256(f"privdesk destruction|{file or ''}|{counted}|{numbers}".encode()).hexdigest()


def choose(
    desk: Desk,
    *,
    due_on: date | None = None,
    refs: Sequence[str] = (),
    file: str | None = None,
    part: Part | None = None,
) -> Set:
    """Return the set for a day, for people (or single holdings) by reference, or for a file.

    With ``part`` only that of what is due by the day.
    """
    if sum((due_on is not None, bool(refs), file is not None)) != 1 or (part and due_on is None):
        raise WrongSetError
    if due_on is not None:
        rows = _due(desk, due_on, part)
        number = references.number(part.file) if part else None
        found = Set("due", tuple(judged(desk, rows, by_day=due_on)), number, due_on)
    elif file is not None:
        number = desk.service("files").number(file)
        lines = tuple(judged(desk, _of_file(desk, number)))
        found = Set("file", lines, number, None, _counted(desk, number))
    else:
        found = Set("people", tuple(judged(desk, _of_refs(desk, refs))))
    if not found.taken and not found.counted:
        if found.left_out:
            raise AllKeptError(kept=_told(desk, found.left_out))
        raise NothingToDestroyError
    return found


def _told(desk: Desk, lines: Sequence[Line]) -> str:
    """Return who stays and why, the first few by reference; another destruction by its number."""
    each = {(line.subject, line.why): line for line in lines}
    told = [
        f"{references.make('S', line.subject)}: {_(line.why)}{_running(desk, line)}"
        for line in list(each.values())[: _TOLD + 1]
    ]
    told = list(dict.fromkeys(told))
    return "; ".join(told[:_TOLD]) + ("; …" if len(told) > _TOLD else "")


_COLUMNS = "id, subject, file, purpose, state, kept_until"


def _running(desk: Desk, line: Line) -> str:
    """Return the number of the other destruction that takes a holding; empty where none does."""
    if line.why != RUNNING:
        return ""
    row = desk.vault.raw.execute(
        "SELECT d.id FROM destruction_holdings c JOIN destructions d ON d.id = c.destruction"
        " WHERE c.holding = ? AND c.why = '' AND d.state IN ('requested', 'approved', 'executing')",
        (line.holding,),
    ).fetchone()
    return f" ({desk.ref('destructions', row[0])})" if row else ""


def _due(desk: Desk, on: date, part: Part | None = None) -> list[Any]:
    """Return what is due, and what only a hold keeps back."""
    first, last, within = date.min, on, ""
    of: tuple[int, ...] = ()
    if part is not None:
        first, last = part.first, min(on, part.last)
        within = " AND file = ? AND purpose = ?"
        of = (references.number(part.file), references.number(part.purpose))
    sql = (
        f"SELECT {_COLUMNS} FROM holdings WHERE state IN ('active', 'law')"
        f" AND due_on BETWEEN ? AND ?{within}"
        f" UNION ALL SELECT {_COLUMNS} FROM holdings WHERE state = 'held'{within}"
    )
    days = (first.isoformat(), last.isoformat())
    rows = desk.vault.raw.execute(sql, (*days, *of, *of)).fetchall()
    due = [row for row in rows if row[4] != "held"]
    held = [row for row in rows if row[4] == "held" and _would_be_due(desk, row[0], first, last)]
    return due + held


def _would_be_due(desk: Desk, holding: int, first: date, last: date) -> bool:
    service = desk.service("holdings")
    values = service.rows([holding])[0].values
    due = service.without_hold(values)
    return due is not None and first <= due <= last


def _of_file(desk: Desk, number: int) -> list[Any]:
    sql = f"SELECT {_COLUMNS} FROM holdings WHERE file = ? AND +state IN ('active', 'held', 'law')"
    rows: list[Any] = desk.vault.raw.execute(sql, (number,)).fetchall()
    return rows


def _of_refs(desk: Desk, refs: Sequence[str]) -> list[Any]:
    rows: dict[int, Any] = {}
    for ref in refs:
        prefix, number = references.parse(ref)
        column = {"S": "subject", "H": "id"}.get(prefix)
        if column is None:
            raise NotFoundError(what=_(desk.register("subjects").singular), ref=ref)
        desk.service("subjects" if prefix == "S" else "holdings").number(ref)
        sql = (
            f"SELECT {_COLUMNS} FROM holdings WHERE {column} = ?"
            " AND +state IN ('active', 'held', 'law')"
        )
        found = desk.vault.raw.execute(sql, (number,)).fetchall()
        if not found and prefix == "S" and lives(desk, number):
            found = [(-number, number, 0, 0, "active", None)]
        rows.update((row[0], row) for row in found)
    return list(rows.values())


def lives(desk: Desk, subject: int) -> bool:
    """Return whether a person without any holding is still there; such a one counts as a line."""
    sql = "SELECT 1 FROM subjects WHERE id = ? AND state <> 'destroyed'"
    return desk.vault.raw.execute(sql, (subject,)).fetchone() is not None


def _counted(desk: Desk, file: int) -> int:
    values = desk.service("files").rows([file])[0].values
    return int(values.get("people") or 0) if values.get("holds") == "count" else 0


def judged(
    desk: Desk, rows: Sequence[Any], by_day: date | None = None, besides: int = 0
) -> list[Line]:
    """Return the lines of holdings, each left out where it may not be destroyed.

    ``rows`` are (holding, person, file, purpose, state, kept until); ``besides`` is the
    destruction that takes them itself.
    """
    busy = _busy(desk, [row[0] for row in rows], besides)
    disputed = undeletable(desk)
    today = (by_day or desk.today()).isoformat()
    lines = []
    for holding, subject, file, purpose, state, kept_until in rows:
        why = ""
        if state == "held":
            why = HELD
        elif subject in disputed:
            why = DISPUTED
        elif kept_until is not None and kept_until >= today:
            why = LAW
        elif holding in busy:
            why = RUNNING
        lines.append(Line(holding, subject, file, purpose, why))
    return lines


def _busy(desk: Desk, holdings: Sequence[int], besides: int) -> set[int]:
    """Return the holdings that another unfinished destruction takes."""
    found: set[int] = set()
    for start in range(0, len(holdings), _AT_ONCE):
        part = holdings[start : start + _AT_ONCE]
        marks = ",".join("?" * len(part))
        sql = (
            "SELECT c.holding FROM destruction_holdings c JOIN destructions d ON d.id ="
            f" c.destruction WHERE c.holding IN ({marks}) AND c.why = ''"
            " AND d.state IN ('requested', 'approved', 'executing') AND d.id <> ?"
        )
        found.update(row[0] for row in desk.vault.raw.execute(sql, (*part, besides)))
    return found
