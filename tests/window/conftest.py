"""The desk's look, a window over a vault, and widgets that go with their test."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from privdesk.ui.theme import Theme
from tests.ui.conftest import dressed, tasks, theme
from tests.ui.sweeping import swept
from tests.window.rooms import Room, make_office

__all__ = ["dressed", "swept", "tasks", "theme"]


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office that each test gets a copy of; its epoch secret lies in ``epochs`` beside it."""
    folder = tmp_path_factory.mktemp("pattern")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PRIVDESK_EPOCH_DIR", str(folder / "epochs"))
        make_office(folder)
    return folder


@pytest.fixture
def office(pattern: Path, account: Path, tmp_path: Path) -> Path:
    """A closed vault with every role, a purpose, a place, a file and a person."""
    shutil.copytree(pattern / "epochs", account / "epochs", dirs_exist_ok=True)
    shutil.copytree(pattern / "out", tmp_path / "out")
    return shutil.copytree(pattern / "office.privdesk", tmp_path / "office.privdesk")


@pytest.fixture
def room(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Room]:
    """The program's window; closed at the end as the program closes it."""
    made = Room(qtbot, theme, tmp_path)
    yield made
    made.close()


@pytest.fixture
def hooks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the interpreter's hooks back after the test."""
    for module, name in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(module, name, getattr(module, name))
