"""A manager reviews the access log in the window, from the unusual thing to its entries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from privdesk.core.errors import ForbiddenError
from privdesk.core.register import Query
from tests.window.rooms import WHO, Room


def test_a_manager_begins_a_review_and_is_led_to_the_entries(room: Room, office: Path) -> None:
    room.enter(office, "manager")
    with pytest.raises(ForbiddenError):
        room.desk.service("places").create({"name": "Web shop"})
    refused = room.desk.journal.frontier().size
    page = room.open("log-reviews")
    page.new()
    page.form.form.foot.save.click()
    room.waited(lambda: page.form is None)
    (review,) = room.desk.service("log-reviews").find(Query())
    (mark,) = room.desk.service("log-marks").find(Query())
    marks = room.open("log-marks")
    marks.open_ref(mark.ref)
    room.waited(lambda: marks.list.current() is not None)

    marks.start(marks.register.action("look"))

    room.waited(lambda: room.shell.current == "journal")
    journal: Any = room.shell.page("journal")
    room.waited(lambda: journal.list.model.rowCount() == 1)
    assert (review.values["reviewer"], mark.values["kind"]) == (WHO["manager"][0], "refused")
    assert journal.list.model.view.rows(0, 1)[0].id == refused


def test_a_manager_changes_nothing_else(room: Room, office: Path) -> None:
    room.enter(office, "manager")

    assert room.open("log-reviews").context.writes
    assert not room.open("places").context.writes
    assert not room.open("log-marks").context.writes


def test_the_journal_narrows_by_a_person_and_prints_what_is_left(room: Room, office: Path) -> None:
    room.enter(office, "auditor")
    page = room.open("journal")
    every = page.list.model.rowCount()
    page.list.filters.narrow("person", WHO["auditor"][0])
    room.waited(lambda: 0 < page.list.model.rowCount() < every)

    chips = [chip.text.text() for chip in page.list.filters.chips]
    assert chips == [f"Person: {WHO['auditor'][0]}"]
    assert page.context.list_out is not None
    assert {row.values["person"] for row in page.list.model.view.rows(0, 50)} == {WHO["auditor"][0]}
