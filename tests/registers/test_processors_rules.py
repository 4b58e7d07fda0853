"""Rules 28–32, S4.1, S4.3 and 28-8 on both sides of their borders: pure functions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from privdesk.core.calendar import OfficeCalendar
from privdesk.registers.processors import rules
from privdesk.registers.processors.rules import ProcessorFacts, State, WorkFacts
from privdesk.registers.publications import rules as publishing
from privdesk.registers.publications.rules import Line, Standing

TODAY = date(2026, 11, 23)  # a Monday
ONE = timedelta(days=1)
WORK = WorkFacts("BW", "Calls", "Dasom", since=date(2026, 1, 5), contract=True, ticked=True)
FIRM = ProcessorFacts(
    "B", "Dasom", State.ACTIVE, since=date(2020, 1, 1), checked=TODAY, trained=TODAY
)


def work(**values: object) -> list[tuple[str, str]]:
    """Return rule and severity of what is wrong with a work."""
    found = rules.judge_work(replace(WORK, **values), TODAY, marketing=True)  # type: ignore[arg-type]
    return [(one.rule, one.severity.value) for one in found]


def firm(**values: object) -> list[tuple[str, str, date | None]]:
    """Return rule, severity and day of what is wrong with a processor."""
    facts = replace(FIRM, **values)  # type: ignore[arg-type]
    found = rules.judge_processor(facts, TODAY, OfficeCalendar())
    return [(one.rule, one.severity.value, one.due) for one in found]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        ({"contract": False}, [("28", "breach")]),
        ({"contract": False, "since": TODAY}, [("28", "breach")]),
        ({"contract": False, "since": TODAY + ONE}, [("28", "warning")]),  # begins tomorrow
        ({"contract": False, "sub": True}, [("28", "warning")]),
        ({"ticked": False}, [("28", "warning")]),
        ({"lacking": ("onward",)}, [("28", "breach")]),
        ({"newer_file": True}, [("28", "warning")]),
    ],
)
def test_28_a_contract_on_file_with_all_seven_clauses(
    values: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    assert work(**values) == expected


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        (TODAY + timedelta(days=31), []),
        (TODAY + timedelta(days=30), [("28", "warning")]),
        (TODAY, [("28", "warning")]),  # its last day
        (TODAY - ONE, [("28", "breach")]),
    ],
)
def test_28_a_contract_that_runs_out(until: date, expected: list[tuple[str, str]]) -> None:
    assert work(until=until) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, [("30", "breach")]),
        ({"since": TODAY + ONE}, [("30", "warning")]),
        ({"notified_on": TODAY}, []),
        ({"notified_on": TODAY - ONE, "changed_on": TODAY - ONE}, []),  # changed on that day
        ({"notified_on": TODAY - ONE, "changed_on": TODAY}, [("30", "breach")]),
        ({"notified_on": TODAY - timedelta(days=30), "way": "posting"}, [("30", "warning")]),
        ({"notified_on": TODAY - timedelta(days=31), "way": "posting"}, []),
    ],
)
def test_30_people_are_told_of_marketing(
    values: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    assert work(marketing=True, **values) == expected


def test_30_is_for_companies_that_market() -> None:
    facts = replace(WORK, marketing=True)
    assert rules.judge_work(facts, TODAY, marketing=False) == []


def test_30_a_posting_stands_thirty_days_without_its_first() -> None:
    start = date(2026, 10, 1)
    rules.check_posting(start, date(2026, 10, 31))
    rules.check_posting(start, None)
    with pytest.raises(rules.PostedTooShortError):
        rules.check_posting(start, date(2026, 10, 30))


@pytest.mark.parametrize(
    ("consent", "expected"),
    [
        (None, [("31", "breach")]),
        (date(2020, 1, 1), []),  # agreed to on the first day
        (date(2020, 1, 2), [("31", "warning")]),
    ],
)
def test_31_a_sub_consignment_is_agreed_to_before_it_begins(
    consent: date | None, expected: list[tuple[str, str]]
) -> None:
    found = firm(sub=True, consent_on=consent)
    assert [one[:2] for one in found] == expected


@pytest.mark.parametrize("kind", ["checked", "trained"])
@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (date(2025, 12, 24), []),  # due in 31 days
        (date(2025, 12, 23), ["warning"]),
        (date(2025, 11, 23), ["warning"]),  # the day itself is in time
        (date(2025, 11, 22), ["breach"]),
        (None, ["breach"]),
    ],
)
def test_32_each_processor_is_inspected_and_trained_within_twelve_months(
    kind: str, last: date | None, expected: list[str]
) -> None:
    found = firm(**{kind: last})
    assert [(rule, severity) for rule, severity, _due in found] == [("32", s) for s in expected]
    if last == date(2025, 11, 23):
        assert found[0][2] == TODAY


def test_32_the_first_year_counts_from_the_first_day() -> None:
    assert firm(since=date(2026, 3, 1), checked=None, trained=None) == []
    late = firm(since=date(2025, 11, 22), checked=None, trained=None)
    assert [one[1] for one in late] == ["breach", "breach"]
    assert firm(since=date(2025, 11, 22), checked=None, trained=None, working=False) == []


def test_s41_the_confirmation_is_due_after_five_days() -> None:
    ending = {"state": State.ENDING, "ended_on": date(2026, 11, 18)}  # day five is today
    (rule, _severity, due) = firm(**ending)[0]
    assert (rule, due) == ("S4.1", TODAY)
    facts = replace(FIRM, state=State.ENDING, ended_on=date(2026, 11, 18))
    (one,) = rules.judge_processor(facts, TODAY, OfficeCalendar())
    (later,) = rules.judge_processor(facts, TODAY + ONE, OfficeCalendar())
    assert (one.waiting, later.waiting) == (True, False)
    assert firm(state=State.ENDED) == []


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (None, [("S4.3", "warning")]),
        (date(2025, 11, 24), []),
        (date(2025, 11, 23), [("S4.3", "warning")]),
    ],
)
def test_s43_the_entire_data_is_questioned_every_year(
    asked: date | None, expected: list[tuple[str, str]]
) -> None:
    assert work(entire=True, challenged_on=asked) == expected


def test_28_8_data_abroad_has_its_country_and_ground() -> None:
    assert work(abroad=True, country="Ireland", ground="contract") == []
    assert work(abroad=True, country="Ireland") == [("28-8", "breach")]
    assert work(abroad=True, ground="contract") == [("28-8", "breach")]


LINE = Line("BW-1", "Dasom", "Calls", scope="Answering", changed_on="2026-01-05")


def test_29_the_list_is_posted_as_the_works_are_today() -> None:
    same = Standing(works=1, now="a", posted="a", posted_ref="BP", proved=True)
    assert publishing.judge(same) == []
    assert publishing.judge(replace(same, works=0, now="", posted="")) == []
    for told, severity in (
        ({"posted": "", "posted_ref": ""}, "breach"),
        ({"now": "b"}, "breach"),
        ({"now": "b", "draft": "b", "draft_ref": "BP2"}, "breach"),
        ({"proved": False}, "warning"),
    ):
        (found,) = publishing.judge(replace(same, **told))
        assert (found.rule, found.severity.value) == ("29", severity)


def test_29_a_list_is_compared_line_by_line() -> None:
    changed, added = replace(LINE, scope="Answering and surveys"), replace(LINE, ref="BW-2")
    found = publishing.compare([LINE, replace(LINE, ref="BW-3")], [changed, added])
    told = [(one.kind, one.line.ref, one.names) for one in found]
    assert told == [("changed", "BW-1", ("scope",)), ("new", "BW-2", ()), ("gone", "BW-3", ())]
    again = publishing.from_text(publishing.as_text([changed, added]))
    assert again == (changed, added)


def test_29_the_day_of_a_change_alone_changes_no_list() -> None:
    later = replace(LINE, changed_on="2026-11-01")
    assert publishing.digest([LINE]) == publishing.digest([later])
    assert publishing.digest([LINE]) != publishing.digest([replace(LINE, contact="02-000")])


def test_a_circle_of_days_is_refused() -> None:
    with pytest.raises(rules.EndsBeforeStartError):
        rules.check_days(TODAY, TODAY - ONE)
    rules.check_days(TODAY, TODAY)
