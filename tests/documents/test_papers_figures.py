"""The page of figures on paper: lines with bars, heads again on each page, nothing torn apart."""

from __future__ import annotations

import page
import pytest

from privdesk.documents.paper import Meter
from privdesk.documents.papers import figures_page
from privdesk.documents.preview import page_texts
from privdesk.documents.rendering import render
from tests.documents import samples

WORDS = {
    "ko": ("2026년 11월", "2026년 10월", "요구 접수", "나빠짐"),
    "en": ("November 2026", "October 2026", "Requests received", "worse"),
}


def drawn(language: str, matters: int = 2) -> bytes:
    """Return a page with so many matters of six lines each."""
    span, before, label, worse = WORDS[language]
    rows = (
        Meter(label, "9", "7", "+2", course=(1, None, 4, 0, 7, 9)),
        Meter("A", "4", part=0.8, inner=True),
        Meter("B", "0", part=0.0, inner=True),
        Meter("C " * 60, "89 % (8/9)", "100 % (7/7)", f"−11 pp {worse}", 0.89, 1.0, strong=True),
        Meter("D", "–", "–"),
        Meter("E", "0", "0", course=(0, 0, 0)),
    )
    data = figures_page.FiguresPage(
        number="FIGURES-2026-0001",
        issued_on=samples.ON,
        span=span,
        before=before,
        headline="1",
        standing="2",
        matters=tuple((f"Matter {n}", rows) for n in range(matters)),
        drafter="한지우",
    )
    paper = figures_page.page(data, language)
    return render(paper, checkpoint=samples.CHECKPOINT, company=samples.COMPANY)


@pytest.mark.parametrize("language", WORDS)
def test_it_is_valid_and_says_each_figure_now_and_before(language: str) -> None:
    pdf = drawn(language)

    assert page.validate_pdf_bytes(pdf, profile="2b").is_compliant
    (words,) = page_texts(pdf)
    span, before, label, worse = WORDS[language]
    for text in (span, before, label, f"−11 pp {worse}", "89 % (8/9)", "Matter 1"):
        assert text in words


def test_the_heads_stand_again_on_each_page() -> None:
    pages = page_texts(drawn("en", matters=12))

    assert len(pages) > 2
    assert all("October 2026" in words for words in pages)


def test_what_a_figure_is_made_of_stays_with_it() -> None:
    for matters in range(4, 12):
        for words in page_texts(drawn("en", matters)):
            lines = words.splitlines()
            first = [n for n, line in enumerate(lines) if line.startswith("Requests received")]
            assert all(any(one.startswith("B") for one in lines[n : n + 12]) for n in first)
