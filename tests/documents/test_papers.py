"""Every paper in both languages: valid, complete, and saying no more than is known."""

from __future__ import annotations

from dataclasses import replace

import page
import pytest

from privdesk.core import i18n
from privdesk.documents import Paper
from privdesk.documents.papers.common import boxes
from privdesk.documents.papers.destruction_certificate import Reached
from privdesk.documents.preview import page_texts
from privdesk.documents.rendering import render
from tests.documents import samples

BOTH = ("ko", "en")
EACH = [(code, language) for code in samples.PAPERS for language in BOTH]


def drawn(paper: Paper) -> bytes:
    return render(paper, checkpoint=samples.CHECKPOINT, company=samples.COMPANY)


def text(paper: Paper) -> str:
    """Return what is printed, without the spaces that line breaks bring in."""
    return squeezed("".join(page_texts(drawn(paper))))


def squeezed(words: str) -> str:
    return "".join(words.replace("\ufffe", "-").split())


@pytest.mark.parametrize(("code", "language"), EACH)
def test_a_paper_is_valid_pdf_a(code: str, language: str) -> None:
    report = page.validate_pdf_bytes(drawn(samples.PAPERS[code](language)), profile="2b")

    assert report.is_compliant, [(f.rule_id, f.message) for f in report.failures]


@pytest.mark.parametrize(("code", "language"), EACH)
def test_a_paper_carries_number_date_company_and_page_numbers(code: str, language: str) -> None:
    paper = samples.PAPERS[code](language)
    pages = page_texts(drawn(paper))

    for number, words in enumerate(map(squeezed, pages), 1):
        assert squeezed(paper.number) in words
        assert squeezed(samples.COMPANY.name) in words
        assert f"{number}/{len(pages)}" in words
    assert squeezed("2026년 11월 23일" if language == "ko" else "23 November 2026") in squeezed(
        pages[0]
    )


@pytest.mark.parametrize("language", BOTH)
def test_a_paper_in_english_has_no_korean_labels_and_the_other_way_round(language: str) -> None:
    words = text(samples.keys(language))

    assert ("공개키" in words) == (language == "ko")
    assert ("certificate" in words) == (language == "en")


def test_the_approval_line_stands_on_papers_that_are_approved() -> None:
    words = text(samples.request("ko"))

    assert all(label in words for label in ("담당", "검토", "승인", "한지우", "오세린", "문태경"))


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("reached", Reached)
def test_no_certificate_claims_that_anything_cannot_be_brought_back(
    language: str, reached: Reached
) -> None:
    words = text(samples.certificate(language, reached)).lower()

    for claim in ("unrecoverable", "irrecoverable", "복구불가", "복구할수없", "복원불가"):
        assert claim not in words


def test_a_certificate_has_the_fields_of_the_duties() -> None:
    words = text(samples.certificate("ko"))

    for label in (
        "개인정보파일", "파기항목", "정보주체", "건수", "생성일", "보유기간", "사유", "파기일시",
        "장소", "파기방법", "도구·버전", "처리자", "입회자", "백업조치", "확인방법", "확인결과",
        "특이사항", "이확인서의한계", "승인요약값", "집행요약값", "2인승인규칙",
        "개인정보보호책임자",
    ):  # fmt: skip
        assert label in words, label


def test_a_certificate_has_a_line_for_every_place_and_says_how_it_is_known() -> None:
    words = text(samples.certificate("en"))

    assert "Verifiedbythisprogram" in words
    assert "Confirmedby서다온on25November2026" in words
    assert "Notyetconfirmed" in words
    assert "Declaredloston24November2026by문태경" in words


@pytest.mark.parametrize(
    "name", ["Alice Example", "Maximiliane von Hohenberg-Sample", "남궁보기", "Wolfeschlegelstein"]
)
def test_a_name_in_the_approval_line_is_whole(name: str) -> None:
    approvals = replace(samples.APPROVALS, drafter=name, reviewer="", approver="")
    paper = replace(samples.keys("en"), approvals=boxes(i18n.words("en"), approvals))

    assert squeezed(name) in text(paper)


def test_a_certificate_without_places_has_no_line_for_every_place() -> None:
    words = text(samples.certificate("en", places=()))

    assert "Noplaceisrecorded." in words
    assert "onelineforeveryplace" not in words


def test_a_certificate_says_how_each_signed() -> None:
    words = text(samples.certificate("ko"))

    assert squeezed(f"전자서명 · 키 {samples.digest('a')[:4].upper()}") in words
    assert "서면서명·보관문서P-000012-4" in words
    assert "보호책임자지정전겸임" in words
    assert "(서명또는인)" in words


def test_the_two_officer_rule_is_printed_when_it_was_off() -> None:
    assert "OFF:oneperson" in text(samples.certificate("en", Reached.EXECUTED))
    assert "OFF:oneperson" not in text(samples.certificate("en", Reached.COMPLETE))


def test_both_digests_are_printed_whole() -> None:
    words = text(samples.certificate("ko"))

    assert samples.digest("approved").upper() in words
    assert samples.digest("executed").upper() in words


def test_the_media_annex_has_the_columns_of_nist() -> None:
    words = text(samples.certificate("ko"))

    for label in (
        "제조사", "모델명", "일련번호", "자산번호", "매체종류", "매체출처", "처리구분", "처리기법",
        "확인방법", "확인결과", "처리후행선지", "검증자",
    ):  # fmt: skip
        assert label in words, label


def test_the_destruction_register_repeats_its_head_on_each_page() -> None:
    pages = [squeezed(words) for words in page_texts(drawn(samples.register("ko", 40)))]

    assert len(pages) > 2
    for words in pages[:-1]:
        for label in ("자료의종류", "폐기일", "폐기사유", "처리담당자", "처리부서장", "확인서번호"):
            assert label in words


def test_an_order_lists_every_id_once_and_has_a_reply_slip() -> None:
    words = text(samples.order("ko", 217))

    assert words.count("WEB-") == 217
    for label in ("회신란", "파기건수", "파기일", "첨부증빙", "서명"):
        assert label in words


def test_an_order_for_a_file_known_by_count_has_no_list() -> None:
    words = text(samples.order("ko", by_count_only=True))

    assert "WEB-" not in words
    assert "2021년10월30일이전탈퇴회원전체" in words


def test_a_list_of_thousands_streams_its_rows() -> None:
    pages = page_texts(drawn(samples.listing("ko", 3000)))

    assert len(pages) > 100
    assert "H-002999-9" in pages[-1]
    assert f"1/{len(pages)}" in squeezed(pages[0])


def test_what_people_wrote_is_no_markup_and_every_sign_is_drawn() -> None:
    words = text(samples.people("ko"))

    assert "<b>박굵게</b>" in words
    assert "<U+1F600>최웃음" in words
    assert "赵例" in words


def test_a_print_with_people_in_the_clear_warns_and_says_when_it_must_go() -> None:
    words = text(samples.people("ko"))

    assert "개인정보가포함된문서" in words
    assert "열람요구R-000007-1확인" in words
    assert "2026년12월23일" in words


@pytest.mark.parametrize("make", [samples.kit, samples.custody])
def test_sheets_with_secrets_carry_no_checkpoint(make: object) -> None:
    assert callable(make)
    paper = make("en")

    assert paper.secret
    assert "Journalcheckpoint" not in text(paper)


@pytest.mark.parametrize("make", [samples.kit, samples.custody])
@pytest.mark.parametrize("language", BOTH)
def test_sheets_with_secrets_fit_on_one_page(make: object, language: str) -> None:
    assert callable(make)
    assert len(page_texts(drawn(make(language)))) == 1
