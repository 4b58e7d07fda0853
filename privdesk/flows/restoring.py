"""A backup becomes a vault again, as long as the account's epoch secret still opens it.

A backup from before the last change of the epoch secret holds people who were destroyed
since; it opens with the living keys alone, under which those people stay what they are.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from privdesk.core import system
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_
from privdesk.flows import declaring, reentering
from privdesk.flows.declaring import Then
from privdesk.flows.reentering import Since
from privdesk.flows.unpacking import Backup, unpack
from privdesk.registers.desk import Desk
from privdesk.ui.progress import Progress
from privdesk.vault import opening, reviving, scaffold
from privdesk.vault.epoch import EpochSecret, EpochStore
from privdesk.vault.errors import OlderCopyError, StaleVaultError, VaultExistsError
from privdesk.vault.header import Header
from privdesk.vault.reviving import Revived
from privdesk.vault.session import Unlocked

READING = N_("Reading the backup")
COPYING = N_("Copying the vault in use")
NEWER = N_("Reading the newer backup")
FITTING = N_("Fitting records and living keys")
OPENING = N_("Opening the restored vault")
WRITING = N_("Writing down what is to be entered again")
NAMING = N_("Putting the vault in its place")
_PARTS = 1000


@dataclass(frozen=True)
class Live:
    """The living vault’s folder, or a newer backup of it, and what opens somebody’s slot there."""

    path: Path
    unlock: Callable[[Header], Unlocked]


class StaleBackupError(DomainError):
    """The backup {file} is of epoch {backup}, this account is at epoch {held}: people were
    destroyed since, and it does not open by itself any more. Nothing was changed; restore a backup
    made since, or name the living vault as well (--live), so that they stay
    destroyed; without one, bring a custody copy of then (--custody).
    """


class DroppedSinceError(DomainError):
    """After the backup {file} was made, values were destroyed, the last of them on {day}; with it
    they would be back. Nothing was changed; name the living vault as well (--live), or, where
    nothing is left of it, bring a custody copy (--custody).
    """


def restore(
    file: Path,
    folder: Path,
    open_it: Callable[[Path], Desk],
    live: Live | None = None,
    then: Then | None = None,
    progress: Progress | None = None,
) -> None:
    """Unpack a backup beside ``folder``, open it, and only then give it that name.

    ``open_it`` opens the vault in a folder; the search index is built on opening. ``live`` is
    where the living keys are; ``then`` declares a restore from before a roll without them. It can
    be cancelled until the vault gets its name, and then nothing is left of it.
    """
    progress = progress or Progress()
    folder = folder.absolute()
    if folder.exists() or folder.is_symlink():
        raise VaultExistsError(path=folder)
    system.refuse_unsafe(folder.parent)
    secret: EpochSecret | None = None
    with system.explained(folder), scaffold.for_restore(folder.parent) as around:
        building = system.make_folder(around / folder.name)
        backup = unpack(file, building, _ticking(progress, READING))
        if live is not None:
            revived = _revived(building, live, progress)
            progress.stage(OPENING)
            desk = _opened(file, building, open_it)
            _settled(backup, desk, *revived, progress)
        elif then is not None:
            secret = declaring.restore(backup, building, then, progress)
        else:
            progress.stage(OPENING)
            _prove(backup, _opened(file, building, open_it))
        progress.stage(NAMING)
        progress.no_return()
        if secret is not None:  # first, or a crash would leave a vault that nothing opens
            EpochStore(secret.vault).keep_apart(secret)
        os.rename(building, folder)
        system.fsync_folder(folder.parent)


def _ticking(progress: Progress, stage: str) -> Callable[[float], None]:
    """Begin a stage of which shares are told."""
    progress.stage(stage, _PARTS)
    return lambda share: progress.at(round(share * _PARTS))


def _revived(building: Path, live: Live, progress: Progress) -> tuple[Revived, Since]:
    """Put the living keys into an unpacked backup."""
    since = Since()
    staging = building.with_name("living")
    system.make_folder(staging)
    try:
        if live.path.is_dir():
            with opening.locked(live.path):
                reviving.living_files(live.path, staging, _ticking(progress, COPYING))
        else:
            unpack(live.path, staging, _ticking(progress, NEWER))
        tick = _ticking(progress, FITTING)
        found = reviving.revive(building, staging, live.unlock, since.look, live.path.name, tick)
        return found, since
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _opened(file: Path, building: Path, open_it: Callable[[Path], Desk]) -> Desk:
    try:
        return open_it(building)
    except StaleVaultError as why:
        told = why.details
        raise StaleBackupError(file=file.name, backup=told["vault"], held=told["held"]) from why
    except OlderCopyError as why:
        raise DroppedSinceError(file=file.name, day=why.details["day"]) from why


def _prove(backup: Backup, desk: Desk) -> None:
    try:
        with desk.change() as change:
            reentering.note(change, backup)
            reentering.unknown(change, backup)
    finally:
        desk.vault.close()


def _settled(
    backup: Backup, desk: Desk, revived: Revived, since: Since, progress: Progress
) -> None:
    try:
        progress.stage(WRITING)
        reentering.settle(desk, backup, revived, since)
    finally:
        desk.vault.close()
