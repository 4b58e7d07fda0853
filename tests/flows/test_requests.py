"""A request through the flows: from the list of another system to the letters and back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from privdesk.core.fields import Kind
from privdesk.core.register import Query, Row
from privdesk.documents.paper import Block, Entry, Form, Paper, Points, Text, Together
from privdesk.exchange.mapping import plan, recogniser
from privdesk.exchange.reading import open_source
from privdesk.exchange.report import Report
from privdesk.flows import issuing, letters, requests, told
from privdesk.flows.importing.importers import importer_of
from privdesk.flows.issuing import CopyGoneError
from privdesk.registers.desk import Desk
from privdesk.registers.requests import rules
from privdesk.registers.requests.findings import USAGE_NOTICE
from privdesk.ui.progress import Progress
from tests.copies import MANAGER, open_as, switch_to
from tests.registers.requests.cases import RECEIVED, wait

LIST = """VOC 번호,문의일시,접수 경로,문의 유형,문의 내용,고객번호,문의자
V-1,2026-11-20 17:30,전자우편,문의,제 주소는 언제 지우나요?,K-77,홍길동
V-2,2026-11-22 09:00,홈페이지,침해 신고,상담원이 주소를 말했습니다.,,김미나
"""


@pytest.fixture
def desk(vault: Path) -> Iterator[Desk]:
    """Return the first officer's desk."""
    desk = open_as(vault)
    yield desk
    desk.vault.close()


def bring_in(desk: Desk, text: str) -> Report:
    """Import a list of requests as the screen and the command line do."""
    path = desk.vault.folder.parent / "voc.csv"
    path.write_text(text, encoding="utf-8")
    importer = importer_of(desk, "requests")
    with open_source(path, known=recogniser(importer.fields())) as source:
        return importer.run(source, plan(source, importer.fields()), {}, Progress())


def cases(desk: Desk) -> dict[str, Row]:
    """Return the cases by the source system's number, in the clear."""
    service = desk.service("requests")
    numbers = [row.id for row in service.find(Query())]
    return {str(row.values["source_no"]): row for row in service.rows(numbers, reveal=True)}


def receive(desk: Desk, kind: str = "access", **values: object) -> int:
    """Take a case in that nobody in the register made."""
    with desk.change() as change:
        told = {"kind": kind, "received_at": RECEIVED, "caller": "Example Caller", **values}
        return requests.receive(change, told)


def step(desk: Desk, name: str, number: int, *told: Any, **more: Any) -> Any:
    """Take one step in a transaction of its own."""
    with desk.change() as change:
        return getattr(requests, name)(change, number, *told, **more)


def made(desk: Desk, maker: Any, number: int, language: str = "en") -> str:
    """Return all the text of a letter."""
    paper: Paper = maker(desk, desk.ref("requests", number), language, "X-1")
    return "\n".join([paper.title, paper.basis, *(t for b in paper.body for t in texts(b))])


def texts(block: Block) -> Iterator[str]:
    """Yield the texts of a block."""
    if isinstance(block, Together):
        for part in block.blocks:
            yield from texts(part)
    elif isinstance(block, Form):
        for entry in block.entries:
            assert isinstance(entry, Entry)
            yield f"{entry.label}: {entry.value}"
    elif isinstance(block, Points):
        yield from block.texts
    elif isinstance(block, Text) or hasattr(block, "text"):
        yield str(block.text)
        yield str(getattr(block, "issuer", ""))


# -- the source system's list


def test_a_list_brings_receipt_times_in_korean_time(desk: Desk) -> None:
    report = bring_in(desk, LIST)
    first, second = cases(desk)["V-1"], cases(desk)["V-2"]

    assert (report.new, report.rejected) == (2, 0)
    assert first.values["received_at"] == datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
    assert first.values["due_on"] == date(2026, 11, 23)  # Friday 17:30 and a weekend
    assert first.values["due_at"] == datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
    assert (first.values["kind"], first.values["channel"]) == ("inquiry", "email")
    assert first.values["asked"] == "제 주소는 언제 지우나요?"
    assert second.values["kind"] == "infringement"
    assert second.values["due_on"] == date(2026, 11, 23)  # a Sunday


def test_a_second_list_makes_no_doubles(desk: Desk) -> None:
    bring_in(desk, LIST)
    report = bring_in(desk, LIST + "V-3,2026-11-23 10:00,전화,문의,Third,,\n")

    assert (report.new, report.unchanged) == (1, 2)
    assert set(cases(desk)) == {"V-1", "V-2", "V-3"}


