from __future__ import annotations

import unicodedata

import pytest

from privdesk.vault.search.text import Pattern, initials, normal


@pytest.mark.parametrize(
    "typed",
    [
        "홍길동",
        unicodedata.normalize("NFD", "홍길동"),
        " 홍 길동 ",
        "ㅎㅗㅇㄱㅣㄹㄷㅗㅇ",
        "홍-길동",
    ],
)
def test_a_name_is_the_same_however_it_is_typed(typed: str) -> None:
    assert normal(typed) == "홍길동"


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Min.Su_Kim+92@Example.COM", "minsukim92examplecom"),
        ("010-1234 5678", "01012345678"),
        ("０１０－１２３４", "0101234"),
        ("Ｍｉｎ Ｓｕ", "minsu"),
        ("STRASSE", "strasse"),
        ("straße", "strasse"),
        ("ﾎﾝ", "ホン"),
        ("ㄳ", "ㄱㅅ"),
        ("ㄸㅏㄸㅡㅅ", "따뜻"),
        ("@ - .", ""),
    ],
)
def test_case_width_and_punctuation_do_not_count(typed: str, plain: str) -> None:
    assert normal(typed) == plain


def test_normal_texts_stay_as_they_are() -> None:
    for text in ("홍길동", "ㅎㄱㄷ", "홍길ㄷ", "minsu92", "홍a길1", "洪吉童"):
        assert normal(text) == text


def test_first_consonants() -> None:
    assert initials("홍길동a1ㅋ洪") == "ㅎㄱㄷa1ㅋ洪"


@pytest.mark.parametrize(
    "query", ["ㅎㄱㄷ", "ㅎㄱ", "ㄱㄷ", "ㅎ", "홍ㄱ", "홍길ㄷ", "ㅎ길", "길ㄷ"]
)
def test_consonants_match_the_syllables_they_begin(query: str) -> None:
    assert Pattern(query).within("홍길동")


@pytest.mark.parametrize("query", ["ㅎㄷ", "ㄲ", "ㅎㄱㄷㅎ", "홍ㄷ", "ㄱ길"])
def test_other_consonants_do_not(query: str) -> None:
    assert not Pattern(query).within("홍길동")


def test_a_pattern_knows_beginnings() -> None:
    assert Pattern("홍ㄱ").starts("홍길동")
    assert Pattern("홍길").starts("홍길동")
    assert not Pattern("ㄱㄷ").starts("홍길동")
    assert not Pattern("길").starts("홍길동")


def test_a_korean_number_with_country_code_is_the_one_without() -> None:
    assert Pattern("+82 10-1234-5678").within("01012345678")


def test_characters_of_regular_expressions_are_texts() -> None:
    assert Pattern("ㅎ.*").text == "ㅎ"
    assert Pattern("[ㅎ]").within("홍")
