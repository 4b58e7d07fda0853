"""A withdrawal asked for in a case; its letter says no more than what was done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from privdesk.core.errors import InvalidValueError
from privdesk.documents.preview import page_texts
from privdesk.flows import custody, destruction, issuing, requests, withdrawing
from privdesk.flows.withdrawal import NothingToWithdrawError
from privdesk.registers.desk import Desk
from tests.copies import open_as, switch_to
from tests.desks import BORA
from tests.flows.asked import NAME, NEW_EMAIL, Office, act, office, orders, ref, reply, request

ORDERED, DONE = "not finished everywhere yet", "What you asked for has been done."


@pytest.fixture
def at(vault: Path) -> Iterator[Office]:
    """Return the first officer's desk: a newsletter on consent, a contract without."""
    desk = open_as(vault)
    yield office(desk)
    desk.vault.close()


def answered(desk: Desk, number: int) -> str:
    """Record that a request is granted, and return the words of the draft of its notice."""
    with desk.change() as change:
        requests.answer(change, number, "granted")
    return d5(desk, number)


def d5(desk: Desk, number: int) -> str:
    """Return the words of a draft of the notice."""
    data = issuing.draft(desk, "d5", desk.ref("requests", number), "en").data
    return " ".join(" ".join(page_texts(data)).split())


def told(desk: Desk) -> list[tuple[str, str]]:
    """Return who gets a notice, of what."""
    sql = "SELECT recipient, kind FROM corrections WHERE state <> 'void' ORDER BY id"
    return [(str(who), str(what)) for who, what in desk.vault.raw.execute(sql).fetchall()]


def test_the_consents_in_force_end_on_the_day_of_the_request(at: Office) -> None:
    number = request(at, "withdrawal")
    outcome = act(at, number, "end-consents")

    assert [one[0] for one in outcome.refs] == ["C", "D"]
    row = at.desk.service("consents").get(outcome.refs[0])
    assert (row.state, row.values["channel"]) == ("withdrawn", "phone")
    assert row.titles["purpose"] == "Newsletter"
    assert at.desk.service("requests").get(ref(at, number)).state == "working"
    (own,) = orders(at, number).values()
    assert (own.state, own.values["destruction"]) == ("open", outcome.refs[1])


def standing(at: Office) -> list[str]:
    """Return the consents of the person that are in force."""
    service = at.desk.service("consents")
    rows = service.rows(service.of_subjects([at.number])[at.number])
    return [row.ref for row in rows if row.state == "given"]


def test_a_withdrawal_at_the_persons_page_answers_the_open_request(at: Office) -> None:
    number = request(at, "withdrawal")
    (plan,) = withdrawing.plans(at.desk, standing(at))
    assert list(plan.consents) == standing(at)  # a plan changes nothing
    (done,) = withdrawing.each(at.desk, standing(at), channel="phone")
    assert done.plan.fates == plan.fates

    assert done.request == ref(at, number)
    assert at.desk.service("requests").get(done.request).state == "working"
    (own,) = orders(at, number).values()
    assert own.values["destruction"] == done.destruction
    told = withdrawing.outcome(at.desk, [done])
    assert f"Entered as asked for in {done.request}." in told.message
    assert told.paper == ("consents", "withdrawal", done.refs[0])


def test_it_is_left_apart_where_said_so_or_nobody_checked_who_asks(at: Office) -> None:
    unknown = request(at, "withdrawal", identified=False)
    (done,) = withdrawing.each(at.desk, standing(at))
    assert (done.request, at.desk.service("requests").get(ref(at, unknown)).state) == (
        "",
        "received",
    )


def test_single_consents_can_be_named_for_a_request(at: Office) -> None:
    number = request(at, "withdrawal")
    outcome = act(at, number, "end-consents", consents=standing(at)[:1])

    assert outcome.paper == ("consents", "withdrawal", outcome.refs[0])
    stranger = at.desk.service("subjects").create({"name": "이두리"})
    told = {"subject": stranger.ref, "purpose": str(at.letters.values["purpose"])}
    other = at.desk.service("consents").create({**told, "at": "2026-03-02"})
    with pytest.raises(withdrawing.OfAnotherError):
        act(at, number, "end-consents", consents=[other.ref])


