"""Pages as pictures: for the preview, for charts on the screen, and for printing."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from threading import Lock

import pypdfium2

from privdesk.documents import charts
from privdesk.documents.ink import Ink
from privdesk.documents.paper import Bars

_ONE_AT_A_TIME = Lock()  # PDFium is not safe for threads


def pages_png(pdf: bytes, dpi: float = 96.0) -> Iterator[bytes]:
    """Return each page of a PDF as PNG, one after the other."""
    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        count = len(document)
    try:
        for number in range(count):
            with _ONE_AT_A_TIME:
                picture = _png(document, number, dpi)
            yield picture
    finally:
        with _ONE_AT_A_TIME:
            document.close()


def page_count(pdf: bytes) -> int:
    """Return the number of pages of a PDF."""
    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def page_texts(pdf: bytes) -> list[str]:
    """Return the text of each page of a PDF, as a reader would copy it."""
    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        return [_text(document, number) for number in range(len(document))]


def chart_png(chart: Bars, width: float, height: float, dpi: float = 96.0) -> bytes:
    """Return a chart, drawn as on paper, as PNG for the screen. Sizes in points."""
    ink = Ink((width, height))
    charts.draw(ink, chart, 8, 6, width - 16, height - 12)
    ink.next_page()
    return next(pages_png(ink.finish(), dpi))


def _png(document: pypdfium2.PdfDocument, number: int, dpi: float) -> bytes:
    page = document[number]
    bitmap = page.render(scale=dpi / 72)
    target = BytesIO()
    bitmap.to_pil().save(target, "PNG", compress_level=1)
    bitmap.close()
    page.close()
    return target.getvalue()


def _text(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    text = page.get_textpage()
    found = str(text.get_text_bounded())
    text.close()
    page.close()
    return found.replace("\r\n", "\n")
