"""What a file is by its bytes, and whether a workbook is safe to open."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.parsers import expat

from privdesk.core import filekinds
from privdesk.core.i18n import N_, _
from privdesk.exchange.errors import (
    DamagedWorkbookError,
    DangerousWorkbookError,
    EmptyFileError,
    LegacyWorkbookError,
    MacroWorkbookError,
    NotATableError,
    OtherWorkbookError,
    PasswordProtectedError,
    WebPageError,
    WorkbookTooBigError,
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BLOCK = 1 << 20

_KNOWN = (
    (b"{\\rtf", N_("a text document")),
    (b"\x1f\x8b", N_("a compressed archive")),
    (b"7z\xbc\xaf", N_("a compressed archive")),
    (b"Rar!", N_("a compressed archive")),
    (b"BZh", N_("a compressed archive")),
    (b"\xfd7zXZ", N_("a compressed archive")),
    (b"SQLite format 3\0", N_("a database")),
    (b"\x7fELF", N_("a program")),
    (b"MZ", N_("a program")),
)

TOTAL_LIMIT = 1_536 << 20
STRINGS_LIMIT = 256 << 20
_RATIO_LIMIT = 200
_RATIO_FROM = 32 << 20
_PARTS_LIMIT = 5_000
_PROLOG = 1 << 16


def kind_of(path: Path, head: bytes) -> str:
    """Return ``workbook``, ``json`` or ``text``; refuse with a sentence what is none."""
    if not head.strip(b"\0\r\n\t "):
        raise EmptyFileError(file=path.name)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "workbook"
    if head.startswith(_OLE):
        _refuse_ole(path)
    kind = filekinds.kind_of(head)
    if kind is not None:
        found = N_("a PDF document") if kind is filekinds.PDF else N_("a picture")
        raise NotATableError(file=path.name, found=_(found))
    for magic, what in _KNOWN:
        if head.startswith(magic) and not (len(magic) == 2 and _is_text(head)):
            raise NotATableError(file=path.name, found=_(what))
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<style")):
        raise WebPageError(file=path.name)
    if start.startswith(b"<?xml"):
        raise NotATableError(file=path.name, found=_("an XML document"))
    if _starts_json(start, path):
        return "json"
    return "text"


def _starts_json(start: bytes, path: Path) -> bool:
    if path.suffix.lower() == ".json":
        return True
    return start.startswith(b"[") and start[1:].lstrip()[:1] in (b"{", b"]")


def _is_text(head: bytes) -> bool:
    return all(byte >= 32 or byte in b"\t\r\n" for byte in head[:512])


def _refuse_ole(path: Path) -> None:
    """Tell an encrypted workbook from an old one; both lie in the same container."""
    before = b""
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            if _ENCRYPTED in before + block:
                raise PasswordProtectedError(file=path.name)
            before = block[-len(_ENCRYPTED) :]
    raise LegacyWorkbookError(file=path.name)


def check_workbook(path: Path) -> None:
    """Refuse what is no .xlsx, has macros, or would unfold to fill memory or disk."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _check_sizes(path, parts)
            _check_format(path, {part.filename for part in parts}, archive)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _check_prolog(path, archive, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as why:
        raise DamagedWorkbookError(file=path.name, found=_("broken archive")) from why
    except RuntimeError as why:  # the archive itself asks for a password
        raise PasswordProtectedError(file=path.name) from why


def _check_sizes(path: Path, parts: Iterable[zipfile.ZipInfo]) -> None:
    total = count = 0
    for part in parts:
        count += 1
        total += part.file_size
        ratio = part.file_size / max(1, part.compress_size)
        if part.file_size > _RATIO_FROM and ratio > _RATIO_LIMIT:
            raise DangerousWorkbookError(
                file=path.name, found=_("a part that unfolds to many times its size")
            )
        if part.filename.endswith("sharedStrings.xml") and part.file_size > STRINGS_LIMIT:
            raise WorkbookTooBigError(file=path.name, limit=STRINGS_LIMIT >> 20)
    if count > _PARTS_LIMIT:
        raise DangerousWorkbookError(file=path.name, found=_("thousands of parts"))
    if total > TOTAL_LIMIT:
        raise WorkbookTooBigError(file=path.name, limit=TOTAL_LIMIT >> 20)


def _check_format(path: Path, names: set[str], archive: zipfile.ZipFile) -> None:
    if any(name.endswith("vbaProject.bin") for name in names):
        raise MacroWorkbookError(file=path.name)
    if "xl/workbook.bin" in names:
        raise OtherWorkbookError(file=path.name, found=".xlsb")
    if "content.xml" in names and "mimetype" in names:
        spreadsheet = b"spreadsheet" in archive.read("mimetype")[:200]
        if spreadsheet:
            raise OtherWorkbookError(file=path.name, found=".ods")
    if "[Content_Types].xml" not in names or not any(n.startswith("xl/") for n in names):
        raise NotATableError(file=path.name, found=_("a compressed archive or another document"))
    types = archive.read("[Content_Types].xml")
    if b"macroEnabled" in types:
        raise MacroWorkbookError(file=path.name)


class _RootReachedError(Exception):
    """The prolog of an XML part is over."""


def _check_prolog(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse entity declarations, which workbooks never need (the billion laughs)."""

    def declared(*_args: Any) -> None:
        raise DangerousWorkbookError(file=path.name, found=_("entities that multiply"))

    def root(*_args: Any) -> None:
        raise _RootReachedError

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = root
    with archive.open(part) as stream:
        try:
            parser.Parse(stream.read(_PROLOG))
        except _RootReachedError:
            return
        except (expat.ExpatError, LookupError) as why:
            raise DamagedWorkbookError(file=path.name, found=part.filename) from why
    if part.file_size > _PROLOG:
        raise DangerousWorkbookError(file=path.name, found=_("a part without beginning"))
