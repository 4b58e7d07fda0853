"""Somebody calls whose name thirty people share, and asks what the company holds of her."""

from __future__ import annotations

import pytest

from tests.e2e import scene
from tests.e2e.hands import Hand, korean, plain

pytestmark = pytest.mark.e2e

NAME, DIGITS = "김민수", "4417"
PHONE = "010-2117-4417"
ASKED = "무엇을 가지고 있는지 알려 주세요."
# Received on Monday 2026-11-23. The day itself is left out, the tenth day after it is
# Thursday 2026-12-03, no holiday (Civil Act 157; Decree 41(4)).
DUE = "2026-12-03"
# Closed on 2026-11-26; the file of the case is kept for three years.
KEPT = "2029-11-26"


def test_the_right_one_of_thirty_is_answered_in_time(hand: Hand) -> None:
    others = fill(hand)
    request, letters = play(hand)
    check(hand, request, letters, others)


def fill(hand: Hand) -> list[str]:
    """Enter thirty people of one name; return the telephone numbers of the others."""
    with hand.desk() as desk:
        of = scene.purpose(desk, "배송", "name,phone", "3 years", name_en="Deliveries")
        shop, centre = scene.place(desk, "Web shop"), scene.place(desk, "Call centre")
        buyers = scene.file(desk, "Buyers", of, shop, centre)
        numbers = [f"010-{2100 + n}-{4400 + n}" for n in range(1, 31)]
        for phone in numbers:
            who = scene.person(desk, NAME, phone=phone, language="ko")
            scene.held(desk, who, buyers, of, "2026-03-02")
    return [phone for phone in numbers if phone != PHONE]


def play(hand: Hand) -> tuple[str, dict[str, str]]:
    """From the call to the closing; return the request and the words of its letters."""
    assert len(hand.find(NAME)) > 1
    assert PHONE not in hand.shown(NAME)
    (caller,) = hand.find(DIGITS)
    assert hand.find(f"{NAME} {DIGITS}") == [caller]
    request = hand.enter("requests", kind="access", channel="phone", subject=caller, asked=ASKED)
    hand.cannot("requests", request, "orders")
    hand.cannot("requests", request, "answer", result="granted")
    hand.act("requests", request, "identify", method="callback")
    hand.act("requests", request, "orders")
    letters = {}
    hand.at("2026-11-24 10:00")
    for place, holds in (("Web shop", f"Phone: {PHONE}"), ("Call centre", "")):
        order = hand.orders(request)[place]
        letters[place] = hand.paper("retrievals", "retrieval", order)
        told = {"holds": holds} if holds else {}
        result = "done" if holds else "nothing"
        hand.act("retrievals", order, "reply", by="IT team", result=result, **told)
    centre = hand.orders(request)["Call centre"]
    hand.act("retrievals", centre, "accept", reason="its copy is made on Sundays")
    hand.at("2026-11-26 15:00")
    hand.act("requests", request, "answer", result="granted")
    letters["annex"] = hand.paper("requests", "annex", request)
    letters["d5"] = hand.paper("requests", "d5", request)
    hand.act("requests", request, "close")
    return request, letters


def check(hand: Hand, request: str, letters: dict[str, str], others: list[str]) -> None:
    """The same whichever way it was played."""
    values = hand.row("requests", request).values
    assert hand.state("requests", request) == "closed"
    assert (str(values["due_on"]), str(values["keep_until"])) == (DUE, KEPT)
    assert plain(values["answered_at"]) == "2026-11-26 15:00"
    assert values["identified_at"] == korean("2026-11-23 12:00")
    assert values["in_time"] is True
    with hand.desk() as desk:
        rows = desk.service("retrievals").of_request(desk.service("requests").number(request))
        assert {r.titles["place"]: r.state for r in rows} == {
            "Web shop": "answered",
            "Call centre": "accepted",
        }
        done = scene.actions(desk, "requests", request)
        assert [one for one in done if one.startswith("request.")] == [
            "request.identified", "request.started", "request.answered",
            "request.closed",
        ]  # fmt: skip
        assert scene.papers(desk, request) == {"annex": "issued", "d5": "issued"}
        looks = desk.service("subjects").history(str(values["subject"]))
        assert {one.reason for one in looks if one.action == "record.looked"} == {request}
    assert "열람" in letters["d5"]
    assert NAME in letters["d5"]
    assert ASKED in letters["d5"]
    assert all(text in letters["annex"] for text in (PHONE, NAME, "배송", "Web shop", request))
    told = " ".join(letters.values())
    assert [phone for phone in others if phone in told] == []
