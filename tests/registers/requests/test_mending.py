"""An answer that was wrong: taken back before its letter, put right after it."""

from __future__ import annotations

import pytest

from privdesk.core.clock import office_date
from privdesk.core.errors import InvalidValueError
from privdesk.core.register import Row
from privdesk.registers.desk import Desk
from privdesk.registers.requests import mending
from tests.registers.requests.cases import act, identified, now


def answered(desk: Desk) -> Row:
    case = act(desk, identified(desk), "start")
    return act(desk, case, "answer", result="granted", text="Everything you asked for.")


def letter(desk: Desk, case: Row, code: str = "d5") -> None:
    """Enter a letter as it is when one is issued."""
    with desk.change() as change:
        desk.service("documents").enter(
            change,
            code=code,
            number=f"{code.upper()}-1",
            title="Notice",
            language="en",
            about=case.ref,
            issued_on=office_date(desk.now()),
            destroy_by=None,
            digest="",
        )
        change.note("document.issued", "requests", case.id)


def test_an_answer_is_taken_back_while_no_letter_has_told_it(desk: Desk) -> None:
    case = answered(desk)
    act(desk, case, "take-back", reason="The wrong case.")
    row = now(desk, case)

    assert row.state == "working"
    assert (row.values["result"], row.values["answered_at"]) == ("", None)
    (event, *_rest) = desk.service("requests").history(case.ref)
    assert (event.action, event.reason) == ("request.taken-back", "The wrong case.")
    act(desk, case, "answer", result="nothing", text="Nothing is held.")
    assert now(desk, case).values["result"] == "nothing"


def test_what_a_letter_tells_is_put_right_and_not_taken_back(desk: Desk) -> None:
    case = answered(desk)
    letter(desk, case)

    with pytest.raises(mending.LetterOutError):
        act(desk, case, "take-back", reason="The wrong case.")
    act(desk, case, "put-right", because="A typing error.", result="nothing", text="Nothing.")

    row = now(desk, case, reveal=True)
    assert row.values["result"] == "nothing"
    assert row.values["put_right"] == "D5-1: A typing error."


def test_another_letter_of_the_case_does_not_tell_the_answer(desk: Desk) -> None:
    case = answered(desk)
    letter(desk, case, "ack")

    with pytest.raises(mending.NoLetterYetError):
        act(desk, case, "put-right", because="A typing error.", result="nothing", text="Nothing.")
    act(desk, case, "take-back", reason="The wrong case.")


def test_a_step_that_does_not_fit_names_the_state_and_what_does(desk: Desk) -> None:
    case = answered(desk)

    with pytest.raises(InvalidValueError) as refused:
        act(desk, case, "refuse", code="identity", reason="Nobody knows who asks.")

    told = refused.value.sentence()
    assert "is in the state “Answer given”" in told
    assert "Take the answer back (take-back)" in told
    assert "Extend the term" not in told
