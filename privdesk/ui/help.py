"""The help: pages in both languages, offline, opened where one stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeySequence,
    QShortcut,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextLength,
    QTextTable,
)
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
    "requests",
    "consents",
    "registers",
    "import",
    "search",
    "purposes",
    "collection-points",
    "wordings",
    "due",
    "figures",
    "calendar",
    "destruction",
    "places",
    "retrievals",
    "processors",
    "access-rights",
    "departures",
    "zones",
    "custody",
    "backup",
    "two-workstations",
    "usb-stick",
    "new-computer",
    "lost-laptop",
    "forgotten-passphrase",
    "burnt-office",
    "roles",
    "journal",
    "papers",
    "pledges",
    "templates",
    "training",
    "audits",
    "safeguards",
    "reports",
    "limits",
)
KEYS = "keys"
_TOLD_BY = {
    "point-items": "collection-points",
    "courses": "training",
    "sessions": "training",
    "attendances": "training",
    "place-inspections": "places",
}  # pages that another one's topic explains


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
        self.list.setProperty("plane", "bare")
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
        self.text.setFocus()
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
        name = _TOLD_BY.get(name, name)
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
    """Give headings, paragraphs and tables the sizes and distances of the desk."""
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _set_table(frame)
    sizes = {1: tokens.TITLE, 2: 16, 3: 14}
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        spacing = block.blockFormat()
        level = spacing.headingLevel()
        spacing.setLineHeight(150, 1)
        inside = cursor.currentTable() is not None
        spacing.setTopMargin(
            {1: 0, 2: 22, 3: 14}.get(level, 0 if block.textList() or inside else 4)
        )
        below = 10 if level else 4 if block.textList() else 0 if inside else 8
        spacing.setBottomMargin(below)
        cursor.setBlockFormat(spacing)
        for start, length, shown in _fragments(block):
            _letter(shown, sizes.get(level, 14), bold=bool(level))
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(shown)
        block = block.next()


def _set_table(table: QTextTable) -> None:
    shape = table.format()
    shape.setBorder(1)
    shape.setBorderCollapse(True)
    shape.setBorderBrush(QColor(shades().line))
    shape.setCellPadding(7)
    shape.setTopMargin(6)
    shape.setBottomMargin(12)
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    table.setFormat(shape)


def _fragments(block: QTextBlock) -> list[tuple[int, int, QTextCharFormat]]:
    found, fragments = [], block.begin()
    while not fragments.atEnd():
        fragment = fragments.fragment()
        found.append((fragment.position(), fragment.length(), fragment.charFormat()))
        fragments += 1
    return found


def _letter(shown: QTextCharFormat, size: int, *, bold: bool) -> None:
    """Set a run of letters in the screen face; keys and commands get a tint."""
    heavy = bold or shown.fontWeight() >= QFont.Weight.Bold
    code = shown.fontFixedPitch()
    italic = shown.fontItalic()
    shown.clearProperty(QTextFormat.Property.FontSizeAdjustment)
    weight = QFont.Weight.DemiBold if heavy or italic else QFont.Weight.Normal
    shown.setFont(fonts.font(size - 1 if code else size, weight))
    if code:
        shown.setBackground(QColor(shades().hover))
    if not shown.isAnchor():
        shown.setForeground(QColor(shades().text))
