"""Search as you type over a million people: ``python -m tests.bench.search [PEOPLE]``.

The same lines, index and SQL once under SQLCipher and once in a file without
encryption, built and asked in turns in one process.
"""

from __future__ import annotations

import gc
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as dbapi

from privdesk.core import references
from privdesk.vault.search import schema
from privdesk.vault.search.index import Bulk, delete_lines, replace_lines
from privdesk.vault.search.lines import Line
from privdesk.vault.search.query import search
from privdesk.vault.search.text import initials
from tests.bench.figures import Figure, share, show

CACHE_KIB = 48_000  # as the vault sets it
KEYS = {"encrypted": "x'" + "5a" * 32 + "'", "plain": ""}
QUERIES = 200  # of each class

SURNAMES = [
    *"김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채",
    *"원천방공현함변염여추도소석선",
    "남궁",
    "황보",
]
_PER_MILLE = [215, 147, 84, 47, 43, 24, 21, 20, 20, 16, 15, 14, 14, 13, 13, 13, 13, 13, 12, 11]
_FIRST = "민서지현수영은준예하윤도승정재성진상동경혜미유선태주원소채시"
_SECOND = "수준우민연희영호진철경아서윤은지원훈석하빈정주혁환라나"
_WORDS = ["kim", "lee", "park", "choi", "jung", "minsu", "jiwon", "hyun", "young", "seo"]
_WORDS += ["dragon", "blue", "star", "happy", "sky", "zero"]
_HOSTS = ["example.com"] * 5 + ["example.net", "example.org", "mail.example", "post.example"]


def people(n: int, seed: int = 1) -> Iterator[Line]:
    """Yield the lines of n invented people; surnames as common as in Korea."""
    chance = random.Random(seed)
    weights = _PER_MILLE + [4] * (len(SURNAMES) - len(_PER_MILLE))
    given = [a + b for a in _FIRST for b in _SECOND if a != b]
    chance.shuffle(given)
    surnames = chance.choices(SURNAMES, weights, k=n)
    names = chance.choices(given[:200], [1 / (rank + 5) for rank in range(200)], k=n)
    days = [date.fromordinal(date(2012, 1, 1).toordinal() + day) for day in range(6_000)]
    for at in range(n):
        digits, words = chance.randrange(10**8), chance.randrange(len(_WORDS) ** 2)
        first, second = divmod(words, len(_WORDS))
        email = f"{_WORDS[first]}{_WORDS[second]}{chance.randrange(9_999)}"
        name = surnames[at] + names[at]
        yield Line(
            at + 1,
            "subjects",
            references.make("S", at + 1),
            (
                f"M-{at * 7 % n:07}",
                name,
                f"{email}@{_HOSTS[chance.randrange(len(_HOSTS))]}",
                f"010-{digits // 10_000:04}-{digits % 10_000:04}",
            ),
            0b1111,
            name,
            "held" if at % 50 == 0 else "living",
            days[chance.randrange(4_000)],
            days[chance.randrange(6_000)],
        )


def opened(path: Path, key: str) -> Any:
    """Return a connection to a search file with the pragmas of the vault."""
    connection = dbapi.connect(":memory:", isolation_level=None, cached_statements=256)
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("ATTACH ? AS search KEY ?", (str(path), key))
    for pragma in ("journal_mode = DELETE", "synchronous = EXTRA", "secure_delete = ON"):
        connection.execute(f"PRAGMA search.{pragma}")
    connection.execute(f"PRAGMA search.cache_size = -{CACHE_KIB}")
    return connection


def built(path: Path, key: str, n: int) -> tuple[Any, float]:
    """Return a connection to a new file of n people, and the seconds spent on its lines."""
    connection = opened(path, key)
    schema.create(connection, "bench", 1)
    stream, spent = people(n), 0.0
    connection.execute("BEGIN IMMEDIATE")
    start = time.perf_counter()
    bulk = Bulk(connection, n)
    spent += time.perf_counter() - start
    while lines := list(islice(stream, 10_000)):
        start = time.perf_counter()
        bulk.add(lines)
        spent += time.perf_counter() - start
    start = time.perf_counter()
    bulk.finish()
    connection.execute("COMMIT")
    return connection, spent + time.perf_counter() - start


