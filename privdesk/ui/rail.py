"""The left rail: groups of pages with counts of what is due; folds to icons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QScrollArea, QSizePolicy, QWidget

from privdesk.core.i18n import _
from privdesk.ui import fonts, icons, tokens
from privdesk.ui.parts import Entry, Group
from privdesk.ui.theme import shades
from privdesk.ui.widgets import ElidedLabel, Hairline, IconButton, IconLabel, Plane, column, row

_GROUP_HEIGHT, _ENTRY_HEIGHT = 36, 30


class RailItem(QAbstractButton):
    """A group (with icon) or a page of a group (indented)."""

    def __init__(self, icon: str = "", keys: str = "") -> None:
        super().__init__()
        self._icon = icon
        self._keys = keys
        self._cut = False
        self._count = 0
        self._folded = False
        self._open = False
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def count(self) -> int:
        """Return how much is due."""
        return self._count

    def set_count(self, count: int) -> None:
        """Show how much is due."""
        self._count = count
        self._speak()
        self.update()

    def set_folded(self, folded: bool) -> None:
        """Show the icon alone."""
        self._folded = folded
        self._tip()
        self.update()

    def set_open(self, opened: bool) -> None:
        """Show that the pages of this group are unfolded beneath it."""
        self._open = opened
        self.update()

    def label(self, text: str) -> None:
        """Set the text."""
        self.setText(text)
        self._tip()
        self._speak()

    def sizeHint(self) -> QSize:
        """As high as its kind; as wide as the rail."""
        return QSize(0, _GROUP_HEIGHT if self._icon else _ENTRY_HEIGHT)

    def changeEvent(self, event: QEvent) -> None:
        """Draw again in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go along the rail, Enter opens."""
        if event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw plane, icon, text and count."""
        look, painter = shades(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked() and (not self._open or self._folded)
        box = self.rect().adjusted(8, 2, -8, -2)
        if chosen or self.underMouse() or self.hasFocus():
            painter.setPen(QColor(look.accent) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.chosen if chosen else look.hover))
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        ink = look.accent if chosen else look.text if self._icon or self.isChecked() else look.muted
        if self._icon:
            left = box.left() + (8 if not self._folded else (box.width() - 20) // 2)
            shown = look.accent if self.isChecked() else look.muted
            painter.drawPixmap(
                left, box.top() + (box.height() - 20) // 2, icons.pixmap(self._icon, shown)
            )
        if self._folded:
            self._paint_dot(painter, box)
            return
        room = box.adjusted(36, 0, -6, 0)
        if self._count:
            room.setRight(self._paint_count(painter, box) - 6)
        weight = QFont.Weight.Medium if self._icon or chosen else QFont.Weight.Normal
        painter.setFont(fonts.font(tokens.BODY, weight))
        painter.setPen(QColor(ink))
        text = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        if self._cut != (text != self.text()):
            self._cut = not self._cut
            self._tip()
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_count(self, painter: QPainter, box: QRect) -> int:
        look = shades().tones["soon"]
        font = fonts.font(11, QFont.Weight.DemiBold, tabular=True)
        text = f"{self._count:,}" if self._count < 10_000 else "9,999+"
        width = max(20, QFontMetrics(font).horizontalAdvance(text) + 10)
        pill = QRect(box.right() - width - 5, box.center().y() - 8, width, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.tint))
        painter.drawRoundedRect(QRectF(pill), 9, 9)
        painter.setFont(font)
        painter.setPen(QColor(look.ink))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
        return pill.left()

    def _paint_dot(self, painter: QPainter, box: QRect) -> None:
        if self._count:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(shades().tones["soon"].ink))
            painter.drawEllipse(box.right() - 9, box.top() + 5, 6, 6)

    def _tip(self) -> None:
        """Tell what cannot be read: the name where it is cut or folded away, and the keys."""
        whole = self.text() if self._folded or self._cut or self._keys else ""
        self.setToolTip("  ".join(part for part in (whole, self._keys) if part))

    def _speak(self) -> None:
        due = _("{n} due").format(n=f"{self._count:,}")
        self.setAccessibleName(f"{self.text()}, {due}" if self._count else self.text())


