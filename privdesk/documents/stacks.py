"""A stack of scanned sheets: the codes on every page, a page as a picture, pages picked out.

A scan is a PDF, or a picture of one page (PNG, JPEG) or of several (TIFF). It comes from
outside and may be anything: what cannot be read is refused with a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from privdesk.core.errors import DomainError
from privdesk.core.filekinds import JPEG, PNG, is_pdf, kind_of

if TYPE_CHECKING:
    from pikepdf import Pdf
    from PIL.Image import Image

MOST_PAGES = 1_000
_TRIES = (150.0, 300.0)  # dots an inch: quick first, then as sharp as a scanner is
_GLANCE = 72.0  # dots an inch at which two pages are compared
_WIDEST = 40_000_000  # signs of a picture: a sheet of A3 at 600 dots an inch is less
_SMALLEST = 200  # signs of a picture's shorter side


class UnreadableScanError(DomainError):
    """{file} is no PDF, PNG, JPEG or TIFF that can be read, or is locked by a password. Nothing was
    changed; scan the sheets again, or save them as a PDF.
    """


class NobodyReadsError(DomainError):
    """{file} shows nothing that could be read: it is blank, or a picture of a few dots. Nothing was
    changed; scan the sheet again, with 150 dots an inch or more.
    """


class TooManyPagesError(DomainError):
    """{file} has {pages} pages, and a stack holds at most {most}. Nothing was changed; scan it in
    parts.
    """


@dataclass(frozen=True)
class ScannedPage:
    """A page, counted from 0, and the texts of the QR codes that were read on it.

    ``blank`` marks a side on which hardly anything stands, as the backs of a two-sided scan.
    ``turn`` is by how many degrees, counted against the clock, the page is turned to be upright:
    a multiple of 90, told by its code.
    """

    number: int
    codes: tuple[str, ...]
    blank: bool = False
    turn: int = 0


def page_count(data: bytes, name: str) -> int:
    """Return how many pages a scan has; refuse what is none."""
    with _opened(data, name) as source:
        return source.count


def read(
    data: bytes,
    name: str,
    wanted: Callable[[str], bool],
    step: Callable[[], object] = lambda: None,
) -> Iterator[ScannedPage]:
    """Yield every page with its codes; where none is ``wanted``, the page is looked at closer.

    ``step`` is called after each page, and may raise to stop.
    """
    import zxingcpp

    wanted_form = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])

    with _opened(data, name) as source:
        for number in range(source.count):
            found: tuple[str, ...] = ()
            blank, turn = False, 0
            for dpi in _TRIES:
                picture = source.picture(number, dpi)
                blank = blank or _blank(picture)
                codes = zxingcpp.read_barcodes(picture, formats=wanted_form)
                found = tuple(code.text for code in codes)
                turns = [code.orientation for code in codes if wanted(code.text)]
                turn = round(turns[0] / 90) * 90 % 360 if turns else 0
                if any(map(wanted, found)) or not source.sharper or blank:
                    break
            yield ScannedPage(number, found, blank, turn)
            step()


def require_ink(data: bytes, name: str) -> None:
    """Refuse a scan on which nobody could read anything.

    Raises:
        NobodyReadsError: every page is blank or a picture of a few dots.
        UnreadableScanError: it cannot be opened as a scan.
    """
    with _opened(data, name) as source:
        pictures = (source.picture(number, _GLANCE) for number in range(source.count))
        if all(min(one.size) < _SMALLEST or _bare(one) for one in pictures):
            raise NobodyReadsError(file=name)


def _bare(picture: Image) -> bool:
    """Whether nothing at all stands on a page: fewer than one sign in ten thousand is grey."""
    counts = picture.histogram()
    return sum(counts[:200]) * 10_000 < sum(counts)


def _blank(picture: Image) -> bool:
    """Whether hardly a sign of a page is dark: less than one in a thousand."""
    counts = picture.histogram()
    return sum(counts[:128]) * 1000 < sum(counts)


def page_png(data: bytes, name: str, number: int, turn: int = 0, dpi: float = 110.0) -> bytes:
    """Return a page as a picture for the screen, turned by so many degrees against the clock."""
    with _opened(data, name) as source:
        target = BytesIO()
        picture = source.picture(number, dpi).rotate(turn, expand=True)
        picture.thumbnail((1600, 1600))
        picture.save(target, "PNG", compress_level=1)
        return target.getvalue()


def has_text(data: bytes, number: int) -> bool:
    """Whether a page of a PDF has letters on it: a page as a scanner writes it has none."""
    if not is_pdf(data):
        return False
    with _opened(data, "") as source:
        return isinstance(source, _Pdf) and source.letters(number) > 0


def same_page(data: bytes, number: int, other: bytes, at: int) -> bool:
    """Whether a page of a PDF looks, to the last sign, like a page of another one.

    A scan never does: so a file that looks like the printed sheet is that sheet, unsigned.
    """
    with _opened(data, "") as mine, _opened(other, "") as theirs:
        if at >= theirs.count:
            return False
        seen, known = mine.picture(number, _GLANCE), theirs.picture(at, _GLANCE)
        return seen.size == known.size and seen.tobytes() == known.tobytes()


def pick(data: bytes, name: str, pages: Sequence[int]) -> bytes:
    """Return some pages of a scan as a PDF, in the order given."""
    import pikepdf

    target, out = pikepdf.Pdf.new(), BytesIO()
    if is_pdf(data):
        try:
            with pikepdf.open(BytesIO(data)) as source:
                _flatten(source)
                for number in pages:
                    target.pages.append(source.pages[number])
                target.save(out)
        except pikepdf.PdfError as why:
            raise UnreadableScanError(file=name) from why
        return out.getvalue()
    return joined([_as_pdf(data, name, number) for number in pages])


def _flatten(source: Pdf) -> None:
    """Turn what stands in forms and notes into plain ink, and take out what could act."""
    source.flatten_annotations("all")
    for name in ("/AcroForm", "/OpenAction", "/AA", "/Names"):
        if name in source.Root:
            del source.Root[name]
    for page in source.pages:
        for name in ("/Annots", "/AA"):
            if name in page:
                del page[name]


def joined(files: Sequence[bytes]) -> bytes:
    """Return several PDFs as one."""
    import pikepdf

    if len(files) == 1:
        return files[0]
    target, out = pikepdf.Pdf.new(), BytesIO()
    sources = [pikepdf.open(BytesIO(data)) for data in files]
    try:
        for source in sources:
            target.pages.extend(source.pages)
        target.save(out)
    finally:
        for source in sources:
            source.close()
    return out.getvalue()


def whole(data: bytes, name: str) -> bytes:
    """Return all pages of a scan as a PDF; refuse what is no scan."""
    return pick(data, name, range(page_count(data, name)))


def _as_pdf(data: bytes, name: str, number: int) -> bytes:
    from privdesk.documents.scans import as_pdf

    if number == 0 and kind_of(data, (PNG, JPEG)) is not None:
        return as_pdf(data)
    with _opened(data, name) as source:
        target = BytesIO()
        source.picture(number, _TRIES[-1]).save(target, "PNG")
        return as_pdf(target.getvalue())


class _Pdf:
    """The pages of a PDF; PDFium serves one at a time."""

    sharper = True  # can be drawn with more dots

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        from privdesk.documents.preview import _ONE_AT_A_TIME

        self._lock = _ONE_AT_A_TIME
        with self._lock:
            self._document = pypdfium2.PdfDocument(data)
            self.count = len(self._document)

    def picture(self, number: int, dpi: float) -> Image:
        """Return a page in grey."""
        with self._lock:
            page = self._document[number]
            wide, high = page.get_size()
            scale = min(dpi / 72, (_WIDEST / max(wide * high, 1.0)) ** 0.5)
            bitmap = page.render(scale=scale, grayscale=True)
            found: Image = bitmap.to_pil().copy()
            bitmap.close()
            page.close()
        return found

    def letters(self, number: int) -> int:
        """Return how many letters stand on a page."""
        with self._lock:
            page = self._document[number]
            text = page.get_textpage()
            found = int(text.count_chars())
            text.close()
            page.close()
        return found

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            self._document.close()


class _Pictures:
    """The frames of a picture."""

    sharper = False

    def __init__(self, picture: Any, name: str) -> None:
        self._picture, self._name = picture, name
        self.count = int(getattr(picture, "n_frames", 1))

    def picture(self, number: int, _dpi: float) -> Image:
        """Return a frame in grey."""
        try:
            self._picture.seek(number)
            found: Image = self._picture.convert("L")
        except (OSError, SyntaxError, ValueError) as why:  # cut off, or damaged further on
            raise UnreadableScanError(file=self._name) from why
        return found

    def close(self) -> None:
        """Give the file back."""
        self._picture.close()


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[_Pdf | _Pictures]:
    source = _open(data, name)
    try:
        if source.count > MOST_PAGES:
            raise TooManyPagesError(file=name, pages=source.count, most=MOST_PAGES)
        yield source
    finally:
        source.close()


def _open(data: bytes, name: str) -> _Pdf | _Pictures:
    import pypdfium2
    from PIL import Image, UnidentifiedImageError

    try:
        if is_pdf(data):
            return _Pdf(data)
        picture = Image.open(BytesIO(data), formats=("PNG", "JPEG", "TIFF"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as why:
        raise UnreadableScanError(file=name) from why  # a sheet is never that large
    except (pypdfium2.PdfiumError, UnidentifiedImageError, OSError, ValueError) as why:
        raise UnreadableScanError(file=name) from why
    wide, high = picture.size
    if wide * high > 2 * _WIDEST:
        picture.close()
        raise UnreadableScanError(file=name)
    return _Pictures(picture, name)
