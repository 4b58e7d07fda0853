"""A scan as pages: what is a PDF stays one, a picture is put on a page of its own."""

from __future__ import annotations

from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from privdesk.core.filekinds import is_pdf

_MARGIN = 36.0


def as_pdf(data: bytes) -> bytes:
    """Return a PDF, PNG or JPEG as a PDF; a picture fills a sheet of A4, upright or lying."""
    if is_pdf(data):
        return data
    picture = ImageReader(BytesIO(data))
    wide, high = picture.getSize()
    sheet = A4 if high >= wide else (A4[1], A4[0])
    share = min((sheet[0] - 2 * _MARGIN) / wide, (sheet[1] - 2 * _MARGIN) / high)
    out = BytesIO()
    canvas = Canvas(out, pagesize=sheet)
    size = (wide * share, high * share)
    canvas.drawImage(
        picture, (sheet[0] - size[0]) / 2, (sheet[1] - size[1]) / 2, width=size[0], height=size[1]
    )
    canvas.save()
    return out.getvalue()
