"""``FIELD=VALUE`` and the words that stand before such pairs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import typer

from privdesk.core.i18n import _

_PAIR = re.compile(r"(\w+(?:\.[^=\s]+)?)=(.*)", re.DOTALL)


def split(arguments: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Return the words and, by field, the values; a field named twice is a mistake."""
    told: list[str] = []
    values: dict[str, str] = {}
    for argument in arguments:
        found = _PAIR.fullmatch(argument)
        if found is None:
            told.append(argument)
        elif found[1] in values:
            message = _("the field “{name}” is given twice").format(name=found[1])
            raise typer.BadParameter(message)
        else:
            values[found[1]] = found[2]
    return told, values


def gathered(values: Mapping[str, str]) -> dict[str, str]:
    """Return the values with those of ``FIELD.ITEM`` as lines ``ITEM: VALUE`` of the field."""
    found: dict[str, str] = {}
    for name, value in values.items():
        field, dot, item = name.partition(".")
        line = f"{item}: {value}" if dot else value
        found[field] = f"{found[field]}\n{line}" if field in found else line
    return found


def conditions(pairs: Sequence[str]) -> dict[str, list[str]]:
    """Return the wanted values by field; a field given again widens the choice."""
    found: dict[str, list[str]] = {}
    for pair in pairs:
        matched = _PAIR.fullmatch(pair)
        if matched is None:
            raise typer.BadParameter(_("“{pair}” is not FIELD=VALUE").format(pair=pair))
        found.setdefault(matched[1], []).append(matched[2])
    return found
