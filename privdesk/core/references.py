"""Numbers of records that can be spoken on the telephone: ``S-001234-0``.

Letters of the register, at least six digits, and a Damm check digit over the digits. It
finds every single wrong digit and every swap of two neighbours. Leading zeros do not
change it, so a caller may leave them out.
"""

from __future__ import annotations

import re
import unicodedata

from privdesk.core.errors import DomainError


class UnknownReferenceError(DomainError):
    """“{text}” is not a record number. Nothing was changed; a number looks like S-001234-0."""


class WrongCheckDigitError(DomainError):
    """The number “{text}” was misread or mistyped: its check digit does not fit. Nothing was
    changed; compare it with the paper or ask again.
    """


# The quasigroup of order 10 of H. M. Damm (2004).
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def _after_three(state: int) -> tuple[int, ...]:
    """Return the state that each of the 1,000 groups of three digits leads to."""
    return tuple(_DAMM[_DAMM[_DAMM[state][n // 100]][n // 10 % 10]][n % 10] for n in range(1000))


_BY_THREE = tuple(_after_three(state) for state in range(10))
_FIRST = _BY_THREE[0]
_FORM = re.compile(r"([A-Z]{1,4})(?:-?([0-9]{6,18})-?|-([0-9]{1,18})-)([0-9])")
_DASHES = re.compile(r"[\u2010-\u2015\u2212\u30fc\uff0d_.·]")
_LONGEST_TEXT = 40


def check_digit(number: int) -> int:
    """Return the Damm check digit of a number."""
    if number < 1_000_000:
        return _BY_THREE[_FIRST[number // 1000]][number % 1000]
    state = 0
    for digit in str(number):
        state = _DAMM[state][int(digit)]
    return state


def make(prefix: str, number: int) -> str:
    """Return the reference of record ``number`` of the register with ``prefix``."""
    return f"{prefix}-{number:06d}-{check_digit(number)}"


def parse(text: str) -> tuple[str, int]:
    """Return prefix and number of a reference as people type it.

    Spaces, missing hyphens, small and full-width letters are understood; leading zeros
    may be left out where the hyphens stand.
    """
    shown = text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] + "…"
    plain = unicodedata.normalize("NFKC", text[: _LONGEST_TEXT + 1]).upper()
    found = _FORM.fullmatch("".join(_DASHES.sub("-", plain).split()))
    number = int(found[2] or found[3]) if found else 0
    if found is None or number == 0:
        raise UnknownReferenceError(text=shown)
    if check_digit(number) != int(found[4]):
        raise WrongCheckDigitError(text=shown)
    return found[1], number


def number(ref: object) -> int:
    """Return the number of what a reference names; 0 for none."""
    return parse(str(ref))[1] if ref else 0


def is_reference(text: str) -> bool:
    """Whether a text is the reference of some record, check digit and all."""
    try:
        parse(text)
    except DomainError:
        return False
    return True
