"""A file that somebody attaches: read as a whole, or refused before anything is kept of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from privdesk.core import system
from privdesk.core.errors import DomainError
from privdesk.core.filekinds import SHEETS, FileKind, media_type

MOST = 50 * 1024 * 1024
"""Bytes of one file that is kept."""


class NoFileError(DomainError):
    """{name} is no file. Nothing was attached; choose a file."""


class EmptyFileError(DomainError):
    """{name} is empty. Nothing was attached; choose another file."""


class FileTooLargeError(DomainError):
    """{name} is larger than {most} MiB. Nothing was attached; scan it with fewer dots or split
    it.
    """


class NoSheetError(DomainError):
    """{name} is neither a PDF nor a PNG or JPEG picture. Nothing was attached; scan or save it as
    one of these.
    """


@dataclass(frozen=True)
class Incoming:
    """The content of a file, its name without the folder, and its media type (IANA)."""

    name: str
    data: bytes
    media_type: str


def read(file: str | Path, most: int = MOST) -> Incoming:
    """Return a whole file of ``most`` bytes at most; one that is longer is never cut.

    Raises:
        NoFileError: it is a folder or a device.
        EmptyFileError: there is nothing in it.
        FileTooLargeError: it is longer.
    """
    path = Path(file).expanduser()
    name = system.spoken(path)
    if path.exists() and not path.is_file():
        raise NoFileError(name=name)
    data = system.read_bytes(path, most + 1)
    if not data:
        raise EmptyFileError(name=name)
    if len(data) > most:
        raise FileTooLargeError(name=name, most=most // 2**20)
    return Incoming(name, data, media_type(name, data))


def read_sheet(file: str | Path, among: Sequence[FileKind] = SHEETS) -> Incoming:
    """Return a scanned or saved sheet, told by its content: a PDF, a PNG or a JPEG.

    Raises:
        NoSheetError: it is something else, whatever its name says.
    """
    found = read(file)
    if not any(kind.fits(found.data) for kind in among):
        raise NoSheetError(name=found.name)
    return found
