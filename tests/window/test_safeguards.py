"""Safeguards in the window: the empty page offers the shipped list."""

from __future__ import annotations

from pathlib import Path

from privdesk.core.register import Query
from tests.window.rooms import Room


def test_an_empty_list_is_filled_by_one_button(room: Room, office: Path) -> None:
    room.enter(office)
    page = room.open("safeguards")
    room.waited(page.take.isVisible)

    page.take.click()

    room.waited(lambda: page.list.model.rowCount() == 17)
    assert page.take.text() == "Take over the shipped list"
    assert [text for text, _then in page.further()] == ["Take over the shipped list"]


def test_a_manager_reads_the_safeguards_and_is_offered_nothing(room: Room, office: Path) -> None:
    room.enter(office, "manager")
    page = room.open("safeguards")
    assert not hasattr(page, "take")
    assert room.desk.service("safeguards").find(Query()) == []
