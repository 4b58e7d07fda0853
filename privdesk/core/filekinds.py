"""What kind of file some bytes are, told by how they begin and never by a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath


@dataclass(frozen=True)
class FileKind:
    """A kind of file: its media type (IANA), its usual ending, the bytes it begins with."""

    media_type: str
    ending: str
    heads: tuple[bytes, ...]
    later: tuple[int, bytes] = (0, b"")
    """Bytes that stand further on, and where: not every beginning is telling by itself."""

    def fits(self, data: bytes) -> bool:
        """Whether some bytes, or the first of them, are a file of this kind."""
        at, mark = self.later
        return data.startswith(self.heads) and data[at : at + len(mark)] == mark


PDF = FileKind("application/pdf", ".pdf", (b"%PDF-",))
PNG = FileKind("image/png", ".png", (b"\x89PNG\r\n\x1a\n",))
JPEG = FileKind("image/jpeg", ".jpg", (b"\xff\xd8\xff",))
TIFF = FileKind("image/tiff", ".tif", (b"II*\0", b"MM\0*"))
GIF = FileKind("image/gif", ".gif", (b"GIF87a", b"GIF89a"))
WEBP = FileKind("image/webp", ".webp", (b"RIFF",), (8, b"WEBP"))
BMP = FileKind("image/bmp", ".bmp", (b"BM",), (6, bytes(4)))

PICTURES = (PNG, JPEG, TIFF, GIF, WEBP, BMP)
SHEETS = (PDF, PNG, JPEG)
"""What a signed sheet or a piece of evidence is saved as."""
_BY_NAME = {
    ".csv": "text/csv",
    ".eml": "message/rfc822",
    ".htm": "text/html",
    ".html": "text/html",
    ".json": "application/json",
    ".txt": "text/plain",
}


def kind_of(data: bytes, among: Sequence[FileKind] = (PDF, *PICTURES)) -> FileKind | None:
    """Return the kind of a file by its first bytes, or None where it is none of those."""
    return next((kind for kind in among if kind.fits(data)), None)


def is_pdf(data: bytes) -> bool:
    """Whether some bytes are a PDF (ISO 32000-1, 7.5.2)."""
    return PDF.fits(data)


def media_type(name: str, data: bytes) -> str:
    """Return the media type of a file: by its content, otherwise by what its name claims."""
    kind = kind_of(data)
    if kind is not None:
        return kind.media_type
    return _BY_NAME.get(PurePath(name).suffix.lower(), "application/octet-stream")
