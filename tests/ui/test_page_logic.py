"""Conditions, saved views and fitting actions, without a screen."""

from __future__ import annotations

import json
from datetime import date

import pytest

from privdesk.core.conditions import Between, meets
from privdesk.core.register import Action, Row
from privdesk.ui.page.acting import choose, fitting
from privdesk.ui.page.conditions import (
    Condition,
    filterable,
    from_json,
    options,
    reads,
    where,
)
from privdesk.ui.page.saved import SavedView, SavedViews
from tests.ui.fakes import HOLDINGS, TODAY, InMemory

FIELDS = {f.name: f for f in filterable(HOLDINGS, HOLDINGS.fields)}


def test_a_list_is_narrowed_by_state_choices_flags_and_dates_but_not_by_sealed_values() -> None:
    assert list(FIELDS) == ["state", "basis", "collected_on", "expires_on", "exempt"]


def test_the_state_offers_the_registers_states() -> None:
    assert [key for key, _words in options(HOLDINGS, FIELDS["state"])][:2] == ["active", "due"]


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        (Condition("state", ("due",)), "due"),
        (Condition("state", ("due", "held")), ["due", "held"]),
        (Condition("exempt", ("no",)), False),
        (Condition("expires_on", ("past",)), Between(None, date(2026, 11, 22))),
        (Condition("expires_on", ("week",)), Between(date(2026, 11, 23), date(2026, 11, 30))),
        (Condition("expires_on", ("month",)), Between(date(2026, 11, 1), date(2026, 11, 30))),
        (Condition("expires_on", ("year",)), Between(date(2026, 1, 1), date(2026, 12, 31))),
        (
            Condition("expires_on", ("from", "2026-01-05", "")),
            Between(date(2026, 1, 5), None),
        ),
    ],
)
def test_a_condition_means_what_it_says_today(condition: Condition, wanted: object) -> None:
    assert where([condition], FIELDS, TODAY) == {condition.field: wanted}


def test_a_chip_reads_field_and_values() -> None:
    condition = Condition("state", ("due", "held"))
    assert reads(condition, FIELDS["state"], HOLDINGS) == "State: Due soon, On hold"
    span = Condition("expires_on", ("from", "2026-01-05", "2026-02-01"))
    assert reads(span, FIELDS["expires_on"], HOLDINGS) == "Expires on: 2026-01-05 – 2026-02-01"


@pytest.mark.parametrize(
    ("value", "wanted", "met"),
    [
        (5, Between(5, 5), True),
        (4, Between(5, None), False),
        (6, Between(None, 5), False),
        (None, Between(None, None), False),
        ("a", ["a", "b"], True),
        ("c", ["a", "b"], False),
        ("a", "a", True),
    ],
)
def test_a_value_meets_a_condition(value: object, wanted: object, met: bool) -> None:
    assert meets(value, wanted) is met


def test_a_saved_view_comes_back_as_it_was() -> None:
    preferences = InMemory()
    view = SavedView(
        "Overdue", (Condition("state", ("overdue",)),), "expires_on", True, {"columns": ["ref"]}
    )
    SavedViews(preferences, "holdings").save(view)
    preferences.put("views.holdings", json.loads(json.dumps(preferences.get("views.holdings"))))

    assert SavedViews(preferences, "holdings").all(FIELDS) == (view,)
    assert SavedViews(preferences, "purposes").all(FIELDS) == ()


def test_a_view_of_the_same_name_takes_the_place_of_the_old_one() -> None:
    views = SavedViews(InMemory(), "holdings")
    views.save(SavedView("Mine"))
    views.save(SavedView("Mine", sort="people"))
    assert [v.sort for v in views.all(FIELDS)] == ["people"]

    views.remove("Mine")
    assert views.all(FIELDS) == ()


def test_a_condition_on_a_field_that_is_gone_is_passed_over() -> None:
    assert from_json([["gone", ["x"]], ["state", ["due"]]], FIELDS) == (
        Condition("state", ("due",)),
    )


def _row(ref: str, state: str) -> Row:
    return Row(1, ref, {}, state)


def test_actions_fit_by_state_role_and_number() -> None:
    def names(*states: str, role: str = "officer") -> list[str]:
        rows = [_row(str(i), s) for i, s in enumerate(states)]
        return [a.name for a in fitting(HOLDINGS, rows, role)]

    assert names("active") == ["hold", "erase"]
    assert names("held") == ["release"]
    assert names("active", "held") == ["hold", "release"]
    assert names("active", role="auditor") == []
    assert names("void") == []


def test_records_in_another_state_are_left_out_and_counted() -> None:
    action = Action("hold", "Hold", "hold", states=("active",), bulk=True)
    chosen = choose(action, [_row("A", "active"), _row("B", "held"), _row("C", "void")])

    assert chosen.refs == ("A",)
    assert chosen.skipped == 2
