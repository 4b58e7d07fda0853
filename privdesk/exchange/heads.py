"""Finding the row of column names below titles and blank rows, and naming the columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from privdesk.core.faults import Raw
from privdesk.core.i18n import LANGUAGES, N_, words
from privdesk.core.normal import as_email, as_phone, as_text, looks_like_date
from privdesk.exchange.errors import NoHeaderError, NoRowsError
from privdesk.exchange.guard import unguard
from privdesk.exchange.merged import joined
from privdesk.exchange.source import Cells, Layout, Numbered, is_blank

REJECT_HEADS = (N_("Row number"), N_("Column"), N_("Value"), N_("Cause"))
"""The columns a rejects file adds; an import of the corrected file leaves them out."""

SAMPLE = 200
_LOOKED_AT = 12
_LONGEST_NAME = 120

Known = Callable[[str], bool]
"""Whether a text is the name of a field, for telling a row of names from a title."""


def lay_out(
    name: str, records: Sequence[Numbered], layout: Layout, known: Known
) -> tuple[Layout, list[Numbered]]:
    """Return the layout with its header, and the records below it that hold something."""
    filled = [(number, cells) for number, cells in records if not is_blank(cells)]
    if not filled:
        raise NoRowsError(file=name)
    at = _head_at(filled, known)
    if at is None:
        raise NoHeaderError(file=name)
    over = tuple(as_text(c).strip() for _n, row in filled[:at] for c in row)
    layout = replace(layout, above=tuple(text for text in over if text))
    number, cells = filled[at]
    if at + 1 < len(filled) and not _holds_data(filled[at + 1][1]):
        both = joined(cells, filled[at + 1][1], known)
        if both is not None:
            at, number, cells = at + 1, filled[at + 1][0], both
    below = filled[at + 1 :]
    if not below:
        raise NoRowsError(file=name)
    return _named(layout, number, cells), below


def _head_at(filled: Sequence[Numbered], known: Known) -> int | None:
    """Return which record holds the names: most known names, else the first full one."""
    candidates = [cells for _number, cells in filled[:_LOOKED_AT]]
    familiar = [sum(known(as_text(cell)) for cell in cells) for cells in candidates]
    best = max(familiar)
    if best:
        at = familiar.index(best)
        if not _holds_data(candidates[at]):
            return at
    widest = max(_count(cells) for cells in candidates)
    for at, cells in enumerate(candidates):
        if _count(cells) >= max(1, min(2, widest), widest // 2):
            return None if _holds_data(cells) else at
    return None


def _count(cells: Cells) -> int:
    return sum(1 for cell in cells if as_text(cell).strip())


def _holds_data(cells: Cells) -> bool:
    return any(_is_data(cell) for cell in cells)


def _is_data(cell: Raw) -> bool:
    if cell is None or cell == "":
        return False
    if not isinstance(cell, str):
        return True
    text = cell.strip()
    if len(text) > _LONGEST_NAME or looks_like_date(text):
        return True
    if "@" in text:
        return isinstance(as_email(text), str)
    return len(text) > 6 and any(c.isdigit() for c in text) and isinstance(as_phone(text), str)


def _named(layout: Layout, number: int, cells: Cells) -> Layout:
    """Return the layout with a unique name for each column."""
    names: list[str] = []
    unnamed = set()
    seen: Counter[str] = Counter()
    for at, cell in enumerate(cells):
        name = " ".join(unguard(as_text(cell)).split())
        if not name:
            name = f"({column_letter(at)})"
            unnamed.add(name)
        seen[name] += 1
        names.append(name if seen[name] == 1 else _next(name, seen[name], names))
    of_rejects = _from_rejects(names)
    kept = len(names) - (len(REJECT_HEADS) if of_rejects else 0)
    return replace(
        layout,
        header=tuple(names[:kept]),
        width=len(names),
        header_row=number,
        repeated=frozenset(name for name, times in seen.items() if times > 1),
        unnamed=frozenset(unnamed),
        of_rejects=of_rejects,
    )


def _next(name: str, times: int, taken: Sequence[str]) -> str:
    while f"{name} ({times})" in taken:
        times += 1
    return f"{name} ({times})"


def _from_rejects(names: Sequence[str]) -> bool:
    last = tuple(names[-len(REJECT_HEADS) :])
    return len(names) > len(last) and any(
        last == tuple(words(language)(head) for head in REJECT_HEADS) for language in LANGUAGES
    )


def column_letter(at: int) -> str:
    """Return the letters a spreadsheet gives to column ``at`` (from 0)."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
