"""The roll with everything it needs from outside: backup, custody copy, journal."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from privdesk.core import system
from privdesk.core.clock import office_time
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _
from privdesk.documents.certificate import issue_certificate
from privdesk.documents.paper import Company
from privdesk.documents.papers import custody_sheet
from privdesk.documents.rendering import render
from privdesk.flows import attached, custodybooks, targets
from privdesk.flows.attached import BackupLacksError
from privdesk.registers.desk import Change, Desk
from privdesk.registers.findings.failing import BACKUP_FAILED
from privdesk.vault import backup as backups
from privdesk.vault import roll
from privdesk.vault.custody import custody_bytes, read_custody
from privdesk.vault.epoch import EpochSecret
from privdesk.vault.errors import CustodyError
from privdesk.vault.session import Vault

Stage = Callable[[str], None]
ROLL = "roll"  # what the backup of a roll is for
BACKUP_AT = "backup_at"  # in meta: the folder that a backup went to last
_UNWRITABLE = (
    *(system.ReadOnlyError, system.PathMissingError, system.PathTakenError, system.DiskFullError),
    *(system.StorageError, system.SymlinkError, CustodyError),
)


class CustodyTargetError(DomainError):
    """A custody copy is a .pdf to print or a .key file, not {name}. Nothing was changed; choose
    such a name.
    """


class CustodyInsideError(DomainError):
    """A custody copy must not lie in the vault's own folder or beside its backups. Nothing was
    changed; choose a drive that is kept in a safe.
    """


@dataclass(frozen=True)
class Rolled:
    """What a roll did: the new epoch, the backup's file and the custody copy's number.

    ``replaces`` is the copy whose place the new one takes, ``place`` where that is. ``behind``
    are the accounts that cannot follow by themselves, because somebody called them lost: they
    need the new custody copy once. ``outdated`` are all copies that have to be destroyed now, each
    with its place.
    """

    epoch: int
    backup: str
    custody: str
    replaces: str = ""
    place: str = ""
    behind: tuple[str, ...] = ()
    outdated: tuple[tuple[str, str], ...] = ()


def backup_folder(vault: Vault, chosen: str | None = None) -> Path:
    """Return where backups go: the office's folder, else ``NAME.backups`` beside the vault."""
    if chosen:
        return Path(chosen)
    return vault.folder.with_name(vault.folder.name.removesuffix(".privdesk") + ".backups")


def backup(
    vault: Vault,
    why: str,
    folder: Path | None = None,
    tick: backups.Tick = lambda _part: None,
    now: datetime | None = None,
) -> backups.Made:
    """Write a backup with a name of its own into the folder."""
    now = now or datetime.now(UTC)
    stem = stem_of(vault.folder)
    folder = folder or backup_folder(vault)
    target = folder / f"{stem}-{stamp(now)}-{why}.pdbackup"
    number = 2
    while target.exists():
        target = folder / f"{stem}-{stamp(now)}-{why}-{number}.pdbackup"
        number += 1
    _remember(vault, folder)
    return backups.write(vault, target, now, tick, ends_roll=why == ROLL)


def stamp(now: datetime) -> str:
    """Return a moment as names of backups tell it: on the office's clock, so that they sort."""
    return f"{office_time(now):%Y%m%d-%H%M%S}"


def stem_of(folder: Path) -> str:
    """Return what the names of a vault’s backups begin with, such that any drive takes them."""
    return system.portable(system.spoken(folder).removesuffix(".privdesk"))


def _remember(vault: Vault, folder: Path) -> None:
    """Note where a backup is built: what a crash leaves there is swept at the next opening.

    By then the vault may have been moved, and its own folder for backups with it.
    """
    with vault.transaction():
        vault.set_meta(BACKUP_AT, folder_name(folder))


def backup_desk(
    desk: Desk,
    target: Path | None = None,
    tick: backups.Tick = lambda _part: None,
    *,
    why: str = "manual",
    kept: bool = False,
) -> backups.Made:
    """Write a backup and record it.

    Without ``target`` it goes to the office's folder under a name of its own. There, and where
    it is ``kept``, the keep-rule looks after it from then on (see ``backing``).

    Raise ``BackupLacksError`` afterwards where sealed files were damaged in the vault already:
    it is told like a refusal wherever a backup is made, but the backup is there and counts.
    """
    made = _backup_recorded(desk, target, why, tick, kept=kept)
    if made.broken:
        raise BackupLacksError(made, attached.named(desk, made.broken))
    return made


