"""Sealed values: one random 256-bit key for each value, packed in one row for each owner.

``keys.body``     = { slot u16 | version u16 | key 32 } …
``payloads.body`` = { slot u16 | version u16 | length u32 | ciphertext } …
A ciphertext is AES-256-GCM under the value's own key with AAD
``vault (16) | "payloads" | owner u64 | slot u16 | version u16`` and an all-zero nonce: a
key seals exactly one value, because every correction makes a new key and raises the
version. Dropping the 36 bytes of a key makes the value unreadable for good.
All integers are big-endian.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from privdesk.vault.errors import PayloadError

if TYPE_CHECKING:
    from privdesk.vault.engine import Connection

NONCE = b"\0" * 12
_KEY = struct.Struct(">HH32s")
_HEAD_KEY = struct.Struct(">4s32s")
_HEAD = struct.Struct(">HHI")
_OWNER = struct.Struct(">QHH")
_SLOT = struct.Struct(">HH")
PEOPLE, OFFICE = "keys_people", "keys_office"
FILE_SLOTS = range(40_000, 50_000)  # keys of attachments; their ciphertext is a file

Keys = dict[int, tuple[int, bytes]]  # slot -> version, key
Boxes = dict[int, tuple[int, bytes]]  # slot -> version, ciphertext


def unpack_keys(body: bytes) -> Keys:
    """Return the keys of a row by slot."""
    return {slot: (version, key) for slot, version, key in _KEY.iter_unpack(body)}


def pack_keys(keys: Keys) -> bytes:
    """Return the row of these keys."""
    return b"".join(_KEY.pack(slot, version, key) for slot, (version, key) in sorted(keys.items()))


def unpack_boxes(body: bytes) -> Boxes:
    """Return the ciphertexts of a row by slot."""
    boxes: Boxes = {}
    at = 0
    while at + _HEAD.size <= len(body):
        slot, version, length = _HEAD.unpack_from(body, at)
        at += _HEAD.size
        boxes[slot] = (version, body[at : at + length])
        at += length
    return boxes


def pack_boxes(boxes: Boxes) -> bytes:
    """Return the row of these ciphertexts."""
    return b"".join(
        _HEAD.pack(slot, version, len(box)) + box for slot, (version, box) in sorted(boxes.items())
    )


def seal_rows(
    vault: bytes, owners: Sequence[int], columns: Mapping[int, Sequence[str]]
) -> tuple[list[bytes], list[bytes]]:
    """Seal the values of many new owners; return their keys rows and their payload rows.

    ``columns`` holds by slot one text for each owner, empty for none.
    """
    slots = sorted(columns)
    heads = [_SLOT.pack(slot, 1) for slot in slots]
    random = os.urandom(32 * len(owners) * len(slots))
    prefix = vault + b"payloads"
    keys: list[bytes] = []
    bodies: list[bytes] = []
    at = 0
    for owner, *texts in zip(owners, *(columns[slot] for slot in slots), strict=True):
        start = prefix + owner.to_bytes(8, "big")
        own = body = b""
        for head, text in zip(heads, texts, strict=True):
            if text:
                key = random[at : at + 32]
                at += 32
                box = AESGCM(key).encrypt(NONCE, text.encode(), start + head)
                own += head + key
                body += head + len(box).to_bytes(4, "big") + box
        keys.append(own)
        bodies.append(body)
    return keys, bodies


def open_row(vault: bytes, owner: int, keys: bytes, body: bytes) -> dict[int, str]:
    """Return the values of an owner for which there is a key; raise where one does not open."""
    return {slot: plain.decode() for slot, plain in _opened(vault, owner, keys, body)}


def open_some(
    vault: bytes, owner: int, keys: bytes, body: bytes, slots: Collection[int]
) -> dict[int, str]:
    """Return the values of some slots of an owner; the others stay sealed."""
    wanted = b"".join(
        entry
        for at in range(0, len(keys), _KEY.size)
        if int.from_bytes((entry := keys[at : at + _KEY.size])[:2], "big") in slots
    )
    return open_row(vault, owner, wanted, body)


def check_rows(vault: bytes, rows: Iterable[tuple[int, bytes, bytes]]) -> None:
    """Raise where a key of one of many owners (number, keys, payload) does not open its value."""
    prefix = vault + b"payloads"
    for owner, keys, body in rows:
        if not _opens(prefix + owner.to_bytes(8, "big"), keys, body):
            open_row(vault, owner, keys, body)  # finds what is between, or what is wrong


def _opens(prefix: bytes, keys: bytes, body: bytes) -> bool:
    """Return whether all values open, each in the place its key has among the keys.

    So it is for nearly everybody; a million people are opened in a roll.
    """
    at = 0
    try:
        for head, key in _HEAD_KEY.iter_unpack(keys):
            value = at + 8
            if body[at : at + 4] != head:
                return False
            at = value + int.from_bytes(body[at + 4 : value], "big")
            AESGCM(key).decrypt(NONCE, body[value:at], prefix + head)
    except (InvalidTag, ValueError, struct.error):
        return False
    return True


def _opened(vault: bytes, owner: int, keys: bytes, body: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield slot and plain value; both rows are sorted by slot, so one walk finds all.

    Slot and version are compared as the bytes they are.
    """
    prefix = vault + b"payloads" + owner.to_bytes(8, "big")
    at = 0
    for entry in range(0, len(keys), _KEY.size):
        head = keys[entry : entry + _SLOT.size]
        slot = int.from_bytes(head[:2], "big")
        if slot in FILE_SLOTS:
            continue
        while body[at : at + 2] < head[:2] and at < len(body):
            at += _HEAD.size + int.from_bytes(body[at + 4 : at + 8], "big")
        if body[at : at + _SLOT.size] != head:
            raise PayloadError(ref=owner)
        start = at + _HEAD.size
        at = start + int.from_bytes(body[at + 4 : start], "big")
        try:
            key = AESGCM(keys[entry + _SLOT.size : entry + _KEY.size])
            yield slot, key.decrypt(NONCE, body[start:at], prefix + head)
        except (InvalidTag, ValueError) as why:
            raise PayloadError(ref=owner) from why


