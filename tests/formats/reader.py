"""A reader of vaults written from FORMAT.md alone: nothing of privdesk is imported here.

It shows that the page is enough: with cryptography, sqlcipher3 and the standard library it
opens the header, a person's slot, the files, sealed values, attachments and backups, and it
proves the journal. It only reads, and what does not hold raises ``ValueError``.
"""

from __future__ import annotations

import base64
import hmac
import json
import re
import struct
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from hashlib import pbkdf2_hmac, sha256, sha512
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PAGE, BODY, CHUNK = 4096, 4016, 65_536
ENTRY = (
    "number, at, person, workstation, action, register, record, ref, case_ref, fields, count,"
    " rows_digest, details, details_digest"
)


# -- the header


def signed_part(text: bytes) -> bytes:
    """Return the bytes of a header that ADMIN signs."""
    head = json.loads(text)
    del head["signature"]
    for person in head["people"]:
        del person["slot"]
    return json.dumps(head, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def slot_message(vault: str, slot: dict[str, Any]) -> bytes:
    """Return the bytes of a slot that its person signs."""
    cost = slot["cost"]
    told = f"{cost['memory']},{cost['rounds']},{cost['lanes']}" if cost else ""
    parts = ("privdesk slot", vault, b64(slot["salt"]).hex(), told, b64(slot["box"]).hex())
    return "|".join((*parts, str(slot["seen"]), slot["link"])).encode()


def commitment(vault: str, name: str, role_key: bytes) -> str:
    """Return what stands for a role key in the header."""
    return hkdf(role_key, f"privdesk commitment|{vault}|{name}").hex()


def core(head: dict[str, Any]) -> str:
    """Return the text whose SHA-256 a link of officers names."""
    told: dict[str, Any] = {name: head[name] for name in ("vault", "generations", "commitments")}
    told |= {name: b64(head[name]).hex() for name in ("admin_key", "certificate")}
    told["people"] = [
        {name: someone[name] for name in ("id", "name", "role")}
        | {name: b64(someone[name]).hex() for name in ("exchange", "signing")}
        for someone in head["people"]
        if someone["active"] and someone["role"] in ("officer", "recovery")
    ]
    ever = {key for link in head["links"] for key in link["officers"]}
    former = [
        {"id": someone["id"], "name": someone["name"], "signing": b64(someone["signing"]).hex()}
        for someone in head["people"]
        if not (someone["active"] and someone["role"] in ("officer", "recovery"))
        and someone["signing"] in ever
    ]
    told |= {"former": former} if former else {}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def link_message(vault: str, link: dict[str, Any]) -> bytes:
    """Return the bytes of a link that are signed."""
    officers = ",".join(b64(key).hex() for key in link["officers"])
    told = (str(link["number"]), link["before"], link["core"], officers, b64(link["by"]).hex())
    return "|".join(("privdesk officers", vault, *told)).encode()


def line_of_officers(head: dict[str, Any], slot: dict[str, Any]) -> None:
    """Raise unless officers lead from the link that a slot names to the header as it is."""
    before: dict[str, Any] | None = None
    digest = ""
    for number, link in enumerate(head["links"], 1):
        message = link_message(head["vault"], link)
        if (link["number"], link["before"]) != (number, digest):
            raise ValueError("a broken line of officers")
        digest = sha256(message).hexdigest()
        if link["number"] == slot["seen"]:
            if sha256(message).hexdigest() != slot["link"]:
                raise ValueError("another line of officers")
            before = link
        elif before is not None:
            if link["by"] not in before["officers"]:
                raise ValueError("a broken line of officers")
            signed(b64(link["by"]), b64(link["signature"]), message)
            before = link
    if before is None or before["core"] != sha256(core(head).encode()).hexdigest():
        raise ValueError("people or keys that no officer signed for")


def header(text: bytes) -> dict[str, Any]:
    """Return a header whose signatures hold."""
    head: dict[str, Any] = json.loads(text)
    if head["format"] != 1:
        raise ValueError("another format")
    signed(b64(head["admin_key"]), b64(head["signature"]), signed_part(text))
    for person in head["people"]:
        message = slot_message(head["vault"], person["slot"])
        signed(b64(person["signing"]), b64(person["slot"]["signature"]), message)
    return head


def person(head: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the active person of this name."""
    wanted = name.strip().casefold()
    found = [p for p in head["people"] if p["active"] and p["name"].casefold() == wanted]
    if len(found) != 1:
        raise ValueError("nobody of this name")
    return dict(found[0])


def stretched(passphrase: str, salt: bytes, cost: dict[str, int]) -> bytes:
    """Return the key of a slot, 32 bytes; costs below the floor are refused."""
    if cost["memory"] < 65_536 or cost["rounds"] < 3:
        raise ValueError("a cost below the floor")
    kdf = Argon2id(
        salt=salt,
        length=32,
        iterations=cost["rounds"],
        lanes=cost["lanes"],
        memory_cost=cost["memory"],
    )
    return kdf.derive(unicodedata.normalize("NFC", passphrase).encode())


def private_keys(vault: str, someone: dict[str, Any], key: bytes) -> tuple[bytes, bytes]:
    """Return the X25519 and the Ed25519 private key of a slot, opened with its key."""
    aad = f"privdesk slot|{vault}|{someone['id']}".encode()
    plain = unsealed(key, b64(someone["slot"]["box"]), aad)
    return plain[:32], plain[32:]


def role_keys(head: dict[str, Any], someone: dict[str, Any], exchange: bytes) -> dict[str, bytes]:
    """Return the role keys sealed to a person, as ``ROLE:generation``."""
    recipient = b64(someone["exchange"]).hex()
    found = {}
    for name, box in someone["sealed"].items():
        role, generation = name.split(":")
        info = f"privdesk role|{head['vault']}|{role}|{generation}|{recipient}"
        found[name] = hpke_open(exchange, b64(box), info.encode())
    return found


def former_key(vault: str, name: str, above: bytes, box: bytes) -> bytes:
    """Return a former role key, sealed under the generation above it."""
    return unsealed(above, box, f"privdesk former|{vault}|{name}".encode())


# -- keys of the files, and what hands the epoch secret on


def file_key(file: str, vault: str, role_key: bytes, epoch: int = 0, secret: bytes = b"") -> bytes:
    """Return the raw key of a file; ``register.db`` needs no epoch secret."""
    if file == "register.db":
        return hkdf(role_key, f"privdesk register.db|{vault}")
    return hkdf(role_key + secret, f"privdesk {file}|{vault}|{epoch}")


def epoch_secret(text: bytes, vault: str) -> tuple[int, bytes]:
    """Return epoch and secret of an epoch file or a custody file."""
    told = json.loads(text)
    secret = b64(told["secret"])
    check = sha256(f"{told['vault']}|{told['epoch']}|".encode() + secret).hexdigest()
    if told["vault"] != vault or told["check"] != check or len(secret) != 32:
        raise ValueError("damaged, or of another vault")
    return int(told["epoch"]), secret


def handed_over(
    vault: str, epoch: int, holder: int, private: bytes, register: bytes, box: bytes
) -> bytes:
    """Return the secret of ``epoch``, with the account's own key and the REGISTER key."""
    info = f"privdesk handover|{vault}|{epoch}|{holder}"
    return hpke_open(private, unsealed(hkdf(register, info), box, info.encode()), info.encode())


def letters(text: str) -> bytes:
    """Return the bytes that the lines of a sheet, or its QR code, spell."""
    typed = re.sub(r"^(\d+\.|=)", "", text, flags=re.MULTILINE)
    plain = re.sub(r"[\s-]", "", typed.upper()).translate(str.maketrans("OIL", "011"))
    body, whole = plain[:-8], plain[-8:]
    data = b""
    for number, at in enumerate(range(0, len(body), 18), 1):
        line, check = body[at : at + 18][:-2], body[at : at + 18][-2:]
        if spelled(sha256(f"{number}:{line}".encode()).digest()[:2])[:2] != check:
            raise ValueError(f"line {number}")
        size = len(line) * 5 // 8
        value = sum(SIGNS.index(sign) << 5 * n for n, sign in enumerate(reversed(line)))
        data += (value >> len(line) * 5 - size * 8).to_bytes(size, "big")
    if spelled(sha256(b"whole:" + data).digest()[:5]) != whole:
        raise ValueError("the whole")
    return data


def spelled(data: bytes) -> str:
    """Return bytes in Crockford's base 32, filled up with zero bits at the end."""
    bits = "".join(f"{byte:08b}" for byte in data)
    bits += "0" * (-len(bits) % 5)
    return "".join(SIGNS[int(bits[at : at + 5], 2)] for at in range(0, len(bits), 5))


# -- the files


def database(path: Path, key: bytes) -> Any:
    """Return a connection that reads a file of the vault."""
    connection = sqlcipher.connect(f"file:{path}?mode=ro", uri=True)
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return connection


def page(path: Path, key: bytes, number: int) -> bytes:
    """Return a page of a file in the clear, its HMAC checked, without SQLCipher; from 1."""
    with path.open("rb") as stream:
        salt = stream.read(16)
        stream.seek((number - 1) * PAGE)
        sealed = stream.read(PAGE)
    hmac_salt = bytes(byte ^ 0x3A for byte in salt)
    hmac_key = pbkdf2_hmac("sha512", key, hmac_salt, 2, 32)
    start = 16 if number == 1 else 0  # the salt stands where SQLite has its magic
    covered = sealed[start : BODY + 16] + number.to_bytes(4, "little")
    if hmac.digest(hmac_key, covered, sha512) != sealed[BODY + 16 :]:
        raise ValueError(f"page {number}")
    cipher = Cipher(algorithms.AES256(key), modes.CBC(sealed[BODY : BODY + 16])).decryptor()
    return b"SQLite format 3\0"[:start] + cipher.update(sealed[start:BODY])


def values(vault: str, owner: int, keys: bytes, body: bytes) -> dict[int, str]:
    """Return the values of an owner's payload row by slot, as far as there are keys."""
    boxes, at = {}, 0
    while at < len(body):
        slot, version, length = struct.unpack_from(">HHI", body, at)
        boxes[slot, version] = body[at + 8 : at + 8 + length]
        at += 8 + length
    found = {}
    for slot, version, key in struct.iter_unpack(">HH32s", keys):
        if 40_000 <= slot < 50_000:
            continue  # of an attachment
        aad = bytes.fromhex(vault) + b"payloads" + struct.pack(">QHH", owner, slot, version)
        found[slot] = unsealed(key, bytes(12) + boxes[slot, version], aad).decode()
    return found


def attachment(vault: str, owner: int, slot: int, keys: bytes, sealed: bytes) -> bytes:
    """Return what a file in ``attachments/`` holds."""
    key = {s: k for s, _version, k in struct.iter_unpack(">HH32s", keys)}[slot]
    if sealed[:4] != b"PDA1":
        raise ValueError("no attachment")
    boxes = [sealed[at : at + CHUNK + 16] for at in range(4, len(sealed), CHUNK + 16)]
    start = bytes.fromhex(vault) + b"attachment"
    plain = b""
    for index, box in enumerate(boxes):
        aad = start + struct.pack(">QHIB", owner, slot, index, index == len(boxes) - 1)
        plain += unsealed(key, index.to_bytes(12, "big") + box, aad)
    return plain


def backup(file: Path, folder: Path) -> dict[str, Any]:
    """Write the files of a backup into a folder, each as its manifest says; return that."""
    with zipfile.ZipFile(file) as archive:
        manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
        if manifest["kind"] != "privdesk backup 1":
            raise ValueError("no backup")
        for name, digest in manifest["files"].items():
            data = archive.read(name)
            if sha256(data).hexdigest() != digest:
                raise ValueError(name)
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
    return manifest


# -- the journal


def canonical(row: Sequence[Any]) -> bytes:
    """Return the bytes of an entry that its leaf hashes; ``row`` as the columns of ``ENTRY``."""
    told = [json.loads(value) if place == 9 else value for place, value in enumerate(row)]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf (RFC 6962, 2.1)."""
    return sha256(b"\0" + data).digest()


def tree_hash(leaves: Sequence[bytes]) -> bytes:
    """Return the root over the hashes of leaves (RFC 6962, 2.1)."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256(b"").digest()
    left = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\1" + tree_hash(leaves[:left]) + tree_hash(leaves[left:])).digest()


def journal(register: Any) -> Iterator[tuple[tuple[Any, ...], bytes]]:
    """Yield each entry and its leaf, as it is stored and as it has to be."""
    sql = f"SELECT {ENTRY}, leaf FROM journal ORDER BY number"
    for number, (*row, stored) in enumerate(register.execute(sql), 1):
        leaf = leaf_hash(canonical(row))
        if row[0] != number or leaf != stored:
            raise ValueError(f"entry {number}")
        yield tuple(row), leaf


def head_body(vault: str, size: int, root: bytes) -> bytes:
    """Return the three lines of a checkpoint that are signed."""
    return f"privdesk/{vault}\n{size}\n{base64.b64encode(root).decode()}\n".encode()


def checkpoint(head: dict[str, Any], text: str, leaves: Sequence[bytes]) -> None:
    """Prove that a journal contains a checkpoint, and that it was signed in this vault."""
    origin, size, root, mark = text.strip().split("\n")
    _dash, who, signature = mark.split(" ")
    vault = origin.removeprefix("privdesk/")
    found = tree_hash(leaves[: int(size)])
    if vault != head["vault"] or int(size) > len(leaves) or found != b64(root):
        raise ValueError("the journal does not contain it")
    (key,) = (b64(p["signing"]) for p in head["people"] if p["id"] == int(who))
    signed(key, b64(signature), head_body(vault, int(size), found))


# -- the steps under all that


def b64(text: str) -> bytes:
    """Return the bytes of base64 text."""
    return base64.b64decode(text, validate=True)


def hkdf(secret: bytes, info: str) -> bytes:
    """Return 32 bytes of HKDF-SHA256 without a salt."""
    return HKDF(hashes.SHA256(), 32, salt=None, info=info.encode()).derive(secret)


def unsealed(key: bytes, box: bytes, aad: bytes) -> bytes:
    """Open nonce, ciphertext and tag (AES-256-GCM)."""
    try:
        return AESGCM(key).decrypt(box[:12], box[12:], aad)
    except InvalidTag as why:
        raise ValueError("key, box and AAD do not belong together") from why


def signed(public: bytes, signature: bytes, message: bytes) -> None:
    """Raise unless an Ed25519 signature holds."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature as why:
        raise ValueError("a signature does not hold") from why


def hpke_open(private: bytes, box: bytes, info: bytes) -> bytes:
    """Open HPKE in base mode (RFC 9180): X25519, HKDF-SHA256, AES-256-GCM, one message."""
    enc, sealed = box[:32], box[32:]
    own = X25519PrivateKey.from_private_bytes(private)
    shared = own.exchange(X25519PublicKey.from_public_bytes(enc))
    kem = b"KEM" + (0x20).to_bytes(2, "big")
    context = enc + own.public_key().public_bytes_raw()
    secret = _expand(_extract(b"", kem, b"eae_prk", shared), kem, b"shared_secret", context, 32)
    suite = b"HPKE" + b"".join(number.to_bytes(2, "big") for number in (0x20, 1, 2))
    schedule = b"\0" + _extract(b"", suite, b"psk_id_hash", b"")
    schedule += _extract(b"", suite, b"info_hash", info)
    prk = _extract(secret, suite, b"secret", b"")
    key = _expand(prk, suite, b"key", schedule, 32)
    nonce = _expand(prk, suite, b"base_nonce", schedule, 12)
    return unsealed(key, nonce + sealed, b"")


def _extract(salt: bytes, suite: bytes, label: bytes, data: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + data, sha256)


def _expand(key: bytes, suite: bytes, label: bytes, info: bytes, length: int) -> bytes:
    told = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return hmac.digest(key, told + b"\1", sha256)[:length]
