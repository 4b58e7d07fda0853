"""What an import did, or would do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from privdesk.core.i18n import N_, Words, current, words
from privdesk.core.reasons import Reason

COUNTS = (
    ("new", N_("New")),
    ("changed", N_("Changed")),
    ("unchanged", N_("Unchanged")),
    ("vanished", N_("Vanished since the last import")),
    ("duplicate", N_("Duplicate in the list")),
    ("blocked", N_("Blocked because destroyed or objected")),
    ("rejected", N_("Rejected")),
)
"""Each count of a report: its name and its label."""


@dataclass(frozen=True)
class Example:
    """One rejected row, for the screen: where and why, without the value."""

    row: int
    column: str
    cause: Reason


@dataclass(frozen=True)
class Report:
    """The outcome of an import or, with ``dry_run``, of its rehearsal."""

    file: str
    register: str  # its title, a message id
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    vanished: int = 0
    duplicate: int = 0
    blocked: int = 0
    rejected: int = 0
    left_out: tuple[str, ...] = ()
    guessed: tuple[tuple[str, str], ...] = ()  # (column, field) taken by what it holds
    notes: tuple[Reason, ...] = ()
    examples: tuple[Example, ...] = ()
    rejects_file: str = ""
    dry_run: bool = False

    def text(self, in_words: Words | None = None) -> str:
        """Return the report in words, a line for each matter."""
        return "\n".join(self._lines(in_words or words(current())))

    def _lines(self, say: Words) -> Iterator[str]:
        yield say(N_("{file} into {register}: {rows} rows")).format(
            file=self.file, register=say(self.register), rows=f"{self.rows:,}"
        )
        if self.dry_run:
            yield say(N_("A rehearsal: nothing was changed."))
        for name, label in COUNTS:
            count: int = getattr(self, name)
            if count or name in ("new", "rejected"):
                yield f"  {say(label)}: {count:,}"
        if self.left_out:
            yield say(N_("Left out, because no field matches: {columns}")).format(
                columns=", ".join(self.left_out)
            )
        for column, field in self.guessed:
            yield say(N_("“{column}” was taken for “{field}” because of what it holds.")).format(
                column=column, field=field
            )
        for note in self.notes:
            yield note.text(say)
        for example in self.examples:
            yield say(N_("  Row {row}, {column}: {cause}")).format(
                row=f"{example.row:,}",
                column=example.column or say(N_("whole row")),
                cause=example.cause.text(say),
            )
        if self.rejects_file:
            yield say(N_("Rejected rows are in {file}; correct them and import that file.")).format(
                file=self.rejects_file
            )

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain values, sentences in the screen's language."""
        values = asdict(self)
        values["notes"] = [note.text() for note in self.notes]
        values["guessed"] = [{"column": c, "field": f} for c, f in self.guessed]
        values["examples"] = [
            {"row": e.row, "column": e.column, "cause": e.cause.text()} for e in self.examples
        ]
        values["left_out"] = list(self.left_out)
        return values
