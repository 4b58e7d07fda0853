"""vault.json: who may open the vault, and the role keys sealed to each of them.

The text is JSON. ADMIN (an Ed25519 key every officer and administrator can use)
signs everything but the passphrase slots; each person signs her own slot, so that
she can change her passphrase without ADMIN.
"""

from __future__ import annotations

import base64
import json
import os
import re
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from privdesk.core.i18n import N_
from privdesk.vault import crypto
from privdesk.vault.crypto import Cost, KeyPair
from privdesk.vault.errors import HeaderDamagedError, NewerVaultError, NoVaultError

FORMAT = 1
HEADER_FILE = "vault.json"
REGISTER, PERSONAL, ADMIN, ISSUE = "REGISTER", "PERSONAL", "ADMIN", "ISSUE"
ROLE_KEYS: dict[str, tuple[str, ...]] = {
    "officer": (REGISTER, PERSONAL, ADMIN, ISSUE),
    "administrator": (REGISTER, ADMIN),
    "manager": (REGISTER,),
    "auditor": (REGISTER,),
    "recovery": (REGISTER, PERSONAL, ADMIN, ISSUE),
}
ROLES = ("officer", "manager", "auditor", "administrator")
_VAULT_ID = re.compile(r"[0-9a-f]{32}")  # it names files of the account, so nothing else will do
_ROLE_KEY = re.compile(r"[A-Z]+:[0-9]{1,9}")
SALT = 16
MAX_HEADER = 4 * 1024 * 1024


@dataclass(frozen=True)
class Slot:
    """A person's private keys under her passphrase (or the kit's secret, with no cost).

    ``seen`` and ``link`` are number and digest of the newest link of officers she signed for.
    """

    salt: bytes
    cost: Cost | None
    box: bytes
    seen: int = 0
    link: str = ""
    signature: bytes = b""


@dataclass(frozen=True)
class Link:
    """One change of who the officers are or of the role keys (see ``lineage``).

    ``officers`` are the signing keys of those there are from it on, ``by`` that of who signed.
    """

    number: int
    before: str
    core: str
    officers: tuple[bytes, ...]
    by: bytes
    signature: bytes = b""


@dataclass(frozen=True)
class Person:
    """One who can open the vault; ``sealed`` holds role keys as ``ROLE:generation``."""

    id: int
    name: str
    role: str
    exchange: bytes
    signing: bytes
    slot: Slot
    sealed: dict[str, bytes] = field(default_factory=dict)
    active: bool = True


@dataclass(frozen=True)
class Header:
    """The head of a vault, as signed."""

    vault: str
    company: str
    created: str
    epoch: int
    generations: dict[str, int]
    admin_key: bytes
    certificate: bytes
    people: tuple[Person, ...]
    former: dict[str, bytes] = field(default_factory=dict)
    kit_number: int = 1
    commitments: dict[str, str] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    signature: bytes = b""
    format: int = FORMAT

    def person(self, name: str) -> Person | None:
        """Return the active person of this name."""
        wanted = name.strip().casefold()
        return next((p for p in self.people if p.active and p.name.casefold() == wanted), None)

    def by_id(self, number: int) -> Person | None:
        """Return a person, former ones too."""
        return next((p for p in self.people if p.id == number), None)

    def same(self, one: int, other: int) -> bool:
        """Whether two numbers are the same person.

        A forgotten passphrase gives a person new keys and so a new number; for every rule that
        wants two people she stays who she was.
        """
        first, second = self.by_id(one), self.by_id(other)
        if first is None or second is None:
            return one == other
        return first.name.casefold() == second.name.casefold()

    def active(self, role: str) -> list[Person]:
        """Return the active people of a role."""
        return [p for p in self.people if p.active and p.role == role]

    def with_person(self, person: Person) -> Header:
        """Return a header in which ``person`` replaces the one of the same number, or is added."""
        others = tuple(p for p in self.people if p.id != person.id)
        return replace(self, people=tuple(sorted((*others, person), key=lambda p: p.id)))

    def signed_by(self, admin: bytes) -> Header:
        """Return this header signed with ADMIN."""
        return replace(self, signature=crypto.signer(admin).sign(_signed_part(self)))

    def text(self) -> bytes:
        """Return the bytes of vault.json."""
        return (json.dumps(_plain(self), ensure_ascii=False, indent=1) + "\n").encode()

    def digest(self) -> str:
        """Return the SHA-256 that the journal records, in hex."""
        return sha256(self.text()).hexdigest()


