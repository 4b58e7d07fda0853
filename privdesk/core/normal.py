"""Values as offices write them, brought to one form each.

Pure and fast: each function takes what a cell holds and returns the value, ``None``
for an empty cell, or a ``Fault`` that says why it cannot be used. Exact patterns take
the ordinary spellings; the libraries, some twenty microseconds a value, see the rest.
Dates are in ``privdesk.core.dates``, Hangul keys for finding in ``privdesk.core.hangul``;
both are offered here too.
"""

from __future__ import annotations

import re
import unicodedata

from privdesk.core.dates import (
    DateOrder,
    DateRules,
    OrderGuess,
    as_date,
    as_moment,
    as_span,
    guess_date_order,
    has_short_year,
    looks_like_date,
    looks_like_serial,
)
from privdesk.core.faults import Fault, Raw, fault, is_nothing, unread
from privdesk.core.hangul import initials, name_key
from privdesk.core.i18n import N_

__all__ = [
    "DateOrder",
    "DateRules",
    "Fault",
    "OrderGuess",
    "Raw",
    "as_date",
    "as_email",
    "as_flag",
    "as_integer",
    "as_line",
    "as_list",
    "as_moment",
    "as_note",
    "as_phone",
    "as_span",
    "as_text",
    "fault",
    "guess_date_order",
    "has_short_year",
    "initials",
    "looks_like_date",
    "looks_like_serial",
    "name_key",
]

MAX_LINE = 2_000
MAX_NOTE = 32_000

_is_nfc = unicodedata.is_normalized
_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_UNSTORABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_NEWLINES = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_SHEET_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
)


def as_text(raw: Raw) -> str:
    """Return what a cell of any type shows, as text."""
    if type(raw) is str:
        return raw
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < 1e15 else repr(raw)
    if isinstance(raw, tuple):
        return "; ".join(raw)
    text = str(raw)
    return text[:10] if text.endswith(" 00:00:00") else text


def as_line(raw: Raw) -> str | Fault | None:
    """Return one line of text as written, composed (NFC) and trimmed.

    Line breaks, tabs and runs of space become one space; marks that cannot be seen (zero
    width, direction) go.
    """
    text = raw if type(raw) is str else as_text(raw)
    plain = text.isprintable() and text[:1] != "#" and "  " not in text
    if plain and len(text) < MAX_LINE and _is_nfc("NFC", text):
        return text.strip() or None
    return _awkward(_SPACES.sub(" ", _INVISIBLE.sub("", text)), MAX_LINE)


def as_note(raw: Raw) -> str | Fault | None:
    """Return text of several lines: composed, trimmed, line ends as one character."""
    text = raw if type(raw) is str else as_text(raw)
    if text.isprintable() and len(text) < MAX_NOTE and _is_nfc("NFC", text) and text[:1] != "#":
        return text.strip() or None
    return _awkward(_NEWLINES.sub("\n", text), MAX_NOTE)


def _awkward(text: str, longest: int) -> str | Fault | None:
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).strip()
    if not text:
        return None
    bad = _UNSTORABLE.search(text)
    if bad:
        return fault(
            N_("The text holds a character that cannot be stored ({code})."),
            code=f"U+{ord(bad.group()):04X}",
        )
    if len(text) > longest:
        return fault(
            N_("The text has {length} characters; at most {longest} can be kept here."),
            length=f"{len(text):,}",
            longest=f"{longest:,}",
        )
    if text[0] == "#" and (text in _SHEET_ERRORS or not text.strip("#")):
        return fault(N_("The cell holds a spreadsheet error instead of a value."))
    return text


# Telephone numbers -----------------------------------------------------------------

_MOBILE = re.compile(r"010-[0-9]{4}-[0-9]{4}").fullmatch
_LANDLINE = re.compile(r"0(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70)-[0-9]{3,4}-[0-9]{4}").fullmatch
_MOBILE_BARE = re.compile(r"010[-. ]?([0-9]{4})[-. ]?([0-9]{4})").fullmatch
_KOREAN = re.compile(
    r"(02|010(?=[0-9]{8}$)|01[16789]|03[1-3]|04[1-4]|05[1-5]|06[1-4]|050[0-9]|0[3678]0)"
    r"([0-9]{3,4})([0-9]{4})"
).fullmatch
_SPECIAL = re.compile(r"(1[568][0-9]{2})([0-9]{4})").fullmatch
_PHONE_LEAD = re.compile(r"(?i)^(?:tel|hp|h\.p|mobile|phone|전화|휴대폰|핸드폰)[.:\s]*")
_PHONE_CHARACTERS = re.compile(r"[+0-9()\-./\s]+").fullmatch
_DASHES = re.compile("[\u2010-\u2015\u2212\u30fc\u00b7\u3161_~]")
_LOST_ZERO = re.compile(r"[1-6][0-9]{8,9}").fullmatch
_SHORTENED = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,2}").fullmatch


def as_phone(raw: Raw) -> str | Fault | None:
    """Return a telephone number in one form: ``010-1234-5678`` or ``+44 20 7946 0000``.

    Numbers without a country are Korean. A leading zero that a spreadsheet has
    dropped comes back.
    """
    text = raw if type(raw) is str else as_text(raw)
    if _MOBILE(text):
        return text
    found = _MOBILE_BARE(text)
    if found:
        return f"010-{found[1]}-{found[2]}"
    if _LANDLINE(text):
        return text
    return _other_phone(text)


