"""The declared restore: a backup from before the last roll, without the living keys.

One officer brings a custody copy of then and declares it; the vault goes on under a new epoch
secret, later than any this account has held, and opens to nobody until a second officer has
approved it and named whom later certificates destroyed. Those are destroyed again first. Until then
the account keeps its present secret too. On another account she brings in the custody copy of then
once more (see ``approvers``).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from privdesk.core import system
from privdesk.core.clock import office_date
from privdesk.core.errors import DomainError, ForbiddenError
from privdesk.core.i18n import N_
from privdesk.flows import approvers, destroying, destruction, reentering, rolling
from privdesk.flows.approvers import CustodyOfThenError
from privdesk.flows.custody import issue
from privdesk.flows.unpacking import Backup
from privdesk.journal.log import row_digest
from privdesk.registers.desk import Desk
from privdesk.ui.progress import Progress
from privdesk.vault import attachments, crypto, header, opening, roll
from privdesk.vault.epoch import EpochSecret, EpochsInMemory, EpochStore
from privdesk.vault.errors import RollPendingError
from privdesk.vault.header import PERSONAL, Header
from privdesk.vault.session import DECLARED, Unlocked, Vault

READING = N_("Opening with the custody copy")
_HELD = "declared_held"  # in meta: the latest epoch of which the declaring account had the secret
_PARTS = 1000
AGAIN = N_("Destroying again whom later certificates name")


class DeclaredWaitsError(DomainError):
    """{by} restored this vault from a backup of {day} without the living keys. Nothing can be done
    in it yet; another officer approves it by opening it, or with “privdesk restore-approve”.
    """


class NothingDeclaredError(DomainError):
    """No restore of this vault waits for an approval. Nothing was changed."""


class OwnDeclarationError(DomainError):
    """You declared this restore yourself. Nothing was changed; another officer approves it."""


class LivingVaultError(DomainError):
    """This account, or the one that declared the restore, holds the secret of epoch {held}; the
    backup is of epoch {backup}. So a living vault, or a newer backup, may be left, and an approval
    closes them to that account for good. Nothing was changed; restore with the living vault
    (--live), or say that all is lost (--lost).
    """


class DeclarationSpoiltError(DomainError):
    """The declaration of this restore is not signed by an officer of the vault. Nothing was
    changed; restore the backup anew.
    """


@dataclass(frozen=True)
class Then:
    """What a declared restore needs: a custody copy of then, and what opens slot and desk."""

    custody: Path | str
    unlock: Callable[[Header], Unlocked]
    ready: Callable[[Vault], Desk]


@dataclass(frozen=True)
class Declaration:
    """Who declared a restore, and of which backup."""

    person: int
    by: str
    day: date


def restore(backup: Backup, building: Path, then: Then, progress: Progress) -> EpochSecret:
    """Bring an unpacked backup under a new secret and declare it; return the secret.

    The account keeps the secret apart before the vault has its name, and its present one until the
    restore is approved: the living vault, if there is one, stays open to it.
    """
    progress.stage(READING)
    head = header.read(building)
    unlocked = then.unlock(head)
    if PERSONAL not in unlocked.roles:
        raise ForbiddenError(role=unlocked.person.role)
    old = rolling.read_custody_source(then.custody, head.vault)
    if old.epoch != backup.epoch:
        raise CustodyOfThenError(found=old.epoch, backup=backup.epoch)
    account = EpochStore(head.vault)
    if account.next() is not None:
        raise RollPendingError
    held = [each.epoch for each in (account.current(), account.apart()) if each is not None]
    secret = EpochSecret.fresh(head.vault, max([old.epoch, *held]) + 1)
    vault = opening.open_unlocked(building, head, unlocked, EpochsInMemory(old))
    try:
        desk = then.ready(vault)
        roll.redate(vault, secret, desk.now(), _stages(progress), _shares(progress))
        _declare(desk, backup, old, secret, account.current())
    finally:
        vault.close()
    return secret


def _stages(progress: Progress) -> rolling.Stage:
    return lambda name: progress.stage(destruction.ROLL_STAGES.get(name, name))


def _shares(progress: Progress) -> Callable[[float], None]:
    def tick(share: float) -> None:
        if not progress.stand.total:
            progress.stage(progress.stand.stage, _PARTS)
        progress.at(round(share * _PARTS))

    return tick


def _declare(
    desk: Desk, backup: Backup, old: EpochSecret, new: EpochSecret, held: EpochSecret | None
) -> None:
    vault = desk.vault
    told = {"person": vault.person.id, "backup": backup.digest, "made": backup.made.isoformat()}
    told["epoch"] = backup.epoch
    signed = message(vault.id, str(vault.meta("epoch")), told)
    signature = crypto.signer(vault.unlocked.keys.signing).sign(signed)
    with desk.change() as change:
        reentering.note(change, backup)
        change.note("vault.declared", reason=system.spoken(backup.file))
        reentering.unknown(change, backup)
        text = json.dumps(told | {"signature": base64.b64encode(signature).decode()})
        vault.set_meta(DECLARED, text)
        vault.set_meta(_HELD, str(held.epoch) if held is not None else "")
        approvers.hand_out(vault, old, new)


def message(vault: str, epoch: str, told: Mapping[str, object]) -> bytes:
    """Return what both officers sign (FORMAT.md, section 11): vault, epoch, and what is told.

    That is who declared, the digest of the backup, when it was made, and its epoch.
    """
    parts = ("privdesk declared restore", vault, epoch, *map(str, told.values()))
    return "|".join(parts).encode()


def waiting(vault: Vault) -> Declaration | None:
    """Return the restore that waits for a second officer, if there is one."""
    told = json.loads(vault.meta(DECLARED) or "{}")
    if not told:
        return None
    who = vault.header.by_id(int(told["person"]))
    made = datetime.fromisoformat(told["made"])
    return Declaration(int(told["person"]), who.name if who else "", office_date(made))


def closes_living(vault: Vault) -> bool:
    """Whether an account holds a secret later than the backup, which an approval overwrites.

    This one, or the one on which the restore was declared.
    """
    told = json.loads(vault.meta(DECLARED) or "{}")
    return bool(told) and _held(vault) > int(told["epoch"])


def _held(vault: Vault) -> int:
    held = vault.epochs.current()
    return max(held.epoch if held is not None else 0, int(vault.meta(_HELD) or 0))


def may_approve(vault: Vault) -> bool:
    """Whether a restore waits in the vault and who opened it is the one to approve it."""
    found = waiting(vault)
    if found is None or vault.role != "officer":
        return False
    row = vault.raw.execute("SELECT value FROM settings WHERE name = 'two_officers'").fetchone()
    alone = row is not None and json.loads(row[0]) is False
    return alone or found.person != vault.person.id


def refuse_waiting(vault: Vault) -> None:
    """Refuse to open a vault whose restore waits for its approval."""
    found = waiting(vault)
    if found is not None:
        raise DeclaredWaitsError(by=found.by, day=found.day)


def approve(
    desk: Desk,
    refs: Sequence[str] = (),
    certificate: str = "",
    custody: Path | None = None,
    *,
    lost: bool = False,
    progress: Progress | None = None,
) -> int:
    """Approve a declared restore as second officer; destroy again whom later papers name.

    ``refs`` are the people on certificates issued after the backup, ``certificate`` its number.
    With people in it the vault rolls: to ``custody`` now, or as a task; without any, ``custody``
    gets a copy of the secret the vault has now. ``lost`` says that nothing is left of a vault whose
    later secret this account holds. It can be cancelled until it is approved. Return how many were
    destroyed again.
    """
    progress = progress or Progress()
    progress.stage(AGAIN)
    desk.require("officer")
    vault = desk.vault
    told = json.loads(vault.meta(DECLARED) or "{}")
    if not told:
        raise NothingDeclaredError
    if vault.is_me(told["person"]) and desk.setting("two_officers", True):
        raise OwnDeclarationError
    signature = base64.b64decode(told.pop("signature"))
    who = vault.header.by_id(int(told["person"]))
    declared = message(vault.id, str(vault.meta("epoch")), told)
    if who is None or not crypto.signed(who.signing, signature, declared):
        raise DeclarationSpoiltError
    if not lost and closes_living(vault):
        raise LivingVaultError(held=_held(vault), backup=told["epoch"])
    if custody is not None:
        rolling.check_target(desk, custody)
    service = desk.service("subjects")
    named = service.rows(sorted({service.number(ref) for ref in refs}))
    gone = [row.id for row in named if row.state != "destroyed"]
    own = crypto.signer(vault.unlocked.keys.signing).sign(declared)
    with desk.change() as change:
        files = destroying.entomb(change, gone, dict.fromkeys(gone, certificate))
        signed = {"approved": base64.b64encode(own).decode()}
        change.note("vault.declared", details=signed)
        if gone:
            digest = row_digest(str(number).encode() for number in gone)
            change.note("destruction.again", count=len(gone), rows_digest=digest)
            roll.mark_pending(vault, desk.now().isoformat())
        vault.set_meta(DECLARED, "")
        vault.set_meta(approvers.BOXES, "")
        vault.set_meta(_HELD, "")
        progress.no_return()
    vault.epochs.take_apart(int(vault.meta("epoch") or 1))
    attachments.unlink(vault, files)
    if custody is not None:
        rolling.run(desk, custody, _stages(progress)) if gone else issue(desk, custody)
    return len(gone)
