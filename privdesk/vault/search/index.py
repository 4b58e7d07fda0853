"""Writing lines: one by one, by the million, and so that what is deleted is gone.

The caller begins and ends the transaction; the same transaction changes the record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, NamedTuple

from privdesk.vault.search import schema
from privdesk.vault.search.driver import Connection, marks
from privdesk.vault.search.lines import Line, chosen, pack, ref_parts, unpack
from privdesk.vault.search.text import normal
from privdesk.vault.search.tokens import documents

CHUNK = 10_000
SAMPLE = 32  # of so many lines one is counted, to know which grams are common
_SCATTER = 40_503  # ids of people may all be odd: every second number is a holding's
FEW = 500  # deletions up to here are made in place, more rewrite the index of grams
_MANY = 50_000  # lines from which on a bulk import pays for making the indexes anew
_BULK_HASH_BYTES = 24 << 20  # grams held in memory before a segment is written

_INSERT = (
    "INSERT INTO search.lines (register, id, number, ref, state, packed, name_key, collected,"
    " due, searchable) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_GRAMS = "INSERT INTO search.grams (rowid, words) VALUES (?, ?)"
_DELETE_GRAMS = "INSERT INTO search.grams (grams, rowid, words) VALUES ('delete', ?, ?)"


class Prepared(NamedTuple):
    """Lines as they will be written: register, then the columns; ids with their grams."""

    registers: dict[str, str]  # prefixes of their references
    rows: list[tuple[Any, ...]]
    grams: list[tuple[int, str]]


def prepared(lines: Sequence[Line]) -> Prepared:
    """Return what ``Bulk.put`` writes of these lines; needs no database."""
    grams = documents([chosen(line.values, line.searchable) for line in lines])
    registers = {line.register: line.ref for line in lines}
    return Prepared(
        {name: ref_parts(ref)[0] for name, ref in registers.items()},
        list(map(_row, lines)),
        sorted((line.id, gram) for line, gram in zip(lines, grams, strict=True)),
    )


def _row(line: Line) -> tuple[Any, ...]:
    return (
        line.register,
        line.id,
        ref_parts(line.ref)[1],
        line.ref,
        line.state,
        pack(line.values),
        normal(line.name),
        line.collected and line.collected.toordinal(),
        line.due and line.due.toordinal(),
        line.searchable,
    )


class Bulk:
    """Adds many new lines within one transaction; ``finish`` before its commit.

    Between two ``add`` tables and searches may be asked on the same connection, with
    the new ids as ``hidden``. ROLLBACK undoes everything. Once there are more new lines
    than old ones, the indexes are dropped and made anew at the end.
    """

    def __init__(self, connection: Connection, expected: int = 0) -> None:
        self._connection = connection
        self._codes: dict[str, int] = {}
        self._added: Counter[str] = Counter()
        self._sample: Counter[str] = Counter()
        self._worth = max(_MANY, count(connection))
        self._large = False
        self._weigh(expected)

    def add(self, lines: Iterable[Line]) -> int:
        """Store lines whose ids are new; ascending ids are fastest. Return how many."""
        added = 0
        stream = iter(lines)
        while chunk := list(islice(stream, CHUNK)):
            self.put(prepared(chunk))
            added += len(chunk)
        return added

    def put(self, batch: Prepared) -> None:
        """Store lines that were prepared, perhaps by another process."""
        self._weigh(self._added.total() + len(batch.rows))
        codes = {name: self._code(name, prefix) for name, prefix in batch.registers.items()}
        self._connection.executemany(_INSERT, ((codes[row[0]], *row[1:]) for row in batch.rows))
        self._connection.executemany(_INSERT_GRAMS, batch.grams)
        self._added.update(row[0] for row in batch.rows)
        _count_sample(self._sample, batch.grams)

    def _weigh(self, lines: int) -> None:
        if lines >= self._worth and not self._large:
            self._large = True
            schema.drop_indexes(self._connection)
            schema.configure(self._connection, "hashsize", _BULK_HASH_BYTES)

    def _code(self, register: str, prefix: str) -> int:
        if register not in self._codes:
            self._codes[register] = _code(self._connection, register, prefix)
        return self._codes[register]

    def finish(self) -> None:
        """Make the indexes and bring the counts up to date."""
        if self._large:
            schema.make_indexes(self._connection)
            schema.configure(self._connection, "hashsize", schema.HASH_BYTES)
        _change_counts(self._connection, self._added, self._sample, 1)


def add_lines(connection: Connection, lines: Iterable[Line]) -> int:
    """Store new lines; return how many."""
    bulk = Bulk(connection)
    added = bulk.add(lines)
    bulk.finish()
    return added


def replace_lines(connection: Connection, lines: Iterable[Line]) -> int:
    """Store lines whether or not there are older ones of their ids; return how many.

    Where search reads the same texts as before, the index of grams is left alone.
    """
    new = {line.id: line for line in lines}
    old = {row[0]: row for row in _stored(connection, sorted(new))}
    same = [n for n, row in old.items() if _texts(row) == chosen(new[n].values, new[n].searchable)]
    changed = new.keys() - set(same)
    delete_lines(connection, [n for n in old if n in changed])
    _overwrite(connection, [new[n] for n in same])
    add_lines(connection, [new[n] for n in changed])
    return len(new)


def delete_lines(connection: Connection, ids: Iterable[int], *, rolled: bool = False) -> int:
    """Delete lines; none of their values is left in the file. Return how many there were.

    With ``rolled`` a roll follows at once, which writes the index of grams anew; of many lines
    their grams stay in it until then.
    """
    wanted = sorted(set(ids))
    large = len(wanted) > FEW
    if large:
        schema.configure(connection, "secure-delete", 0)
    gone = 0
    for start in range(0, len(wanted), CHUNK):
        gone += _delete_chunk(connection, wanted[start : start + CHUNK])
    if large:
        if not rolled:
            schema.optimize(connection)
        schema.configure(connection, "secure-delete", 1)
    return gone


def rebuild(
    connection: Connection, lines: Iterable[Line], vault: str, epoch: int, counter: int = 0
) -> int:
    """Make the file's contents anew from the lines of all records; return how many."""
    schema.drop(connection)
    schema.create(connection, vault, epoch, counter)
    bulk = Bulk(connection, _MANY)
    added = bulk.add(lines)
    bulk.finish()
    return added


