"""Opening a list, whatever it is: text, workbook or JSON, found by its content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from privdesk.core.system.errors import explained
from privdesk.exchange.containers import kind_of
from privdesk.exchange.errors import FileUnreadableError
from privdesk.exchange.jsonlist import open_json
from privdesk.exchange.source import Source
from privdesk.exchange.text import open_text
from privdesk.exchange.workbook import open_workbook, sheet_names

__all__ = ["Source", "open_source", "sheets"]

_HEAD = 1 << 16


def open_source(
    path: Path, *, sheet: str | None = None, known: Callable[[str], bool] = lambda _name: False
) -> Source:
    """Open a list; ``known`` says whether a text is a field's name (``mapping.heads_of``).

    Raises a ``DomainError`` that says what is wrong with the file. Close the source,
    or use it in a ``with``.
    """
    with explained(path):
        head = _head(path)
        kind = kind_of(path, head)
        if kind == "workbook":
            return open_workbook(path, sheet, known)
        return open_json(path, head) if kind == "json" else open_text(path, head, known)


def sheets(path: Path) -> tuple[str, ...]:
    """Return the sheets of a workbook that may hold lists; none for other files."""
    with explained(path):
        return sheet_names(path) if kind_of(path, _head(path)) == "workbook" else ()


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(_HEAD)
    except PermissionError as why:
        raise FileUnreadableError(file=path.name) from why
