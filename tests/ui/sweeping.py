"""Widgets of a finished test go at once, on this thread, before the next one begins."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot


@pytest.fixture(autouse=True)
def swept(qtbot: QtBot) -> Iterator[None]:
    """Delete closed widgets and collect their cycles here.

    Otherwise the garbage collector may come upon them on the database thread, where no
    widget may be destroyed. What is left then stays, and later sweeps pass it over.
    """
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    gc.freeze()
