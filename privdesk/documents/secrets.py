"""Kit and custody sheets read back: what was printed must open what it is for."""

from __future__ import annotations

import re

from pypdfium2 import PdfiumError

from privdesk.core import spelling
from privdesk.core.errors import DomainError
from privdesk.documents.inspection import NotAPdfError
from privdesk.documents.preview import page_texts

_LINE = re.compile(r"(?:^|\s)(\d{1,2}\.|=)((?:[ \n]+[0-9A-HJKMNP-TV-Z]{1,18})+)(?=\s|$)")


class NoLettersError(DomainError):
    """This PDF holds no recovery kit and no custody sheet. Nothing was opened; choose the right
    file.
    """


def read_secret_text(text: str) -> bytes:
    """Return the secret from letters typed off a sheet, or from the text of a QR code.

    Raises:
        DomainError: one of ``core.spelling``: what is wrong and in which line.
    """
    return spelling.read(text)


def read_secret_pdf(data: bytes) -> bytes:
    """Return the secret of a printed kit or custody sheet, read from the page's own text.

    Raises:
        NotAPdfError: the file cannot be read.
        NoLettersError: it holds no letters of a secret.
        DomainError: one of ``core.spelling``, when the letters are damaged.
    """
    try:
        text = "\n".join(page_texts(data))
    except PdfiumError:
        raise NotAPdfError from None
    lines = [f"{number} {' '.join(groups.split())}" for number, groups in _LINE.findall(text)]
    refusal: DomainError = NoLettersError()
    for end in (at for at, line in enumerate(lines) if line.startswith("=")):
        start = max((at for at in range(end) if lines[at].startswith("1. ")), default=end)
        try:
            return spelling.read("\n".join(lines[start : end + 1]))
        except DomainError as error:
            refusal = error
    raise refusal
