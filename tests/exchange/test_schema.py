"""The part of JSON Schema that our schemas use: each keyword on both sides."""

from __future__ import annotations

from typing import Any

import pytest

from privdesk.exchange.schema import UnknownKeywordError, additions, faults

CASES: list[tuple[dict[str, Any], Any, Any]] = [
    ({"type": "string"}, "a", 1),
    ({"type": "integer"}, 1, True),
    ({"type": ["string", "null"]}, None, 1),
    ({"required": ["a"]}, {"a": 1}, {"b": 1}),
    ({"properties": {"a": {"type": "string"}}}, {"a": "x", "b": 1}, {"a": 1}),
    ({"properties": {"a": {}}, "additionalProperties": False}, {"a": 1}, {"b": 1}),
    ({"items": {"type": "string"}}, ["a"], ["a", 1]),
    ({"enum": ["a", 1]}, "a", True),
    ({"pattern": "^[a-z]+$"}, "ab", "a1"),
    ({"minLength": 1}, "a", ""),
    ({"minItems": 1}, [1], []),
    ({"format": "date"}, "2026-11-23", "2026-02-30"),
    ({"format": "date-time"}, "2026-11-23T14:05:00+09:00", "at noon"),
    ({"anyOf": [{"type": "string"}, {"type": "null"}]}, None, 1),
    ({"$ref": "#/$defs/a", "$defs": {"a": {"type": "string"}}}, "a", 1),
]


@pytest.mark.parametrize(("schema", "sound", "wrong"), CASES)
def test_each_keyword_on_both_sides(schema: dict[str, Any], sound: Any, wrong: Any) -> None:
    assert list(faults(sound, schema)) == []
    assert len(list(faults(wrong, schema))) == 1


def test_a_fault_says_where_it_is() -> None:
    schema = {"properties": {"a": {"items": {"properties": {"b": {"type": "string"}}}}}}

    (found,) = faults({"a": [{"b": "x"}, {"b": 1}]}, schema)

    assert found.path == "a[1].b"


def test_a_keyword_that_is_not_checked_is_not_passed_over() -> None:
    with pytest.raises(UnknownKeywordError):
        list(faults(1, {"multipleOf": 2}))


def test_what_others_add_is_seen_at_any_depth() -> None:
    schema = {"properties": {"a": {"items": {"$ref": "#/$defs/b"}}},
              "$defs": {"b": {"properties": {"c": {}}}}}  # fmt: skip

    assert not additions({"a": [{"c": 1}]}, schema, schema)
    assert additions({"a": [{"c": 1}, {"d": 1}]}, schema, schema)
