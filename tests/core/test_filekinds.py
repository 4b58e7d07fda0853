"""What a file is, told by how it begins."""

from __future__ import annotations

import pytest

from privdesk.core.filekinds import BMP, GIF, JPEG, PDF, PNG, TIFF, WEBP, kind_of, media_type

BEGINNINGS = {
    PDF: b"%PDF-1.7\n",
    PNG: b"\x89PNG\r\n\x1a\n\0\0",
    JPEG: b"\xff\xd8\xff\xe0",
    TIFF: b"II*\0\x08",
    GIF: b"GIF89a",
    WEBP: b"RIFF\x10\0\0\0WEBPVP8 ",
    BMP: b"BM\x36\0\x01\0\0\0\0\0\x36",
}


@pytest.mark.parametrize("kind", BEGINNINGS, ids=lambda kind: kind.ending)
def test_each_kind_is_known_by_its_beginning(kind: object) -> None:
    assert [one for one in BEGINNINGS if one.fits(BEGINNINGS[kind])] == [kind]  # type: ignore[index]


@pytest.mark.parametrize(
    "data", [b"", b"BMW is a car", b"RIFF\x10\0\0\0WAVEfmt ", b"%PD", b"GIF8", b"PK\x03\x04", b"x"]
)
def test_what_only_looks_alike_is_none(data: bytes) -> None:
    assert kind_of(data) is None


def test_the_content_counts_before_the_name() -> None:
    assert media_type("letter.txt", BEGINNINGS[PDF]) == "application/pdf"
    assert media_type("LETTER.TXT", b"good day") == "text/plain"
    assert media_type("tool.exe", b"MZ") == "application/octet-stream"
