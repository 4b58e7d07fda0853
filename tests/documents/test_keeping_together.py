"""What stands together on a page; days are not broken, ledgers add up, and what is open is said."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from privdesk.core.i18n import words
from privdesk.documents import charts
from privdesk.documents.paper import (
    Align,
    Block,
    Column,
    Entry,
    Form,
    Gap,
    Heading,
    Paper,
    Signature,
    Signatures,
    Table,
    Together,
)
from privdesk.documents.papers import audit_papers
from privdesk.documents.papers.training_status import TrainingStatus, status
from privdesk.documents.preview import page_texts
from privdesk.documents.rendering import render
from tests.documents import samples

COLUMNS = (Column("Number"), Column("What"))
HANDS = Signatures(
    (Signature("Inspector", "한지우"),), ("Role", "Name", "How", "Date"), "(by hand)"
)


def pages(*body: Block) -> list[str]:
    """Return the words of each page of a paper with these blocks."""
    paper = Paper("t", "T-1", "Paper", "en", samples.ON, body)
    return page_texts(render(paper, checkpoint=None, company=samples.COMPANY))


def rows(count: int) -> list[Sequence[str]]:
    return [(f"row-{n}.", "one line") for n in range(count)]


def lengths() -> range:
    """Return numbers of rows that end around the foot of the first page, or just beyond it."""
    full = next(n for n in range(20, 60) if len(pages(Table(COLUMNS, rows(n)))) > 1)
    return range(full - 2, full + 4)


def test_a_page_does_not_begin_for_the_last_row_alone() -> None:
    for count in lengths():
        last = pages(Table(COLUMNS, rows(count)))[-1]
        assert last.count("row-") >= 2, count
        streamed = pages(Table(COLUMNS, iter(rows(count))))[-1]
        assert streamed.count("row-") >= 2, count


@pytest.mark.parametrize("hands", [HANDS, Together((HANDS,)), Together((Form((Entry("By"),)),))])
def test_signatures_stand_with_what_is_signed(hands: Block) -> None:
    for count in lengths():
        told = pages(Table(COLUMNS, rows(count)), hands)
        assert "row-" in told[-1], count
        opinion = Form((Entry("Opinion", "all in order", wide=True),))
        told = pages(Table(COLUMNS, rows(count)), opinion, hands)
        assert "all in order" in told[-1], count


def test_a_block_of_signatures_is_not_torn_apart() -> None:
    many = Signatures(tuple(Signature(f"hand-{n}.", "길다란 이름 " * 4) for n in range(4)),
                      HANDS.labels, "")  # fmt: skip
    for height in range(300, 620, 40):
        told = pages(Gap(float(height)), Heading("Checked by"), many)
        assert [text.count("hand-") for text in told] in ([4], [0, 4]), height
        assert "Checked by" in told[-1], height


def test_a_heading_stands_with_the_beginning_of_its_table() -> None:
    tall = [("row-0.", "many words " * 60)]
    for height in range(300, 620, 40):
        told = pages(Gap(float(height)), Heading("Over it"), Table(COLUMNS, tall), HANDS)
        (page,) = (text for text in told if "Over it" in text)
        assert "row-0." in page, height


def test_days_and_numbers_are_read_in_one_piece() -> None:
    narrow = tuple(Column(f"H{n}", 0.3 if n < 3 else 2.0) for n in range(9))
    line = ("US-000077-1", "2026-11-29", "1,204,331", *["words of a sentence"] * 6)
    (told,) = pages(Table(narrow, [line]))
    for whole in line[:3]:
        assert whole in told


def test_a_total_stands_below_rows_and_not_below_none() -> None:
    right = (Column("Who"), Column("Count", align=Align.RIGHT))
    (told,) = pages(Table(right, [("A", "1"), ("B", "2")], total=("Total", "3"), empty="Nobody"))
    assert told.index("Total") > told.index("B")
    (told,) = pages(Table(right, [], total=("Total", "0"), empty="Nobody"))
    assert "Total" not in told
    assert "Nobody" in told


def test_names_below_bars_take_two_lines_and_no_more() -> None:
    assert charts._label("영업팀", 60) == ["영업팀"]
    assert charts._label("개인정보보호팀", 36) == ["개인정보", "보호팀"]
    cut = charts._label("글로벌 디지털 플랫폼 고객 경험 혁신 추진 본부", 40)
    assert len(cut) == 2
    assert cut[1].endswith("…")


@pytest.mark.parametrize(("language", "share"), [("ko", "60%"), ("en", "60 %")])
def test_completion_is_added_up(language: str, share: str) -> None:
    data = TrainingStatus("T-1", samples.ON, (("A", 3, 1), ("B", 2, 2)), (), 90)
    paper = status(data, language)
    (told,) = page_texts(render(paper, checkpoint=None, company=samples.COMPANY))
    last = [line for line in told.splitlines() if line.startswith(words(language)("Total"))]
    assert share in told
    assert last


@pytest.mark.parametrize(
    ("answer", "told"),
    [("", ("Not answered 1", "None so far", "not every question")), ("yes", ("Yes 1", "None"))],
)
def test_an_audit_under_way_does_not_say_that_nothing_was_found(
    answer: str, told: tuple[str, ...]
) -> None:
    lines = (audit_papers.AuditLine(1, "S1", "Is it so?", answer),)
    head = audit_papers.AuditHead("Y-000001-1", "Audit", "Regular")
    data = audit_papers.AuditReport("T-1", samples.ON, head, lines, ())
    paper = audit_papers.report(data, "en")
    text = " ".join(page_texts(render(paper, checkpoint=None, company=samples.COMPANY)))
    for word in told:
        assert word in text
    assert ("Nothing was found." in text) == bool(answer)
