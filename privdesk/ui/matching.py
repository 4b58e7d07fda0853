"""Does a label match what was typed: parts, case, spaces, composed or not, initial consonants."""

from __future__ import annotations

from privdesk.core.hangul import LEADS, initials, name_key


def matches(typed: str, text: str) -> bool:
    """Whether ``text`` contains what was typed, as letters or as initial consonants."""
    wanted, plain = name_key(typed), name_key(text)
    if not wanted:
        return False
    return wanted in plain or (all(c in LEADS for c in wanted) and wanted in initials(text))
