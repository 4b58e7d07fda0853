"""Rotating role keys with a roll: who was removed or demoted keeps no key that opens anything new.

The roles to rotate wait in ``meta`` (``rotate``) from the removal to the next roll. While the
roll runs, the header carries two generations of them, so that a crash at any moment leaves
every file openable; register.db changes its key last. Afterwards only the new generation is
sealed to people, and an old REGISTER key is kept sealed under the new one (old backups open;
with old PERSONAL keys they do not).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import replace

from privdesk.vault import engine, freshcopy, header, lineage
from privdesk.vault.crypto import KeyPair
from privdesk.vault.header import ADMIN, ISSUE, REGISTER, ROLE_KEYS, Header
from privdesk.vault.session import GENERATION, Unlocked, Vault, file_key

WAITING = "rotate"
Certificate = Callable[[], tuple[bytes, bytes]]


def call_for(vault: Vault, roles: Iterable[str]) -> None:
    """Have the next roll rotate these roles; inside the transaction that removes someone."""
    vault.set_meta(WAITING, json.dumps(sorted({*waiting(vault), *roles})))


def waiting(vault: Vault) -> tuple[str, ...]:
    """Return the roles whose keys wait for a rotation."""
    return tuple(json.loads(vault.meta(WAITING) or "[]"))


def begin(vault: Vault, certificate: Certificate) -> None:
    """Publish a header with a second, new generation of the waiting roles."""
    wanted = [r for r in waiting(vault) if not _has_two(vault.header, r)]
    if not wanted:
        return
    fresh = {role: os.urandom(32) for role in wanted}
    head = vault.header
    if ISSUE in fresh:
        fresh[ISSUE], issued = certificate()
        head = replace(head, certificate=issued)
    if ADMIN in fresh:
        admin = KeyPair(os.urandom(32), fresh[ADMIN])
        head = replace(head, admin_key=admin.signing_public)
    generations = {r: g + (r in fresh) for r, g in head.generations.items()}
    head = replace(head, generations=generations)
    head = lineage.committed(head, _named(generations, fresh))
    for person in head.people:
        if person.active:
            for role in set(ROLE_KEYS[person.role]) & set(fresh):
                person = header.seal_role(head, person, role, fresh[role])
            head = head.with_person(person)
    _publish(vault, head, {**vault.unlocked.roles, **_named(generations, fresh)})


def change_register(vault: Vault) -> None:
    """Give register.db its new key; the other files have theirs already."""
    wanted = vault.header.generations[REGISTER]
    if REGISTER not in waiting(vault) or int(vault.meta(GENERATION) or 1) == wanted:
        return
    key = file_key("main", vault.id, vault.unlocked.roles, None)
    mark = "UPDATE fresh.meta SET value = ? WHERE name = ?"
    copy = freshcopy.of(vault, "main", key, mark, str(wanted), GENERATION)
    freshcopy.write(vault.raw, copy)
    freshcopy.check(vault.raw, copy)
    files = [s for s in engine.attached(vault.raw) if s != "main"]
    vault.replace_register(copy.fresh, files)


def finish(vault: Vault) -> None:
    """Leave only the new generation in the header; the last step of the roll."""
    roles = waiting(vault)
    if not roles:
        return
    head, keys = vault.header, vault.unlocked.roles
    for person in head.people:
        kept = {n: b for n, b in person.sealed.items() if _current(head, n)}
        head = head.with_person(replace(person, sealed=kept))
    commitments = {n: told for n, told in head.commitments.items() if _current(head, n)}
    head = replace(head, commitments=commitments)
    if REGISTER in roles:
        old = head.generations[REGISTER] - 1
        name = f"{REGISTER}:{old}"
        head = header.seal_former(head, keys[REGISTER], name, keys[name])
    _publish(vault, head, keys, done=True)


def _publish(vault: Vault, head: Header, roles: dict[str, bytes], *, done: bool = False) -> None:
    vault.unlocked = Unlocked(vault.unlocked.person, vault.unlocked.keys, roles)
    with vault.transaction():
        vault.store_header(head)
        if done:
            vault.set_meta(WAITING, "[]")
    vault.publish_header()


def _has_two(head: Header, role: str) -> bool:
    """Whether someone already holds two generations of a role: a rotation was interrupted."""
    return any(
        sum(name.startswith(role + ":") for name in person.sealed) > 1 for person in head.people
    )


def _current(head: Header, name: str) -> bool:
    role, _, generation = name.partition(":")
    return int(generation) == head.generations[role]


def _named(generations: dict[str, int], fresh: dict[str, bytes]) -> dict[str, bytes]:
    named = {f"{role}:{generations[role]}": key for role, key in fresh.items()}
    return {**fresh, **named}
