"""Deletion on request: what may go is destroyed, what another law keeps stays apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from privdesk.core.clock import FixedClock
from privdesk.core.i18n import speaking
from privdesk.flows import custody, deleting, destruction, issuing
from privdesk.registers.desk import Desk
from privdesk.registers.holdings.rules import LawBeforeError
from privdesk.vault import attachments
from tests.copies import open_as, switch_to
from tests.desks import BORA
from tests.flows.asked import (
    EMAIL,
    NAME,
    PHONE,
    Office,
    act,
    now,
    office,
    orders,
    ref,
    reply,
    request,
    written,
)


@pytest.fixture
def at(vault: Path) -> Iterator[Office]:
    """Return the first officer's desk: a newsletter, and a contract that another law keeps."""
    desk = open_as(vault)
    yield office(desk)
    desk.vault.close()


def executed(at: Office, destruction_ref: str, key: Path) -> Desk:
    """Have the second officer approve and execute a destruction; return that desk."""
    bora = switch_to(at.desk, BORA)
    destruction.approve(bora, destruction_ref)
    destruction.execute(bora, destruction_ref, key)
    custody.destroyed(bora, "C-1", BORA)
    return bora


def holdings(desk: Desk, subject: int) -> dict[str, tuple[str, str]]:
    """Return state and law of a person's holdings by purpose."""
    sql = "SELECT id FROM holdings WHERE subject = ?"
    numbers = [row[0] for row in desk.vault.raw.execute(sql, (subject,)).fetchall()]
    rows = desk.service("holdings").rows(numbers)
    return {r.titles["purpose"]: (r.state, str(r.values["kept_law"] or "")) for r in rows}


def contract_of(at: Office) -> str:
    """Return the person's holding that another law keeps."""
    numbers = at.desk.service("holdings").of_subjects([at.number])[at.number]
    rows = at.desk.service("holdings").rows(numbers)
    return next(str(row.ref) for row in rows if row.titles["purpose"] == "Contracts")


def test_what_another_law_keeps_stays_apart_and_the_rest_is_requested(at: Office) -> None:
    number = request(at, "deletion")
    outcome = act(at, number, "delete")

    (row,) = at.desk.service("destructions").rows([at.desk.service("destructions").every()[0]])
    chosen = at.desk.service("destructions").chosen(row.id)
    assert [subject for _holding, subject, _why in chosen] == [at.number]
    assert (row.state, row.values["reason"]) == ("requested", ref(at, number))
    held = holdings(at.desk, at.number)
    assert held["Newsletter"][0] == "active"
    assert held["Contracts"][0] == "law"
    assert "Electronic Commerce" in held["Contracts"][1]
    assert "23 November 2031" in outcome.message  # five years from today: the contract still ran
    assert row.ref in outcome.message


def test_the_vault_has_followed_once_the_destruction_is_executed(at: Office, key: Path) -> None:
    number = request(at, "deletion")
    act(at, number, "delete")
    (own,) = orders(at, number).values()
    assert (own.state, own.values["kind"], own.values["place"]) == ("open", "deletion", "")

    bora = executed(at, str(own.values["destruction"]), key)
    (after,) = bora.service("retrievals").of_request(number)
    assert after.state == "answered"
    assert bora.service("retrievals").outstanding() == []
    (person,) = bora.service("subjects").rows([at.number], reveal=True)
    assert (person.values["name"], person.values["email"]) == (NAME, "")  # the letter's alone
    assert person.values["phone"] == PHONE
    bora.vault.close()


def test_a_request_is_refused_where_another_law_keeps_everything(vault: Path) -> None:
    desk = open_as(vault)
    at = office(desk)
    letters = at.letters.values["purpose"]
    desk.service("purposes").update(str(letters), {"statute": "contract"})
    number = request(at, "deletion")

    outcome = act(at, number, "delete")
    assert desk.service("requests").get(ref(at, number)).state == "refused"
    assert desk.service("destructions").every() == []
    assert "Refused" in outcome.message
    assert {state for state, _law in holdings(desk, at.number).values()} == {"law"}
    desk.vault.close()


@pytest.mark.parametrize(
    ("today", "goes"),
    [
        (date(2031, 6, 30), False),  # the last day that the law commands: ended on 2026-06-30
        (date(2031, 7, 1), True),
    ],
)
@pytest.mark.parametrize("known", ["ended_on", "law_from"])
def test_the_law_keeps_through_its_last_day(
    vault: Path, known: str, today: date, goes: bool
) -> None:
    moment = datetime(today.year, today.month, today.day, 3, tzinfo=UTC)
    desk = open_as(vault, clock=FixedClock(datetime(2026, 11, 23, 3, tzinfo=UTC)))
    at = office(desk)
    contract = contract_of(at)
    desk.service("holdings").update(contract, {known: date(2026, 6, 30)})
    desk.clock = FixedClock(moment)

    plan = deleting.plan(desk, at.number)
    assert len(plan.goes) == (2 if goes else 1)
    assert [one.until for one in plan.kept] == ([] if goes else [date(2031, 6, 30)])
    desk.vault.close()


def test_an_earlier_end_stays_the_one_that_the_law_counts_from(at: Office) -> None:
    contract = contract_of(at)
    at.desk.service("holdings").update(contract, {"ended_on": date(2026, 6, 30)})
    act(at, request(at, "deletion"), "delete")

    values = at.desk.service("holdings").get(contract).values
    assert (values["ended_on"], values["kept_until"]) == (date(2026, 6, 30), date(2031, 6, 30))


