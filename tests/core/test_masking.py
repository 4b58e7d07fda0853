import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privdesk.core.fields import Kind
from privdesk.core.masking import mask


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("홍길동", "홍*동"),
        ("홍 길동", "홍*동"),
        ("김수", "김*"),
        ("남궁길동", "남궁**"),
        ("김가나다", "김**다"),
        ("남궁민", "남*민"),
        ("洪吉童", "洪*童"),
        ("John Smith", "J*** S****"),
        ("Mary-Ann O'Brien", "M***-A** *'B****"),
        ("J. Doe", "*. D**"),
        ("홍", "*"),
        ("A12345", "A*****"),
        ("😀", "***"),
        ("", ""),
    ],
)
def test_a_name_keeps_its_ends_in_both_scripts(name: str, shown: str) -> None:
    assert mask(Kind.NAME, name) == shown


def test_a_decomposed_name_is_masked_by_syllables() -> None:
    assert mask(Kind.NAME, unicodedata.normalize("NFD", "홍길동")) == "홍*동"


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("010-1234-5678", "010-****-5678"),
        ("02-123-4567", "02-***-4567"),
        ("01012345678", "010****5678"),
        ("1588-1234", "1588-****"),
        ("+82 10-1234-5678", "+82 10-****-5678"),
        ("+44 20 7946 0000", "+44 20 **** 0000"),
        ("+442079460000", "+442*****0000"),
        ("119", "***"),
        ("031-1234-56789", "031-****-*6789"),
    ],
)
def test_a_telephone_number_keeps_its_first_and_last_group(phone: str, shown: str) -> None:
    assert mask(Kind.PHONE, phone) == shown


@pytest.mark.parametrize(
    ("email", "shown"),
    [
        ("hong@example.com", "ho***@ex***.com"),
        ("hong@mail.example.co.kr", "ho***@ma***.kr"),
        ("ab@example.com", "a***@ex***.com"),
        ("a@b.kr", "***@***.kr"),
        ("길동이다@예시예시.한국", "길동***@예시***.한국"),
        ("not an address", "n***"),
    ],
)
def test_an_address_keeps_two_letters_of_each_side(email: str, shown: str) -> None:
    assert mask(Kind.EMAIL, email) == shown


@pytest.mark.parametrize(
    ("born", "shown"), [("1985-03-10", "1985-**-**"), ("850310", "***"), ("10/03/1985", "***")]
)
def test_a_date_of_birth_keeps_its_year(born: str, shown: str) -> None:
    assert mask(Kind.DATE, born) == shown


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        (Kind.TEXT, "서울시 어느 구 어느 길 12", "서***"),
        (Kind.TEXT, "12", "***"),
        (Kind.NOTE, "asked by telephone", "***"),
        (Kind.INTEGER, "1985", "***"),
    ],
)
def test_other_text_shows_one_letter_or_nothing(kind: Kind, text: str, shown: str) -> None:
    assert mask(kind, text) == shown


@given(st.sampled_from(list(Kind)), st.text(min_size=1, max_size=40))
def test_no_value_is_ever_shown_whole(kind: Kind, text: str) -> None:
    letters = [c for c in unicodedata.normalize("NFC", text) if c.isalnum()]
    shown = mask(kind, text)

    assert shown != text or shown == "***"
    assert not letters or sum(c.isalnum() for c in shown) < len(letters)
    assert len(shown) <= 64 + 8


def test_a_mask_of_a_million_characters_is_short() -> None:
    for kind in Kind:
        assert len(mask(kind, "가" * 1_000_000)) <= 70
