"""Purposes that most companies have; the three of the policy (S1.3 to S1.5) come first."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from privdesk.core import laws
from privdesk.core.errors import UnknownNameError
from privdesk.core.i18n import N_, _, words
from privdesk.core.resources import resource
from privdesk.core.rulebook import statutes

_BOTH = ("event", "article", "refusal")


@dataclass(frozen=True)
class Template:
    """A purpose to begin with; ``name`` is in the language asked for."""

    key: str
    name: str
    clause: str


@cache
def _all() -> tuple[Mapping[str, Any], ...]:
    return tuple(json.loads(resource("templates", "purposes.json").read_text(encoding="utf-8")))


def listed(language: str) -> tuple[Template, ...]:
    """Return the templates in their order."""
    return tuple(
        Template(one["key"], one["name"]["ko" if language == "ko" else "en"], one.get("clause", ""))
        for one in _all()
    )


def values_of(key: str, language: str, on: date) -> dict[str, Any]:
    """Return the values of a purpose made from a template; items are keys of items.

    Name and English name are both given. The statute is named as on ``on``.
    """
    found = next((one for one in _all() if one["key"] == key), None)
    if found is None:
        raise UnknownNameError(what=_(N_("template")), name=key)
    office = "ko" if language == "ko" else "en"
    values = {k: v for k, v in found.items() if k not in ("key", "name", *_BOTH)}
    values |= {name: found[name][office] for name in _BOTH if name in found}
    values |= {"name": found["name"][office], "name_en": found["name"]["en"]}
    values.setdefault("required_items", [])
    values.setdefault("optional_items", [])
    if "statute" in found:
        values["statute"] = laws.named(statutes(on)[found["statute"]], words(office))
    return values
