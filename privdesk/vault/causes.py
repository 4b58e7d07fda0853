"""What an error of the operating system or of the database engine stands for, in a sentence.

The two edges, window and command line, ask this before they call something a bug.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from privdesk.core import system
from privdesk.core.errors import DomainError
from privdesk.core.i18n import _

_FULL = "disk is full"
_READONLY = ("readonly database", "unable to open database")
_IO = "disk i/o error"
_DAMAGED = ("malformed", "not a database", "disk i/o error", "vtable constructor failed")


class UnstorableTextError(DomainError):
    """A name or a text holds signs that are no letters of any alphabet, as file names of old drives
    do. Nothing was changed; rename the file or folder, or type the text anew.
    """


class NumberTooLargeError(DomainError):
    """A number is larger than the vault can hold. Nothing was changed; check the number."""


def known_cause(why: BaseException) -> DomainError | None:
    """Return what an error stands for, or None for a bug."""
    if isinstance(why, DomainError):
        return why
    if isinstance(why, OSError):
        return system.explain(why, Path(why.filename or "."))
    if isinstance(why, UnicodeEncodeError) and "surrogates" in why.reason:
        return UnstorableTextError()
    if isinstance(why, OverflowError) and "SQLite" in str(why):
        return NumberTooLargeError()
    return _of_database(why)


def _of_database(why: BaseException) -> DomainError | None:
    """Return what an error of the database engine stands for."""
    told = told_by_database(why)
    place = Path(_("the vault"))
    if _FULL in told:
        return system.DiskFullError(path=place)
    if any(text in told for text in _READONLY):
        return system.ReadOnlyError(path=place)
    if _IO in told and system.file_size_limited():
        return system.StorageError(path=place, cause=_("file size limit"))
    if any(text in told for text in _DAMAGED):
        from privdesk.vault.errors import DamagedFileError

        return DamagedFileError(file=place)
    return None


def is_damage(why: BaseException) -> bool:
    """Whether the database engine met a damaged page."""
    told = told_by_database(why)
    limited = _IO in told and system.file_size_limited()  # whole, and it may not grow
    return not limited and any(text in told for text in _DAMAGED)


def told_by_database(why: BaseException) -> str:
    """Return what the database engine said in an error or its causes, small letters, else ""."""
    of_engine = (e for e in _chain(why) if type(e).__module__.startswith(_ENGINES))
    return "\n".join(str(each).lower() for each in of_engine)


_ENGINES = ("sqlcipher3", "sqlalchemy")


def _chain(why: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = why
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__
