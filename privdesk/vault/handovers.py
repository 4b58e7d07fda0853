"""Handovers: the secret of each epoch, for whoever holds the one before it and has a role's key.

They run forward only, and end where a custody copy or an account was declared lost: its finder
may hold a passphrase too, and with the newest vault would follow like any holder. Whoever else
is behind such a change brings in the new custody copy.
"""

from __future__ import annotations

from privdesk.vault import crypto, header
from privdesk.vault.epoch import EpochSecret
from privdesk.vault.errors import StaleEpochError
from privdesk.vault.header import REGISTER
from privdesk.vault.session import Vault

_LOST = (  # the epochs of what one officer has declared lost, agreed to or not
    "SELECT c.epoch FROM custody_copies c WHERE c.state = 'lost'"
    " OR (c.state <> 'replaced' AND EXISTS"
    " (SELECT 1 FROM custody_losses l WHERE l.what = 'copy' AND l.copy = c.id))"
    " UNION ALL SELECT h.epoch FROM holders h WHERE h.state = 'lost'"
    " OR (h.state = 'held' AND EXISTS"
    " (SELECT 1 FROM custody_losses l WHERE l.what = 'holder' AND l.copy = h.id))"
)


def reach(vault: Vault) -> int:
    """Return the oldest epoch whose secret still leads to the present one."""
    epoch = int(vault.meta("epoch") or 1)
    left = {row[0] for row in vault.raw.execute("SELECT epoch FROM handovers")}
    while epoch in left:
        epoch -= 1
    return epoch


def leave(vault: Vault, held: EpochSecret | None, secret: EpochSecret, oldest: int) -> None:
    """Leave the new secret to the holders of the one before, unless a lost one leads there.

    ``oldest`` is what ``reach`` said before the change.
    """
    vault.raw.execute("DELETE FROM handovers WHERE epoch = ?", (secret.epoch,))
    follows = held is not None and held.epoch + 1 == secret.epoch
    if held is None or not follows or any(epoch >= oldest for epoch in _lost(vault)):
        return
    under = _key(vault, held, vault.unlocked.roles[REGISTER])
    box = crypto.seal(under, secret.secret, f"handover|{secret.epoch}".encode())
    sql = "INSERT INTO handovers (epoch, box) VALUES (?, ?)"
    vault.raw.execute(sql, (secret.epoch, box))


def take(vault: Vault, held: EpochSecret) -> None:
    """Follow handovers forward from the secret held, and keep the present one in this account.

    Raise ``StaleEpochError`` where one is missing or does not open.
    """
    vault_epoch = int(vault.meta("epoch") or 1)
    while held.epoch < vault_epoch:
        sql = "SELECT box FROM handovers WHERE epoch = ?"
        row = vault.raw.execute(sql, (held.epoch + 1,)).fetchone()
        plain = row and _opened(vault, held, bytes(row[0]))
        if not plain:
            raise StaleEpochError(held=held.epoch, vault=vault_epoch)
        held = EpochSecret(vault.id, held.epoch + 1, plain)
    vault.epochs.write_current(held)
    vault.taken_handover = True


def _key(vault: Vault, held: EpochSecret, register: bytes) -> bytes:
    """Return the key under which the secret after ``held`` is handed over."""
    info = f"privdesk handover|{vault.id}|{held.epoch + 1}"
    return crypto.derive(held.secret + register, info)


def _opened(vault: Vault, held: EpochSecret, box: bytes) -> bytes | None:
    """Return the next secret; one handed over before a rotation is under a former key."""
    aad = f"handover|{held.epoch + 1}".encode()
    roles = vault.unlocked.roles
    roles = {**roles, **header.open_former(vault.header, roles)}
    known = (one for name, one in roles.items() if name.partition(":")[0] == REGISTER)
    tried = (crypto.unseal(_key(vault, held, one), box, aad) for one in known)
    return next((plain for plain in tried if plain), None)


def _lost(vault: Vault) -> list[int]:
    return [int(row[0]) for row in vault.raw.execute(_LOST)]
