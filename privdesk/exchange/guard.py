"""Cells that a spreadsheet would run as a formula are made harmless, and come back.

A text that starts with ``= + - @``, a tab, a line end or one of their full-width
twins (or with apostrophes before one of these) gets one apostrophe in front; an import
takes one such apostrophe away. So any text survives: ``=1`` is written ``'=1``, ``'=1``
is written ``''=1``, and ``'tis`` stays as it is.
"""

from __future__ import annotations

import re

_RISKY = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]").match
_GUARDED = re.compile("'+[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]").match


def guard(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula."""
    return f"'{text}" if _RISKY(text) else text


def unguard(text: str) -> str:
    """Return what ``guard`` was given."""
    return text[1:] if text[:1] == "'" and _GUARDED(text) else text
