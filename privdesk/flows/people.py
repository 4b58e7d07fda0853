"""Who may open the vault: enrol, change, remove, new passphrases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from privdesk.core.errors import DomainError, ForbiddenError, InvalidValueError
from privdesk.core.i18n import N_, _
from privdesk.core.normal import as_line
from privdesk.registers.desk import Change, Desk
from privdesk.registers.findings.service import FindingsService
from privdesk.vault import crypto, passphrases, rotation, slots
from privdesk.vault.crypto import Cost
from privdesk.vault.errors import UnknownPersonError
from privdesk.vault.header import ROLE_KEYS, ROLES, Header, Person


class OwnRoleError(DomainError):
    """Nobody can remove or demote themselves. Nothing was changed; ask another officer."""


def add(desk: Desk, name: str, role: str, passphrase: str, cost: Cost | None = None) -> Person:
    """Enrol a person in a role; only officers enrol officers."""
    _role(role)
    _manage(desk, role)
    name = spoken(name)
    head = desk.vault.header
    passphrases.check(passphrase, (head.company, name, "privdesk"))
    roles = desk.vault.unlocked.roles
    new = slots.enrolled(head, name, role, passphrase, roles, cost or crypto.calibrated())
    _store(desk, new, "people.added", {"name": name, "role": role})
    found = desk.vault.header.person(name)
    assert found is not None
    return found


def spoken(name: str) -> str:
    """Return a name as one line of text; raise where there is none."""
    told = as_line(name)
    if not isinstance(told, str):
        cause = told.text() if told else _(N_("it must not be empty."))
        raise InvalidValueError(value=name, field=_(N_("Name")), cause=cause)
    return told


def change_role(desk: Desk, name: str, role: str) -> Person:
    """Give a person another role. Taking keys away calls for a rotation."""
    _role(role)
    person = person_of(desk, name)
    _manage(desk, role)
    _manage(desk, person.role)
    if person.id == desk.vault.person.id:
        raise OwnRoleError
    head = desk.vault.header
    if person.role == "officer" and role != "officer" and len(head.active("officer")) == 1:
        raise slots.LastOfficerError(name=person.name)
    changed = slots.with_roles(head, person, role, desk.vault.unlocked.roles)
    lost = set(ROLE_KEYS[person.role]) - set(ROLE_KEYS[role])
    told = {"name": person.name, "role": role, "before": person.role}
    _store(desk, head.with_person(changed), "people.changed", told, lost)
    return changed


def remove(desk: Desk, name: str) -> None:
    """Take a person's access away; a rotation of the keys she held is called for."""
    person = person_of(desk, name)
    _manage(desk, person.role)
    if person.id == desk.vault.person.id:
        raise OwnRoleError
    head = slots.removed(desk.vault.header, person)
    told = {"name": person.name, "role": person.role}
    _store(desk, head, "people.removed", told, ROLE_KEYS[person.role])


def change_passphrase(desk: Desk, new: str, cost: Cost | None = None) -> None:
    """Give the person at the desk a new passphrase; no data is encrypted again."""
    desk.require(*ROLES)
    vault = desk.vault
    person = slots.with_passphrase(
        vault.header, vault.person, vault.unlocked.keys, new, cost or crypto.calibrated()
    )
    told = {"name": person.name, "role": person.role}
    _store(desk, vault.header.with_person(person), "people.passphrase", told)


def reset_passphrase(desk: Desk, name: str, new: str, cost: Cost | None = None) -> None:
    """Give someone else a new passphrase and new keys; the journal still knows the old ones.

    New keys are a new number in the vault; tasks and drafts in the old one follow.
    """
    person = person_of(desk, name)
    if person.id == desk.vault.person.id:
        change_passphrase(desk, new, cost)
        return
    _manage(desk, person.role)
    head = desk.vault.header
    passphrases.check(new, (head.company, person.name, "privdesk"))
    without = head.with_person(replace(person, active=False, sealed={}))
    roles = desk.vault.unlocked.roles
    cost = cost or crypto.calibrated()
    new_head = slots.enrolled(without, person.name, person.role, new, roles, cost)
    now = new_head.person(person.name)
    assert now is not None
    with desk.change() as change:
        desk.vault.store_header(new_head)
        FindingsService(desk).pass_on(change, person.id, now.id)
        _rename_kept(change, person.id, now.id)
        details = {"name": person.name, "role": person.role}
        change.note("people.passphrase", details=details)
    desk.vault.publish_header()


def _rename_kept(change: Change, old: int, new: int) -> None:
    """Leave drafts and saved views, kept under ``NAME:NUMBER``, to the same person."""
    raw = change.desk.vault.raw
    for (name,) in raw.execute("SELECT name FROM meta WHERE name LIKE ?", (f"%:{old}",)).fetchall():
        kept = f"{name.rpartition(':')[0]}:{new}"
        raw.execute("UPDATE meta SET name = ? WHERE name = ?", (kept, name))


def _manage(desk: Desk, role: str) -> None:
    """Refuse, and journal, that somebody manages a person of a role that is not theirs to."""
    try:
        slots.may_manage(desk.vault.role, role)
    except ForbiddenError:
        desk.refuse()


def _store(
    desk: Desk, head: Header, action: str, told: Mapping[str, str], lost: Iterable[str] = ()
) -> None:
    """Store a header; keys that somebody lost are rotated by the next roll."""
    with desk.change() as change:
        desk.vault.store_header(head)
        if lost:
            rotation.call_for(desk.vault, lost)
            desk.vault.keys_wait(desk.now().isoformat())
        change.note(action, details=dict(told))
    desk.vault.publish_header()


def person_of(desk: Desk, name: str) -> Person:
    """Return somebody who can open the vault, by name."""
    person = desk.vault.header.person(name)
    if person is None or person.role == "recovery":
        raise UnknownPersonError(name=name)
    return person


def _role(role: str) -> None:
    if role not in ROLES:
        cause = _(N_("the roles are {known}.")).format(known=", ".join(ROLES))
        raise InvalidValueError(value=role, field=_(N_("Role")), cause=cause)
