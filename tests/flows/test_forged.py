"""Rows that somebody with the REGISTER key writes: no destruction, certificate, loss or opening.

Every role has REGISTER and a key to sign with. What she writes past the program is written here
with raw statements and true signatures of her own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from privdesk.core.register import Query
from privdesk.documents.preview import page_texts
from privdesk.flows import accounts, custody, destruction, issuing, losing, people, proofs, proving
from privdesk.flows.proofs import UnprovedError
from privdesk.registers.desk import Desk
from privdesk.registers.destructions import rules, signatures
from privdesk.registers.destructions.orders import lost_part
from privdesk.registers.destructions.signatures import OneSignerError, SignerGoneError
from privdesk.registers.findings.collect import desk_findings
from privdesk.vault import crypto, slots
from tests.copies import MANAGER, PASSPHRASES, open_as, switch_to
from tests.desks import ALICE, BORA
from tests.flows.folk import TODAY, answered, destroyed, names, request, standing

AT = "2026-11-23T03:00:00+00:00"
NEW = "violet harbour lantern 27"


def faults(desk: Desk) -> list[str]:
    return [proving.fault_in_words(one) for one in proving.prove_journal(desk).faults]


def plant(desk: Desk, sql: str, *values: object) -> None:
    with desk.vault.transaction():
        desk.vault.raw.execute(sql, values)


def sign(desk: Desk, name: str, message: bytes) -> tuple[int, bytes]:
    """Return somebody's number and her true signature."""
    own = slots.unlock(desk.vault.header, name, PASSPHRASES[name])
    return own.person.id, crypto.signer(own.keys.signing).sign(message)


def plant_part(desk: Desk, number: int, part: str, name: str, digest: str) -> None:
    """Sign a part of a destruction as anybody can who has a program of her own."""
    told = signatures.message(desk.vault.id, number, part, digest)
    person, signature = sign(desk, name, told)
    plant(
        desk,
        "INSERT INTO destruction_signatures (destruction, part, person, digest, signature, paper,"
        " at) VALUES (?, ?, ?, ?, ?, '', ?)",
        *(number, part, person, digest, signature, AT),
    )


def plant_loss(desk: Desk, copy: int, name: str, what: str) -> None:
    told = losing.message(desk.vault.id, copy, AT, what)
    person, signature = sign(desk, name, told)
    plant(
        desk,
        "INSERT INTO custody_losses (id, what, copy, person, signature, at)"
        " VALUES (90000, ?, ?, ?, ?, ?)",
        *(what, copy, person, signature, AT),
    )


def asked(desk: Desk) -> tuple[str, int, str]:
    """Request a destruction; return its reference, number and digest."""
    ref = request(desk)
    return ref, desk.service("destructions").number(ref), str(standing(desk, ref)["digest"])


@pytest.mark.parametrize(("who", "refused"), [(MANAGER, SignerGoneError), (ALICE, OneSignerError)])
def test_neither_a_manager_nor_the_requester_herself_approves_by_a_row(
    filled: Desk, key: Path, who: str, refused: type[Exception]
) -> None:
    desk = filled
    ref, number, digest = asked(desk)
    before = names(desk)
    plant_part(desk, number, "approver", who, digest)
    plant(desk, "UPDATE destructions SET state = 'approved', approved_on = '2026-11-23'")

    with pytest.raises(refused, match=who if who == MANAGER else ref):
        destruction.execute(desk, ref, key, witness="Wanda Witness")
    assert names(desk) == before
    assert faults(desk) == (
        [f"{ref}: {signatures.NO_OFFICER}"] if who == MANAGER else []  # nothing was executed
    )
    assert standing(desk, ref)["signed"].get("approver", "") == ("" if who == MANAGER else ALICE)


def test_who_approved_and_got_new_keys_since_has_to_approve_anew(filled: Desk, key: Path) -> None:
    desk = filled
    ref = request(desk)
    desk = switch_to(desk, BORA)
    destruction.approve(desk, ref)
    desk = switch_to(desk, ALICE)
    people.reset_passphrase(desk, BORA, NEW, crypto.FLOOR)

    with pytest.raises(SignerGoneError, match=f"{BORA}.*or has new keys since"):
        destruction.execute(desk, ref, key)
    desk.service("destructions").act("cancel", [ref], {"reason": "new keys"})
    assert request(desk) != ref
    desk.vault.close()


def test_the_row_of_the_setting_alone_switches_the_rule_of_two_off_for_nobody(filled: Desk) -> None:
    desk = filled
    ref, _number, _digest = asked(desk)
    plant(desk, "INSERT INTO settings (name, value) VALUES ('two_officers', 'false')")

    with pytest.raises(rules.SameApproverError):
        destruction.approve(desk, ref)
    assert custody.lose(desk, "C-1", "mislaid") == ("C-1", "held")
    desk.set_setting("two_officers", False)  # an officer may, and the journal says so
    destruction.approve(desk, ref)


FORGED: dict[str, Any] = {
    "executing": "UPDATE destructions SET state = 'executing', digest_executed = digest,",
    "backups_closed": "UPDATE destructions SET state = 'backups_closed', epoch = 1,",
    "complete": "UPDATE destructions SET state = 'complete', digest_executed = digest, epoch = 1,",
}