def test_the_period_of_the_law_does_not_begin_before_the_data_was_there(at: Office) -> None:
    contract = contract_of(at)  # collected on 2026-02-03
    with pytest.raises(LawBeforeError):
        at.desk.service("holdings").update(contract, {"law_from": date(2026, 2, 2)})
    changed = at.desk.service("holdings").update(contract, {"law_from": date(2026, 2, 3)})
    assert changed.values["due_on"] == date(2031, 2, 4)


def test_the_reason_of_a_refusal_is_told_in_the_language_of_the_reader(at: Office) -> None:
    letters = str(at.letters.values["purpose"])
    at.desk.service("purposes").update(letters, {"statute": "contract", "name_en": "News by mail"})
    number = request(at, "deletion")
    act(at, number, "delete")

    def why() -> str:
        (row,) = at.desk.service("requests").rows([number], reveal=True)
        return str(row.values["refusal_why"])

    with speaking("en"):
        assert "“News by mail”: Enforcement Decree of the Electronic Commerce Act" in why()
    with speaking("ko"):
        assert "전자상거래법 시행령 제6조제1항" in why()
        assert "2031년 11월 23일" in why()


def test_a_legal_hold_is_no_ground_to_refuse(at: Office) -> None:
    numbers = at.desk.service("holdings").of_subjects([at.number])[at.number]
    refs = [at.desk.ref("holdings", number) for number in numbers]
    at.desk.service("holdings").act("hold", refs, {"reason": "lawsuit"})
    number = request(at, "deletion")

    with pytest.raises(deleting.DeletionHeldError):
        act(at, number, "delete")
    assert at.desk.service("requests").get(ref(at, number)).state == "identified"


def test_a_single_item_is_emptied_here_and_ordered_there(at: Office) -> None:
    number = request(at, "deletion")
    act(at, number, "delete", items="email")

    assert now(at) == {"name": NAME, "phone": PHONE, "email": ""}
    found = orders(at, number)
    assert {place: row.state for place, row in found.items()} == {
        "": "answered",
        "Web shop": "open",
        "Call centre": "open",
    }
    assert {row.values["kind"] for row in found.values()} == {"deletion"}


def test_a_deleted_value_is_left_in_no_answer_and_no_order(at: Office) -> None:
    access = request(at, "access")
    act(at, access, "orders")
    shop = orders(at, access)["Web shop"]
    reply(at, shop, holds=f"E-mail: {EMAIL}")
    issuing.issue(at.desk, "annex", ref(at, access), "ko")
    act(at, request(at, "deletion"), "delete", items="email")

    numbers = [row[0] for row in at.desk.vault.raw.execute("SELECT id FROM main.payloads")]
    kept = at.desk.vault.payloads.read_many("keys_people", numbers)
    assert [n for n, values in kept.items() if EMAIL in str(values)] == []
    sql = "SELECT state FROM documents WHERE code = 'annex'"
    assert at.desk.vault.raw.execute(sql).fetchall() == [("dropped",)]
    assert orders(at, access)["Archive"].state == "open"  # still under way, with its number
    (archive,) = at.desk.service("retrievals").rows([orders(at, access)["Archive"].id], reveal=True)
    assert archive.values["source_ids"] == at.person.ref


def test_an_item_that_a_kept_holding_needs_is_not_emptied(at: Office) -> None:
    number = request(at, "deletion")
    act(at, number, "delete", items="phone")

    assert now(at)["phone"] == PHONE
    assert at.desk.service("requests").get(ref(at, number)).state == "refused"


def test_what_was_ordered_and_answered_goes_with_the_person(
    vault: Path, key: Path, tmp_path: Path
) -> None:
    desk = open_as(vault)
    at = office(desk, contract=False)
    access = request(at, "access")
    act(at, access, "orders")
    shop = orders(at, access)["Web shop"]
    reply(at, shop, holds=f"E-mail: {EMAIL}", data=written(tmp_path / "sent.csv", EMAIL))
    issuing.issue(desk, "retrieval", orders(at, access)["Call centre"].ref, "ko")
    issuing.issue(desk, "annex", ref(at, access), "ko")
    name = str(orders(at, access)["Web shop"].values["data"])
    sealed = desk.vault.folder / "attachments" / name
    assert sealed.is_file()
    act(at, request(at, "deletion"), "delete")
    (destruction_ref,) = [desk.ref("destructions", n) for n in desk.service("destructions").every()]

    bora = executed(at, destruction_ref, key)
    rows = bora.service("retrievals").of_request(access)
    (shop,) = [row for row in rows if row.titles["place"] == "Web shop"]
    assert shop.values["answered_by"] == "Team lead"  # that it answered stays
    assert bora.vault.payloads.read("keys_people", shop.id) == {}
    assert not sealed.exists()
    assert attachments.of_owner(bora.vault, shop.id) == []
    sql = "SELECT code, state, file FROM documents WHERE code IN ('annex', 'retrieval')"
    assert set(bora.vault.raw.execute(sql).fetchall()) == {
        ("annex", "dropped", None),
        ("retrieval", "dropped", None),
    }
    bora.vault.close()


def test_an_annex_goes_with_the_item_it_tells(at: Office, key: Path) -> None:
    access = request(at, "access")
    issuing.issue(at.desk, "annex", ref(at, access), "ko")
    act(at, request(at, "deletion"), "delete")
    (own,) = [at.desk.ref("destructions", n) for n in at.desk.service("destructions").every()]

    bora = executed(at, own, key)
    sql = "SELECT state FROM documents WHERE code = 'annex'"
    assert bora.vault.raw.execute(sql).fetchall() == [("dropped",)]
    assert bora.service("subjects").rows([at.number])[0].state != "destroyed"
    bora.vault.close()
