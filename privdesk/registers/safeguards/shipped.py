"""The shipped list of safeguards that an office can take over: ``resources/templates``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from privdesk.core.errors import DomainError
from privdesk.core.resources import resource


class AllTakenError(DomainError):
    """Every safeguard of the shipped list is entered already. Nothing was changed; add what your
    office does beside it.
    """


@dataclass(frozen=True)
class Shipped:
    """A safeguard of the shipped list; texts by language."""

    key: str
    area: str
    months: int
    article: Mapping[str, str]
    name: Mapping[str, str]
    measure: Mapping[str, str]

    def values(self, language: str) -> dict[str, object]:
        """Return the fields of the record, named in the office's language."""
        return {
            "name": self.name[language],
            "name_en": self.name["en"],
            "area": self.area,
            "measure": self.measure[language],
            "measure_en": self.measure["en"],
            "article": self.article[language],
            "months": self.months,
        }


def article_in(text: str, language: str) -> str:
    """Return an article in a language where it is one of the shipped list, else as it is."""
    for one in listed():
        if text in one.article.values():
            return one.article[language]
    return text


@cache
def listed() -> tuple[Shipped, ...]:
    """Return the shipped safeguards in their order."""
    text = resource("templates", "safeguards.json").read_text(encoding="utf-8")
    return tuple(Shipped(**one) for one in json.loads(text))