@pytest.mark.parametrize("state", FORGED)
def test_a_destruction_that_never_took_place_is_neither_concluded_nor_certified(
    filled: Desk, state: str
) -> None:
    desk = filled
    ref, number, digest = asked(desk)
    before = names(desk)
    for part in ("approver", "operator"):
        plant_part(desk, number, part, MANAGER, digest)
    forged = " executed_at = ?, approved_on = '2026-11-23', destroyed = 5, tombstones = 5"
    plant(desk, FORGED[state] + forged, AT)
    desk = switch_to(desk, BORA)  # it opens all the same

    assert (standing(desk, ref)["state"], names(desk)) == (state, before)
    assert desk.vault.raw.execute("SELECT 1 FROM documents WHERE code = 'd1'").fetchall() == []
    with pytest.raises(UnprovedError, match=ref):
        issuing.issue(desk, "d1", ref, "en")
    text = " ".join(page_texts(issuing.issue(desk, "d2", None, "en").data))
    assert ref not in text
    assert f"{ref}: {signatures.NO_OFFICER}" in faults(desk)
    if state != "complete":  # Today tells of what is under way
        told = [one.what_text() for one in desk_findings(desk, TODAY) if one.ref == ref]
        assert any("no signatures of officers prove it" in text for text in told)
    if state == "executing":  # and the people in it can be destroyed
        desk.service("destructions").act("cancel", [ref], {"reason": "never executed"})
        assert request(desk) != ref
    desk.vault.close()


def test_a_former_officers_key_proves_no_execution_by_itself(filled: Desk) -> None:
    """It signed for the office once, and she opens the vault as a manager still."""
    desk = filled
    ref, number, digest = asked(desk)
    people.change_role(desk, BORA, "manager")
    for part in ("approver", "operator"):
        plant_part(desk, number, part, BORA, digest)
    plant(desk, "UPDATE destruction_holdings SET done = 1")
    plant(desk, FORGED["executing"] + " executed_at = ?, approved_on = '2026-11-23'", AT)
    desk = switch_to(desk, ALICE)

    assert standing(desk, ref)["state"] == "executing"
    assert faults(desk) == [f"{ref}: {proofs.NOT_KEPT}"]
    with pytest.raises(UnprovedError, match="file of people’s keys"):
        issuing.issue(desk, "d1", ref, "en")
    desk.vault.close()


def test_other_rows_than_were_signed_prove_no_destruction(
    filled: Desk, vault: Path, key: Path
) -> None:
    desk, done = destroyed(filled, vault, key)
    number = desk.service("destructions").number(done.ref)
    assert proofs.why_not(desk, number) == ""
    assert faults(desk) == []
    where = "WHERE holding = (SELECT min(holding) FROM destruction_holdings)"
    for forge, back, why in (
        ("done = 0", "done = 1", proofs.OTHER_SET),
        ("why = 'held'", "why = ''", proofs.OTHER_SET),
    ):
        plant(desk, f"UPDATE destruction_holdings SET {forge} {where}")
        assert faults(desk) == [f"{done.ref}: {why}"]
        plant(desk, f"UPDATE destruction_holdings SET {back} {where}")
    plant(desk, "UPDATE destruction_signatures SET part = 'witness' WHERE part = 'operator'")
    assert proofs.why_not(desk, number) == signatures.UNSIGNED
    desk.vault.close()


def test_what_only_a_row_calls_lost_completes_no_destruction(
    filled: Desk, vault: Path, key: Path
) -> None:
    ref = destruction.request(filled, due_on=TODAY, reason="retention ended")
    desk = switch_to(filled, BORA)
    destruction.approve(desk, ref)
    destruction.execute(desk, ref, key)
    answered(desk, ref)
    plant(desk, "UPDATE custody_copies SET state = 'lost' WHERE id = 1")
    plant_loss(desk, 1, MANAGER, losing.COPY)
    desk = switch_to(desk, ALICE)

    assert standing(desk, ref)["state"] == "backups_closed"
    assert sorted(faults(desk)) == [f"C-1: {losing.UNSIGNED}", f"C-1: {losing.NO_OFFICER}"]
    desk.vault.close()


@pytest.mark.parametrize("what", [losing.COPY, losing.ACCOUNT])
def test_a_manager_declares_nothing_lost_and_no_officer_alone(vault: Path, what: str) -> None:
    desk = open_as(vault)
    table, me = {
        losing.COPY: ("custody_copies", "C-1"),
        losing.ACCOUNT: ("holders", ""),
    }[what]
    me = me or "{account}@{workstation}".format(**accounts.holders(desk)[0])
    plant_loss(desk, 1, MANAGER, what)
    if what == losing.COPY:
        with pytest.raises(losing.LossReasonError):  # nobody has declared it yet
            custody.lose(desk, "C-1")
    plant(desk, f"UPDATE {table} SET state = 'lost' WHERE id = 1")
    assert sorted(faults(desk)) == [f"{me}: {losing.UNSIGNED}", f"{me}: {losing.NO_OFFICER}"]

    plant(desk, "DELETE FROM custody_losses")
    plant_loss(desk, 1, ALICE, what)
    assert faults(desk) == [f"{me}: {losing.ONE_OFFICER}"]
    desk.vault.close()


def test_a_places_copy_is_not_lost_by_a_managers_signature(filled: Desk) -> None:
    desk = filled
    ref, number, _digest = asked(desk)
    (order,) = desk.service("orders").find(Query(where={"destruction": ref}))
    plant_part(desk, number, lost_part(order.id), MANAGER, "")
    desk.service("orders").act("declare-lost", [order.ref], {"reason": "the drive is gone"})
    assert desk.service("orders").get(order.ref).state == "open"

    plant(desk, "UPDATE destruction_orders SET state = 'lost'")
    assert set(faults(desk)) == {
        f"{ref}: {signatures.NO_OFFICER}",
        f"{order.ref}: {losing.ONE_OFFICER}",
    }
