"""PAdES signatures (ETSI EN 319 142, level B-B) with the office's certificate.

Slow to import (pyHanko): only where something is signed.
"""

from __future__ import annotations

import asyncio
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import keys as asn1_keys  # type: ignore[import-untyped]
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import (
    PdfCMSEmbedder,
    SigIOSetup,
    SigMDPSetup,
    SigObjSetup,
)
from pyhanko.sign.signers.pdf_byterange import PdfSignedData
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

DIGEST = "sha256"
_RESERVED = 8192  # hexadecimal digits for the CMS; about 3,000 are used


class _KeySigner(SimpleSigner):
    """Signs with a key that is loaded once; pyHanko's own parses it for each signature."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
        cert = asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
        registry = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        registry.register(cert)
        super().__init__(
            signing_cert=cert,
            signing_key=asn1_keys.PrivateKeyInfo({}),
            cert_registry=registry,
        )
        self._key = key

    def sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """Return an ECDSA signature over ``data``."""
        return self._key.sign(data, ec.ECDSA(hashes.SHA256()))


class _Appender(IncrementalPdfFileWriter):
    """Appends the signature and leaves the metadata alone; pyHanko would write them anew."""

    def _update_meta(self) -> None:
        pass


class PaperSigner:
    """Signs files with the office's key; make it once and keep it."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
        self.certificate = certificate
        self._signer = _KeySigner(key, certificate)

    def sign(self, pdf: bytes, *, at: datetime) -> bytes:
        """Return the file with a signature added; ``at`` becomes its claimed time.

        The signature certifies: any later change shows (DocMDP 1).
        """
        writer = _Appender(BytesIO(pdf))
        steps = PdfCMSEmbedder(SigFieldSpec("Privdesk")).write_cms(
            field_name="Privdesk", writer=writer
        )  # fmt: skip
        next(steps)
        placeholder = PdfSignedData(pdf_name("/Sig"), SigSeedSubFilter.PADES, at, _RESERVED)
        steps.send(
            SigObjSetup(
                sig_placeholder=placeholder,
                mdp_setup=SigMDPSetup(
                    md_algorithm=DIGEST, certify=True, docmdp_perms=MDPPerm.NO_CHANGES
                ),
            )
        )
        prepared, output = steps.send(SigIOSetup(md_algorithm=DIGEST))
        cms = asyncio.run(
            self._signer.async_sign(
                data_digest=prepared.document_digest, digest_algorithm=DIGEST, use_pades=True
            )
        )
        steps.send(cms)
        signed: Any = output
        return bytes(signed.getvalue())