def queries(n: int) -> dict[str, list[str]]:
    """Return what people type, by class."""
    chance = random.Random(5)
    step = max(n // QUERIES, 1)
    some = list(islice(people(n), 0, None, step))[:QUERIES]

    def of(cut: Callable[[Line], str]) -> list[str]:
        return [cut(line) for line in some]

    def piece(text: str, length: int) -> str:
        start = chance.randrange(max(len(text) - length, 0) + 1)
        return text[start : start + length]

    def phone(line: Line) -> str:
        return line.values[3].replace("-", "")

    def local(line: Line) -> str:
        return line.values[2].partition("@")[0]

    return {
        "1 syllable": of(lambda line: piece(line.name, 1)),
        "2 syllables from the front": of(lambda line: line.name[:2]),
        "2 syllables, given name": of(lambda line: line.name[-2:]),
        "3 syllables": of(lambda line: line.name),
        "1 initial consonant": of(lambda line: piece(initials(line.name), 1)),
        "2 initial consonants": of(lambda line: piece(initials(line.name), 2)),
        "3 initial consonants": of(lambda line: initials(line.name)),
        "half-typed name": of(lambda line: line.name[:-1] + initials(line.name)[-1]),
        "surname and initial consonants": of(lambda line: line.name[0] + initials(line.name)[1:]),
        "1 letter": of(lambda line: piece(local(line), 1)),
        "2 letters": of(lambda line: piece(local(line), 2)),
        "3 letters": of(lambda line: piece(local(line), 3)),
        "5 letters, mid-word": of(lambda line: piece(local(line), 5)),
        "whole address": of(lambda line: line.values[2]),
        "host of an address": of(lambda line: "@" + line.values[2].partition("@")[2][:9]),
        "1 digit": of(lambda line: piece(phone(line), 1)),
        "2 digits": of(lambda line: piece(phone(line), 2)),
        "3 digits": of(lambda line: piece(phone(line), 3)),
        "last 4 digits": of(lambda line: phone(line)[-4:]),
        "4 digits, anywhere": of(lambda line: piece(phone(line), 4)),
        "6 digits, anywhere": of(lambda line: piece(phone(line), 6)),
        "whole number": of(lambda line: line.values[3]),
        "reference": of(lambda line: line.ref),
        "reference, begun": of(lambda line: line.ref[:6]),
        "number of a reference": of(lambda line: str(line.id)),
        "number at the source": of(lambda line: line.values[0]),
        "miss: name": of(lambda line: line.name + "뷁"),
        "miss: common pieces": of(lambda line: line.name[-2:] + "김"),
        "miss: letters": of(lambda line: local(line)[:6] + local(line)[2:6]),
        "miss: digits": of(lambda line: phone(line)[:9] + phone(line)[3:7]),
        "miss: consonants": of(lambda line: initials(line.name) + "ㅋㅌ"),
    }


def _asked(connections: dict[str, Any], texts: list[str]) -> dict[str, list[float]]:
    """Return milliseconds for each query, warm; the files are asked in turns."""
    times: dict[str, list[float]] = {name: [] for name in connections}
    for text in texts:
        for name, connection in connections.items():
            search(connection, text)
            start = time.perf_counter()
            search(connection, text)
            times[name].append(1e3 * (time.perf_counter() - start))
    return times


def _once(connections: dict[str, Any], work: Callable[[Any], object]) -> dict[str, float]:
    """Return milliseconds of one transaction."""
    times = {}
    for name, connection in connections.items():
        start = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        work(connection)
        connection.execute("COMMIT")
        times[name] = 1e3 * (time.perf_counter() - start)
    return times


def run(n: int = 1_000_000) -> list[Figure]:
    """Build both files, ask every class of query, change and delete."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        connections, seconds = {}, {}
        for name, key in KEYS.items():
            connections[name], seconds[name] = built(Path(folder, f"{name}.db"), key, n)
        figures.append(
            Figure("lines and index written", seconds["encrypted"], "s", seconds["plain"], 20)
        )
        size = {name: Path(folder, f"{name}.db").stat().st_size / 1e6 for name in KEYS}
        figures.append(Figure("size of the file", size["encrypted"], "MB", size["plain"]))
        gc.freeze()
        everything: dict[str, list[float]] = {name: [] for name in KEYS}
        for what, texts in queries(n).items():
            times = _asked(connections, texts)
            for name in KEYS:
                everything[name] += times[name]
            half, most = ({k: share(v, p) for k, v in times.items()} for p in (0.5, 0.95))
            figures.append(Figure(f"{what}: median", half["encrypted"], "ms", half["plain"]))
            figures.append(Figure(f"{what}: p95", most["encrypted"], "ms", most["plain"], 10))
        most = {name: share(values, 0.95) for name, values in everything.items()}
        figures.append(Figure("all searches: p95", most["encrypted"], "ms", most["plain"], 10))
        figures += _changes(connections, n)
        for connection in connections.values():
            connection.close()
    return figures


def _changes(connections: dict[str, Any], n: int) -> list[Figure]:
    line = next(iter(people(1)))._replace(name="새이름", values=("", "새이름", "", ""))
    one = _once(connections, lambda c: replace_lines(c, [line]))
    many = _once(connections, lambda c: delete_lines(c, range(5, n, max(n // 10_000, 1))))
    return [
        Figure("one person corrected", one["encrypted"], "ms", one["plain"]),
        Figure("10,000 people deleted", many["encrypted"] / 1e3, "s", many["plain"] / 1e3),
    ]


if __name__ == "__main__":
    show(run(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
