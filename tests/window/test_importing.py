"""The import page of the real window: a new place, and progress shown once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QProgressBar

from privdesk.ui.form.links import LinkEditor
from privdesk.ui.importing.importpage import ImportPage
from tests.window.rooms import PURPOSE, Room

LIST = f"Name,Phone,Purpose,Collected on\nKim,010-2000-1111,{PURPOSE},13.02.01\n"


def test_an_officer_names_a_new_place_and_says_which_years_are_meant(
    room: Room, office: Path, tmp_path: Path
) -> None:
    room.enter(office)
    places = room.open("places").list.model.rowCount()
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    page = room.open("subjects")
    page.bring_in(path)
    step: Any = page.faces.currentWidget()
    assert isinstance(step, ImportPage)
    room.waited(step.mapping.isVisible)
    place = next(box for box in step.mapping.boxes if box.field.name == "place")
    assert isinstance(place.editor, LinkEditor)
    place.editor.line.setText("Branch office")
    item = step.mapping.asked.itemAt(0)
    assert item is not None
    years: Any = item.widget()
    years.take.click()
    room.waited(lambda: step.mapping.asked.count() == 0)

    step.mapping.rehearse.click()
    assert step.running.isVisible()
    assert len(room.shell.long.lines) == 1
    assert not step.findChildren(QProgressBar)
    room.waited(step.result.go.isVisible)
    report: Any = step.result.report
    assert "The place “Branch office” would be created." in report.text()
    step.result.go.click()
    room.waited(step.result.done.isVisible)
    report = step.result.report
    assert report.new == 1
    assert room.open("places").list.model.rowCount() == places + 1
