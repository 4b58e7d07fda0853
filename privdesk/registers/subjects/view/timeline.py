"""The middle: everything that happened to the person's data in one line of time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QButtonGroup, QListView, QWidget

from privdesk.core.i18n import N_, _
from privdesk.registers.subjects.commands import (
    CHANGES,
    CONSENTS,
    DESTRUCTIONS,
    FREEZES,
    HOLDINGS,
    LOOKS,
    PAPERS,
    PROVISIONS,
    REQUESTS,
    Happening,
)
from privdesk.registers.subjects.view.happenings import (
    HappeningPainter,
    Happenings,
    Line,
    lines_of,
)
from privdesk.ui.theme import on_language, on_look
from privdesk.ui.widgets import PlainLabel, Plane, column, quiet_button, row

KINDS = (
    ("", N_("All")),
    (CONSENTS, N_("Consents")),
    (HOLDINGS, N_("Holdings")),
    (REQUESTS, N_("Requests")),
    (PROVISIONS, N_("Provisions")),
    (FREEZES, N_("Freezes")),
    (DESTRUCTIONS, N_("Destructions")),
    (PAPERS, N_("Papers")),
    (LOOKS, N_("Looks")),
    (CHANGES, N_("Changes")),
)


class Lines(QListView):
    """The lines of time; a line that leads to a record is pressed, or entered by key."""

    go = Signal(str, str)  # register, reference

    def __init__(self) -> None:
        super().__init__()
        self.happenings = Happenings(self)
        self._painter = HappeningPainter(self.happenings)
        self.setModel(self.happenings)
        self.setItemDelegate(self._painter)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        on_look(self, self.viewport().update)

    def show_lines(self, lines: list[Line]) -> None:
        """Show other lines from the first."""
        self._painter.hovered = -1
        self.happenings.show(lines)
        self.scrollToTop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words anew in another width."""
        super().resizeEvent(event)
        if self._painter.width != self.viewport().width():
            self._painter.width = self.viewport().width()
            self.scheduleDelayedItemsLayout()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Underline the link under the pointer."""
        super().mouseMoveEvent(event)
        self._hover(self._link_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """Underline nothing any more."""
        super().leaveEvent(event)
        self._hover(-1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go where a link leads."""
        super().mouseReleaseEvent(event)
        row = self._link_at(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and row == self.currentIndex().row() >= 0:
            self.enter(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go where the current line leads."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.enter(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def enter(self, row: int) -> None:
        """Go where a line leads, if it leads somewhere."""
        line = self.happenings.lines[row]
        if line.ref:
            self.go.emit(line.register, line.ref)

    def link_area(self, row: int) -> QRect:
        """Return where a line can be pressed; empty where it leads nowhere."""
        return self._painter.link_area(row, self.visualRect(self.happenings.index(row)))

    def _link_at(self, place: QPoint) -> int:
        index = self.indexAt(place)
        pressed = index.isValid() and self.link_area(index.row()).contains(place)
        return index.row() if pressed else -1

    def _hover(self, row: int) -> None:
        if row != self._painter.hovered:
            self._painter.hovered = row
            shape = Qt.CursorShape.ArrowCursor if row < 0 else Qt.CursorShape.PointingHandCursor
            self.viewport().setCursor(shape)
            self.viewport().update()


class TimeLine(QWidget):
    """Filtered by kind; each line leads to its record."""

    go = Signal(str, str)  # register, reference

    def __init__(self) -> None:
        super().__init__()
        self._happenings: Sequence[Happening] = ()
        self.shown: Sequence[Happening] = ()
        self.kinds = QButtonGroup(self)
        self.buttons = {kind: quiet_button("") for kind, _label in KINDS}
        for number, one in enumerate(self.buttons.values()):
            one.setCheckable(True)
            self.kinds.addButton(one, number)
        self.buttons[""].setChecked(True)
        self.lines = Lines()
        self.heading = PlainLabel("", "section")
        head = Plane()
        chips = row(None, *self.buttons.values(), None, gap=2)
        column(head, self.heading, chips, gap=4, margin=(24, 14, 16, 4))
        column(self, head, self.lines, gap=0).setStretch(1, 1)
        self.kinds.idClicked.connect(lambda _id: self._show())
        self.lines.go.connect(self.go)
        on_language(self, self._speak)

    def show_happenings(self, happenings: Sequence[Happening]) -> None:
        """Show what happened, newest first."""
        self._happenings = happenings
        present = {one.kind for one in happenings}
        for kind, one in self.buttons.items():
            one.setVisible(not kind or kind in present)
        self._show()

    def choose(self, kind: str) -> None:
        """Show one kind alone; an empty one shows all."""
        self.buttons[kind].setChecked(True)
        self._show()

    @property
    def kind(self) -> str:
        """Return the kind on show."""
        return next((kind for kind, one in self.buttons.items() if one.isChecked()), "")

    def _show(self) -> None:
        kind = self.kind
        self.shown = [one for one in self._happenings if kind in ("", one.kind)]
        self.lines.show_lines(lines_of(self.shown))

    def _speak(self) -> None:
        self.heading.setText(_("What happened"))
        self.lines.setAccessibleName(_("What happened"))
        for kind, label in KINDS:
            self.buttons[kind].setText(_(label))
        self._show()
