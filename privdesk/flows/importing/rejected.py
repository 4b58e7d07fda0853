"""Where the rows go that do not go in: into a file at once, or kept until somebody asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from privdesk.exchange.rejects import RejectsFile
from privdesk.exchange.rows import Reject
from privdesk.exchange.source import Source
from privdesk.flows.importing.tally import Tally
from privdesk.registers.desk import Desk


class Rejected:
    """The rejected rows of a register's last import or rehearsal."""

    def __init__(self, desk: Desk, register: str) -> None:
        self._desk = desk
        self._register = register
        self._rows: list[Reject] = []
        self._source: Source | None = None

    @contextmanager
    def tally(self, source: Source, path: Path | None = None) -> Iterator[Tally]:
        """Give a count whose rejected rows go into a file, or are kept where none is named.

        The file appears when the block ends well, and only if there is something in it.
        """
        if path is None:
            self._source, self._rows = source, []
            yield Tally(kept=self._rows)
            return
        with RejectsFile(path, source.layout) as file:
            yield Tally(rejects=file)

    def enter(self, tally: Tally, source: Source) -> None:
        """Enter the file of a rehearsal into the journal: an export, though nothing came in."""
        if tally.written:
            self._note(source.name, tally.rejected + tally.blocked)

    def save(self, path: Path) -> int:
        """Write the rows that were kept and return how many; an export, journalled."""
        if self._source is None:
            return 0
        with RejectsFile(path, self._source.layout) as file:
            file.add(self._rows)
            self._note("rejects", len(self._rows))
        return len(self._rows)

    def _note(self, reason: str, count: int) -> None:
        with self._desk.change() as change:
            change.note("export.made", self._register, reason=reason, count=count)
