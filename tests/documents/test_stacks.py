"""Scans come from outside and may be anything; each is read, or refused with a sentence."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image

from privdesk.documents import stacks
from privdesk.documents.stacks import NobodyReadsError, UnreadableScanError
from tests.scans import png


def pdf(*pages: bytes) -> bytes:
    from privdesk.documents.scans import as_pdf

    return stacks.joined([as_pdf(page) for page in pages])


def huge() -> bytes:
    """Return the head of a picture of 20,000 by 20,000 dots, which unfolds to fill the memory."""
    told = b"IHDR" + struct.pack(">IIBBBBB", 20_000, 20_000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + told + struct.pack(">I", zlib.crc32(told))


def cut() -> bytes:
    """Return a picture whose second half never came."""
    noise = Image.effect_noise((400, 400), 80)
    out = BytesIO()
    noise.save(out, "PNG")
    return out.getvalue()[:40_000]


@pytest.mark.parametrize("made", [huge, cut, lambda: b"", lambda: b"%PDF-1.7 no more"])
def test_what_cannot_be_read_is_refused_with_a_sentence(made: Callable[[], bytes]) -> None:
    with pytest.raises(UnreadableScanError):
        stacks.require_ink(made(), "scan")


@pytest.mark.parametrize(
    "made",
    [
        png((1, 1), ink=False),
        png((150, 4_000), ink=True),
        png((800, 600), ink=False),
        pdf(png((800, 600), ink=False)),
    ],
)
def test_a_sheet_on_which_nobody_could_read_anything_is_none(made: bytes) -> None:
    with pytest.raises(NobodyReadsError):
        stacks.require_ink(made, "scan")


def test_one_page_with_ink_is_enough() -> None:
    stacks.require_ink(png((800, 600), ink=True), "scan")
    stacks.require_ink(pdf(png((800, 600), ink=False), png((800, 600), ink=True)), "scan")
