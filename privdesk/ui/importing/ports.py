"""What the import and export pages need from whoever knows the registers.

Reading, guessing and converting are ``privdesk.exchange``; an ``Importer`` matches the
rows against what is stored and puts them in. All but ``fields`` and ``questions`` is
called on the database thread; these two are called on both.
"""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from privdesk.core.fields import Field
from privdesk.core.register import Outcome, Query
from privdesk.exchange.mapping import Mapping
from privdesk.exchange.report import Report
from privdesk.exchange.source import Source
from privdesk.ui.progress import Progress


class Importer(Protocol):
    """Takes a list into one register. One at a time; it remembers its last run."""

    def fields(self) -> Sequence[Field]:
        """Return the fields that a column may fill, and those that an export adds."""

    def questions(self) -> Sequence[Field]:
        """Return what is asked once for the whole list, such as its place; may be none."""

    def remembered(self, header: Sequence[str]) -> Mapping | None:
        """Return the mapping that was used for these columns before."""

    def dry_run(
        self, source: Source, mapping: Mapping, answers: MappingOf[str, Any], progress: Progress
    ) -> Report:
        """Return what an import would do; changes nothing."""

    def run(
        self, source: Source, mapping: Mapping, answers: MappingOf[str, Any], progress: Progress
    ) -> Report:
        """Import; raises ``Cancelled``, after which nothing is left behind."""

    def save_rejects(self, path: Path) -> int:
        """Write the rejected rows of the last run or rehearsal; return how many; journalled."""

    def undoable(self) -> bool:
        """Whether the last run can still be undone."""

    def undo(self) -> Outcome:
        """Take the last run back."""


@dataclass(frozen=True)
class ExportOptions:
    """How a list goes out; ``fields`` are names in their order.

    ``view`` names the saved view that goes out; the list is called by it. Without
    ``private`` the staff's own telephone numbers stay masked where the rest is revealed.
    """

    fields: tuple[str, ...]
    reveal: bool
    reason: str
    destroy_by: date
    view: str = ""
    private: bool = True


class Exporter(Protocol):
    """Writes what a query finds into a file; journalled with its reason."""

    def fields(self) -> Sequence[Field]:
        """Return every column that can go out."""

    def export(
        self, path: Path, query: Query, options: ExportOptions, progress: Progress
    ) -> Outcome:
        """Write the file, .csv, .xlsx or .json by its ending; whole or not at all."""
