"""The running count of an import and its rejected rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from privdesk.core.reasons import Reason
from privdesk.exchange.mapping import Mapping as Columns
from privdesk.exchange.rejects import RejectsFile
from privdesk.exchange.report import Cause, Example, Report
from privdesk.exchange.rows import Chunk, Reject
from privdesk.exchange.source import Source

EXAMPLES = 5
FIRST = 3  # rows named of each cause
WORDINGS = 5  # of one cause, such as names of purposes, before they are counted together
_DISTINCT = 1_000


class Causes:
    """Why rows do not go in, counted; what differs only in the words counts as one."""

    def __init__(self) -> None:
        self._counted: dict[tuple[str, str], dict[str, Cause]] = {}

    def add(self, reject: Reject) -> None:
        """Count a row for each of its causes."""
        for fault in reject.faults:
            kind = self._counted.setdefault((fault.column, fault.cause.message), {})
            text = repr(fault.cause.values)
            if text not in kind and len(kind) >= _DISTINCT:
                text = next(iter(kind))
            known = kind.get(text) or Cause(fault.column, fault.cause, 0, ())
            first = known.first if len(known.first) >= FIRST else (*known.first, reject.row)
            kind[text] = replace(known, rows=known.rows + 1, first=first)

    def told(self) -> tuple[Cause, ...]:
        """Return the causes, the most frequent first."""
        found = [cause for kind in self._counted.values() for cause in _together(kind)]
        return tuple(sorted(found, key=lambda cause: (-cause.total, cause.first)))


def _together(kind: Mapping[str, Cause]) -> list[Cause]:
    """Return the wordings of one cause, or one for all where there are many."""
    causes = sorted(kind.values(), key=lambda cause: cause.first)
    if len(causes) <= WORDINGS:
        return causes
    others = sum(cause.rows for cause in causes[1:])
    return [replace(causes[0], others=others)]


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
    causes: Causes = field(default_factory=lambda: Causes())

    @property
    def written(self) -> str:
        """The name of the rejects file that is being written; empty where there is none."""
        return self.rejects.path.name if self.rejects is not None and self.rejects.count else ""

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
        mapping: Columns,
        register: str,
        *,
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
            left_before=mapping.left_before,
            worked_out=mapping.worked_out,
            guessed=mapping.guessed,
            notes=tuple(dict.fromkeys(self.notes)),
            examples=tuple(self.examples),
            causes=self.causes.told(),
            rejects_file=self.written,
            dry_run=dry_run,
        )

    def _write(self, reject: Reject) -> None:
        self.causes.add(reject)
        if self.rejects is not None:
            self.rejects.add([reject])
        if self.kept is not None:
            self.kept.append(reject)
