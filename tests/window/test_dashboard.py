"""The page of figures on the desk: who opens with it, and where its figures lead."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog

from privdesk.core.figures import month
from privdesk.core.register import Query
from privdesk.documents.preview import page_texts
from privdesk.registers.desk import Desk
from privdesk.ui.dashboard.page import DashboardPage
from privdesk.ui.page.conditions import SPANS, Condition, filterable, options, where
from privdesk.ui.preview import Preview
from privdesk.vault import engine
from privdesk.vault.header import PERSONAL
from privdesk.window import leads
from privdesk.window.counting import Counter
from tests.invented import copy_invented, open_invented
from tests.window.rooms import PERSON, WHO, Room

OTHER_LISTS = {
    # what is counted is less than a list can show: within it, or of its children
    *("holdings.late", "access.gone", "pledges.gone", "inspections.fixed", "inspections.found"),
    *("processors.number", "processors.subs", "processors.inspected", "processors.trained"),
    *("consignments.standing", "consignments.contracts", "consignments.notified"),
    *("requests.in-time", "requests.24h", "corrections.in-time", "demands.in-time"),
    *("training.current", "training.security", "training.duty", "training.people"),
    # what is counted is people or cases, the list shows what they stand in
    *("files.people", "destructions.people", "destructions.holdings", "provisions.people"),
    *("handovers.cases", "access.granted", "audits.waiting"),
}


def figures(room: Room) -> Any:
    """Show the page and wait for its figures."""
    page = room.open("dashboard")
    assert isinstance(page, DashboardPage)
    room.waited(lambda: page.shown is not None)
    room.settle()
    return page


def preview(room: Room) -> Preview:
    """Return the paper on show."""

    def shown() -> list[Preview]:
        found = room.session.window.findChildren(Preview)
        return [one for one in found if one.isVisible()]

    room.waited(lambda: bool(shown()), 30_000)
    room.settle()
    return shown()[-1]


@pytest.mark.parametrize("role", WHO)
def test_a_manager_and_an_auditor_open_with_the_figures(
    room: Room, office: Path, role: str
) -> None:
    shell = room.enter(office, role)

    assert shell.current == ("dashboard" if role in ("manager", "auditor") else "today")
    page = figures(room)
    assert page.shown.board.groups
    assert not page.flash.text()


def test_the_figures_of_a_manager_need_no_key_of_people(room: Room, office: Path) -> None:
    room.enter(office, "manager")
    page = figures(room)

    vault = room.desk.vault
    assert PERSONAL not in vault.unlocked.roles
    assert {"keys_people", "search"}.isdisjoint(engine.attached(vault.raw))
    assert page.cards.rows["holdings.people"].line.value == "1"
    said = [row.accessibleName() for row in page.cards.rows.values()]
    assert not any(PERSON in text for text in said)


def test_what_a_role_may_not_open_leads_nowhere(room: Room, office: Path) -> None:
    room.enter(office, "manager")
    page = figures(room)
    lines = {key: row.line for key, row in page.cards.rows.items()}

    assert lines["requests.received"].leads == lines["holdings.kept"].leads == ""
    assert lines["files.used"].leads == "files"

    page.cards.rows["holdings.kept"].click()
    assert room.shell.current == "dashboard"
    page.cards.rows["files.used"].click()
    room.settle()
    assert room.shell.current == "files"


def test_a_figure_leads_to_its_list_narrowed_to_what_was_counted(room: Room, office: Path) -> None:
    room.enter(office)
    figures(room).cards.rows["holdings.kept"].click()
    room.settle()

    listed: Any = room.shell.page("holdings")
    assert room.shell.current == "holdings"
    assert listed.list.filters.conditions == (Condition("state", ("active", "held", "law")),)
    room.waited(lambda: listed.list.model.rowCount() == 1)

    figures(room).cards.rows["requests.received"].click()
    room.settle()
    asked: Any = room.shell.page("requests")
    days = ("from", "2026-11-01", "2026-11-30")
    assert asked.list.filters.conditions == (Condition("received_at", days),)


def test_an_auditor_prints_the_page_and_writes_no_report(room: Room, office: Path) -> None:
    room.enter(office, "auditor")
    page = figures(room)

    offered = (page.monthly, page.board, page.print, page.tables)
    assert [button.isVisible() for button in offered] == [False, False, True, False]


def test_a_manager_writes_her_remarks_into_the_report_and_prints_it(
    room: Room, office: Path
) -> None:
    room.enter(office, "manager")
    figures(room).monthly.click()
    room.waited(lambda: room.shell.current == "reports")
    preview(room).reject()
    reports: Any = room.shell.page("reports")
    room.waited(lambda: reports.list.current() is not None)
    ref = reports.list.current().ref

    reports.edit()
    reports.form.form.boxes["remarks"].editor.set_raw("One server was down for a day.")
    reports.form.form.foot.save.click()
    room.waited(lambda: reports.form is None)
    figures(room).monthly.click()
    paper = preview(room)

    assert "One server was down for a day." in " ".join(page_texts(paper._data))
    assert [row.ref for row in room.desk.service("reports").find(Query())] == [ref]
    paper.reject()


def test_the_tables_are_written_where_was_asked(
    room: Room, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.enter(office, "manager")
    page = figures(room)
    asked: list[str] = []

    def ask(_parent: object, _title: str, start: str, _kinds: str) -> tuple[str, str]:
        asked.append(Path(start).name)
        return str(tmp_path / "tables.xlsx"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    page.tables.click()
    room.waited(lambda: room.shell.flash.text().startswith("Saved as"))

    assert asked == ["Dashboard 2026-11.xlsx"]
    assert (tmp_path / "tables.xlsx").read_bytes()[:2] == b"PK"

    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: ("", ""))
    room.shell.flash.hide()
    page.tables.click()
    room.settle()
    assert room.shell.flash.isHidden()


# -- over the invented office


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An office in which every register has records; only looked at."""
    folder = tmp_path_factory.mktemp("invented")
    with pytest.MonkeyPatch.context() as patch:
        vault = copy_invented(tmp_path_factory, folder)
        patch.setenv("PRIVDESK_EPOCH_DIR", str(folder / "epochs"))
        desk = open_invented(vault)
        yield desk
        desk.vault.close()


