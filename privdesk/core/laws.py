"""What a law that keeps data is called: stored as it was entered, told in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from privdesk.core.i18n import LANGUAGES, Words, words
from privdesk.core.rulebook import Statute, statutes


def told(text: str, language: str) -> str:
    """Return a law as it stands on a holding, in a language.

    One that ships with the program was stored in the words of its office, by its article, with
    the kind of record or by that kind alone, which then is told with its law; any other text
    is told as somebody entered it.
    """
    for law in statutes(date.max).values():
        for stored, wanted in zip(
            zip(*(_forms(law, words(one)) for one in LANGUAGES), strict=True),
            _forms(law, words(language)),
            strict=True,
        ):
            if text in stored:
                return wanted
        if text in _kinds(law):
            return named(law, words(language))
    return text


def starts(text: str, language: str) -> str:
    """Return from what a law counts, or nothing where it does not ship with the program."""
    say = words(language)
    for law in statutes(date.max).values():
        if text in _kinds(law) or any(named(law, words(one)) == text for one in LANGUAGES):
            return say(law.starts)
    return ""


def named(law: Statute, say: Words) -> str:
    """Return a law by its name and article, with the kind of record that it keeps."""
    space = "" if say.language == "ko" else " "
    return f"{say(law.article)}{space}({say(law.name)})"


def _forms(law: Statute, say: Words) -> Iterator[str]:
    """Yield the ways in which a law is written down; the kind of record alone names none."""
    yield say(law.article)
    yield named(law, say)


def _kinds(law: Statute) -> set[str]:
    return {law.key, law.name, *(words(one)(law.name) for one in LANGUAGES)}
