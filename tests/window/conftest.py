"""The desk's look, a window over a vault, and widgets that go with their test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from privdesk.ui.theme import Theme
from tests.ui.conftest import dressed, tasks, theme
from tests.ui.sweeping import swept
from tests.window.rooms import Room, make_office

__all__ = ["dressed", "swept", "tasks", "theme"]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A closed vault with every role, a purpose, a place, a file and a person."""
    return make_office(tmp_path)


@pytest.fixture
def room(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Room]:
    """The program's window; closed at the end as the program closes it."""
    made = Room(qtbot, theme, tmp_path)
    yield made
    made.close()
