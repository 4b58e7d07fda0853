"""The papers of an answer: the order to a place with its slip, and the annex with the very data."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from privdesk.documents.paper import Table
from privdesk.documents.papers import retrieval_order
from privdesk.documents.preview import page_texts
from tests.documents import samples
from tests.documents.test_papers import BOTH, drawn, squeezed, text

KINDS = tuple(retrieval_order.TITLES)


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("kind", KINDS)
def test_an_order_fits_with_its_slip_on_one_page(language: str, kind: str) -> None:
    pages = page_texts(drawn(samples.retrieval(language, kind)))

    assert len(pages) == 1
    words = squeezed(pages[0])
    for wanted in ("Q-000052-4", "R-000047-1", "WEB-0007919", "CS-20418", "홈페이지회원"):
        assert wanted in words, wanted
    assert words.count("Q-000052-4") == 2  # in the order and on the slip


def test_only_a_correction_shows_the_value_before_and_after() -> None:
    for kind in KINDS:
        words = text(samples.retrieval("en", kind))
        assert ("garam@example.com" in words) == (kind == "correction"), kind
        assert ("hangaram@example.org" in words) == (kind == "correction"), kind


@pytest.mark.parametrize("language", BOTH)
def test_the_annex_has_each_of_its_parts(language: str) -> None:
    words = text(samples.annex(language))

    last = "2031년2월3일" if language == "ko" else "3February2031"
    for wanted in ("한가람", "배송일정문의", "전자상거래법", last, "보기택배", "v3",
                   "본인:회원가입화면", "1-sent.csv"):  # fmt: skip
        assert wanted in words, wanted
    waiting = "아직회신하지않았습니다" if language == "ko" else "havenotrepliedyet"
    assert waiting in words


@pytest.mark.parametrize("language", BOTH)
def test_long_values_and_many_rows_run_over_pages_whole(language: str) -> None:
    note = " ".join(f"{n}번째 상담에서 배송 일정을 물었습니다." for n in range(1, 241))
    pages = page_texts(drawn(samples.annex(language, 120, note)))
    words = squeezed("".join(pages))

    assert len(pages) > 5
    for n in range(120):
        assert f"garam{n}@example.com" in words
    for n in (1, 120, 240):
        assert f"{n}번째상담에서" in words


def test_an_annex_with_nothing_says_so() -> None:
    paper = samples.annex("en")
    empty: list[Any] = [
        replace(block, rows=()) if isinstance(block, Table) else block for block in paper.body
    ]
    words = text(replace(paper, body=tuple(empty)))

    assert "Nothingisheldofyou." in words
    assert "Noconsentofyoursisrecorded." in words
