"""One class for each cause of refusal; its docstring is the sentence the user reads.

The docstring is also the message id in the catalogues (the ``errors`` extractor of
``packaging/babel.cfg`` collects them). ``{name}`` in it is filled from the keyword
arguments given when the error is raised. A sentence says what happened, what is
safe and what to do next. The two edges, window and command line, map a
``DomainError`` to a notice or to exit code 1; nothing else catches it broadly.
"""

from __future__ import annotations

import inspect
from datetime import datetime

from privdesk.core.i18n import N_, Words, current, words

ROLES = {
    "officer": N_("privacy officer"),
    "administrator": N_("administrator"),
    "manager": N_("manager"),
    "auditor": N_("auditor"),
    "recovery": N_("recovery kit"),
}
_IN_WORDS = ("cause", "role")  # details whose text is a message id where the catalogues know it


class DomainError(Exception):
    """The request was refused."""

    field = ""  # the name of the field that a form marks, where a class is about one

    def __init__(self, **details: object) -> None:
        super().__init__()
        self.details = details

    def sentence(self, in_words: Words | None = None) -> str:
        """Return the sentence for the user, in the screen's language or that of ``in_words``."""
        say = in_words or words(current())
        return say(message_id(type(self))).format(**self._told(say))

    def _told(self, say: Words) -> dict[str, object]:
        """Return the details as they are told: roles and causes in the language of the sentence."""
        found = dict(self.details)
        for name in _IN_WORDS:
            told = found.get(name)
            if isinstance(told, str):
                found[name] = say(ROLES.get(told, told))
        if "value" in found:
            found["value"] = _as_typed(found["value"])
        return found

    def __str__(self) -> str:
        return message_id(type(self)).format(**self.details)


def _as_typed(value: object) -> object:
    """Return a refused value as somebody would type it: no brackets, moments on the office's clock.

    Nothing is empty.
    """
    if isinstance(value, (tuple, list)):
        return ", ".join(map(str, value))
    if isinstance(value, datetime):
        from privdesk.core.clock import office_time  # brings the time zones, which an opening lacks

        return f"{office_time(value):%Y-%m-%d %H:%M}"
    return "" if value is None else value


def message_id(error: type[DomainError]) -> str:
    """Return the message id of an error class: its docstring on one line."""
    return " ".join(inspect.cleandoc(error.__doc__ or "").split())


class UsageError(DomainError):
    """The command was not understood: {problem}"""


class NotFoundError(DomainError):
    """There is no {what} with the number {ref}. Nothing was changed; check the number."""


class UnknownNameError(NotFoundError):
    """There is no {what} “{name}”. Nothing was changed; check the name."""


class InvalidValueError(DomainError):
    """“{value}” cannot be used for {field}: {cause} Nothing was changed."""


class ForbiddenError(DomainError):
    """Your role ({role}) does not open this. Nothing was changed; ask a privacy officer."""


class MayNotDoError(ForbiddenError):
    """Your role ({role}) may not do this. Nothing was changed; ask a privacy officer."""
