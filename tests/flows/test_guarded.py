"""What is frozen stays closed to a look; what officers write about people goes with them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from privdesk.flows import issuing, receipts, revealing
from privdesk.registers.corrections.rules import SentBeforeError, ToldAlreadyError
from privdesk.registers.demands.rules import DueBeforeError
from privdesk.registers.desk import Desk
from privdesk.registers.freezes.findings import judge
from privdesk.registers.freezes.service import NobodyAskedError, NothingChangedError
from privdesk.registers.items.rules import UncategorisedItemError
from privdesk.vault.payloads import OFFICE, PEOPLE
from tests.copies import copy_office, open_as
from tests.flows.folk import destroyed
from tests.registers.partners import Partners, number


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Partners]:
    made = Partners(open_as(copy_office(tmp_path))).fill()
    yield made
    made.desk.vault.close()


def asks(desk: Desk, kind: str, subject: str) -> str:
    """Take a request of somebody in."""
    found: str = desk.service("requests").create({"kind": kind, "subject": subject}).ref
    return found


def test_a_look_at_frozen_values_is_for_their_own_request(office: Partners) -> None:
    desk, one = office.desk, office.person()
    case = asks(desk, "correction", one)
    freeze = office.frozen(one, "phone", request=case).ref
    for reason, phone in (("curious", "***"), (asks(desk, "access", one), "***"),
                          (case, "010-1234-5601"), (freeze, "010-1234-5601")):  # fmt: skip
        (row,) = revealing.seen(desk, "subjects", [number(desk, one)], reason)
        assert (row.values["phone"], row.values["email"]) == (phone, "p1@example.org")


def test_a_freeze_is_for_a_dispute_of_the_person(office: Partners) -> None:
    one, two = office.person(1), office.person(2)
    with pytest.raises(NobodyAskedError, match="Inquiry"):
        office.frozen(one, request=asks(office.desk, "inquiry", one))
    with pytest.raises(Exception, match="no request of this person"):
        office.frozen(one, request=asks(office.desk, "correction", two))


def test_corrected_is_said_of_what_was_corrected(office: Partners) -> None:
    one = office.person()
    freeze = office.frozen(one, "phone")
    freezes = office.desk.service("freezes")
    for result in ("corrected", "deleted"):
        with pytest.raises(NothingChangedError):
            freezes.act("release", [freeze.ref], {"result": result})
    office.corrected(one, phone="010-9999-0000")
    freezes.act("release", [freeze.ref], {"result": "corrected"})
    assert freezes.get(freeze.ref).values["result"] == "corrected"


def test_what_was_granted_stays_frozen_without_a_finding(office: Partners) -> None:
    freeze = office.frozen(office.person(), "phone", result_by=date(2026, 11, 23))
    assert [one.rule for one in judge(office.desk)] == ["23"]
    office.desk.service("freezes").act("keep-frozen", [freeze.ref], {})
    assert judge(office.desk) == []
    assert office.desk.service("freezes").get(freeze.ref).state == "frozen"


def test_a_kept_list_is_not_printed_again_after_a_freeze(office: Partners) -> None:
    from privdesk.core.register import Query
    from privdesk.flows import lists

    one = office.person()
    asked = lists.AskedList("subjects", Query(), reason="audit")
    made = lists.issue(office.desk, asked, "en")
    issuing.reprint(office.desk, made.ref)
    office.frozen(one, "phone")
    with pytest.raises(issuing.FrozenSinceError, match=made.number):
        issuing.reprint(office.desk, made.ref)


def test_a_notice_that_went_out_stays_as_it_was(office: Partners) -> None:
    one = office.person()
    office.past(one)
    freeze = office.frozen(one, "phone")
    office.corrected(one, phone="010-9999-0000")
    office.desk.service("freezes").act("release", [freeze.ref], {"result": "corrected"})
    notices = office.desk.service("corrections")
    ref = office.desk.ref("corrections", notices.of_subject(number(office.desk, one))[0])
    with pytest.raises(SentBeforeError):
        notices.act("send", [ref], {"on": date(2020, 1, 1)})
    notices.update(ref, {"recipient": "Hanbit Delivery Ltd"})
    notices.act("send", [ref], {})
    with pytest.raises(ToldAlreadyError):
        notices.update(ref, {"after": "010-0000-0000"})
    notices.update(ref, {"contact": "the desk"})


def test_what_a_recipient_replied_is_sealed_with_the_person(office: Partners) -> None:
    desk, one = office.desk, office.person()
    office.past(one, note="홍길동1 called")
    freeze = office.frozen(one, "phone")
    office.corrected(one, phone="010-9999-0000")
    desk.service("freezes").act("release", [freeze.ref], {"result": "corrected"})
    notices = desk.service("corrections")
    told = notices.of_subject(number(desk, one))
    for notice in told:
        ref = desk.ref("corrections", notice)
        notices.act("send", [ref], {})
        reply = {"by": "Kim", "result": "partly", "note": "홍길동1 is not known here"}
        notices.act("reply", [ref], reply)
        notices.act("accept", [ref], {"reason": "홍길동1 moved"})
    (given,) = desk.service("provisions").given_to(number(desk, one))
    owners = [*told, given.id]
    assert not any("홍길동1" in str(desk.vault.payloads.read(OFFICE, n)) for n in owners)
    assert all("홍길동1" in str(desk.vault.payloads.read(PEOPLE, n)) for n in owners)
    entries = [e for n in told for e in notices.history(desk.ref("corrections", n))]
    assert not any("홍길동1" in (e.reason or "") for e in entries)

    key = desk.vault.folder.parent / "custody.key"
    office.desk, _done = destroyed(desk, desk.vault.folder, key, refs=[one])
    desk = office.desk
    assert not any("홍길동1" in str(desk.vault.payloads.read(PEOPLE, n)) for n in owners)


def test_an_item_called_like_a_resident_number_says_so(office: Partners) -> None:
    items = office.desk.service("items")
    for told in ({"name": "주민등록번호(뒷자리)"}, {"name": "Number", "key": "rrn"}):
        with pytest.raises(UncategorisedItemError):
            items.create(told)
    law = {"category": "resident_number", "statute": "Income Tax Act art. 145"}
    items.create({"name": "주민등록번호", "key": "rrn", **law})
    ref = office.desk.service("subjects").create({"name": "홍길동", "rrn": "900101-1234568"}).ref
    with pytest.raises(Exception, match="24-2"):
        office.desk.service("subjects").update(ref, {"name": "900101-1234568"})


def test_receipts_and_days_have_their_right_form(office: Partners, tmp_path: Path) -> None:
    office.person()
    with pytest.raises(receipts.ReceiptsEndingError):
        receipts.export(office.desk, tmp_path / "x.txt", "audit")
    receipts.export(office.desk, tmp_path / "x.json", "audit")
    told = {
        "authority": "Office",
        "document_no": "A-1",
        "law": "Act",
        "article": "1",
        "asked": "x",
        "received_on": date(2026, 11, 20),
    }
    with pytest.raises(DueBeforeError):
        office.desk.service("demands").create({**told, "answer_by": date(2020, 1, 1)})