def test_a_list_that_names_no_kind_brings_inquiries(desk: Desk) -> None:
    report = bring_in(desk, "VOC 번호,문의일시,문의 내용\nV-9,2026-11-20 10:00,언제 오나요?\n")

    assert (report.new, report.rejected) == (1, 0)
    assert cases(desk)["V-9"].values["kind"] == "inquiry"


def test_the_same_number_of_another_system_is_another_case(desk: Desk) -> None:
    for name in ("VOC", "Call centre"):
        desk.service("places").create({"name": name, "kind": "system"})
    head = "ticket,system,kind,received\n"
    bring_in(desk, head + "7,VOC,inquiry,2026-11-20 10:00\n")
    report = bring_in(
        desk, head + "7,Call centre,inquiry,2026-11-20 10:00\n7,VOC,inquiry,2026-11-20 10:00\n"
    )

    assert (report.new, report.unchanged) == (1, 1)


def test_a_time_to_come_is_a_bad_row(desk: Desk) -> None:
    report = bring_in(desk, "ticket,kind,received\n1,inquiry,2027-01-01 10:00\n")

    assert (report.new, report.rejected) == (0, 1)


# -- the steps as other flows take them


def test_a_flow_takes_a_case_from_receipt_to_its_end(desk: Desk) -> None:
    number = receive(desk)
    step(desk, "identify", number, "card", by="Bora Muster")
    with desk.change() as change:
        requests.start(change, number)
        requests.start(change, number)  # in work already
    assert step(desk, "extend", number, date(2026, 12, 10), "An archive is slow.").moves
    step(desk, "answer", number, "granted", text="All of it.")
    step(desk, "close", number)
    (row,) = desk.service("requests").rows([number])

    assert row.state == "closed"
    assert row.values["identified_by"] == "Bora Muster"


def test_a_step_that_is_refused_leaves_nothing(desk: Desk) -> None:
    number = receive(desk)
    entries = len(desk.journal.newest(1000))
    with pytest.raises(rules.NotIdentifiedError):
        step(desk, "answer", number, "granted")
    assert len(desk.journal.newest(1000)) == entries


def test_the_open_case_is_the_reason_of_looks(desk: Desk) -> None:
    person = desk.service("subjects").create({"name": "Example Person"})
    number = receive(desk, subject=person.ref)
    (shown,) = requests.look(desk, number, "subjects", [person.id])

    assert shown.values["name"] == "Example Person"
    (entry,) = [e for e in desk.journal.newest() if e.action == "record.looked"]
    assert (entry.case, entry.ref) == (desk.ref("requests", number), person.ref)
    assert [row.id for row in requests.open_cases(desk, person.id)] == [number]
    step(desk, "withdraw", number, "changed her mind")
    assert requests.open_cases(desk, person.id) == []


def test_usage_notice_is_recorded(desk: Desk) -> None:
    requests.usage_notified(desk, date(2026, 11, 23))

    assert desk.setting(USAGE_NOTICE) == "2026-11-23"
    assert desk.journal.newest(1)[0].action == "request.usage-notice"


# -- letters


def test_a_result_says_what_the_decree_asks_for(desk: Desk) -> None:
    number = receive(desk, asked="Everything", address="1 Sample Street", channel="post")
    with pytest.raises(told.NotAnsweredError):
        made(desk, letters.result_notice, number)
    step(desk, "identify", number, "card")
    step(desk, "answer", number, "partial", text="Name and telephone.", code="access_harm",
         reason="Another person’s data.")  # fmt: skip
    text = made(desk, letters.result_notice, number)

    for part in (
        "To Example Caller",
        desk.ref("requests", number),
        "■ granted in part",
        "printed, by post",
        "Fee and postage: none",
        "Name and telephone.",
        "Personal Information Protection Act art. 35(4)2",
        "Another person’s data.",
        "chief privacy officer",
        "1833-6972",
        "Haneul Parcel",
    ):
        assert part in text, part


def test_a_refusal_has_fact_reason_and_way_to_object(desk: Desk) -> None:
    number = receive(desk, "deletion")
    with pytest.raises(told.NotRefusedError):
        made(desk, letters.refusal_notice, number)
    step(desk, "identify", number, "card")
    step(desk, "refuse", number, "deletion_law", "Invoices stay five years.", "Write to the CPO.")
    text = made(desk, letters.refusal_notice, number)

    assert "Notice of refusal" in text
    for part in (
        "■ refused",
        "Personal Information Protection Act art. 36(1)",
        "Invoices stay five years.",
        "Write to the CPO.",
    ):
        assert part in text, part
    assert "not in the law" not in text


