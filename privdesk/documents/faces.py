"""The faces of papers, and the check of every sign before it is drawn.

A sign that the text face lacks is taken from the next face; one that no face has is
written in words, ``<U+1F600>``, never as an empty box.
"""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTEncoding, TTFError, TTFont, TTFontFace

from privdesk.core.resources import resource
from privdesk.documents.errors import FaceDamagedError, FaceMissingError

REGULAR = "PrivdeskSerif-Regular"
BOLD = "PrivdeskSerif-Bold"
_REST = ("PrivdeskSigns-Regular", "PrivdeskHan-Regular")  # the last one is large: loaded late


class _QuickFace(TTFontFace):
    """A face whose outlines are read in place; reportlab copies 8 MB for each subset."""

    _ttf_data: bytes

    def get_table(self, tag: str) -> bytes | memoryview:
        """Return a table, the outlines as a view."""
        position, length = self.get_table_pos(tag)
        view = memoryview(self._ttf_data)[position : position + length]
        return view if tag == "glyf" else bytes(view)


class _QuickFont(TTFont):
    """A TrueType font over a ``_QuickFace``, embedding only the signs that are used."""

    def __init__(self, name: str, path: str) -> None:
        self.fontName = name
        self.face = _QuickFace(path)
        self.encoding = TTEncoding()
        self.state = WeakKeyDictionary()
        self._asciiReadable = 0
        self.shapable = False


class Face:
    """One face: its reportlab font and the width of each sign at one point."""

    def __init__(self, name: str) -> None:
        path = resource("fonts", "paper", f"{name}.ttf")
        if not path.is_file():
            raise FaceMissingError(name=path.name)
        self.name = name
        try:
            self.font = _QuickFont(name, str(path))
        except (TTFError, struct.error, IndexError, KeyError) as why:
            raise FaceDamagedError(name=path.name) from why
        pdfmetrics.registerFont(self.font)
        widths = self.font.face.charWidths
        signs = (chr(code) for code in self.font.face.charToGlyph if code in widths)
        self.widths: dict[str, float] = {
            sign: widths[ord(sign)] / 1000
            for sign in signs
            if unicodedata.category(sign)[0] != "C"  # control and formatting signs are spoken
        }


@cache
def face(name: str) -> Face:
    """Return a face; loaded once in the life of the program."""
    return Face(name)


def text_face(bold: bool = False) -> Face:
    """Return the face that texts are set in."""
    return face(BOLD if bold else REGULAR)


def require() -> None:
    """Refuse where the text faces are missing or damaged, before anything relies on a paper."""
    text_face()
    text_face(bold=True)


@cache
def _fallback(sign: str) -> Face | None:
    """Return the first other face that has ``sign``."""
    return next((f for f in map(face, (REGULAR, *_REST)) if sign in f.widths), None)


@cache
def _spoken(sign: str) -> str:
    """Return what is drawn for a sign that the text face lacks."""
    if sign in "\t\u2028\u2029\x0b\x0c\x85":
        return " "
    return sign if _fallback(sign) else f"<U+{ord(sign):04X}>"


def clean(text: str) -> str:
    """Return ``text`` composed (NFC), each sign drawable; line ends stay.

    Control and formatting signs, which could hide or turn round what is printed, are
    written in words.
    """
    plain = text_face().widths
    if all(map(plain.__contains__, text)):
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c if c in plain or c == "\n" else _spoken(c) for c in text)


def runs(text: str, bold: bool = False) -> list[tuple[Face, str]]:
    """Return a cleaned text as pieces, each of one face that has all its signs."""
    first = text_face(bold)
    if all(map(first.widths.__contains__, text)):
        return [(first, text)]
    pieces: list[tuple[Face, str]] = []
    for sign in text:
        used = first if sign in first.widths else _fallback(sign) or first
        if pieces and pieces[-1][0] is used:
            pieces[-1] = (used, pieces[-1][1] + sign)
        else:
            pieces.append((used, sign))
    return pieces


def width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of a cleaned text in points."""
    widths = text_face(bold).widths
    try:
        return sum(map(widths.__getitem__, text)) * size
    except KeyError:
        return sum(sum(map(f.widths.__getitem__, part)) for f, part in runs(text, bold)) * size
