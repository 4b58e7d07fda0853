"""Above the table: filter line, Filter, count, views, columns, what else, and New."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal

from privdesk.core.i18n import _, ngettext
from privdesk.core.register import Register
from privdesk.ui import fonts, tokens
from privdesk.ui.table.cells import new_words
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import (
    IconButton,
    PlainLabel,
    Plane,
    SearchBox,
    button,
    primary_button,
    row,
)

_PAUSE_MS = 160
_NARROWEST, _WIDEST = 150, 260  # the search line


class Toolbar(Plane):
    """The tools of a list; the page connects them."""

    text_changed = Signal(str)  # after a short pause
    new_asked = Signal()

    def __init__(self, register: Register, *, writes: bool) -> None:
        super().__init__("surface")
        self._register = register
        self._counts: tuple[int, int] | None = None
        self.search = SearchBox("Ctrl+F")
        self.search.setMinimumWidth(_NARROWEST)
        self.search.setMaximumWidth(_WIDEST)
        self.filter = button("", icon="filter")
        self.count = PlainLabel("", "muted")
        self.count.setFont(fonts.font(tokens.BODY, tabular=True))
        self.views = IconButton("pin", "")
        self.columns = IconButton("columns", "")
        self.more = IconButton("more", "")
        self.new = primary_button("", self.new_asked.emit, icon="plus", tip="Ctrl+N")
        self._may_add = writes and register.creatable
        self.show_new(on=True)
        tools = (self.views, self.columns, self.more)
        row(
            self, self.search, self.filter, None, self.count, 4, *tools, 4, self.new, margin=(16, 8)
        )
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.text_changed.emit(self.text))
        self.search.typed.connect(lambda _text: self._pause.start())
        for tool in tools:
            tool.setPopupMode(tool.ToolButtonPopupMode.InstantPopup)
        on_language(self, self._speak)

    @property
    def text(self) -> str:
        """Return what is searched for."""
        return self.search.line.text().strip()

    def show_new(self, *, on: bool) -> None:
        """Show New, unless the empty page offers it."""
        self.new.setVisible(on and self._may_add)

    def clear_text(self) -> None:
        """Search for nothing, at once."""
        self.search.line.clear()
        self._pause.stop()

    def show_count(self, count: int, total: int) -> None:
        """Show how many records match, of how many."""
        self._counts = (count, total)
        if count == total:
            self.count.setText(ngettext("{n} record", "{n} records", total))
        else:
            words = _("{count} of {total}")
            self.count.setText(words.format(count=f"{count:,}", total=f"{total:,}"))
        self.count.setAccessibleName(f"{_('Records')}: {self.count.text()}")

    def _speak(self) -> None:
        self.search.tell(_("Filter this list"))
        self.filter.setText(_("Filter"))
        self.views.call(_("Saved views"))
        self.columns.call(_("Columns"))
        self.more.call(_("More"))
        self.new.setText(new_words(self._register))
        if self._counts:
            self.show_count(*self._counts)
