import threading
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from privdesk.core.errors import DomainError
from privdesk.ui.crash import CrashReports, describe
from privdesk.ui.progress import Cancelled, Progress
from privdesk.ui.tasks import Priority, Tasks


class VaultLockedError(DomainError):
    """The vault is locked."""


def refuse() -> None:
    raise VaultLockedError


def stumble() -> None:
    raise ZeroDivisionError("김서연 divided by nobody")


def test_the_answer_comes_back_on_the_screen_thread(qtbot: QtBot, tasks: Tasks) -> None:
    owner = QObject()
    seen: list[Any] = []

    tasks.run(
        owner,
        lambda: threading.current_thread().name,
        done=lambda where: seen.append((where, threading.current_thread().name)),
    )

    qtbot.waitUntil(lambda: seen == [("database", "MainThread")])


def test_a_refusal_goes_to_failed(qtbot: QtBot, tasks: Tasks) -> None:
    owner = QObject()
    seen: list[Any] = []

    tasks.run(owner, refuse, done=seen.append, failed=seen.append)

    qtbot.waitUntil(lambda: len(seen) == 1)
    assert seen[0].sentence() == "The vault is locked."


def test_what_the_screen_waits_for_goes_first(qtbot: QtBot, tasks: Tasks) -> None:
    owner, gate = QObject(), threading.Event()
    order: list[str] = []
    tasks.run(owner, gate.wait)

    tasks.run(owner, lambda: "count", done=order.append, priority=Priority.BACKGROUND)
    tasks.run(owner, lambda: "page", done=order.append)
    gate.set()

    qtbot.waitUntil(lambda: order == ["page", "count"])


def test_a_closed_page_gets_no_answer(qtbot: QtBot, tasks: Tasks) -> None:
    page, other, gate = QWidget(), QObject(), threading.Event()
    seen: list[Any] = []
    qtbot.addWidget(page)
    page.show()
    tasks.run(page, gate.wait, done=seen.append)
    tasks.run(other, lambda: "other", done=seen.append)

    page.close()
    gate.set()

    qtbot.waitUntil(lambda: seen == ["other"])


def test_a_destroyed_page_gets_no_answer(qtbot: QtBot, tasks: Tasks) -> None:
    page, other, gate = QWidget(), QObject(), threading.Event()
    seen: list[Any] = []
    tasks.run(page, gate.wait, done=seen.append)
    tasks.run(other, lambda: "other", done=seen.append)

    page.deleteLater()
    QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)
    gate.set()

    qtbot.waitUntil(lambda: seen == ["other"])


def test_only_the_latest_search_is_answered(qtbot: QtBot, tasks: Tasks) -> None:
    page, gate = QObject(), threading.Event()
    seen: list[str] = []
    begun: list[str] = []
    tasks.run(page, gate.wait)

    def find(text: str) -> str:
        begun.append(text)
        return text

    for text in ("ㄱ", "기", "김"):
        tasks.run(page, partial(find, text), done=seen.append, latest="find")
    gate.set()

    qtbot.waitUntil(lambda: bool(seen))
    assert seen == begun == ["김"]


def test_a_bug_becomes_one_sentence_and_a_report_without_personal_data(
    qtbot: QtBot, tmp_path: Path
) -> None:
    runner, owner = Tasks(CrashReports(tmp_path).record), QObject()
    seen: list[Any] = []

    runner.run(owner, stumble, failed=seen.append)

    qtbot.waitUntil(lambda: len(seen) == 1)
    runner.close()
    (report,) = tmp_path.glob("crash-*.txt")
    assert "ZeroDivisionError" in seen[0].sentence()
    assert report.name in seen[0].sentence()
    text = report.read_text(encoding="utf-8")
    assert "builtins.ZeroDivisionError" in text
    assert "test_tasks.py" in text
    assert "stumble" in text
    assert "김서연" not in text


def test_a_bug_that_nobody_waits_for_is_announced(qtbot: QtBot, tmp_path: Path) -> None:
    runner = Tasks(CrashReports(tmp_path).record)

    with qtbot.waitSignal(runner.bug):
        runner.run(QObject(), stumble)

    runner.close()


def test_a_report_names_the_causes_too() -> None:
    try:
        try:
            stumble()
        except ZeroDivisionError as error:
            raise KeyError("이도윤") from error
    except KeyError as error:
        text = describe(error)
    assert "KeyError" in text
    assert "ZeroDivisionError" in text
    assert "이도윤" not in text


def test_an_unwritable_folder_still_gives_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    told = CrashReports(tmp_path / "file").record(ValueError("x"))

    assert "could not be written" in told.sentence()


def test_long_work_says_where_it_stands(qtbot: QtBot, tasks: Tasks) -> None:
    owner, half, gate = QObject(), threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        progress.stage("Sealing", 10)
        progress.at(5)
        half.set()
        gate.wait()

    with qtbot.waitSignal(tasks.long_ended):
        progress = tasks.long(owner, work, title="Import")
        assert half.wait(5)
        assert progress.stand.stage == "Sealing"
        assert progress.stand.fraction == 0.5
        gate.set()


def test_cancelled_work_ends_with_a_sentence(qtbot: QtBot, tasks: Tasks) -> None:
    owner, begun = QObject(), threading.Event()
    seen: list[Any] = []

    def work(progress: Progress) -> None:
        progress.stage("Sealing", 10)
        begun.set()
        while True:
            progress.step(0)

    progress = tasks.long(owner, work, title="Import", failed=seen.append)
    assert begun.wait(5)
    progress.stop()

    qtbot.waitUntil(lambda: len(seen) == 1)
    assert isinstance(seen[0], Cancelled)


def test_work_cannot_be_stopped_after_the_point_of_no_return() -> None:
    progress = Progress()
    progress.stage("Dropping keys", 3)
    progress.no_return()

    progress.stop()
    progress.step()

    assert not progress.stopping
    assert progress.stand.done == 1


def test_the_point_of_no_return_is_the_last_chance_to_stop() -> None:
    progress = Progress()
    progress.stop()

    with pytest.raises(Cancelled):
        progress.no_return()


def test_the_bar_goes_although_the_page_was_closed(qtbot: QtBot, tasks: Tasks) -> None:
    page, gate = QWidget(), threading.Event()
    qtbot.addWidget(page)
    page.show()
    tasks.long(page, lambda _progress: gate.wait(), title="Import")

    page.close()

    with qtbot.waitSignal(tasks.long_ended):
        gate.set()


def test_nothing_is_begun_after_the_last_work(qtbot: QtBot, tasks: Tasks) -> None:
    done: list[str] = []
    begin = threading.Event()
    owner = QObject()
    tasks.run(owner, begin.wait)
    waiting = tasks.run(owner, partial(done.append, "waiting"))

    tasks.finish(partial(done.append, "last"), partial(done.append, "then"))
    late = tasks.run(owner, partial(done.append, "late"))
    begin.set()

    qtbot.waitUntil(lambda: done == ["last", "then"])
    assert waiting.dropped
    assert late.dropped
    assert tasks.open_tickets == 0


def test_closing_waits_for_the_last_work(tasks: Tasks) -> None:
    done: list[str] = []

    tasks.close(partial(done.append, "last"))

    assert done == ["last"]
