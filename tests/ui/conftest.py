"""The desk's application in one look, and a task runner that ends with its test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from privdesk.core import i18n
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import Theme


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> Theme:
    """The application with the bundled face and the stylesheet."""
    return Theme(qapp, "light", "en")


@pytest.fixture
def theme(dressed: Theme) -> Iterator[Theme]:
    """The theme, light and English at the start of each test."""
    dressed.wear("light")
    dressed.speak("en")
    yield dressed
    i18n.use("en")


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    """A task runner; bugs raise nothing, they go to ``bug``."""
    runner = Tasks()
    yield runner
    runner.close()
