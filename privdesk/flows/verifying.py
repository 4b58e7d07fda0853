"""After a destruction: an independent look for what must be gone.

Three things are checked: no key, ciphertext or list line of a destroyed person is left;
the values that were destroyed do not stand in the decrypted pages of any file of the
vault (read without SQLite, free pages included); nothing outside the books lies in the
folder. A value that a living person has as well is no trace. The result says what was
looked at and what was found, never more.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from privdesk.registers.desk import Desk
from privdesk.registers.subjects.fields import SLOT_SOURCES
from privdesk.registers.subjects.service import unpack_sources
from privdesk.vault import engine
from privdesk.vault.engine import FILES
from privdesk.vault.pages import pages
from privdesk.vault.search.query import search
from privdesk.vault.session import file_key

FEW = 2_000
SHORTEST = 3  # characters; shorter values stand by chance in other words
_PHONE = re.compile(rb"0\d{1,2}-\d{3,4}-\d{4}|\+\d[\d ]{6,18}\d")
_EMAIL = re.compile(rb"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")


@dataclass(frozen=True)
class Verification:
    """What was looked at and what was found."""

    people: int
    values: int
    megabytes: int
    keys_left: int
    lines_left: int
    values_found: int

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return not (self.keys_left or self.lines_left or self.values_found)

    def text(self) -> str:
        """Return the result as stored."""
        return json.dumps(self.__dict__)


def read(text: str) -> Verification | None:
    """Return a stored result."""
    return Verification(**json.loads(text)) if text else None


class Traces:
    """Values that are about to be destroyed, kept in memory until they were looked for."""

    def __init__(self) -> None:
        self.values: set[str] = set()

    def gather(self, rows: Iterable[Mapping[int, str]]) -> None:
        """Take the values of people about to be destroyed."""
        for values in rows:
            for slot, text in values.items():
                parts = unpack_sources(text).values() if slot == SLOT_SOURCES else [text]
                self.values.update(part for part in parts if len(part) >= SHORTEST)

    def __len__(self) -> int:
        return len(self.values)


def verify(desk: Desk, destruction: int, traces: Traces | None = None) -> Verification:
    """Look for what a destruction must have removed."""
    traces = traces or Traces()
    people, keys, lines = _left(desk, destruction)
    found, size = _scan(desk, traces)
    return Verification(people, len(traces), size >> 20, keys, lines, found)


def _left(desk: Desk, destruction: int) -> tuple[int, int, int]:
    raw = desk.vault.raw
    gone = (
        "SELECT DISTINCT c.subject FROM destruction_holdings c JOIN subjects s ON s.id = c.subject"
        " WHERE c.destruction = ? AND c.done AND s.state = 'destroyed'"
    )
    counts = []
    for table in ("keys_people.keys", "main.payloads", "search.lines"):
        sql = f"SELECT count(*) FROM {table} WHERE id IN ({gone})"
        counts.append(int(raw.execute(sql, (destruction,)).fetchone()[0]))
    people = int(raw.execute(f"SELECT count(*) FROM ({gone})", (destruction,)).fetchone()[0])
    return people, counts[0] + counts[1], counts[2]


def _scan(desk: Desk, traces: Traces) -> tuple[int, int]:
    """Return how many destroyed values stand in the decrypted files, and the bytes read."""
    wanted = {text.encode() for text in traces.values}
    exact = _pattern(wanted)
    met: set[bytes] = set()
    size = 0
    vault = desk.vault
    secret = vault.secret()
    for schema in engine.attached(vault.raw):
        path = vault.folder / FILES[schema]
        key = file_key(schema, vault.id, vault.unlocked.roles, secret)
        size += path.stat().st_size
        met |= _met(path, key, wanted, exact)
    return sum(not _lives_on(desk, value.decode()) for value in met), size


def _pattern(wanted: set[bytes]) -> re.Pattern[bytes] | None:
    """Return a pattern of all values where there are few; many are found by their form."""
    if not wanted or len(wanted) > FEW:
        return None
    return re.compile(b"|".join(re.escape(v) for v in sorted(wanted, key=len, reverse=True)))


def _met(path: Path, key: bytes, wanted: set[bytes], exact: re.Pattern[bytes] | None) -> set[bytes]:
    met: set[bytes] = set()
    if not wanted:
        return met
    for page in pages(path, key):
        if exact is not None:
            met.update(exact.findall(page))
        else:
            met |= wanted.intersection(_PHONE.findall(page))
            met |= wanted.intersection(_EMAIL.findall(page))
    return met


def _lives_on(desk: Desk, value: str) -> bool:
    """Whether a living person or record has the same value, so that it is no trace."""
    return any(
        value in text or text == value
        for hit in search(desk.vault.raw, value, limit=5)
        for text in hit.values
    )
