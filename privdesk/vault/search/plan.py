"""Which grams to ask the index for, so that few lines have to be looked at.

A query needs several grams, some of them in a fifth of all lines. The rarest are
asked for together; common ones that would not pay for being read are left to the
check of each line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from privdesk.vault.search.driver import Connection, marks
from privdesk.vault.search.index import SAMPLE
from privdesk.vault.search.text import TAIL, Pattern, has_consonants, initials
from privdesk.vault.search.tokens import runs, threes, twos

_RARE = 200  # lines that are sooner looked at than a second gram is read
_WORTH = 90  # entries of a gram are read in the time in which one line is looked at
_LEFT = 0.25  # of the lines under one gram at most so many are under the next as well
_ALTERNATIVES = 24  # most grams asked for in place of a prefix


@dataclass(frozen=True)
class Plan:
    """A query of the index; every line that matches the pattern is among its answers.

    ``exact`` when every answer matches the pattern. ``partial`` when the answers are
    only the lines under the most common grams that begin with the query: plenty of
    them, but not all.
    """

    match: str
    exact: bool
    partial: bool = False


def plans(connection: Connection, pattern: Pattern, enough: int) -> Iterator[Plan]:
    """Yield the queries to try in turn until one that is not partial has been read.

    ``enough`` is the number of lines after which nobody reads on.
    """
    whole, starts = _needs(pattern.text)
    if not whole:
        yield from _prefix_plans(connection, pattern, starts, enough)
        return
    counts = _counts(connection, whole)
    asked = map(_quoted, _worth_reading(whole, counts))
    yield Plan(" AND ".join(asked), exact=_is_gram(pattern.text))


def _worth_reading(grams: list[str], counts: dict[str, int]) -> list[str]:
    """Return the rarest grams: as many as cost less than looking at the lines they exclude."""
    ranked = sorted(grams, key=lambda gram: (counts.get(gram, 0), gram))
    left: float = counts.get(ranked[0], 0)
    chosen = ranked[:1]
    for gram in ranked[1:]:
        if left <= _RARE or counts.get(gram, 0) > _WORTH * left:
            break
        chosen.append(gram)
        left *= _LEFT
    return chosen


def tail_plan(text: str) -> Plan | None:
    """Return the query for telephone numbers that end in these digits."""
    if len(text) == TAIL and text.isascii() and text.isdigit():
        return Plan(_quoted(text), exact=True)
    return None


def _needs(text: str) -> tuple[list[str], list[str]]:
    """Return the grams that every matching line has, and beginnings of such grams."""
    whole: list[str] = []
    starts: list[str] = []
    for run in runs(text):
        if run.isascii():
            whole += threes(run)
            starts += [run] if len(run) < 3 else []
            continue
        whole += [pair for pair in twos(run) if _written(pair)]
        if has_consonants(run):
            whole += twos(initials(run))
        starts += [run] if len(run) < 2 else []
    return list(dict.fromkeys(whole)), list(dict.fromkeys(starts))


def _written(pair: str) -> bool:
    """Whether a line holds this pair as it is: not a consonant and then a syllable."""
    return has_consonants(pair[1]) or not has_consonants(pair[0])


def _is_gram(text: str) -> bool:
    """Whether a line has this gram exactly when it matches."""
    if text.isascii():
        return len(text) == 3
    return len(text) == 2 and not has_consonants(text) and len(runs(text)) == 1


def _prefix_plans(
    connection: Connection, pattern: Pattern, starts: list[str], enough: int
) -> Iterator[Plan]:
    """Yield the query by the most common grams, where they are plenty, and that by all."""
    exact = len(pattern.text) == len(starts[0])
    best: list[tuple[str, int]] = []
    rarest = ""
    for start in starts:
        grams = _beginning(connection, start)
        if not rarest or sum(n for _, n in grams) < sum(n for _, n in best):
            best, rarest = grams, start
    wanted, asked = 4 * enough, []
    for gram, n in best:
        asked.append(gram)
        wanted -= n
        if wanted <= 0:
            yield Plan(" OR ".join(map(_quoted, asked)), exact, partial=True)
            break
    yield Plan(_any(rarest), exact)


def _counts(connection: Connection, grams: list[str]) -> dict[str, int]:
    """Return about how many lines have each gram; those that few lines have are missing."""
    found = connection.execute(
        f"SELECT gram, n FROM search.common WHERE gram IN ({marks(grams)})", grams
    )
    return {gram: n * SAMPLE for gram, n in found}


def _beginning(connection: Connection, start: str) -> list[tuple[str, int]]:
    """Return the common grams that begin so, the most common first."""
    found = connection.execute(
        "SELECT gram, n FROM search.common WHERE gram >= ? AND gram < ?"
        " ORDER BY n DESC, gram LIMIT ?",
        (start, start + "\U0010ffff", _ALTERNATIVES),
    )
    return [(gram, n * SAMPLE) for gram, n in found]


def _any(start: str) -> str:
    return _quoted(start) + " *"


def _quoted(gram: str) -> str:
    return f'"{gram}"'
