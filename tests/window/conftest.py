"""The desk's look, a task runner that ends with its test, and widgets that go with it."""

from __future__ import annotations

from tests.ui.conftest import dressed, tasks, theme
from tests.ui.sweeping import swept

__all__ = ["dressed", "swept", "tasks", "theme"]
