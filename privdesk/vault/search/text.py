"""One spelling for every way of typing the same text, and matching against it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_MEDIALS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_CLUSTERS = dict(
    zip(
        "ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ",
        ["ㄱㅅ", "ㄴㅈ", "ㄴㅎ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ", "ㅂㅅ"],
        strict=True,
    )
)
_FIRST, _EACH_INITIAL, _EACH_MEDIAL = 0xAC00, 588, 28

_ASCII_DROPPED: dict[int, str | None] = {
    code: None for code in range(128) if not chr(code).isalnum()
}
_ASCII_DROPPED_BUT_NEW_LINES = _ASCII_DROPPED | {ord("\n"): "\n"}
_TO_INITIAL = {_FIRST + n: INITIALS[n // _EACH_INITIAL] for n in range(19 * _EACH_INITIAL)}
_TO_LETTER = {
    **{0x1100 + n: letter for n, letter in enumerate(INITIALS)},
    **{0x1161 + n: letter for n, letter in enumerate(_MEDIALS)},
    **{0x11A7 + n: letter for n, letter in enumerate(_FINALS) if n},
}
_SPREAD = {ord(cluster): pair for cluster, pair in _CLUSTERS.items()}
_SYLLABLE = re.compile(r"([ㄱ-ㅎ])([ㅏ-ㅣ])([ㄱ-ㅎ](?![ㅏ-ㅣ]))?")
_LONGEST = 200  # characters of a query that are read
TAIL = 4  # digits of a telephone number that people quote
_HAS_CONSONANT = re.compile(r"[ㄱ-ㅎ]")


def normal(text: str) -> str:
    """Return ``text`` as it is compared: composed, casefolded, letters and digits only."""
    if text.isascii():
        return text.lower().translate(_ASCII_DROPPED)
    return _normal(text)


def normal_lines(text: str) -> str:
    """Return the ASCII lines of a text in normal form, line by line."""
    return text.lower().translate(_ASCII_DROPPED_BUT_NEW_LINES)


@lru_cache(maxsize=1 << 15)
def _normal(text: str) -> str:
    text = _SYLLABLE.sub(_compose, text)
    text = unicodedata.normalize("NFKC", text).casefold()
    text = unicodedata.normalize("NFKC", text).translate(_TO_LETTER).translate(_SPREAD)
    return "".join(filter(str.isalnum, text))


def _compose(match: re.Match[str]) -> str:
    """Return the syllable of letters typed one by one; ``ㄸ`` and the like end none."""
    initial, medial, final = match.group(1), match.group(2), match.group(3) or " "
    if initial not in INITIALS:
        return match.group()
    spare = "" if final in _FINALS else final
    code = _FIRST + INITIALS.index(initial) * _EACH_INITIAL + _MEDIALS.index(medial) * _EACH_MEDIAL
    return chr(code + (0 if spare else _FINALS.index(final))) + spare


def initials(text: str) -> str:
    """Return a normal text with each Hangul syllable replaced by its first consonant."""
    return text.translate(_TO_INITIAL)


def has_consonants(text: str) -> bool:
    """Whether a normal text holds consonants that stand alone (초성)."""
    return _HAS_CONSONANT.search(text) is not None


class Pattern:
    """A query in normal form; consonants that stand alone match any syllable they begin."""

    def __init__(self, query: str) -> None:
        self.text = normal(query[:_LONGEST])
        if query.strip().startswith("+82"):
            self.text = "0" + self.text[2:]
        self.loose = has_consonants(self.text)
        self._search = re.compile("".join(map(_either, self.text))).search

    def within(self, value: str) -> bool:
        """Whether a normal text contains the query."""
        return self._search(value) is not None if self.loose else self.text in value

    def starts(self, value: str) -> bool:
        """Whether a normal text begins with the query."""
        found = self._search(value) if self.loose else None
        return found.start() == 0 if found else value.startswith(self.text)


def name_and_tail(query: str) -> tuple[str, str] | None:
    """Return a name and the last four digits of a number, where a query is both; else None.

    Of thirty people of one name a caller is told apart by the digits: “홍길동 5678”.
    """
    words = query[:_LONGEST].split()
    tails = [word for word in words if len(word) == TAIL and word.isascii() and word.isdigit()]
    rest = " ".join(word for word in words if word not in tails)
    if len(tails) != 1 or not any(map(str.isalpha, rest)):
        return None
    return rest, tails[0]


def _either(character: str) -> str:
    place = INITIALS.find(character)
    if place < 0:
        return re.escape(character)
    first = _FIRST + place * _EACH_INITIAL
    return f"[{character}{chr(first)}-{chr(first + _EACH_INITIAL - 1)}]"
