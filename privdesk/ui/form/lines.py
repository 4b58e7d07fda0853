"""Editors of one typed text: text, names, telephone numbers, addresses, numbers, notes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import _
from privdesk.ui.form.editor import Editor, Raw, Unclear
from privdesk.ui.form.parsing import parse, written

_LONGEST = 4000  # characters of one line; a note may have more
_NOTE_HEIGHT = 88


class LineEditor(Editor):
    """A line; what stands in it is brought to its one form when the focus leaves."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.line = QLineEdit()
        self.line.setMaxLength(_LONGEST)
        self.line.textEdited.connect(lambda _text: self.changed.emit())
        self.line.editingFinished.connect(self._settle)
        if field.kind is Kind.INTEGER:
            self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.hold(self.line)
        self.retranslate()

    def raw(self) -> Raw:
        """Return the text as typed."""
        return self.line.text()

    def set_raw(self, raw: Raw) -> None:
        """Show a text."""
        self.line.setText(str(raw))

    def value(self) -> object:
        """Return the value the text stands for."""
        text = self.line.text().strip()
        return parse(self.field, text) if text else None

    def set_value(self, value: object) -> None:
        """Show a value in its one form."""
        self.line.setText(written(self.field, value))

    def set_hidden_value(self, masked: str) -> None:
        """Show the masked text where a new one can be typed."""
        self.line.setPlaceholderText(masked)

    def retranslate(self) -> None:
        """Say how a date or a number is written."""
        hint = {Kind.DATE: _("YYYY-MM-DD"), Kind.MOMENT: _("YYYY-MM-DD HH:MM")}
        if self.field.kind in hint:
            self.line.setPlaceholderText(hint[self.field.kind])

    def _settle(self) -> None:
        try:
            value = self.value()
        except Unclear:
            self.left.emit()
            return
        if value is not None:
            self.set_value(value)
        self.left.emit()


class NoteEditor(Editor):
    """Several lines; Tab goes on to the next field."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(_NOTE_HEIGHT)
        self.text.textChanged.connect(self.changed.emit)
        self.text.installEventFilter(self)
        self.hold(self.text)

    def raw(self) -> Raw:
        """Return the text as typed."""
        return self.text.toPlainText()

    def set_raw(self, raw: Raw) -> None:
        """Show a text."""
        self.text.setPlainText(str(raw))

    def value(self) -> object:
        """Return the text, or None when it is empty."""
        return self.text.toPlainText().strip() or None

    def set_value(self, value: object) -> None:
        """Show a text."""
        self.text.setPlainText("" if value is None else str(value))

    def set_hidden_value(self, masked: str) -> None:
        """Show the masked text where a new one can be typed."""
        self.text.setPlaceholderText(masked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice the focus going."""
        if event.type() is QEvent.Type.FocusOut:
            self.left.emit()
        return super().eventFilter(watched, event)
