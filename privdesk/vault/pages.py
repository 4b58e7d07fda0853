"""Reading the decrypted pages of a database file without SQLite: an independent look.

SQLCipher 4: pages of 4096 bytes whose last 80 are IV (16) and HMAC-SHA512 (64); the first
page begins with a 16-byte salt in the place of SQLite's magic. AES-256-CBC, raw key.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE = 4096
RESERVED = 80
_IV = 16
_SALT = 16


def pages(path: Path, key: bytes) -> Iterator[bytes]:
    """Yield every page of a file in the clear, free ones too."""
    algorithm = algorithms.AES256(key)
    with path.open("rb") as stream:
        first = True
        while len(page := stream.read(PAGE)) == PAGE:
            start = _SALT if first else 0
            first = False
            iv = page[PAGE - RESERVED : PAGE - RESERVED + _IV]
            cipher = Cipher(algorithm, modes.CBC(iv)).decryptor()
            yield cipher.update(page[start : PAGE - RESERVED]) + cipher.finalize()