def _backup_recorded(
    desk: Desk,
    target: Path | None,
    why: str,
    tick: backups.Tick = lambda _part: None,
    *,
    kept: bool = False,
) -> backups.Made:
    vault = desk.vault
    if target is None:
        made = backup(vault, why, present_folder(desk), tick, desk.now())
    else:
        if target.exists():  # an older backup may be the last good one
            raise system.PathTakenError(path=target)
        _remember(vault, target.parent)
        made = backups.write(vault, target, desk.now(), tick)
    with desk.change() as change:
        record_backup(change, made, kept=target is None or kept)
    return made


def record_backup(change: Change, made: backups.Made, *, kept: bool = True) -> None:
    """Enter a good backup into the books; where it is ``kept``, the keep-rule looks after it."""
    desk = change.desk
    name = system.spoken(made.path)
    within = folder_name(made.path.parent) if kept else None
    desk.vault.raw.execute(
        "INSERT INTO backups (made_at, epoch, target, bytes, digest, folder)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (desk.now().isoformat(), made.epoch, name, made.bytes, made.digest, within),
    )
    desk.vault.set_meta(BACKUP_FAILED, "")
    change.note("vault.backup", details={"file": name, "sha256": made.digest})


def check_target(desk: Desk, target: Path) -> None:
    """Refuse a place for a custody copy that is not there or would defeat its purpose."""
    vault = desk.vault
    if target.suffix.lower() not in (".pdf", ".key"):
        raise CustodyTargetError(name=target.name)
    parents = {p.resolve() for p in target.absolute().parents}
    backups_in = [backup_folder(vault, each) for each in (None, desk.setting("backup_folder"))]
    if any(folder.resolve() in parents for folder in (vault.folder, *backups_in)):
        raise CustodyInsideError
    if not target.parent.is_dir():
        raise system.PathMissingError(path=target.parent)
    if target.exists() and not _began_with(vault, target):  # another copy, perhaps
        raise system.PathTakenError(path=target)


def _began_with(vault: Vault, target: Path) -> bool:
    """Whether a roll under way was to write its copy there, and may have done so."""
    return roll.state(vault) != "done" and vault.meta("roll_custody") == str(target.absolute())


def present_folder(desk: Desk) -> Path:
    """Return where backups go; one that the office chose is never made when it is absent.

    Its drive may be missing, and what stood in for it would lie on the disk that the backup is
    to outlive: also an empty folder of the same name.
    """
    chosen = desk.setting("backup_folder")
    folder = backup_folder(desk.vault, chosen)
    if chosen:
        targets.require(desk.vault, folder, desk.setting(targets.MARK))
    return folder


def folder_name(folder: Path) -> str:
    """Return a folder's path as text that can be stored, also one that is not UTF-8."""
    return os.fsencode(folder.absolute()).decode("utf-8", "replace")


def require_backup_folder(desk: Desk) -> None:
    """Refuse before anything is done when the backup could not be written afterwards."""
    folder = present_folder(desk)
    with system.explained(folder):
        folder.mkdir(exist_ok=True)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise system.ReadOnlyError(path=folder)


def write_custody(
    desk: Desk,
    target: Path,
    secret: EpochSecret,
    number: int,
    *,
    place: str = "",
    keeper: str = "",
    replaces: str = "",
) -> None:
    """Write a custody copy (.pdf or .key) and read it back before it is called good.

    Its folder has to be there: one that a drive should bring is never made in its place.
    """
    if target.suffix.lower() == ".key":
        data = secret.text()
    else:
        data = custody_paper(desk, number, keeper, place, secret, replaces)
    system.atomic_write(target, data, 0o600)
    if read_custody_source(target, secret.vault) != secret:
        raise CustodyError(cause=_(N_("what was written reads back differently")))


def custody_paper(
    desk: Desk,
    number: int,
    keeper: str = "",
    place: str = "",
    secret: EpochSecret | None = None,
    replaces: str = "",
) -> bytes:
    """Return a custody sheet as a PDF."""
    company = desk.vault.header.company
    secret = secret or desk.vault.epochs.current()
    assert secret is not None
    sheet = custody_sheet.CustodySheet(
        number=f"C-{number}",
        issued_on=desk.today(),
        vault=company,
        vault_id=secret.vault,
        epoch=secret.epoch,
        keeper=keeper,
        place=place,
        secret=custody_bytes(secret),
        replaces=replaces,
    )
    paper = custody_sheet.build(sheet, desk.setting("language", "ko"))
    return render(paper, checkpoint=None, company=Company(company))


