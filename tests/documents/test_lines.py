"""Breaking lines the Korean way."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privdesk.documents.lines import NOT_FIRST, NOT_LAST, wrap


def cells(text: str) -> float:
    """Measure as a terminal does: one for Latin, two for the rest."""
    return sum(1 if sign < "\u1100" else 2 for sign in text)


def test_korean_breaks_between_words() -> None:
    assert wrap("보유기간이 지난 개인정보를 파기한다", 16, cells) == [
        "보유기간이 지난",
        "개인정보를",
        "파기한다",
    ]


def test_a_word_longer_than_the_line_breaks_between_syllables() -> None:
    assert wrap("띄어쓰기없이긴문장", 8, cells) == ["띄어쓰기", "없이긴문", "장"]


def test_chinese_breaks_anywhere() -> None:
    assert wrap("이름 趙匡胤皇帝", 10, cells) == ["이름 趙匡", "胤皇帝"]


def test_latin_words_stay_whole() -> None:
    assert wrap("ask the privacy office", 10, cells) == ["ask the", "privacy", "office"]


def test_a_latin_word_longer_than_the_line_breaks_after_a_hyphen_or_the_like() -> None:
    assert wrap("D1-2026-000007", 10, cells) == ["D1-2026-", "000007"]


def test_a_latin_word_without_a_place_to_break_is_cut() -> None:
    assert wrap("a" * 25, 10, cells) == ["a" * 10, "a" * 10, "a" * 5]


def test_no_line_starts_with_a_closing_sign() -> None:
    assert wrap("가나다라마바사아자차카타.", 8, cells) == ["가나다라", "마바사아", "자차카", "타."]


def test_no_line_ends_with_an_opening_sign() -> None:
    assert wrap("가나다(라마바사)아", 8, cells) == ["가나다", "(라마바", "사)아"]


def test_no_break_at_a_space_beside_a_closing_sign() -> None:
    assert wrap("보존하여야 하는 경우 )", 10, cells) == ["보존하여야", "하는", "경우 )"]


def test_line_ends_in_the_text_are_kept() -> None:
    assert wrap("하나\n\n둘", 20, cells) == ["하나", "", "둘"]


TEXTS = st.text(alphabet="가나다 (「a1b.,)」 漢字\n", max_size=60)


@given(TEXTS, st.integers(min_value=12, max_value=40))
def test_nothing_is_lost_or_added(text: str, room: int) -> None:
    lines = wrap(text, room, cells)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")


@given(TEXTS, st.integers(min_value=12, max_value=40))
def test_the_rules_hold_wherever_a_line_was_broken(text: str, room: int) -> None:
    for paragraph in text.split("\n"):
        lines = wrap(paragraph, room, cells)
        for before, after in pairwise(lines):
            joined = before.strip()[-1:], after.strip()[:1]
            glued = len("".join(joined)) == 2 and (joined[0] in NOT_LAST or joined[1] in NOT_FIRST)
            assert not glued or cells(before + after) > room


@pytest.mark.parametrize("room", [10.0, 25.0, 60.0])
def test_no_line_is_wider_than_its_room(room: float) -> None:
    text = "개인정보 처리자는 privacy-office@example.com 으로 (지체 없이) 「통지」하여야 한다."

    assert all(cells(line) <= room for line in wrap(text, room, cells))


def test_a_line_of_a_break_down_goes_on_beneath_its_words() -> None:
    assert wrap("   · 개인정보 보호팀 담당", 16, cells) == ["   · 개인정보", "     보호팀 담당"]
    assert wrap("   · 가나다라", 6, cells)  # too narrow to stand in