class _GroupBox(QWidget):
    """A group with its pages beneath."""

    def __init__(self, group: Group, rail: Rail, number: int) -> None:
        super().__init__()
        self.group = group
        self.head = RailItem(group.icon, f"Ctrl+{number}" if number < 10 else "")
        self.head.clicked.connect(lambda: rail.press(self))
        self.items: dict[str, RailItem] = {}
        for entry in group.entries if len(group.entries) > 1 else ():
            item = RailItem()
            item.clicked.connect(lambda _on=False, name=entry.name: rail.chosen.emit(name))
            self.items[entry.name] = item
        self.aside = frozenset(entry.name for entry in group.entries if entry.aside)
        self.last = group.entries[0].name if group.entries else ""
        column(self, self.head, *self.items.values(), gap=0)

    def counts(self, due: Mapping[str, int]) -> None:
        self.head.set_count(sum(due.get(e.name, 0) for e in self.group.entries))
        for name, item in self.items.items():
            item.set_count(due.get(name, 0))

    def show_state(self, current: str, folded: bool) -> None:
        mine = any(entry.name == current for entry in self.group.entries)
        if mine:
            self.last = current
        self.head.setChecked(mine)
        self.head.set_folded(folded)
        self.head.set_open(mine and bool(self.items))
        for name, item in self.items.items():
            item.setVisible(mine and not folded and (name == current or name not in self.aside))
            item.setChecked(name == current)

    def retranslate(self) -> None:
        self.head.label(_(self.group.label))
        for entry in self.group.entries:
            if entry.name in self.items:
                self.items[entry.name].label(_(entry.label))


class Rail(Plane):
    """All groups; ``chosen`` carries the name of a page."""

    chosen = Signal(str)
    fold_changed = Signal(bool)

    def __init__(self, groups: Sequence[Group], office: str = "") -> None:
        super().__init__("rail")
        self._office = ElidedLabel(office, "strong")
        head = Plane("plain-bar")
        head.setFixedHeight(tokens.TOPBAR)
        mark = IconLabel("privdesk", "accent", 22)
        row(head, mark, self._office, gap=9, margin=(15, 0, 8, 0)).setStretch(1, 1)
        self._groups = tuple(group for group in groups if group.entries)
        self._boxes = [_GroupBox(g, self, number) for number, g in enumerate(self._groups, 1)]
        self._current = ""
        self._folded = False
        inner = Plane("none")
        column(inner, *self._boxes, None, gap=0, margin=(0, 8))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._fold = IconButton("fold", "", self.toggle)
        column(
            self, head, scroll, Hairline(), row(None, self._fold, None, margin=(11, 5, 8, 5)), gap=0
        )
        self.retranslate()
        self._arrange()

    @property
    def folded(self) -> bool:
        """Whether only icons are shown."""
        return self._folded

    def entry(self, name: str) -> Entry | None:
        """Return the page of this name."""
        return next((e for g in self._groups for e in g.entries if e.name == name), None)

    def press(self, box: _GroupBox) -> None:
        """Open the page of a group that was last open; folded, offer its pages."""
        box.head.setChecked(any(e.name == self._current for e in box.group.entries))
        if self._folded and box.items:
            self._offer(box)
        else:
            self.chosen.emit(box.last)

    def press_number(self, number: int) -> None:
        """Open the group of this number (1 = the first)."""
        if 1 <= number <= len(self._boxes):
            self.chosen.emit(self._boxes[number - 1].last)

    def mark(self, name: str) -> None:
        """Show which page is open."""
        self._current = name
        self._arrange()

    def set_counts(self, due: Mapping[str, int]) -> None:
        """Show how much is due on each page."""
        for box in self._boxes:
            box.counts(due)

    def toggle(self) -> None:
        """Fold or unfold."""
        self.fold(not self._folded)

    def fold(self, folded: bool) -> None:
        """Show icons alone, or everything."""
        if folded != self._folded:
            self._folded = folded
            self._arrange()
            self.fold_changed.emit(folded)

    def focus(self) -> None:
        """Give the keyboard to the open group."""
        box = next((b for b in self._boxes if b.head.isChecked()), self._boxes[0])
        box.head.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        self.setAccessibleName(_("Pages"))
        self._fold.call(_("Unfold the rail") if self._folded else _("Fold the rail"))
        for box in self._boxes:
            box.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _arrange(self) -> None:
        self.setFixedWidth(tokens.RAIL_FOLDED if self._folded else tokens.RAIL)
        self._office.setVisible(not self._folded)
        self._fold.show_icon("unfold" if self._folded else "fold")
        self._fold.call(_("Unfold the rail") if self._folded else _("Fold the rail"))
        for box in self._boxes:
            box.show_state(self._current, self._folded)

    def _offer(self, box: _GroupBox) -> None:
        menu = QMenu(self)
        for entry in box.group.entries:
            action = menu.addAction(_(entry.label))
            action.triggered.connect(lambda _on=False, name=entry.name: self.chosen.emit(name))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(box.head.mapToGlobal(QPoint(box.head.width(), 0)))
