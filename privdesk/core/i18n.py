"""Words in Korean and English.

Every text a person can meet is an English message id in the source and a
translation in ``resources/translations/<language>/<area>.po`` (one area for each
package below ``privdesk``). The screen has one language at a time, switched
live; a paper is given its own ``Words``, and where it takes over what a screen shows, it is
``speaking`` its language for that long. A Korean text may name both forms of a
particle, ``{name}을(를)``; the right one is chosen when the text is filled in.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from privdesk.core.catalogue import Catalogue
from privdesk.core.particles import template
from privdesk.core.resources import resource

LANGUAGES = ("ko", "en")


class Words:
    """The texts of one language."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "en"
        self._catalogue = _catalogue(self.language)

    def __call__(self, message: str) -> str:
        """Return ``message`` in this language; unknown and empty ones come back as they are."""
        return template(self._translated(message) or message) if message else ""

    def many(self, one: str, many: str, n: int) -> str:
        """Return the singular or plural for ``n``, with ``{n}`` filled in."""
        found = self._translated(one) or (one if n == 1 else many)
        return template(found).format(n=f"{n:,}")

    def _translated(self, message: str) -> str | None:
        return self._catalogue.text(message) if self._catalogue else None


@cache
def _catalogue(language: str) -> Catalogue | None:
    try:
        return Catalogue(Path(resource("translations", f"{language}.mo")).read_bytes())
    except (OSError, ValueError):  # missing or damaged: the source is English
        return None


_screen = [Words("en")]
_aside: ContextVar[Words | None] = ContextVar("_aside", default=None)


def use(language: str) -> None:
    """Switch the language of the screen (and of the command line)."""
    _screen[0] = words(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Have this thread (and no other) speak ``language`` for a while; the screen stays as it is."""
    token = _aside.set(words(language))
    try:
        yield
    finally:
        _aside.reset(token)


def _spoken() -> Words:
    return _aside.get() or _screen[0]


def current() -> str:
    """Return the language of the screen: ``ko`` or ``en``."""
    return _spoken().language


@cache
def words(language: str) -> Words:
    """Return the texts of ``language``."""
    return Words(language)


def _(message: str) -> str:
    """Return ``message`` in the language of the screen."""
    return _spoken()(message)


def ngettext(one: str, many: str, n: int) -> str:
    """Return the singular or plural for ``n`` in the language of the screen, ``{n}`` filled in."""
    return _spoken().many(one, many, n)


def N_(message: str) -> str:
    """Mark ``message`` for translation without translating it yet."""
    return message
