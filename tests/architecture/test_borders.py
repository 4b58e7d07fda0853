"""No rule on staff, partners and safety without a test on both sides of its border.

The rulebook is the list: a rule added to it belongs to ``ELSEWHERE`` or needs a border.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from privdesk.core.rulebook import RULES
from tests.registers.borders import BORDERS, Border

ELSEWHERE = frozenset(
    [
        *(str(number) for number in range(1, 28)),
        *("57", "59", "60", "61", "S1.1", "S1.2", "S1.3", "S2.1", "S2.2", "S3.1", "S3.2"),
        *("S5.1", "S5.2", "S5.4", "S6.2", "S6.4", "S9.1", "D6", "clock", "restored", "judged"),
    ]
)
"""Rules on data subjects, places, the vault and the office itself: tested with their registers."""
OF_DAYS = ("28", "30", "32", "42", "43", "44", "45", "53", "54", "55", "56")
LEAP_DAYS = {date(2024, 2, 29), date(2028, 2, 29), date(2025, 2, 28), date(2027, 2, 28)}


def borders_of(rule: str) -> list[Border]:
    """Return the borders of a rule."""
    return [border for border in BORDERS if border.rule == rule]


@pytest.mark.parametrize("rule", sorted(set(RULES) - ELSEWHERE))
def test_every_rule_is_tried_on_both_sides_of_its_border(rule: str) -> None:
    assert borders_of(rule)


def test_no_border_is_of_a_rule_that_is_no_longer_there() -> None:
    assert {border.rule for border in BORDERS} <= set(RULES) - ELSEWHERE
    assert set(RULES) >= ELSEWHERE


@pytest.mark.parametrize("rule", OF_DAYS)
def test_a_rule_of_days_is_tried_at_the_end_of_a_month(rule: str) -> None:
    days = {border.within for border in borders_of(rule) if isinstance(border.within, date)}

    assert [day for day in days if (day + timedelta(days=1)).day == 1]


@pytest.mark.parametrize("rule", ["28", "32", "42", "44", "45", "53", "55", "56"])
def test_a_term_is_tried_at_29_february(rule: str) -> None:
    assert {border.within for border in borders_of(rule)} & LEAP_DAYS


def test_the_two_sides_lie_next_to_each_other() -> None:
    apart = [str(border) for border in BORDERS if not _next(border.within, border.beyond)]

    assert apart == []


def _next(within: object, beyond: object) -> bool:
    if isinstance(within, datetime) and isinstance(beyond, datetime):
        return beyond - within == timedelta(seconds=1)
    if isinstance(within, date) and isinstance(beyond, date):
        return abs(beyond - within) == timedelta(days=1)
    if isinstance(within, int) and isinstance(beyond, int):
        return abs(beyond - within) == 1
    return within != beyond