def count(connection: Connection, register: str | None = None) -> int:
    """Return the number of lines, of one register or all; without lines of a running import."""
    sql = "SELECT coalesce(sum(n), 0) FROM search.registers"
    if register is None:
        return int(connection.execute(sql).fetchone()[0])
    return int(connection.execute(f"{sql} WHERE name = ?", (register,)).fetchone()[0])


def sound(connection: Connection) -> bool:
    """Whether lines, counts and grams agree; reads the whole file."""
    state = schema.about(connection)
    if state is None or not state.current:
        return False
    counted = dict(
        connection.execute("SELECT register, count(*) FROM search.lines GROUP BY 1").fetchall()
    )
    told = connection.execute("SELECT code, n FROM search.registers").fetchall()
    if {code: n for code, n in told if n} != counted:
        return False
    if connection.execute("PRAGMA search.quick_check(1)").fetchone()[0] != "ok":
        return False
    return _grams_agree(connection)


def _grams_agree(connection: Connection) -> bool:
    """Whether every thousandth line, and the first and last, is found under all its grams."""
    for row in connection.execute(
        f"SELECT {_STORED} FROM search.lines WHERE (id * {_SCATTER} & 65535) < 65"
        " OR id IN (SELECT min(id) FROM search.lines UNION SELECT max(id) FROM search.lines)"
    ).fetchall():
        grams = set(documents([_texts(row)])[0].split())
        query = " AND ".join(f'"{gram}"' for gram in sorted(grams))
        if (
            query
            and not connection.execute(
                "SELECT 1 FROM search.grams WHERE grams MATCH ? AND rowid = ?", (query, row[0])
            ).fetchone()
        ):
            return False
    return True


_STORED = "id, register, packed, searchable"


def _stored(connection: Connection, ids: Sequence[int]) -> list[tuple[int, int, str, int]]:
    rows: list[tuple[int, int, str, int]] = []
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        rows += connection.execute(
            f"SELECT {_STORED} FROM search.lines WHERE id IN ({marks(part)})", part
        ).fetchall()
    return rows


def _texts(row: tuple[int, int, str, int]) -> list[str]:
    return chosen(unpack(row[2]), row[3])


def _delete_chunk(connection: Connection, ids: list[int]) -> int:
    rows = sorted(_stored(connection, ids))
    grams = [(row[0], doc) for row, doc in zip(rows, documents(map(_texts, rows)), strict=True)]
    connection.executemany(_DELETE_GRAMS, grams)
    connection.executemany("DELETE FROM search.lines WHERE id = ?", [(row[0],) for row in rows])
    names = schema.register_names(connection)
    sample: Counter[str] = Counter()
    _count_sample(sample, grams)
    _change_counts(connection, Counter(names[row[1]] for row in rows), sample, -1)
    return len(rows)


def _overwrite(connection: Connection, lines: list[Line]) -> None:
    """Store all of a line but its id, register, reference and grams."""
    connection.executemany(
        "UPDATE search.lines SET state = ?, packed = ?, name_key = ?, collected = ?, due = ?,"
        " searchable = ? WHERE id = ?",
        [
            (
                line.state,
                pack(line.values),
                normal(line.name),
                line.collected and line.collected.toordinal(),
                line.due and line.due.toordinal(),
                line.searchable,
                line.id,
            )
            for line in lines
        ],
    )


def _code(connection: Connection, register: str, prefix: str) -> int:
    connection.execute(
        "INSERT OR IGNORE INTO search.registers (name, prefix) VALUES (?, ?)", (register, prefix)
    )
    found = connection.execute("SELECT code FROM search.registers WHERE name = ?", (register,))
    return int(found.fetchone()[0])


def _count_sample(sample: Counter[str], written: Iterable[tuple[int, str]]) -> None:
    for line, grams in written:
        if line * _SCATTER & 0xFFFF < 0x10000 // SAMPLE:
            sample.update(set(grams.split()))


def _change_counts(
    connection: Connection, lines: Counter[str], sample: Counter[str], sign: int
) -> None:
    connection.executemany(
        "UPDATE search.registers SET n = n + ? WHERE name = ?",
        [(sign * n, name) for name, n in lines.items()],
    )
    connection.executemany(
        "INSERT INTO search.common VALUES (?, ?)"
        " ON CONFLICT (gram) DO UPDATE SET n = n + excluded.n",
        [(gram, sign * n) for gram, n in sorted(sample.items())],
    )
    if sign < 0:
        connection.executemany(
            "DELETE FROM search.common WHERE gram = ? AND n <= 0", [(gram,) for gram in sample]
        )
