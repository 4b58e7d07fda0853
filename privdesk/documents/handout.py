"""A paper as an encrypted file that is handed out, with files inside.

PDF 2.0 encryption (ISO 32000-2, 7.6.4.3.4: revision 6, AES-256). The passphrase is of
``GROUPS`` groups of Crockford's base 32 signs, 100 bits of the system's randomness.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from io import BytesIO

import pikepdf

from privdesk.core.spelling import SIGNS

GROUPS, GROUP = 5, 4


def passphrase() -> str:
    """Return a new passphrase that can be spoken on the telephone: ``7KZQ-3M9T-XW0A-4HRD-5PQ8``."""
    return "-".join(
        "".join(secrets.choice(SIGNS) for _sign in range(GROUP)) for _group in range(GROUPS)
    )


def encrypted(data: bytes, files: Mapping[str, bytes], password: str) -> bytes:
    """Return a PDF with files attached, encrypted under a passphrase.

    The owner's password is random and forgotten. Whoever opens it may print and copy: it is
    the person's own data. Metadata is encrypted too.
    """
    target = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        del pdf.Root.Metadata  # an encrypted file is none for the archive (PDF/A), nor says so
        for name, content in files.items():
            pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, content, filename=name)
        encryption = pikepdf.Encryption(owner=secrets.token_urlsafe(32), user=password, R=6)
        pdf.save(target, encryption=encryption)
    return target.getvalue()