def fitting(
    vault: bytes, owner: int, keys: Sequence[bytes], body: bytes, files: Container[tuple[int, int]]
) -> tuple[list[bytes], bytes, set[int]]:
    """Return the rows of keys and of values that open each other, and the slots that do not.

    A key of a file stays where ``files`` has its owner and slot. For a register and keys of
    different times: a value that was corrected or destroyed between them opens no more.
    """
    boxes, kept, opened = unpack_boxes(body), [], set()
    lost: set[int] = set()
    for row in keys:
        fit: Keys = {}
        for slot, (version, key) in unpack_keys(row).items():
            if slot in FILE_SLOTS:
                fits = (owner, slot) in files
            else:
                fits = _fits(vault, owner, slot, version, key, boxes)
                opened |= {slot} if fits else set()
                lost |= set() if fits else {slot}
            if fits:
                fit[slot] = (version, key)
        kept.append(pack_keys(fit))
    lost |= boxes.keys() - opened
    return kept, pack_boxes({s: b for s, b in boxes.items() if s in opened}), lost


def _fits(vault: bytes, owner: int, slot: int, version: int, key: bytes, boxes: Boxes) -> bool:
    there, box = boxes.get(slot, (0, b""))
    if there != version:
        return False
    try:
        AESGCM(key).decrypt(NONCE, box, vault + b"payloads" + _OWNER.pack(owner, slot, version))
    except (InvalidTag, ValueError):
        return False
    return True


