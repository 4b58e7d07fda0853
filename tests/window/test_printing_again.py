"""Papers out of the window: a draft first, issued once, and again as they were."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from privdesk.core.register import Query, Row
from privdesk.documents.preview import page_texts
from privdesk.flows import destruction
from privdesk.registers.desk import Desk
from privdesk.ui.page.detail import PAPERS
from privdesk.ui.preview import Preview
from privdesk.ui.widgets import PlainLabel
from tests.window.rooms import PERSON, Room

pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)


def papers(desk: Desk) -> list[Row]:
    found: list[Row] = desk.service("documents").find(Query(sort="id"))
    return found


def preview(room: Room) -> Preview:
    (shown,) = [w for w in room.session.window.findChildren(Preview) if w.isVisible()]
    return shown


def issued(room: Room, tmp_path: Path) -> bytes:
    """Ask for a destruction, print its request through the Papers tab; return the paper."""
    desk = room.desk
    (person,) = desk.service("subjects").find(Query())
    ref = destruction.request(desk, refs=[person.ref], reason="asked for it")
    page = chosen(room, "destructions", ref)
    (line,) = [d for d in page.register.documents if d.code == "d1a"]
    page.detail.papers.asked.emit(line, ref)
    room.settle()
    draft = preview(room)
    assert draft.draft.isVisible()
    assert papers(desk) == []
    draft.save_to(tmp_path / "request.pdf")
    room.settle()
    assert not draft.draft.isVisible()
    draft.close()
    return (tmp_path / "request.pdf").read_bytes()


def chosen(room: Room, register: str, ref: str) -> Any:
    """Return a register's page with a record in its pane, on the Papers tab."""
    page = room.open(register)
    page.list.go_to(ref)
    room.settle()
    page.show_detail()
    page.detail.tabs.setCurrentIndex(PAPERS)
    room.settle()
    return page


def again(room: Room, tmp_path: Path) -> bytes:
    shown = preview(room)
    assert not shown.draft.isVisible()
    shown.save_to(tmp_path / "again.pdf")
    shown.close()
    return (tmp_path / "again.pdf").read_bytes()


def test_a_paper_is_printed_again_from_the_documents_page(
    room: Room, office: Path, tmp_path: Path
) -> None:
    room.enter(office)
    first = issued(room, tmp_path)
    (row,) = papers(room.desk)
    page = chosen(room, "documents", row.ref)
    assert page.detail.again.isVisible()
    page.detail.again.click()
    room.settle()

    assert again(room, tmp_path) == first
    assert sha256(first).hexdigest() == row.values["digest"]
    assert room.desk.journal.newest(1)[0].action == "document.reprinted"


def test_a_record_offers_the_papers_that_were_issued_about_it(
    room: Room, office: Path, tmp_path: Path
) -> None:
    room.enter(office)
    first = issued(room, tmp_path)
    (line,) = papers(room.desk)
    page = chosen(room, "destructions", str(line.values["about"]))
    shown = page.detail.papers
    assert "D1A-2026-0001" in [label.text() for label in shown.findChildren(PlainLabel)]
    shown.again_asked.emit(line.ref)
    room.settle()

    assert again(room, tmp_path) == first
    assert len(papers(room.desk)) == 1


def test_nothing_to_print_again_where_no_copy_is_kept(room: Room, office: Path) -> None:
    room.enter(office)
    desk = room.desk
    with desk.change() as change:
        told = {"about": "subjects", "title": "People", "file_name": "p.csv", "digest": ""}
        desk.service("documents").enter_export(change, destroy_by=desk.today(), **told)
        change.note("export.made", "subjects", reason="audit")
    (row,) = papers(desk)
    page = chosen(room, "documents", row.ref)

    assert not page.detail.again.isEnabled()
    assert [a.name for a in page.fitting()] == ["destroyed"]


def test_a_list_goes_out_as_the_screen_shows_it(room: Room, office: Path, tmp_path: Path) -> None:
    """Narrowed and without a column; drafted in one language and issued in the other."""
    room.enter(office)
    page = room.open("subjects")
    page.list.filters.narrow("state", "living")
    page.list.table.set_shown("source_ids", False)
    room.settle()
    page.offers.printing.list_out()
    room.settle()
    draft = preview(room)
    draft.language.click()
    room.settle()
    assert papers(room.desk) == []
    draft.save_to(tmp_path / "list.pdf")
    room.settle()
    draft.close()
    (row,) = papers(room.desk)
    told = [row.values[name] for name in ("number", "about", "language", "destroy_by")]
    words = " ".join(page_texts((tmp_path / "list.pdf").read_bytes()))

    assert told == ["LIST-2026-0001", "subjects", "ko", None]
    assert "정보주체 목록" in words
    assert PERSON not in words
    assert room.desk.journal.newest(1)[0].action == "document.issued"


def test_a_list_in_the_clear_is_to_be_destroyed(room: Room, office: Path, tmp_path: Path) -> None:
    room.enter(office)
    page = room.open("subjects")
    dialog = page.offers.printing.ask_clear()
    dialog.form.boxes["reason"].editor.set_value("compared with the shop")
    dialog.form.foot.save.click()
    room.settle()
    draft = preview(room)
    draft.save_to(tmp_path / "list.pdf")
    room.settle()
    draft.close()
    (row,) = papers(room.desk)

    assert PERSON in " ".join(page_texts((tmp_path / "list.pdf").read_bytes()))
    assert row.ref in [one.ref for one in room.desk.service("documents").waiting()]
