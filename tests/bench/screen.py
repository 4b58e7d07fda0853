"""What is measured with Qt, off the screen: cold start, the desk over a million people.

Loads what the program itself loads and little else: its memory is measured too.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QTimer

from privdesk.core.clock import Clock
from privdesk.flows.opening import open_desk
from privdesk.ui.preferences import PreferencesFile
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import Theme, application, prepare
from privdesk.window.run import Session
from privdesk.window.sweeping import Sweeper
from tests.bench.figures import share
from tests.bench.processes import ROOT, proportional

COLD_ROUNDS = 9
PATIENCE = 60  # seconds
# Each program ends right after its window was painted for the first time. No event filter of the
# application: for widgets of Qt's own it would have all of Qt's classes made.
EMPTY = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, lambda: os._exit(0))
application = QApplication(sys.argv)
window = Window()
window.resize(1180, 760)
window.show()
application.exec()
"""
OURS = """
import os, sys
from privdesk import app
def show(folder, show=app.show):
    def painted(page, event):
        from PySide6.QtCore import QTimer
        QTimer.singleShot(0, lambda: os._exit(0))
    import gc
    gc.disable()  # as the program does before it loads Qt
    from privdesk.ui.unlock import UnlockPage
    UnlockPage.paintEvent = painted
    return show(folder)
app.show = show
app.main([sys.argv[1]])
"""


def start(folder: Path) -> dict[str, Any]:
    """Return milliseconds from nothing to the first paint: the unlock page, an empty window.

    Beside the time on the clock that of the processor, which other programs disturb less.
    """
    vault = str(folder / "office.privdesk")
    programs = {"ours": OURS, "empty": EMPTY}
    spent: dict[str, list[float]] = {name + way: [] for name in programs for way in ("", " cpu")}
    for turn in range(COLD_ROUNDS + 1):
        for name, program in programs.items():
            begun, before = time.perf_counter(), os.times()
            subprocess.run([sys.executable, "-c", program, vault], cwd=ROOT, check=True)
            after = os.times()
            if turn:  # the first time the bytecode is written
                spent[name].append(1e3 * (time.perf_counter() - begun))
                processor = after.children_user - before.children_user
                processor += after.children_system - before.children_system
                spent[name + " cpu"].append(1e3 * processor)
    return {name: statistics.median(values) for name, values in spent.items()}


class Window:
    """The real window over the vault, for ``who`` (name, passphrase), else its first person."""

    def __init__(
        self, folder: Path, who: tuple[str, str] | None = None, clock: Clock | None = None
    ) -> None:
        prepare()
        self.application = application("bench")
        self.sweeper = Sweeper(self.application)
        self.session = Session(
            Theme(self.application, "light", "ko"),
            PreferencesFile(folder / "desk.json"),
            Tasks(),
            lambda _folder: None,
        )
        self.window = self.session.window
        self.window.resize(1180, 760)
        self.window.show()
        self.stood_still = 0.0
        self._beat = time.perf_counter()
        self.timer = QTimer(interval=5)
        self.timer.timeout.connect(self._tick)
        opened: list[Any] = []
        vault = folder / "office.privdesk"
        name, passphrase = who or _first(folder)
        self.session.tasks.run(
            self.window, lambda: open_desk(vault, name, passphrase, clock), done=opened.append
        )
        self.until(lambda: bool(opened))
        self.session.show_desk(opened[0])
        self.settle(1.0)
        self.sweeper.settle()  # as the program does some seconds after its start

    def until(self, holds: Callable[[], object]) -> float:
        """Let the program run until something holds; return the milliseconds."""
        begun = time.perf_counter()
        while not holds():
            QCoreApplication.processEvents()
            time.sleep(0.0005)
            if time.perf_counter() - begun > PATIENCE:
                raise TimeoutError
        return 1e3 * (time.perf_counter() - begun)

    def timed(self, work: Callable[[], object], holds: Callable[[], object]) -> float:
        """Do something on the screen; return the milliseconds until it holds and is painted."""
        begun = time.perf_counter()
        work()
        self.until(holds)
        QCoreApplication.processEvents()
        return 1e3 * (time.perf_counter() - begun)

    def settle(self, seconds: float) -> None:
        """Let everything in hand come to its end."""
        end = time.perf_counter() + seconds
        self.until(lambda: time.perf_counter() > end)

    def watch(self) -> None:
        """Begin to watch how long the screen stands still."""
        self._beat = time.perf_counter()
        self.timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.stood_still = max(self.stood_still, now - self._beat)
        self._beat = now

    def close(self) -> None:
        """Close the vault and the window."""
        desk, self.session.desk = self.session.desk, None
        assert desk is not None
        self.session.tasks.run(self.window, desk.vault.close)
        self.session.tasks.close()


def _first(folder: Path) -> tuple[str, str]:
    """Return name and passphrase of the first person of the vault."""
    told = json.loads((folder / "office.privdesk" / "vault.json").read_bytes())
    return told["people"][0]["name"], (folder / "passphrase").read_text()


def desk(folder: Path) -> dict[str, Any]:
    """Return milliseconds of the table in the real window, its stillness, and the memory."""
    shown = Window(folder)
    found: dict[str, Any] = {}
    begun = time.perf_counter()
    shell: Any = shown.window.page
    page = shell.open("subjects")
    model, table = page.list.model, page.list.table
    shown.until(lambda: model.rowCount() and model.row_at(0) is not None)
    found["open"] = 1e3 * (time.perf_counter() - begun)
    shown.settle(1.0)
    shown.watch()
    sorts = {}
    for name in ("name", "due", "collected"):
        column = [c.name for c in model.columns].index(name)
        before = model.view
        begun = time.perf_counter()
        model.sort(column)
        shown.until(partial(_sorted, model, before))
        sorts[name] = 1e3 * (time.perf_counter() - begun)
        shown.settle(0.5)
    found["sorts"] = sorts
    chance = random.Random(4)
    jumps = []
    for _ in range(60):
        place = chance.randrange(model.rowCount())
        begun = time.perf_counter()
        table.go_to(place)
        shown.until(partial(model.row_at, place))
        jumps.append(1e3 * (time.perf_counter() - begun))
    found["jump"] = share(jumps, 0.95)
    shown.settle(0.5)
    found["still"] = 1e3 * shown.stood_still
    found["mebibytes"] = proportional([os.getpid()])
    shown.close()
    return found


def _sorted(model: Any, before: object) -> bool:
    return model.view is not before and model.row_at(0) is not None


WHAT = {"start": start, "desk": desk}
