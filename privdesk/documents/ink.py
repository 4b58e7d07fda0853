"""Drawing operators on a page: text, rules, fills, paths. Points, origin at the lower left.

Texts are written straight as PDF operators, because reportlab's own text calls cost more
than the layout; fonts, objects and the file itself are reportlab's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from privdesk.documents import faces

rl_config.useA85 = 0  # streams as they are: smaller and quicker than as letters

PORTRAIT = (595.28, 841.89)
LANDSCAPE = (841.89, 595.28)

INK = "0.09 0.11 0.15"
MUTED = "0.36 0.39 0.44"
RULE = "0.62 0.65 0.69"
HAIR = "0.80 0.82 0.85"
STRESS = "0.62 0.11 0.09"
TINT = "0.953 0.957 0.965"


class Ink:
    """Writes operators for one file. Texts of the ``body`` count in the content digest."""

    def __init__(self, size: tuple[float, float]) -> None:
        self.size = size
        self._content: list[str] = []
        self._pieces: dict[tuple[str, bool], list[tuple[str, str]]] = {}
        self._buffer = BytesIO()
        make: Any = Canvas  # reportlab has no types
        self.canvas = make(
            self._buffer,
            pagesize=size,
            pageCompression=1,
            invariant=1,
            initialFontName=faces.text_face().name,
        )
        self._document = self.canvas._doc  # noqa: SLF001
        self._ops: list[str] = []
        self._font = ("", 0.0)
        self._fill = ""
        self._stroke = ""

    def text(
        self, x: float, y: float, text: str, size: float, *, bold: bool = False, colour: str = INK
    ) -> None:
        """Draw a cleaned text from ``x`` on the base line ``y``."""
        if not text:
            return
        if colour != self._fill:
            self._fill = colour
            self._ops.append(f"{colour} rg")
        shown = [f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm"]
        for font, codes in self._pieces.get((text, bold)) or self._encoded(text, bold):
            if (font, size) != self._font:
                self._font = (font, size)
                shown.append(f"{font} {size:g} Tf")
            shown.append(codes)
        shown.append("ET")
        self._ops.append(" ".join(shown))

    def body(
        self, x: float, y: float, text: str, size: float, *, bold: bool = False, colour: str = INK
    ) -> None:
        """Draw a text that belongs to the content and counts in its digest."""
        self._content.append(text)
        self.text(x, y, text, size, bold=bold, colour=colour)

    def begin_content(self, *first: str) -> None:
        """Begin the content of a paper, which ``content_digest`` is worked out over."""
        self._content = [*first]

    def content_digest(self) -> str:
        """Return the SHA-256 of all texts of the content, a line each, in hexadecimal."""
        return hashlib.sha256("\n".join(self._content).encode(errors="replace")).hexdigest()

    def spaced(self, x: float, y: float, text: str, size: float, spacing: float) -> None:
        """Draw a bold text with extra space between the signs."""
        self._ops.append(f"{spacing:.2f} Tc")
        self.text(x, y, text, size, bold=True)
        self._ops.append("0 Tc")

    def rule(
        self, x1: float, y1: float, x2: float, y2: float, *, width: float = 0.4, colour: str = HAIR
    ) -> None:
        """Draw a straight line."""
        self._stroked(colour)
        self._ops.append(f"{width:g} w {x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S")

    def line(self, points: Sequence[tuple[float, float]], *, width: float = 1.0) -> None:
        """Draw a line through points with round ends, as a pen does."""
        self._stroked(INK)
        path = [f"{x:.2f} {y:.2f} {'l' if at else 'm'}" for at, (x, y) in enumerate(points)]
        self._ops.append(f"q 1 J 1 j {width:g} w {' '.join(path)} S Q")

    def dashes(self, x1: float, x2: float, y: float) -> None:
        """Draw a dashed level line."""
        self._ops.append("[3 2.4] 0 d")
        self.rule(x1, y, x2, y, width=0.6, colour=RULE)
        self._ops.append("[] 0 d")

    def fill(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Fill a rectangle."""
        self._filled(colour)
        self._ops.append(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re f")

    def frame(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        line: float = 0.5,
        colour: str = RULE,
    ) -> None:
        """Draw the outline of a rectangle."""
        self._stroked(colour)
        self._ops.append(f"{line:g} w {x:.2f} {y:.2f} {width:.2f} {height:.2f} re S")

    def squares(self, path: str, x: float, y: float, scale: float) -> None:
        """Fill a path given in whole modules, lower left corner at ``x``, ``y``."""
        self._ops.append(f"q 0 0 0 rg {scale:.4f} 0 0 {scale:.4f} {x:.2f} {y:.2f} cm {path} f Q")

    def place(self, form: str, x: float = 0, y: float = 0) -> None:
        """Draw a form, which may be defined later but has to be before the file ends."""
        self._ops.append(f"q 1 0 0 1 {x:.2f} {y:.2f} cm")
        self._flush()
        self.canvas.doForm(form)
        self._ops.append("Q")

    def defined(self, form: str) -> bool:
        """Return whether a form is defined already."""
        return bool(self.canvas.hasForm(form))

    def begin(self, form: str) -> None:
        """Begin the definition of a form; ``end`` ends it. Only between pages."""
        self._flush()
        self.canvas.beginForm(form, 0, 0, *self.size)
        self._forget()

    def end(self) -> None:
        """End the definition of a form."""
        self._flush()
        self.canvas.endForm()
        self._forget()

    def next_page(self) -> None:
        """Close the page."""
        self._flush()
        self.canvas.showPage()
        self._forget()

    def finish(self) -> bytes:
        """Return the file."""
        self.canvas._doc.SaveToFile(self._buffer, self.canvas)  # noqa: SLF001
        return self._buffer.getvalue()

    def _encoded(self, text: str, bold: bool) -> list[tuple[str, str]]:
        """Return a text as names of font subsets and operators; remembered for this file."""
        pieces = []
        for used, part in faces.runs(text, bold):
            for subset, codes in used.font.splitString(part, self._document):
                name = used.font.getSubsetInternalName(subset, self._document)
                pieces.append((name, f"<{codes.hex()}> Tj"))
        self._pieces[text, bold] = pieces
        return pieces

    def _filled(self, colour: str) -> None:
        if colour != self._fill:
            self._fill = colour
            self._ops.append(f"{colour} rg")

    def _stroked(self, colour: str) -> None:
        if colour != self._stroke:
            self._stroke = colour
            self._ops.append(f"{colour} RG")

    def _flush(self) -> None:
        self.canvas._code.extend(self._ops)  # noqa: SLF001
        self._ops.clear()

    def _forget(self) -> None:
        self._font = ("", 0.0)
        self._fill = self._stroke = ""
