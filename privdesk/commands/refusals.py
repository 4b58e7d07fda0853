"""Whatever went wrong, as one sentence; a bug leaves a report without personal data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from privdesk.core import system
from privdesk.core.errors import DomainError
from privdesk.core.i18n import _

_FULL = "disk is full"
_READONLY = ("readonly database", "unable to open database")
_DAMAGED = ("malformed", "not a database", "disk i/o error")


class StoppedError(DomainError):
    """Stopped. What was saved before is safe; nothing was left half done."""


def refusal(why: BaseException) -> str:
    """Return the sentence for an error of any kind."""
    known = known_cause(why)
    if known is not None:
        return known.sentence()
    from privdesk.ui.crash import CrashReports

    return CrashReports(_reports()).record(why).sentence()


def known_cause(why: BaseException) -> DomainError | None:
    """Return what an error stands for, or None for a bug."""
    if isinstance(why, DomainError):
        return why
    if isinstance(why, (KeyboardInterrupt, EOFError)):
        return StoppedError()
    if isinstance(why, OSError):
        return system.explain(why, Path(why.filename or "."))
    return _of_database(why)


def _of_database(why: BaseException) -> DomainError | None:
    """Return what an error of the database engine stands for."""
    for each in _chain(why):
        if not type(each).__module__.startswith(("sqlcipher3", "sqlalchemy")):
            continue
        told = str(each).lower()
        place = Path(_("the vault"))
        if _FULL in told:
            return system.DiskFullError(path=place)
        if any(text in told for text in _READONLY):
            return system.ReadOnlyError(path=place)
        if any(text in told for text in _DAMAGED):
            from privdesk.vault.errors import DamagedFileError

            return DamagedFileError(file=place)
    return None


def _chain(why: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = why
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__


def _reports() -> Path:
    try:
        return system.account_folder() / "reports"
    except DomainError:
        return Path.home() / ".privdesk-reports"
