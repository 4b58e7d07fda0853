"""The running count of an import and its rejected rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from privdesk.core.reasons import Reason
from privdesk.exchange.mapping import Mapping
from privdesk.exchange.rejects import RejectsFile
from privdesk.exchange.report import Example, Report
from privdesk.exchange.rows import Chunk, Reject
from privdesk.exchange.source import Source

EXAMPLES = 5


@dataclass
class Tally:
    """Counts by outcome; rejected and blocked rows go to the rejects file where there is one."""

    rejects: RejectsFile | None = None
    kept: list[Reject] | None = None
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    vanished: int = 0
    duplicate: int = 0
    blocked: int = 0
    rejected: int = 0
    notes: list[Reason] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)

    def begin(self, chunk: Chunk) -> None:
        """Count a chunk and what its reading refused."""
        self.read(len(chunk.rows) + len(chunk.rejects), chunk.rejects)

    def read(self, rows: int, rejects: Sequence[Reject]) -> None:
        """Count the rows of a chunk and what was refused of them."""
        self.rows += rows
        for reject in rejects:
            self.reject(reject)

    def reject(self, reject: Reject) -> None:
        """Count a refused row."""
        self.rejected += 1
        if len(self.examples) < EXAMPLES and reject.faults:
            first = reject.faults[0]
            self.examples.append(Example(reject.row, first.column, first.cause))
        self._write(reject)

    def block(self, reject: Reject) -> None:
        """Count a row that must not come back."""
        self.blocked += 1
        self._write(reject)

    def report(
        self,
        source: Source,
        mapping: Mapping,
        register: str,
        *,
        rejects_file: str = "",
        dry_run: bool = False,
    ) -> Report:
        """Return the report of what was counted."""
        return Report(
            file=source.name,
            register=register,
            rows=self.rows,
            new=self.new,
            changed=self.changed,
            unchanged=self.unchanged,
            vanished=self.vanished,
            duplicate=self.duplicate,
            blocked=self.blocked,
            rejected=self.rejected,
            left_out=mapping.left_out,
            guessed=mapping.guessed,
            notes=tuple(dict.fromkeys(self.notes)),
            examples=tuple(self.examples),
            rejects_file=rejects_file,
            dry_run=dry_run,
        )

    def _write(self, reject: Reject) -> None:
        if self.rejects is not None:
            self.rejects.add([reject])
        if self.kept is not None:
            self.kept.append(reject)
