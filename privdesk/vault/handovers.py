"""The new epoch secret on its way to the accounts that keep the old one.

Each account has a key pair of its own: the private half lies beside its epoch secret, the public
half in the table of holders. A roll seals the new secret to every account that is there, to none
that was given up or called lost, and drops what older rolls left. So whoever found an old secret,
on a lost computer or an old custody copy, does not come by a newer one with it.
"""

from __future__ import annotations

from privdesk.vault import crypto
from privdesk.vault.epoch import EpochSecret, EpochStore
from privdesk.vault.header import REGISTER
from privdesk.vault.session import Vault

_TO_WHOM = (
    "SELECT id, key FROM holders WHERE state = 'held' AND key <> ?"
    " AND id NOT IN (SELECT copy FROM custody_losses WHERE what = 'holder')"
)


def leave(vault: Vault, secret: EpochSecret) -> None:
    """Seal the new secret to the other accounts, in the transaction that records the switch."""
    vault.raw.execute("DELETE FROM handovers")
    mine = vault.epochs.public_key() or b""
    for holder, key in vault.raw.execute(_TO_WHOM, (mine,)).fetchall():
        info = _info(vault, secret.epoch, int(holder))
        inner = crypto.seal_to(bytes(key), secret.secret, info)
        box = crypto.seal(_register_key(vault, info), inner, info.encode())
        sql = "INSERT INTO handovers (holder, epoch, box) VALUES (?, ?, ?)"
        vault.raw.execute(sql, (holder, secret.epoch, box))


def withdraw(vault: Vault, holder: int) -> None:
    """Take back what was left for an account that is lost; inside a transaction.

    That it was left stays until the next roll: who copied the vault before may have followed.
    """
    vault.raw.execute("UPDATE handovers SET box = zeroblob(0) WHERE holder = ?", (holder,))


def taken(vault: Vault, epoch: int) -> EpochSecret | None:
    """Return the secret of the vault's epoch that was left for this account, if one was."""
    private, public = vault.epochs.private_key(), vault.epochs.public_key()
    if private is None:
        return None
    sql = (
        "SELECT h.holder, h.box FROM handovers h JOIN holders a ON a.id = h.holder"
        " WHERE a.key = ? AND h.epoch = ?"
    )
    for holder, box in vault.raw.execute(sql, (public, epoch)).fetchall():
        info = _info(vault, epoch, int(holder))
        inner = crypto.unseal(_register_key(vault, info), bytes(box), info.encode())
        plain = crypto.unseal_with(private, inner, info) if inner else None
        if plain is not None and len(plain) == 32:
            return EpochSecret(vault.id, epoch, plain)
    return None


def key_of(store: EpochStore, *, fresh: bool = False) -> bytes:
    """Return the public key of this account, made now where it has none yet."""
    held = None if fresh else store.public_key()
    return held or store.make_key()


def _info(vault: Vault, epoch: int, holder: int) -> str:
    return f"privdesk handover|{vault.id}|{epoch}|{holder}"


def _register_key(vault: Vault, info: str) -> bytes:
    """Return the outer key: of the newest REGISTER, which who was removed has not."""
    return crypto.derive(vault.unlocked.roles[REGISTER], info)
