"""Checking JSON by a JSON Schema: the part of draft 2020-12 that our own schemas use.

No library for it is among the requirements. A schema that uses a keyword which is not
known here raises: nothing is passed over in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from privdesk.core.i18n import N_
from privdesk.core.reasons import Reason, reason

TYPE = N_("it must be {wanted}.")
MISSING = N_("“{name}” is missing.")
UNWANTED = N_("“{name}” is not foreseen here.")
OTHER = N_("it must be one of: {wanted}.")
PATTERN = N_("it does not have the form that is asked for.")
EMPTY = N_("it must not be empty.")
NO_DATE = N_("it is no date.")
_SAID = frozenset(("$schema", "$id", "$defs", "title", "description", "$comment", "examples"))
_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "object": lambda v: isinstance(v, dict),
    "array": lambda v: isinstance(v, list),
    "string": lambda v: isinstance(v, str),
    "boolean": lambda v: isinstance(v, bool),
    "integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "number": lambda v: isinstance(v, int | float) and not isinstance(v, bool),
    "null": lambda v: v is None,
}


class UnknownKeywordError(LookupError):
    """A schema uses a keyword that is not checked here (a bug of the schema)."""


@dataclass(frozen=True)
class SchemaFault:
    """What is wrong, and where: the path such as ``receipts[2].events[0].time``."""

    path: str
    why: Reason


def faults(value: Any, schema: Mapping[str, Any]) -> Iterator[SchemaFault]:
    """Yield everything in a value that does not satisfy a schema."""
    yield from _check(value, schema, schema, "")


def additions(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any]) -> bool:
    """Whether a sound value has fields, at whatever depth, that its schema does not name."""
    if "$ref" in schema:
        return additions(value, root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    if isinstance(value, dict) and "properties" in schema:
        known = schema["properties"]
        return any(
            name not in known or additions(v, known[name], root) for name, v in value.items()
        )
    if isinstance(value, list) and "items" in schema:
        return any(additions(one, schema["items"], root) for one in value)
    return False


def _check(
    value: Any, schema: Mapping[str, Any], root: Mapping[str, Any], path: str
) -> Iterator[SchemaFault]:
    for keyword, told in schema.items():
        if keyword in _SAID:
            continue
        check = _KEYWORDS.get(keyword)
        if check is None:
            raise UnknownKeywordError(keyword)
        yield from check(value, told, schema, root, path)


def _ref(
    value: Any, told: str, _schema: Any, root: Mapping[str, Any], path: str
) -> Iterator[SchemaFault]:
    head, _slash, name = told.rpartition("/")
    if head != "#/$defs":
        raise UnknownKeywordError(told)
    yield from _check(value, root["$defs"][name], root, path)


def _type(value: Any, told: Any, _schema: Any, _root: Any, path: str) -> Iterator[SchemaFault]:
    wanted = [told] if isinstance(told, str) else list(told)
    if not any(_TYPES[name](value) for name in wanted):
        yield SchemaFault(path, reason(TYPE, wanted=" / ".join(wanted)))


def _properties(
    value: Any, told: Mapping[str, Any], _schema: Any, root: Mapping[str, Any], path: str
) -> Iterator[SchemaFault]:
    if isinstance(value, dict):
        for name, below in told.items():
            if name in value:
                yield from _check(value[name], below, root, f"{path}.{name}".lstrip("."))


def _required(value: Any, told: Any, _schema: Any, _root: Any, path: str) -> Iterator[SchemaFault]:
    if isinstance(value, dict):
        for name in told:
            if name not in value:
                yield SchemaFault(path, reason(MISSING, name=name))


def _additional(
    value: Any, told: Any, schema: Mapping[str, Any], _root: Any, path: str
) -> Iterator[SchemaFault]:
    if told is False and isinstance(value, dict):
        for name in value.keys() - schema.get("properties", {}).keys():
            yield SchemaFault(path, reason(UNWANTED, name=name))
    elif not isinstance(told, bool):
        raise UnknownKeywordError("additionalProperties")


def _items(
    value: Any, told: Mapping[str, Any], _schema: Any, root: Mapping[str, Any], path: str
) -> Iterator[SchemaFault]:
    if isinstance(value, list):
        for at, one in enumerate(value):
            yield from _check(one, told, root, f"{path}[{at}]")


def _enum(value: Any, told: Any, _schema: Any, _root: Any, path: str) -> Iterator[SchemaFault]:
    if not any(type(value) is type(one) and value == one for one in told):
        yield SchemaFault(path, reason(OTHER, wanted=", ".join(map(str, told))))


def _pattern(value: Any, told: str, _schema: Any, _root: Any, path: str) -> Iterator[SchemaFault]:
    if isinstance(value, str) and not re.search(told, value):
        yield SchemaFault(path, reason(PATTERN))


def _least(value: Any, told: int, _schema: Any, _root: Any, path: str) -> Iterator[SchemaFault]:
    if isinstance(value, str | list) and len(value) < told:
        yield SchemaFault(path, reason(EMPTY))


def _format(value: Any, told: str, _schema: Any, _root: Any, path: str) -> Iterator[SchemaFault]:
    readers: Mapping[str, Callable[[str], object]] = {
        "date": date.fromisoformat,
        "date-time": datetime.fromisoformat,
    }
    if told not in readers:
        raise UnknownKeywordError(f"format {told}")
    if isinstance(value, str):
        try:
            readers[told](value)
        except ValueError:
            yield SchemaFault(path, reason(NO_DATE))


def _any_of(
    value: Any, told: Any, _schema: Any, root: Mapping[str, Any], path: str
) -> Iterator[SchemaFault]:
    found = [list(_check(value, one, root, path)) for one in told]
    if all(found):
        yield found[-1][0]


_KEYWORDS: Mapping[str, Callable[..., Iterator[SchemaFault]]] = {
    "$ref": _ref,
    "type": _type,
    "properties": _properties,
    "required": _required,
    "additionalProperties": _additional,
    "items": _items,
    "enum": _enum,
    "pattern": _pattern,
    "minLength": _least,
    "minItems": _least,
    "format": _format,
    "anyOf": _any_of,
}
