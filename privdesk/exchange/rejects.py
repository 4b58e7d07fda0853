"""The rows that did not go in, as a list that can be corrected and imported again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from privdesk.core.i18n import Words, current, words
from privdesk.exchange.guard import guard
from privdesk.exchange.heads import REJECT_HEADS
from privdesk.exchange.rows import Reject
from privdesk.exchange.source import Layout
from privdesk.exchange.wholefile import whole_file


class RejectsFile:
    """A rejects file being written; it appears when the import has gone in, and only if needed.

    The original columns come first, then row number, column, value and cause. UTF-8 with
    its mark, so that spreadsheets open it.
    """

    def __init__(self, path: Path, layout: Layout, in_words: Words | None = None) -> None:
        self.path = path
        self.count = 0
        self._layout = layout
        self._say = in_words or words(current())
        self._stack = ExitStack()
        self._text: io.TextIOWrapper | None = None

    def add(self, rejects: Iterable[Reject]) -> None:
        """Write more rows."""
        for reject in rejects:
            if self._text is None:
                self._text = self._opened()
            csv.writer(self._text, lineterminator="\r\n").writerow(
                [guard(cell) for cell in reject_cells(reject, len(self._layout.header), self._say)]
            )
            self.count += 1

    def _opened(self) -> io.TextIOWrapper:
        stream = self._stack.enter_context(whole_file(self.path))
        text = io.TextIOWrapper(stream, "utf-8-sig", "backslashreplace", newline="")
        unnamed = self._layout.unnamed
        names = ["" if name in unnamed else guard(name) for name in self._layout.header]
        heads = [self._say(head) for head in REJECT_HEADS]
        csv.writer(text, lineterminator="\r\n").writerow([*names, *heads])
        return text

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._text is not None:
            if error is None:
                self._text.flush()
            self._text.detach()
        self._stack.__exit__(kind, error, trace)


def reject_cells(reject: Reject, width: int, say: Words) -> list[str]:
    """Return a line of a rejects file: the original cells, row number, column, value, cause.

    Cells beyond the last column stand in the value.
    """
    kept = [*reject.cells[:width], *[""] * (width - len(reject.cells))]
    values = [fault.value for fault in reject.faults if fault.value] + list(reject.cells[width:])
    columns = dict.fromkeys(fault.column for fault in reject.faults if fault.column)
    causes = dict.fromkeys(fault.cause.text(say) for fault in reject.faults)
    return [*kept, str(reject.row), "; ".join(columns), "; ".join(values), " ".join(causes)]
