"""What happens to a bug: one sentence on the screen and a report without personal data."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from privdesk.core.errors import DomainError

if TYPE_CHECKING:
    import traceback

_PACKAGE = Path(__file__).resolve().parents[2]


class BugError(DomainError):
    """Something in the program went wrong ({kind}). What was saved is safe, what was not saved \
was not changed. A report without personal data lies in {path}.
    """


class BugWithoutReportError(DomainError):
    """Something in the program went wrong ({kind}). What was saved is safe, what was not saved \
was not changed. A report could not be written.
    """


def describe(error: BaseException) -> str:
    """Return types and code locations of ``error`` and its causes.

    Neither messages nor values: they can hold names of people.
    """
    import platform
    import traceback

    lines = [
        f"python {platform.python_version()} on {platform.system()} {platform.machine()}",
    ]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        lines += [f"  {_place(frame)}" for frame in traceback.extract_tb(seen.__traceback__)]
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines) + "\n"


def _place(frame: traceback.FrameSummary) -> str:
    path = Path(frame.filename)
    shown = path.relative_to(_PACKAGE).as_posix() if path.is_relative_to(_PACKAGE) else path.name
    return f"{shown}:{frame.lineno} {frame.name}"


class CrashReports:
    """Writes reports into one folder and turns a bug into a sentence."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def record(self, error: BaseException) -> DomainError:
        """Write a report of ``error`` and return what to tell the user."""
        from datetime import UTC, datetime

        kind = type(error).__name__
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        path = self._folder / f"crash-{stamp}.txt"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_text(describe(error), encoding="utf-8")
        except OSError:
            return BugWithoutReportError(kind=kind)
        return BugError(kind=kind, path=path)


def to_stderr(error: BaseException) -> None:
    """Print the report: for a desk that has no folder yet."""
    sys.stderr.write(describe(error))
