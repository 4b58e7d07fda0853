"""What a PDF file says of itself, and whether it is as it was signed. Needs no vault."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import pikepdf
from cryptography.exceptions import UnsupportedAlgorithm
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import ValueErrorWithMessage
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from privdesk.core.errors import DomainError
from privdesk.documents.archive import NAMESPACE

_UNREADABLE = (  # what the libraries raise over a spoiled file or an algorithm nobody knows
    *(PdfError, ValueErrorWithMessage, ValueError, KeyError, TypeError, IndexError),
    *(AttributeError, NotImplementedError, OverflowError, RecursionError, UnsupportedAlgorithm),
)


class NotAPdfError(DomainError):
    """This file is no PDF that can be read. Nothing was changed; ask for the file again."""


class PdfLockedError(DomainError):
    """This PDF is locked with a password, which papers of privdesk never are. Nothing was changed;
    ask for the original file.
    """


@dataclass(frozen=True)
class Inspection:
    """What was found in a file.

    ``intact`` is None without a signature; False when even one byte changed since. The
    signature proves the holder of the key only to who has compared ``fingerprint`` (of
    the certificate, SHA-256) with the office's public sheet.
    """

    signed_by: str
    signed_at: datetime | None
    intact: bool | None
    fingerprint: str
    code: str
    document_number: str
    checkpoint: str
    content_digest: str
    file_digest: str

    @property
    def ours(self) -> bool:
        """Whether the file says that privdesk made it."""
        return bool(self.document_number)


@dataclass(frozen=True)
class _Signed:
    by: str = ""
    at: datetime | None = None
    intact: bool | None = None
    fingerprint: str = ""


def inspect_pdf(data: bytes) -> Inspection:
    """Read a file's metadata and check its signature.

    Raises:
        NotAPdfError: the file cannot be read.
        PdfLockedError: the file asks for a password.
    """
    said = _metadata(data)
    signed = _signature(data)
    return Inspection(
        signed_by=signed.by,
        signed_at=signed.at,
        intact=signed.intact,
        fingerprint=signed.fingerprint,
        code=said["Code"],
        document_number=said["Number"],
        checkpoint=said["Checkpoint"],
        content_digest=said["Digest"],
        file_digest=hashlib.sha256(data).hexdigest(),
    )


def _metadata(data: bytes) -> dict[str, str]:
    names = ("Code", "Number", "Checkpoint", "Digest")
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            if "/Metadata" not in pdf.Root:
                return dict.fromkeys(names, "")
            meta = pdf.open_metadata(update_docinfo=False, set_pikepdf_as_editor=False)
            return {name: str(meta.get(f"{{{NAMESPACE}}}{name}") or "") for name in names}
    except pikepdf.PasswordError:
        raise PdfLockedError from None
    except pikepdf.PdfError:
        raise NotAPdfError from None


def _signature(data: bytes) -> _Signed:
    try:
        found = PdfFileReader(BytesIO(data), strict=False).embedded_regular_signatures
    except _UNREADABLE:
        return _Signed(intact=False) if b"/ByteRange" in data else _Signed()
    return _checked(found[0]) if found else _Signed()


def _checked(signature: Any) -> _Signed:
    """Check the signature itself; whom to trust is for the reader to say."""
    try:
        certificate = signature.signer_cert
        name = str(certificate.subject.native.get("common_name", ""))
        at = signature.self_reported_timestamp
        fingerprint = certificate.sha256.hex()
    except _UNREADABLE:
        return _Signed(intact=False)
    try:
        context = ValidationContext(trust_roots=[certificate], allow_fetching=False)
        status = validate_pdf_signature(signature, context)
        whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
        intact = bool(status.intact and status.valid and whole)
    except _UNREADABLE:
        intact = False
    return _Signed(name, at, intact, fingerprint)
