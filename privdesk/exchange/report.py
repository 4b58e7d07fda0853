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
    ("duplicate", N_("Duplicate in the list")),
    ("blocked", N_("Blocked because destroyed or objected")),
    ("rejected", N_("Rejected")),
)
"""Each count of a report: its name and its label. Who is missing from the list is a remark."""

REJECTS_FILE = N_("Rejected rows are in {file}; correct them and import that file.")
REHEARSED_FILE = N_(
    "The rows that would not go in are in {file}; correct them in your list, or correct that file"
    " and import it after the list."
)


@dataclass(frozen=True)
class Example:
    """One rejected row, for the screen: where and why, without the value."""

    row: int
    column: str
    cause: Reason


@dataclass(frozen=True)
class Cause:
    """Why rows did not go in: how many for this cause, and the first of them.

    ``others`` is how many further rows have the same trouble in other words, such as with
    another name in the sentence.
    """

    column: str
    cause: Reason
    rows: int
    first: tuple[int, ...]
    others: int = 0

    @property
    def total(self) -> int:
        """How many rows do not go in because of it, in whatever words."""
        return self.rows + self.others

    def where(self, say: Words) -> str:
        """Return the column, or that the whole row is meant."""
        return self.column or say(N_("whole row"))

    def count(self, say: Words) -> str:
        """Return how many rows there are."""
        return say.many("{n} row", "{n} rows", self.total)

    def told(self, say: Words) -> str:
        """Return the cause; for rows with the same trouble in other words, as an example."""
        text = self.cause.text(say)
        return say(N_("for example: {cause}")).format(cause=text) if self.others else text

    def examples(self, say: Words) -> str:
        """Return the numbers of the first rows."""
        numbers = ", ".join(map(str, self.first))
        if self.total == 1:
            return say(N_("row {rows}")).format(rows=numbers)
        if len(self.first) == self.total:
            return say(N_("rows {rows}")).format(rows=numbers)
        return say(
            N_("e.g. row {rows}") if len(self.first) == 1 else N_("e.g. rows {rows}")
        ).format(rows=numbers)


@dataclass(frozen=True)
class Report:
    """The outcome of an import or, with ``dry_run``, of its rehearsal.

    ``left_out`` are all columns that fill no field, among them those left out only because
    they were the last time (``left_before``) and those that name what is worked out here.
    """

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
    left_before: tuple[str, ...] = ()
    worked_out: tuple[str, ...] = ()
    guessed: tuple[tuple[str, str], ...] = ()  # (column, field) taken by what it holds
    notes: tuple[Reason, ...] = ()
    examples: tuple[Example, ...] = ()
    causes: tuple[Cause, ...] = ()  # the most frequent first
    rejects_file: str = ""
    dry_run: bool = False

    def text(self, in_words: Words | None = None) -> str:
        """Return the report in words, a line for each matter."""
        return "\n".join(self._lines(in_words or words(current())))

    def remarks(self, in_words: Words | None = None) -> list[str]:
        """Return what is to be known beside the counts, a sentence for each matter."""
        return list(self._remarks(in_words or words(current())))

    def _remarks(self, say: Words) -> Iterator[str]:
        apart = {*self.left_before, *self.worked_out}
        columns = [column for column in self.left_out if column not in apart]
        for sentence, named in (
            (N_("Left out, because no field matches: {columns}"), columns),
            (N_("Left out, because they were left out last time: {columns}"), self.left_before),
            (N_("Left out, because privdesk works these out itself: {columns}"), self.worked_out),
        ):
            if named:
                yield say(sentence).format(columns=", ".join(named))
        for column, field in self.guessed:
            yield say(N_("“{column}” was taken for “{field}” because of what it holds.")).format(
                column=column, field=field
            )
        for note in self.notes:
            yield note.text(say)
        if self.vanished:
            yield say.many(
                "{n} person known from the same place was not in this list; nothing was changed"
                " for that person.",
                "{n} people known from the same place were not in this list; nothing was changed"
                " for them.",
                self.vanished,
            )
            if self.rejected:
                yield say(N_("Some of them may be among the rows that were refused."))

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
        yield from self._remarks(say)
        if self.causes:
            yield say(N_("Why rows do not go in:"))
        for cause in self.causes:
            yield say(N_("  {count}, {column}: {cause} ({rows})")).format(
                count=cause.count(say),
                column=cause.where(say),
                cause=cause.told(say),
                rows=cause.examples(say),
            )
        if self.rejects_file:
            sentence = REHEARSED_FILE if self.dry_run else REJECTS_FILE
            yield say(sentence).format(file=self.rejects_file)

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain values, sentences in the screen's language."""
        values = asdict(self)
        values["notes"] = [note.text() for note in self.notes]
        values["guessed"] = [{"column": c, "field": f} for c, f in self.guessed]
        values["examples"] = [
            {"row": e.row, "column": e.column, "cause": e.cause.text()} for e in self.examples
        ]
        values["causes"] = [
            {
                "column": c.column,
                "cause": c.cause.text(),
                "rows": c.total,
                "first": list(c.first),
            }
            for c in self.causes
        ]
        for name in ("left_out", "left_before", "worked_out"):
            values[name] = list(getattr(self, name))
        return values
