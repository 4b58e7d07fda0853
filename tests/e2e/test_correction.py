"""An e-mail address is wrong; two companies had it, and one place is late to correct it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.e2e import scene
from tests.e2e.hands import Given, Hand

pytestmark = pytest.mark.e2e

NAME, WRONG, RIGHT = "서나라", "nara@example.com", "seonara@example.org"
CARRIER, PRINTER = "Hanbit Delivery", "Haru Print"
# Received on Monday 2026-11-23: answered within ten days, Thursday 2026-12-03 (Decree 43(3)).
DUE = date(2026, 12, 3)
# Places are asked to reply within seven days, Monday 2026-11-30; two days later one is late.
ASKED_FOR, LATE = date(2026, 11, 30), "2026-12-02 09:00"
# Corrected on Tuesday 2026-11-24: recipients are told within three days, Friday the 27th, and
# asked to reply within seven days of the notice, Tuesday 2026-12-01.
CORRECTED, TELL_BY, REPLY_BY = date(2026, 11, 24), date(2026, 11, 27), date(2026, 12, 1)


def test_a_correction_reaches_everybody_and_the_freeze_lasts_until_then(hand: Hand) -> None:
    office = fill(hand)
    played = play(hand, office)
    check(hand, office, *played)


def fill(hand: Hand) -> dict[str, str]:
    """Enter a reader held at two places, whose address two companies were given."""
    with hand.desk() as desk:
        news = scene.purpose(desk, "Newsletter", "name,email", "3 years")
        shop, centre = scene.place(desk, "Web shop"), scene.place(desk, "Call centre")
        readers = scene.file(desk, "Readers", news, shop, centre)
        who = scene.person(desk, NAME, email=WRONG, language="ko")
        scene.held(desk, who, readers, news, "2026-03-02")
        refs = {"person": who.ref, "file": readers.ref}
        refs["email"] = desk.ref("items", desk.service("items").by_key("email"))
        for name in (CARRIER, PRINTER):
            given = scene.purpose(
                desk, f"For {name}", "name,email", "3 years", recipient=name,
                separate_consents="provision",
            )  # fmt: skip
            agreed = {"subject": who.ref, "purpose": given.ref, "at": "2026-03-02"}
            desk.service("consents").create(agreed)
            refs[name] = given.ref
            desk.service("provisions").create(
                {**provision(refs, name), "provided_on": "2026-10-01", "approver": "Kim"}
            )
        return refs


def provision(refs: dict[str, str], recipient: str) -> dict[str, Given]:
    """Return what is typed for a provision of the address to a company."""
    return {
        "recipient": recipient,
        "scope": "person",
        "subject": refs["person"],
        "file": refs["file"],
        "ground": "consent",
        "purpose": refs[recipient],
        "items": [refs["email"]],
    }


def play(hand: Hand, office: dict[str, str]) -> tuple[str, dict[str, str]]:
    """From the call to the closing; return the request and the letters."""
    letters = {}
    request = hand.enter("requests", kind="correction", channel="phone", subject=office["person"])
    hand.cannot("requests", request, "correct", after=f"E-mail: {RIGHT}")
    hand.act("requests", request, "identify", method="code")
    hand.act("requests", request, "correct", after=f"E-mail: {RIGHT}")
    refused = hand.not_entered("provisions", **provision(office, CARRIER))
    assert "release the freeze" in refused
    orders = hand.orders(request)
    for place in ("Web shop", "Call centre"):
        letters[place] = hand.paper("retrievals", "retrieval", orders[place])
    hand.at("2026-11-24 10:00")
    hand.act("requests", request, "amend")
    hand.act("retrievals", orders["Web shop"], "reply", by="IT team", result="done")
    for recipient, notice in notices(hand, request).items():
        letters[recipient] = hand.paper("corrections", "d10", notice)
    carrier, printer = (notices(hand, request)[name] for name in (CARRIER, PRINTER))
    hand.act("corrections", carrier, "reply", by="Park", result="done")
    hand.at(LATE)
    tasks = hand.tasks()
    assert orders["Call centre"] in tasks
    assert printer in tasks
    assert carrier not in tasks
    assert orders["Web shop"] not in tasks
    hand.not_entered("provisions", **provision(office, CARRIER))  # frozen still
    hand.act("retrievals", orders["Call centre"], "reply", by="Team lead", result="done")
    hand.act("corrections", printer, "reply", by="Lee", result="done")
    tasks = hand.tasks()
    assert {orders["Call centre"], printer}.isdisjoint(tasks)
    hand.enter("provisions", **provision(office, CARRIER))  # free again
    hand.act("requests", request, "answer", result="granted")
    letters["d5"] = hand.paper("requests", "d5", request)
    hand.act("requests", request, "close")
    return request, letters


def notices(hand: Hand, request: str) -> dict[str, str]:
    """Return the notices of a request by recipient."""
    with hand.desk() as desk:
        numbers = desk.vault.raw.execute("SELECT id FROM corrections").fetchall()
        rows = desk.service("corrections").rows([one[0] for one in numbers])
        return {
            str(row.values["recipient"]): row.ref
            for row in rows
            if row.values["request"] == request
        }


def check(hand: Hand, office: dict[str, str], request: str, letters: dict[str, str]) -> None:
    """The same whichever way it was played."""
    row = hand.row("requests", request)
    assert (row.state, row.values["due_on"], row.values["in_time"]) == ("closed", DUE, True)
    assert hand.row("subjects", office["person"], clear=True).values["email"] == RIGHT
    assert hand.find(WRONG) == []
    assert hand.find(RIGHT) == [office["person"]]
    for ref in notices(hand, request).values():
        notice = hand.row("corrections", ref).values
        days = [notice[n] for n in ("decided_on", "tell_by", "sent_on", "reply_by")]
        assert days == [CORRECTED, TELL_BY, CORRECTED, REPLY_BY]
        assert hand.state("corrections", ref) == "answered"
    with hand.desk() as desk:
        rows = desk.service("retrievals").of_request(desk.service("requests").number(request))
        assert {(one.titles.get("place", ""), one.state) for one in rows} == {
            ("This vault", "answered"),
            ("Web shop", "answered"),
            ("Call centre", "answered"),
        }
        assert {one.values["reply_by"] for one in rows} == {ASKED_FOR}
        (freeze,) = desk.vault.raw.execute("SELECT id FROM freezes").fetchall()
        (frozen,) = desk.service("freezes").rows([freeze[0]])
        assert frozen.state == "released"
        done = scene.actions(desk, "requests", request)
        assert [one for one in done if one.startswith("request.")] == [
            "request.identified", "request.started", "request.answered", "request.closed",
        ]  # fmt: skip
    for place in ("Web shop", "Call centre"):
        assert WRONG in letters[place]
        assert RIGHT in letters[place]
    for recipient in (CARRIER, PRINTER):
        for text in (recipient, WRONG, RIGHT, NAME, "2026"):
            assert text in letters[recipient]
    for text in (NAME, "정정", CARRIER, PRINTER):
        assert text in letters["d5"]
