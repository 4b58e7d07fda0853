"""The help: pages in both languages, offline, opened where one stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QColor, QFont, QKeySequence, QShortcut, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStackedWidget,
    QTextBrowser,
    QWidget,
)

from privdesk.core.i18n import _, current
from privdesk.core.resources import resource
from privdesk.ui import fonts, tokens
from privdesk.ui.matching import matches
from privdesk.ui.shortcuts import ShortcutSheet
from privdesk.ui.theme import shades
from privdesk.ui.widgets import Plane, SearchBox, column

TOPICS = (
    "start",
    "first-day",
    "unlock",
    "people",
    "registers",
    "import",
    "search",
    "purposes",
    "due",
    "destruction",
    "places",
    "custody",
    "backup",
    "roles",
    "journal",
    "papers",
    "limits",
)
KEYS = "keys"


@dataclass(frozen=True)
class Topic:
    """A page of the help: its name and title, and the text in Markdown."""

    name: str
    title: str
    text: str


def read(name: str, language: str) -> Topic:
    """Return a page; its first line is the title."""
    path: Path = resource("help", language, f"{name}.md")
    text = path.read_text(encoding="utf-8")
    return Topic(name, text.split("\n", 1)[0].lstrip("# ").strip(), text)


def topics(language: str) -> list[Topic]:
    """Return all pages in reading order."""
    return [read(name, language) for name in TOPICS]


class HelpWindow(QDialog):
    """A list of topics, their text, and the sheet of keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.resize(900, 640)
        self._topics: list[Topic] = []
        self._name = TOPICS[0]
        self.search = SearchBox()
        self.list = QListWidget()
        self.list.setSpacing(0)
        self.text = QTextBrowser()
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        self.keys = ShortcutSheet()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.text)
        self.pages.addWidget(self.keys)
        side = Plane("ground")
        column(side, self.search, self.list, gap=8, margin=(10, 12))
        sides = QSplitter()
        sides.addWidget(side)
        sides.addWidget(self.pages)
        sides.setSizes([250, 650])
        sides.setStretchFactor(1, 1)
        column(self, sides)
        self.search.typed.connect(self._filter)
        self.list.currentItemChanged.connect(self._chosen)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self.search.line.setFocus)
        self.retranslate()

    @classmethod
    def open_at(cls, desk: QWidget, topic: str) -> HelpWindow:
        """Show the desk's help window at a topic, making it when there is none."""
        window = desk.findChild(cls) or cls(desk)
        window.show_topic(topic)
        window.show()
        window.raise_()
        window.activateWindow()
        return window

    @property
    def topic(self) -> str:
        """The name of the page shown."""
        return self._name

    def show_topic(self, name: str) -> None:
        """Show a page; an unknown name shows the first."""
        self._name = name if name in (*TOPICS, KEYS) else TOPICS[0]
        self.search.line.clear()
        self._list()
        self._show()

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        self.setWindowTitle(_("Help"))
        self.search.tell(_("Search the help"))
        self.list.setAccessibleName(_("Topics"))
        self.text.setAccessibleName(_("Help text"))
        self._topics = topics(current())
        self._list()
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow look and language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._show()

    def _list(self) -> None:
        typed = self.search.line.text()
        shown = [
            (topic.name, topic.title)
            for topic in self._topics
            if not typed or matches(typed, topic.title) or matches(typed, topic.text)
        ]
        if not typed or matches(typed, _("Keyboard shortcuts")):
            shown.append((KEYS, _("Keyboard shortcuts")))
        self.list.blockSignals(True)
        self.list.clear()
        for name, title in shown:
            item = QListWidgetItem(title)
            item.setData(Qt.ItemDataRole.UserRole, name)
            self.list.addItem(item)
            if name == self._name:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)

    def _filter(self, _typed: str) -> None:
        self._list()
        if self.list.count() and self.list.currentItem() is None:
            self.list.setCurrentRow(0)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._name = str(item.data(Qt.ItemDataRole.UserRole))
            self._show()

    def _show(self) -> None:
        if self._name == KEYS:
            self.pages.setCurrentWidget(self.keys)
            return
        self.pages.setCurrentWidget(self.text)
        topic = next(t for t in self._topics if t.name == self._name)
        document = self.text.document()
        document.setDocumentMargin(28)
        document.setDefaultFont(fonts.font(14))
        self.text.setMarkdown(topic.text)
        _set(document)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _follow(self, url: QUrl) -> None:
        name = url.fileName().removesuffix(".md")
        if name in (*TOPICS, KEYS):
            self.show_topic(name)


def _set(document: QTextDocument) -> None:
    """Give headings and paragraphs the sizes and distances of the desk."""
    sizes = {1: tokens.TITLE, 2: 16, 3: 14}
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        spacing = block.blockFormat()
        level = spacing.headingLevel()
        spacing.setLineHeight(150, 1)
        spacing.setTopMargin({1: 0, 2: 22, 3: 14}.get(level, 0 if block.textList() else 4))
        spacing.setBottomMargin(10 if level else 4 if block.textList() else 8)
        cursor.setBlockFormat(spacing)
        if level:
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            shown = cursor.charFormat()
            face = fonts.font(sizes.get(level, 14), QFont.Weight.DemiBold)
            shown.setFont(face)
            shown.setForeground(QColor(shades().text))
            cursor.mergeCharFormat(shown)
        block = block.next()
