"""A checkpoint: what a printed page pins down.

Text form, one line each: origin ``privdesk/<vault id>``, number of entries, root hash
(base64), then ``— <person number> <signature, base64>``. The signature (Ed25519) is over
the first three lines, each with its newline.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

ORIGIN = "privdesk/"


@dataclass(frozen=True)
class Checkpoint:
    """The state of a journal: its vault, size and root, signed by a person."""

    vault: str
    size: int
    root: bytes
    person: int
    signature: bytes

    @property
    def body(self) -> bytes:
        """The signed bytes."""
        return body(self.vault, self.size, self.root)

    def text(self) -> str:
        """Return the text printed on papers and held in their QR codes."""
        mark = base64.b64encode(self.signature).decode()
        return f"{self.body.decode()}— {self.person} {mark}\n"


def body(vault: str, size: int, root: bytes) -> bytes:
    """Return the bytes that a head's signature covers."""
    return f"{ORIGIN}{vault}\n{size}\n{base64.b64encode(root).decode()}\n".encode()


def parse(text: str) -> Checkpoint | None:
    """Return the checkpoint in ``text``; None where it is not one."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    try:
        origin, size, root, mark = lines[:4]
        dash, person, signature = mark.split()
        if not origin.startswith(ORIGIN) or dash != "—":
            return None
        return Checkpoint(
            origin[len(ORIGIN) :],
            int(size),
            base64.b64decode(root, validate=True),
            int(person),
            base64.b64decode(signature, validate=True),
        )
    except (ValueError, binascii.Error):
        return None
