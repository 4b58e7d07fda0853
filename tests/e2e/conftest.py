"""Each story is played by a hand at the command line and by one in the window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from privdesk.core.clock import FixedClock
from tests.desks import NOON
from tests.e2e.atwindow import InWindow
from tests.e2e.hands import Hand, Line
from tests.ui.conftest import dressed, tasks, theme
from tests.ui.sweeping import swept

__all__ = ["dressed", "swept", "tasks", "theme"]


@pytest.fixture(params=["line", "window"])
def hand(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Hand]:
    """Return somebody at work in a copy of the finished office, at noon of 23 November 2026."""
    moment: datetime = NOON
    clock, get = FixedClock(moment), request.getfixturevalue
    if request.param == "line":
        yield Line(tmp_path, clock, get("capsys"), monkeypatch)
        return
    window = InWindow(tmp_path, clock, get("qtbot"), get("theme"))
    yield window
    window.close()