def test_only_the_purposes_named_end(at: Office) -> None:
    number = request(at, "withdrawal")
    contracts = str(at.contracts.values["purpose"])

    with pytest.raises(NothingToWithdrawError):  # it rests on a contract, not on consent
        act(at, number, "end-consents", purposes=[contracts])
    assert at.desk.service("destructions").every() == []


def test_a_withdrawal_is_no_deletion_of_everything(at: Office) -> None:
    number = request(at, "withdrawal")

    with pytest.raises(InvalidValueError):
        act(at, number, "delete")
    with pytest.raises(InvalidValueError):
        act(at, request(at, "deletion"), "end-consents")


def test_the_letter_says_done_only_once_every_place_has_confirmed(at: Office, key: Path) -> None:
    number = request(at, "withdrawal")
    asked = act(at, number, "end-consents").refs[1]
    before = answered(at.desk, number)
    assert ORDERED in before
    assert DONE not in before

    bora = switch_to(at.desk, BORA)
    destruction.approve(bora, asked)
    destruction.execute(bora, asked, key)
    custody.destroyed(bora, "C-1", BORA)
    after = d5(bora, number)
    assert ORDERED in after  # here it is done; what the places did nobody knows yet
    assert "Records of the privacy office done on 23 November 2026" in after
    assert "Web shop not confirmed yet, ordered on 23 November 2026" in after
    for place in ("Web shop", "Call centre"):
        destruction.place(bora, asked, place, by="Team lead", on=bora.today(), count=1)
    last = d5(bora, number)
    assert DONE in last
    assert ORDERED not in last
    assert "Call centre confirmed on 23 November 2026" in last
    bora.vault.close()


def test_a_correction_is_done_once_every_place_has_followed(at: Office) -> None:
    number = request(at, "correction")
    act(at, number, "correct", after=f"E-mail: {NEW_EMAIL}")
    act(at, number, "amend")
    reply(at, orders(at, number)["Web shop"])
    told = act(at, number, "answer", result="granted").message
    assert "not confirmed yet: Call centre" in told
    assert ORDERED in d5(at.desk, number)

    reply(at, orders(at, number)["Call centre"])
    assert DONE in d5(at.desk, number)


def test_the_letter_is_addressed_though_nothing_of_the_person_is_left(
    vault: Path, key: Path
) -> None:
    desk = open_as(vault)
    at = office(desk, contract=False)
    number = request(at, "deletion")
    asked = act(at, number, "delete").refs[0]
    bora = switch_to(desk, BORA)
    destruction.approve(bora, asked)
    destruction.execute(bora, asked, key)
    custody.destroyed(bora, "C-1", BORA)

    assert bora.service("subjects").rows([at.number])[0].state == "destroyed"
    assert f"To {NAME}" in answered(bora, number)
    bora.vault.close()


@pytest.mark.parametrize(("spoken", "article"), [("en", "art. 6(1)"), ("ko", "제6조제1항")])
def test_a_law_is_told_in_the_readers_language(vault: Path, spoken: str, article: str) -> None:
    desk = open_as(vault)
    desk.set_setting("language", "ko" if spoken == "en" else "en")
    at = office(desk, contract=False)
    bought = at.letters.values["purpose"]
    desk.service("purposes").update(str(bought), {"statute": "payment"})
    made = act(at, request(at, "withdrawal"), "end-consents").refs[0]
    data = issuing.draft(desk, "withdrawal", made, spoken).data
    annex = issuing.draft(desk, "annex", ref(at, request(at, "access")), spoken).data

    for paper in (data, annex):
        assert article in " ".join(" ".join(page_texts(paper)).split())
    desk.vault.close()


def test_whom_the_consent_names_is_told_without_a_provision_in_the_ledger(at: Office) -> None:
    letters = str(at.letters.values["purpose"])
    at.desk.service("purposes").update(letters, {"recipient": "Haru Print"})
    act(at, request(at, "withdrawal"), "end-consents")

    assert told(at.desk) == [("Haru Print", "deletion")]
