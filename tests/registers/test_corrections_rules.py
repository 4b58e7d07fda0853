"""Rules 23 and 24 and S3.2 on their days, worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from privdesk.core.calendar import OfficeCalendar
from privdesk.core.findings import Severity
from privdesk.registers.corrections import rules
from privdesk.registers.corrections.rules import NoticeFacts, Result, State
from privdesk.registers.demands import rules as demands
from privdesk.registers.freezes import rules as freezes

CALENDAR = OfficeCalendar()
MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("decided", "by"),
    [
        (date(2026, 11, 23), date(2026, 11, 26)),  # Monday: Thursday
        (date(2026, 11, 25), date(2026, 11, 30)),  # day 3 is Saturday the 28th: Monday
        (date(2026, 12, 22), date(2026, 12, 28)),  # day 3 is Christmas, a Friday: Monday
        (date(2027, 2, 4), date(2027, 2, 10)),  # Seollal 6 to 8 Feb, the 9th in its stead
    ],
)
def test_recipients_hear_of_it_within_three_days(decided: date, by: date) -> None:
    assert rules.tell_by(decided, decided, CALENDAR) == by


@pytest.mark.parametrize(
    ("since", "by"),
    [
        (date(2026, 11, 23), date(2026, 12, 3)),  # Monday and ten days: Thursday
        (date(2026, 11, 25), date(2026, 12, 7)),  # day 10 is Saturday the 5th: Monday
        (date(2026, 12, 15), date(2026, 12, 28)),  # day 10 is Christmas: Monday
    ],
)
def test_a_freeze_has_its_result_within_ten_days(since: date, by: date) -> None:
    assert freezes.result_by(since, since, CALENDAR) == by
    assert demands.answer_by(since, since, CALENDAR) == by


NOTICE = NoticeFacts("T-1", "Hanbit", State.OPEN, date(2026, 11, 26))
SENT = replace(NOTICE, state=State.SENT, reply_by=date(2026, 12, 1))


@pytest.mark.parametrize(
    ("facts", "today", "severity", "due", "waiting"),
    [
        (NOTICE, date(2026, 11, 26), Severity.WARNING, date(2026, 11, 26), False),
        (NOTICE, date(2026, 11, 27), Severity.BREACH, date(2026, 11, 26), False),
        (SENT, date(2026, 12, 1), Severity.WARNING, date(2026, 12, 1), True),
        (SENT, date(2026, 12, 2), Severity.BREACH, date(2026, 12, 1), True),
    ],
)
def test_a_notice_is_chased_until_it_is_done(
    facts: NoticeFacts, today: date, severity: Severity, due: date, *, waiting: bool
) -> None:
    (one,) = rules.judge(facts, today)

    assert (one.rule, one.severity, one.due, one.waiting) == ("24", severity, due, waiting)


def test_a_reply_that_differs_stays_open_and_one_that_does_not_is_done() -> None:
    differs = replace(NOTICE, state=State.DIFFERS, replied_on=MONDAY)

    assert len(rules.judge(differs, MONDAY)) == 1
    assert rules.judge(replace(NOTICE, state=State.ANSWERED), MONDAY) == ()
    assert {one: rules.after_reply(one) for one in Result} == {
        Result.DONE: State.ANSWERED,
        Result.NOT_HELD: State.ANSWERED,
        Result.PARTLY: State.DIFFERS,
        Result.REFUSED: State.DIFFERS,
    }


def test_a_reply_comes_between_sending_and_today() -> None:
    rules.check_reply("T-1", MONDAY, MONDAY, MONDAY)
    with pytest.raises(rules.RepliedBeforeError):
        rules.check_reply("T-1", date(2026, 11, 22), MONDAY, MONDAY)
    with pytest.raises(rules.RepliedLaterError):
        rules.check_reply("T-1", date(2026, 11, 24), MONDAY, MONDAY)
    with pytest.raises(rules.SentLaterError):
        rules.check_sent("T-1", date(2026, 11, 24), MONDAY, MONDAY)
    with pytest.raises(rules.SentBeforeError):
        rules.check_sent("T-1", date(2026, 11, 22), MONDAY, MONDAY)


@pytest.mark.parametrize(
    ("today", "severity"),
    [
        (date(2026, 11, 29), None),
        (date(2026, 11, 30), Severity.WARNING),  # three days before
        (date(2026, 12, 3), Severity.WARNING),
        (date(2026, 12, 4), Severity.BREACH),
    ],
)
def test_a_freeze_without_result_is_spoken_of(today: date, severity: Severity | None) -> None:
    facts = freezes.FreezeFacts("Z-1", "S-1", date(2026, 12, 3))

    found = freezes.judge(facts, today)
    assert [(one.rule, one.severity) for one in found] == ([("23", severity)] if severity else [])
    assert freezes.judge(replace(facts, released=True), today) == ()


@pytest.mark.parametrize("state", [demands.State.RECEIVED, demands.State.GRANTED])
def test_a_demand_is_late_from_the_day_after_its_own(state: demands.State) -> None:
    facts = demands.DemandFacts("X-1", "Police", "2026-1", state, date(2026, 12, 3))

    (before,) = demands.judge(facts, date(2026, 12, 3))
    (after,) = demands.judge(facts, date(2026, 12, 4))
    assert (before.rule, before.severity) == ("S3.2", Severity.WARNING)
    assert (after.rule, after.severity) == ("S3.2", Severity.BREACH)
    assert demands.judge(replace(facts, state=demands.State.ANSWERED), date(2026, 12, 4)) == ()


def test_a_letter_is_not_answered_before_it_came_or_was_decided() -> None:
    demands.check_days(MONDAY, MONDAY, MONDAY)
    demands.check_answer("X-1", MONDAY, MONDAY, MONDAY)
    with pytest.raises(demands.WrittenLaterError):
        demands.check_days(date(2026, 11, 24), MONDAY, MONDAY)
    with pytest.raises(demands.ReceivedLaterError):
        demands.check_days(None, date(2026, 11, 24), MONDAY)
    with pytest.raises(demands.AnsweredBeforeError):
        demands.check_answer("X-1", date(2026, 11, 22), MONDAY, MONDAY)
