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
AT_ONCE = 64  # pages
_IV = 16
_SALT = 16
_BODY = PAGE - RESERVED
_STEP = _IV + _BODY


def pages(path: Path, key: bytes) -> Iterator[bytes]:
    """Yield every page of a file in the clear, free ones too."""
    size = _BODY - _SALT
    for block in blocks(path, key):
        for start in range(_IV, len(block), _STEP):
            yield block[start : start + size]
            size = _BODY


def blocks(path: Path, key: bytes, first: int = 0, stop: int | None = None) -> Iterator[bytes]:
    """Yield the pages from ``first`` to ``stop`` (exclusive) in the clear, some at once.

    Before each page stand 16 bytes that mean nothing: each page's IV goes through the cipher
    in front of it, so that one call decrypts many pages (a call for each takes three times
    as long).
    """
    algorithm = algorithms.AES256(key)
    with path.open("rb") as stream:
        stream.seek(first * PAGE)
        at = first
        while stop is None or at < stop:
            data = stream.read(PAGE * (AT_ONCE if stop is None else min(AT_ONCE, stop - at)))
            count = len(data) // PAGE
            if not count:
                return
            sealed = b"".join([_sealed(data, n) for n in range(count)])
            if at == 0:  # the salt is no ciphertext; 16 more meaningless bytes end that page
                sealed = sealed[:_IV] + sealed[_IV + _SALT : _STEP] + bytes(_SALT) + sealed[_STEP:]
            yield Cipher(algorithm, modes.CBC(bytes(_IV))).decryptor().update(sealed)
            at += count


def count(path: Path) -> int:
    """Return how many pages a file has."""
    return path.stat().st_size // PAGE


def _sealed(data: bytes, page: int) -> bytes:
    start = page * PAGE
    end = start + _BODY
    return data[end : end + _IV] + data[start:end]
