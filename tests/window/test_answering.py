"""A request's actions in the window: what is offered, the orders beside it, the preview."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from privdesk.flows.opening import open_desk
from privdesk.ui.page.detail import CHILDREN
from privdesk.ui.preview import Preview
from privdesk.ui.widgets import PlainLabel
from tests.desks import ALICE, PASSPHRASE
from tests.flows import asked
from tests.window.rooms import Room


@pytest.fixture
def refs(office: Path) -> dict[str, str]:
    """Enter a person and a request of each kind that matters here; return their references."""
    desk = open_desk(office, ALICE, PASSPHRASE)
    at = asked.office(desk, called="Letters")
    found = {kind: asked.ref(at, asked.request(at, kind)) for kind in ("access", "correction")}
    desk.vault.close()
    return found


def opened(room: Room, register: str, ref: str) -> Any:
    """Show a record and wait for it."""
    page = room.open(register)
    page.open_ref(ref)
    room.settle()
    return page


def offered(page: Any) -> set[str]:
    """Return the names of the actions offered for the current record."""
    return {action.name for action in page.fitting()}


def done(room: Room, page: Any, name: str, **values: Any) -> None:
    """Do an action through its small form."""
    page.start(page.register.action(name))
    dialog = page.actor.dialog
    for editor_name, value in values.items():
        dialog.form.boxes[editor_name].editor.set_raw(value)
    dialog.form.submit()
    room.settle()


def test_what_is_offered_follows_the_kind(room: Room, office: Path, refs: dict[str, str]) -> None:
    room.enter(office)
    page = opened(room, "requests", refs["access"])
    assert {"orders", "compose", "encrypt"} <= offered(page)
    assert not {"correct", "delete", "suspend"} & offered(page)

    page = opened(room, "requests", refs["correction"])
    assert {"correct", "amend", "resume"} <= offered(page)
    assert not {"orders", "compose"} & offered(page)


def test_orders_stand_among_the_children(room: Room, office: Path, refs: dict[str, str]) -> None:
    room.enter(office)
    page = opened(room, "requests", refs["access"])
    done(room, page, "orders")
    page.detail.tabs.setCurrentIndex(CHILDREN)
    room.settle()

    links = [w.text() for w in page.detail.children_tab.findChildren(PlainLabel)]
    links += [w.accessibleName() for w in page.detail.children_tab.findChildren(object)
              if hasattr(w, "accessibleName")]  # fmt: skip
    assert any("Orders" in text or "told" in text for text in links)
    assert page.service.get(refs["access"]).state == "working"
    rows = room.desk.service("retrievals").of_request(asked.number_of(refs["access"]))
    assert len(rows) == 3


def test_compose_shows_the_preview_and_journals_the_look(
    room: Room, office: Path, refs: dict[str, str]
) -> None:
    room.enter(office)
    page = opened(room, "requests", refs["access"])
    page.start(page.register.action("compose"))

    def previews() -> list[Preview]:
        return [w for w in QApplication.topLevelWidgets() if isinstance(w, Preview)]

    room.waited(lambda: bool(previews()))
    room.settle()
    (preview,) = previews()
    assert not preview.draft.isHidden()
    preview.reject()
    (row,) = room.desk.service("requests").rows([asked.number_of(refs["access"])])
    looks = [e for e in room.desk.service("subjects").history(str(row.values["subject"]))
             if e.action == "record.looked"]  # fmt: skip
    assert [e.reason for e in looks][:1] == [refs["access"]]


def test_the_passphrase_is_shown_once(
    room: Room, office: Path, refs: dict[str, str], tmp_path: Path
) -> None:
    room.enter(office)
    page = opened(room, "requests", refs["access"])
    done(room, page, "encrypt", file=str(tmp_path / "answer.pdf"))

    shown = page.actor.once
    assert shown is not None
    secret = shown.secret.text()
    assert len(secret.replace("-", "")) == 20
    assert (tmp_path / "answer.pdf").is_file()
    shown.accept()
    room.settle()
    assert page.actor.once is None
    assert secret not in page.flash.text()


def test_a_task_of_today_leads_to_the_form_of_the_reply(
    room: Room, office: Path, refs: dict[str, str]
) -> None:
    shell = room.enter(office)
    page = opened(room, "requests", refs["access"])
    done(room, page, "orders")
    rows = room.desk.service("retrievals").of_request(asked.number_of(refs["access"]))
    today: Any = room.open("today")
    today._go("retrievals", rows[0].ref, "reply")
    room.settle()

    target: Any = shell.page("retrievals")
    room.waited(lambda: target.actor.dialog is not None)
    assert rows[0].ref in target.actor.dialog.findChildren(PlainLabel)[1].text()
    target.actor.dialog.reject()
    today._go("retrievals", rows[0].ref, "send")
    room.waited(lambda: any(isinstance(w, Preview) for w in QApplication.topLevelWidgets()))
    room.settle()
    for shown in [w for w in QApplication.topLevelWidgets() if isinstance(w, Preview)]:
        shown.reject()
    assert room.desk.service("retrievals").get(rows[0].ref).state == "open"  # only a draft


def test_a_reply_that_differs_leads_to_its_acceptance(
    room: Room, office: Path, refs: dict[str, str]
) -> None:
    shell = room.enter(office)
    page = opened(room, "requests", refs["access"])
    done(room, page, "orders")
    (row, *_rest) = room.desk.service("retrievals").of_request(asked.number_of(refs["access"]))
    target = opened(room, "retrievals", row.ref)
    done(room, target, "reply", by="IT team", result="nothing")
    assert target.service.get(row.ref).state == "differs"

    today: Any = room.open("today")
    today._go("retrievals", row.ref, "accept")
    again: Any = shell.page("retrievals")
    room.waited(lambda: again.actor.dialog is not None)
    again.actor.dialog.form.boxes["reason"].editor.set_raw("it was deleted there in May")
    again.actor.dialog.form.submit()
    room.settle()
    assert again.service.get(row.ref).state == "accepted"
