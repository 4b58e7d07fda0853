"""Answers: JSON for scripts, plain aligned text for people."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from privdesk.core.clock import office_time
from privdesk.core.i18n import Words, current, words
from privdesk.core.periods import Period, format_period
from privdesk.core.reasons import Reason

if TYPE_CHECKING:
    from privdesk.flows.attached import Damaged

_WIDEST = 48  # of a cell at a terminal
_WHOLE = 400  # of one that goes into a file or another program: there is room


def plain(value: Any) -> Any:
    """Return a value as JSON holds it."""
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, (set, frozenset)):
        return sorted(plain(one) for one in value)
    if isinstance(value, Reason):
        return value.text()
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    return str(value)


def damaged(file: Damaged) -> Mapping[str, Any]:
    """Return a sealed file that does not open, as JSON tells it."""
    fault = "missing" if file.missing else "damaged"
    return {"ref": file.ref, "number": file.number, "fault": fault}


def one(found: Mapping[str, Any]) -> None:
    """Print one JSON object."""
    print(_dumped(found, indent=1))


def many(found: Iterable[Mapping[str, Any]]) -> None:
    """Print a JSON list as its objects come; a million do not stand in memory."""
    before = "["
    for each in found:
        print(before, _dumped(each), sep="\n", end="")
        before = ","
    print("[]" if before == "[" else "\n]")


def table(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print aligned columns; full-width letters count twice, the last column is never cut."""
    lines = [[text(cell) for cell in row] for row in rows]
    if not lines:
        return
    every = [list(heads), *lines]
    most = _WIDEST if sys.stdout.isatty() else _WHOLE
    widths = [min(most, max(_width(line[n]) for line in every)) for n in range(len(heads))]
    for line in every:
        cells = [_padded(cell, width) for cell, width in zip(line[:-1], widths, strict=False)]
        print("  ".join([*cells, " ".join(line[-1].split())]).rstrip())


def facts(pairs: Iterable[tuple[str, Any]]) -> None:
    """Print labels with their values, one a line; empty values are left out."""
    shown = [(label, text(value)) for label, value in pairs]
    shown = [(label, value) for label, value in shown if value]
    width = max((_width(label) for label, _value in shown), default=0)
    for label, value in shown:
        first, *rest = value.splitlines() or [""]
        print(f"{_padded(label, width)}  {first}")
        for line in rest:
            print(" " * (width + 2) + line)


def text(value: Any, in_words: Words | None = None) -> str:
    """Return a value as a person reads it."""
    say = in_words or words(current())
    if value is None:
        return ""
    if isinstance(value, bool):
        return say("Yes") if value else say("No")
    if isinstance(value, Period):
        return format_period(value, say)
    if isinstance(value, datetime):
        return office_time(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, (list, tuple)):
        return ", ".join(text(each, say) for each in value)
    if isinstance(value, Reason):
        return value.text(say)
    return str(value)


def whole_letters() -> None:
    """Let no letter that a terminal cannot show stop an answer."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _dumped(found: Any, indent: int | None = None) -> str:
    wide = (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")
    return json.dumps(plain(found), ensure_ascii=not wide, indent=indent)


def _width(cell: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in cell)


def _padded(cell: str, width: int) -> str:
    cell = " ".join(cell.split())
    if _width(cell) > width:
        while _width(cell) >= width:
            cell = cell[:-1]
        cell += "…"
    return cell + " " * (width - _width(cell))
