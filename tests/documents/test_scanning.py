"""QR codes as another program reads them off the printed page: zxing, not ours."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from privdesk.core import spelling
from privdesk.documents.paper import Paper
from privdesk.documents.preview import page_count
from privdesk.documents.rendering import print_run, render
from privdesk.flows import issuing, proving
from tests.copies import open_copy
from tests.documents import samples

PRINTER, OFFICE_SCANNER = 300.0, 200.0  # dots an inch
SECRET = ("kit", "custody")
WITH_CHECKPOINT = sorted(samples.PAPERS.keys() - set(SECRET))


def scanned(pdf: bytes, dpi: float = PRINTER, turned: float = 0.0) -> list[str]:
    """Return the text of every code on every page, as a scanner would hand the pages over."""
    found: list[str] = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            picture = page.render(scale=dpi / 72, grayscale=True).to_pil()
            picture = picture.rotate(turned, expand=True, fillcolor=255)
            found += [code.text for code in zxingcpp.read_barcodes(picture)]
    return found


def drawn(paper: Paper) -> bytes:
    checkpoint = None if paper.secret else samples.CHECKPOINT
    return render(paper, checkpoint=checkpoint, company=samples.COMPANY)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("name", SECRET)
@pytest.mark.parametrize("dpi", [PRINTER, OFFICE_SCANNER])
def test_the_code_of_a_kit_and_of_a_custody_sheet_is_its_secret(
    name: str, language: str, dpi: float
) -> None:
    (text,) = scanned(drawn(samples.PAPERS[name](language)), dpi)

    assert text == spelling.one_line(samples.SECRET)
    assert spelling.read(text) == samples.SECRET


@pytest.mark.parametrize("name", WITH_CHECKPOINT)
def test_every_page_carries_its_number_and_the_checkpoint(name: str) -> None:
    paper = samples.PAPERS[name]("ko")
    pdf = drawn(paper)

    codes = scanned(pdf)
    assert set(codes) == {f"{paper.number}\n{samples.CHECKPOINT.text}"}
    assert len(codes) == page_count(pdf)


@pytest.mark.parametrize("turned", [2.0, 90.0, 180.0])
def test_a_page_that_lay_askew_is_read_too(turned: float) -> None:
    (text, *_others) = scanned(drawn(samples.certificate("en")), PRINTER, turned)

    assert text.endswith(samples.CHECKPOINT.text)


def test_a_print_run_carries_the_checkpoint_on_every_page() -> None:
    papers = [samples.order("ko", 5), samples.order("en", 5)]
    (pdf,) = print_run(papers, checkpoint=samples.CHECKPOINT, company=samples.COMPANY)

    assert set(scanned(pdf)) == {samples.CHECKPOINT.text}


def test_what_is_scanned_off_an_issued_paper_proves_the_journal(tmp_path: Path) -> None:
    desk = open_copy(tmp_path)
    issued = issuing.issue(desk, "d2", None, "ko")
    (text, *_others) = scanned(issued.data)
    number, _line, checkpoint = text.partition("\n")
    desk.set_setting("contact", "02-000-0000")  # the journal has gone on since

    assert number == issued.number
    assert proving.prove_journal(desk, checkpoint).contains_checkpoint
    assert proving.prove_journal(desk, text).contains_checkpoint
    desk.vault.close()
