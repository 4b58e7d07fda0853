"""Opening a person's slot and managing who has one."""

from __future__ import annotations

from dataclasses import replace

from privdesk.core.errors import DomainError, ForbiddenError
from privdesk.vault import header, lineage, passphrases
from privdesk.vault.crypto import Cost, KeyPair
from privdesk.vault.errors import KitError, UnknownPersonError, WrongPassphraseError
from privdesk.vault.header import ROLE_KEYS, Header, Person
from privdesk.vault.session import Unlocked


class NameTakenError(DomainError):
    """{name} is in the vault already. Nothing was changed; choose another name."""


class LastOfficerError(DomainError):
    """{name} is the last officer. Nothing was changed; enrol another officer first."""


class SamePassphraseError(DomainError):
    """The new passphrase is the present one. Nothing was changed; choose another."""


def unlock(head: Header, name: str, passphrase: str) -> Unlocked:
    """Open a person's slot with her passphrase, counting wrong ones."""
    person = head.person(name)
    if person is None or person.role == "recovery":
        raise UnknownPersonError(name=name)
    backoff = passphrases.BackOff(head.vault, person.id)
    backoff.check(person.name)
    keys = header.open_slot(head.vault, person, passphrase)
    if keys is None:
        backoff.failed()
        raise WrongPassphraseError(name=person.name)
    failed = backoff.count
    backoff.succeeded()
    return _opened(head, person, keys, failed)


def unlock_kit(head: Header, secret: bytes) -> Unlocked:
    """Open the slot of the recovery kit."""
    for person in head.active("recovery"):
        keys = header.open_slot(head.vault, person, secret)
        if keys is not None:
            return _opened(head, person, keys)
    raise KitError


def _opened(head: Header, person: Person, keys: KeyPair, failed: int = 0) -> Unlocked:
    """Return what a slot opens, once officers and role keys of the header have proved true."""
    roles = header.open_roles(head, person, keys)
    lineage.check(head, person, keys, roles)
    return Unlocked(person, keys, roles, failed)


def enrolled(
    head: Header,
    name: str,
    role: str,
    secret: str | bytes,
    roles: dict[str, bytes],
    cost: Cost,
    keys: KeyPair | None = None,
) -> Header:
    """Return the header with a new person whose slot and role keys are sealed."""
    if head.person(name) is not None:
        raise NameTakenError(name=name)
    number = max((p.id for p in head.people), default=0) + 1
    keys = keys or KeyPair.fresh()
    slot = header.seal_slot(head.vault, number, keys, secret, cost, _known(head))
    person = Person(number, name.strip(), role, keys.exchange_public, keys.signing_public, slot)
    return head.with_person(with_roles(head, person, role, roles))


def with_roles(head: Header, person: Person, role: str, roles: dict[str, bytes]) -> Person:
    """Return ``person`` in ``role`` with exactly that role's keys sealed to her."""
    person = replace(person, role=role, sealed={})
    for key in ROLE_KEYS[role]:
        person = header.seal_role(head, person, key, roles[key])
    return person


def may_manage(actor: str, target_role: str) -> None:
    """Raise unless ``actor`` may enrol, reset or remove someone of ``target_role``.

    The recovery kit may enrol officers again, nothing else.
    """
    allowed = {
        "officer": True,
        "administrator": target_role != "officer",
        "recovery": target_role == "officer",
    }
    if not allowed.get(actor, False):
        raise ForbiddenError(role=actor)


def with_passphrase(head: Header, person: Person, keys: KeyPair, new: str, cost: Cost) -> Person:
    """Return ``person`` with her own keys under a new passphrase; raise where it is the old one."""
    passphrases.check(new, (head.company, person.name, "privdesk"))
    if header.open_slot(head.vault, person, new) is not None:
        raise SamePassphraseError
    slot = header.seal_slot(head.vault, person.id, keys, new, cost, _known(head))
    return replace(person, slot=slot)


def _known(head: Header) -> tuple[int, str]:
    """Return number and digest of the newest link: whoever writes a slot has checked it."""
    return (
        (head.links[-1].number, lineage.digest(head.vault, head.links[-1]))
        if head.links
        else (0, "")
    )


def removed(head: Header, person: Person) -> Header:
    """Return the header in which ``person`` is a former member with no keys."""
    officers = head.active("officer")
    if person.role == "officer" and len(officers) == 1:
        raise LastOfficerError(name=person.name)
    return head.with_person(replace(person, active=False, sealed={}))
