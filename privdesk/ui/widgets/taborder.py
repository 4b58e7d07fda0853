"""The Tab key follows the page as it is read, also where rows came later."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QLayout, QScrollArea, QSplitter, QStackedWidget, QWidget


def in_order(widget: QWidget) -> Iterator[QWidget]:
    """Yield what takes the focus within a widget, as its layouts place it."""
    if isinstance(widget, QScrollArea):
        inner = widget.widget()
        yield from in_order(inner) if inner is not None else ()
        return
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    if isinstance(widget, QStackedWidget | QSplitter):
        for place in range(widget.count()):
            part = widget.widget(place)
            yield from in_order(part) if part is not None else ()
        return
    layout = widget.layout()
    if layout is not None:
        yield from _in_layout(layout)


def follow(root: QWidget) -> None:
    """Let Tab go through a widget as its layouts place what is in it."""
    for before, after in pairwise(list(in_order(root))):
        QWidget.setTabOrder(before, after)


class FollowLayout(QObject):
    """Keeps ``follow`` true for a page while the widgets it watches get new rows."""

    def __init__(self, page: QWidget, *watched: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(lambda: follow(self._page))
        for widget in watched:
            widget.installEventFilter(self)
        self._soon.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Put things in order once a layout has changed."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._soon.start()
        return False


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield from in_order(widget)
        elif inner is not None:
            yield from _in_layout(inner)
