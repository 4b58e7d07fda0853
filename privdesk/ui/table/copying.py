"""Rows as a table on the clipboard: for a spreadsheet and for a letter. Always masked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtCore import QMimeData

from privdesk.core.i18n import _
from privdesk.core.register import Row
from privdesk.exchange.guard import guard
from privdesk.ui.table.columns import Column

AT_MOST = 20_000  # rows; more than that is an export, with its reason and destroy-by date

Cell = Callable[[Row, Column], str]


def as_mime(rows: Sequence[Row], columns: Sequence[Column], cell: Cell) -> QMimeData:
    """Return the rows with the heads of their columns, as text with tabs and as HTML."""
    heads = [_(c.field.label) for c in columns]
    lines = [[cell(row, c) for c in columns] for row in rows]
    mime = QMimeData()
    mime.setText("\n".join("\t".join(map(guard, line)) for line in (heads, *lines)) + "\n")
    mime.setHtml(_html(heads, lines))
    return mime


def _html(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    def line(tag: str, cells: Sequence[str]) -> str:
        return "<tr>" + "".join(f"<{tag}>{escape(c)}</{tag}>" for c in cells) + "</tr>"

    body = "".join(line("td", cells) for cells in lines)
    return f"<table>{line('th', heads)}{body}</table>"
