"""What a law that keeps data is called: stored as it was entered, told in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from privdesk.core.i18n import LANGUAGES, Words, words
from privdesk.core.rulebook import Statute, statutes


def told(text: str, language: str) -> str:
    """Return a law as it stands on a holding, in a language.

    One that ships with the program was stored in the words of its office, by its article or
    with its name; any other text is told as somebody entered it.
    """
    for law in statutes(date.max).values():
        for stored, wanted in zip(
            zip(*(_forms(law, words(one)) for one in LANGUAGES), strict=True),
            _forms(law, words(language)),
            strict=True,
        ):
            if text in stored:
                return wanted
    return text


def named(law: Statute, say: Words) -> str:
    """Return a law by its name with the article."""
    return f"{say(law.name)} ({say(law.article)})"


def _forms(law: Statute, say: Words) -> Iterator[str]:
    """Yield the two ways in which a law is written down."""
    yield say(law.article)
    yield named(law, say)
