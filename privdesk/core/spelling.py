"""Secrets as letters that survive paper, the telephone and typing by hand.

Crockford's base 32 (no I, L, O, U) in lines of four groups of four, ten bytes a line.
Each line ends in two letters that check it, so that a slip is found in its line; a last
line of two groups checks the whole::

    1. 7KZQ 3M9T XW0A 4HRD 5P
    2. ...
    =  Q8ZC 61VN
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from privdesk.core.errors import DomainError

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LINE_BYTES = 10
LINE_SIGNS = 16
CHECK_SIGNS = 2
WHOLE_SIGNS = 8
LONGEST = 640  # bytes: 64 lines, more than anybody types

_VALUE = {sign: value for value, sign in enumerate(SIGNS)} | {"O": 0, "I": 1, "L": 1}
_SKIPPED = re.compile(r"[\s\-‐‑–—.·]")
_NUMBER = re.compile(r"^\s*(?:\d{1,2}\s*[.:)]|=)", re.MULTILINE)


class SpellingSignError(DomainError):
    """The sign “{sign}” does not occur in these letters. Nothing was opened; check it against the
    sheet.
    """


class SpellingLineError(DomainError):
    """Line {line} does not match its last two letters. Nothing was opened; compare it with the
    sheet.
    """


class SpellingLengthError(DomainError):
    """Letters are missing or there are too many ({count} typed). Nothing was opened; check that
    each line of the sheet is there once.
    """


class SpellingWholeError(DomainError):
    """Each line is right, but they do not belong together. Nothing was opened; check their order
    and that all are from one sheet.
    """


def spell(secret: bytes) -> list[str]:
    """Return ``secret`` as numbered lines, the last one checking the whole.

    Raises:
        ValueError: the secret is empty or longer than ``LONGEST``.
    """
    if not 0 < len(secret) <= LONGEST:
        raise ValueError("a secret has 1 to 640 bytes")
    lines = []
    for number, start in enumerate(range(0, len(secret), LINE_BYTES), 1):
        signs = _signs(secret[start : start + LINE_BYTES])
        lines.append(f"{number}. {_grouped(signs)} {_line_check(number, signs)}")
    return [*lines, f"= {_grouped(_whole_check(secret))}"]


def read(text: str) -> bytes:
    """Return the secret that ``text`` spells; case, spaces and line numbers do not matter.

    O is read as 0, I and L as 1.

    Raises:
        SpellingSignError: a sign that is never used.
        SpellingLengthError: too few or too many letters.
        SpellingLineError: a line does not match its check letters.
        SpellingWholeError: the lines do not belong together.
    """
    typed = "".join(_values(_NUMBER.sub("", text)))
    body, whole = typed[:-WHOLE_SIGNS], typed[-WHOLE_SIGNS:]
    secret = b"".join(_lines(body, len(typed)))
    if _whole_check(secret) != whole:
        raise SpellingWholeError
    return secret


def one_line(secret: bytes) -> str:
    """Return the letters without spaces and numbers, as a QR code holds them."""
    return "".join(_SKIPPED.sub("", _NUMBER.sub("", line)) for line in spell(secret))


def _values(text: str) -> Iterator[str]:
    for sign in _SKIPPED.sub("", text).upper():
        if sign not in _VALUE:
            raise SpellingSignError(sign=sign)
        yield SIGNS[_VALUE[sign]]


def _lines(body: str, typed: int) -> Iterator[bytes]:
    if not body or len(body) > 64 * (LINE_SIGNS + CHECK_SIGNS):
        raise SpellingLengthError(count=typed)
    step = LINE_SIGNS + CHECK_SIGNS
    for number, start in enumerate(range(0, len(body), step), 1):
        signs = body[start : start + step]
        data, check = signs[:-CHECK_SIGNS], signs[-CHECK_SIGNS:]
        if len(data) * 5 % 8 > 4 or len(data) < CHECK_SIGNS:
            raise SpellingLengthError(count=typed)
        if _line_check(number, data) != check:
            raise SpellingLineError(line=number)
        yield _bytes(data)


def _signs(data: bytes) -> str:
    count = -(-len(data) * 8 // 5)
    number = int.from_bytes(data, "big") << (count * 5 - len(data) * 8)
    return "".join(SIGNS[number >> 5 * place & 31] for place in range(count - 1, -1, -1))


def _bytes(signs: str) -> bytes:
    number = 0
    for sign in signs:
        number = number << 5 | _VALUE[sign]
    size = len(signs) * 5 // 8
    return (number >> (len(signs) * 5 - size * 8)).to_bytes(size, "big")


def _grouped(signs: str) -> str:
    return " ".join(signs[start : start + 4] for start in range(0, len(signs), 4))


def _line_check(number: int, signs: str) -> str:
    digest = hashlib.sha256(f"{number}:{signs}".encode()).digest()
    return _signs(digest[:2])[:CHECK_SIGNS]


def _whole_check(secret: bytes) -> str:
    return _signs(hashlib.sha256(b"whole:" + secret).digest()[:5])
