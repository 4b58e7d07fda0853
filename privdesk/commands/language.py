"""In which language the account wants to be spoken to. Loads nothing: the desk starts with it."""

from __future__ import annotations

import os

from privdesk.core.i18n import LANGUAGES


def language_of(told: str) -> str | None:
    """Return the language a locale such as ``ko_KR.UTF-8`` speaks, if privdesk does too."""
    found = told[:2].lower()
    return found if found in LANGUAGES else None


def screen_language(environment: dict[str, str] | None = None) -> str:
    """Return the language of the account’s locale: ko where it is Korean, else en."""
    known = os.environ if environment is None else environment
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if known.get(name):
            return language_of(known[name]) or "en"
    return "en"
