"""Which rows of a list are people the vault knows, knew and destroyed, or has just met."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from privdesk.core.i18n import N_
from privdesk.core.reasons import Reason, reason
from privdesk.flows.importing.rowwork import Key
from privdesk.flows.importing.targets import Target
from privdesk.registers.desk import Desk

DESTROYED = reason(N_("This person was destroyed here and must not come back."))
PART = reason(N_("What this row says of the person was destroyed here and must not come back."))
OBJECTED = reason(N_("This person objected and must not come back."))
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Known:
    """A person a row was matched with; ``subject`` 0 where the row is blocked (``why``).

    ``target`` is set where an earlier row of the same list brought the person: the number
    of the target of that row.
    """

    subject: int
    why: Reason = DESTROYED
    target: int | None = None


class Matcher:
    """Looks rows up by keyed hash; what the list brings is gathered in a temporary table."""

    def __init__(self, desk: Desk) -> None:
        self._raw = desk.vault.raw
        self._blocking = bool(desk.setting("block_reimport", True))
        self._pairs: set[tuple[int, int, int]] = set()
        self._places: set[int] = set()
        self._any_known = False
        self._any_blocked = False

    def begin(self) -> None:
        """Make the temporary table; it lives in memory, unencrypted nowhere else."""
        self._raw.execute("DROP TABLE IF EXISTS temp.met")
        self._raw.execute(
            "CREATE TABLE temp.met (place INTEGER, digest BLOB, subject INTEGER, target INTEGER,"
            " PRIMARY KEY (place, digest)) WITHOUT ROWID"
        )
        self._any_known = self._exists("source_ids")
        self._any_blocked = self._exists("blocked_ids")

    def end(self) -> None:
        """Drop the temporary table."""
        self._raw.execute("DROP TABLE IF EXISTS temp.met")

    def known(self, keys: Sequence[Key | None]) -> dict[int, Known]:
        """Return by row the people the vault knows or must not know again."""
        if not self._any_known and not self._any_blocked:
            return {}
        wanted = sorted(key for key in set(keys) if key is not None)
        found: dict[Key, Known] = {}
        if self._any_blocked:
            for place, digest, why in self._rows("blocked_ids", "why", wanted):
                found[place, digest] = Known(0, OBJECTED if why == "objected" else DESTROYED)
        if self._any_known:
            for place, digest, subject in self._rows("source_ids", "subject", wanted):
                found[place, digest] = Known(subject)
        return {at: found[key] for at, key in enumerate(keys) if key in found}

    def meet(
        self, keys: Sequence[Key | None], numbers: Sequence[int], targets: Sequence[int]
    ) -> dict[int, Known]:
        """Enter the rows with a number as new people; return those met in this list before.

        Only when fewer were entered than given does anybody have to look for who they are.
        """
        new = [
            (*key, number, target)
            for key, number, target in zip(keys, numbers, targets, strict=True)
            if number and key is not None
        ]
        self._places.update({row[0] for row in new})
        if self._enter(sorted(new)) == len(new):
            return {}
        wanted = sorted({row[:2] for row in new})
        first = {(p, d): (n, t) for p, d, n, t in self._rows("temp.met", "subject, target", wanted)}
        return {
            at: Known(first[key][0], target=first[key][1])
            for at, (key, number) in enumerate(zip(keys, numbers, strict=True))
            if number and key is not None and first[key][0] != number
        }

    def first_of(self, subject: int, target: Target) -> bool:
        """Return whether this is the first row of the list that gives a person this target."""
        pair = (subject, target.purpose, target.file)
        if pair in self._pairs:
            return False
        self._pairs.add(pair)
        return True

    def holds(self, subject: int, target: Target) -> bool:
        """Return whether a person of the vault has a living holding for the target."""
        if not target.purpose:
            return True
        row = self._raw.execute(
            "SELECT 1 FROM holdings WHERE subject = ? AND +purpose = ? AND +file = ?"
            " AND +state IN ('active', 'held', 'law')",  # only a person's own are few
            (subject, target.purpose, target.file),
        ).fetchone()
        return row is not None

    def destroyed(self, subject: int, target: Target, collected: date | None) -> bool:
        """Return whether just this holding of a person who stays was destroyed.

        What was collected later is another one.
        """
        if not self._blocking or not target.purpose or collected is None:
            return False
        row = self._raw.execute(
            "SELECT 1 FROM holdings WHERE subject = ? AND purpose = ? AND file = ?"
            " AND state = 'destroyed' AND collected_on >= ?",
            (subject, target.purpose, target.file, collected.isoformat()),
        ).fetchone()
        return row is not None

    def met(self, keys: Iterable[Key]) -> None:
        """Remember that the list still has people the vault knew."""
        rows = sorted({(*key, 0, 0) for key in keys})
        self._places.update({row[0] for row in rows})
        self._enter(rows)

    def vanished(self) -> int:
        """Return how many people known from the same places the list no longer has.

        A place of which the list brings back fewer people than it lacks is there in part
        only, and nobody of it is missed.
        """
        if not self._any_known:
            return 0
        gone = 0
        for place in sorted(self._places):
            missed, known = self._missed(place) if place > 0 else (0, 0)
            gone += missed if missed <= known - missed else 0
        return gone

    def _missed(self, place: int) -> tuple[int, int]:
        """Return how many known people of a place the list lacks, and how many are known."""
        row = self._raw.execute(
            "SELECT count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM temp.met m"
            " WHERE m.place = s.place AND m.digest = s.digest)), count(*)"
            " FROM source_ids s WHERE s.place = ?",
            (place,),
        ).fetchone()
        return int(row[0]), int(row[1])

    def keep(self) -> None:
        """Store the new people's hashes for the next list."""
        self._raw.execute(
            "INSERT OR IGNORE INTO source_ids (place, digest, subject)"
            " SELECT place, digest, subject FROM temp.met WHERE subject > 0"
        )

    def _enter(self, rows: Sequence[tuple[Any, ...]]) -> int:
        """Write rows in order of their hashes; return how many were new."""
        sql = "INSERT OR IGNORE INTO temp.met VALUES (?, ?, ?, ?)"
        return int(self._raw.executemany(sql, rows).rowcount) if rows else 0

    def _exists(self, table: str) -> bool:
        return self._raw.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None

    def _rows(self, table: str, columns: str, keys: Sequence[Key]) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = []
        by_place: dict[int, list[bytes]] = {}
        for place, digest in keys:
            by_place.setdefault(place, []).append(digest)
        for place, digests in by_place.items():
            for start in range(0, len(digests), _AT_ONCE):
                part = digests[start : start + _AT_ONCE]
                marks = ",".join("?" * len(part))
                sql = (
                    f"SELECT place, digest, {columns} FROM {table}"
                    f" WHERE place = ? AND digest IN ({marks})"
                )
                found += self._raw.execute(sql, (place, *part)).fetchall()
        return found


def numbered(
    first: int, targets: Sequence[int], known: Sequence[Target], new: Sequence[bool]
) -> tuple[Sequence[int], int]:
    """Return by row the number of a new person, 0 for others, and the first number left.

    A person with a purpose takes two: the one behind hers is her holding's.
    """
    purposes = {n: 2 if known[n].purpose else 1 for n in set(targets)}
    steps = set(purposes.values())
    if all(new) and len(steps) == 1:
        step = steps.pop()
        return range(first, first + step * len(targets), step), first + step * len(targets)
    numbers = []
    for target, is_new in zip(targets, new, strict=True):
        numbers.append(first if is_new else 0)
        first += purposes[target] if is_new else 0
    return numbers, first
