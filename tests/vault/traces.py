"""An independent look into a vault: everything that its files say with the keys at hand."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from privdesk.core.errors import ForbiddenError
from privdesk.vault import attachments, engine
from privdesk.vault.engine import FILES
from privdesk.vault.errors import PayloadError
from privdesk.vault.pages import pages
from privdesk.vault.payloads import NONCE, unpack_boxes, unpack_keys
from privdesk.vault.session import Vault, file_key


def every_plaintext(vault: Vault) -> bytes:
    """Return all that an open vault gives away, as one text.

    Every page of every file the person at the desk has a key for, free pages included;
    every ciphertext under each key its owner has in those files; every attachment;
    and every file of the folder as it lies there.
    """
    found = [page for schema in engine.attached(vault.raw) for page in _pages(vault, schema)]
    found += _payloads(vault)
    found += _files(vault)
    found += [path.read_bytes() for path in sorted(vault.folder.rglob("*")) if path.is_file()]
    return b"\n".join(found)


def _pages(vault: Vault, schema: str) -> list[bytes]:
    key = file_key(schema, vault.id, vault.unlocked.roles, vault.secret())
    return list(pages(vault.folder / FILES[schema], key))


def _payloads(vault: Vault) -> list[bytes]:
    texts = []
    keys = _keys(vault)
    for owner, body in vault.raw.execute("SELECT id, body FROM main.payloads").fetchall():
        for slot, (version, box) in unpack_boxes(body).items():
            aad = bytes.fromhex(vault.id) + b"payloads" + owner.to_bytes(8, "big")
            aad += slot.to_bytes(2, "big") + version.to_bytes(2, "big")
            texts += [t for key in keys.get(owner, ()) if (t := _opened(key, box, aad)) is not None]
    return texts


def _keys(vault: Vault) -> dict[int, list[bytes]]:
    found: dict[int, list[bytes]] = {}
    for schema in engine.attached(vault.raw):
        if schema.startswith("keys"):
            for owner, body in vault.raw.execute(f"SELECT id, body FROM {schema}.keys").fetchall():
                found.setdefault(owner, []).extend(k for _v, k in unpack_keys(body).values())
    return found


def _opened(key: bytes, box: bytes, aad: bytes) -> bytes | None:
    try:
        return AESGCM(key).decrypt(NONCE, box, aad)
    except InvalidTag:
        return None


def _files(vault: Vault) -> list[bytes]:
    found = []
    for (name,) in vault.raw.execute("SELECT name FROM attachments").fetchall():
        try:
            data = attachments.read(vault, name)
            found += [data, printed(data)]
        except (PayloadError, ForbiddenError):
            continue
    return found


def printed(data: bytes) -> bytes:
    """Return the text of a PDF, one line; nothing for other files."""
    if not data.startswith(b"%PDF"):
        return b""
    document = pdfium.PdfDocument(data)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return "\n".join(texts).encode()


def all_bytes(folder: Path) -> bytes:
    """Return the bytes of every file below a folder."""
    return b"\n".join(p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file())
