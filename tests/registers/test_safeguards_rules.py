"""The rules of safeguards and systems: 47, 49, 50, 55 and S8.1, each on both sides."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from privdesk.core.findings import Severity
from privdesk.registers.safeguards import rules, systems
from privdesk.registers.safeguards.rules import Alert, Area, Guard, Result
from privdesk.registers.safeguards.shipped import article_in
from privdesk.registers.safeguards.systems import System

TODAY = date(2026, 11, 23)
GOOD = System(
    "L-1",
    "Shop",
    lockout=5,
    stored="one_way",
    idle=10,
    outside="strong",
    logged="full",
    log_months=12,
)
PLAN = Guard(
    "SG-1", "Plan", Area.PLAN, TODAY, Result.GOOD, checked_on=date(2025, 11, 23), owner="M-1"
)


def found(system: System, on: date = TODAY) -> list[tuple[str, Severity]]:
    """Return rule and severity of what is wrong with a system."""
    return [(one.rule, one.severity) for one in systems.judge([system], on, 1)]


def test_a_system_that_does_all_has_nothing_found() -> None:
    assert found(GOOD) == []


@pytest.mark.parametrize(
    ("lockout", "severity"),
    [
        (0, Severity.BREACH),
        (1, None),
        (5, None),
        (6, Severity.WARNING),
        (None, Severity.SETUP),
    ],
)
def test_accounts_lock_after_at_most_five_wrong_passwords(
    lockout: int | None, severity: Severity | None
) -> None:
    told = found(replace(GOOD, lockout=lockout))
    assert told == ([("47", severity)] if severity else [])


@pytest.mark.parametrize(
    ("stored", "severity"),
    [
        ("one_way", None),
        ("elsewhere", None),
        ("readable", Severity.BREACH),
        ("clear", Severity.BREACH),
        ("", Severity.SETUP),
    ],
)
def test_passwords_are_stored_one_way(stored: str, severity: Severity | None) -> None:
    assert found(replace(GOOD, stored=stored)) == ([("49", severity)] if severity else [])


@pytest.mark.parametrize(
    ("idle", "severity"),
    [
        (0, Severity.BREACH),
        (1, None),
        (30, None),
        (31, Severity.WARNING),
        (None, Severity.SETUP),
    ],
)
def test_idle_log_ins_end_within_thirty_minutes(
    idle: int | None, severity: Severity | None
) -> None:
    assert found(replace(GOOD, idle=idle)) == ([("50", severity)] if severity else [])


@pytest.mark.parametrize(
    ("outside", "subjects", "on", "broken"),
    [
        ("none", True, TODAY, False),
        ("strong", True, TODAY, False),
        ("password", False, TODAY, True),
        ("vpn", False, TODAY, False),  # nobody but staff logs in there
        ("vpn", True, date(2026, 10, 29), False),
        ("vpn", True, date(2026, 10, 30), True),
    ],
)
def test_from_outside_a_vpn_is_not_enough_where_data_subjects_log_in(
    outside: str, subjects: bool, on: date, broken: bool
) -> None:
    told = found(replace(GOOD, outside=outside, subjects=subjects), on)
    assert told == ([("50", Severity.BREACH)] if broken else [])


def test_what_nobody_entered_is_said_once_for_all_systems() -> None:
    unknown = [System(f"L-{n}", f"System {n}") for n in range(1, 6)]
    told = systems.judge(unknown, TODAY, 1)
    assert [(one.rule, one.count, one.ref) for one in told] == [
        ("47", 5, ""), ("49", 5, ""), ("50", 5, ""), ("51", 5, ""), ("52", 5, ""),
    ]  # fmt: skip
    assert "System 3 …" in told[0].what_text()


@pytest.mark.parametrize(
    ("checked", "severity"),
    [
        (date(2025, 11, 22), Severity.BREACH),
        (date(2025, 11, 23), Severity.WARNING),  # the anniversary is in time
        (date(2025, 12, 1), None),
    ],
)
def test_the_internal_plan_is_reviewed_within_twelve_months(
    checked: date, severity: Severity | None
) -> None:
    one = replace(PLAN, checked_on=checked, due=rules.next_check_by(checked, 12))
    told = [(each.rule, each.severity) for each in rules.judge([one], TODAY)]
    assert told == ([("55", severity)] if severity else [])


def test_no_longer_time_than_a_year_is_accepted() -> None:
    rules.check_months(Area.PLAN, 12, TODAY)
    for count in (0, 13):
        with pytest.raises(rules.MonthsError):
            rules.check_months(Area.LOCK, count, TODAY)


def test_a_missing_plan_is_a_step_of_setting_up() -> None:
    assert rules.judge_list([PLAN]) == []
    (one,) = rules.judge_list([replace(PLAN, area=Area.LOCK)])
    assert (one.rule, one.severity) == ("55", Severity.SETUP)
    (lonely,) = rules.judge_list([PLAN, replace(PLAN, ref="SG-2", owner="")])
    assert (lonely.rule, lonely.count, lonely.ref) == ("S8.1", 1, "SG-2")
    (nothing,) = rules.judge_list([])
    assert (nothing.rule, nothing.severity) == ("S8.1", Severity.SETUP)


@pytest.mark.parametrize(
    ("area", "rule"),
    [
        (Area.LOCK, "S8.1①"),
        (Area.ANTIVIRUS, "S8.1②"),
        (Area.TRANSMISSION, "S8.1③"),
        (Area.INTRUSION, "S8.1④"),
        (Area.MEDIA, "S8.1"),
    ],
)
def test_what_is_late_is_found_under_its_own_clause(area: Area, rule: str) -> None:
    (one,) = rules.judge([replace(PLAN, area=area, due=date(2026, 11, 22))], TODAY)
    assert (one.rule, one.clause, one.severity) == (rule, rule, Severity.BREACH)


@pytest.mark.parametrize(
    ("result", "fix_by", "severity"),
    [
        (Result.GOOD, None, None),
        (Result.WEAK, date(2026, 12, 1), None),
        (Result.WEAK, date(2026, 11, 30), Severity.WARNING),
        (Result.WEAK, TODAY, Severity.WARNING),
        (Result.WEAK, date(2026, 11, 22), Severity.BREACH),
        (Result.FAILED, date(2027, 1, 31), Severity.BREACH),
    ],
)
def test_a_fault_is_to_be_put_right_by_its_day_and_a_failure_stands_at_once(
    result: Result, fix_by: date | None, severity: Severity | None
) -> None:
    one = replace(PLAN, due=date(2027, 11, 23), result=result, fix_by=fix_by)
    assert [each.severity for each in rules.judge([one], TODAY)] == ([severity] if severity else [])


def test_a_fault_needs_a_day_that_lies_after_the_check() -> None:
    rules.check_check(TODAY, Result.WEAK, TODAY, None, TODAY)
    with pytest.raises(rules.FixMissingError):
        rules.check_check(TODAY, Result.WEAK, None, None, TODAY)
    with pytest.raises(rules.FixEarlierError):
        rules.check_check(TODAY, Result.WEAK, date(2026, 11, 22), None, TODAY)
    for on, last in ((date(2026, 11, 24), None), (date(2026, 11, 22), TODAY)):
        with pytest.raises(rules.CheckDayError):
            rules.check_check(on, Result.GOOD, None, last, TODAY)


def test_an_urgent_update_is_done_within_the_offices_day() -> None:
    received = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    alert = Alert("SE-1", "Worm", received, 2)
    on_time = received + timedelta(hours=24)
    (running,) = rules.judge_alerts([alert], on_time)
    (late,) = rules.judge_alerts([alert], on_time + timedelta(seconds=1))
    assert (running.severity, running.over, running.due) == (Severity.WARNING, False, TODAY)
    assert (late.severity, late.over) == (Severity.BREACH, True)


def test_a_shipped_article_is_told_in_both_languages_and_another_as_it_is() -> None:
    assert article_in("시행령 제30조제1항제4호", "en") == "Enforcement Decree art. 30(1)4"
    assert article_in("Enforcement Decree art. 30(1)4", "ko") == "시행령 제30조제1항제4호"
    assert article_in("사내 규정 제7조", "en") == "사내 규정 제7조"
