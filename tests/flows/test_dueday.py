"""Why something is due on its day, in the steps of the Civil Act."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from privdesk.core.clock import OFFICE_ZONE
from privdesk.flows import dueday
from privdesk.registers.desk import Desk
from privdesk.registers.findings.collect import gathered
from tests import cases


def received(desk: Desk, kind: str, at: datetime) -> str:
    return cases.received(desk, kind, caller="Example Caller", received_at=at)


def steps(told: dueday.DueDay | None) -> list[str]:
    assert told is not None
    return [step.text() for step in told.steps]


def test_a_request_tells_why_a_weekend_moves_it(filled: Desk) -> None:
    ref = received(filled, "access", datetime(2026, 11, 25, 15, tzinfo=OFFICE_ZONE))

    told = dueday.of_record(filled, "requests", ref)

    assert steps(told) == [
        "The answer is due within 10 days (Decree 41(4), 41(5)).",
        "The term begins with 2026-11-25; that day is not counted (Civil Act 157).",
        "Day 10 is 2026-12-05.",
        "2026-12-05 is a Saturday, so the next day counts (Civil Act 161).",
        "2026-12-06 is a Sunday, so the next day counts (Civil Act 161).",
        "Due on 2026-12-07.",
    ]
    assert told is not None
    assert (told.start, told.due) == (date(2026, 11, 25), date(2026, 12, 7))
    assert "41(4)" in told.article


def test_an_inquiry_tells_when_its_clock_stands_still(filled: Desk) -> None:
    ref = received(filled, "inquiry", datetime(2026, 11, 27, 15, tzinfo=OFFICE_ZONE))

    told = steps(dueday.of_record(filled, "requests", ref))

    assert told[1] == "The clock begins at 2026-11-27 15:00."
    assert told[-1] == "It runs out at 2026-11-30 15:00."


def test_a_day_that_was_extended_says_so(filled: Desk) -> None:
    ref = received(filled, "access", datetime(2026, 11, 23, 15, tzinfo=OFFICE_ZONE))
    cases.extended(filled, ref, date(2026, 12, 14))

    told = steps(dueday.of_record(filled, "requests", ref))

    assert told[-2:] == [
        "Due on 2026-12-03.",
        "It was extended until 2026-12-14.",
    ]


def test_every_finding_with_a_term_ends_on_its_day(filled: Desk) -> None:
    found = [one for one in gathered(filled)[0] if one.due is not None and one.term is not None]

    assert {one.register for one in found} >= {"holdings"}
    for one in found:
        assert steps(dueday.of_finding(filled, one))[-1] == f"Due on {one.due}."
        assert len(steps(dueday.of_finding(filled, one))) >= 3


def test_a_finding_without_a_day_has_nothing_to_explain(filled: Desk) -> None:
    one = replace(gathered(filled)[0][0], due=None)

    assert dueday.of_finding(filled, one) is None
