"""From papers to files: layout that holds, the same bytes each time, print runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import page
import pytest

from privdesk.documents import (
    Box,
    Column,
    Entry,
    Form,
    Gap,
    Heading,
    NewPage,
    Paper,
    Table,
    Text,
    Together,
)
from privdesk.documents.paper import Block
from privdesk.documents.preview import page_texts
from privdesk.documents.rendering import print_run, render
from tests.documents import samples

ON = date(2026, 11, 23)


def paper(*body: Block, language: str = "ko") -> Paper:
    return Paper("d0", "N-000001-4", "시험 문서", language, ON, body)


def drawn(one: Paper) -> bytes:
    return render(one, checkpoint=samples.CHECKPOINT, company=samples.COMPANY)


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert drawn(samples.certificate("ko")) == drawn(samples.certificate("ko"))


def test_another_value_gives_another_content_digest() -> None:
    one = page_texts(drawn(paper(Text("하나"))))[0]
    two = page_texts(drawn(paper(Text("둘"))))[0]

    def printed(words: str) -> str:
        return words[words.index("SHA-256") :][:40]

    assert printed(one) != printed(two)


def test_a_cell_taller_than_a_page_runs_over_pages_and_loses_nothing() -> None:
    long = " ".join(f"낱말{n}" for n in range(4000))
    table = Table((Column("번호", 1), Column("내용", 4)), [("1", long)])
    words = "".join("".join(page_texts(drawn(paper(table)))).split())

    assert all(f"낱말{n}" in words for n in range(4000))


def test_a_form_taller_than_a_page_runs_over_pages_and_loses_nothing() -> None:
    long = "\n".join(f"줄{n}끝" for n in range(300))
    words = "".join(page_texts(drawn(paper(Form((Entry("사유", long, wide=True),))))))

    assert all(f"줄{n}끝" in words for n in range(300))


def test_a_box_taller_than_a_page_loses_nothing() -> None:
    long = tuple(f"상자{n}끝" for n in range(200))
    words = "".join(page_texts(drawn(paper(Box(long)))))

    assert all(text in words for text in long)


@pytest.mark.parametrize("gap", range(440, 600, 8))
def test_a_heading_does_not_stay_behind_alone(gap: int) -> None:
    table = Table((Column("아주 긴 머리글 낱말들", 1), Column("내용", 9)), [("가", "본문\n본문")])
    pages = page_texts(drawn(paper(Gap(gap), Heading("제목"), table)))

    assert ("제목" in pages[0]) == ("본문" in pages[0])


def test_blocks_kept_together_go_to_the_next_page_together() -> None:
    kept = Together((Heading("앞"), Form(tuple(Entry(f"항목{n}", "값") for n in range(12)))))
    pages = page_texts(drawn(paper(Gap(480), kept)))

    assert "앞" not in pages[0]
    assert "항목11" in pages[1]


def test_an_empty_table_says_so() -> None:
    table = Table((Column("번호"),), [], empty="기록이 없습니다.")

    assert "기록이 없습니다." in page_texts(drawn(paper(table)))[0]


def test_no_page_is_empty_after_a_new_page() -> None:
    assert len(page_texts(drawn(paper(Text("앞"), NewPage(), Text("뒤"))))) == 2


def test_a_very_long_title_and_company_do_not_break_the_page() -> None:
    one = replace(paper(Text("본문")), title="긴제목" * 60, number="N" * 30)
    company = replace(samples.COMPANY, name="긴이름" * 30)
    data = render(one, checkpoint=samples.CHECKPOINT, company=company)

    assert page.validate_pdf_bytes(data, profile="2b").is_compliant


@pytest.mark.parametrize("seed", range(24))
def test_every_file_is_valid_whatever_its_bytes_end_in(seed: int) -> None:
    data = drawn(paper(*(Text(f"문단 {seed} {n}") for n in range(seed % 7 + 1))))

    assert page.validate_pdf_bytes(data, profile="2b").is_compliant


def test_a_paper_without_a_checkpoint_can_be_drawn() -> None:
    data = render(paper(Text("본문")), checkpoint=None, company=samples.COMPANY)

    assert "기록 대조 번호" not in page_texts(data)[0]


def test_a_print_run_keeps_numbers_and_page_counts_and_comes_in_several_files() -> None:
    papers = [replace(paper(Text(f"알림 {n}")), number=f"N-{n:06d}") for n in range(25)]
    seen: list[int] = []
    files = list(
        print_run(
            papers, checkpoint=samples.CHECKPOINT, company=samples.COMPANY, papers_a_file=10,
            progress=seen.append,
        )
    )  # fmt: skip
    pages = [words for data in files for words in page_texts(data)]

    assert [len(page_texts(data)) for data in files] == [10, 10, 5]
    assert all(f"N-{n:06d}" in words for n, words in enumerate(pages))
    assert all("1/1" in words.replace(" ", "") for words in pages)
    assert seen == list(range(1, 26))
    assert all(page.validate_pdf_bytes(data, profile="2b").is_compliant for data in files)


def test_an_empty_print_run_gives_no_file() -> None:
    assert list(print_run([], checkpoint=None, company=samples.COMPANY)) == []
