"""Kit and custody sheets open what they were printed for."""

from __future__ import annotations

import hashlib

import pytest

from privdesk.core import spelling
from privdesk.core.spelling import SpellingLineError
from privdesk.documents import Paper
from privdesk.documents.inspection import NotAPdfError
from privdesk.documents.papers.custody_sheet import CustodySheet
from privdesk.documents.papers.custody_sheet import build as build_custody
from privdesk.documents.papers.recovery_kit import RecoveryKit
from privdesk.documents.papers.recovery_kit import build as build_kit
from privdesk.documents.rendering import render
from privdesk.documents.secrets import (
    NoLettersError,
    read_secret_pdf,
    read_secret_text,
)
from tests.documents import samples


def drawn(paper: Paper) -> bytes:
    return render(paper, checkpoint=None, company=samples.COMPANY)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("size", [16, 32, 64])
def test_a_kit_is_read_back_from_its_pdf(language: str, size: int) -> None:
    secret = (hashlib.sha512(str(size).encode()).digest())[:size]
    kit = RecoveryKit("K-000001-5", samples.ON, "보기물류", "3f9a2c71", secret)

    assert read_secret_pdf(drawn(build_kit(kit, language))) == secret


@pytest.mark.parametrize("seed", range(12))
def test_a_custody_sheet_is_read_back_from_its_pdf(seed: int) -> None:
    secret = hashlib.sha256(bytes([seed])).digest()
    sheet = CustodySheet(
        "C-000004-2", samples.ON, "1. ABCD EFGH", "3f9a2c71", 42, "2. 문태경", "= 금고", secret
    )

    assert read_secret_pdf(drawn(build_custody(sheet, "ko"))) == secret


def test_the_letters_on_the_sheet_can_be_typed() -> None:
    assert read_secret_text("\n".join(spelling.spell(samples.SECRET))) == samples.SECRET


def test_a_paper_without_letters_is_refused() -> None:
    with pytest.raises(NoLettersError):
        read_secret_pdf(drawn(samples.request("ko")))


def test_a_file_that_is_no_pdf_is_refused() -> None:
    with pytest.raises(NotAPdfError):
        read_secret_pdf(b"not a pdf")


def test_a_slip_in_typing_is_named_by_its_line() -> None:
    lines = spelling.spell(samples.SECRET)
    lines[2] = lines[2][:3] + ("2" if lines[2][3] != "2" else "3") + lines[2][4:]

    with pytest.raises(SpellingLineError):
        read_secret_text("\n".join(lines))
