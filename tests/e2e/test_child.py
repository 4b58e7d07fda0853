"""A child signs up, the guardian is asked and never confirms: child and guardian are destroyed."""

from __future__ import annotations

from datetime import date

import pytest

from tests.e2e import scene
from tests.e2e.hands import Hand

pytestmark = pytest.mark.e2e

NAME, PHONE = "최아이", "010-6300-7400"
GUARDIAN, GUARDIAN_PHONE = "최보호", "010-6500-7600"
# Asked on Monday 2026-11-23. The fifth day after it is Saturday the 28th, so the last day is
# Monday the 30th (Civil Act 157, 161; Standard Guidelines 14(3)): on that day the answer may
# still come, on Tuesday 1 December the data has to go.
ASKED, LAST, LATE = "2026-11-23", "2026-11-30 17:00", "2026-12-01 09:00"


def test_a_consent_that_no_guardian_confirmed_is_destroyed(hand: Hand) -> None:
    child = fill(hand)
    consent, destruction = play(hand, child)
    check(hand, child, consent, destruction)


def fill(hand: Hand) -> str:
    """Enter the child, held in the list of members since the form was sent; return it."""
    with hand.desk() as desk:
        club = scene.purpose(desk, "Club", "name,phone", "3 years")
        members = scene.file(desk, "Members", club, scene.place(desk, "Web shop"))
        child = scene.person(desk, NAME, phone=PHONE, language="ko")
        scene.held(desk, child, members, club, ASKED, agreed=False)
        return child.ref


def play(hand: Hand, child: str) -> tuple[str, str]:
    """From the question to the destruction; return the consent and the destruction."""
    with hand.desk() as desk:
        (number,) = desk.service("purposes").called("Club")
        club = desk.ref("purposes", number)
    consent = hand.enter(
        "consents", subject=child, purpose=club, kind="asked", at=ASKED, channel="web",
        guardian_name=GUARDIAN, guardian_phone=GUARDIAN_PHONE,
    )  # fmt: skip
    hand.at(LAST)
    assert "has not confirmed yet" in hand.tasks()[consent]
    hand.at(LATE)
    assert "within five days" in hand.tasks()[consent]
    destruction = hand.destroy_child(consent)
    assert "within five days" in hand.tasks()[consent]  # until it is done
    hand.destroyed(destruction)
    hand.place_confirms(destruction, "Web shop", "2026-12-01")
    return consent, destruction


def check(hand: Hand, child: str, consent: str, destruction: str) -> None:
    """The same whichever way it was played."""
    assert consent not in hand.tasks()
    assert hand.find(NAME) == []
    assert hand.find(PHONE[-4:]) == []
    assert hand.state("subjects", child) == "destroyed"
    assert hand.state("destructions", destruction) == "complete"
    answer = hand.row("consents", consent, clear=True)
    assert answer.values["settled_on"] == date(2026, 12, 1)
    assert not answer.values["guardian_name"]
    assert not answer.values["guardian_phone"]
    assert answer.state == "destroyed"  # nobody agreed, so nothing is kept as proof
    certificate = hand.paper("destructions", "d1", destruction)
    for gone in (NAME, PHONE, GUARDIAN, GUARDIAN_PHONE):
        assert gone not in certificate
    with hand.desk() as desk:
        service = desk.service("consents")
        rows = service.rows(
            service.of_subjects([desk.service("subjects").number(child)]).popitem()[1]
        )
        assert {row.state for row in rows} == {"destroyed"}
        done = scene.actions(desk, "destructions", destruction)
        assert "destruction.approved" in done
        assert "destruction.executed" in done
