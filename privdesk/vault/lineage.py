"""Who the officers are, in an unbroken line from the first: what vault.json cannot say of itself.

ADMIN signs the header, but the header names ADMIN's key, and whoever has REGISTER can write both
header and journal. So each change of who holds PERSONAL, and of the role keys, is a *link* signed
by somebody who was an officer (or the recovery kit) in the link before, and each person signs with
her own key, into her own slot, the newest link she has seen. At unlocking the line has to lead from
that link to the header as it is. A person, a role key or a certificate that no officer brought in
is refused, whoever wrote the file.

A slot can be put back to what it was before a removal; it is still signed by its owner. So the
newest link is also kept in ``keys-people.db``, which nobody opens who was removed: the line of the
header has to contain it (``contains``).

What stays: a person without PERSONAL, who has no file that a removed officer cannot write, may be
led astray by her. Nothing that the removed officer does not have can be had from that person.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256

from privdesk.core.i18n import N_
from privdesk.vault import crypto, header
from privdesk.vault.crypto import KeyPair
from privdesk.vault.errors import HeaderDamagedError
from privdesk.vault.header import Header, Link, Person, Slot

HOLDERS = ("officer", "recovery")  # roles with PERSONAL
PIN = "line"  # under which keys-people.db keeps the newest link


def commitment(vault: str, name: str, key: bytes) -> str:
    """Return what stands for a role key (``ROLE:generation``) without giving it away, in hex."""
    return crypto.derive(key, f"privdesk commitment|{vault}|{name}").hex()


def committed(head: Header, keys: Mapping[str, bytes]) -> Header:
    """Return the header with what stands for these role keys; those of no use any more go."""
    new = {name: commitment(head.vault, name, key) for name, key in keys.items() if ":" in name}
    return replace(head, commitments={**head.commitments, **new})


def message(vault: str, link: Link) -> bytes:
    """Return the bytes of a link that are signed, and whose digest the next one names."""
    officers = ",".join(key.hex() for key in link.officers)
    told = (link.number, link.before, link.core, officers, link.by.hex())
    return "|".join(["privdesk officers", vault, *map(str, told)]).encode()


def digest(vault: str, link: Link) -> str:
    """Return what the next link and the slots name a link by, in hex."""
    return sha256(message(vault, link)).hexdigest()


def core(head: Header) -> str:
    """Return the digest of what only officers change: who they are, and the role keys; in hex.

    Of former ones name and key stand in it too: nobody signs in the name of one who has left.
    """
    holders, known = list(_holders(head)), ever(head)
    people = [
        {"id": p.id, "name": p.name, "role": p.role}
        | {"exchange": p.exchange.hex(), "signing": p.signing.hex()}
        for p in holders
    ]
    former = [
        {"id": p.id, "name": p.name, "signing": p.signing.hex()}
        for p in head.people
        if p not in holders and p.signing in known
    ]
    told = {
        "vault": head.vault,
        "admin_key": head.admin_key.hex(),
        "certificate": head.certificate.hex(),
        "generations": head.generations,
        "commitments": head.commitments,
        "people": people,
        **({"former": former} if former else {}),
    }
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def extended(head: Header, keys: KeyPair) -> Header:
    """Return the header with a link for what has changed, signed by an officer; else as it is.

    She has seen what she signed.
    """
    last = head.links[-1] if head.links else None
    now, officers = core(head), _keys(head)
    if last is not None and (last.core, last.officers) == (now, officers):
        return head
    before = digest(head.vault, last) if last else ""
    number = last.number + 1 if last else 1
    link = Link(number, before, now, officers, keys.signing_public)
    link = replace(link, signature=crypto.signer(keys.signing).sign(message(head.vault, link)))
    head = replace(head, links=(*head.links, link))
    me = next((p for p in head.people if p.signing == keys.signing_public and p.active), None)
    return seen(head, me, keys) if me else head


def seen(head: Header, person: Person, keys: KeyPair) -> Header:
    """Return the header in which a person has seen the newest link; nothing is encrypted again."""
    last = head.links[-1]
    slot = replace(person.slot, seen=last.number, link=digest(head.vault, last))
    signed = header.signed_slot(head.vault, slot, keys)
    return head.with_person(replace(person, slot=signed))


def behind(head: Header, slot: Slot) -> bool:
    """Whether there are links that a person has not signed for yet."""
    return bool(head.links) and slot.seen < head.links[-1].number


def check(head: Header, person: Person, keys: KeyPair, roles: Mapping[str, bytes]) -> None:
    """Raise HeaderDamagedError unless the line leads from what a person knows to this header."""
    if (person.exchange, person.signing) != (keys.exchange_public, keys.signing_public):
        raise HeaderDamagedError(cause=f"the keys of {person.name} are not her own")
    _line(head, person.slot)
    last = head.links[-1]
    if (last.core, last.officers) != (core(head), _keys(head)):
        raise HeaderDamagedError(cause=N_("no officer signed for the people or keys that it names"))
    for name, key in roles.items():
        if ":" in name and head.commitments.get(name) != commitment(head.vault, name, key):
            raise HeaderDamagedError(cause=f"role key {name} comes from no officer")


def pin(head: Header) -> bytes:
    """Return what keys-people.db keeps of the newest link: its number and digest."""
    last = head.links[-1]
    return f"{last.number}:{digest(head.vault, last)}".encode()


def contains(head: Header, kept: bytes | None) -> bool:
    """Whether the line of a header, once checked, has the link that keys-people.db keeps."""
    known = {f"{link.number}:{digest(head.vault, link)}".encode() for link in head.links}
    return kept in known


def officer_keys(head: Header) -> frozenset[bytes]:
    """Return the signing keys of the officers (and the kit) there are now."""
    return frozenset(head.links[-1].officers) if head.links else frozenset()


def ever(head: Header) -> frozenset[bytes]:
    """Return the signing keys of everybody who was an officer (or a kit) at any time."""
    return frozenset(key for link in head.links for key in link.officers)


def signs(head: Header, person: Person | None) -> bool:
    """Whether what a person of the header signed counts: an officer stands in the line."""
    return person is not None and (person.role not in HOLDERS or person.signing in ever(head))


def _line(head: Header, slot: Slot) -> None:
    """Walk from the link that a slot names to the end; each is signed by one of the one before.

    Those before it are bound by the digests that each link has of the one before.
    """
    at = next((link for link in head.links if link.number == slot.seen), None)
    if at is None or digest(head.vault, at) != slot.link:
        raise HeaderDamagedError(cause=N_("the line of its officers is another one"))
    before, number = "", 0
    for link in head.links:
        if (link.number, link.before) != (number + 1, before):
            raise HeaderDamagedError(cause=N_("the line of its officers is broken"))
        number, before = link.number, digest(head.vault, link)
    for link in head.links[at.number :]:
        signed = crypto.signed(link.by, link.signature, message(head.vault, link))
        if not signed or link.by not in at.officers:
            raise HeaderDamagedError(cause=N_("the line of its officers is broken"))
        at = link


def _holders(head: Header) -> Iterable[Person]:
    return (p for p in head.people if p.active and p.role in HOLDERS)


def _keys(head: Header) -> tuple[bytes, ...]:
    return tuple(person.signing for person in _holders(head))
