"""A refused value is said as somebody would type it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from privdesk.core.errors import InvalidValueError


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (("L-000101-0", "L-000102-8"), "“L-000101-0, L-000102-8”"),
        (datetime(2026, 10, 22, 21, 0, tzinfo=UTC), "“2026-10-23 06:00”"),
        (None, "“”"),
        ("as it is", "“as it is”"),
    ],
)
def test_a_refused_value_is_said_as_it_is_typed(value: object, told: str) -> None:
    error = InvalidValueError(value=value, field="Places", cause="no.")

    assert error.sentence().startswith(f"{told} cannot be used for Places: no.")
