"""A person's saved views of tables. Conditions may name people, so they are sealed in the vault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from privdesk.flows.ownthings import Kept

if TYPE_CHECKING:
    from privdesk.registers.desk import Desk
    from privdesk.ui.tasks import Tasks


class SavedViews:
    """Small settings of pages; read once, written on the database thread."""

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        self._kept = Kept(desk, "views")
        self._tasks = tasks
        self._values = self._kept.read()

    def get(self, key: str) -> Any:
        """Return a setting, or None."""
        return self._values.get(key)

    def put(self, key: str, value: Any) -> None:
        """Keep a setting."""
        self._values[key] = value
        values = dict(self._values)
        self._tasks.run(self._tasks, lambda: self._kept.write(values), latest="views")
