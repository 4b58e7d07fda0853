"""How a form finds the records of another register while somebody types."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from privdesk.core.errors import DomainError
from privdesk.core.register import Query, Row, Service
from privdesk.ui.table.cells import row_title
from privdesk.ui.tasks import Tasks

_OFFERED = 12  # records offered at a time

ServiceOf = Callable[[str], Service | None]
"""Gives the service of a register by its name; None where this person may not see it."""


@dataclass(frozen=True)
class Found:
    """A record that a link may point to."""

    ref: str
    title: str

    @property
    def line(self) -> str:
        """Return what stands in a field that points to it."""
        return f"{self.title} · {self.ref}" if self.title != self.ref else self.ref


class Lookup:
    """Asks a linked register beside the UI thread; older questions get no answer."""

    def __init__(self, tasks: Tasks, service_of: ServiceOf, register: str) -> None:
        self._tasks = tasks
        self._service = service_of(register)

    @property
    def possible(self) -> bool:
        """Whether the register can be seen."""
        return self._service is not None

    def search(self, owner: QObject, text: str, done: Callable[[list[Found]], None]) -> None:
        """Find by part of a title or by reference."""
        service = self._service
        if service is None:
            return
        query = Query(text=text.strip())
        self._tasks.run(
            owner,
            lambda: [_found(service, row) for row in service.find(query, _OFFERED)],
            done=done,
            failed=lambda _error: done([]),
            latest="lookup",
        )

    def name(
        self,
        owner: QObject,
        ref: str,
        done: Callable[[Found], None],
        failed: Callable[[DomainError], None] | None = None,
    ) -> None:
        """Tell what a reference is called."""
        service = self._service
        if service is None:
            return
        self._tasks.run(owner, lambda: _found(service, service.get(ref)), done=done, failed=failed)


def _found(service: Service, row: Row) -> Found:
    return Found(row.ref, row_title(service.register, row, service.fields()))
