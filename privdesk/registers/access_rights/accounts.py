"""Accounts of rights in force, found at once though they are sealed: by a mark of each."""

from __future__ import annotations

import hmac
import unicodedata
from hashlib import sha256

from privdesk.core.hangul import name_key
from privdesk.vault.session import Vault


def records(vault: Vault, place: int, account: str) -> list[int]:
    """Return the rights in force on an account of a system."""
    sql = "SELECT record FROM access_accounts WHERE place = ? AND digest = ?"
    found = vault.raw.execute(sql, (place, _digest(vault, place, account))).fetchall()
    return [row[0] for row in found]


def mark(vault: Vault, place: int, account: str, number: int) -> None:
    """Have the account of a right in force found at once; nothing where it ended."""
    vault.raw.execute("DELETE FROM access_accounts WHERE record = ?", (number,))
    if account.strip():
        vault.raw.execute(
            "INSERT INTO access_accounts (place, digest, record) VALUES (?, ?, ?)",
            (place, _digest(vault, place, account), number),
        )


def forget(vault: Vault, first: int, stop: int) -> None:
    """Forget the accounts of an import that is taken back."""
    sql = "DELETE FROM access_accounts WHERE record >= ? AND record < ?"
    vault.raw.execute(sql, (first, stop))


def _digest(vault: Vault, place: int, account: str) -> bytes:
    plain = unicodedata.normalize("NFKC", account).casefold()
    told = place.to_bytes(8, "big") + name_key(plain).encode()
    return hmac.digest(vault.id.encode(), told, sha256)[:16]
