"""A field in a form: label above, editor, and beneath it what helps or what is wrong."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from privdesk.core.i18n import _
from privdesk.ui.form.editor import Editor, Unclear
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import PlainLabel, column, row


class FieldBox(QWidget):
    """Label, required dot, editor, help, and the error in words when there is one."""

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = editor.field
        self.editor = editor
        self.label = PlainLabel("", "label")
        self.dot = PlainLabel("•", "error")
        self.dot.setVisible(self.field.required)
        self.help = PlainLabel("", "caption", wrap=True)
        self.error = PlainLabel("", "error", wrap=True)
        self.help.hide()
        self.error.hide()
        self._kept = False  # a value that is there and not shown
        self._refused = False  # by the service, which knows more than the field
        head = row(None, self.label, self.dot, None, gap=4)
        column(self, head, editor, self.error, self.help, None, gap=4)
        if any(choice.help for choice in self.field.choices):
            editor.changed.connect(self._show_help)
        on_language(self, self._speak)

    def _speak(self) -> None:
        name = _(self.field.label)
        self.label.setText(name)
        self.dot.setToolTip(_("Required"))
        spoken = f"{name}, {_('required')}" if self.field.required else name
        self.editor.name_for_speech(spoken)
        self._show_help()

    def _show_help(self) -> None:
        says = _("Stays as it is unless you type a new one.") if self._kept else ""
        text = " ".join(t for t in (_(self._helping()), says) if t)
        self.help.setText(text)
        self.help.setVisible(bool(text) and self.error.isHidden())

    def _helping(self) -> str:
        """Return what helps: the words of the choice made, where it has any."""
        chosen = self.field.choice(str(self.editor.raw())) if self.field.choices else None
        return chosen.help if chosen is not None and chosen.help else self.field.help

    def keep_hidden(self, masked: str) -> None:
        """Say that there is a value which is not shown."""
        self._kept = True
        self.editor.set_hidden_value(masked)
        self._show_help()

    def value(self) -> object:
        """Return the value; shows what is wrong and raises ``Unclear`` when there is none."""
        try:
            value = self.editor.value()
            self._judge(value)
        except Unclear as why:
            self.fault(str(why))
            raise
        self.fault("")
        return value

    def _judge(self, value: object) -> None:
        if value is None or value == "":
            if self.field.required and not self._kept:
                raise Unclear(_("This has to be filled in."))
            return
        cause = self.field.check(value) if self.field.check else None
        if cause:
            raise Unclear(_(cause))

    def look_again(self) -> None:
        """Say what is wrong with what was typed; an empty field is left in peace till Save."""
        if self._refused:
            return
        try:
            value = self.editor.value()
            if value is not None:
                self._judge(value)
        except Unclear as why:
            self.fault(str(why))
        else:
            self.fault("")

    def forgive(self) -> None:
        """Take the error away while somebody types."""
        self._refused = False
        if self.error.text():
            self.fault("")

    def refuse(self, sentence: str) -> None:
        """Show the service's reason; it stays until something else is typed."""
        self._refused = True
        self.fault(sentence)

    def fault(self, sentence: str) -> None:
        """Show an error beneath the editor; an empty one takes it away."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        self._show_help()
        target = self.editor.focusProxy() or self.editor
        target.setAccessibleDescription(sentence or self.help.text())
        target.setProperty("wrong", bool(sentence))
        target.style().unpolish(target)
        target.style().polish(target)
