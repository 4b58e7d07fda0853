"""By what a company is known again: its name without the form of company, its number."""

from __future__ import annotations

import re
import unicodedata

from privdesk.core.hangul import name_key
from privdesk.core.i18n import N_

_FORM = re.compile(
    r"주식회사|유한회사|\(주\)|\(유\)|(?:,?\s*\b(?:co\.?,?\s*ltd|inc|ltd|llc|corp)\b\.?)",
    re.IGNORECASE,
)
WRONG_NUMBER = N_("it is no Korean company’s number: ten digits of which the last must fit.")
_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)


def company_key(name: str) -> str:
    """Return the form by which lists mean the same company: 나래㈜, (주)나래, 나래 주식회사."""
    return name_key(_FORM.sub("", unicodedata.normalize("NFKC", name)).strip(" .,"))


def registration_no(text: str) -> str | None:
    """Return a Korean registration number as 123-45-67890; None where its check digit is wrong.

    The tenth digit of a 사업자등록번호 follows from the nine before it (국세청).
    """
    digits = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text))
    if not re.fullmatch(r"[0-9]{10}", digits):
        return None
    told = [int(digit) for digit in digits]
    total = sum(digit * weight for digit, weight in zip(told, _WEIGHTS, strict=False))
    total += told[8] * 5 // 10
    if (10 - total % 10) % 10 != told[9]:
        return None
    return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}"
