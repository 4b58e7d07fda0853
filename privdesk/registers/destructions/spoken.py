"""A digest as words that can be read out on the telephone. No Qt, no database, no clock.

Each sixteen bits become one word of five letters, consonant and vowel in turn, as D. S.
Wilkerson's proquints (2009) spell numbers: ``7f00 0001`` is ``lusab babad``.
"""

from __future__ import annotations

_CONSONANTS = "bdfghjklmnprstvz"
_VOWELS = "aiou"


def words(digest: str, count: int = 8) -> tuple[str, ...]:
    """Return the first ``count`` words of a digest in hex."""
    whole = digest[: 4 * count]
    return tuple(_word(int(whole[at : at + 4], 16)) for at in range(0, len(whole) - 3, 4))


def groups(digest: str) -> tuple[str, ...]:
    """Return a digest in groups of four signs, as the papers print it."""
    return tuple(digest[at : at + 4].upper() for at in range(0, len(digest), 4))


def _word(number: int) -> str:
    return "".join(
        (
            _CONSONANTS[number >> 12 & 15],
            _VOWELS[number >> 10 & 3],
            _CONSONANTS[number >> 6 & 15],
            _VOWELS[number >> 4 & 3],
            _CONSONANTS[number & 15],
        )
    )
