"""Resident registration numbers (주민등록번호) where they must not stand (PIPA 24-2; rule 7)."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from privdesk.core.i18n import N_

FOUND = N_(
    "it holds a resident registration number, which only a statute allows to keep (rule 7; PIPA"
    " 24-2); leave it out."
)
HIDDEN = "******-*******"
_PARTED = re.compile(r"(?<![\d-])(\d{6})\s?[-–]\s?([1-4]\d{6})(?![\d-])")
_BARE = re.compile(r"(?<!\d)(\d{6})([1-4]\d{6})(?!\d)")
_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_UNCHECKED = date(2020, 10, 1)  # numbers given since then carry no check digit
_KOREAN = ("주민등록번호", "주민번호")
_NAMES = (*_KOREAN, "residentregistrationnumber", "residentnumber", "rrn", "jumin")


def stands_in(text: str, *, bare: bool = True) -> bool:
    """Whether a resident registration number stands in a text.

    Its day has to exist and its check digit to fit, so that other numbers pass. ``bare`` takes
    one without its hyphen too; in a field of numbers thirteen digits may be anything.
    """
    patterns = (_PARTED, _BARE) if bare else (_PARTED,)
    return any(_is_one(born, rest) for one in patterns for born, rest in one.findall(text))


def called_so(*names: str) -> bool:
    """Whether one of these names is what a resident registration number is called."""
    plain = [re.sub(r"[^0-9a-z가-힣]", "", name.lower()) for name in names]
    return any(name in _NAMES or name.startswith(_KOREAN) for name in plain)


def _is_one(born: str, rest: str) -> bool:
    century = 1900 if rest[0] in "12" else 2000
    with suppress(ValueError):
        day = date(century + int(born[:2]), int(born[2:4]), int(born[4:]))
        digits = born + rest
        total = sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=False))
        return day >= _UNCHECKED or (11 - total % 11) % 10 == int(digits[-1])
    return False
