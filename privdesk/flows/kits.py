"""A new recovery kit in the place of one that was used, seen by others or lost."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from privdesk.core import system
from privdesk.core.errors import DomainError
from privdesk.flows import rolling
from privdesk.flows.custody import refuse_unfinished
from privdesk.flows.setup import kit_of, kit_sheet
from privdesk.registers.desk import Desk
from privdesk.vault import crypto, lineage, rotation, slots
from privdesk.vault.custody import kit_bytes
from privdesk.vault.errors import KitError
from privdesk.vault.header import ROLE_KEYS, Header


class KitTargetError(DomainError):
    """“{name}” does not end in .pdf. Nothing was changed; the recovery kit is a sheet to print."""


class KitThereError(DomainError):
    """“{name}” is there already. Nothing was changed; choose another name, so that no kit is
    written over.
    """


def renew(desk: Desk, target: Path, language: str) -> str:
    """Write a new kit (.pdf), open it as it was written, and put it in the old one's place.

    The old kit opens the vault no more; older copies of it until the secret has changed, with
    which the keys that the kit held are rotated. Return the new kit's number.
    """
    desk.require("officer")
    refuse_unfinished(desk)
    if target.suffix.lower() != ".pdf":
        raise KitTargetError(name=target.name)
    if target.exists() or target.is_symlink():
        raise KitThereError(name=target.name)
    rolling.check_target(desk, target)
    head, secret = _with_another(desk)
    head = lineage.extended(head, desk.vault.unlocked.keys)
    number = f"K-{head.kit_number}"
    try:
        sheet = kit_sheet(head, kit_bytes(head.vault, secret), desk.today(), language)
        system.atomic_write(target, sheet, 0o600)
        if not slots.unlock_kit(head, kit_of(head.vault, target)).roles:
            raise KitError
        with desk.change() as change:
            desk.vault.store_header(head)
            rotation.call_for(desk.vault, ROLE_KEYS["recovery"])
            desk.vault.keys_wait(desk.now().isoformat())
            change.note("vault.kit_renewed", details={"number": number})
    except BaseException:
        if target.exists():
            system.overwrite_and_remove(target)
        raise
    desk.vault.publish_header()
    return number


def _with_another(desk: Desk) -> tuple[Header, bytes]:
    """Return the header with a further kit instead of those there are, and its secret."""
    head, secret = desk.vault.header, os.urandom(32)
    for old in head.active("recovery"):
        head = head.with_person(replace(old, active=False, sealed={}))
    number = head.kit_number + 1
    roles = desk.vault.unlocked.roles
    name = f"Recovery kit {number}"
    head = slots.enrolled(head, name, "recovery", secret, roles, crypto.FLOOR)
    return replace(head, kit_number=number), secret
