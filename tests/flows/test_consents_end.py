"""What a destruction takes of consents: evidence, receipts, papers, guardians; and their papers."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from privdesk.core.clock import FixedClock
from privdesk.core.register import Row
from privdesk.documents.inspection import inspect_pdf
from privdesk.flows import consentpapers, guardian, issuing, receiptsin, withdrawing
from privdesk.registers.consents.findings import judge
from privdesk.registers.desk import Desk
from privdesk.registers.expiring import KeptStillError
from privdesk.vault.payloads import PEOPLE
from tests.copies import open_as
from tests.desks import BORA
from tests.flows.folk import DUE, LIVING, called, destroyed, fill


def answer(desk: Desk, who: Row, kind: str = "given", **more: object) -> Row:
    """Enter an answer to the deliveries."""
    (purpose,) = desk.service("purposes").called("Delivery")
    values = {"subject": who.ref, "purpose": desk.ref("purposes", purpose), "kind": kind}
    row: Row = desk.service("consents").create({**values, "at": "2020-01-02", **more})
    return row


def test_of_the_consents_only_the_proof_outlives_the_person(
    vault: Path, key: Path, tmp_path: Path
) -> None:
    alice = open_as(vault)
    fill(alice)
    who = called(alice, DUE[0])
    given = answer(alice, who, note="a note about her", channel="paper")
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7 signed by hand")
    alice.service("consents").act("evidence", [given.ref], {"file": str(scan)})
    withdrawn = withdrawing.each(alice, [given.ref])[0]
    for code, ref in (("withdrawal", withdrawn.refs[0]), ("receipt", who.ref)):
        issuing.issue(alice, code, ref, "en")
    alice.service("destructions").cancel([withdrawn.destruction], reason="with the others")

    bora, done = destroyed(alice, vault, key)

    raw = bora.vault.raw
    rows = raw.execute("SELECT state FROM documents WHERE code IN ('withdrawal', 'receipt')")
    assert {row[0] for row in rows.fetchall()} == {"dropped"}
    assert bora.vault.payloads.read(PEOPLE, given.id) == {}
    assert bora.vault.payloads.read(PEOPLE, who.id) == {}
    consents = bora.service("consents")
    ended = consents.get(withdrawn.refs[0])
    assert ended.values["settled_on"] is not None
    proof = consents.get(given.ref)
    assert (proof.state, proof.values["keep_until"]) == ("proof", date(2029, 11, 23))
    assert (proof.values["kind"], proof.values["channel"]) == ("given", "paper")
    shown = consents.act("show-evidence", [given.ref], {"reason": "a dispute"}).shown
    assert shown is not None
    assert shown.data == scan.read_bytes()
    paper = text(issuing.issue(bora, "d1", done.ref, "en").data)
    assert "answers: 2; sealed evidence: 1" in paper
    assert "23 November 2029" in paper
    with pytest.raises(consentpapers.PersonGoneError):
        issuing.draft(bora, "withdrawal", withdrawn.refs[0], "en")
    bora.vault.close()

    day_before = FixedClock(datetime(2029, 11, 22, 3, tzinfo=UTC))
    later = open_as(vault, BORA, day_before)
    with pytest.raises(KeptStillError):
        later.service("consents").act("expunge", [given.ref], {})
    day_before.advance(timedelta(days=1))
    found = [one for one in judge(later) if one.rule == "12"]
    assert [one.count for one in found] == [2]
    later.service("consents").act("expunge", [given.ref, withdrawn.refs[0]], {})

    assert later.vault.raw.execute(
        "SELECT count(*) FROM attachments WHERE owner = ?", (given.id,)
    ).fetchone() == (0,)
    sql = "SELECT count(*) FROM keys_people.keys WHERE id = ?"
    assert later.vault.raw.execute(sql, (given.id,)).fetchone() == (0,)
    left = later.service("consents").get(given.ref)
    assert (left.state, left.values["kind"], left.values["channel"]) == ("destroyed", "given", "")
    assert not [one for one in judge(later) if one.rule == "12"]
    later.vault.close()


def test_a_silent_guardian_is_forgotten_with_the_childs_data(vault: Path, key: Path) -> None:
    alice = open_as(vault)
    fill(alice)
    who = called(alice, LIVING[0])
    asked = answer(alice, who, "asked", at="2026-11-16", guardian_name="이두리")
    (held,) = alice.service("holdings").of_subjects([who.id])[who.id]
    assert guardian.destroyable(alice, [asked.ref]) == [alice.ref("holdings", held)]

    bora, _done = destroyed(alice, vault, key, refs=[alice.ref("holdings", held)])

    consents = bora.service("consents")
    assert bora.vault.payloads.read(PEOPLE, asked.id) == {}
    told = [
        (row.values["kind"], row.state)
        for row in consents.rows(consents.of_subjects([who.id])[who.id])
    ]
    assert told == [("asked", "destroyed"), ("lapsed", "destroyed")]  # nothing was agreed to
    bora.vault.close()


def test_receipts_of_the_destroyed_are_known_no_more(
    vault: Path, key: Path, tmp_path: Path
) -> None:
    alice = open_as(vault)
    fill(alice)
    record: dict[str, Any] = {
        "header": {"schema_version": "1.0", "record_id": "77", "pii_principal_id": "x"},
        "processing": {
            "notice": {}, "language": "ko", "purpose": {"name": "Delivery"},
            "lawful_basis": "consent", "items": [], "controller": {"name": "Example"},
            "recipients": [], "retention": {}, "withdrawal_method": "", "jurisdiction": "KR",
        },
        "parties": [{"role": "pii_principal"}],
        "events": [{"time": "2020-01-02", "type": "given", "state": "given",
                    "validity": {"from": "2020-01-02"}}],
    }  # fmt: skip
    file = tmp_path / "one.json"
    file.write_text(json.dumps(record), encoding="utf-8")
    receiptsin.take(alice, file, "sent in", called(alice, DUE[0]).ref)

    bora, _done = destroyed(alice, vault, key)

    assert bora.vault.raw.execute("SELECT count(*) FROM consent_receipts").fetchone() == (0,)
    with pytest.raises(receiptsin.NothingTakenError):
        receiptsin.take(bora, file, "sent in again")
    bora.vault.close()


def test_a_draft_is_a_look_and_the_copy_is_sealed_with_the_persons_keys(filled: Desk) -> None:
    who = called(filled, LIVING[0])
    answer(filled, who, at="2026-11-02")

    issuing.draft(filled, "receipt", who.ref, "en")
    assert filled.service("subjects").history(who.ref)[0].action == "record.looked"
    issued = issuing.issue(filled, "receipt", who.ref, "en")

    assert LIVING[0].name in text(issued.data)
    row = filled.service("documents").get(issued.ref)
    keys = filled.vault.raw.execute(
        "SELECT keys FROM attachments WHERE name = ?", (row.values["file"],)
    ).fetchone()
    assert keys == (PEOPLE,)
    assert inspect_pdf(issued.data).ours


def test_the_confirmation_says_what_is_done_and_what_a_law_keeps(filled: Desk) -> None:
    who = called(filled, LIVING[0])
    given = answer(filled, who, at="2026-11-02")
    (held,) = filled.service("holdings").of_subjects([who.id])[who.id]
    told = {"law": "Commercial Act, art. 33", "until": "2036-11-02"}
    filled.service("holdings").act("keep", [filled.ref("holdings", held)], told)
    done = withdrawing.each(filled, [given.ref], channel="phone")[0]

    paper = text(issuing.issue(filled, "withdrawal", done.refs[0], "en").data)

    assert "Commercial Act, art. 33" in paper
    assert "2 November 2036" in paper
    assert "By telephone" in paper
    assert f"To {LIVING[0].name}" in paper
    assert "(seal)" in paper
    assert f"{given.ref} Delivery 2 November 2026" in paper  # the consent itself
    assert paper.index(given.ref) < paper.index(done.refs[0])
    assert "What stays on another ground" not in paper  # nothing else is held
    assert done.destruction == ""
    with pytest.raises(consentpapers.NotWithdrawnError):
        issuing.draft(filled, "withdrawal", given.ref, "en")


def text(pdf: bytes) -> str:
    """Return the text of a paper on one line."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(" ".join(pages).split())
