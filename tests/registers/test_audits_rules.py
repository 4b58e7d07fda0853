"""The rules of audits, each on both sides of its border."""

from __future__ import annotations

from datetime import date

import pytest

from privdesk.core.findings import Severity
from privdesk.registers.audits import rules
from privdesk.registers.audits.rules import Found, State

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("question", "section", "clause"),
    [
        ("S6.4 Is the identity checked?", "", "S6.4"),
        ("S8.2⑤ Kept apart?", "", "S8.2⑤"),
        ("S10.2 Announced?", "", "S10.2"),
        ("Is it kept?", "S2 Retention", "S2"),
        ("SOC reports are read", "", ""),
        ("S6.4x", "", ""),
    ],
)
def test_the_clause_is_what_a_question_begins_with(
    question: str, section: str, clause: str
) -> None:
    assert rules.clause_of(question, section) == clause


@pytest.mark.parametrize(
    ("due", "severity"),
    [
        (date(2026, 11, 22), Severity.BREACH),
        (date(2026, 11, 23), Severity.WARNING),  # the day itself is in time
        (date(2026, 11, 30), Severity.WARNING),
        (date(2026, 12, 1), None),
    ],
)
def test_a_finding_is_due_on_its_day_and_late_on_the_next(
    due: date, severity: Severity | None
) -> None:
    found = rules.judge_findings([Found("YF-1", "First", State.OPEN, due)], TODAY)
    assert [one.severity for one in found] == ([severity] if severity else [])


def test_what_was_put_right_is_verified_within_a_fortnight() -> None:
    assert rules.verify_by(date(2026, 11, 9)) == TODAY
    done = Found("YF-1", "First", State.DONE, TODAY, done_on=date(2026, 11, 9))
    (one,) = rules.judge_findings([done], TODAY)
    assert (one.due, one.severity) == (TODAY, Severity.WARNING)


@pytest.mark.parametrize(
    ("last", "severity"),
    [
        (date(2025, 11, 22), Severity.BREACH),
        (date(2025, 11, 23), Severity.WARNING),
        (date(2025, 11, 30), Severity.WARNING),
        (date(2025, 12, 1), None),
    ],
)
def test_compliance_is_audited_within_twelve_months(last: date, severity: Severity | None) -> None:
    found = rules.judge_year(last, None, TODAY)
    assert [one.severity for one in found] == ([severity] if severity else [])


def test_an_audit_planned_in_time_keeps_the_year_and_one_after_a_lapse_does_not() -> None:
    assert rules.judge_year(date(2025, 11, 25), date(2026, 11, 24), TODAY) == []
    (late,) = rules.judge_year(date(2025, 11, 22), date(2026, 11, 24), TODAY)
    assert late.severity is Severity.BREACH
    (never,) = rules.judge_year(None, None, TODAY)
    assert never.severity is Severity.SETUP
    assert rules.judge_year(None, TODAY, TODAY) == []


def test_an_audit_is_to_be_finished_once_its_days_are_over() -> None:
    assert rules.judge_planned("Y-1", "First", TODAY, TODAY) == []
    (one,) = rules.judge_planned("Y-1", "First", date(2026, 11, 22), TODAY)
    assert one.due == date(2026, 11, 22)
