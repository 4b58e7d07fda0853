"""Rule 23 at the edges: what is disputed leaves by no export, no printed list, no destruction."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from privdesk.core.register import Query
from privdesk.documents.preview import page_texts
from privdesk.exchange.mapping import plan
from privdesk.exchange.reading import open_source
from privdesk.flows import choosing, issuing, lists, receipts, revealing
from privdesk.flows.exporting import RegisterExporter
from privdesk.flows.importing.importers import importer_of
from privdesk.flows.telling import NoticeGoneError
from privdesk.registers.desk import Desk
from privdesk.registers.freezing import FrozenError
from privdesk.ui.importing.ports import ExportOptions
from privdesk.ui.progress import Progress
from tests.copies import copy_office, open_as
from tests.flows.folk import destroyed
from tests.registers.partners import Partners, number


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Partners]:
    made = Partners(open_as(copy_office(tmp_path))).fill()
    yield made
    made.desk.vault.close()


def exported(
    desk: Desk, path: Path, register: str = "subjects"
) -> tuple[list[dict[str, str]], str]:
    """Export a register in the clear; return its rows and what the outcome says."""
    options = ExportOptions((), reveal=True, reason="audit", destroy_by=date(2026, 12, 1))
    exporter = RegisterExporter(desk, register, names=True)
    told = exporter.export(path, Query(), options, Progress()).message
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file)), told


def test_a_disputed_value_stays_out_of_an_export_and_is_named(
    office: Partners, tmp_path: Path
) -> None:
    one, two = office.person(1), office.person(2)
    office.frozen(one, "phone")

    rows, told = exported(office.desk, tmp_path / "people.csv")
    by_ref = {row["ref"]: row for row in rows}
    assert (by_ref[one]["phone"], by_ref[one]["email"]) == ("***", "p1@example.org")
    assert by_ref[two]["phone"] == "010-1234-5602"
    assert one in told
    assert two not in told


def test_somebody_wholly_frozen_stays_out_of_every_export(office: Partners, tmp_path: Path) -> None:
    one, two = office.person(1), office.person(2)
    office.frozen(one, "")

    rows, told = exported(office.desk, tmp_path / "people.csv")
    assert [row["ref"] for row in rows] == [two]
    assert one in told
    held, told = exported(office.desk, tmp_path / "held.csv", "holdings")
    assert [row["subject"] for row in held] == [two]
    assert one in told


def test_receipts_and_papers_of_a_frozen_person_stay_here(office: Partners, tmp_path: Path) -> None:
    """Rule 23: the receipts have telephone and e-mail, the papers the name."""
    desk, one, two = office.desk, office.person(1), office.person(2)
    asked = {"kind": "correction", "subject": one, "channel": "phone"}
    case = desk.service("requests").create(asked).ref
    office.frozen(one, "", request=case)
    office.frozen(two, "email")
    three = office.person(3)

    told = receipts.export(desk, tmp_path / "all.json", "audit").message
    assert one in told
    assert two in told
    assert three not in told
    written = (tmp_path / "all.json").read_text(encoding="utf-8")
    assert f'"{three}"' in written
    assert f'"{one}"' not in written
    with pytest.raises(FrozenError):
        receipts.export(desk, tmp_path / "one.json", "audit", one)
    assert receipts.export(desk, tmp_path / "one.json", case, one).refs == (one,)

    for code in ("receipt", "history"):
        with pytest.raises(FrozenError):
            issuing.issue(desk, code, one, "en", "audit")
        with pytest.raises(FrozenError):
            issuing.draft(desk, code, one, "en")
        assert issuing.issue(desk, code, two, "en", "audit").data  # only the address is disputed
    assert issuing.issue(desk, "history", one, "en", case).data  # the case that froze it


def test_an_export_says_nothing_where_nothing_is_frozen(office: Partners, tmp_path: Path) -> None:
    office.person(1)
    assert exported(office.desk, tmp_path / "people.csv")[1].endswith("people.csv")


def test_such_an_export_comes_back_without_emptying_what_was_left_out(
    office: Partners, tmp_path: Path
) -> None:
    one = office.person(1)
    office.frozen(one, "phone")
    path = tmp_path / "people.csv"
    exported(office.desk, path)
    path.write_text(path.read_text("utf-8").replace("p1@example", "new@example"), "utf-8")

    importer = importer_of(office.desk, "subjects")
    with open_source(path) as source:
        report = importer.run(source, plan(source, importer.fields()), {}, Progress())

    assert (report.changed, report.rejected) == (1, 0)
    values = office.desk.service("subjects").get(one, reveal="test").values
    assert (values["phone"], values["email"]) == ("010-1234-5601", "new@example.org")


def printed(desk: Desk, register: str, reason: str = "") -> str:
    asked = lists.AskedList(register, Query(), reason=reason)
    return "\n".join(page_texts(lists.issue(desk, asked, "en").data))


def test_a_printed_list_says_frozen_instead_of_the_value(office: Partners) -> None:
    office.frozen(office.person(1), "phone")
    office.person(2)

    text = printed(office.desk, "subjects", reason="audit")
    assert "frozen" in text
    assert "010-1234-5601" not in text
    assert "010-1234-5602" in text


def test_a_printed_list_of_another_register_does_not_name_the_frozen_name(office: Partners) -> None:
    office.person(2)
    assert "frozen" not in printed(office.desk, "holdings")
    office.frozen(office.person(1), "name")
    assert "frozen" in printed(office.desk, "holdings")


def test_looking_stays_possible_and_is_journalled(office: Partners) -> None:
    person = office.person(1)
    office.frozen(person, "phone")

    numbers = [number(office.desk, person)]
    (row,) = revealing.revealed(office.desk, "subjects", numbers, "what is disputed?")
    assert row.values["phone"] == "010-1234-5601"
    events = office.desk.service("subjects").history(person)
    assert ("record.looked", "what is disputed?") in {(e.action, e.reason) for e in events}


def test_a_freeze_keeps_from_destruction_only_where_the_deletion_is_disputed(
    office: Partners,
) -> None:
    one, two = office.person(1), office.person(2)
    office.frozen(one, "phone", keep=True)
    office.frozen(two, "phone")

    chosen = choosing.choose(office.desk, refs=[one, two])
    assert {line.subject for line in chosen.taken} == {number(office.desk, two)}
    assert {line.why for line in chosen.left_out} == {choosing.DISPUTED}


def test_the_destroyed_leave_no_freeze_and_no_notice_that_went_out(
    office: Partners, key: Path
) -> None:
    desk, person = office.desk, office.person(1)
    office.past(person)
    service = desk.service("corrections")
    freeze = office.decided(person)
    desk.service("freezes").act("release", [freeze], {"result": "corrected"})
    sql = "SELECT id FROM corrections ORDER BY id"
    sent, waiting, _third = (
        desk.ref("corrections", row[0]) for row in desk.vault.raw.execute(sql).fetchall()
    )
    paper = issuing.issue(desk, "d10", sent, "en").ref
    again = office.frozen(person, "email").ref

    office.desk, _done = destroyed(desk, desk.vault.folder, key, refs=[person])
    desk = office.desk
    service = desk.service("corrections")

    def known(ref: str) -> str:
        return str(service.rows([service.number(ref)], reveal=True)[0].values["known_as"])

    assert (known(sent), known(waiting)) == ("", "홍길동1")
    assert desk.service("documents").get(paper).state == "dropped"
    assert desk.service("freezes").get(again).state == "released"
    assert desk.service("freezes").get(again, reveal="test").values["reason"] == ""

    issuing.issue(desk, "d10", waiting, "en")
    service.act("reply", [waiting], {"by": "Lee", "result": "done"})
    assert known(waiting) == ""
    with pytest.raises(NoticeGoneError):
        issuing.issue(desk, "d10", waiting, "en")
