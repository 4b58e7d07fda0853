"""Deletion is refused where another law names the data; a ground of the policy is warned of."""

from __future__ import annotations

import pytest

from tests.e2e import scene
from tests.e2e.hands import Hand

pytestmark = pytest.mark.e2e

NAME, PHONE = "오하늘", "010-6100-7200"
OTHER = "유바다"
# Received on Monday 2026-11-23; ten days later is Thursday 2026-12-03 (Decree 43(3)).
DUE = "2026-12-03"
# A contract that still runs is kept for five years from its end on 2026-11-25 (E-Commerce Act 6).
KEPT_UNTIL, IN_WORDS = "2031-11-25", ("2031년 11월 25일", "25 November 2031")
WHY = "It would be too much work for us."


def test_a_deletion_is_refused_with_the_law_and_the_way_to_object(hand: Hand) -> None:
    people = fill(hand)
    played = play(hand, people)
    check(hand, people, *played)


def fill(hand: Hand) -> list[str]:
    """Enter two customers: a contract that another law keeps, and a survey that none keeps."""
    with hand.desk() as desk:
        bought = scene.purpose(
            desk, "Contracts", "name,phone", "3 years", basis="contract", statute="contract"
        )
        asked = scene.purpose(desk, "Survey", "name", "3 years")
        shop = scene.place(desk, "Web shop")
        contracts = scene.file(desk, "Contracts", bought, shop)
        answers = scene.file(desk, "Answers", asked, shop)
        customer = scene.person(desk, NAME, phone=PHONE, language="ko")
        scene.held(desk, customer, contracts, bought, "2026-02-03", agreed=False)
        other = scene.person(desk, OTHER, language="en")
        scene.held(desk, other, answers, asked, "2026-02-03")
        return [customer.ref, other.ref]


def play(hand: Hand, people: list[str]) -> tuple[list[str], list[str], str]:
    """Refuse one by the law, the other by the policy; return requests, letters, the warning."""
    requests, letters = [], []
    for person in people:
        request = hand.enter("requests", kind="deletion", channel="phone", subject=person)
        hand.cannot("requests", request, "delete")
        hand.act("requests", request, "identify", method="questions")
        requests.append(request)
    by_law, by_policy = requests
    hand.at("2026-11-25 11:00")
    told = hand.act("requests", by_law, "delete")
    assert any(one in told for one in IN_WORDS)
    letters.append(hand.paper("requests", "d6", by_law))
    hand.cannot("requests", by_policy, "refuse", code="access_harm", reason=WHY)
    warning = hand.act("requests", by_policy, "refuse", code="affairs", reason=WHY)
    tasks = hand.tasks()
    assert "only the policy knows" in tasks[by_policy]
    assert by_law not in tasks
    letters.append(hand.paper("requests", "d6", by_policy))
    for request in requests:
        hand.act("requests", request, "close")
    return requests, letters, warning


def check(
    hand: Hand, people: list[str], requests: list[str], letters: list[str], warning: str
) -> None:
    """The same whichever way it was played."""
    for request, code in zip(requests, ("deletion_law", "affairs"), strict=True):
        row = hand.row("requests", request, clear=True)
        assert row.state == "closed"
        assert (row.values["result"], row.values["refusal"]) == ("refused", code)
        assert (str(row.values["due_on"]), row.values["in_time"]) == (DUE, True)
    by_law, by_policy = letters
    assert "■ 거절" in by_law
    for text in ("제36조제1항", "전자상거래법 시행령 제6조제1항", IN_WORDS[0], NAME):
        assert text in by_law
    for text in ("이의제기 방법", "개인정보 보호책임자", "1833-6972", "118"):
        assert text in by_law
    assert "Privacy policy of the company" in by_policy
    assert "S6.7" not in by_policy
    assert "not in the law" in by_policy
    assert WHY in by_policy
    assert "How to object" in by_policy
    assert "the law does not" in warning
    with hand.desk() as desk:
        assert desk.service("destructions").every() == []
        (person,) = desk.service("subjects").rows(
            [desk.service("subjects").number(people[0])], reveal=True
        )
        assert (person.values["name"], person.values["phone"]) == (NAME, PHONE)
        numbers = desk.service("holdings").of_subjects([person.id])[person.id]
        (kept,) = desk.service("holdings").rows(numbers)
        assert (kept.state, str(kept.values["kept_until"])) == ("law", KEPT_UNTIL)
        for request in requests:
            assert scene.actions(desk, "requests", request).count("request.refused") == 1
            assert scene.papers(desk, request) == {"d6": "issued"}
