"""What the requests refuse that would be untrue, lost or somebody else's, and what they take."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from privdesk.core.errors import InvalidValueError
from privdesk.core.system import PathTakenError
from privdesk.registers import incoming
from privdesk.registers.desk import Desk
from privdesk.registers.records import NotVoidableError
from privdesk.registers.requests import amending, enclosures, fees
from privdesk.registers.requests import findings as judged
from privdesk.vault.payloads import OFFICE, PEOPLE
from tests.copies import MANAGER, switch_to
from tests.registers.requests.cases import act, identified, now, take

PDF = b"%PDF-1.7 I let her ask."


def scan(folder: Path, data: bytes = PDF, name: str = "mandate.pdf") -> str:
    """Write a file that is to be attached."""
    path = folder / name
    path.write_bytes(data)
    return str(path)


def test_what_officers_write_about_a_person_is_closed_to_managers(desk: Desk) -> None:
    row = take(desk, note="한가람 called twice")
    act(desk, row, "identify", method="card", note="한가람, by her card")
    act(desk, row, "withdraw", reason="한가람 changed her mind")
    case = now(desk, row, reveal=True).values
    assert case["taken_back_why"] == "한가람 changed her mind"
    assert "한가람" not in str(desk.vault.payloads.read(OFFICE, row.id))
    assert not any(
        "한가람" in (one.reason or "") for one in desk.service("requests").history(row.ref)
    )

    manager = switch_to(desk, MANAGER)
    shown = str(now(manager, row, reveal=True).values)
    manager.vault.close()
    assert "한가람" not in shown
    desk.vault.close if desk.vault is manager.vault else manager.vault.close()


def test_only_a_scan_is_a_mandate(desk: Desk, tmp_path: Path) -> None:
    row = take(desk, by_agent=True, agent="Kim Mina")
    for data, name in ((b"x", "m.exe"), (b"not a pdf at all", "m.pdf")):
        with pytest.raises(enclosures.NoScanError):
            act(desk, row, "attach", file=scan(tmp_path, data, name), what="mandate")
    assert (
        act(desk, row, "attach", file=scan(tmp_path, b"x", "m.exe")).values["mandate"] is not True
    )
    with pytest.raises(incoming.NoFileError):
        act(desk, row, "attach", file="/dev/zero")
    assert act(desk, row, "attach", file=scan(tmp_path), what="mandate").values["mandate"] is True


def test_the_mandate_an_answer_stands_on_is_not_removed(desk: Desk, tmp_path: Path) -> None:
    row = identified(desk, by_agent=True, agent="Kim Mina")
    act(desk, row, "attach", file=scan(tmp_path), what="mandate")
    act(desk, row, "answer", result="granted")
    service = desk.service("enclosures")
    (first,) = service.of_request(row.id)
    with pytest.raises(enclosures.MandateNeededError):
        service.act("remove", [first.ref], {"reason": "wrong"})
    act(desk, row, "attach", file=scan(tmp_path, PDF + b"2"), what="mandate")
    service.act("remove", [first.ref], {"reason": "the old one"})
    assert now(desk, row).values["mandate"] is True
    assert desk.vault.payloads.read(PEOPLE, first.id)[enclosures.SLOT_REMOVED] == "the old one"


def test_taking_out_replaces_nothing(desk: Desk, tmp_path: Path) -> None:
    row = take(desk)
    act(desk, row, "attach", file=scan(tmp_path), what="letter")
    (found,) = desk.service("enclosures").of_request(row.id)
    (tmp_path / "precious.txt").write_text("precious", encoding="utf-8")
    for taken in (tmp_path / "precious.txt", Path("/dev/null")):
        with pytest.raises(PathTakenError):
            desk.service("enclosures").act("take-out", [found.ref], {"file": str(taken)})
    assert (tmp_path / "precious.txt").read_text(encoding="utf-8") == "precious"
    assert Path("/dev/null").is_char_device()


def test_a_closed_case_takes_a_fee_that_comes_in_and_nothing_else(desk: Desk) -> None:
    row = identified(desk, cost=1000, fee=1000)
    act(desk, row, "answer", result="answered")
    act(desk, row, "close")
    update = desk.service("requests").update
    for value in ({"fee": 1}, {"channel": "fax"}, {"caller": "다른사람"}):
        with pytest.raises(amending.ClosedError):
            update(row.ref, value)
    with pytest.raises(amending.PaidLaterError):
        update(row.ref, {"fee_paid": date(2199, 1, 1)})
    assert update(row.ref, {"fee_paid": date(2026, 11, 23)}).values["fee_paid"]


def test_no_answer_costs_a_fortune() -> None:
    fees.check_fee(9000, 9000, our_fault=False)
    with pytest.raises(fees.AbsurdFeeError):
        fees.check_fee(9, 99_999_999_999_999_999, our_fault=False)


def test_one_number_of_a_system_is_one_case(desk: Desk) -> None:
    kept = take(desk, source_no="V1")
    with pytest.raises(amending.TakenInAlreadyError, match=kept.ref):
        take(desk, source_no="V1")
    other = {"name": "VOC", "kind": "system", "medium": "electronic"}
    take(desk, source_no="V1", place=desk.service("places").create(other).ref)
    desk.service("requests").void([kept.ref])
    take(desk, source_no="V1")


def test_nothing_is_asked_for_a_record_out_of_use(desk: Desk) -> None:
    subjects = desk.service("subjects")
    ref = subjects.create({"name": "한가람"}).ref
    take(desk, subject=ref)
    subjects.void([ref])
    with pytest.raises(amending.NobodyAnyMoreError):
        take(desk, subject=ref)


def test_the_advice_on_a_term_is_that_of_its_kind(desk: Desk) -> None:
    for kind, told in (
        ("access", judged.ANSWER),
        ("correction", judged.ANSWER_BY),
        ("mediation", judged.ANSWER_OR_BOUND),
    ):
        identified(desk, kind)
        assert told in {one.do for one in judged.judge(desk)}


def test_a_register_without_that_state_takes_nothing_out_of_use(desk: Desk, tmp_path: Path) -> None:
    row = take(desk)
    act(desk, row, "attach", file=scan(tmp_path), what="letter")
    (found,) = desk.service("enclosures").of_request(row.id)
    with pytest.raises(NotVoidableError):
        desk.service("enclosures").void([found.ref])
    desk.service("requests").void([row.ref])


def test_a_resident_number_is_refused_in_a_text_and_not_said(desk: Desk) -> None:
    with pytest.raises(InvalidValueError, match="PIPA 24-2") as why:
        take(desk, asked="제 주민번호는 900101-1234568 입니다")
    assert "1234568" not in str(why.value)
    take(desk, asked="주문번호 900101-1234567, 접수 20261123-1234567")
