"""Declared restores as the journal tells them: who declared one, and whether another approved it.

Whoever opens the vault can write its single values. So what counts is the entry of the declaration,
and behind it one with the signature of another officer over the same message.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from privdesk.core.clock import office_date
from privdesk.core.i18n import N_
from privdesk.journal import ruleoftwo
from privdesk.journal.log import COLUMNS, Entry, Journal, read_entry
from privdesk.journal.verify import Fault
from privdesk.vault import crypto, engine, lineage
from privdesk.vault.payloads import OFFICE
from privdesk.vault.session import Vault

ACTION = "vault.declared"
UNAPPROVED = N_("no other officer has approved this restore")
_TOLD = ("backup", "made", "then", "check")  # in the details, beside epoch and signature


@dataclass(frozen=True)
class Declared:
    """A declaration: its entry, what both officers sign, and by whom it is approved.

    ``then`` is the epoch of the backup, ``held`` the latest one that the declaring account had.
    """

    entry: Entry
    message: bytes
    signature: bytes
    made: datetime
    then: int
    held: int
    approved: bool = False

    @property
    def person(self) -> int:
        """Who declared it."""
        return self.entry.person

    @property
    def day(self) -> date:
        """The day of the backup; of the declaration, where nothing tells it any more."""
        return office_date(self.made)


def message(vault: str, epoch: str, told: Mapping[str, object]) -> bytes:
    """Return what both officers sign (FORMAT.md, section 11): vault, epoch, and what is told.

    That is who declared, the digest of the backup, when it was made, its epoch, and what names the
    new secret: so an approval is of this restore, and of no other one of the same backup.
    """
    parts = ("privdesk declared restore", vault, epoch, *map(str, told.values()))
    return "|".join(parts).encode()


def digest(signed: bytes) -> str:
    """Return what the entries of declaration and approval name a message by, in hex."""
    return sha256(signed).hexdigest()


def waiting(vault: Vault) -> Declared | None:
    """Return the newest declared restore that no second officer has approved."""
    return next((one for one in reversed(_declared(vault)) if not one.approved), None)


def signed(vault: Vault, one: Declared) -> bool:
    """Whether an officer, or the recovery kit, signed a declaration: who its entry says."""
    who = vault.header.by_id(one.person)
    return (
        who is not None
        and who.signing in lineage.ever(vault.header)
        and digest(one.message) == one.entry.rows_digest
        and crypto.signed(who.signing, one.signature, one.message)
    )


def faults(vault: Vault) -> Iterator[Fault]:
    """Yield the declared restores that nobody approved."""
    yield from (Fault(one.entry.number, UNAPPROVED) for one in _declared(vault) if not one.approved)


def _declared(vault: Vault) -> list[Declared]:
    """Return all declared restores, oldest first."""
    journal, found = Journal(vault), list[Declared]()
    rows = vault.raw.execute(
        f"SELECT {COLUMNS} FROM journal WHERE action = ? ORDER BY number", (ACTION,)
    ).fetchall()
    for row in rows:
        entry = read_entry(row)
        details = journal.details(entry)
        at = next((n for n, d in enumerate(found) if _is_of(entry, d)), None)
        if at is None:
            found.append(_of(vault, entry, details))
        elif _approves(vault, entry, details, found[at]):
            found[at] = replace(found[at], approved=True)
    return found


def _is_of(entry: Entry, declared: Declared) -> bool:
    return bool(entry.rows_digest) and entry.rows_digest == declared.entry.rows_digest


def _of(vault: Vault, entry: Entry, details: Mapping[str, str]) -> Declared:
    told = {"person": entry.person, **{name: details.get(name, "") for name in _TOLD}}
    text = message(vault.id, details.get("new", ""), told)
    try:
        made = datetime.fromisoformat(details["made"])
        then, held = int(details["then"]), int(details.get("held", "0"))
        signature = base64.b64decode(details["signature"])
    except (KeyError, ValueError):  # destroyed or altered: it waits, and can't be approved
        return Declared(entry, b"", b"", datetime.fromisoformat(entry.at), 0, 0)
    return Declared(entry, text, signature, made, then, held)


def _approves(vault: Vault, entry: Entry, details: Mapping[str, str], one: Declared) -> bool:
    """Whether an entry is an approval: another officer's signature over the same message.

    Where no details can be read, in a copy that is only proved, the entry stands for it: the
    journal is proved there too.
    """
    who = vault.header.by_id(entry.person)
    if who is None or not lineage.was_officer(vault.header, who):
        return False
    if vault.header.same(who.id, one.person) and ruleoftwo.applied(vault, before=entry.number):
        return False
    if OFFICE not in engine.attached(vault.raw):
        return True
    try:
        approval = base64.b64decode(details.get("approved", ""))
    except ValueError:
        return False
    whole = digest(one.message) == one.entry.rows_digest
    return whole and crypto.signed(who.signing, approval, one.message)
