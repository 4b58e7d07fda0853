"""No widget is ever destroyed on the database thread."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from privdesk.ui.tasks import Tasks
from privdesk.window.sweeping import Sweeper


@pytest.fixture
def sweeper(qtbot: QtBot) -> Iterator[Sweeper]:
    made = Sweeper()
    yield made
    made.stop()


def discarded(died: list[str]) -> None:
    """Leave a widget behind in a cycle, as closures and signals do."""
    widget = QWidget()
    vars(widget)["itself"] = widget
    weakref.finalize(widget, lambda: died.append(threading.current_thread().name))


def busy() -> int:
    """Allocate as much as an import does: plenty for the collector to set in."""
    kept = [[{number: number}] for number in range(60_000)]
    return len(kept)


def test_a_discarded_widget_dies_on_the_screen_thread_while_the_database_works(
    qtbot: QtBot, tasks: Tasks, sweeper: Sweeper
) -> None:
    died: list[str] = []
    begin, ended = threading.Event(), threading.Event()
    owner = QObject()

    def work() -> None:
        begin.wait()
        busy()
        ended.set()

    tasks.run(owner, work)
    discarded(died)

    begin.set()
    assert ended.wait(30)
    assert died == []
    sweeper.sweep_all()

    assert died == ["MainThread"]


def test_young_objects_are_collected_by_the_timer(qtbot: QtBot, sweeper: Sweeper) -> None:
    died: list[str] = []
    discarded(died)
    crowd = [[number] for number in range(5_000)]

    qtbot.waitUntil(lambda: died == ["MainThread"])
    assert len(crowd) == 5_000


def test_python_collects_by_itself_again_once_the_sweeper_has_stopped() -> None:
    sweeper = Sweeper()
    sweeper.settle()
    assert not gc.isenabled()

    sweeper.stop()

    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_what_a_task_held_ends_on_the_screen_thread(qtbot: QtBot, tasks: Tasks) -> None:
    died: list[str] = []
    done: list[object] = []
    owner = QObject()

    def ask() -> None:
        thing = QObject()
        weakref.finalize(thing, lambda: died.append(threading.current_thread().name))
        tasks.run(owner, lambda: str(thing), done=done.append)

    ask()
    qtbot.waitUntil(lambda: len(done) == 1)
    for _round in range(20):
        ask()
    tasks.run(owner, lambda: None, done=done.append)

    qtbot.waitUntil(lambda: len(done) == 22)
    qtbot.waitUntil(lambda: len(died) >= 21)
    assert set(died) == {"MainThread"}
