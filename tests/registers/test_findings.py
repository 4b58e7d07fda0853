"""What waits and what is wrong on a day: collected over all registers."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from privdesk.core.findings import Bucket, Finding, Severity, bucket
from privdesk.flows import destruction
from privdesk.registers.desk import Desk
from privdesk.registers.findings import setup
from privdesk.registers.findings.collect import desk_findings
from tests.copies import open_copy, switch_to
from tests.desks import BORA
from tests.registers import fillings
from tests.registers.fillings import TODAY


def retention(desk: Desk, on: date | None = None) -> list[Finding]:
    """Return the findings of rule 12 on holdings."""
    return [f for f in desk_findings(desk, on) if (f.rule, f.register) == ("12", "holdings")]


def of_register(desk: Desk, name: str) -> list[Finding]:
    """Return the findings that stand with a register, set-up apart."""
    return [
        f for f in desk_findings(desk) if f.register == name and f.severity is not Severity.SETUP
    ]


def an_office(desk: Desk, *collected: date) -> None:
    """Enter a purpose of two years, a place, a file and people collected on these days."""
    news, shop = fillings.purpose(desk), fillings.place(desk)
    customers = fillings.file(desk, news, shop)
    for day in collected:
        fillings.holding(desk, customers, news, day)


def test_day_one_has_no_breach_only_a_set_up_list(desk: Desk) -> None:
    found = desk_findings(desk)

    assert {one.severity for one in found} == {Severity.SETUP}
    assert "cpo" in {step.key for step in setup.steps(desk, found).open}


def test_a_holding_is_found_on_its_day_and_not_the_day_before(desk: Desk) -> None:
    an_office(desk, TODAY.replace(year=2024), TODAY.replace(year=2024) + timedelta(days=1))

    (found,) = retention(desk)

    assert found.count == 1
    assert found.due == date(2026, 11, 30)  # the fifth day is a Saturday
    assert found.severity is Severity.BREACH


def test_the_last_day_is_not_overdue_and_the_next_one_is(desk: Desk) -> None:
    an_office(desk, date(2024, 11, 23))
    last = date(2026, 11, 30)

    (on_time,) = retention(desk, last)
    (late,) = retention(desk, last + timedelta(days=1))

    assert bucket(on_time, last) is Bucket.TODAY
    assert bucket(late, last + timedelta(days=1)) is Bucket.OVERDUE
    assert "had to be destroyed by 2026-11-30" in late.what_text()


def test_people_are_grouped_by_file_purpose_and_last_day(desk: Desk) -> None:
    an_office(desk, date(2024, 11, 20), date(2024, 11, 20), date(2024, 11, 23))

    assert [(f.count, f.due) for f in retention(desk)] == [
        (2, date(2026, 11, 25)),
        (1, date(2026, 11, 30)),
    ]


def test_a_later_day_shows_what_will_be_due_then(desk: Desk) -> None:
    an_office(desk, date(2024, 12, 10))

    assert retention(desk) == []
    assert retention(desk, date(2026, 12, 9)) == []
    assert [f.count for f in retention(desk, date(2026, 12, 10))] == [1]
    assert desk.today() == TODAY


def test_a_hold_takes_a_person_off_the_list(desk: Desk) -> None:
    an_office(desk, date(2024, 11, 20))
    holdings = desk.service("holdings")
    ref = holdings.due(TODAY)[0].ref

    holdings.act("hold", [ref], {"reason": "Court order"})

    assert retention(desk) == []


def test_a_purpose_without_basis_is_set_up_until_somebody_is_held_for_it(desk: Desk) -> None:
    empty = fillings.purpose(desk, "Prize draw", basis=None)
    severities = {f.severity for f in desk_findings(desk) if f.ref == empty.ref}
    assert severities == {Severity.SETUP}

    customers = fillings.file(desk, empty, fillings.place(desk))
    fillings.holding(desk, customers, empty, TODAY)

    severities = {f.severity for f in desk_findings(desk) if f.ref == empty.ref}
    assert severities == {Severity.BREACH}


def test_a_requested_destruction_takes_its_people_off_the_list(desk: Desk) -> None:
    an_office(desk, date(2024, 11, 20), date(2024, 11, 21))

    ref = destruction.request(desk, due_on=date(2026, 11, 20), reason="Period over")

    assert [f.count for f in retention(desk)] == [1]
    (waiting,) = of_register(desk, "destructions")
    assert (waiting.ref, waiting.waiting) == (ref, True)  # it stands with another officer
    assert waiting.due == date(2026, 11, 25)  # the day of what is in it, not five days more


def test_the_other_officer_is_asked_to_approve_then_anybody_to_execute(desk: Desk) -> None:
    an_office(desk, date(2024, 11, 20))
    ref = destruction.request(desk, due_on=TODAY, reason="Period over")
    other = switch_to(desk, BORA)

    (to_approve,) = of_register(other, "destructions")
    assert (to_approve.values["step"], to_approve.waiting) == ("approve", False)

    destruction.approve(other, ref)
    (to_execute,) = of_register(other, "destructions")
    assert to_execute.values["step"] == "execute"
    other.vault.close()


def test_after_the_execution_the_places_are_waited_for_until_their_reply_day(
    desk: Desk, tmp_path: Path
) -> None:
    an_office(desk, date(2024, 11, 20))
    ref = destruction.request(desk, due_on=TODAY, reason="Period over")
    other = switch_to(desk, BORA)
    destruction.approve(other, ref)
    destruction.execute(other, ref, tmp_path / "out" / "second.key")

    (order,) = of_register(other, "orders")
    assert order.values["step"] == "send"
    assert order.due == date(2026, 11, 30)  # seven days, the last a Monday

    place = order.what_text()
    assert "Web shop" in place
    destruction.place(other, ref, "Web shop", by="IT", on=TODAY, count=1)
    assert of_register(other, "orders") == []
    other.vault.close()


def test_another_number_than_ordered_stays_open(desk: Desk, tmp_path: Path) -> None:
    an_office(desk, date(2024, 11, 20), date(2024, 11, 20))
    ref = destruction.request(desk, due_on=TODAY, reason="Period over")
    other = switch_to(desk, BORA)
    destruction.approve(other, ref)
    destruction.execute(other, ref, tmp_path / "out" / "second.key")

    destruction.place(other, ref, "Web shop", by="IT", on=TODAY, count=1)

    (order,) = of_register(other, "orders")
    assert "another number" in order.what_text()
    assert order.waiting is False
    other.vault.close()


@pytest.mark.parametrize("officers", [1, 2])
def test_the_second_officer_is_a_line_of_the_set_up_list(tmp_path: Path, officers: int) -> None:
    desk = open_copy(tmp_path, officers=officers)

    todo = setup.steps(desk, [])

    assert ("officer" in {step.key for step in todo.open}) is (officers == 1)
    assert todo.total == len(setup.STEPS)
    assert todo.done == todo.total - len(todo.open)
    desk.vault.close()


def test_the_set_up_list_follows_what_is_entered(desk: Desk) -> None:
    def still_open() -> set[str]:
        return {step.key for step in setup.steps(desk, desk_findings(desk)).open}

    before = still_open()
    assert {"purposes", "places", "files", "people", "profile", "backup_folder"} <= before

    an_office(desk, TODAY)
    desk.set_setting("profile", {"people": 10})
    desk.set_setting("backup_folder", "/media/backups")
    after = still_open()

    assert after.isdisjoint({"purposes", "places", "files", "people", "profile", "backup_folder"})
    assert {"cpo", "policy", "epoch_folder", "backup"} <= after


def test_a_day_that_has_passed_is_told_as_it_was(desk: Desk) -> None:
    an_office(desk, date(2024, 11, 20))

    assert retention(desk, date(2026, 11, 19)) == []
    assert [f.count for f in retention(desk, date(2026, 11, 20))] == [1]
