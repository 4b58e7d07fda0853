import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privdesk.core.i18n import words
from privdesk.core.references import (
    UnknownReferenceError,
    WrongCheckDigitError,
    check_digit,
    make,
    parse,
)

NUMBERS = st.integers(1, 10**12)


def test_the_check_digit_is_that_of_damm() -> None:
    assert check_digit(572) == 4  # the published example
    assert check_digit(0) == 0
    assert check_digit(572_000_000 + 0) == check_digit(int("572000000"))


def test_a_reference_has_letters_six_digits_and_a_check_digit() -> None:
    assert make("S", 572) == "S-000572-4"
    assert make("PL", 1_234_567) == f"PL-1234567-{check_digit(1_234_567)}"


@pytest.mark.parametrize(
    "text",
    [
        "S-000572-4",
        " s-000572-4 ",
        "S0005724",
        "S 000572 4",
        "s – 000572 – 4",
        "S-572-4",
        "Ｓ－０００５７２－４",
        "S_000572_4",
    ],
)
def test_a_reference_is_understood_as_people_type_it(text: str) -> None:
    assert parse(text) == ("S", 572)


@pytest.mark.parametrize(
    "text", ["", "S", "572", "S-4", "S-000000-0", "홍길동", "ABCDE-000572-4", "S-5724", "S" * 10**6]
)
def test_what_is_no_reference_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UnknownReferenceError) as caught:
        parse(text)
    said = caught.value.sentence(words("en"))
    assert "S-001234-0" in said
    assert len(said) < 200


def test_the_example_in_the_sentence_is_a_true_reference() -> None:
    assert parse("S-001234-0") == ("S", 1234)


@given(st.sampled_from(["S", "H", "PL", "ITEM"]), NUMBERS)
def test_what_is_made_is_read_back(prefix: str, number: int) -> None:
    assert parse(make(prefix, number)) == (prefix, number)
    assert parse(make(prefix, number).replace("-", "").lower()) == (prefix, number)


@given(NUMBERS, st.data())
def test_every_single_wrong_digit_is_found(number: int, data: st.DataObject) -> None:
    digits = f"{number:06d}{check_digit(number)}"
    place = data.draw(st.integers(0, len(digits) - 1))
    wrong = data.draw(st.sampled_from([d for d in "0123456789" if d != digits[place]]))

    with pytest.raises((WrongCheckDigitError, UnknownReferenceError)):
        parse("S" + digits[:place] + wrong + digits[place + 1 :])


@given(NUMBERS, st.data())
def test_every_swap_of_neighbours_is_found(number: int, data: st.DataObject) -> None:
    digits = f"{number:06d}{check_digit(number)}"
    place = data.draw(st.integers(0, len(digits) - 2))
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]

    if swapped != digits:
        with pytest.raises(WrongCheckDigitError):
            parse("S" + swapped)


def test_the_fast_way_and_the_long_way_agree() -> None:
    for number in (1, 9, 999, 1000, 123_456, 999_999):
        assert check_digit(number) == check_digit(int(f"{number}")) == parse_digit(number)


def parse_digit(number: int) -> int:
    """Find the digit that parse accepts, by trying all ten."""
    fits = []
    for digit in range(10):
        try:
            parse(f"S-{number}-{digit}")
        except WrongCheckDigitError:
            continue
        fits.append(digit)
    assert len(fits) == 1
    return fits[0]


@pytest.mark.bench
def test_a_million_references_take_less_than_a_second() -> None:
    began = time.perf_counter()
    for number in range(1, 1_000_001):
        make("S", number)
    assert time.perf_counter() - began < 1.0
