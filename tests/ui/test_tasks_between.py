"""Short reads run between the steps of long work; everything else waits for its end."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from privdesk.ui.progress import Progress
from privdesk.ui.tasks import Tasks


class Import:
    """Long work that goes on until it is let go."""

    def __init__(self) -> None:
        self.begun, self.end = threading.Event(), threading.Event()

    def run(self, progress: Progress) -> str:
        self.begun.set()
        while not self.end.wait(0.01):
            progress.between()
        return "imported"


def test_a_short_read_is_answered_while_long_work_goes_on(qtbot: QtBot, tasks: Tasks) -> None:
    owner, work, seen = QObject(), Import(), list[str]()
    tasks.long(owner, work.run, title="Import", done=seen.append)
    work.begun.wait()

    tasks.run(owner, lambda: "edit", done=seen.append)
    tasks.run(owner, lambda: "rows", done=seen.append, between=True)

    qtbot.waitUntil(lambda: seen == ["rows"])
    work.end.set()
    qtbot.waitUntil(lambda: seen == ["rows", "imported", "edit"])
    assert tasks.open_tickets == 0


def test_a_read_dropped_in_time_is_not_even_begun(qtbot: QtBot, tasks: Tasks) -> None:
    owner, work, seen = QObject(), Import(), list[str]()
    gate = threading.Event()
    tasks.run(owner, gate.wait)
    tasks.long(owner, work.run, title="Import", done=seen.append)
    tasks.run(owner, lambda: seen.append("begun"), between=True).drop()
    gate.set()
    work.begun.wait()
    tasks.run(owner, lambda: "later", done=seen.append, between=True)

    qtbot.waitUntil(lambda: seen == ["later"])
    work.end.set()
    qtbot.waitUntil(lambda: tasks.open_tickets == 0)


def test_without_long_work_a_short_read_is_like_any_other(qtbot: QtBot, tasks: Tasks) -> None:
    owner, seen = QObject(), list[str]()

    tasks.run(owner, lambda: "rows", done=seen.append, between=True)

    qtbot.waitUntil(lambda: seen == ["rows"])
    assert tasks.open_tickets == 0
