"""Saved views at the command line: listed, printed and exported under their names."""

from __future__ import annotations

import csv
from typing import Any

from privdesk.documents.preview import page_texts
from privdesk.flows.opening import open_desk
from privdesk.flows.ownthings import Kept
from privdesk.ui.page.conditions import Condition
from privdesk.ui.page.saved import SavedView, SavedViews
from tests.cli.office import Office
from tests.desks import ALICE, PASSPHRASE

NAME = "끝난 곳: 2026"


class Settings(dict[str, Any]):
    """Settings of pages as the window keeps them."""

    def put(self, key: str, value: Any) -> None:
        """Keep a setting."""
        self[key] = value


def save(office: Office, view: SavedView) -> None:
    """Enter two processors, of which one has ended, and save a view in the window."""
    desk = open_desk(office.vault, ALICE, PASSPHRASE)
    processors = desk.service("processors")
    refs = [processors.create({"name": name}).ref for name in ("Baram", "Dasom")]
    processors.act("end", [refs[0]], {})
    settings = Settings()
    SavedViews(settings, "processors").save(view)
    Kept(desk, "views").write(settings)
    desk.vault.close()


def test_a_saved_view_is_listed_printed_and_exported_under_its_name(office: Office) -> None:
    shown = {"columns": ["name", "state"], "widths": {}}
    save(office, SavedView(NAME, (Condition("state", ("ending",)),), "name", True, shown))
    of = (office.vault, "processors")

    listed = office.run("list", *of, "--view", NAME, "--json").json
    assert [one["name"] for one in listed] == ["Baram"]
    paper = office.folder / "view.pdf"
    told = office.run("print", *of, "--view", NAME, "--lang", "ko", "--out", paper, "--json").json
    assert told["title"] == NAME
    words = " ".join(" ".join(page_texts(paper.read_bytes())).split())
    assert "수탁자 목록" in words
    assert "Baram" in words
    assert "Dasom" not in words

    file = office.folder / "view.csv"
    office.run("export", *of, file, "--view", NAME, "--reason", "meeting")
    with file.open(encoding="utf-8-sig") as stream:
        (head, row) = list(csv.reader(stream))
    assert len(head) == 3  # the reference and the two columns of the view
    assert "Baram" in row
    entered = office.run("list", office.vault, "documents", "--json").json
    assert any(str(one["title"]).startswith(NAME) for one in entered)


def test_the_views_of_every_office_answer_in_both_languages(office: Office) -> None:
    save(office, SavedView(NAME))
    of = ("list", office.vault, "processors", "--view")
    for name in ("위탁 중", "Under contract"):
        assert [one["name"] for one in office.run(*of, name, "--json").json] == ["Dasom"]
    narrowed = office.run(*of, "Under contract", "--where", "name=Baram", "--json").json
    assert narrowed == []

    refused = office.run(*of, "Nowhere")
    assert refused.code == 1
    assert NAME in refused.err
    assert "Under contract" in refused.err
    everything = office.run("list", office.vault, "processors", "--json").json
    assert len(everything) == 2
