"""Consents are withdrawn: one purpose is destroyed, another is kept because a law commands it."""

from __future__ import annotations

from datetime import date

import pytest

from privdesk.registers.desk import Desk
from tests.e2e import scene
from tests.e2e.hands import Hand

pytestmark = pytest.mark.e2e

NAME, PHONE, EMAIL = "한가람", "010-6700-7800", "garam@example.com"
# Received on Monday 2026-11-23: answered within ten days, Thursday 2026-12-03 (Decree 44(2)).
DUE = date(2026, 12, 3)
# Destroyed within five days, Saturday the 28th, so by Monday the 30th (rule 10).
DESTROY_BY = "2026년 11월 30일"
# A payment is kept for five years from the end of its purpose (E-Commerce Decree 6).
KEPT_UNTIL = date(2031, 11, 23)
ARTICLE = "전자상거래법 시행령 제6조제1항"
REASON = "The payment has to be kept for five years."


def test_one_purpose_goes_and_another_is_kept_by_law(hand: Hand) -> None:
    person, consents = fill(hand)
    played = play(hand, person)
    check(hand, person, consents, *played)


def fill(hand: Hand) -> tuple[str, dict[str, str]]:
    """Enter a customer with a newsletter and a delivery; return her and her consents."""
    with hand.desk() as desk:
        news = scene.purpose(desk, "Newsletter", "name,email", "3 years", recipient="Haru Print")
        orders = scene.purpose(desk, "Deliveries", "name,phone", "1 year", statute="payment")
        shop = scene.place(desk, "Web shop")
        readers = scene.file(desk, "Readers", news, shop)
        buyers = scene.file(desk, "Buyers", orders, shop)
        who = scene.person(desk, NAME, phone=PHONE, email=EMAIL, language="ko")
        scene.held(desk, who, readers, news, "2026-03-02")
        scene.held(desk, who, buyers, orders, "2026-03-02")
        service = desk.service("consents")
        rows = service.rows(service.of_subjects([who.id])[who.id])
        return who.ref, {row.titles["purpose"]: row.ref for row in rows}


def play(hand: Hand, person: str) -> tuple[str, str, dict[str, str]]:
    """From the call to the closing; return the request, the destruction and the letters."""
    request = hand.enter("requests", kind="withdrawal", channel="phone", subject=person)
    hand.cannot("requests", request, "end-consents")
    hand.act("requests", request, "identify", method="callback")
    told = hand.act("requests", request, "end-consents")
    assert "2031-11-23" in told
    with hand.desk() as desk:
        (number,) = desk.service("destructions").every()
        destruction = desk.ref("destructions", number)
        (withdrawn, _other) = _withdrawn(desk, person)
    assert destruction in told
    assert hand.state("requests", request) == "working"
    letters = {"asked": hand.paper("consents", "withdrawal", withdrawn)}
    hand.at("2026-11-25 10:00")
    hand.destroyed(destruction)
    hand.place_confirms(destruction, "Web shop", "2026-11-25")
    letters["done"] = hand.paper("consents", "withdrawal", withdrawn)
    hand.at("2026-11-26 10:00")
    hand.act("requests", request, "answer", result="partial", code="stop_law", reason=REASON)
    letters["d5"] = hand.paper("requests", "d5", request)
    hand.act("requests", request, "close")
    return request, destruction, letters


def _withdrawn(desk: Desk, person: str) -> list[str]:
    service = desk.service("consents")
    number = desk.service("subjects").number(person)
    rows = service.rows(service.of_subjects([number])[number])
    return sorted(row.ref for row in rows if row.state == "withdrawn")


def check(
    hand: Hand,
    person: str,
    consents: dict[str, str],
    request: str,
    destruction: str,
    letters: dict[str, str],
) -> None:
    """The same whichever way it was played."""
    row = hand.row("requests", request)
    assert (row.state, row.values["due_on"], row.values["in_time"]) == ("closed", DUE, True)
    assert hand.state("destructions", destruction) == "complete"
    assert hand.find(EMAIL) == []
    assert hand.find(PHONE[-4:]) == [person]
    clear = hand.row("subjects", person, clear=True)
    assert [clear.values[n] for n in ("name", "phone", "email")] == [NAME, PHONE, ""]
    assert {hand.state("consents", ref) for ref in consents.values()} == {"past"}
    for text in ("한가람", DESTROY_BY, destruction, ARTICLE, "2031년 11월 23일", "Haru Print"):
        assert text in letters["asked"]
    assert "2026년 11월 25일 파기하였습니다" in letters["done"]
    assert ARTICLE in letters["done"]
    assert EMAIL not in letters["done"]
    for text in (NAME, "아래 사항을 제외하고", "제37조제2항제1호", REASON):
        assert text in letters["d5"]
    with hand.desk() as desk:
        notices = desk.vault.raw.execute("SELECT recipient, kind, state FROM corrections")
        assert notices.fetchall() == [("Haru Print", "deletion", "open")]
        number = desk.service("subjects").number(person)
        held = desk.vault.raw.execute("SELECT id FROM holdings WHERE subject = ?", (number,))
        rows = desk.service("holdings").rows([one[0] for one in held.fetchall()])
        fates = {one.titles["purpose"]: one for one in rows}
        assert {name: one.state for name, one in fates.items()} == {
            "Newsletter": "destroyed",
            "Deliveries": "law",
        }
        assert fates["Deliveries"].values["kept_until"] == KEPT_UNTIL
        withdrawn = [desk.service("consents").get(ref) for ref in _withdrawn(desk, person)]
        assert {(one.values["at"], one.values["channel"]) for one in withdrawn} == {
            (date(2026, 11, 23), "phone")
        }
        for one in withdrawn:
            history = desk.service("consents").history(one.ref)
            assert request in {event.reason for event in history}
        status = desk.service("destructions").get(destruction).values
        assert request in status["reason"]
        signed = desk.vault.raw.execute(
            "SELECT part, person FROM destruction_signatures ORDER BY id"
        ).fetchall()
        people = dict(signed)
        assert people["requester"] != people["approver"]