def slot_aad(vault: str, person: int) -> bytes:
    """Bind a passphrase slot to its vault and person."""
    return f"privdesk slot|{vault}|{person}".encode()


def seal_slot(
    vault: str,
    person: int,
    keys: KeyPair,
    secret: str | bytes,
    cost: Cost,
    known: tuple[int, str] = (0, ""),
) -> Slot:
    """Seal private keys under a passphrase, or under a random 32-byte secret.

    ``known`` is number and digest of the newest link that is taken as true.
    """
    salt = os.urandom(SALT)
    kek = crypto.stretch(secret, salt, cost.checked()) if isinstance(secret, str) else secret
    box = crypto.seal(kek, keys.exchange + keys.signing, slot_aad(vault, person))
    slot = Slot(salt, cost if isinstance(secret, str) else None, box, *known)
    return signed_slot(vault, slot, keys)


def signed_slot(vault: str, slot: Slot, keys: KeyPair) -> Slot:
    """Return a slot signed by the person whose keys are in it."""
    return replace(slot, signature=crypto.signer(keys.signing).sign(_slot_message(vault, slot)))


def open_slot(vault: str, person: Person, secret: str | bytes) -> KeyPair | None:
    """Return the private keys, or None where the passphrase is not the one."""
    slot = person.slot
    if isinstance(secret, str):
        if slot.cost is None:
            return None
        kek = crypto.stretch(secret, slot.salt, slot.cost.checked())
    else:
        kek = secret
    plain = crypto.unseal(kek, slot.box, slot_aad(vault, person.id))
    return KeyPair(plain[:32], plain[32:]) if plain and len(plain) == 64 else None


def role_info(vault: str, role: str, generation: int, recipient: bytes) -> str:
    """Return the HPKE info of a sealed role key."""
    return f"privdesk role|{vault}|{role}|{generation}|{recipient.hex()}"


def seal_role(header: Header, person: Person, role: str, key: bytes) -> Person:
    """Return ``person`` with the present generation of a role key sealed to her as well."""
    generation = header.generations[role]
    info = role_info(header.vault, role, generation, person.exchange)
    box = crypto.seal_to(person.exchange, key, info)
    return replace(person, sealed={**person.sealed, f"{role}:{generation}": box})


def open_roles(header: Header, person: Person, keys: KeyPair) -> dict[str, bytes]:
    """Return the role keys that this person's private keys open.

    Each is there as ``ROLE:generation``; the newest generation as ``ROLE`` too. Two
    generations of a role stand in the header only while a rotation is under way.
    """
    opened: dict[str, bytes] = {}
    for name, box in sorted(person.sealed.items(), key=lambda kv: int(kv[0].partition(":")[2])):
        role, _, generation = name.partition(":")
        info = role_info(header.vault, role, int(generation), person.exchange)
        key = crypto.unseal_with(keys.exchange, box, info)
        if key is None:
            raise HeaderDamagedError(cause=f"role key {role} of {person.name}")
        opened[name] = opened[role] = key
    return opened


def seal_former(header: Header, new: bytes, name: str, old: bytes) -> Header:
    """Return the header with a former role key sealed under the present one of its role."""
    box = crypto.seal(new, old, _former_aad(header.vault, name))
    return replace(header, former={**header.former, name: box})


def open_former(header: Header, roles: dict[str, bytes]) -> dict[str, bytes]:
    """Return the former role keys that the present ones open, newest first down the chain."""
    opened: dict[str, bytes] = {}
    names = sorted(header.former, key=lambda n: int(n.partition(":")[2]), reverse=True)
    for name in names:
        role, _, generation = name.partition(":")
        above = opened.get(f"{role}:{int(generation) + 1}", roles.get(role))
        key = above and crypto.unseal(above, header.former[name], _former_aad(header.vault, name))
        if key:
            opened[name] = key
    return opened


def _former_aad(vault: str, name: str) -> bytes:
    return f"privdesk former|{vault}|{name}".encode()


