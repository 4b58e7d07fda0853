"""How a second officer on another account comes by the secret of a declared restore.

It waits in the vault for each officer, sealed twice: to her own key, which her passphrase opens,
and under the secret of the custody copy that the vault was restored with. So she types that copy
again, and whoever has only the one or the other comes by nothing. The approval removes it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path

from privdesk.core.errors import DomainError, ForbiddenError
from privdesk.core.i18n import N_, _
from privdesk.flows import rolling
from privdesk.vault import crypto, opening, readonly
from privdesk.vault.epoch import EpochSecret, EpochStore
from privdesk.vault.errors import CustodyError
from privdesk.vault.header import Header
from privdesk.vault.session import DECLARED, Unlocked, Vault

_OTHER = N_("the vault was not restored with it")
BOXES = "declared_boxes"  # in meta: by officer, for as long as the restore waits


class CustodyOfThenError(DomainError):
    """The custody copy is of epoch {found}, the backup of epoch {backup}. Nothing was changed; use
    a copy of the backup’s epoch.
    """


class NoPartInRestoreError(DomainError):
    """{name} was no officer yet when this restore was declared, so its secret does not wait for
    her. Nothing was changed; approve the restore on the account on which it was declared.
    """


def hand_out(vault: Vault, old: EpochSecret, new: EpochSecret) -> None:
    """Leave the new secret for every officer; inside the transaction that declares the restore."""
    boxes = {}
    inner = crypto.seal(_key(old, new.epoch), new.secret, _aad(new.epoch))
    for person in vault.header.active("officer"):
        box = crypto.seal_to(person.exchange, inner, _info(vault.id, new.epoch, person.exchange))
        boxes[str(person.id)] = base64.b64encode(box).decode()
    vault.set_meta(BOXES, json.dumps(boxes))


def receive(
    folder: Path, source: Path | str, unlock: Callable[[Header], Unlocked]
) -> EpochSecret | None:
    """Take the secret of a waiting restore into this account, beside the one that it holds.

    ``source`` is the custody copy that the vault was restored with, ``unlock`` opens the officer's
    slot. Return None, and do nothing, where no restore waits or this account has its secret.
    """
    head = opening.look(folder)
    store = EpochStore(head.vault)
    unlocked = unlock(head)
    declared, told, epoch = readonly.glance(folder, head, unlocked, DECLARED, BOXES, "epoch")
    if not declared or store.of(int(epoch or 1)) is not None:
        return None
    if unlocked.person.role != "officer":
        raise ForbiddenError(role=unlocked.person.role)
    then = int(json.loads(declared)["epoch"])
    old = rolling.read_custody_source(source, head.vault)
    if old.epoch != then:
        raise CustodyOfThenError(found=old.epoch, backup=then)
    secret = _opened(unlocked, json.loads(told or "{}"), old, int(epoch or 1))
    store.keep_apart(secret)
    return secret


def _opened(unlocked: Unlocked, boxes: dict[str, str], old: EpochSecret, epoch: int) -> EpochSecret:
    box = boxes.get(str(unlocked.person.id))
    info = _info(old.vault, epoch, unlocked.person.exchange)
    inner = box and crypto.unseal_with(unlocked.keys.exchange, base64.b64decode(box), info)
    if not inner:
        raise NoPartInRestoreError(name=unlocked.person.name)
    plain = crypto.unseal(_key(old, epoch), inner, _aad(epoch))
    if plain is None:
        raise CustodyError(cause=_(_OTHER))
    return EpochSecret(old.vault, epoch, plain)


def _key(old: EpochSecret, epoch: int) -> bytes:
    return crypto.derive(old.secret, f"privdesk declared|{old.vault}|{epoch}")


def _aad(epoch: int) -> bytes:
    return f"declared|{epoch}".encode()


def _info(vault: str, epoch: int, recipient: bytes) -> str:
    return f"privdesk declared|{vault}|{epoch}|{recipient.hex()}"
