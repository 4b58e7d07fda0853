"""Somebody with keys and files, and none of the program's rules: what can be read?

Each key at hand is tried in each place: on each file of a vault with each epoch secret, on each
sealed value and each sealed file. Only the formats are the program's own; which key belongs where
is not asked.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from privdesk.vault import crypto, engine, header
from privdesk.vault.engine import FILES
from privdesk.vault.epoch import EpochSecret
from privdesk.vault.header import open_former
from privdesk.vault.pages import pages
from privdesk.vault.payloads import FILE_SLOTS, NONCE, unpack_boxes, unpack_keys
from privdesk.vault.session import Unlocked
from tests.vault.traces import all_bytes

_OURS = re.compile(
    r"옥.뷁(\d+)|010-?(\d{4})-?(\d{4})|quill(\d+)@mailbox-\d+\.example|W-(77\d{4})"
)  # what tests.flows.folk.one makes of a number
_ENCODINGS = ("utf-8", "cp949", "utf-16-le", "utf-16-be")
CHUNK = 64 * 1024 + 16


def people_in(data: bytes, *, but_source: bool = False) -> set[int]:
    """Return the numbers of the invented people of whom any value stands in bytes.

    With ``but_source`` their numbers in the source system do not count.
    """
    found: set[int] = set()
    for encoding in _ENCODINGS:
        for start in (0, 1) if encoding.startswith("utf-16") else (0,):
            text = data[start:].decode(encoding, "ignore")
            for name, phone, digits, mail, source in _OURS.findall(text):
                if phone:  # eight digits stand in many a digest by chance
                    found |= {int(phone) - 4_100} & {int(digits) - 7_700}
                elif not (source and but_source):
                    found.add(int(source) - 771_000 if source else int(name or mail))
    return found


@dataclass
class Loot:
    """What a vault gave away: text, how many keys were tried on how many things, what opened."""

    texts: list[bytes] = field(default_factory=list)
    keys: int = 0
    tried: int = 0
    opened: set[str] = field(default_factory=set)  # file names

    @property
    def data(self) -> bytes:
        """All of it."""
        return b"\n".join(self.texts)


def role_keys(slots: Iterable[Unlocked], folder: Path) -> set[bytes]:
    """Return every role key that these people's slots open, those of former times too."""
    found: set[bytes] = set()
    head = header.read(folder)
    for unlocked in slots:
        found |= set(unlocked.roles.values())
        found |= set(open_former(head, unlocked.roles).values())
    return found


def private_keys(slots: Iterable[Unlocked]) -> set[bytes]:
    """Return the private keys of these people."""
    return {key for one in slots for key in (one.keys.exchange, one.keys.signing)}


def attack(
    folder: Path,
    roles: Collection[bytes],
    secrets: Collection[EpochSecret],
    more: Collection[bytes] = (),
    *,
    widely: bool = False,
) -> Loot:
    """Read what can be read of a vault's folder; ``more`` are keys that belong nowhere.

    ``widely`` tries every key on every sealed value, not only those of its owner.
    """
    loot = Loot([all_bytes(folder)])
    vault = header.read(folder).vault
    keys = {
        schema: _file_key(folder, vault, schema, roles, secrets, more, loot) for schema in FILES
    }
    for schema, key in keys.items():
        if key is not None:
            loot.opened.add(FILES[schema])
            loot.texts += pages(folder / FILES[schema], key)
    if keys["main"] is not None:
        _values(folder, bytes.fromhex(vault), keys, {*roles, *more}, loot, widely=widely)
    return loot


def unpacked(backup: Path, folder: Path) -> Path:
    """Return the folder into which a backup was taken apart."""
    with zipfile.ZipFile(backup) as archive:
        archive.extractall(folder)
    (folder / "attachments").mkdir(exist_ok=True)
    return folder


