"""Each story is played by a hand at the command line and by one in the window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from privdesk.core.clock import FixedClock
from tests.copies import quick_folder
from tests.desks import NOON
from tests.e2e.atwindow import InWindow
from tests.e2e.hands import Hand, Line
from tests.ui.conftest import dressed, tasks, theme
from tests.ui.sweeping import swept

__all__ = ["dressed", "swept", "tasks", "theme"]


@pytest.fixture(params=["line", "window"])
def hand(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    """Return somebody at work in a copy of the finished office, at noon of 23 November 2026."""
    moment: datetime = NOON
    clock, get = FixedClock(moment), request.getfixturevalue
    with quick_folder() as folder:
        if request.param == "line":
            yield Line(folder, clock, get("capsys"), monkeypatch)
            return
        window = InWindow(folder, clock, get("qtbot"), get("theme"))
        yield window
        window.close()
