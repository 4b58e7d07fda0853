"""What is unusual in an access log, when a month is due, and who may sign (rules 51 to 54)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from privdesk.core.calendar import OfficeCalendar
from privdesk.core.findings import Severity
from privdesk.core.rulebook import Profile, access_log_years
from privdesk.journal.actions import ACTIONS
from privdesk.journal.kinds import What, actions_of, kind_of
from privdesk.registers.log_reviews import judging, rules
from privdesk.registers.log_reviews.rules import Access, Outcome, Sort, unusual

NOON = datetime(2026, 11, 23, 3, tzinfo=UTC)  # 12:00 in Seoul, a Monday
LOOK = Access(7, NOON, 1, "record.looked", What.LOOK, "subjects", 5, case=True)
EXPORT = Access(8, NOON, 1, "export.made", What.EXPORT, "subjects", clear=True)


def found(*log: Access, many: int = 3) -> list[tuple[Sort, int]]:
    """Return kind and number of what is unusual."""
    return [(m.sort, m.count) for m in unusual(log, OfficeCalendar().is_open, many)]


def test_a_look_for_a_case_in_office_hours_is_nothing_unusual() -> None:
    assert found(LOOK) == []


@pytest.mark.parametrize(
    ("hour", "minute", "unusual_then"),
    [(0, 0, False), (-1, 59, True), (7, 59, False), (8, 0, True)],
)
def test_office_hours_begin_at_nine_and_end_at_five(
    hour: int, minute: int, *, unusual_then: bool
) -> None:
    at = datetime(2026, 11, 23, tzinfo=UTC) + timedelta(hours=hour, minutes=minute)
    assert (found(replace(LOOK, at=at)) == [(Sort.HOURS, 1)]) is unusual_then


def test_a_saturday_is_outside_office_hours_and_falls_on_the_offices_day() -> None:
    (mark,) = unusual([replace(LOOK, at=NOON + timedelta(days=5))], OfficeCalendar().is_open)

    assert (mark.sort, mark.day) == (Sort.HOURS, date(2026, 11, 28))


def test_many_people_are_counted_once_each_and_folded_entries_by_their_number() -> None:
    two = [replace(LOOK, record=n) for n in (1, 2, 1, 2)]
    assert found(*two) == []
    assert found(*two, replace(LOOK, record=3)) == [(Sort.MANY, 3)]
    assert found(replace(LOOK, record=None, count=2)) == []
    assert found(replace(LOOK, record=None, count=3)) == [(Sort.MANY, 3)]


def test_many_on_two_days_or_by_two_people_are_not_many_on_one() -> None:
    parts = [
        replace(LOOK, record=1),
        replace(LOOK, record=2, at=NOON + timedelta(days=1)),
        replace(LOOK, record=3, person=2),
    ]
    assert found(*parts) == []


def test_the_same_person_again_and_again_counts_without_a_case_only() -> None:
    loose = replace(LOOK, case=False)
    assert found(*[loose] * (rules.OFTEN - 1)) == []
    assert found(*[loose] * rules.OFTEN) == [(Sort.OFTEN, rules.OFTEN)]
    assert found(*[LOOK] * (rules.OFTEN + 1)) == []


def test_an_export_in_the_clear_is_to_be_confirmed_and_a_masked_one_is_not() -> None:
    assert found(EXPORT) == [(Sort.DOWNLOAD, 1)]
    assert found(replace(EXPORT, clear=False)) == []


def test_what_names_no_purpose_refusals_clocks_and_the_kit_are_unusual() -> None:
    assert found(replace(LOOK, told=False)) == [(Sort.PURPOSE, 1)]
    refused = Access(9, NOON, 2, "vault.refused", What.REFUSED, count=4)
    assert found(refused) == [(Sort.REFUSED, 4)]
    assert found(replace(LOOK, action="vault.clock", kind=What.CHANGE)) == [(Sort.CLOCK, 1)]
    assert found(replace(LOOK, action="vault.kit", kind=What.CHANGE)) == [(Sort.KIT, 1)]


def test_each_person_is_counted_by_herself() -> None:
    log = [LOOK, LOOK, replace(LOOK, person=2), EXPORT]
    first, second = rules.tallies(log)

    assert (first.person, first.looks, first.exports) == (1, 2, 1)
    assert (second.person, second.looks, second.exports) == (2, 1, 0)
    assert [one.person for one in rules.tallies(log, [7]) if one.idle] == [7]  # only opened it


def test_every_action_that_shows_or_gives_out_data_is_in_the_access_log() -> None:
    words = ("looked", "searched", "export", "issued", "reprinted", "encrypted", "refused")
    spoken = [action for action in ACTIONS if action.split(".")[1] in (*words, "made")]
    changes = {"provision.made", "import.made", "provision.refused", "request.refused"}
    left = {a for a in spoken if kind_of(a) is What.CHANGE} - changes

    assert left == {"access.refused"}  # an application that was not approved
    assert "record.looked" in actions_of(What.LOOK)


# -- days


def test_a_month_is_missing_from_the_first_day_after_it() -> None:
    begun = date(2026, 10, 12)
    assert rules.missing(begun, date(2026, 10, 31), ()) == []
    assert rules.missing(begun, date(2026, 11, 1), ()) == [date(2026, 10, 1)]
    assert rules.missing(begun, date(2026, 11, 1), [(begun, date(2026, 10, 31))]) == []
    short = [(begun, date(2026, 10, 30))]
    assert rules.missing(begun, date(2026, 11, 1), short) == [date(2026, 10, 1)]


def test_weeks_that_join_cover_a_month_and_a_gap_does_not() -> None:
    weeks = [(date(2026, 9, 28), date(2026, 10, 15)), (date(2026, 10, 16), date(2026, 11, 2))]
    assert rules.uncovered(date(2026, 10, 1), date(2026, 10, 31), weeks) is None
    late = [weeks[0], (date(2026, 10, 17), date(2026, 11, 2))]
    assert rules.uncovered(date(2026, 10, 1), date(2026, 10, 31), late) == date(2026, 10, 16)


def test_rule_53_warns_until_the_end_of_the_next_month_and_then_it_is_a_breach() -> None:
    begun = date(2026, 10, 12)
    (waits,) = judging.judge_months(begun, date(2026, 11, 30), ())
    (late,) = judging.judge_months(begun, date(2026, 12, 1), ())

    assert (waits.rule, waits.due, waits.severity) == ("53", date(2026, 11, 30), Severity.WARNING)
    assert (late.severity, late.count) == (Severity.BREACH, 2)
    assert judging.judge_months(begun, date(2026, 10, 31), ()) == ()


def test_rule_54_asks_for_a_check_after_two_months_and_tells_faults_at_once() -> None:
    checked = date(2026, 9, 1)
    last = checked + timedelta(days=judging.CHECK_DAYS)
    assert judging.judge_chain(checked, ("LR-1", 0), last) == ()
    (old,) = judging.judge_chain(checked, ("LR-1", 0), last + timedelta(days=1))
    (faulty,) = judging.judge_chain(checked, ("LR-1", 2), checked)

    assert (old.rule, old.severity) == ("54", Severity.WARNING)
    assert (faulty.severity, faulty.ref) == (Severity.BREACH, "LR-1")


def test_rule_51_is_quiet_when_every_look_says_what_it_was_for() -> None:
    assert judging.judge_purposes(0, date(2026, 11, 1)) == ()
    assert judging.judge_purposes(1, date(2026, 11, 1))[0].rule == "51"


@pytest.mark.parametrize(
    ("people", "sensitive", "years"), [(49_999, False, 1), (50_000, False, 2), (10, True, 2)]
)
def test_rule_52_keeps_two_years_from_fifty_thousand_people(
    people: int, years: int, *, sensitive: bool
) -> None:
    profile = Profile(people=people, sensitive=sensitive)
    assert access_log_years(profile, date(2026, 11, 23)) == years


# -- signing


def test_a_conclusion_says_all_that_belongs_to_it() -> None:
    rules.check_outcome(Outcome.PLAIN, 0, "", "", None)
    with pytest.raises(rules.FaultyJournalError):
        rules.check_outcome(Outcome.PLAIN, 1, "", "", None)
    with pytest.raises(rules.FollowUpError):
        rules.check_outcome(Outcome.FOLLOW_UP, 1, "Ask", "", date(2026, 12, 1))
    rules.check_outcome(Outcome.FOLLOW_UP, 1, "Ask", "H-1", date(2026, 12, 1))


def test_a_span_lies_in_order_and_not_ahead() -> None:
    today = date(2026, 11, 23)
    rules.check_span(today, today, today, today)
    rules.check_span(today - timedelta(days=9), today, today, today)  # the month of the first day
    with pytest.raises(rules.BeforeLogError):
        rules.check_span(date(2026, 10, 1), date(2026, 10, 31), today, date(2026, 11, 1))
    with pytest.raises(rules.SpanError):
        rules.check_span(today, today + timedelta(days=1), today, today)
    with pytest.raises(rules.SpanError):
        rules.check_span(today, today - timedelta(days=1), today, today)
