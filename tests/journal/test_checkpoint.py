"""The text of a checkpoint, as papers carry it and people type it off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privdesk.journal.checkpoint import Checkpoint, parse

SAMPLE = Checkpoint("0123456789abcdef" * 2, 4711, b"\7" * 32, 3, b"\5" * 64)


@given(st.integers(1, 2**53), st.binary(min_size=32, max_size=32), st.integers(1, 999))
def test_a_checkpoint_reads_back_as_it_was_printed(size: int, root: bytes, person: int) -> None:
    told = Checkpoint(SAMPLE.vault, size, root, person, b"\5" * 64)

    assert parse(told.text()) == told
    assert told.text().startswith(told.body.decode())


def test_spaces_and_empty_lines_of_a_mail_do_no_harm() -> None:
    text = "\n  " + SAMPLE.text().replace("\n", "  \r\n\r\n   ")

    assert parse(text) == SAMPLE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "privdesk/abc",
        SAMPLE.text().replace("privdesk/", "other/"),
        SAMPLE.text().replace("— ", "- "),
        SAMPLE.text().replace("4711", "many"),
        SAMPLE.text().replace("BwcH", "!!!!", 1),
        SAMPLE.text().rsplit(" ", 1)[0],
    ],
)
def test_what_is_no_checkpoint_is_none(text: str) -> None:
    assert parse(text) is None
