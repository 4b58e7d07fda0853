"""Backups that the desk makes by itself, and the older ones of its own that it removes.

The office sets how often and how many are kept. Removed is only what stands in the vault's
books as made in that folder, and is byte for byte what was written then.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import astuple, dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from privdesk.core import system
from privdesk.core.clock import office_date
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _
from privdesk.flows import custody, keeprule, rolling, targets
from privdesk.flows.attached import BackupLacksError
from privdesk.flows.keeprule import KeepRule, Stored
from privdesk.registers.desk import Desk
from privdesk.registers.findings.failing import BACKUP_FAILED, Failed, failed
from privdesk.registers.findings.safety import EVERY, EVERY_DAYS
from privdesk.ui.progress import Cancelled, Progress
from privdesk.vault import roll
from privdesk.vault.backup import Made

BACKING_UP = N_("Writing and opening the backup")
KEEP = "backup_keep"  # a setting: daily, weekly, monthly
MOST_DAYS = 90
_BLOCK = 1 << 20
_PARTS = 100


class ScheduleError(DomainError):
    """Backups are made every 1 to {most} days, and a keep-rule has to keep something. Nothing was
    changed; give other numbers.
    """


@dataclass(frozen=True)
class Schedule:
    """Every how many days a backup is made by itself, and which are kept."""

    every: int = EVERY_DAYS
    keep: KeepRule = field(default_factory=KeepRule)


@dataclass(frozen=True)
class BackedUp:
    """A backup that was made, and the names of the older ones that were removed."""

    made: Made
    removed: tuple[str, ...] = ()


def schedule(desk: Desk) -> Schedule:
    """Return what the office set."""
    keep = KeepRule(*desk.setting(KEEP, astuple(KeepRule())))
    return Schedule(int(desk.setting(EVERY, EVERY_DAYS)), keep)


def set_schedule(desk: Desk, new: Schedule) -> None:
    """Set how often, and how many are kept."""
    desk.require("officer")
    counts = astuple(new.keep)
    if not 1 <= new.every <= MOST_DAYS or not any(counts) or min(counts) < 0:
        raise ScheduleError(most=MOST_DAYS)
    with desk.change():
        desk.set_setting(EVERY, new.every)
        desk.set_setting(KEEP, list(counts))


def choose_folder(desk: Desk, folder: str) -> bool:
    """Set where backups go from now on, and mark it so that it is known again.

    What failed elsewhere is no matter any more. Return whether it lies on the vault's own disk.
    """
    desk.require("officer")
    number = targets.mark(desk, Path(folder)) if folder else ""
    with desk.change():
        desk.set_setting("backup_folder", folder)
        desk.set_setting(targets.MARK, number)
        desk.vault.set_meta(BACKUP_FAILED, "")
    return targets.on_same_disk(desk.vault, rolling.backup_folder(desk.vault, folder))


def due(desk: Desk) -> bool:
    """Whether the desk should make one now.

    Only an officer's desk does, and none while the secret is being changed. The first backup is
    a step of setting up, unless the office has chosen a folder. One of an older epoch is none.
    """
    vault = desk.vault
    if vault.role != "officer" or not vault.sees_people or roll.state(vault) != "done":
        return False
    sql = "SELECT count(*), max(CASE WHEN epoch = ? THEN made_at END) FROM backups"
    count, newest = vault.raw.execute(sql, (int(vault.meta("epoch") or 1),)).fetchone()
    if newest is None:
        return bool(count) or bool(desk.setting("backup_folder"))
    made = office_date(datetime.fromisoformat(newest))
    return (desk.today() - made).days >= schedule(desk).every


def ready(desk: Desk) -> bool:
    """Whether one is due and its folder is there; where it is not, that is written down."""
    if not due(desk):
        return False
    try:
        rolling.require_backup_folder(desk)
    except DomainError as why:
        note_failure(desk, why)
        return False
    return True


def back_up(
    desk: Desk,
    progress: Progress,
    target: Path | None = None,
    *,
    why: str = "manual",
    keep: KeepRule | None = None,
) -> BackedUp:
    """Write a backup, open it, record it, and remove the older ones that the rule spares not.

    Without ``target`` it goes to the office's folder, under the office's rule; otherwise older
    ones are removed only where ``keep`` is given. Until the file has its name it can be
    cancelled, and then nothing is left of it. Raises ``BackupLacksError`` where sealed files were
    damaged in the vault already: then no older backup is touched, one may still hold them.
    """
    desk.require("officer")
    custody.refuse_unfinished(desk)
    progress.stage(_(BACKING_UP), _PARTS)
    tick = _ticking(progress)
    made = rolling.backup_desk(desk, target, tick, why=why, kept=keep is not None)
    rule = keep or (schedule(desk).keep if target is None else None)
    return BackedUp(made, thin(desk, made, rule) if rule else ())


def by_itself(desk: Desk, progress: Progress) -> BackedUp:
    """Make the backup that is due; a failure is written down and becomes a finding."""
    try:
        return back_up(desk, progress, why="auto")
    except (Cancelled, BackupLacksError):
        raise
    except DomainError as why:
        note_failure(desk, why)
        raise


def at_the_end(desk: Desk, progress: Progress) -> None:
    """Make the backup that is due before the desk closes; nothing holds the closing up."""
    with suppress(DomainError):
        if ready(desk):
            by_itself(desk, progress)


def note_failure(desk: Desk, why: DomainError) -> None:
    """Write down that a backup failed, once for each folder and kind: it becomes a finding."""
    absent = isinstance(why, system.PathMissingError)
    chosen = rolling.backup_folder(desk.vault, desk.setting("backup_folder"))
    told = Failed(desk.today(), rolling.folder_name(chosen), absent=absent)
    known = failed(desk.vault)
    if known is not None and (known.folder, known.absent) == (told.folder, told.absent):
        return
    text = json.dumps({"on": told.on.isoformat(), "folder": told.folder, "absent": told.absent})
    with desk.change() as change:
        desk.vault.set_meta(BACKUP_FAILED, text)
        change.note("vault.backup_failed", details={"folder": told.folder})


def thin(desk: Desk, made: Made, rule: KeepRule) -> tuple[str, ...]:
    """Remove from the folder of a good backup what the rule does not keep; return the names."""
    folder = made.path.parent
    known = {
        number: (folder / name, int(size), str(digest), datetime.fromisoformat(at), int(epoch))
        for number, name, size, digest, at, epoch in desk.vault.raw.execute(
            "SELECT id, target, bytes, digest, made_at, epoch FROM backups"
            " WHERE folder = ? AND removed_at IS NULL",
            (rolling.folder_name(folder),),
        ).fetchall()
    }
    there = [
        Stored(number, at, epoch)
        for number, (path, size, _digest, at, epoch) in known.items()
        if _is_there(path, size)
    ]
    gone: dict[int, str] = {}
    for one in keeprule.spare(there, rule, made.epoch):
        path, _size, digest, *_rest = known[one.number]
        with suppress(OSError):
            if path != made.path and _digest(path) == digest:
                path.unlink()
                gone[one.number] = path.name
    if gone:
        with suppress(OSError):
            system.fsync_folder(folder)
        _note_removed(desk, gone)
    return tuple(gone.values())


def _note_removed(desk: Desk, gone: dict[int, str]) -> None:
    at = desk.now().isoformat()
    with desk.change() as change:
        rows = [(at, number) for number in gone]
        sql = "UPDATE backups SET removed_at = ? WHERE id = ?"
        desk.vault.raw.executemany(sql, rows)
        files = ", ".join(gone.values())
        change.note("vault.backup_removed", count=len(gone), details={"files": files})


def _is_there(path: Path, size: int) -> bool:
    """Whether a backup of the books lies where it was written, by its size."""
    try:
        return path.is_file() and not path.is_symlink() and path.stat().st_size == size
    except OSError:
        return False


def _digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _ticking(progress: Progress) -> Callable[[float], None]:
    def tick(part: float) -> None:
        progress.at(round(part * _PARTS))
        progress.between()

    return tick