def is_mobile(number: str) -> bool:
    """Whether a number in its one form is a Korean mobile number."""
    return number.startswith(("010-", "011-", "016-", "017-", "018-", "019-"))


def _other_phone(text: str) -> str | Fault | None:
    written = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).strip()
    if is_nothing(written):
        return None
    if _SHORTENED(written):
        return fault(
            N_("The spreadsheet has shortened the number; format the column as text first.")
        )
    written = _PHONE_LEAD.sub("", _DASHES.sub("-", written)).removesuffix(".0")
    digits = re.sub(r"[^0-9]", "", written)
    number: str | None = None
    if _PHONE_CHARACTERS(written) and 7 <= len(digits) <= 18:
        number = _number(written, digits)
    return number or unread(text, N_("This is no telephone number."))


def _number(written: str, digits: str) -> str | None:
    abroad = written.lstrip("( ").startswith("+")
    if not abroad and digits.startswith("00"):
        abroad, digits = True, digits[2:]
    if digits.startswith("82") and (abroad or len(digits) >= 10):
        return _korean("0" + digits[2:].lstrip("0"))
    if abroad:
        return _international(digits)
    if _LOST_ZERO(written):
        digits = "0" + digits
    return _korean(digits)


def _korean(digits: str) -> str | None:
    found = _KOREAN(digits)
    if found:
        return "-".join(found.groups())
    found = _SPECIAL(digits.removeprefix("0"))
    return "-".join(found.groups()) if found else None


def _international(digits: str) -> str | None:
    import phonenumbers  # slow to load, and rarely needed

    try:
        number = phonenumbers.parse(f"+{digits}", None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


# E-mail addresses ------------------------------------------------------------------

_EMAIL = re.compile(
    r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@"
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}"
).fullmatch


def as_email(raw: Raw) -> str | Fault | None:
    """Return an e-mail address: syntax only, domain in small letters."""
    text = raw if type(raw) is str else as_text(raw)
    if _EMAIL(text) and len(text) <= 254 and text.find("@") <= 64:
        return text
    return _other_email(text)


def _other_email(text: str) -> str | Fault | None:
    written = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).strip()
    if is_nothing(written):
        return None
    if any("\uff01" <= character <= "\uff5e" for character in written):
        written = unicodedata.normalize("NFKC", written)
    written = written.removeprefix("mailto:").removeprefix("<").removesuffix(">")
    refused = unread(text, N_("This is no e-mail address."))
    if len(written) > 320 or written.count("@") != 1:
        return refused
    local, _at, domain = written.partition("@")
    lowered = f"{local}@{domain.lower()}"
    if _EMAIL(lowered) and len(lowered) <= 254 and len(local) <= 64:
        return lowered
    from email_validator import EmailNotValidError, validate_email  # slow to load

    try:
        checked = validate_email(lowered, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return refused
    return checked.normalized


# Numbers, yes and no, lists -----------------------------------------------------------

_INTEGER = re.compile(r"[+-]?[0-9]{1,18}").fullmatch
_GROUPED = re.compile(r"([+-]?[0-9]{1,3}(?:,[0-9]{3})+)(?:\.0+)?").fullmatch
_UNIT = re.compile(r"(?<=[0-9])\s*(?:명|건|개|원|회|점|년|개월|일|인|분)$")

_YES = """y yes true t 1 o ○ ◯ ● v ✓ ✔ ☑ on 예 네 참 유 동의 동의함 동의합니다
agree agreed consented"""
_NO = """n no false f 0 x × ✕ ✗ ☐ off 아니오 아니요 거짓 무 미동의 비동의 거부 동의안함
동의하지않음 refused disagree"""
YES = frozenset(_YES.split())
NO = frozenset(_NO.split())
_BETWEEN = re.compile("[;\n\uff1b]")
_COMMAS = re.compile("[,\u3001\uff0c]")


def as_integer(raw: Raw) -> int | Fault | None:
    """Return a whole number: ``1,234``, ``1234.0`` and full-width digits are understood."""
    if type(raw) is int:
        return raw if abs(raw) < 10**18 else fault(N_("This is no whole number."))
    text = unicodedata.normalize("NFKC", as_text(raw)).strip()
    if not text:
        return None
    text = _UNIT.sub("", text.removeprefix("약").strip())
    grouped = _GROUPED(text)
    text = grouped[1].replace(",", "") if grouped else re.sub(r"\.0+$", "", text)
    return int(text) if _INTEGER(text) else fault(N_("This is no whole number."))


def as_flag(raw: Raw) -> bool | Fault | None:
    """Return yes or no, from Y/N, 예/아니오, O/X, true/false, 1/0, 동의/미동의."""
    if isinstance(raw, bool):
        return raw
    text = re.sub(r"\s", "", as_text(raw)).casefold()
    if not text:
        return None
    text = unicodedata.normalize("NFKC", text)
    if text in YES:
        return True
    if text in NO:
        return False
    return fault(N_("This is neither yes nor no."))


def as_list(raw: Raw) -> tuple[str, ...]:
    """Return the entries of a cell that holds several, separated by ``;``, line breaks or ``,``."""
    if isinstance(raw, tuple):
        return tuple(entry.strip() for entry in raw if entry.strip())
    text = as_text(raw)
    between = _BETWEEN if _BETWEEN.search(text) else _COMMAS
    return tuple(part.strip() for part in between.split(text) if part.strip())
