"""After a destruction: an independent look for what must be gone.

Three things are checked: no key, ciphertext or list line of a destroyed person is left;
the values that were destroyed do not stand in the decrypted pages of any file of the
vault (read without SQLite, free pages included); nothing outside the books lies in the
folder. A value that a living person has as well is no trace. The result says what was
looked at and what was found, never more.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from privdesk.core.i18n import N_, Words
from privdesk.flows import looking
from privdesk.registers.desk import Desk
from privdesk.registers.subjects.fields import SLOT_SOURCES
from privdesk.registers.subjects.lines import unpack_sources
from privdesk.vault import engine
from privdesk.vault.engine import FILES
from privdesk.vault.search.lines import BETWEEN
from privdesk.vault.session import file_key

FEW = 200  # values left over that are looked for inside longer ones too
AT_ONCE = 5_000
SOURCE = 0  # among items: the numbers of source systems
_HELD = ("keys_people.keys", "main.payloads", "search.lines")
SHORTEST = 3  # characters; shorter values stand by chance in other words

FOUND_NONE = N_(
    "People checked: {people}; no key, ciphertext or list line left. Values looked for in"
    " {size} MiB: {values}; none found."
)
FOUND_SOME = N_(
    "People checked: {people}; keys or ciphertexts left: {keys}, list lines left: {lines}."
    " Values looked for in {size} MiB: {values}; found: {found}."
)
FOUND_WITHOUT_VALUES = N_(
    "People checked: {people}; no key, ciphertext or list line left. No destroyed value was at"
    " hand any more to be looked for."
)
NO_VALUES = N_(
    "The vault kept these people as a number only, so that there was no value to look for;"
    " what counts is the answer of each place."
)
NOT_CHECKED = N_("Not checked yet.")
COUNTED = N_("Keys, ciphertexts and list lines were counted.")
CHECKED = N_(
    "Keys, ciphertexts and list lines were counted; the decrypted pages of every file of the"
    " vault, free ones too, were searched for the destroyed values without the database program."
)


@dataclass(frozen=True)
class Verification:
    """What was looked at and what was found.

    ``items`` are the items of which values were destroyed; ``SOURCE`` stands for numbers in source
    systems. It is empty where no value was at hand.
    """

    people: int
    values: int
    megabytes: int
    keys_left: int
    lines_left: int
    values_found: int
    items: tuple[int, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return not (self.keys_left or self.lines_left or self.values_found)

    def text(self) -> str:
        """Return the result as stored."""
        return json.dumps(self.__dict__)


def read(text: str) -> Verification | None:
    """Return a stored result."""
    if not text:
        return None
    told = json.loads(text)
    return Verification(**{**told, "items": tuple(told.get("items", ()))})


def method(found: Verification | None, say: Words) -> str:
    """Return how it was looked, as far as it was."""
    if found is None:
        return ""
    return say(CHECKED if found.values else COUNTED)


def in_words(found: Verification | None, say: Words) -> str:
    """Return what the look through the files found."""
    if found is None:
        return say(NOT_CHECKED)
    if found.clean and not found.people:
        return say(NO_VALUES)
    message = FOUND_NONE if found.clean else FOUND_SOME
    if found.clean and not found.values:
        message = FOUND_WITHOUT_VALUES
    return say(message).format(
        people=f"{found.people:,}",
        values=f"{found.values:,}",
        size=f"{max(found.megabytes, 1):,}",
        keys=found.keys_left,
        lines=found.lines_left,
        found=found.values_found,
    )


class Traces:
    """Values that are about to be destroyed, kept in memory until they were looked for."""

    def __init__(self) -> None:
        self.values: set[str] = set()
        self.slots: set[int] = set()

    def gather(self, rows: Iterable[Mapping[int, str]]) -> None:
        """Take the values of people about to be destroyed."""
        for values in rows:
            self.slots.update(values)
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
    items = _items(desk, traces.slots)
    return Verification(people, len(traces), size >> 20, keys, lines, found, items)


def _items(desk: Desk, slots: set[int]) -> tuple[int, ...]:
    """Return the items that these slots of people hold; ``SOURCE`` first."""
    known = desk.service("subjects").slots()
    named = sorted(item for item, slot in known.items() if slot in slots)
    return (*([SOURCE] if SLOT_SOURCES in slots else []), *named)


def _left(desk: Desk, destruction: int) -> tuple[int, int, int]:
    raw = desk.vault.raw
    raw.execute("CREATE TEMP TABLE gone (id INTEGER PRIMARY KEY)")
    try:
        raw.execute(
            "INSERT INTO temp.gone SELECT DISTINCT c.subject FROM destruction_holdings c"
            " JOIN subjects s ON s.id = c.subject"
            " WHERE c.destruction = ? AND c.done AND s.state = 'destroyed'",
            (destruction,),
        )
        sql = "SELECT count(*) FROM {} WHERE id IN (SELECT id FROM temp.gone)"
        people, keys, payloads, lines = (
            int(raw.execute(sql.format(table)).fetchone()[0]) for table in ("temp.gone", *_HELD)
        )
    finally:
        raw.execute("DROP TABLE temp.gone")
    return people, keys + payloads, lines


def _scan(desk: Desk, traces: Traces) -> tuple[int, int]:
    """Return how many destroyed values stand in the decrypted files, and the bytes read."""
    vault = desk.vault
    secret = vault.secret()
    files = [
        (vault.folder / FILES[schema], file_key(schema, vault.id, vault.unlocked.roles, secret))
        for schema in engine.attached(vault.raw)
    ]
    met = looking.met(files, {text.encode() for text in traces.values})
    size = sum(path.stat().st_size for path, _key in files)
    return len(_without_living(desk, {value.decode() for value in met})), size


def _without_living(desk: Desk, met: set[str]) -> set[str]:
    """Return the values that no living person has as well; those are no traces."""
    left = set(met)
    for text in _lines(desk) if left else ():
        left.difference_update(text.split(BETWEEN))
    for text in _lines(desk) if 0 < len(left) <= FEW else ():
        left = {value for value in left if value not in text}
    return left


def _lines(desk: Desk) -> Iterator[str]:
    """Yield the values of all list lines, of many people at once."""
    cursor = desk.vault.raw.execute("SELECT packed FROM search.lines")
    while rows := cursor.fetchmany(AT_ONCE):
        yield BETWEEN.join([row[0] for row in rows])
