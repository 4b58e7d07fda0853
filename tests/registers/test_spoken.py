"""A digest as words and groups."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from privdesk.registers.destructions import spoken

DIGEST = "7f00000100ff" + "0" * 52


def test_words_are_those_of_the_published_example() -> None:
    assert spoken.words(DIGEST, 2) == ("lusab", "babad")


def test_groups_are_those_of_the_papers() -> None:
    assert spoken.groups(DIGEST)[:3] == ("7F00", "0001", "00FF")


@given(st.integers(0, 0xFFFF), st.integers(0, 0xFFFF))
def test_two_numbers_never_share_a_word(one: int, other: int) -> None:
    same = spoken.words(f"{one:04x}", 1) == spoken.words(f"{other:04x}", 1)

    assert same is (one == other)
