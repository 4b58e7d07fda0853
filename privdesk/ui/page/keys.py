"""The keys of a register's page; Esc, F5 and F6 are the shell's where the page passes them on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from privdesk.ui.page.page import RegisterPage

_WITHIN = Qt.ShortcutContext.WidgetWithChildrenShortcut


def bind(page: RegisterPage) -> None:
    """Bind the keys to the list of a page; an open form has keys of its own."""
    pairs: list[tuple[str, Callable[[], object]]] = [
        ("Ctrl+N", page.new),
        ("F2", page.edit),
        ("Ctrl+F", page.list.tools.search.line.setFocus),
        ("F4", page.ask_reveal),
        ("Ctrl+P", page.offers.printing.ask),
        ("Ctrl+E", page.take_out),
    ]
    for keys, then in pairs:
        _key(page.split, keys, then)
    _key(page.list.table, "Ctrl+C", page.list.copy)
    _key(page.list.table, "Ctrl+V", page.paste)
    _key(page.list.nothing_yet, "Ctrl+V", page.paste)
    for action in page.register.actions:
        if action.key:
            _key(page.split, action.key, partial(page.offers.start, action))


def _key(widget: QWidget, keys: str, then: Callable[[], object]) -> None:
    shortcut = QShortcut(QKeySequence(keys), widget, context=_WITHIN)
    shortcut.activated.connect(lambda: then())
