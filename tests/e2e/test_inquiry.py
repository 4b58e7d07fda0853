"""An inquiry comes in on the Friday before Seollal; the office's 24 hours stand still."""

from __future__ import annotations

import pytest

from tests.e2e import scene
from tests.e2e.hands import Hand, plain

pytestmark = pytest.mark.e2e

ASKED = "Where is my parcel, and who has my number?"
TEXT = "The courier has your number until the parcel is delivered."
# Seollal 2027 is Sunday 7 February: holidays on 6, 7 and 8, a substitute on Tuesday the 9th.
# The e-mail came on Friday 2027-02-05 at 15:30: 8.5 hours run until midnight, the clock
# stands still from Saturday to Tuesday, and the other 15.5 hours end on Wednesday at 15:30.
RECEIVED, TAKEN_DOWN, DUE = "2027-02-05 15:30", "2027-02-05 16:10", "2027-02-10 15:30"


@pytest.mark.parametrize(
    ("answered", "in_time"), [("2027-02-10 15:30", True), ("2027-02-10 15:31", False)]
)
def test_the_clock_stands_still_over_the_holidays(hand: Hand, answered: str, in_time: bool) -> None:
    request, why, letter = play(hand, answered, in_time=in_time)
    check(hand, request, why, letter, answered, in_time=in_time)


def play(hand: Hand, answered: str, *, in_time: bool) -> tuple[str, str, str]:
    """From the e-mail to the letter."""
    hand.at(TAKEN_DOWN)
    request = hand.enter(
        "requests", kind="inquiry", channel="email", received_at=RECEIVED,
        caller="Example Caller", caller_email="caller@example.org", asked=ASKED, language="en",
    )  # fmt: skip
    assert "was not" not in hand.tasks()[request]
    why = hand.paper("requests", "why", request)
    hand.at(answered)
    assert ("was not" in hand.tasks()[request]) is not in_time
    hand.act("requests", request, "answer", result="answered", text=TEXT)
    assert request not in hand.tasks()
    letter = hand.paper("requests", "reply", request)
    hand.act("requests", request, "close")
    return request, why, letter


def check(hand: Hand, request: str, why: str, letter: str, answered: str, *, in_time: bool) -> None:
    """The same whichever way it was played."""
    values = hand.row("requests", request).values
    assert hand.state("requests", request) == "closed"
    assert plain(values["received_at"]) == RECEIVED
    assert plain(values["due_at"]) == DUE
    assert str(values["due_on"]) == "2027-02-10"
    assert plain(values["answered_at"]) == answered
    assert values["in_time"] is in_time
    assert str(values["keep_until"]) == "2030-02-10"
    assert "6 February 2027" in why
    assert "9 February 2027" in why
    assert TEXT in letter
    assert "Example Caller" in letter
    with hand.desk() as desk:
        assert scene.papers(desk, request) == {"why": "issued", "reply": "issued"}
        done = scene.actions(desk, "requests", request)
        assert [one for one in done if one.startswith("request.")] == [
            "request.answered",
            "request.closed",
        ]
