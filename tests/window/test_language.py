"""The language changes live on every page, and nothing English is left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

from privdesk.core import system
from privdesk.core.i18n import words
from privdesk.flows.told import OBJECTION
from privdesk.ui.theme import LANGUAGE_NAMES
from tests.desks import ALICE, BORA
from tests.particles import both_forms
from tests.window.rooms import PURPOSE, WHO, Room, entries

# What people wrote, and what has no Korean: names, units, keys, forms of numbers.
DATA = (
    *(name for name, _passphrase in WHO.values()),
    *LANGUAGE_NAMES.values(),
    *(system.account(), system.workstation()),
    *(BORA, ALICE, PURPOSE, "Haneul Parcel", "Web shop", "Customers", "This vault"),
    *("privdesk", "YYYY-MM-DD", "Ctrl", "Shift", "Enter", "Esc", "Alt", "Del", "Home", "End"),
    OBJECTION,  # a text of letters: each language has its own line among the rules
    *("PDF", "CSV", "XLSX", "JSON", "QR", "KiB", "MiB", "PIPA", "Tab", "PgUp", "PgDn"),
)
CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QTextEdit)
ENGLISH = re.compile(r"[A-Za-z]{3,}")
CODES = re.compile(r"\b[A-Z]-[0-9A-Z]+\b|\b[SD]\d[\w.①-⑳]*|/\S+|\S+@\S+|\S+\.\w{3,}")


def said(root: QWidget) -> Iterator[str]:
    """Yield every text that can be read on a page now."""
    for widget in (root, *root.findChildren(QWidget)):
        if not widget.isVisibleTo(root):
            continue
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        elif isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(at) for at in range(widget.count()))
        elif isinstance(widget, QTabBar):
            yield from (widget.tabText(at) for at in range(widget.count()))
        elif isinstance(widget, QAbstractItemView):
            yield from _heads(widget.model())
        yield widget.toolTip()
        yield widget.accessibleName()


def _heads(model: QAbstractItemModel | None) -> Iterator[str]:
    if model is not None:
        across = Qt.Orientation.Horizontal
        yield from (str(model.headerData(at, across) or "") for at in range(model.columnCount()))


def _written_on(control: QWidget) -> str:
    return control.text() if isinstance(control, QAbstractButton) else ""


def english_in(text: str) -> bool:
    """Whether a text holds an English word that is not data."""
    for known in DATA:
        text = text.replace(known, "")
    return bool(ENGLISH.search(CODES.sub("", text)))


def left_over(page: QWidget) -> set[str]:
    """Return what no Korean page may show: English, or a particle in both its forms."""
    return {text for text in said(page) if english_in(text) or both_forms(text)}


@pytest.mark.parametrize("role", ["officer", "manager"])
def test_no_english_is_left_on_any_page_after_the_switch(
    room: Room, office: Path, role: str
) -> None:
    shell = room.enter(office, role)
    for name in entries(shell):
        room.open(name)

    shell.speak("ko")
    room.settle()

    found = {}
    for name in entries(shell):
        page = room.open(name)
        if english := left_over(page):
            found[name] = english
    assert not found
    assert not left_over(shell.rail)
    assert not left_over(shell.top)
    assert not left_over(shell.status)


def test_every_control_of_every_page_can_be_spoken(room: Room, office: Path) -> None:
    shell = room.enter(office)

    nameless = {}
    for name in entries(shell):
        room.open(name)
        found = [
            type(control).__name__
            for control in shell.findChildren(QWidget)
            if isinstance(control, CONTROLS)
            and control.isVisible()
            and control.focusPolicy() != Qt.FocusPolicy.NoFocus
            and not isinstance(control.parent(), QAbstractSpinBox | QComboBox)
            and not (control.accessibleName() or _written_on(control))
        ]
        if found:
            nameless[name] = found
    assert nameless == {}


def test_pages_made_in_korean_turn_english_again(room: Room, office: Path) -> None:
    shell = room.enter(office)
    shell.speak("ko")
    for name in entries(shell):
        room.open(name)

    shell.speak("en")
    room.settle()

    hangul = re.compile("[가-힣]{2,}")
    for name in entries(shell):
        page = room.open(name)
        korean = {text for text in said(page) if hangul.search(_bare(text))}
        assert not korean, name


def _bare(text: str) -> str:
    """Return a text without the Korean that English pages show."""
    return text.replace("한국어", "").replace(words("ko")(OBJECTION), "")


def test_the_front_pages_change_too(room: Room, office: Path) -> None:
    start = room.session.show_start()
    room.session.theme.speak("ko")
    room.settle()
    assert not left_over(start)

    unlock = room.session.show_unlock(office)
    room.settle()
    assert not left_over(unlock)


def test_dialogs_of_the_office_speak_korean(room: Room, office: Path) -> None:
    shell = room.enter(office)
    shell.speak("ko")
    officers, safety = room.open("officers"), room.open("safety")
    member = next(one for one in officers.known.members if one.managed)
    copy = safety.stand.copies[0]

    for page, ask in (
        (officers, officers.ask_add),
        (officers, officers.ask_own),
        (officers, lambda: officers.ask_role(member)),
        (officers, lambda: officers.ask_reset(member)),
        (officers, lambda: officers.ask_remove(member)),
        (safety, safety.ask_issue),
        (safety, lambda: safety.ask_confirm(copy)),
        (safety, lambda: safety.ask_lost(copy)),
        (safety, safety.ask_change),
    ):
        ask()
        assert not left_over(page.dialog), page.dialog.heading.text()
        page.dialog.reject()