def read(folder: Path) -> Header:
    """Read and check the header; nothing is written."""
    path = folder / HEADER_FILE
    if not path.is_file():
        raise NoVaultError(path=folder)
    if path.stat().st_size > MAX_HEADER:
        raise HeaderDamagedError(cause=N_("it is too large"))
    return parse(path.read_bytes())


def parse(text: bytes) -> Header:
    """Return the header in ``text`` after checking format and signatures."""
    try:
        raw = json.loads(text)
        found = raw["format"]
        if not isinstance(found, int):
            raise TypeError
        if found > FORMAT:
            raise NewerVaultError(found=found, known=FORMAT)
        header = _header(raw)
        signed_part = _signed_part(header)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as why:
        raise HeaderDamagedError(cause=N_("it cannot be read")) from why
    if not crypto.signed(header.admin_key, header.signature, signed_part):
        raise HeaderDamagedError(cause=N_("its signature does not hold"))
    for person in header.people:
        message = _slot_message(header.vault, person.slot)
        if not crypto.signed(person.signing, person.slot.signature, message):
            raise HeaderDamagedError(cause=f"the slot of {person.name} is not signed by her")
    return header


def _slot_message(vault: str, slot: Slot) -> bytes:
    cost = "" if slot.cost is None else f"{slot.cost.memory},{slot.cost.rounds},{slot.cost.lanes}"
    told = (slot.salt.hex(), cost, slot.box.hex(), slot.seen, slot.link)
    return "|".join(["privdesk slot", vault, *map(str, told)]).encode()


def _signed_part(header: Header) -> bytes:
    plain = _plain(header)
    del plain["signature"]
    for person in plain["people"]:
        del person["slot"]
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _plain(header: Header) -> dict[str, Any]:
    raw = asdict(header)
    raw["people"] = [dict(p) for p in raw["people"]]
    return {"format": raw.pop("format"), **{k: _encode(v) for k, v in raw.items()}}


def _encode(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dict):
        return {k: _encode(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_encode(v) for v in value]
    return value


def _bytes(text: Any) -> bytes:
    return base64.b64decode(text, validate=True)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _id(value: Any) -> str:
    if not _VAULT_ID.fullmatch(_text(value)):
        raise ValueError
    return str(value)


def _keys(raw: dict[str, Any]) -> dict[str, bytes]:
    if not all(_ROLE_KEY.fullmatch(name) for name in raw):
        raise ValueError
    return {name: _bytes(box) for name, box in raw.items()}


def _salt(value: Any) -> bytes:
    salt = _bytes(value)
    if len(salt) != SALT:
        raise ValueError
    return salt


def _person(raw: dict[str, Any]) -> Person:
    slot = raw["slot"]
    cost = None if slot["cost"] is None else Cost(**{k: int(v) for k, v in slot["cost"].items()})
    return Person(
        id=int(raw["id"]),
        name=_text(raw["name"]),
        role=_text(raw["role"]),
        exchange=_bytes(raw["exchange"]),
        signing=_bytes(raw["signing"]),
        slot=Slot(
            _salt(slot["salt"]),
            cost,
            _bytes(slot["box"]),
            int(slot["seen"]),
            _text(slot["link"]),
            _bytes(slot["signature"]),
        ),
        sealed=_keys(raw["sealed"]),
        active=bool(raw["active"]),
    )


def _link(raw: dict[str, Any]) -> Link:
    return Link(
        number=int(raw["number"]),
        before=_text(raw["before"]),
        core=_text(raw["core"]),
        officers=tuple(_bytes(key) for key in raw["officers"]),
        by=_bytes(raw["by"]),
        signature=_bytes(raw["signature"]),
    )


def _header(raw: dict[str, Any]) -> Header:
    return Header(
        format=raw["format"],
        vault=_id(raw["vault"]),
        company=_text(raw["company"]),
        created=_text(raw["created"]),
        epoch=int(raw["epoch"]),
        generations={_text(k): int(v) for k, v in raw["generations"].items()},
        admin_key=_bytes(raw["admin_key"]),
        certificate=_bytes(raw["certificate"]),
        people=tuple(_person(p) for p in raw["people"]),
        former=_keys(raw["former"]),
        kit_number=int(raw["kit_number"]),
        commitments={_text(k): _text(v) for k, v in raw["commitments"].items()},
        links=tuple(_link(one) for one in raw["links"]),
        signature=_bytes(raw["signature"]),
    )
