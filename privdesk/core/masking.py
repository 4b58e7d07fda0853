"""What of a value is shown before somebody reveals it, with a reason, in the journal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from privdesk.core.fields import Kind

HIDDEN = "***"
_LONGEST = 64  # no mask needs more of a value than this

# Surnames of two syllables; a name of four with one of them keeps it: 남궁**.
_LONG_SURNAMES = frozenset(
    ("남궁", "황보", "제갈", "사공", "선우", "서문", "독고", "동방", "어금", "망절", "무본", "강전")
)
_SYLLABLES = re.compile("[가-힣]{2,}|[\u3400-\u9fff\uf900-\ufaff]{2,}")
_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"[0-9]+")
_VISIBLE_END = 4


def mask_name(text: str) -> str:
    """Return ``홍*동``, ``남궁**``, ``J*** S****``."""
    together = "".join(text.split())
    if _SYLLABLES.fullmatch(together):
        return _mask_syllables(together)
    return _WORD.sub(_mask_word, text)


def _mask_syllables(name: str) -> str:
    if len(name) > 3 and name[:2] in _LONG_SURNAMES:
        return name[:2] + "*" * (len(name) - 2)
    if len(name) == 2:
        return name[0] + "*"
    return name[0] + "*" * (len(name) - 2) + name[-1]


def _mask_word(found: re.Match[str]) -> str:
    word = found[0]
    return word[0] + "*" * (len(word) - 1) if len(word) > 1 else "*"


def mask_phone(text: str) -> str:
    """Return ``010-****-5678``; first group (and country code) and last four digits stay."""
    groups = list(_DIGITS.finditer(text))
    total = sum(len(group[0]) for group in groups)
    if total < 7:
        return "*" * len(text)
    if len(groups) == 1:
        head = groups[0].start() + (3 if total >= 10 else 0)
        return text[:head] + "*" * (len(text) - head - _VISIBLE_END) + text[-_VISIBLE_END:]
    first = 2 if text.startswith("+") and len(groups) > 2 else 1
    if len(groups) == first + 1:
        return text[: groups[-1].start()] + _stars(groups[-1][0], 0) + text[groups[-1].end() :]
    parts, at = [text[: groups[first].start()]], groups[first].start()
    for number, group in enumerate(groups[first:], first):
        keep = _VISIBLE_END if number == len(groups) - 1 else 0
        parts += [text[at : group.start()], _stars(group[0], keep)]
        at = group.end()
    return "".join([*parts, text[at:]])


def _stars(digits: str, keep: int) -> str:
    hidden = max(len(digits) - keep, 0)
    return "*" * hidden + digits[hidden:]


def mask_email(text: str) -> str:
    """Return ``ho***@ex***.com``; two letters of each side stay, one of a short one."""
    local, at, domain = text.rpartition("@")
    if not at:
        return mask_text(text)
    label, dot, rest = domain.partition(".")
    ending = "." + rest.rpartition(".")[2] if dot else ""
    return f"{_start(local)}***@{_start(label)}***{ending}"


def _start(part: str) -> str:
    return part[:2] if len(part) > 3 else part[:1] if len(part) > 1 else ""


def mask_date(text: str) -> str:
    """Return ``1985-**-**``; only the year of a date stays."""
    return f"{text[:4]}-**-**" if re.match(r"[0-9]{4}[-./년]", text) else HIDDEN


def mask_text(text: str) -> str:
    """Return the first letter of a longer text; nothing of a short one."""
    return text[0] + HIDDEN if len(text) > 3 else HIDDEN


def _hide(_text: str) -> str:
    return HIDDEN


_MASKS: dict[Kind, Callable[[str], str]] = {
    Kind.NAME: mask_name,
    Kind.PHONE: mask_phone,
    Kind.EMAIL: mask_email,
    Kind.DATE: mask_date,
    Kind.TEXT: mask_text,
}


def looks_masked(kind: Kind, text: str) -> bool:
    """Whether a text is what a list shows instead of a value."""
    if kind in (Kind.NAME, Kind.PHONE, Kind.EMAIL, Kind.DATE):
        return "*" in text
    return text == HIDDEN or (len(text) == len(HIDDEN) + 1 and text.endswith(HIDDEN))


def mask(kind: Kind, text: str) -> str:
    """Return what is shown of ``text``; nothing of a kind that has no mask of its own."""
    if not text:
        return ""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text[:_LONGEST])
    shown = _MASKS.get(kind, _hide)(text[:_LONGEST])
    return shown if shown != text else HIDDEN
