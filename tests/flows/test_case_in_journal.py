"""A case is the reason of a look: the journal has it in its own column, in the open."""

from __future__ import annotations

import pytest

from privdesk.core.register import Query
from privdesk.flows import calls
from privdesk.flows.revealing import revealed
from privdesk.registers.desk import Desk
from privdesk.ui.case.ports import NewCase


@pytest.fixture
def person(filled: Desk) -> str:
    """Return the reference of somebody."""
    found: str = filled.service("subjects").find(Query(), limit=1)[0].ref
    return found


@pytest.fixture
def case(filled: Desk, person: str) -> str:
    """Return the case of this person."""
    return calls.begin(filled, NewCase("access", "phone", "person", person)).ref


def test_a_look_for_a_case_carries_the_case(filled: Desk, person: str, case: str) -> None:
    filled.service("subjects").get(person, reveal=case)

    entry = filled.journal.newest(1)[0]
    assert (entry.action, entry.case, entry.details) == ("record.looked", case, None)
    assert filled.service("subjects").history(person)[0].reason == case


def test_the_command_line_gives_a_case_as_reason(filled: Desk, person: str, case: str) -> None:
    number = filled.service("subjects").number(person)
    revealed(filled, "subjects", [number], case)

    assert filled.journal.newest(1)[0].case == case


@pytest.mark.parametrize("reason", ["Asked on the telephone", "R-999999-9", "R-000001-1", "R"])
def test_any_other_reason_is_sealed(filled: Desk, person: str, reason: str) -> None:
    filled.service("subjects").get(person, reveal=reason)

    entry = filled.journal.newest(1)[0]
    assert entry.case == ""
    assert filled.journal.details(entry)["reason"] == reason


@pytest.mark.parametrize("spelling", ["{ref}", "{bare}", "r{digits}", "R {digits}"])
def test_a_case_is_found_with_and_without_its_check_digit(
    filled: Desk, case: str, spelling: str
) -> None:
    bare = case.rpartition("-")[0]
    digits = bare.removeprefix("R-").lstrip("0")

    (row,) = calls.numbered(filled, spelling.format(ref=case, bare=bare, digits=digits))

    assert row.ref == case


@pytest.mark.parametrize("typed", ["S-000001", "R", "R-0", "12", "R-999999"])
def test_nothing_else_is_taken_for_a_case(filled: Desk, case: str, typed: str) -> None:
    assert calls.numbered(filled, typed) == []


def test_an_unknown_caller_is_sealed_and_connected_later(filled: Desk, person: str) -> None:
    facts = calls.begin(
        filled, NewCase("access", "phone", "person", "", "Rare Caller", "010-9876-5432")
    )

    assert (facts.person, facts.identified, facts.open) == ("", False, True)
    (row,) = filled.service("requests").find(Query())
    assert "Rare Caller" not in str(row.values)
    assert calls.connect(filled, facts.ref, person).person == person


def test_identity_is_checked_with_a_method(filled: Desk, case: str) -> None:
    methods = calls.offer(filled).methods

    facts = calls.identify(filled, case, methods[0].key)

    assert facts.identified
    assert filled.service("requests").get(case).values["identity_method"] == methods[0].key
