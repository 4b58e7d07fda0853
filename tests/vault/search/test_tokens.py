from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from privdesk.vault.search.text import Pattern, normal
from privdesk.vault.search.tokens import documents

TEXTS = st.lists(st.text("홍길동ㅎㄱaAbz019０-. \n洪é", max_size=8), max_size=4)


def test_a_person_is_cut_into_grams() -> None:
    (grams,) = documents([("홍길동", "010-1234-5678", "hong@a.kr")])
    assert grams.rstrip() == (
        "홍길 길동 동_ ㅎㄱ ㄱㄷ ㄷ_ 홍ㄱ 길ㄷ 5678"
        " 010 101 012 123 234 345 456 567 678 78_ 8_h _ho hon ong nga gak akr kr_ r__"
    )


def test_short_numbers_have_no_tail() -> None:
    assert "3456" not in documents([("123456",)])[0].split()
    assert "4567" in documents([("1234567",)])[0].split()


def test_a_line_without_texts_has_no_grams() -> None:
    assert documents([(), ("", "--"), ("a",)]) == ["", "", "a__ "]


@given(st.lists(TEXTS, max_size=5))
def test_grams_of_a_line_do_not_depend_on_its_neighbours(lines: list[list[str]]) -> None:
    alone = [documents([line])[0] for line in lines]
    assert documents(lines) == alone


@given(TEXTS)
def test_grams_are_safe_words(texts: list[str]) -> None:
    for gram in documents([texts])[0].split():
        assert 2 <= len(gram) <= 4
        assert all(c == "_" or c.isalnum() for c in gram)


@given(st.text("홍길동ㅎㄱ는abz019 洪é-", min_size=1, max_size=10), st.data())
def test_every_piece_of_a_text_matches_it(text: str, data: st.DataObject) -> None:
    plain = normal(text)
    start = data.draw(st.integers(0, len(plain)))
    stop = data.draw(st.integers(start, len(plain)))
    assert Pattern(plain[start:stop]).within(plain)
