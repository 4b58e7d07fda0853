"""The grams under which a line is found.

A normal text is cut into runs of ASCII letters and digits, and of everything else.

* an ASCII run gives every three characters in a row (``min ins nsu su_``);
* any other run gives every two characters (``홍길 길동 동_``) and, where it holds
  Hangul, the same of its first consonants (``ㅎㄱ ㄱㄷ ㄷ_``) and of a syllable with the
  next first consonant (``홍ㄱ 길ㄷ``: what a Korean keyboard gives half-way);
* a value of digits only also gives its last four (``5678``): the telephone number
  as people quote it.

``_`` stands for the end, so that every piece of a text is the beginning of some gram:
one syllable, one consonant or two letters are asked for as a prefix. Neighbouring ASCII
values of one line share a ``_``; what spans it is never asked for. The grams of a line depend on
its texts alone, because a contentless index can only be told to forget what it is
told again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from privdesk.vault.search.text import TAIL, initials, normal, normal_lines

VERSION = 1  # of the grams; an index of another version is built anew
END = "_"
_QUOTED_FROM = 7  # digits a value must have for its tail to be indexed

_RUN = re.compile(r"[a-z0-9]+|[^a-z0-9]+")


def documents(lines: Iterable[Sequence[str]]) -> list[str]:
    """Return, for each line's texts, its grams with a space between.

    The ASCII grams of all lines are cut in one go: four strided copies of one long
    string instead of a Python step for each gram.
    """
    lines = list(lines)
    words: list[str] = []
    narrow: list[str] = []
    plain = iter(_plain([text for texts in lines for text in texts]))
    for texts in lines:
        wide, runs = _parts(texts, plain)
        words.append(wide)
        narrow.append(END.join(runs) + END + END)
    grams = _threes("".join(narrow))
    stops = list(accumulate(map(len, narrow), initial=0))
    return [
        f"{word}{grams[4 * start : 4 * stop - 8]}"
        for word, (start, stop) in zip(words, pairwise(stops), strict=True)
    ]


def _plain(texts: list[str]) -> list[str]:
    """Return the ASCII texts in normal form, all in one go; the others as nothing."""
    narrow = [text if text.isascii() else "" for text in texts]
    plain = normal_lines("\n".join(narrow)).split("\n")
    return plain if len(plain) == len(texts) else [normal(text) for text in narrow]


def _parts(texts: Sequence[str], normals: Iterator[str]) -> tuple[str, list[str]]:
    """Return the grams that are not cut from ASCII runs, and the ASCII runs."""
    words = ""
    runs: list[str] = []
    for text, plain in zip(texts, normals, strict=False):
        if plain:
            runs.append(plain)
            if plain.isdigit():
                words += _tail(plain)
        elif not text.isascii():
            wide, narrow = _wide(text)
            words += wide
            runs += narrow
    return words, runs


def _tail(digits: str) -> str:
    return digits[-TAIL:] + " " if len(digits) >= _QUOTED_FROM else ""


@lru_cache(maxsize=1 << 15)
def _wide(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the grams of the wide runs of a text that is not ASCII, and its ASCII runs."""
    plain = normal(text)
    grams: list[str] = []
    narrow: list[str] = []
    for run in _RUN.findall(plain):
        if run.isascii():
            narrow.append(run)
        else:
            grams += twos(run + END)
            first = initials(run)
            if first != run:
                grams += twos(first + END)
                grams += [a + b for a, b in zip(run, first[1:], strict=False)]
    tail = _tail(plain) if plain.isascii() and plain.isdigit() else ""
    return tail + "".join(gram + " " for gram in dict.fromkeys(grams)), tuple(narrow)


def _threes(text: str) -> str:
    """Return every three characters of an ASCII text followed by a space each."""
    if not text:
        return ""
    data = text.encode("ascii")
    out = bytearray(b" ") * (4 * len(data))
    out[0::4] = data
    out[1::4] = data[1:] + b"_"
    out[2::4] = data[2:] + b"__"
    return out.decode("ascii")


def twos(text: str) -> list[str]:
    """Return every two characters in a row."""
    return [a + b for a, b in pairwise(text)]


def threes(text: str) -> list[str]:
    """Return every three characters in a row."""
    return [text[n : n + 3] for n in range(len(text) - 2)]


def runs(plain: str) -> list[str]:
    """Return the runs of a normal text in order."""
    return _RUN.findall(plain)
