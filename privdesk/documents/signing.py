"""The office's certificate, and PAdES signatures (ETSI EN 319 142, level B-B) with it.

P-256, because pdfsig and others reject Ed25519. The certificate is self-signed at set-up:
viewers say "unknown signer" until its fingerprint, which is on a public sheet, is trusted.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from asn1crypto import keys as asn1_keys  # type: ignore[import-untyped]
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID, ObjectIdentifier
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
YEARS = 20
_RESERVED = 8192  # hexadecimal digits for the CMS; about 3,000 are used
_DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336


def issue_certificate(
    company: str, now: datetime
) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    """Return a new P-256 key and its self-signed certificate, valid from ``now`` for 20 years."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _limited(company)),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "Privacy Office"),
            x509.NameAttribute(NameOID.COMMON_NAME, _limited(company)),
        ]
    )
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=False, crl_sign=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=366 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([_DOCUMENT_SIGNING]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return key, certificate


def certificate_fingerprint(certificate: x509.Certificate) -> str:
    """Return the SHA-256 fingerprint of a certificate in hexadecimal."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def _limited(name: str) -> str:
    """Cut to the 64 bytes that X.520 allows."""
    return name.strip().encode()[:64].decode(errors="ignore").strip() or "privdesk"


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
