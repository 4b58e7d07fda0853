"""Values of options that are typed as people write them, and files that are about to be written."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from privdesk.core import system
from privdesk.core.errors import DomainError, InvalidValueError
from privdesk.core.faults import Fault
from privdesk.core.fields import Field, Kind
from privdesk.core.filekinds import is_pdf

_RIGHTS = 0o600


class SameFileError(DomainError):
    """{path} was named twice for different things. Nothing was done; give two names."""


class OutIsFolderError(DomainError):
    """{path} is a folder. Nothing was changed; name a file in it."""


class OutIsDeviceError(DomainError):
    """{path} is a device and no file. Nothing was changed; name a file in a folder."""


class OutEndingError(DomainError):
    """A paper is written as .pdf, not as {name}. Nothing was changed; choose a name that ends in
    .pdf.
    """


class NoDayError(DomainError):
    """{option} needs a day, such as 2026-11-23. Nothing was changed; give one."""


def day(text: str, option: str) -> date:
    """Return the day that somebody typed for an option."""
    from privdesk.exchange.convert import convert_value

    if not text.strip():
        raise NoDayError(option=option)
    found = convert_value(Field("day", option, Kind.DATE, required=True), text)
    if isinstance(found, Fault):
        raise InvalidValueError(value=text, field=option, cause=found.text())
    assert isinstance(found, date)
    return found


def writable_pdf(path: Path) -> Path:
    """Return where a paper will be written, refused before anything is done if it cannot be."""
    if path.suffix.lower() != ".pdf":
        raise OutEndingError(name=path.name)
    return writable(path)


def writable(path: Path) -> Path:
    """Return a path after checking that a file can be written there."""
    path = path.expanduser().absolute()
    if path.is_dir():
        raise OutIsFolderError(path=path)
    if path.exists() and not path.is_file():
        raise OutIsDeviceError(path=path)
    system.refuse_inside_vault(path)
    if not path.parent.is_dir():
        raise system.PathMissingError(path=path.parent)
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise system.ReadOnlyError(path=path.parent)
    return path


def refuse_same(path: Path, other: Path) -> None:
    """Refuse to write one thing over another that the same command needs."""
    if path.expanduser().resolve() == other.expanduser().resolve():
        raise SameFileError(path=path.name)


def write(path: Path, data: bytes) -> None:
    """Write a paper whole, readable by this account alone."""
    with system.explained(path):
        system.atomic_write(path, data, _RIGHTS)


def kit_source(path: Path) -> Path | str:
    """Return the recovery kit's PDF, or the letters that stand in a text file."""
    data = system.read_bytes(path, 16 * 1024 * 1024)
    if is_pdf(data):
        return path
    return data.decode("utf-8-sig", errors="replace")