def test_the_policys_own_ground_is_printed_as_such(desk: Desk) -> None:
    number = receive(desk, "deletion")
    step(desk, "identify", number, "card")
    step(desk, "refuse", number, "affairs", "Too much work.")
    paper = letters.refusal_notice(desk, desk.ref("requests", number), "en", "X-1")

    assert "not in the law" in str(paper.body)


def test_a_postponement_says_until_when_and_why(desk: Desk) -> None:
    number = receive(desk)
    step(desk, "identify", number, "card")
    step(desk, "extend", number, date(2026, 12, 10), "An archive is slow.")
    text = made(desk, letters.refusal_notice, number)

    for part in ("■ postponed", "3 December 2026", "10 December 2026", "An archive is slow."):
        assert part in text, part


def test_an_agents_part_and_the_boxes_are_filled_in(desk: Desk) -> None:
    number = receive(desk, "correction", by_agent=True, agent="Kim Mina", agent_tie="daughter",
                     asked="The number is old.")  # fmt: skip
    text = made(desk, letters.request_form, number)

    for part in ("Kim Mina", "daughter", "■ correction", "□ deletion", "The number is old."):
        assert part in text, part
    blank = letters.blank_form(desk, None, "en", "X-1")
    assert "■" not in str(blank.body)
    assert blank.code == "d4-blank"


def test_an_infringement_report_is_answered_with_where_else_to_turn(desk: Desk) -> None:
    number = receive(desk, "infringement")
    step(desk, "answer", number, "answered", text="The screen is turned away now.")
    text = made(desk, letters.reply, number)

    for part in ("infringement report", "The screen is turned away now.", "118"):
        assert part in text, part


def test_why_it_is_due_is_printed_without_a_name(desk: Desk) -> None:
    number = receive(desk)
    text = made(desk, letters.due_sheet, number)

    assert "Example Caller" not in text
    assert "Civil Act 157" in text


def test_letters_speak_the_persons_language_unless_told(desk: Desk) -> None:
    person = desk.service("subjects").create({"name": "홍길동", "language": "ko"})
    ref = desk.ref("requests", receive(desk, subject=person.ref))

    assert issuing.language_of(desk, "ack", ref) == "ko"
    assert issuing.language_of(desk, "ack", desk.ref("requests", receive(desk))) == "en"
    assert issuing.language_of(desk, "d2", None) == "en"


def test_a_letter_names_the_registered_person(desk: Desk) -> None:
    fields = desk.service("subjects").item_fields()
    name = next(field.name for field in fields if field.kind is Kind.NAME)
    person = desk.service("subjects").create({name: "Registered Person"})
    text = made(desk, letters.acknowledgement, receive(desk, subject=person.ref))

    assert "To Registered Person" in text


def test_a_copy_is_sealed_with_the_peoples_keys_and_goes_with_the_case(desk: Desk) -> None:
    number = receive(desk)
    ref = desk.ref("requests", number)
    step(desk, "identify", number, "card")
    step(desk, "answer", number, "granted")
    issued = issuing.issue(desk, "d5", ref, "en")
    keys = desk.vault.raw.execute("SELECT keys FROM attachments").fetchall()
    assert [row[0] for row in keys] == ["keys_people"]
    assert issuing.reprint(desk, issued.ref).data == issued.data

    step(desk, "close", number)
    wait(desk, days=3 * 365 + 1)
    step(desk, "expunge", number)

    with pytest.raises(CopyGoneError):
        issuing.reprint(desk, issued.ref)


def test_a_draft_is_a_look(desk: Desk) -> None:
    ref = desk.ref("requests", receive(desk))
    issuing.draft(desk, "ack", ref, "en")
    newest = desk.journal.newest(1)[0]

    assert (newest.action, newest.case) == ("record.looked", ref)


def test_a_manager_sees_no_caller(desk: Desk) -> None:
    number = receive(desk, asked="Everything")
    again = switch_to(desk, MANAGER)
    (row,) = again.service("requests").rows([number])
    assert {"caller", "asked"} <= row.masked
    assert row.values["caller"] == "•••"
    again.vault.close()