def _guesses(
    vault: str,
    schema: str,
    roles: Collection[bytes],
    secrets: Collection[EpochSecret],
    more: Collection[bytes],
) -> Iterator[bytes]:
    """Yield every key that a file may stand under, as if nobody knew which role it takes."""
    for role in roles:
        if schema == "main":
            yield crypto.derive(role, f"privdesk {FILES[schema]}|{vault}")
        for secret in secrets:
            for epoch in {secret.epoch, *range(1, 4)}:
                info = f"privdesk {FILES[schema]}|{vault}|{epoch}"
                yield crypto.derive(role + secret.secret, info)
                yield crypto.derive(secret.secret, info)
    yield from (key for key in more if len(key) == 32)
    yield from roles
    yield from (secret.secret for secret in secrets)


def _file_key(
    folder: Path,
    vault: str,
    schema: str,
    roles: Collection[bytes],
    secrets: Collection[EpochSecret],
    more: Collection[bytes],
    loot: Loot,
) -> bytes | None:
    path = folder / FILES[schema]
    if not path.is_file():
        return None
    for key in set(_guesses(vault, schema, roles, secrets, more)):
        loot.tried += 1
        if engine.fits(path, key):
            return key
    return None


def _values(
    folder: Path,
    vault: bytes,
    keys: dict[str, bytes | None],
    more: Collection[bytes],
    loot: Loot,
    *,
    widely: bool,
) -> None:
    """Open sealed values and files with the keys of their owners, or with all there are."""
    raw = engine.bare()
    try:
        for schema, key in keys.items():
            if key is not None:
                engine.attach_to_read(raw, f"r_{schema}", folder / FILES[schema], key)
        owned: dict[int, dict[int, set[bytes]]] = {}
        for schema in ("keys_office", "keys_people"):
            for owner, body in _rows(raw, keys, schema, "SELECT id, body FROM r_{}.keys"):
                for slot, (_version, value) in unpack_keys(body).items():
                    owned.setdefault(owner, {}).setdefault(slot, set()).add(value)
        all_keys = {k for slots in owned.values() for values in slots.values() for k in values}
        everybodys = _ciphers({*all_keys, *more} if widely else ())
        loot.keys = len(all_keys)
        for owner, body in raw.execute("SELECT id, body FROM r_main.payloads").fetchall():
            own = _ciphers(k for values in owned.get(owner, {}).values() for k in values)
            for slot, (version, box) in unpack_boxes(body).items():
                aad = vault + b"payloads" + owner.to_bytes(8, "big")
                aad += slot.to_bytes(2, "big") + version.to_bytes(2, "big")
                _open(loot, own + everybodys, [(NONCE, box, aad)])
        for name, owner, slot in raw.execute(
            "SELECT name, owner, slot FROM r_main.attachments"
        ).fetchall():
            path = folder / "attachments" / name
            own = _ciphers(
                k for s, ks in owned.get(owner, {}).items() if s in FILE_SLOTS for k in ks
            )
            if path.is_file():
                boxes = _chunks(path.read_bytes()[4:], vault, owner, slot)
                _open(loot, own + everybodys, boxes)
    finally:
        raw.close()


def _rows(
    raw: engine.Connection, keys: dict[str, bytes | None], schema: str, sql: str
) -> list[tuple[int, bytes]]:
    found: list[tuple[int, bytes]] = (
        raw.execute(sql.format(schema)).fetchall() if keys[schema] is not None else []
    )
    return found


def _chunks(body: bytes, vault: bytes, owner: int, slot: int) -> list[tuple[bytes, bytes, bytes]]:
    boxes = [body[at : at + CHUNK] for at in range(0, len(body), CHUNK)]
    head = vault + b"attachment" + owner.to_bytes(8, "big") + slot.to_bytes(2, "big")
    return [
        (
            n.to_bytes(12, "big"),
            box,
            head + n.to_bytes(4, "big") + bytes([n == len(boxes) - 1]),
        )
        for n, box in enumerate(boxes)
    ]


def _ciphers(keys: Iterable[bytes]) -> list[AESGCM]:
    return [AESGCM(key) for key in keys if len(key) == 32]


def _open(
    loot: Loot, ciphers: Sequence[AESGCM], boxes: Sequence[tuple[bytes, bytes, bytes]]
) -> None:
    """Try keys on the boxes of one thing."""
    for cipher in ciphers:
        loot.tried += 1
        try:
            plain = [cipher.decrypt(*box) for box in boxes]
        except InvalidTag:
            continue
        loot.texts.append(b"".join(plain))
        return
