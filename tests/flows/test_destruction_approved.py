"""What a destruction takes, and who signs it: two people, one digest, no way around either."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from privdesk.core.errors import ForbiddenError, InvalidValueError
from privdesk.flows import choosing, destruction, people
from privdesk.flows.choosing import NothingToDestroyError, WrongSetError
from privdesk.registers.desk import Desk
from privdesk.registers.destructions import rules
from privdesk.registers.destructions.signatures import SignatureBrokenError
from privdesk.vault import crypto
from tests.copies import MANAGER, switch_to
from tests.desks import ALICE, BORA
from tests.flows.folk import (
    BOTH,
    DUE,
    TODAY,
    called,
    destroyed,
    names,
    only_holding,
    request,
    standing,
)


def test_the_set_of_a_day_is_what_is_due_and_says_what_it_leaves_out(filled: Desk) -> None:
    desk = filled
    holdings = desk.service("holdings")
    first, second = (only_holding(desk, somebody) for somebody in DUE[:2])
    holdings.set_hold([desk.ref("holdings", first)], reason="a lawsuit")
    holdings.keep([desk.ref("holdings", second)], law="Commercial Act", until=date(2030, 1, 1))
    found = choosing.choose(desk, due_on=TODAY)

    assert {line.subject for line in found.taken} == {called(desk, p).id for p in (*DUE[2:], BOTH)}
    assert {(line.holding, line.why) for line in found.left_out} == {(first, choosing.HELD)}


def test_chosen_people_bring_all_their_holdings_but_those_kept_by_law(filled: Desk) -> None:
    desk = filled
    both, second = called(desk, BOTH), called(desk, DUE[1])
    kept = only_holding(desk, DUE[1])
    desk.service("holdings").keep(
        [desk.ref("holdings", kept)], law="Commercial Act", until=date(2030, 1, 1)
    )
    found = choosing.choose(desk, refs=[both.ref, second.ref])

    assert len(found.taken) == 2
    assert [(line.holding, line.why) for line in found.left_out] == [(kept, choosing.LAW)]


def test_a_set_is_chosen_in_one_way_only(filled: Desk) -> None:
    desk = filled
    with pytest.raises(WrongSetError):
        choosing.choose(desk)
    with pytest.raises(WrongSetError):
        choosing.choose(desk, due_on=TODAY, refs=[called(desk, BOTH).ref])
    with pytest.raises(NothingToDestroyError):
        choosing.choose(desk, due_on=date(2019, 1, 1))


def test_the_digest_says_exactly_which_holdings() -> None:
    digest = choosing.digest_of([3, 1, 2], None, 0)

    assert digest == choosing.digest_of([1, 2, 3], None, 0)
    others = [([1, 2], None, 0), ([1, 2, 3], 7, 0), ([1, 2, 3], None, 1), ([12, 3], None, 0)]
    assert len({digest, *(choosing.digest_of(*other) for other in others)}) == 5


def test_what_another_destruction_takes_is_left_out(filled: Desk) -> None:
    desk = filled
    request(desk)

    with pytest.raises(NothingToDestroyError):
        request(desk)
    found = choosing.judged(desk, choosing._of_refs(desk, [called(desk, DUE[0]).ref]))
    assert [line.why for line in found] == [choosing.RUNNING]


def test_a_request_needs_a_reason_and_an_officer(filled: Desk) -> None:
    desk = filled
    with pytest.raises(InvalidValueError):
        destruction.request(desk, due_on=TODAY, reason="  ")
    desk = switch_to(desk, MANAGER)
    with pytest.raises(ForbiddenError):
        request(desk)
    desk.vault.close()


def test_who_asks_cannot_approve(filled: Desk) -> None:
    desk = filled
    ref = request(desk)

    with pytest.raises(rules.SameApproverError):
        destruction.approve(desk, ref)
    assert standing(desk, ref)["state"] == "requested"


def test_who_asks_cannot_approve_under_a_new_key_either(filled: Desk) -> None:
    """A passphrase reset by the other officer gives new keys; the name stays."""
    desk = filled
    ref = request(desk)
    desk = switch_to(desk, BORA)
    people.reset_passphrase(desk, ALICE, "violet harbour lantern 27", crypto.FLOOR)
    desk = switch_to(desk, ALICE)

    with pytest.raises(rules.SameApproverError):
        destruction.approve(desk, ref)
    desk.vault.close()


def test_an_office_of_one_officer_cannot_approve(filled: Desk) -> None:
    desk = filled
    ref = request(desk)
    people.remove(desk, BORA)

    with pytest.raises(rules.SecondOfficerError):
        destruction.approve(desk, ref)


def test_the_rule_can_be_switched_off_and_the_case_remembers_it(filled: Desk, key: Path) -> None:
    desk = filled
    desk.set_setting("two_officers", False)
    ref = request(desk)
    destruction.approve(desk, ref)
    desk.set_setting("two_officers", True)

    row = desk.service("destructions").get(ref)
    assert row.values["two_officers"] is False
    with pytest.raises(rules.SameWitnessError):
        destruction.execute(desk, ref, key)


@pytest.mark.parametrize("name", [BORA, "bora  MUSTER", " Bora Muster "])
def test_the_operator_cannot_be_her_own_witness(filled: Desk, key: Path, name: str) -> None:
    desk = filled
    ref = request(desk)
    desk = switch_to(desk, BORA)
    destruction.approve(desk, ref)

    with pytest.raises(rules.SameWitnessError):
        destruction.execute(desk, ref, key, witness=name)
    assert standing(desk, ref)["state"] == "approved"
    assert not key.exists()
    desk.vault.close()


def test_the_approver_witnesses_unless_she_runs_it_herself(filled: Desk, key: Path) -> None:
    desk = filled
    ref = request(desk)
    desk = switch_to(desk, BORA)
    destruction.approve(desk, ref)
    desk = switch_to(desk, ALICE)
    destruction.execute(desk, ref, key)

    row = desk.service("destructions").get(ref)
    assert row.values["witness"] == BORA
    signed = standing(desk, ref)["signed"]
    assert signed == {"requester": ALICE, "approver": BORA, "operator": ALICE}
    desk.vault.close()


def test_every_signature_holds_over_the_digest_it_names(
    filled: Desk, key: Path, vault: Path
) -> None:
    desk = filled
    desk, done = destroyed(desk, vault, key)
    number = desk.service("destructions").number(done.ref)
    row = desk.service("destructions").get(done.ref)

    for signed in destruction.signed(desk, number):
        person = desk.vault.header.by_id(signed["person"])
        assert person is not None
        text = f"privdesk {signed['part']}|{desk.vault.id}|{number}|{signed['digest']}"
        assert crypto.signed(person.signing, signed["signature"], text.encode())
        wanted = "digest_executed" if signed["part"] == "operator" else "digest"
        assert signed["digest"] == row.values[wanted]
    assert row.values["digest"] == row.values["digest_executed"]
    desk.vault.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE destruction_signatures SET person = 1 WHERE part = 'approver'",
        "UPDATE destruction_signatures SET signature = zeroblob(64) WHERE part = 'requester'",
        "DELETE FROM destruction_signatures WHERE part = 'approver'",
        (
            "UPDATE destruction_holdings SET why = 'held' WHERE holding = (SELECT min(holding)"
            " FROM destruction_holdings)"
        ),
        (
            "INSERT INTO destruction_holdings (destruction, holding, subject, why, done)"
            " SELECT d.id, h.id, h.subject, '', 0 FROM destructions d, holdings h WHERE h.id NOT IN"
            " (SELECT holding FROM destruction_holdings) LIMIT 1"
        ),
    ],
)
def test_what_was_not_signed_just_so_is_not_executed(filled: Desk, key: Path, change: str) -> None:
    """Whoever writes into register.db past the program has no key to sign with."""
    desk = filled
    ref = request(desk)
    desk = switch_to(desk, BORA)
    destruction.approve(desk, ref)
    before = names(desk)
    with desk.vault.transaction():
        assert desk.vault.raw.execute(change).rowcount == 1

    with pytest.raises(SignatureBrokenError):
        destruction.execute(desk, ref, key)
    assert names(desk) == before
    assert standing(desk, ref)["state"] == "approved"
    desk.vault.close()