class Payloads:
    """Reads and writes the sealed values of single records on an open vault.

    ``schema`` names the keys file: ``keys_people`` or ``keys_office``. One payload row may
    have keys in both.
    """

    def __init__(self, connection: Connection, vault: str) -> None:
        self._connection = connection
        self.vault = bytes.fromhex(vault)

    def put(self, schema: str, owner: int, values: Mapping[int, str | None]) -> None:
        """Seal values; each gets a new key, None or empty drops key and ciphertext."""
        keys = unpack_keys(self._body(f"{schema}.keys", owner))
        boxes = unpack_boxes(self._body("main.payloads", owner))
        for slot, text in values.items():
            version = max(boxes.get(slot, (0, b""))[0], keys.get(slot, (0, b""))[0]) + 1
            keys.pop(slot, None)
            boxes.pop(slot, None)
            if text:
                key = os.urandom(32)
                aad = self.vault + b"payloads" + _OWNER.pack(owner, slot, version)
                keys[slot] = (version, key)
                boxes[slot] = (version, AESGCM(key).encrypt(NONCE, text.encode(), aad))
        self._store(f"{schema}.keys", owner, pack_keys(keys))
        self._store("main.payloads", owner, pack_boxes(boxes))

    def read(self, schema: str, owner: int) -> dict[int, str]:
        """Return the values this keys file opens; none where it is not open to this person."""
        if not self._attached(schema):
            return {}
        keys = self._body(f"{schema}.keys", owner)
        return open_row(self.vault, owner, keys, self._body("main.payloads", owner)) if keys else {}

    def read_many(
        self, schema: str, owners: Iterable[int], slots: Collection[int] | None = None
    ) -> dict[int, dict[int, str]]:
        """Return the values of several owners by owner: all, or those of some slots."""
        return {
            owner: self.opened(owner, keys, body, slots)
            for owner, keys, body in self.sealed(schema, owners)
        }

    def sealed(self, schema: str, owners: Iterable[int]) -> Iterator[tuple[int, bytes, bytes]]:
        """Yield owners with their packed keys and boxes, as far as there are keys."""
        if not self._attached(schema):
            return
        sql = (
            f"SELECT k.id, k.body, p.body FROM {schema}.keys k JOIN main.payloads p ON p.id = k.id"
            " WHERE k.id IN ({marks})"
        )
        wanted = list(owners)
        for start in range(0, len(wanted), 900):
            part = wanted[start : start + 900]
            marks = ",".join("?" * len(part))
            yield from self._connection.execute(sql.format(marks=marks), part).fetchall()

    def opened(
        self, owner: int, keys: bytes, body: bytes, slots: Collection[int] | None = None
    ) -> dict[int, str]:
        """Return the values of an owner: all, or those of some slots."""
        if slots is None:
            return open_row(self.vault, owner, keys, body)
        return open_some(self.vault, owner, keys, body, slots)

    def drop(self, schema: str, owner: int, slots: Iterable[int] | None = None) -> None:
        """Destroy the keys and ciphertexts of an owner, or of some of its slots."""
        keys = unpack_keys(self._body(f"{schema}.keys", owner))
        gone = set(keys) if slots is None else set(slots)
        boxes = unpack_boxes(self._body("main.payloads", owner))
        self._store(
            f"{schema}.keys", owner, pack_keys({s: k for s, k in keys.items() if s not in gone})
        )
        left = {s: b for s, b in boxes.items() if s not in gone}
        self._store("main.payloads", owner, pack_boxes(left))

    def _attached(self, schema: str) -> bool:
        return any(row[1] == schema for row in self._connection.execute("PRAGMA database_list"))

    def _body(self, table: str, owner: int) -> bytes:
        row = self._connection.execute(
            f"SELECT body FROM {table} WHERE id = ?", (owner,)
        ).fetchone()
        return row[0] if row else b""

    def _store(self, table: str, owner: int, body: bytes) -> None:
        if body:
            self._connection.execute(
                f"INSERT INTO {table} (id, body) VALUES (?, ?)"
                " ON CONFLICT (id) DO UPDATE SET body = excluded.body",
                (owner, body),
            )
        else:
            self._connection.execute(f"DELETE FROM {table} WHERE id = ?", (owner,))
