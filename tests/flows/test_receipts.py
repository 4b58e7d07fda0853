"""Consent receipts as JSON: checked, out and in again, and nothing is lost on the way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from privdesk.core.register import Query
from privdesk.flows import receipts, receiptsin
from privdesk.registers.consents.rules import ConsentState
from privdesk.registers.desk import Desk
from privdesk.vault.payloads import PEOPLE
from tests.copies import copy_office, open_as
from tests.flows.folk import LIVING, called, fill
from tests.registers.fillings import wording

REASON = "asked for by the person"


def consent(desk: Desk, kind: str, at: str, **more: object) -> None:
    """Enter an answer of the first person to the newsletter."""
    who = called(desk, LIVING[0]).ref
    (purpose,) = desk.service("purposes").called("Newsletter")
    of = desk.ref("purposes", purpose)
    desk.service("consents").create({"subject": who, "purpose": of, "kind": kind, "at": at, **more})


def worded(desk: Desk) -> Desk:
    """Enter two versions of what is told about the newsletter."""
    (number,) = desk.service("purposes").called("Newsletter")
    (purpose,) = desk.service("purposes").rows([number])
    for day in ("2024-01-01", "2025-06-15"):
        wording(desk, purpose, on=day)
    return desk


def answered(desk: Desk) -> Desk:
    """Enter a history with everything that an answer can say."""
    worded(desk)
    consent(desk, "given", "2025-01-02", time="9:30", channel="web", wording="1", note="by chat")
    consent(desk, "confirmed", "2025-06-01", channel="phone")
    consent(desk, "changed", "2025-07-01", channel="app", wording="2")
    guardian = {"guardian": True, "guardian_check": "phone", "guardian_name": "이두리",
                "guardian_phone": "010-1111-2222"}  # fmt: skip
    consent(desk, "withdrawn", "2026-02-03", channel="email", **guardian)
    return desk


def out(desk: Desk, path: Path, ref: str = "") -> Any:
    """Export and return the document without the moment of its writing."""
    path.unlink(missing_ok=True)
    receipts.export(desk, path, REASON, ref)
    document = json.loads(path.read_text(encoding="utf-8"))
    del document["issued_at"]
    return document


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the receipts lie."""
    return tmp_path / "receipts.json"


def test_a_receipt_has_the_four_parts_and_every_event(filled: Desk, path: Path) -> None:
    who = called(answered(filled), LIVING[0]).ref

    (record,) = out(filled, path, who)["receipts"]

    assert record["header"]["pii_principal_id"] == who
    assert record["processing"]["purpose"]["name"] == "Newsletter"
    assert {one["name"] for one in record["processing"]["items"]} == {"Name", "E-mail"}
    assert record["processing"]["jurisdiction"] == "KR"
    assert {"type": "email", "value": LIVING[0].email} in record["parties"][0]["identifiers"]
    told = [(e["time"], e["type"], e["state"]) for e in record["events"]]
    assert told == [
        ("2025-01-02T09:30:00+09:00", "given", "given"),
        ("2025-06-01", "confirmed", "given"),
        ("2025-07-01", "changed", "given"),
        ("2026-02-03", "withdrawn", "withdrawn"),
    ]
    assert record["events"][3]["guardian"]["name"] == "이두리"
    assert receiptsin.read(path)


def test_taken_in_where_they_come_from_they_say_nothing_new(filled: Desk, path: Path) -> None:
    before = out(answered(filled), path)
    count = filled.service("consents").open_view(Query()).count

    outcome = receiptsin.take(filled, path, REASON)

    assert "0 new events" in outcome.message
    assert filled.service("consents").open_view(Query()).count == count
    assert out(filled, path) == before


def elsewhere(filled: Desk, path: Path) -> tuple[Any, Desk]:
    """Take one office's receipts in at another, which knows the same people by other numbers."""
    before = out(answered(filled), path)
    filled.vault.close()
    other = open_as(copy_office(path.parent / "elsewhere"))
    other.service("subjects").create({"name": "먼저온사람"})  # so that numbers differ
    fill(other)
    worded(other)
    return before, other


def test_the_round_trip_through_another_office_loses_nothing(filled: Desk, path: Path) -> None:
    before, other = elsewhere(filled, path)
    before["receipts"][0]["header"]["issuer"]["id"] = "urn:example:elsewhere"
    path.write_text(json.dumps(before), encoding="utf-8")

    receiptsin.take(other, path, REASON)

    assert out(other, path)["receipts"] == before["receipts"]
    who = called(other, LIVING[0])
    (purpose,) = other.service("purposes").called("Newsletter")
    standing = other.service("consents").standing(who.id, purpose)
    assert standing is ConsentState.WITHDRAWN
    again = receiptsin.take(other, path, REASON)
    assert "0 new events" in again.message
    other.vault.close()