def read_custody_source(source: Path | str, vault: str) -> EpochSecret:
    """Return the secret of a custody copy: a file on a drive, the printed PDF, or its letters."""
    from privdesk.documents.secrets import read_secret_pdf, read_secret_text

    if isinstance(source, str):
        return read_custody(read_secret_text(source), vault)
    data = system.read_bytes(source, 16 * 1024 * 1024)
    if data.startswith(b"%PDF"):
        return read_custody(read_secret_pdf(data), vault)
    found = EpochSecret.parse(data)
    if found is None or found.vault != vault:
        raise CustodyError(cause=_(N_("it is damaged or belongs to another vault")))
    return found


def _left_behind(desk: Desk) -> tuple[str, ...]:
    """Return the accounts, as ACCOUNT@WORKSTATION, for which no handover was left."""
    sql = (
        "SELECT account || '@' || workstation FROM holders WHERE state = 'held' AND epoch < ?"
        " AND id NOT IN (SELECT holder FROM handovers) ORDER BY id"
    )
    rows = desk.vault.raw.execute(sql, (int(desk.vault.meta("epoch") or 1),)).fetchall()
    return tuple(row[0] for row in rows)


def run(desk: Desk, custody: Path, stage: Stage = lambda _name: None) -> Rolled:
    """Change the epoch secret: everything destroyed so far is gone from older copies too."""
    vault = desk.vault
    desk.require("officer")
    check_target(desk, custody)
    require_backup_folder(desk)
    with desk.vault.transaction():  # a roll that is called for always knows where it ends
        vault.set_meta("roll_custody", str(custody.absolute()))
        if roll.state(vault) == "done":
            with desk.change() as change:
                roll.mark_pending(vault)
                change.note("vault.roll", details={"state": "begun"})
    return _run(desk, custody, stage)


def closed_by(desk: Desk) -> Rolled:
    """Return the epoch, backup and custody copy of the last roll."""
    raw = desk.vault.raw
    epoch = int(desk.vault.meta("epoch") or 1)
    backup = raw.execute(
        "SELECT target FROM backups WHERE epoch = ? ORDER BY id DESC LIMIT 1", (epoch,)
    ).fetchone()
    copy = raw.execute(
        "SELECT id, kind FROM custody_copies WHERE epoch = ? ORDER BY id DESC LIMIT 1", (epoch,)
    ).fetchone()
    made, left = str(backup[0]) if backup else "", custodybooks.outdated(desk)
    if copy is None:
        return Rolled(epoch, made, "", outdated=left)
    return Rolled(
        epoch, made, f"C-{copy[0]}", *custodybooks.replaced(desk, epoch, copy[1]), outdated=left
    )


def resume(desk: Desk, stage: Stage = lambda _name: None) -> Rolled | None:
    """Finish a roll that a crash or a missing custody drive interrupted.

    Where the custody copy cannot be written now, the roll stays unfinished: the vault is
    usable and the old secret is kept until a copy is safe.
    """
    told = desk.vault.meta("roll_custody")
    if not told:
        return None
    try:
        return _run(desk, Path(told), stage)
    except _UNWRITABLE:
        return None


def _run(desk: Desk, custody: Path, stage: Stage) -> Rolled:
    vault = desk.vault
    done: dict[str, str] = {}

    def make_backup() -> None:
        done["backup"] = _backup_recorded(desk, None, ROLL).path.name

    def make_custody(secret: EpochSecret) -> None:
        number = custodybooks.next_custody(desk)
        kind = "file" if custody.suffix.lower() == ".key" else "sheet"
        former, place = custodybooks.replaced(desk, secret.epoch, kind)
        keeper = custodybooks.keeper_of(desk, former)
        told = {"place": place, "keeper": keeper, "replaces": former}
        write_custody(desk, custody, secret, number, **told)
        with desk.change() as change:
            done["custody"] = (
                f"C-{custodybooks.record_custody(change, secret, kind, place, keeper)}"
            )
            done.update(replaces=former, place=place)
            change.note("vault.custody", details={"number": done["custody"]})

    def make_certificate() -> tuple[bytes, bytes]:
        key, certificate = issue_certificate(vault.header.company, desk.now())
        scalar = key.private_numbers().private_value.to_bytes(32, "big")
        return scalar, certificate.public_bytes(Encoding.DER)

    hands = roll.Hands(make_backup, make_custody, make_certificate, stage)
    epoch = roll.run(vault, hands, desk.now())
    with desk.change() as change:
        key = vault.epochs.public_key()
        vault.raw.execute("UPDATE holders SET epoch = ? WHERE key = ?", (epoch, key))
        change.note("vault.roll", details={"epoch": str(epoch)})
    left = custodybooks.outdated(desk)
    return Rolled(epoch, **done, behind=_left_behind(desk), outdated=left)
