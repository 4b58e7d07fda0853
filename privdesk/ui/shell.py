"""The desk: rail, top bar, pages, status bar, search and the idle lock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _
from privdesk.ui import tokens
from privdesk.ui.case.bar import CaseBar
from privdesk.ui.lockclock import LockClock
from privdesk.ui.longbar import LongBar
from privdesk.ui.palette import CommandPalette, Line, line_of
from privdesk.ui.parts import Command, Entry, Finder, Found, Group, Officer, Status
from privdesk.ui.rail import Rail
from privdesk.ui.statusbar import StatusBar
from privdesk.ui.tasks import Priority, Tasks
from privdesk.ui.theme import Theme
from privdesk.ui.topbar import TopBar
from privdesk.ui.widgets import FlashLine, column, row

_NARROW = 1240  # below this width the rail folds by itself
_HISTORY = 50


class Shell(QWidget):
    """Holds the pages; each is made when it is first shown and kept.

    ``lock`` replaces the process. ``status`` runs on the database thread.
    """

    def __init__(
        self,
        groups: Sequence[Group],
        *,
        tasks: Tasks,
        theme: Theme,
        officer: Officer,
        office: str = "",
        lock: Callable[[], object],
        finder: Finder | None = None,
        commands: Sequence[Command] = (),
        status: Callable[[], Status] | None = None,
        idle_minutes: int = 10,
    ) -> None:
        super().__init__()
        self.setProperty("plane", "ground")
        self._groups, self._tasks, self._theme = groups, tasks, theme
        self._lock, self._finder, self._status = lock, finder, status
        self._own_commands = tuple(commands)
        self._pages: dict[str, QWidget] = {}
        self._past: list[str] = []
        self._current = ""
        self.rail = Rail(groups, office)
        self.top = TopBar(officer)
        self.status = StatusBar()
        self.stack = QStackedWidget()
        self.long = LongBar(tasks)
        self.case = CaseBar()
        self.clock = LockClock(idle_minutes, parent=self)
        self.status.set_minutes(idle_minutes)
        desk = QWidget()
        column(desk, self.top, self.case, self.stack, self.long, gap=0)
        desk.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column(self, row(None, self.rail, desk, gap=0), self.status, gap=0)
        self.flash = FlashLine(self.stack)
        self.palette_list = CommandPalette(self)
        self._connect()
        self._keys()

    def start(self) -> None:
        """Open the first page and begin to count down to the lock."""
        first = next((e.name for g in self._groups for e in g.entries), "")
        self.open(first)
        self.refresh_counts()
        self.refresh_status()
        self.clock.watch(self.window().windowHandle())
        self.clock.start()

    def page(self, name: str) -> QWidget | None:
        """Return a page that was shown before."""
        return self._pages.get(name)

    def pages(self) -> dict[str, QWidget]:
        """Return the pages made so far by name."""
        return dict(self._pages)

    @property
    def current(self) -> str:
        """The name of the open page."""
        return self._current

    def open(self, name: str, ref: str = "") -> QWidget | None:
        """Show a page, at a record if ``ref`` is given; None when it does not exist or stays."""
        entry = self.rail.entry(name)
        if entry is None or (name != self._current and not self._may_leave()):
            self.rail.mark(self._current)
            return None
        page = self._made(entry)
        if name != self._current:
            self._past = [*self._past, self._current][-_HISTORY:] if self._current else []
            self._current = name
            self.stack.setCurrentWidget(page)
            self.rail.mark(name)
            self.top.title.setText(_(entry.label))
            _ask(page, "activated")
        if ref:
            _ask(page, "open_ref", ref)
        return page

    def go_back(self) -> None:
        """Ask the page to step back; where it has nothing to step back from, the page before."""
        page = self.stack.currentWidget()
        if page is not None and _ask(page, "back"):
            return
        if self._past:
            before = self._past.pop()
            kept = list(self._past)
            self.open(before)
            self._past = kept

    def refresh(self) -> None:
        """Ask the page, the counts and the status bar to look again (F5)."""
        self.refresh_page()
        self.refresh_counts()
        self.refresh_status()

    def refresh_page(self) -> None:
        """Ask the page to look again, after something around it changed what it shows."""
        page = self.stack.currentWidget()
        if page is not None:
            _ask(page, "refresh")

    def _settle(self) -> None:
        """After long work: the clock runs on, counts and status bar show what it has changed."""
        self.clock.hold(False)
        self.refresh_counts()
        self.refresh_status()

    def refresh_counts(self) -> None:
        """Count again what is due on each page."""
        due = {e.name: e.due for g in self._groups for e in g.entries if e.due is not None}
        if due:
            self._tasks.run(
                self,
                lambda: {name: count() for name, count in due.items()},
                done=self.rail.set_counts,
                priority=Priority.BACKGROUND,
                latest="counts",
            )

    def refresh_status(self) -> None:
        """Ask again for what the status bar shows."""
        if self._status is not None:
            self._tasks.run(
                self,
                self._status,
                done=self.status.show_status,
                priority=Priority.BACKGROUND,
                latest="status",
            )

    def tell(self, sentence: str, tone: str = "kept") -> None:
        """Say what just happened."""
        self.flash.tell(sentence, tone)

    def refuse(self, error: DomainError) -> None:
        """Say why something was refused."""
        self.flash.refuse(error)

    def set_idle_minutes(self, minutes: int) -> None:
        """Change after how many idle minutes the desk locks."""
        self.clock.set_minutes(minutes)
        self.status.set_minutes(minutes)

    def lock(self) -> None:
        """Lock now."""
        self.clock.stop()
        self._lock()

    def speak(self, language: str) -> None:
        """Change the language of the screen."""
        self._theme.speak(language)

    def wear(self, look: str) -> None:
        """Change to ``system``, ``light`` or ``dark``."""
        self._theme.wear(look)
        self.top.set_look(look)

    def help(self, topic: str = "") -> None:
        """Open the help where one stands, or at a topic."""
        from privdesk.ui.help import HelpWindow

        page = self.stack.currentWidget()
        wanted = topic or str(getattr(page, "help_topic", "") or "start")
        HelpWindow.open_at(self, wanted)

    def commands(self) -> list[Command]:
        """Return all that can be called by name: pages, what the app added, the desk's own."""
        pages = [
            Command(entry.label, partial(self.open, entry.name), icon=group.icon)
            for group in self._groups
            for entry in group.entries
        ]
        return [
            *self._own_commands,
            *pages,
            Command(N_("Lock the desk"), self.lock, "Ctrl+L", "lock"),
            Command(N_("Switch to Korean"), lambda: self.speak("ko"), icon="globe"),
            Command(N_("Switch to English"), lambda: self.speak("en"), icon="globe"),
            Command(N_("Light look"), lambda: self.wear("light"), icon="sun"),
            Command(N_("Dark look"), lambda: self.wear("dark"), icon="moon"),
            Command(N_("Help"), self.help, "F1", "help"),
            Command(N_("Keyboard shortcuts"), lambda: self.help("keys"), "Ctrl+F1", "keyboard"),
        ]

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        entry = self.rail.entry(self._current)
        self.top.title.setText(_(entry.label) if entry else "")

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Esc, F5 and F6 where nothing on the page wanted them."""
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        elif event.key() == Qt.Key.Key_F5:
            self.refresh()
        elif event.key() == Qt.Key.Key_F6:
            self.rail.focus()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the rail where the window is narrow."""
        super().resizeEvent(event)
        was, now = event.oldSize().width() >= _NARROW, event.size().width() >= _NARROW
        if was != now or event.oldSize().width() < 0:
            self.rail.fold(not now)
        if not self.palette_list.isHidden():
            self._place_palette()

    def _connect(self) -> None:
        self.rail.chosen.connect(self._chosen)
        self.clock.ticked.connect(self.top.show_left)
        self.clock.expired.connect(self.lock)
        self.top.lock_asked.connect(self.lock)
        self.top.help_asked.connect(self._help_here)
        self.top.keys_asked.connect(lambda: self.help("keys"))
        self.top.language_asked.connect(self.speak)
        self.top.look_asked.connect(self.wear)
        self.top.set_look(self._theme.look)
        self.top.search.typed.connect(self._search)
        self.top.search.steered.connect(self.palette_list.steer)
        self.top.search.focused.connect(self._search_focused)
        self.palette_list.left.connect(self._leave_search)
        self._tasks.long_started.connect(lambda _work: self.clock.hold(True))
        self._tasks.long_ended.connect(self._settle)
        self._tasks.bug.connect(self.refuse)

    def _keys(self) -> None:
        keys: list[tuple[str, Callable[[], object]]] = [
            ("Ctrl+K", self._focus_search),
            ("Ctrl+L", self.lock),
            ("F1", self._help_here),
            ("Ctrl+F1", lambda: self.help("keys")),
        ]
        keys += [(f"Ctrl+{n}", partial(self.rail.press_number, n)) for n in range(1, 10)]
        for sequence, then in keys:
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.activated.connect(then)

    def _made(self, entry: Entry) -> QWidget:
        page = self._pages.get(entry.name)
        if page is None:
            page = self._pages[entry.name] = entry.make()
            self.stack.addWidget(page)
        return page

    def _may_leave(self) -> bool:
        page = self.stack.currentWidget()
        return page is None or _ask(page, "leave") is not False

    def _chosen(self, name: str) -> None:
        self.open(name)

    def _help_here(self) -> None:
        self.help()

    @Slot()
    def _focus_search(self) -> None:
        self.top.search.line.selectAll()
        self.top.search.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _search_focused(self, on: bool) -> None:
        if on:
            self._search(self.top.search.line.text())
        else:
            self.palette_list.hide()

    def _search(self, typed: str) -> None:
        if not self.top.search.line.hasFocus():
            return
        typed = typed.strip()
        self.palette_list.set_commands(self.commands())
        if self._finder is None or not typed:
            self._offer(typed, [])
            return
        finder = self._finder
        self._tasks.run(
            self,
            lambda: finder.find(typed),
            done=lambda found: self._offer(typed, found),
            failed=self.refuse,
            latest="find",
            between=True,
        )

    def _offer(self, typed: str, found: Sequence[Found]) -> None:
        if not self.top.search.line.hasFocus():
            return
        self.palette_list.offer(typed, [self._line(hit, found) for hit in found])
        self._place_palette()
        self.palette_list.show()
        self.palette_list.raise_()

    def _line(self, hit: Found, found: Sequence[Found]) -> Line:
        entry, finder = self.rail.entry(hit.register), self._finder

        def go() -> object:
            if finder is not None and hit.ref:
                self._tasks.run(self, lambda: finder.settled(found), failed=self.refuse)
            return hit.go() if hit.go else self.open(hit.register, hit.ref)

        return line_of(hit, _(entry.label) if entry else "", go)

    def _place_palette(self) -> None:
        box = self.top.search
        corner = box.mapTo(self, box.rect().bottomLeft())
        width = max(box.width(), 480)
        left = min(corner.x(), self.width() - width - 8)
        self.palette_list.fit(left, corner.y() + 5, width, self.height() - tokens.TOPBAR - 60)

    def _leave_search(self) -> None:
        self.palette_list.hide()
        self.top.search.line.clear()
        page = self.stack.currentWidget()
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)


def _ask(page: QWidget, what: str, *arguments: str) -> object:
    """Call what a page may have (see ``parts.Entry``)."""
    method = getattr(page, what, None)
    return method(*arguments) if callable(method) else None
