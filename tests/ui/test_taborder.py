"""Tab goes through a page as it is read, also where rows came later."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from privdesk.ui.widgets import column, row
from privdesk.ui.widgets.taborder import FollowLayout


def test_rows_that_come_later_stand_where_they_are_read(qtbot: QtBot) -> None:
    page, left = QWidget(), QWidget()
    qtbot.addWidget(page)
    first, last, side = QPushButton("first"), QPushButton("last"), QPushButton("side")
    lines = column(left, first, last)
    area = QScrollArea()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setWidget(left)
    row(page, area, side)
    FollowLayout(page, left)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    lines.insertWidget(1, QPushButton("between"))

    qtbot.waitUntil(lambda: walked(first, 4) == ["first", "between", "last", "side"])


def walked(start: QWidget, steps: int) -> list[str]:
    """Return the words of what Tab meets."""
    start.setFocus()
    met = []
    for _step in range(steps):
        now = QApplication.focusWidget()
        assert isinstance(now, QPushButton)
        met.append(now.text())
        QTest.keyClick(now, Qt.Key.Key_Tab)
    return met
