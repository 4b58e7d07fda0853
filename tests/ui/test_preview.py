"""Papers on the screen, saved and printed."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from privdesk.ui.pages import PaperPages
from privdesk.ui.preview import Drafted, Preview, Refused, Sheet
from privdesk.ui.preview import Issued as Take
from privdesk.ui.theme import Theme


@pytest.fixture(scope="module")
def paper() -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for number in range(1, 4):
        canvas.setFillColorRGB(0.7, 0.1, 0.1)
        canvas.rect(100, 700, 300, 60, fill=1)
        canvas.drawString(100, 600, f"page {number}")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


@pytest.fixture
def preview(qtbot: QtBot, theme: Theme, paper: bytes) -> Preview:
    made = Preview(paper, "파기 확인서", "d1.pdf")
    qtbot.addWidget(made)
    made.show()
    return made


def test_pages_are_pictures_of_the_paper(theme: Theme, paper: bytes) -> None:
    pages = PaperPages(paper)
    assert len(pages.sizes) == 3
    image = pages.image(0, 600)
    assert image.width() == 600
    at = image.pixelColor(150, int(image.height() * (1 - 730 / 842)))
    assert at.red() > 150
    assert at.blue() < 60


def test_the_preview_counts_and_zooms(preview: Preview) -> None:
    assert preview.count.text() == "Page 1 of 3"
    preview.larger.click()
    assert preview.share.text() == "125%"
    bar = preview.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert preview.count.text() == "Page 3 of 3"


def test_a_paper_is_saved_as_it_is(
    qtbot: QtBot, preview: Preview, paper: bytes, tmp_path: Path
) -> None:
    with qtbot.waitSignal(preview.saved) as saved:
        preview.save_to(tmp_path / "d1.pdf")
    assert saved.args == [str(tmp_path / "d1.pdf")]
    assert (tmp_path / "d1.pdf").read_bytes() == paper


def test_a_folder_that_is_gone_gets_a_sentence(preview: Preview, tmp_path: Path) -> None:
    preview.save_to(tmp_path / "gone" / "d1.pdf")
    assert preview.flash.text()


def test_all_pages_are_printed(qtbot: QtBot, preview: Preview, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    with qtbot.waitSignal(preview.printed, timeout=20_000):
        preview.print_on(printer)
    assert len(pypdfium2.PdfDocument(tmp_path / "out.pdf")) == 3


@pytest.fixture
def draft(qtbot: QtBot, theme: Theme, paper: bytes) -> tuple[Preview, list[str]]:
    """Return a draft in Korean, and what was asked of the office since."""
    asked: list[str] = []

    def make(kind: str) -> Callable[[str, Take, Refused], object]:
        def run(language: str, done: Take, _failed: Refused) -> None:
            asked.append(f"{kind} {language}")
            done(Sheet(paper, f"{kind} {language}", f"{kind}.pdf"))

        return run

    drafted = Drafted("ko", make("issued"), make("draft"))
    made = Preview(paper, "초안", "draft.pdf", drafted=drafted)
    qtbot.addWidget(made)
    made.show()
    return made, asked


def test_a_draft_is_shown_in_the_other_language_and_issued_in_it(
    draft: tuple[Preview, list[str]], tmp_path: Path
) -> None:
    preview, asked = draft
    assert preview.language.text() == "English"
    preview.language.click()
    assert (preview.title.text(), preview.language.text()) == ("draft en", "한국어")
    assert preview.draft.isVisible()
    preview.save_to(tmp_path / "out.pdf")

    assert asked == ["draft en", "issued en"]
    assert not preview.language.isVisible()
    assert not preview.draft.isVisible()


def test_while_a_paper_is_made_it_is_neither_issued_again_nor_drafted(
    qtbot: QtBot, theme: Theme, paper: bytes, tmp_path: Path
) -> None:
    waiting: list[Take] = []
    asked: list[str] = []

    def make(what: str) -> Callable[[str, Take, Refused], object]:
        def run(language: str, done: Take, _refused: Refused) -> None:
            asked.append(f"{what} {language}")
            waiting.append(done)

        return run

    made = Preview(paper, "초안", "draft.pdf", drafted=Drafted("ko", make("issue"), make("draft")))
    qtbot.addWidget(made)
    made.show()
    made.save_to(tmp_path / "out.pdf")
    made.change_language()
    made.save_to(tmp_path / "again.pdf")
    made.print_on(QPrinter())
    made.print_out()
    assert asked == ["issue ko"]
    waiting[0](Sheet(paper, "issued", "D1-2026-0001.pdf"))

    assert (tmp_path / "out.pdf").exists()
    assert not (tmp_path / "again.pdf").exists()
    assert made.title.text() == "issued"


def test_an_issued_paper_stays_in_its_language(preview: Preview) -> None:
    assert not preview.language.isVisible()
    preview.change_language()
    assert preview.title.text() == "파기 확인서"


def test_a_lying_page_stands_whole(qtbot: QtBot, theme: Theme) -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(842, 595))
    canvas.showPage()
    canvas.save()
    window = QWidget()
    window.resize(1440, 900)
    qtbot.addWidget(window)
    preview = Preview(stream.getvalue(), "목록", "list.pdf", window)
    with qtbot.waitExposed(preview):
        preview.show()

    assert preview.sheets.minimumWidth() < preview.width() < window.width()