def test_every_figure_leads_to_a_list_of_what_it_counted(invented: Desk) -> None:
    span = month(invented.today()).cut(invented.today())
    shown = Counter(invented, lambda name: name in invented.registers).shown(span)
    unlike: dict[str, tuple[int, int]] = {}
    for pair in shown.pairs:
        page, found = shown.leads.get(pair.now.key, ""), leads.conditions(pair.now, span)
        if page in ("", "today"):
            continue
        service = invented.service(page)
        fields = {one.name: one for one in filterable(service.register, service.fields())}
        for condition in found:
            known = dict(options(service.register, fields[condition.field]))
            spans = {"from", *SPANS}
            assert spans & set(condition.wanted) or set(condition.wanted) <= set(known), condition
        view = service.open_view(Query(where=where(found, fields, invented.today())))
        if view.count not in (pair.now.value, pair.now.of):
            unlike[pair.now.key] = (pair.now.value, view.count)
        view.close()

    said = set(leads._LEADS) - OTHER_LISTS
    assert {key: told for key, told in unlike.items() if key in said} == {}
    assert len([key for key in said if key in shown.leads and key not in unlike]) > 30


def test_every_lead_is_that_of_a_figure(invented: Desk) -> None:
    spans = (month(invented.today()), month(invented.today()).before())
    counter = Counter(invented, lambda _name: True)
    keys = {pair.now.key for span in spans for pair in counter.shown(span).pairs}

    assert set(leads._LEADS) <= keys


def test_the_course_ends_with_the_span_on_show(invented: Desk) -> None:
    span = month(invented.today())
    counter = Counter(invented, lambda _name: True)
    past = counter.past(span)

    assert [str(one) for one in past.spans] == [f"2026-{n:02}" for n in (6, 7, 8, 9, 10, 11)]
    for pair in counter.shown(span).pairs:
        wanted = pair.now.value if pair.now.of is None else (pair.now.share or 0) * 100
        if pair.now.key in past.values and (pair.now.of is None or pair.now.of):
            assert past.values[pair.now.key][-1] == wanted, pair.now.key
