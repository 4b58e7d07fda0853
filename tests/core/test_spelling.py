"""Secrets as letters on paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privdesk.core import spelling
from privdesk.core.spelling import (
    SpellingLengthError,
    SpellingLineError,
    SpellingSignError,
    SpellingWholeError,
)

SECRET = bytes(range(32))


@given(st.binary(min_size=1, max_size=200))
def test_what_is_spelled_is_read_back(secret: bytes) -> None:
    assert spelling.read("\n".join(spelling.spell(secret))) == secret
    assert spelling.read(spelling.one_line(secret)) == secret


def test_lines_are_short_enough_to_type() -> None:
    lines = spelling.spell(SECRET)

    assert lines[0].startswith("1. ")
    assert lines[-1].startswith("= ")
    assert max(map(len, lines)) <= 26


def test_letters_that_are_easily_confused_never_occur() -> None:
    text = "".join(spelling.one_line(bytes([n]) * 40) for n in range(256))

    assert not set(text) & set("ILOU")


def test_case_spaces_hyphens_and_line_numbers_do_not_matter() -> None:
    typed = "\n".join(spelling.spell(SECRET)).lower().replace("0", "o").replace("1 ", "l ")

    assert spelling.read(typed) == SECRET
    assert spelling.read(spelling.one_line(SECRET)) == SECRET
    assert spelling.read("-".join(spelling.one_line(SECRET))) == SECRET


def test_a_wrong_letter_is_found_in_its_line() -> None:
    lines = spelling.spell(SECRET)
    wrong = "2" if lines[1][4] != "2" else "3"
    lines[1] = lines[1][:4] + wrong + lines[1][5:]

    with pytest.raises(SpellingLineError) as refused:
        spelling.read("\n".join(lines))

    assert refused.value.details == {"line": 2}


def test_two_letters_changed_round_are_found() -> None:
    line = spelling.spell(b"\x01\x9f\x33\xa1")[0]
    turned = line[:4] + line[5] + line[4] + line[6:]

    with pytest.raises(SpellingLineError):
        spelling.read(turned + "\n" + spelling.spell(b"\x01\x9f\x33\xa1")[1])


def test_lines_in_the_wrong_order_are_found() -> None:
    lines = spelling.spell(SECRET)
    lines[0], lines[1] = lines[1], lines[0]

    with pytest.raises(SpellingLineError):
        spelling.read("\n".join(lines))


def test_lines_of_two_sheets_do_not_open_anything() -> None:
    ours, theirs = spelling.spell(SECRET), spelling.spell(bytes(32))

    with pytest.raises(SpellingWholeError):
        spelling.read("\n".join([ours[0], *theirs[1:]]))


@pytest.mark.parametrize("text", ["", "AB", "= 6R63 4EWG", "0" * 5000])
def test_too_few_or_too_many_letters_are_refused(text: str) -> None:
    with pytest.raises(SpellingLengthError):
        spelling.read(text)


def test_a_missing_line_is_refused() -> None:
    with pytest.raises((SpellingLengthError, SpellingLineError, SpellingWholeError)):
        spelling.read("\n".join(spelling.spell(SECRET)[:-2]))


@pytest.mark.parametrize("sign", ["U", "가", "!", "\x00"])
def test_a_sign_that_is_never_used_is_named(sign: str) -> None:
    with pytest.raises(SpellingSignError) as refused:
        spelling.read(f"AB{sign}C DEFG")

    assert refused.value.details == {"sign": sign}


def test_an_empty_secret_is_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="1 to 640"):
        spelling.spell(b"")
