"""Which rows of a list are people the vault knows, knew and destroyed, or has just met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from privdesk.core.i18n import N_
from privdesk.core.reasons import Reason, reason
from privdesk.flows.importing.places import Target
from privdesk.registers.desk import Desk

Key = tuple[int, bytes]  # place and keyed hash

DESTROYED = reason(N_("This person was destroyed here and must not come back."))
OBJECTED = reason(N_("This person objected and must not come back."))
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Known:
    """A person a row was matched with; ``subject`` 0 where the row is blocked (``why``).

    ``here`` says that an earlier row of the same list brought the person.
    """

    subject: int
    why: Reason = DESTROYED
    here: bool = False


class Matcher:
    """Looks rows up by keyed hash; what the list brings is gathered in a temporary table."""

    def __init__(self, desk: Desk) -> None:
        self._raw = desk.vault.raw
        self._pairs: set[tuple[int, int, int]] = set()
        self._places: set[int] = set()
        self._new: list[tuple[int, bytes, int]] = []
        self._chunk: dict[Key, Known] = {}
        self._next = 0
        self._any_known = False
        self._any_blocked = False

    def begin(self) -> None:
        """Make the temporary table; it lives in memory, unencrypted nowhere else."""
        self._raw.execute("DROP TABLE IF EXISTS temp.met")
        self._raw.execute(
            "CREATE TABLE temp.met (place INTEGER, digest BLOB, subject INTEGER,"
            " PRIMARY KEY (place, digest)) WITHOUT ROWID"
        )
        self._any_known = self._exists("source_ids")
        self._any_blocked = self._exists("blocked_ids")

    def end(self) -> None:
        """Drop the temporary table."""
        self._raw.execute("DROP TABLE IF EXISTS temp.met")

    def known(self, keys: Sequence[Key | None]) -> dict[Key, Known]:
        """Return the people that a chunk's rows were matched with."""
        wanted = [key for key in keys if key is not None]
        found: dict[Key, Known] = {}
        if self._any_blocked:
            for place, digest, why in self._rows("blocked_ids", "why", wanted):
                found[place, digest] = Known(0, OBJECTED if why == "objected" else DESTROYED)
        if self._any_known:
            for place, digest, subject in self._rows("source_ids", "subject", wanted):
                found[place, digest] = Known(subject)
        for place, digest, subject in self._rows("temp.met", "subject", wanted):
            if subject:
                found[place, digest] = Known(subject, here=True)
        self._chunk = {}
        return found

    def seen(self, key: Key) -> Known | None:
        """Return the person an earlier row of the same chunk brought."""
        return self._chunk.get(key)

    def note(self, key: Key, subject: int) -> None:
        """Remember a person whom this row brought."""
        self._chunk[key] = Known(subject, here=True)
        self._new.append((*key, subject))
        self._places.add(key[0])

    def flush(self) -> None:
        """Write what a chunk brought into the temporary table."""
        self._raw.executemany("INSERT OR IGNORE INTO temp.met VALUES (?, ?, ?)", sorted(self._new))
        self._new.clear()

    def note_target(self, key: Key | None, target: Target) -> bool:
        """Return whether this is the first row that brings a met person for this target."""
        assert key is not None
        known = self._chunk.get(key)
        subject = known.subject if known else self._subject(key)
        pair = (subject, target.purpose, target.file)
        if pair in self._pairs or not target.purpose or self.holds(subject, target):
            return False
        self._pairs.add(pair)
        return True

    def holds(self, subject: int, target: Target) -> bool:
        """Return whether the person has a living holding for the target already."""
        if not target.purpose:
            return True
        row = self._raw.execute(
            "SELECT 1 FROM holdings WHERE subject = ? AND purpose = ? AND file = ?"
            " AND state IN ('active', 'held', 'law')",
            (subject, target.purpose, target.file),
        ).fetchone()
        return row is not None or (subject, target.purpose, target.file) in self._pairs

    def met(self, key: Key | None) -> None:
        """Remember that the list still has a person the vault knew."""
        if key is not None:
            self._new.append((*key, 0))
            self._places.add(key[0])

    def rehearse(self) -> int:
        """Return a number for a person who would be new."""
        self._next -= 1
        return self._next

    def vanished(self) -> int:
        """Return how many people known from the same places the list no longer has."""
        gone = 0
        for place in sorted(self._places):
            if not place:
                continue
            row = self._raw.execute(
                "SELECT count(*) FROM source_ids s WHERE s.place = ? AND NOT EXISTS"
                " (SELECT 1 FROM temp.met m WHERE m.place = s.place AND m.digest = s.digest)",
                (place,),
            ).fetchone()
            gone += int(row[0])
        return gone

    def keep(self) -> None:
        """Store the new people's hashes for the next list."""
        self._raw.execute(
            "INSERT OR IGNORE INTO source_ids (place, digest, subject)"
            " SELECT place, digest, subject FROM temp.met WHERE subject > 0"
        )

    def _subject(self, key: Key) -> int:
        sql = "SELECT subject FROM temp.met WHERE place = ? AND digest = ?"
        return int(self._raw.execute(sql, key).fetchone()[0])

    def _exists(self, table: str) -> bool:
        return self._raw.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None

    def _rows(self, table: str, column: str, keys: Sequence[Key]) -> list[tuple[int, bytes, Any]]:
        found: list[tuple[int, bytes, Any]] = []
        by_place: dict[int, list[bytes]] = {}
        for place, digest in keys:
            by_place.setdefault(place, []).append(digest)
        for place, digests in by_place.items():
            for start in range(0, len(digests), _AT_ONCE):
                part = digests[start : start + _AT_ONCE]
                marks = ",".join("?" * len(part))
                sql = (
                    f"SELECT place, digest, {column} FROM {table}"
                    f" WHERE place = ? AND digest IN ({marks})"
                )
                found += self._raw.execute(sql, (place, *part)).fetchall()
        return found
