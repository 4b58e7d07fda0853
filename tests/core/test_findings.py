from datetime import date, timedelta

import pytest

from privdesk.core.findings import Bucket, Finding, Severity, bucket, by_bucket, finding, in_order
from privdesk.core.i18n import words

TODAY = date(2026, 11, 23)


def found(days: int | None, severity: Severity = Severity.BREACH, **more: object) -> Finding:
    due = None if days is None else TODAY + timedelta(days=days)
    return finding(
        "12",
        "holdings",
        str(more.get("ref", "H-000001-3")),
        what="{n} people are due.",
        do="Destroy {n} people.",
        severity=severity,
        due=due,
        values={"n": 3},
        waiting=bool(more.get("waiting")),
    )


@pytest.mark.parametrize(
    ("days", "place"),
    [
        (-1, Bucket.OVERDUE),
        (0, Bucket.TODAY),
        (1, Bucket.WEEK),
        (7, Bucket.WEEK),
        (8, Bucket.LATER),
    ],
)
def test_a_finding_stands_by_its_due_day(days: int, place: Bucket) -> None:
    assert bucket(found(days), TODAY) is place


def test_without_a_due_day_only_a_breach_is_for_today() -> None:
    assert bucket(found(None), TODAY) is Bucket.TODAY
    assert bucket(found(None, Severity.WARNING), TODAY) is Bucket.LATER
    assert bucket(found(None, Severity.SETUP), TODAY) is Bucket.LATER


def test_what_waits_for_others_comes_back_when_it_is_overdue() -> None:
    assert bucket(found(0, waiting=True), TODAY) is Bucket.WAITING
    assert bucket(found(-1, waiting=True), TODAY) is Bucket.OVERDUE


def test_what_was_put_off_is_gone_until_its_day() -> None:
    assert bucket(found(-3), TODAY, TODAY + timedelta(days=1)) is Bucket.WEEK
    assert bucket(found(-3), TODAY, TODAY + timedelta(days=8)) is Bucket.LATER
    assert bucket(found(-3), TODAY, TODAY) is Bucket.OVERDUE


def test_the_worst_and_oldest_come_first() -> None:
    items = [
        found(20),
        found(-1, Severity.WARNING, ref="a"),
        found(0),
        found(-1, ref="b"),
        found(-9, ref="c"),
    ]
    assert [item.ref for item in in_order(items, TODAY)][:3] == ["c", "b", "a"]
    assert [item.due for item in in_order(items, TODAY)][-1] == TODAY + timedelta(days=20)


def test_every_bucket_is_there_even_when_empty() -> None:
    places = by_bucket([found(0)], TODAY)

    assert list(places) == list(Bucket)
    assert [len(items) for items in places.values()] == [0, 1, 0, 0, 0]


def test_a_finding_knows_clause_and_article_of_its_rule_and_speaks() -> None:
    item = found(0)

    assert (item.clause, item.article) == ("S2.1", "PIPA 21(1); Guideline 11(1)")
    assert item.what_text(words("en")) == "3 people are due."
    assert item.do_text(words("en")) == "Destroy 3 people."
    assert item.key == ("12", "holdings", "H-000001-3", "{n} people are due.")
