"""The menus of a page: of a row, of the list, of what can be printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from privdesk.core.i18n import _
from privdesk.core.register import Action, Document, Register, Row

Issue = Callable[[Document], object]


def add_actions(menu: QMenu, actions: Iterable[Action], start: Callable[[Action], object]) -> None:
    """Put a register's actions into a menu; those that ask first end in dots."""
    for action in actions:
        dots = "…" if action.asks or action.danger or action.paper else ""
        entry = menu.addAction(f"{_(action.label)}{dots}", partial(start, action))
        entry.setToolTip(_(action.help))
        if action.key:
            entry.setText(f"{entry.text()}\t{action.key}")


def next_step(
    register: Register,
    record: Row,
    actions: Iterable[Action],
    start: Callable[[Action], object],
    parent: QWidget,
) -> QAction | None:
    """Return what a record waits for, the first of the actions that fit; nothing once it ended."""
    state = register.state(record.state)
    found = next((action for action in actions if action.is_next(record)), None)
    if found is None or (state is not None and state.ended):
        return None
    dots = "…" if found.asks or found.paper or found.plan else ""
    step = QAction(f"{_(found.label)}{dots}", parent)
    step.setToolTip(_(found.help))
    step.triggered.connect(lambda _on=False: start(found))
    return step


def add_papers(menu: QMenu, documents: Iterable[Document], issue: Issue) -> None:
    """Put papers into a menu."""
    for document in documents:
        words = f"{document.code.upper()}  {_(document.label)}"
        menu.addAction(words, partial(issue, document))


def papers_of(register: Register, record: Row | None = None) -> tuple[Document, ...]:
    """Return the papers that fit a record; without one those of the list."""
    if record is None:
        return tuple(d for d in register.documents if d.of_list)
    return tuple(d for d in register.documents if not d.of_list and d.fits(record))


def entry(
    parent: QWidget, text: str, keys: str, then: Callable[[], object], *, on: bool = True
) -> QAction:
    """Return a line of a menu that shows its keys without binding them a second time."""
    action = QAction(f"{text}\t{keys}" if keys else text, parent)
    action.triggered.connect(lambda _on=False: then())
    action.setEnabled(on)
    return action


def emptied(menu: QMenu) -> None:
    """Take everything out of a menu that is filled each time it opens."""
    menu.clear()
    for below in menu.findChildren(QMenu):
        below.deleteLater()
