"""What the rail counts on each page: the day's tasks, and work of its own that lies there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from privdesk.core.register import Register
from privdesk.registers.desk import Desk
from privdesk.registers.findings.service import FindingsService


class Dues:
    """Counts on the database thread; the tasks are judged once for all pages."""

    def __init__(self, desk: Desk, findings: FindingsService) -> None:
        self._desk, self._findings = desk, findings
        self._by_page: Counter[str] = Counter()
        self._known: tuple[object, ...] = ()
        self._own = {
            "destructions": self._open_destructions,
            "holdings": self._due_holdings,
            "requests": self._due_requests,
        }

    def today(self) -> int:
        """Return how many tasks are overdue or for today."""
        return self._tasks().total()

    def on(self, register: Register) -> Callable[[], int] | None:
        """Return what counts the work of a page; what belongs to another's stands there."""
        if register.aside:
            return None
        own = self._own.get(register.name)
        names = (register.name, *_below(register, self._desk.registers.values()))
        return own or (lambda: sum(self._tasks()[name] for name in names))

    def _tasks(self) -> Counter[str]:
        minute = self._desk.now().replace(second=0, microsecond=0)
        known = (self._desk.changes, minute)
        if known != self._known:
            self._by_page, self._known = Counter(self._findings.due_by_page()), known
        return self._by_page

    def _due_holdings(self) -> int:
        today = self._desk.today()
        return sum(count for *_, count in self._desk.service("holdings").due_counts(today))

    def _due_requests(self) -> int:
        return int(self._desk.service("requests").due_count(self._desk.today()))

    def _open_destructions(self) -> int:
        sql = "SELECT count(*) FROM destructions WHERE state IN ('requested', 'approved')"
        return int(self._desk.vault.raw.execute(sql).fetchone()[0])


def _below(register: Register, registers: Iterable[Register]) -> list[str]:
    """Return the registers that stand aside and whose records belong to this one's."""
    children = {child.register for child in register.children}
    return [one.name for one in registers if one.aside and one.name in children]
