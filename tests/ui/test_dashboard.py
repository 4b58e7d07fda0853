"""The page of figures, used as a manager would, over figures written down by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from privdesk.core.board import Board, Group, Pair
from privdesk.core.errors import DomainError
from privdesk.core.figures import Figure, Good, Kind, Line, Nature, Span, month, parse
from privdesk.ui.dashboard import marks, wording
from privdesk.ui.dashboard.columns import split
from privdesk.ui.dashboard.figurerow import FigureRow
from privdesk.ui.dashboard.page import DashboardPage, Outlets
from privdesk.ui.dashboard.ports import Past, Shown
from privdesk.ui.dashboard.tile import Tile
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import Theme, shades
from privdesk.ui.widgets.taborder import in_order
from tests.ui.fakefigures import LATE, TODAY, Counted, counted
from tests.ui.sweeping import swept  # noqa: F401

IN_TIME, RECEIVED = "requests.in-time", "requests.received"


class LockedError(DomainError):
    """The vault is locked."""


class Window:
    """The page, and what it handed out."""

    def __init__(self, qtbot: QtBot, tasks: Tasks, counting: Counted) -> None:
        self.qtbot, self.counting = qtbot, counting
        self.out: list[tuple[str, str]] = []
        self.went: list[tuple[str, str]] = []
        outlets = Outlets(self._out("monthly"), None, self._out("page"), self._out("tables"))
        self.page = DashboardPage(
            counting,
            tasks,
            lambda: TODAY,
            outlets,
            lambda figure, _span, page: self.went.append((page, figure.key)),
        )
        qtbot.addWidget(self.page)
        self.page.resize(1072, 760)
        with qtbot.waitExposed(self.page):
            self.page.show()
        self.page.activated()
        self.waited("2026-11")

    def _out(self, name: str) -> Callable[[Span], None]:
        return lambda span: self.out.append((name, str(span)))

    def waited(self, span: str) -> None:
        """Wait until the figures of a span are on the page, with their course."""
        page = self.page

        def there() -> bool:
            shown, past = page.shown, page._past
            return bool(shown and past and str(shown.board.span) == str(past.spans[-1]) == span)

        self.qtbot.waitUntil(there)


@pytest.fixture
def window(qtbot: QtBot, tasks: Tasks, theme: Theme) -> Window:
    """The page of November, with October beside it."""
    return Window(qtbot, tasks, counted())


def line(now: Figure, before: Figure | None = None, *, running: bool = True) -> wording.FigureLine:
    """Return how a figure of November reads."""
    span = month(TODAY).cut(TODAY) if running else month(TODAY)
    pair = Pair(now, before)
    board = Board(span, span.before(), TODAY, (Group("t", "T", (pair,)),))
    return wording.line(pair, Shown(board, {}))


def share(value: int, of: int) -> Figure:
    """Return a share that is better the higher it is."""
    return Figure("x.share", "Share", value, of, good=Good.UP)


def test_each_figure_stands_beside_the_one_of_the_span_before(window: Window) -> None:
    told = window.page.cards.rows[IN_TIME].line

    assert (told.value, told.detail) == ("89 %", "8 of 9")
    assert told.before == "October 2026: 100 % (7/7)"
    assert (told.change, told.arrow, told.verdict) == ("−11 pp", "down", "worse")
    assert window.page.cards.rows[RECEIVED].line.verdict == ""
    assert window.page.cards.rows["attendances.trained"].line.verdict == "better"
    assert window.page.headline.text() == "1 figure is better and 2 are worse than in October 2026."
    assert window.page.standing.text() == "So far, as of 2026-11-23 · beside October 2026"


def test_the_course_of_the_last_spans_is_drawn_where_more_than_one_is_known(
    window: Window,
) -> None:
    assert list(window.page.cards.rows[RECEIVED].past) == [4.0, 7.0, 9.0]
    assert list(window.page.cards.rows["attendances.trained"].past) == [None, 45.0, 48.0]

    for nothing in ((None, None, 9.0), (0.0, 0.0, 0.0)):
        window.page.cards.show_past({RECEIVED: nothing})
        assert list(window.page.cards.rows[RECEIVED].past) == []


def test_earlier_and_later_stop_at_the_span_that_runs(window: Window) -> None:
    spans = window.page.spans
    assert not spans.later.isEnabled()
    assert not spans.now.isVisible()

    QTest.keyClick(window.page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    window.waited("2026-10")
    assert spans.name.text() == "October 2026"
    told = "Nothing has become better or worse since September 2026."
    assert window.page.headline.text() == told

    spans.now.click()
    window.waited("2026-11")
    assert spans.name.text() == "November 2026"


def test_the_quarter_is_that_of_the_month_on_show(window: Window) -> None:
    window.page.spans.kinds[Kind.QUARTER].click()
    window.waited("2026-Q4")
    assert window.page.cards.rows[RECEIVED].line.value == "16"
    assert "attendances.trained" not in window.page.cards.rows
    assert not window.page.monthly.isVisible()  # D20 is about a month

    window.page.spans.kinds[Kind.YEAR].click()
    window.waited("2026")
    assert window.page.nothing.isVisible()
    assert not window.page.cards.isVisible()


def test_a_figure_leads_to_its_list_by_click_and_by_key(window: Window) -> None:
    row = window.page.cards.rows[IN_TIME]
    row.click()
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Return)

    assert window.went == [("requests", IN_TIME)] * 2

    window.page.cards.rows[LATE].click()
    assert len(window.went) == 2  # this one leads nowhere, and takes no focus
    assert window.page.cards.rows[LATE].focusPolicy() is Qt.FocusPolicy.NoFocus


def test_only_what_is_worse_can_be_shown(window: Window) -> None:
    page = window.page
    page.only_worse.click()

    visible = {key for key, row in page.cards.rows.items() if row.isVisible()}
    assert visible == {IN_TIME, LATE}
    assert not page.cards.cards["attendances"].isVisible()

    page.only_worse.click()
    assert all(row.isVisible() for row in page.cards.rows.values())


def test_what_the_page_hands_out_is_of_the_whole_span_on_show(window: Window) -> None:
    page = window.page
    page.monthly.click()
    page.spans.earlier.click()
    window.waited("2026-10")
    QTest.keyClick(page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)

    assert window.out == [("monthly", "2026-11"), ("tables", "2026-10"), ("page", "2026-10")]
    assert not page.board.isVisible()


def test_everything_that_can_be_pressed_has_a_name_and_follows_the_reading(
    window: Window,
) -> None:
    reached = list(in_order(window.page))

    assert all(w.accessibleName() or getattr(w, "text", str)() for w in reached)
    rows = [key for w in reached for key, row in window.page.cards.rows.items() if row is w]
    assert rows == [RECEIVED, IN_TIME, "attendances.trained"]
    assert window.page.cards.rows[IN_TIME].accessibleName() == (
        "Answered in time: 89 %. 8 of 9. −11 pp worse. October 2026: 100 % (7/7)"
    )


def test_a_row_that_stays_keeps_the_focus_when_the_span_changes(window: Window) -> None:
    row = window.page.cards.rows[RECEIVED]
    row.setFocus()
    assert row.hasFocus()

    window.page.refresh()
    window.waited("2026-11")
    window.counting.told["2026-11"] = window.counting.told["2026-10"]
    window.page.refresh()
    window.qtbot.waitUntil(lambda: row.line.value == "7")

    assert row.hasFocus()


def test_nothing_is_cut_at_any_width(window: Window, theme: Theme) -> None:
    for language in ("en", "ko"):
        theme.speak(language)
        for width in (840, 1072, 1712):
            window.page.resize(width, 760)
            QTest.qWait(0)
            for row in window.page.cards.rows.values():
                assert row.height() >= row.heightForWidth(row.width()), (language, width)
                assert row.width() >= 300


def test_a_long_label_takes_the_lines_it_needs(window: Window) -> None:
    rows = (Line("Access", 3), Line("Notices, counselling and offers, checking of facts " * 2, 2))
    row, tile = FigureRow(line(Figure("x.y", "Y", 5, rows=rows))), window.page.cards.tiles[0]

    assert row.heightForWidth(360) > row.heightForWidth(1200)
    label = "Destructions that older backups cannot undo"
    long = Tile(replace(tile.line, label=label * 2))
    assert long.heightForWidth(220) > tile.heightForWidth(220)


def test_a_refusal_is_told_on_the_page(qtbot: QtBot, window: Window) -> None:
    window.counting.refusal = LockedError()
    window.page.refresh()

    qtbot.waitUntil(lambda: window.page.flash.text() == "The vault is locked.")


# -- words


def test_a_share_that_is_not_whole_never_reads_a_hundred() -> None:
    assert wording.percent(1999, 2000) == "99 %"
    assert wording.percent(2000, 2000) == "100 %"
    assert wording.percent(1, 2000) == "1 %"
    assert wording.percent(0, 2000) == "0 %"


def test_a_part_of_nothing_is_no_number() -> None:
    told = line(share(0, 0), share(3, 4))

    assert (told.value, told.detail, told.change) == ("–", "none to count", "")


def test_fewer_so_far_is_not_yet_better_or_worse() -> None:
    late = Figure("x.late", "Late", 2, good=Good.DOWN)
    before = Figure("x.late", "Late", 5, good=Good.DOWN)

    assert line(late, before).verdict == ""
    assert line(late, before, running=False).verdict == "better"
    assert line(before, late).verdict == "worse"  # more already: it cannot become fewer
    state = Figure("x.late", "Late", 2, good=Good.DOWN, when=Nature.STATE)
    assert line(state, before).verdict == "better"
    assert line(share(3, 4), share(4, 4)).verdict == "worse"


def test_a_small_step_of_a_share_still_has_its_direction() -> None:
    told = line(share(999, 1000), share(998, 1000))

    assert (told.change, told.arrow) == ("less than 1 pp", "up")
    assert line(share(1, 2), share(2, 4)).change == "unchanged"


def test_a_long_break_down_adds_up_its_rest() -> None:
    rows = tuple(Line(f"Kind {n}", n, 10) for n in range(8, 0, -1))
    told = line(Figure("x.y", "Y", 36, rows=rows)).bars

    assert [bar.label for bar in told] == [*(f"Kind {n}" for n in (8, 7, 6, 5, 4)), "3 more"]
    assert (told[-1].value, round(told[-1].part, 3)) == ("6 of 30", 0.2)


def test_columns_keep_the_order_and_are_as_even_as_can_be() -> None:
    assert split([4, 1, 1, 4, 2], 2) == [3, 5]
    assert split([1, 1, 6, 1, 1], 3) == [2, 3, 5]
    assert split([3, 3], 3) == [1, 2, 2]
    assert split([4], 1) == [1]


def test_what_was_asked_for_before_is_not_shown(window: Window) -> None:
    older = window.counting.shown(parse("2026-10"))
    window.page._show(older)
    assert window.page.shown is not None
    assert str(window.page.shown.board.span) == "2026-11"
    window.page._show_past(Past([parse("2026-10")], {RECEIVED: (1.0, 2.0)}))
    assert list(window.page.cards.rows[RECEIVED].past) == [4.0, 7.0, 9.0]


def test_the_day_is_told_up_to_which_is_counted() -> None:
    span = parse("2026-10")
    assert wording.standing(Shown(Board(span, span.before(), date(2026, 11, 23), ()), {})) == (
        "As of 2026-10-31 · beside September 2026"
    )


def test_a_figure_of_another_day_says_so() -> None:
    span = parse("2026-10")
    now = Figure("x.y", "Y", 3, when=Nature.STATE)
    pair = Pair(now, now, date(2026, 11, 2), date(2026, 10, 5))
    told = wording.line(pair, Shown(Board(span, span.before(), TODAY, ()), {}))

    assert told.as_of == "as of 2026-11-02"
    assert told.before == "September 2026 (2026-10-05): 3"


def test_a_share_that_should_be_small_says_so_and_is_drawn_in_another_colour() -> None:
    unsigned = line(Figure("x.unsigned", "Not signed", 1, 11, good=Good.DOWN))
    signed = line(share(10, 11))

    assert (unsigned.detail, signed.detail) == ("1 of 11 · less is better", "10 of 11")
    assert marks.ink(unsigned) != marks.ink(signed) == shades().accent
