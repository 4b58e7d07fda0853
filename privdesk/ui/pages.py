"""Pages of a PDF as pictures."""

from __future__ import annotations

from typing import Any

import pypdfium2
from PySide6.QtGui import QImage

_POINTS, _DOTS = 72, 96


class PaperPages:
    """The pages of one PDF; ``sizes`` are (width, height) at 96 dots an inch."""

    def __init__(self, data: bytes) -> None:
        self._document: Any = pypdfium2.PdfDocument(data)
        scale = _DOTS / _POINTS
        self.sizes: list[tuple[float, float]] = [
            (width * scale, height * scale)
            for width, height in (
                self._document.get_page_size(n) for n in range(len(self._document))
            )
        ]

    def image(self, number: int, pixels: int) -> QImage:
        """Return page ``number`` (from 0), ``pixels`` wide."""
        page = self._document[number]
        bitmap = page.render(scale=pixels / page.get_width(), rev_byteorder=True, prefer_bgrx=True)
        image = QImage(
            bytes(bitmap.buffer),
            bitmap.width,
            bitmap.height,
            bitmap.stride,
            QImage.Format.Format_RGBX8888,
        ).copy()
        page.close()
        return image