def test_what_others_add_is_kept_sealed_and_comes_out_again(filled: Desk, path: Path) -> None:
    document = out(answered(filled), path)
    document["exchange"] = {"network": "haneul"}
    record = document["receipts"][0]
    record["x-seal"] = "stamp"
    record["processing"]["purpose"]["category"] = 7
    record["events"][1]["x-call"] = {"agent": "17"}
    path.write_text(json.dumps(document), encoding="utf-8")

    receiptsin.take(filled, path, REASON)

    assert out(filled, path) == document
    vault = filled.vault
    assert b"haneul" not in (vault.folder / "register.db").read_bytes()
    numbers = [r.id for r in filled.service("consents").find(Query())]
    assert any("x-call" in text for values in vault.payloads.read_many(PEOPLE, numbers).values()
               for text in values.values())  # fmt: skip


def test_whose_they_are_can_be_said(filled: Desk, path: Path) -> None:
    document = out(answered(filled), path)
    record = document["receipts"][0]
    record["header"] |= {"issuer": {"id": "urn:example:x"}, "record_id": "77",
                         "pii_principal_id": "customer 12"}  # fmt: skip
    record["parties"] = [{"role": "pii_principal"}]
    path.write_text(json.dumps(document), encoding="utf-8")

    with pytest.raises(receiptsin.NothingTakenError):
        receiptsin.take(filled, path, REASON)
    two = called(filled, LIVING[1])
    assert "4 new events" in receiptsin.take(filled, path, REASON, two.ref).message
    assert receiptsin.take(filled, path, REASON)  # known by its number from now on


def test_nobody_is_credited_with_the_consents_of_another(filled: Desk, path: Path) -> None:
    out(answered(filled), path)
    one, two = (called(filled, name).ref for name in LIVING[:2])

    with pytest.raises(receiptsin.NothingTakenError) as caught:
        receiptsin.take(filled, path, REASON, two)
    assert one in str(caught.value.details["why"])
    assert "4 events known" in receiptsin.take(filled, path, REASON, one).message


def test_of_the_destroyed_nothing_comes_back(filled: Desk, path: Path) -> None:
    document = out(answered(filled), path)
    document["receipts"][0]["subject_name"] = "부활이"
    path.write_text(json.dumps(document), encoding="utf-8")
    who = called(filled, LIVING[0])
    with filled.change() as change:
        filled.service("subjects").set_state(change, who.id, "destroyed")
        change.note("record.changed", "subjects", who.id)

    with pytest.raises(receiptsin.NothingTakenError):
        receiptsin.take(filled, path, REASON)
    with pytest.raises(receiptsin.NothingTakenError):
        receiptsin.take(filled, path, REASON, who.ref)


@pytest.mark.parametrize("deep", ["[" * 100_000 + "]" * 100_000, "[" * 61 + "]" * 61])
def test_what_is_deeper_than_a_receipt_is_refused(filled: Desk, path: Path, deep: str) -> None:
    path.write_text(deep, encoding="utf-8")
    with pytest.raises(receiptsin.TooDeepError):
        receiptsin.take(filled, path, REASON)


def test_a_rehearsal_takes_nothing_in(filled: Desk, path: Path) -> None:
    out(answered(filled), path)
    two = called(filled, LIVING[0])
    count = filled.service("consents").open_view(Query()).count

    receiptsin.take(filled, path, REASON, two.ref, dry_run=True)

    assert filled.service("consents").open_view(Query()).count == count


@pytest.mark.parametrize(
    ("spoil", "where"),
    [
        (lambda d: d.pop("receipts"), "/"),
        (lambda d: d["receipts"][0]["events"].clear(), "receipts[0].events"),
        (lambda d: d["receipts"][0]["events"][0].update(time="soon"), "receipts[0].events[0].time"),
        (lambda d: d["receipts"][0]["header"].pop("record_id"), "receipts[0].header"),
    ],
)
def test_a_file_of_another_form_is_refused_with_the_place(
    filled: Desk, path: Path, spoil: Any, where: str
) -> None:
    document = out(answered(filled), path)
    spoil(document)
    path.write_text(json.dumps(document), encoding="utf-8")

    with pytest.raises(receiptsin.SchemaError) as caught:
        receiptsin.take(filled, path, REASON)
    assert caught.value.details["where"] == where


def test_what_is_no_json_is_refused_and_nothing_is_written_of_nobody(
    filled: Desk, path: Path
) -> None:
    path.write_bytes(b"\xff\xfe nothing")
    with pytest.raises(receiptsin.NoJsonError):
        receiptsin.take(filled, path, REASON)

    path.unlink()
    with pytest.raises(receipts.NoReceiptError):
        receipts.export(filled, path, REASON)
    assert not path.exists()
