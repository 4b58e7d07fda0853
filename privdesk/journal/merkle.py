"""Merkle tree hashing of RFC 6962, section 2.1, kept as a frontier of perfect subtrees."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

EMPTY = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256(0x00 ‖ data)."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node: SHA-256(0x01 ‖ left ‖ right)."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The roots of the perfect subtrees of a growing tree, largest first.

    Its bytes are the size (8, big-endian) followed by the hashes (32 each); there are as
    many hashes as the size has bits set.
    """

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self.peaks = list(peaks)

    @classmethod
    def from_bytes(cls, data: bytes) -> Frontier:
        """Read a frontier back; raise ValueError where it is not one."""
        size = int.from_bytes(data[:8], "big")
        peaks = [data[at : at + 32] for at in range(8, len(data), 32)]
        if len(data) < 8 or len(peaks) != size.bit_count() or any(len(p) != 32 for p in peaks):
            raise ValueError("not a frontier")
        return cls(size, peaks)

    def to_bytes(self) -> bytes:
        """Return the bytes to store."""
        return self.size.to_bytes(8, "big") + b"".join(self.peaks)

    def add(self, leaf: bytes) -> None:
        """Append a leaf hash."""
        self.peaks.append(leaf)
        self.size += 1
        trailing = (self.size & -self.size).bit_length() - 1
        for _level in range(trailing):
            right = self.peaks.pop()
            self.peaks[-1] = node_hash(self.peaks[-1], right)

    def root(self) -> bytes:
        """Return the tree's root hash."""
        if not self.peaks:
            return EMPTY
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root
