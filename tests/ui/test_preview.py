"""Papers on the screen, saved and printed."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from privdesk.ui.pages import PaperPages
from privdesk.ui.preview import Preview
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
