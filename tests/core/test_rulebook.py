from datetime import date

import pytest

from privdesk.core.i18n import words
from privdesk.core.periods import months, years
from privdesk.core.rulebook import (
    RULES,
    STATUTE_TEXTS,
    Profile,
    RuleNumberError,
    access_log_years,
    applies,
    rule_number,
    rule_row,
    rule_rows,
    statutes,
    term_number,
)

NOW = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("destroy.days", 5),
        ("withdrawal.destroy_days", 5),
        ("guardian.destroy_days", 5),
        ("marketing.reconfirm_years", 2),
        ("access.answer_days", 10),
        ("breach.subjects_hours", 72),
        ("breach.authority_people", 1_000),
        ("policy.notice_days", 10),
        ("cpo_filing.sales", 180_000_000_000),
    ],
)
def test_the_numbers_of_today(name: str, number: int) -> None:
    assert rule_number(name, NOW) == number


def test_a_number_holds_from_its_first_day() -> None:
    assert rule_number("breach.subjects_hours", date(2023, 9, 14)) == 120
    assert rule_number("breach.subjects_hours", date(2023, 9, 15)) == 72


def test_a_day_before_the_law_is_explained() -> None:
    with pytest.raises(RuleNumberError) as caught:
        rule_number("destroy.days", date(2011, 9, 29))
    assert "2011-09-29" in caught.value.sentence(words("en"))


def test_a_name_that_no_rule_has_is_explained() -> None:
    with pytest.raises(RuleNumberError):
        rule_number("destroy.weeks", NOW)


def test_every_row_says_where_it_comes_from() -> None:
    for row in rule_rows():
        assert row.article
        assert row.basis in {"law", "policy", "office"}
        assert row.value > 0
    assert rule_row("destroy.days", NOW).article.endswith("art. 11(1)")


def test_no_number_has_two_values_on_a_day() -> None:
    days = [(row.name, row.since) for row in rule_rows()]
    assert len(days) == len(set(days))


def test_the_trade_statutes_keep_their_periods() -> None:
    kept = {key: statute.period for key, statute in statutes(NOW).items()}

    assert kept == {
        "contract": years(5),
        "payment": years(5),
        "complaint": years(3),
        "advertising": months(6),
        "access_log": months(3),
    }


def test_a_statute_is_not_in_force_before_its_day() -> None:
    assert "contract" not in statutes(date(2002, 6, 30))
    assert "contract" in statutes(date(2002, 7, 1))


def test_the_texts_of_the_statutes_are_known_to_the_catalogues() -> None:
    rows = statutes(NOW).values()
    texts = {text for row in rows for text in (row.name, row.article, row.starts)}
    assert texts == set(STATUTE_TEXTS)


BILLION = 1_000_000_000
BORDERS = [
    # rule, profile that just meets it, profile that just does not
    ("11", Profile(marketing=True), Profile()),
    ("57", Profile(people=1_000_000), Profile(people=999_999)),
    ("57", Profile(people=50_000, sensitive=True), Profile(people=49_999, sensitive=True)),
    ("57", Profile(people=50_000, sensitive=True), Profile(people=50_000)),
    (
        "58",
        Profile(sales=180 * BILLION + 1, people=1_000_000),
        Profile(sales=180 * BILLION, people=1_000_000),
    ),
    ("62", Profile(sales=BILLION, people=10_000), Profile(sales=BILLION - 1, people=10_000)),
    ("62", Profile(sales=BILLION, people=10_000), Profile(sales=BILLION, people=9_999)),
]


@pytest.mark.parametrize(("rule", "meets", "does_not"), BORDERS)
def test_a_rule_applies_from_its_border(rule: str, meets: Profile, does_not: Profile) -> None:
    assert applies(rule, meets, NOW)
    assert not applies(rule, does_not, NOW)


@pytest.mark.parametrize("rule", ["57", "58", "59", "62"])
def test_a_rule_applies_to_nobody_before_its_law_was_there(rule: str) -> None:
    large = Profile(sales=10**12, people=10**8, sensitive=True)
    assert applies(rule, large, NOW)
    assert not applies(rule, large, date(2014, 1, 1))


def test_a_rule_without_a_condition_applies_to_everybody() -> None:
    assert applies("12", Profile(), NOW)


def test_access_logs_of_a_large_office_are_kept_two_years() -> None:
    assert access_log_years(Profile(people=49_999), NOW) == 1
    assert access_log_years(Profile(people=50_000), NOW) == 2
    assert access_log_years(Profile(sensitive=True), NOW) == 2


def test_every_rule_has_a_clause_and_a_title() -> None:
    for rule in RULES.values():
        assert rule.clause.startswith("S")
        assert rule.title


def test_a_term_begun_before_its_law_counts_with_the_first_number() -> None:
    with pytest.raises(RuleNumberError):
        rule_number("processor.check_months", date(2008, 5, 1))
    assert term_number("processor.check_months", date(2008, 5, 1)) == 12
    assert term_number("destroy.days", NOW) == rule_number("destroy.days", NOW)
