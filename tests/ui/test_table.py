"""The table on a screen, with a register of a million."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from privdesk.core.errors import DomainError
from privdesk.core.register import Query, Row
from privdesk.ui.table.columns import columns
from privdesk.ui.table.model import Index, RegisterModel
from privdesk.ui.table.selection import rows_of, size
from privdesk.ui.table.view import TableView
from privdesk.ui.table.windows import KEEP, WINDOW
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import Theme
from tests.ui.fakes import HOLDINGS, TODAY, ListService, ListView, MillionService, holdings
from tests.ui.sweeping import swept  # noqa: F401


@dataclass
class Shown:
    service: ListService
    model: RegisterModel
    table: TableView
    wait: Callable[[Callable[[], bool]], None]


class CountingModel(RegisterModel):
    """Counts how often Qt looks at a cell, for whatever reason."""

    asked = 0

    def flags(self, index: Index) -> Qt.ItemFlag:
        self.asked += 1
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        self.asked += 1
        return super().data(index, role)


def _show(
    qtbot: QtBot, tasks: Tasks, service: ListService, kind: type[RegisterModel] = RegisterModel
) -> Shown:
    model = kind(service, tasks, columns(HOLDINGS, service.fields()))
    table = TableView(model, TODAY)
    qtbot.addWidget(table)
    table.resize(1000, 600)
    table.show()
    with qtbot.waitSignal(model.loaded):
        model.load(Query())
    qtbot.waitUntil(lambda: model.row_at(0) is not None or model.rowCount() == 0)
    return Shown(service, model, table, qtbot.waitUntil)


@pytest.fixture
def million(qtbot: QtBot, tasks: Tasks, theme: Theme) -> Shown:
    return _show(qtbot, tasks, MillionService())


@pytest.fixture
def some(qtbot: QtBot, tasks: Tasks, theme: Theme) -> Shown:
    return _show(qtbot, tasks, holdings(60))


def _wait_for(shown: Shown, position: int) -> None:
    shown.wait(lambda: shown.model.masked_row_at(position) is not None)


def _asked(shown: Shown) -> list[tuple[int, int]]:
    assert isinstance(shown.service, MillionService)
    return shown.service.million.asked


def test_opening_a_million_rows_fetches_one_window(million: Shown) -> None:
    assert million.model.rowCount() == 1_000_000
    assert _asked(million) == [(0, WINDOW)]


def test_a_jump_fetches_the_window_it_lands_in_and_none_between(million: Shown) -> None:
    bar = million.table.verticalScrollBar()
    for share in (0.5, 0.9, 0.25):
        bar.setValue(round(bar.maximum() * share))
        million.table.viewport().repaint()
        top = million.table.rowAt(1)
        _wait_for(million, top)

    starts = {start for start, _stop in _asked(million)}
    assert len(starts) <= 1 + 3 * 2
    assert all(stop - start <= WINDOW for start, stop in _asked(million))


def test_dragging_the_bar_past_many_windows_leaves_out_most_of_them(million: Shown) -> None:
    bar = million.table.verticalScrollBar()
    for step in range(100):
        bar.setValue(bar.maximum() * step // 100)
        million.table.viewport().repaint()
    _wait_for(million, million.table.rowAt(1))
    million.wait(lambda: not million.model.fetching)

    assert len(_asked(million)) < 20


def test_a_jump_paints_placeholders_while_the_rows_are_still_on_their_way(
    million: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetching, may_go_on, ended = threading.Event(), threading.Event(), threading.Event()
    rows = million.service.open_view(Query()).rows

    def held_up(start: int, stop: int) -> list[Row]:
        fetching.set()
        may_go_on.wait(10)
        ended.set()
        return rows(start, stop)

    monkeypatch.setattr(million.model.view, "rows", held_up)
    bar = million.table.verticalScrollBar()
    try:
        for share in (0.1, 0.7, 0.3, 0.95, 0.5):
            bar.setValue(round(bar.maximum() * share))
            million.table.viewport().repaint()
            top = million.table.rowAt(1)
            assert million.model.masked_row_at(top) is None
            assert million.model.text(top, 0) == ""
            assert million.model.spoken(top, 0) == "Loading"
        million.wait(fetching.is_set)
        million.table.viewport().repaint()
        assert not ended.is_set()
    finally:
        may_go_on.set()
    _wait_for(million, million.table.rowAt(1))

    assert million.model.text(million.table.rowAt(1), 0)


def test_few_windows_are_held_however_far_one_scrolls(million: Shown) -> None:
    for number in range(KEEP + 10):
        position = number * WINDOW
        million.model.row_at(position)
        _wait_for(million, position)

    assert million.model.masked_row_at(WINDOW) is None


def test_selecting_all_touches_no_row(million: Shown) -> None:
    before = len(_asked(million))
    million.table.selectAll()

    assert size(million.table.selected()) == 1_000_000
    assert len(_asked(million)) == before


@pytest.mark.parametrize("screen_reader", [False, True])
def test_selecting_all_of_a_million_looks_at_the_cells_in_sight_only(
    qtbot: QtBot, tasks: Tasks, theme: Theme, screen_reader: bool
) -> None:
    shown = _show(qtbot, tasks, MillionService(), CountingModel)
    in_sight = (shown.table.height() // 30 + 2) * shown.model.columnCount()
    assert isinstance(shown.model, CountingModel)
    QAccessible.setActive(screen_reader)
    try:
        shown.model.asked = 0
        shown.table.selectAll()
        shown.table.grab()
    finally:
        QAccessible.setActive(False)

    assert size(shown.table.selected()) == 1_000_000
    assert 0 < shown.model.asked < 20 * in_sight


def test_typing_letters_does_not_walk_through_the_rows(million: Shown, qtbot: QtBot) -> None:
    before = len(_asked(million))
    QTest.keyClicks(million.table, "park")

    assert len(_asked(million)) == before


def test_selected_ranges_are_merged_and_read_in_order(some: Shown) -> None:
    chooser = some.table.selectionModel()
    how = QItemSelectionModel.SelectionFlag
    for position in (7, 3, 4):
        chooser.select(some.model.index(position, 0), how.Select | how.Rows)

    assert some.table.selected() == ((3, 5), (7, 8))
    assert some.model.view is not None
    refs = [row.ref for row in rows_of(some.model.view, some.table.selected())]
    assert refs == ["H-00004", "H-00005", "H-00008"]


def test_a_click_on_a_head_asks_for_another_order(some: Shown, qtbot: QtBot) -> None:
    heads = some.table.horizontalHeader()
    with qtbot.waitSignal(some.model.sort_asked) as asked:
        at = heads.sectionViewportPosition(2) + 20
        QTest.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at, 10))

    assert asked.args == ["subject", False]


def test_an_older_answer_does_not_replace_a_newer_one(
    some: Shown, tasks: Tasks, qtbot: QtBot
) -> None:
    told: list[int] = []
    some.model.loaded.connect(lambda count, _total: told.append(count))
    some.model.load(Query(text="H-0000"))
    some.model.load(Query(text="H-00002"))
    some.wait(lambda: some.model.rowCount() == 1)
    some.wait(lambda: some.model.row_at(0) is not None)
    assert told == [1]

    row = some.model.row_at(0)
    assert row is not None
    assert row.ref == "H-00002"
    some.wait(lambda: some.service.views[1].closed)


def test_rows_of_an_older_snapshot_are_never_shown_in_a_newer_one(
    qtbot: QtBot, tasks: Tasks, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = _show(qtbot, tasks, holdings(600))
    gate, open_view = threading.Event(), shown.service.open_view

    def slowly(query: Query) -> ListView:
        gate.wait(10)
        return open_view(query)

    monkeypatch.setattr(shown.service, "open_view", slowly)
    shown.model.load(Query(sort="ref", descending=True))
    assert shown.model.row_at(550) is None  # asked of the snapshot that is on its way out
    shown.wait(lambda: tasks.open_tickets == 2)
    gate.set()
    shown.wait(lambda: not tasks.open_tickets)
    shown.wait(lambda: shown.model.row_at(550) is not None)

    row = shown.model.row_at(550)
    assert row is not None
    assert row.ref == "H-00050"


def test_the_old_snapshot_is_given_back(some: Shown) -> None:
    first = some.service.views[0]
    some.model.load(Query())

    some.wait(lambda: first.closed)


def test_a_refusal_is_told_and_the_old_rows_stay(
    some: Shown, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Locked(DomainError):
        """The vault is locked."""

    def refuse(query: Query) -> object:
        raise Locked

    monkeypatch.setattr(some.service, "open_view", refuse)
    with qtbot.waitSignal(some.model.failed) as told:
        some.model.load(Query())

    assert isinstance(told.args[0], Locked)
    assert some.model.rowCount() == 60


def test_a_revealed_row_is_in_the_clear_until_it_is_concealed(some: Shown) -> None:
    clear = some.service.get("H-00001", reveal="R-1")
    assert some.model.text(0, 2) == "김*연"

    some.model.reveal(clear)
    assert some.model.text(0, 2) == "김서연"

    some.model.conceal()
    assert some.model.text(0, 2) == "김*연"


def test_a_screen_reader_hears_the_cell_the_row_and_its_state(some: Shown) -> None:
    index = some.model.index(6, 3)
    said = some.model.data(index, Qt.ItemDataRole.AccessibleTextRole)

    assert said == "Phone: 0***********4. Holding, H-00007, 박*아, Overdue"


def test_the_heads_follow_the_language(some: Shown, theme: Theme) -> None:
    def head() -> object:
        return some.model.headerData(0, Qt.Orientation.Horizontal)

    assert head() == "Number"
    theme.speak("ko")
    assert head() == "번호"


def test_columns_are_put_away_moved_and_brought_back(some: Shown) -> None:
    table = some.table
    table.arrange({"columns": ["phone", "ref"], "widths": {"phone": 150}})
    assert [c.name for c in table.shown_columns()] == ["phone", "ref"]
    assert table.arrangement()["widths"] == {"phone": 150}

    table.set_shown("note", True)
    assert "note" in [c.name for c in table.shown_columns()]

    table.reset_columns()
    assert [c.name for c in table.shown_columns()][:3] == ["ref", "state", "subject"]


def test_the_last_column_cannot_be_put_away(some: Shown) -> None:
    some.table.arrange({"columns": ["ref"]})
    some.table.set_shown("ref", False)

    assert [c.name for c in some.table.shown_columns()] == ["ref"]


def test_enter_opens_the_current_row(some: Shown, qtbot: QtBot) -> None:
    some.table.go_to(4)
    with qtbot.waitSignal(some.table.opened) as opened:
        QTest.keyClick(some.table, Qt.Key.Key_Return)

    assert opened.args == [4]


def test_the_table_paints_in_both_looks(some: Shown, theme: Theme) -> None:
    light = some.table.grab().toImage().pixelColor(500, 300)
    theme.wear("dark")
    dark = some.table.grab().toImage().pixelColor(500, 300)

    assert light.lightness() > 200
    assert dark.lightness() < 80


class GrowingView(ListView):
    """A list of which 150 rows are known at first; each step reads a hundred more."""

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__(rows, len(rows))
        self._known = 150

    @property
    def growing(self) -> bool:
        return self._known < self.total

    @property
    def count(self) -> int:
        return min(self._known, self.total)

    @count.setter
    def count(self, _count: int) -> None:
        """The list says for itself how much of it is known."""

    def grow(self, _seconds: float) -> None:
        self._known += 100

    def rows(self, start: int, stop: int) -> list[Row]:
        return super().rows(start, min(stop, self.count))


def test_a_list_that_is_still_read_counts_on_until_its_end(
    qtbot: QtBot, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = holdings(520)
    shown = _show(qtbot, tasks, service)
    monkeypatch.setattr(service, "open_view", lambda _query: GrowingView(service.stored))
    counts: list[int] = []
    shown.model.grown.connect(lambda count, _total: counts.append(count))
    shown.model.load(Query())
    qtbot.waitUntil(lambda: bool(counts))
    qtbot.waitUntil(lambda: shown.model.rowCount() == 520)
    shown.table.go_to(519)
    qtbot.waitUntil(lambda: shown.model.row_at(519) is not None)

    assert counts == [250, 350, 450, 520]
    for at in (140, 199):
        shown.table.go_to(at)
        qtbot.waitUntil(partial(_is, shown.model, at, service.stored[at].ref))


def _is(model: RegisterModel, at: int, ref: str) -> bool:
    row = model.row_at(at)
    return row is not None and row.ref == ref
