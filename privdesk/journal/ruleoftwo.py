"""Whether two officers have to agree: on, unless the journal says that an officer switched it off.

Anybody who opens the vault can write the row of the setting; so that row alone switches nothing
off. An entry in an officer's name needs her signature over the journal.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from privdesk.journal import checkpoint
from privdesk.journal.log import COLUMNS, Entry, Journal, read_entry
from privdesk.vault import crypto, engine, lineage
from privdesk.vault.payloads import OFFICE
from privdesk.vault.session import Vault

SETTING = "two_officers"
_OFF = "off"


def applies(vault: Vault) -> bool:
    """Whether the rule is on."""
    sql = "SELECT value FROM settings WHERE name = ?"
    row = vault.raw.execute(sql, (SETTING,)).fetchone()
    if row is None or row[0] != "false":
        return True
    return _last(vault) != _OFF


def applied(vault: Vault, at: str = "", *, before: int = 0) -> bool:
    """Whether it was on at a moment (ISO 8601), or before an entry, by the journal."""
    return _last(vault, at, before) != _OFF


def _last(vault: Vault, at: str = "", before: int = 0) -> str:
    """Return what the setting was last switched to, until a moment or an entry."""
    found, until = "", datetime.fromisoformat(at) if at else None
    for entry, state in _switched(vault):
        late = until is not None and datetime.fromisoformat(entry.at) > until
        if late or (before and entry.number >= before):
            break
        found = state
    return found


def _switched(vault: Vault) -> Iterator[tuple[Entry, str]]:
    """Yield the entries of when officers switched it, and to what, oldest first.

    Where the details of entries are not open, as in a vault that is only proved, each may be *off*.
    """
    journal, readable = Journal(vault), OFFICE in engine.attached(vault.raw)
    rows = vault.raw.execute(
        f"SELECT {COLUMNS} FROM journal WHERE action = 'vault.setting' AND fields = ?"
        " ORDER BY number",
        (f'["{SETTING}"]',),
    ).fetchall()
    for row in rows:
        entry = read_entry(row)
        if _by_officer(vault, entry.number, entry.person):
            yield entry, journal.details(entry).get("state", "") if readable else _OFF


def _by_officer(vault: Vault, number: int, person: int) -> bool:
    """Whether the head over an entry is signed by the officer whom the entry names."""
    head = vault.raw.execute(
        "SELECT size, root, person, signature FROM journal_heads WHERE size >= ?"
        " ORDER BY size LIMIT 1",
        (number,),
    ).fetchone()
    who = vault.header.by_id(person)
    if head is None or who is None or head[2] != person:
        return False
    told = checkpoint.body(vault.id, head[0], bytes(head[1]))
    return lineage.was_officer(vault.header, who) and crypto.signed(
        who.signing, bytes(head[3]), told
    )
