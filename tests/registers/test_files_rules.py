"""The day of a file of which only the number of people is known."""

from __future__ import annotations

from datetime import date

import pytest

from privdesk.core.calendar import OfficeCalendar
from privdesk.core.findings import Severity
from privdesk.core.periods import UNTIL_EVENT, years
from privdesk.registers.files.rules import (
    CollectedBackwardsError,
    FileFacts,
    NegativeCountError,
    check,
    due_on,
    judge,
)

TAPE = FileFacts("F-000009-0", "Tape 7", people=4_000, due=date(2026, 11, 20), period=years(3))


def test_the_period_runs_from_the_last_day_of_collection() -> None:
    assert due_on(date(2023, 3, 10), years(3)) == date(2026, 3, 10)


def test_an_ended_purpose_brings_the_day_forward_only() -> None:
    assert due_on(date(2023, 3, 10), years(3), ended=date(2024, 1, 1)) == date(2024, 1, 1)
    assert due_on(date(2023, 3, 10), years(3), ended=date(2027, 1, 1)) == date(2026, 3, 10)


def test_another_law_pushes_it_back_past_its_last_day() -> None:
    assert due_on(date(2023, 3, 10), years(3), law=years(5)) == date(2028, 3, 11)
    assert due_on(date(2023, 3, 10), years(3), law=years(1)) == date(2026, 3, 10)


def test_until_an_event_there_is_no_day() -> None:
    assert due_on(date(2023, 3, 10), UNTIL_EVENT) is None
    assert due_on(date(2023, 3, 10), UNTIL_EVENT, ended=date(2024, 1, 1)) == date(2024, 1, 1)
    assert due_on(None, years(3)) is None
    assert due_on(None, years(3), ended=date(2024, 1, 1)) == date(2024, 1, 1)


def test_days_in_the_wrong_order_and_less_than_nobody_are_refused() -> None:
    check(date(2020, 1, 1), date(2020, 1, 1), 0)
    with pytest.raises(CollectedBackwardsError):
        check(date(2020, 1, 2), date(2020, 1, 1), None)
    with pytest.raises(NegativeCountError):
        check(None, None, -1)


def test_a_due_file_is_found_with_its_last_day() -> None:
    (found,) = judge(TAPE, date(2026, 11, 23), OfficeCalendar())

    assert (found.rule, found.count, found.severity) == ("12", 4_000, Severity.BREACH)
    assert found.due == date(2026, 11, 25)
    assert "since 2026-11-20" in found.what_text()


def test_an_overdue_file_says_so() -> None:
    (found,) = judge(TAPE, date(2026, 11, 26), OfficeCalendar())

    assert "should have been destroyed by 2026-11-25" in found.what_text()


def test_a_file_that_is_not_due_is_not_found() -> None:
    assert judge(TAPE, date(2026, 11, 19), OfficeCalendar()) == ()
    waiting = FileFacts("F-000009-0", "Tape 7", period=UNTIL_EVENT)
    assert judge(waiting, date(2026, 11, 19), OfficeCalendar()) == ()


@pytest.mark.parametrize(
    ("facts", "severity"),
    [
        (FileFacts("F-000009-0", "Tape 7"), Severity.BREACH),
        (FileFacts("F-000009-0", "Tape 7", period=years(3), dated=False), Severity.WARNING),
    ],
)
def test_a_file_without_period_or_day_is_found(facts: FileFacts, severity: Severity) -> None:
    (found,) = judge(facts, date(2026, 11, 19), OfficeCalendar())

    assert (found.rule, found.severity) == ("S2.1", severity)
