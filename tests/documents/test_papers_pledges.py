"""The sheet of a pledge: its text as blocks, a code on every page, what was written on a screen."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import page
import zxingcpp
from PIL import Image

from privdesk.documents.paper import Points, Text
from privdesk.documents.papers import pledge
from privdesk.documents.papers.office_text import blocks
from privdesk.documents.preview import page_texts, pages_png
from privdesk.documents.rendering import print_run, render
from tests.documents import samples

SHEET = pledge.PledgeSheet(
    code="d12",
    number="D12-2026-0007",
    issued_on=samples.ON,
    company="보기물류 주식회사",
    ref="G-000012-6",
    heading="개인정보 보호 서약서(퇴직)",
    text="본인은 서약합니다.\n1. 누설하지 않겠습니다.\n2. 남기지 않겠습니다.",
    source="text of the program",
    digest="ab" * 32,
    tag="PDG/3F9A2C71/G-000012-6",
    leaving=True,
    name="한지우",
    staff_no="G-7",
    department="콜센터",
)
STROKES = (((0.1, 0.1), (0.5, 0.2), (0.9, 0.1)),)


def drawn(data: pledge.PledgeSheet) -> bytes:
    paper = pledge.build(data, "ko")
    return render(paper, checkpoint=samples.CHECKPOINT, company=samples.COMPANY)


def tags(pdf: bytes) -> list[list[str]]:
    """Return the codes of each page that are a sheet's own."""
    found = []
    for png in pages_png(pdf, 150):
        codes = zxingcpp.read_barcodes(Image.open(BytesIO(png)).convert("L"))
        found.append([code.text for code in codes if code.text.startswith("PDG/")])
    return found


def test_lines_are_paragraphs_clauses_and_points() -> None:
    made = blocks("We agree.\n\n1. First.\n2) Second.\n\n- a point\n3. Not counted on from here")

    assert made == [
        Text("We agree.", size=10.0),
        Points(("First.", "Second."), mark="{n}.", size=10.0),
        Points(("a point",), size=10.0),
        Text("3. Not counted on from here", size=10.0),
    ]


def test_what_an_office_writes_is_never_markup() -> None:
    assert blocks("<b>bold</b> **x** # y") == [Text("<b>bold</b> **x** # y", size=10.0)]


def test_every_page_carries_the_code_of_its_sheet_and_its_own_number() -> None:
    long = replace(SHEET, text="\n".join(f"{n}. {'지키겠습니다. ' * 12}" for n in range(1, 25)))

    assert tags(drawn(long)) == [[f"{SHEET.tag}/1"], [f"{SHEET.tag}/2"]]
    assert tags(drawn(SHEET)) == [[f"{SHEET.tag}/1"]]


def test_in_a_run_each_sheet_keeps_its_own_code() -> None:
    other = replace(SHEET, tag="PDG/3F9A2C71/G-000013-9", ref="G-000013-9")
    papers = [pledge.build(one, "en") for one in (SHEET, other)]
    (pdf,) = print_run(papers, checkpoint=samples.CHECKPOINT, company=samples.COMPANY)

    assert tags(pdf) == [[f"{SHEET.tag}/1"], [f"{other.tag}/1"]]


def test_a_signature_from_the_screen_is_drawn_and_the_file_stays_archival() -> None:
    signed = replace(
        SHEET, signed_on=samples.ON, how="화면 서명\n2026-11-23 14:12 KST", strokes=STROKES
    )
    pdf = drawn(signed)

    assert page.validate_pdf_bytes(pdf, profile="2b").is_compliant
    (text,) = page_texts(pdf)
    assert "2026-11-23 14:12" in text
    assert next(pages_png(pdf, 60)) != next(pages_png(drawn(replace(signed, strokes=())), 60))
