"""Histories of consents, with dates worked out by hand.

November 2026: Sun 15, Mon 16, Tue 17, Wed 18, Fri 20, Sat 21, Sun 22, Mon 23. The first day
does not count; a last day on a weekend moves to Monday.

| rule | since            | fifth day | so by      |
|------|------------------|-----------|------------|
| 3    | Mon 16 Nov asked | Sat 21    | Mon 23     |
| 3    | Wed 18 Nov asked | Mon 23    | Mon 23     |
| 3    | Sun 15 Nov asked | Fri 20    | Fri 20     |
| 10   | Tue 17 Nov       | Sun 22    | Mon 23     |
| 11   | 23 Dec 2024      | –         | 23 Dec 2026, said from 23 Nov 2026 |
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from privdesk.core.calendar import OfficeCalendar
from privdesk.core.findings import Severity
from privdesk.registers.consents import asking, guardians, rules
from privdesk.registers.consents.fields import RULE_8, RULE_11
from privdesk.registers.consents.guardians import GuardianFacts
from privdesk.registers.consents.rules import ConsentEvent, ConsentFacts, ConsentState, Event
from privdesk.registers.consents.times import as_time, moment_of, time_fault

CALENDAR = OfficeCalendar()
TODAY = date(2026, 11, 23)


def event(kind: Event, at: str, number: int = 0, wording: int = 1) -> ConsentEvent:
    """Return an event of a day, or of a moment where a time is told."""
    day, _space, time = at.partition(" ")
    moment = moment_of(date.fromisoformat(day), time)
    return ConsentEvent(kind, moment, number, wording, timed=bool(time))


HISTORY = (
    event(Event.ASKED, "2024-01-08", 1),
    event(Event.GIVEN, "2024-01-10", 2),
    event(Event.CONFIRMED, "2025-01-10", 3),
    event(Event.WITHDRAWN, "2025-03-01", 4),
    event(Event.GIVEN, "2025-06-01", 5),
    event(Event.CHANGED, "2025-07-01", 6),
    event(Event.LAPSED, "2026-07-01", 7),
)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2024-01-07", ConsentState.NONE),
        ("2024-01-08", ConsentState.ASKED),
        ("2024-01-09", ConsentState.ASKED),
        ("2024-01-10", ConsentState.GIVEN),
        ("2025-02-28", ConsentState.GIVEN),
        ("2025-03-01", ConsentState.WITHDRAWN),
        ("2025-05-31", ConsentState.WITHDRAWN),
        ("2025-06-01", ConsentState.GIVEN),
        ("2026-06-30", ConsentState.GIVEN),
        ("2026-07-01", ConsentState.LAPSED),
    ],
)
def test_the_state_of_any_past_day(day: str, state: ConsentState) -> None:
    facts = ConsentFacts("C-1", HISTORY[::-1])

    assert rules.state_as_of(facts, date.fromisoformat(day)) is state


def test_a_question_to_the_guardian_takes_nothing_from_what_was_agreed() -> None:
    facts = ConsentFacts(
        "C-1", (event(Event.GIVEN, "2026-01-02"), event(Event.ASKED, "2026-02-02"))
    )

    assert rules.state_of(facts, TODAY) is ConsentState.GIVEN


@pytest.mark.parametrize(
    ("given", "withdrawn", "last"),
    [
        ("2026-05-01 09:00", "2026-05-01 14:05", Event.WITHDRAWN),
        ("2026-05-01 15:00", "2026-05-01 14:05", Event.GIVEN),
        ("2026-05-01 15:00", "2026-05-01", Event.WITHDRAWN),  # unknown: the order of entry
        ("2026-05-01", "2026-05-01 14:05", Event.WITHDRAWN),
        ("2026-05-02", "2026-05-01 23:59", Event.GIVEN),
    ],
)
def test_within_a_day_the_time_decides_where_it_is_known(
    given: str, withdrawn: str, last: Event
) -> None:
    events = (event(Event.WITHDRAWN, withdrawn, 2), event(Event.GIVEN, given, 1))

    found = rules.latest(events)

    assert found is not None
    assert found.kind is last


def test_the_day_of_an_event_is_the_offices_own() -> None:
    assert moment_of(date(2026, 5, 1), "08:59") == datetime(2026, 4, 30, 23, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "time"),
    [("14:05", "14:05"), ("9:05", "09:05"), ("14시 05분", "14:05"), ("14:05:30", "14:05"),
     ("24:00", ""), ("noon", ""), ("14:60", "")],
)  # fmt: skip
def test_a_time_of_day_as_people_write_it(text: str, time: str) -> None:
    assert as_time(text) == time
    assert (time_fault(text) is None) == bool(time)


@pytest.mark.parametrize(
    ("asked", "today", "due", "severity"),
    [
        ("2026-11-16", "2026-11-23", "2026-11-23", Severity.WARNING),
        ("2026-11-16", "2026-11-24", "2026-11-23", Severity.BREACH),
        ("2026-11-18", "2026-11-23", "2026-11-23", Severity.WARNING),
        ("2026-11-15", "2026-11-20", "2026-11-20", Severity.WARNING),
        ("2026-11-15", "2026-11-21", "2026-11-20", Severity.BREACH),
    ],
)
def test_a_silent_guardian_has_five_days(
    asked: str, today: str, due: str, severity: Severity
) -> None:
    facts = GuardianFacts("C-1", date.fromisoformat(asked))

    (found,) = guardians.judge(facts, date.fromisoformat(today), CALENDAR)

    assert (found.rule, found.due, found.severity) == ("3", date.fromisoformat(due), severity)


def test_a_refusal_is_acted_on_by_the_same_day_from_the_collection() -> None:
    facts = GuardianFacts("C-1", date(2026, 11, 16), refused=date(2026, 11, 17))

    (found,) = guardians.judge(facts, date(2026, 11, 17), CALENDAR)

    assert (found.severity, found.due) == (Severity.BREACH, date(2026, 11, 23))
    assert "refused" in found.what


@pytest.mark.parametrize(
    ("kind", "today", "due"),
    [
        (Event.WITHDRAWN, "2026-11-17", "2026-11-23"),
        (Event.LAPSED, "2026-11-17", "2026-11-23"),
    ],
)
def test_what_ended_is_acted_on_within_five_days(kind: Event, today: str, due: str) -> None:
    events = (event(Event.GIVEN, "2026-01-02"), event(kind, "2026-11-17"))
    facts = ConsentFacts("C-1", events)

    (found,) = rules.judge(facts, date.fromisoformat(today), CALENDAR)
    (running,) = rules.judge(
        ConsentFacts("C-1", events, destruction="D-1"), date.fromisoformat(today), CALENDAR
    )

    assert (found.rule, found.due) == ("10", date.fromisoformat(due))
    assert running.due == found.due
    assert "D-1" in running.what_text()


@pytest.mark.parametrize(
    ("agreed", "last", "renew_from", "marketing", "why"),
    [
        ("2026-01-01", "2026-01-01", "2026-01-02", False, RULE_8),
        ("2026-01-02", "2026-01-02", "2026-01-02", False, ""),
        ("2026-01-01", "2026-03-01", "2026-01-02", False, RULE_8),  # confirmed is not agreed anew
        ("2024-12-23", "2024-12-23", None, True, RULE_11),  # thirty days ahead of 23 Dec 2026
        ("2024-12-24", "2024-12-24", None, True, ""),
        ("2024-12-23", "2024-12-23", None, False, ""),
        ("2022-12-23", "2026-01-05", None, True, ""),
    ],
)
def test_who_must_be_asked_again(
    agreed: str, last: str, renew_from: str | None, marketing: bool, why: str
) -> None:
    changed = date.fromisoformat(renew_from) if renew_from else None

    told = asking.why(
        date.fromisoformat(agreed), date.fromisoformat(last), changed,
        marketing=marketing, today=TODAY,
    )  # fmt: skip

    assert told == why
