"""The code on each sheet by which a scan finds its pledge again.

``PDG/VAULT/REF/PAGE``: the first eight signs of the vault's id, the reference with its check
digit, the page. Capitals, digits, ``/`` and ``-`` only, so that the QR code stays coarse and a
poor scan is still read. It names nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MARK = "PDG"
_CODE = re.compile(rf"{MARK}/([0-9A-F]{{8}})/([A-Z]+-[0-9A-Z-]+)/([0-9]{{1,3}})")


@dataclass(frozen=True)
class Tag:
    """What a code says: whose vault, which record, which page of its sheet."""

    vault: str
    ref: str
    page: int


def make(vault: str, ref: str) -> str:
    """Return the text of a sheet's code; the page follows it, parted by a slash."""
    return f"{MARK}/{short(vault)}/{ref}"


def short(vault: str) -> str:
    """Return how a vault stands in a code."""
    return vault.replace("-", "")[:8].upper()


def read(text: str) -> Tag | None:
    """Return what a code says, or None where it is another program's."""
    found = _CODE.fullmatch(text.strip())
    return Tag(found[1], found[2], int(found[3])) if found else None
