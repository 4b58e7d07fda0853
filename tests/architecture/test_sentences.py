"""Every refusal is a sentence that the user can read."""

from __future__ import annotations

import importlib
import pkgutil
import string
from collections.abc import Iterator

from catalogues import Catalogues

import privdesk
from privdesk.core.errors import DomainError, message_id

NOT_IMPORTED = (".migrations", ".__main__", ".system.windows")


def refusals() -> list[type[DomainError]]:
    """Return every error class of the program, all modules loaded."""
    for module in pkgutil.walk_packages(privdesk.__path__, "privdesk."):
        if not any(part in module.name for part in NOT_IMPORTED):
            importlib.import_module(module.name)
    return sorted(_below(DomainError), key=lambda error: (error.__module__, error.__name__))


def _below(error: type[DomainError]) -> Iterator[type[DomainError]]:
    for each in error.__subclasses__():
        if each.__module__.startswith("privdesk."):
            yield each
        yield from _below(each)


def test_every_refusal_has_a_sentence() -> None:
    sentences = {f"{e.__module__}.{e.__name__}": message_id(e) for e in refusals()}

    assert sentences
    assert [name for name, text in sentences.items() if not text] == []
    assert [name for name, text in sentences.items() if text[-1:] not in ".?!}"] == []


def test_every_refusal_names_its_details_by_keyword() -> None:
    for error in refusals():
        fields = [name for _, name, _, _ in string.Formatter().parse(message_id(error))]
        assert "" not in fields, error
        assert not [name for name in fields if name and name.isdecimal()], error


def test_every_sentence_is_collected_for_translation() -> None:
    collected = {message.id for message in Catalogues().messages}

    assert [e.__name__ for e in refusals() if message_id(e) not in collected] == []
