"""Editors of links: type part of a name or a number, pick the record from what is offered."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from privdesk.core import references
from privdesk.core.fields import Field
from privdesk.core.i18n import _
from privdesk.ui.form.editor import Editor, Raw, Unclear
from privdesk.ui.form.lookup import Found, Lookup
from privdesk.ui.form.parsing import parse
from privdesk.ui.widgets import Plane, column, row

_PAUSE_MS = 120  # after the last key before the register is asked
_LINE, _SHOWN_AT_ONCE = 30, 4
_REF = Qt.ItemDataRole.UserRole
_WITHIN = Qt.ShortcutContext.WidgetWithChildrenShortcut


class LinkEditor(Editor):
    """One record of another register; the value is its reference."""

    def __init__(self, field: Field, lookup: Lookup, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._lookup = lookup
        self._ref = ""
        self.line = QLineEdit()
        self.offers = QStandardItemModel(self)
        self._completer = QCompleter(self.offers, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.activated[QModelIndex].connect(self._picked)  # type: ignore[index]
        popup = self._completer.popup()
        if popup is not None:
            popup.setProperty("plane", "float")
        self.line.setCompleter(self._completer)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.line.textEdited.connect(self._edited)
        self.line.editingFinished.connect(self._settle)
        self.hold(self.line)
        self.retranslate()

    @property
    def chosen(self) -> bool:
        """Whether a record has been picked."""
        return bool(self._ref)

    def raw(self) -> Raw:
        """Return the reference, or what was typed while it is none yet."""
        return self._ref or self.line.text()

    def set_raw(self, raw: Raw) -> None:
        """Put back a reference; its title follows when the register has answered."""
        text = str(raw)
        self.line.setText(text)
        self._ref = ""
        if text:
            self._lookup.name(self, text, self._named, lambda _error: None)

    def value(self) -> object:
        """Return the reference, or the name of a record that may be new."""
        text = self.line.text().strip()
        if not text:
            return None
        if self._ref:
            return self._ref
        if not self.field.may_be_new or _is_number(text.rpartition(" · ")[2]):
            raise Unclear(_("Choose a record from the list."))
        return parse(Field(self.field.name, self.field.label), text)

    def set_value(self, value: object) -> None:
        """Show the record of a reference."""
        self._show(Found(str(value), str(value))) if value else self.clear()
        if value:
            self._lookup.name(self, str(value), self._named, lambda _error: None)

    def clear(self) -> None:
        """Point nowhere."""
        self._ref = ""
        self.line.clear()

    def retranslate(self) -> None:
        """Say how a record is found."""
        self.line.setPlaceholderText(_("Type a name or a number"))

    def _edited(self, text: str) -> None:
        self._ref = ""
        self.changed.emit()
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()

    def _search(self) -> None:
        self._lookup.search(self, self.line.text(), self._offer)

    def _offer(self, found: list[Found]) -> None:
        self.offers.clear()
        for record in found:
            item = QStandardItem(record.line)
            item.setData(record.ref, _REF)
            self.offers.appendRow(item)
        if found and self.line.hasFocus():
            self._completer.complete()

    def _picked(self, index: QModelIndex) -> None:
        self._ref = str(index.data(_REF))
        self.changed.emit()
        self.left.emit()

    def _settle(self) -> None:
        """Take a reference that was typed out in full, then let the form look."""
        text = self.line.text().strip()
        if text and not self._ref:
            self._lookup.name(self, text, self._named, lambda _error: self.left.emit())
        else:
            self.left.emit()

    def _named(self, found: Found) -> None:
        self._show(found)
        self.left.emit()

    def _show(self, found: Found) -> None:
        self._ref = found.ref
        self.line.setText(found.line)
        self.line.setCursorPosition(0)


def _is_number(text: str) -> bool:
    """Whether a text is meant as the number of a record, even a mistyped one."""
    try:
        references.parse(text)
    except references.UnknownReferenceError:
        return False
    except references.WrongCheckDigitError:
        return True
    return True


class LinksEditor(Editor):
    """Several records: picked one after the other, taken out with Delete or a double click."""

    def __init__(self, field: Field, lookup: Lookup, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._lookup = lookup
        self.one = LinkEditor(field, lookup)
        self.list = QListWidget()
        self._frame = Plane("card")
        row(self._frame, self.list, margin=1)
        both = QWidget()
        column(both, self.one, self._frame, gap=4)
        self._fit()
        self.hold(both)
        self.setFocusProxy(self.one.line)
        self.one.left.connect(self._take)
        self.list.itemDoubleClicked.connect(self._drop)
        delete = QKeySequence(QKeySequence.StandardKey.Delete)
        QShortcut(delete, self.list, self._drop_current, context=_WITHIN)
        self.retranslate()

    def raw(self) -> Raw:
        """Return the references."""
        return self._refs()

    def _refs(self) -> list[str]:
        return [str(self.list.item(i).data(_REF)) for i in range(self.list.count())]

    def set_raw(self, raw: Raw) -> None:
        """Put back some references."""
        self.list.clear()
        self._fit()
        for ref in raw if isinstance(raw, list) else []:
            self._add(Found(ref, ref))
            self._lookup.name(self, ref, self._name)

    def value(self) -> object:
        """Return the references as a tuple, or None."""
        return tuple(self._refs()) or None

    def set_value(self, value: object) -> None:
        """Show the records of some references."""
        self.set_raw([str(v) for v in value] if isinstance(value, list | tuple) else [])

    def retranslate(self) -> None:
        """Say how one is taken out again."""
        self.list.setToolTip(_("Delete takes a record out of the list."))
        self.list.setAccessibleName(_(self.field.label))

    def _take(self) -> None:
        ref, line = self.one.raw(), self.one.line.text()
        if not self.one.chosen:
            return
        if ref in self._refs():
            self.one.clear()
            return
        self.one.clear()
        self._add(Found(str(ref), line.removesuffix(f" · {ref}")))
        self.changed.emit()
        self.left.emit()

    def _add(self, found: Found) -> None:
        item = QListWidgetItem(found.line)
        item.setData(_REF, found.ref)
        self.list.addItem(item)

        self._fit()

    def _fit(self) -> None:
        """Take the room that the records need, up to some of them; none when there is none."""
        count = self.list.count()
        self._frame.setVisible(bool(count))
        self.list.setFixedHeight(_LINE * min(count, _SHOWN_AT_ONCE) + 4)

    def _name(self, found: Found) -> None:
        for i in range(self.list.count()):
            if self.list.item(i).data(_REF) == found.ref:
                self.list.item(i).setText(found.line)

    def _drop(self, item: QListWidgetItem) -> None:
        self.list.takeItem(self.list.row(item))
        self._fit()
        self.changed.emit()

    def _drop_current(self) -> None:
        if self.list.currentItem() is not None:
            self._drop(self.list.currentItem())
