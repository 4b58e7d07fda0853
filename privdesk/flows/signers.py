"""What signs the papers of the office: its own certificate, for whoever has the key ISSUE."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from privdesk.registers.desk import Desk
from privdesk.vault.header import ISSUE

if TYPE_CHECKING:
    from privdesk.documents.signing import PaperSigner


def office_signer(desk: Desk) -> PaperSigner | None:
    """Return the signer with the office's certificate, or None without ISSUE."""
    scalar = desk.vault.unlocked.roles.get(ISSUE)
    return _signer(scalar, desk.vault.header.certificate) if scalar else None


@cache
def _signer(scalar: bytes, certificate: bytes) -> PaperSigner:
    from privdesk.documents.signing import PaperSigner

    key = ec.derive_private_key(int.from_bytes(scalar, "big"), ec.SECP256R1())
    return PaperSigner(key, x509.load_der_x509_certificate(certificate))
