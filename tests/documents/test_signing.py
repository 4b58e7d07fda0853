"""Signatures, and what an inspection finds."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import page
import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from privdesk.documents.certificate import certificate_fingerprint, issue_certificate
from privdesk.documents.inspection import (
    Inspection,
    NotAPdfError,
    PdfLockedError,
    inspect_pdf,
)
from privdesk.documents.rendering import render
from privdesk.documents.signing import PaperSigner
from tests.documents import samples

KEY, CERTIFICATE = issue_certificate(samples.COMPANY.name, samples.AT)


@pytest.fixture(scope="module")
def signed() -> bytes:
    return render(
        samples.request("ko"),
        checkpoint=samples.CHECKPOINT,
        company=samples.COMPANY,
        signer=PaperSigner(KEY, CERTIFICATE),
        signed_at=samples.AT,
    )


@pytest.fixture(scope="module")
def unsigned() -> bytes:
    return render(samples.request("ko"), checkpoint=samples.CHECKPOINT, company=samples.COMPANY)


def test_the_certificate_is_the_offices_own_on_p256() -> None:
    assert isinstance(KEY.curve, ec.SECP256R1)
    assert CERTIFICATE.subject == CERTIFICATE.issuer
    assert CERTIFICATE.not_valid_before_utc <= samples.AT
    assert CERTIFICATE.not_valid_after_utc > samples.AT + timedelta(days=365 * 19)


def test_a_company_with_a_very_long_name_gets_a_certificate() -> None:
    issue_certificate("아주 긴 회사 이름 " * 20, samples.AT)


def test_a_signed_paper_says_by_whom_and_when_and_is_intact(signed: bytes) -> None:
    found = inspect_pdf(signed)

    assert found.signed_by == samples.COMPANY.name
    assert found.signed_at == samples.AT
    assert found.intact is True
    assert found.fingerprint == certificate_fingerprint(CERTIFICATE)


def test_number_and_checkpoint_are_read_from_the_file(signed: bytes) -> None:
    found = inspect_pdf(signed)

    assert found.ours
    assert found.code == "d1a"
    assert found.document_number == "D-000031-6"
    assert found.checkpoint == samples.CHECKPOINT.text
    assert len(found.content_digest) == 64


def test_a_signed_paper_is_still_valid_pdf_a(signed: bytes) -> None:
    report = page.validate_pdf_bytes(signed, profile="2b")

    assert report.is_compliant, [(f.rule_id, f.message) for f in report.failures]


def test_a_paper_without_a_signature_is_neither_intact_nor_changed(unsigned: bytes) -> None:
    found = inspect_pdf(unsigned)

    assert found.intact is None
    assert found.signed_by == ""
    assert found.document_number == "D-000031-6"


@pytest.mark.parametrize("place", [0.2, 0.4, 0.6, 0.8])
def test_one_changed_byte_shows(signed: bytes, place: float) -> None:
    changed = bytearray(signed)
    at = int(len(changed) * place)
    changed[at] ^= 1

    assert _intact(bytes(changed)) is not True


def test_what_is_appended_after_signing_shows(signed: bytes) -> None:
    assert inspect_pdf(signed + b"\n% more\n").intact is False


def test_a_page_put_in_after_signing_shows(signed: bytes, tmp_path: Path) -> None:
    source, target = tmp_path / "a.pdf", tmp_path / "b.pdf"
    source.write_bytes(signed)
    with pikepdf.open(source) as pdf:
        pdf.add_blank_page()
        pdf.save(target)

    assert inspect_pdf(target.read_bytes()).intact is not True


def test_a_signature_of_somebody_else_has_another_fingerprint(unsigned: bytes) -> None:
    key, certificate = issue_certificate(samples.COMPANY.name, samples.AT)
    found = inspect_pdf(PaperSigner(key, certificate).sign(unsigned, at=samples.AT))

    assert found.intact is True
    assert found.fingerprint != certificate_fingerprint(CERTIFICATE)


def test_a_signature_needs_its_time() -> None:
    with pytest.raises(ValueError, match="time"):
        render(
            samples.request("ko"), checkpoint=None, company=samples.COMPANY,
            signer=PaperSigner(KEY, CERTIFICATE),
        )  # fmt: skip


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="needs poppler's pdfsig")
def test_pdfsig_finds_the_signature_valid(signed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed)
    said = subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=False)

    assert "Signature is Valid" in said.stdout
    assert "Total document signed" in said.stdout


@pytest.mark.parametrize("data", [b"", b"no pdf", b"%PDF-1.7\n%%EOF", b"\x00" * 100])
def test_a_file_that_is_no_pdf_is_a_sentence(data: bytes) -> None:
    with pytest.raises(NotAPdfError):
        inspect_pdf(data)


def test_a_locked_pdf_is_a_sentence(unsigned: bytes, tmp_path: Path) -> None:
    source, target = tmp_path / "a.pdf", tmp_path / "b.pdf"
    source.write_bytes(unsigned)
    with pikepdf.open(source) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(owner="o", user="u"))

    with pytest.raises(PdfLockedError):
        inspect_pdf(target.read_bytes())


def test_a_pdf_of_another_program_is_not_ours(tmp_path: Path) -> None:
    path = tmp_path / "other.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)

    assert not inspect_pdf(path.read_bytes()).ours


def test_metadata_in_other_time_zones_keeps_its_moment() -> None:
    assert samples.AT.astimezone(UTC) == datetime(2026, 11, 23, 5, 12, tzinfo=UTC)


def _intact(data: bytes) -> bool | None:
    try:
        return inspect_pdf(data).intact
    except NotAPdfError:
        return False


def test_an_inspection_is_plain_data() -> None:
    assert Inspection("", None, None, "", "", "", "", "", "").ours is False
