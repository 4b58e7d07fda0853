"""From a folder to a desk: open, finish what a crash left, rebuild the search index, journal it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from privdesk.core.clock import Clock, SystemClock
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_
from privdesk.flows import accounts, afterwards, declaring, rolling, targets
from privdesk.registers import REGISTERS, models
from privdesk.registers.desk import Desk
from privdesk.ui.progress import Progress
from privdesk.vault import attachments, causes, engine, migrate, opening, readonly, roll, scaffold
from privdesk.vault.engine import FILES
from privdesk.vault.search import index, schema
from privdesk.vault.search.lines import Line
from privdesk.vault.session import Vault, file_key

INDEXING = N_("Building the search index")
_LINES = 500  # of the index, between two looks at whether it should stop
ENGINE_ERRORS = (engine.DatabaseError, DatabaseError)


class SearchMendedError(DomainError):
    """The search index was damaged and has been made anew from the records. No record is lost;
    repeat what you did last.
    """


def open_desk(
    folder: Path,
    name: str,
    passphrase: str,
    clock: Clock | None = None,
    *,
    declared: bool = False,
    progress: Progress | None = None,
) -> Desk:
    """Open a vault with a person's passphrase and bring it to a usable state.

    Only with ``declared`` does one open whose restore waits for a second officer. ``progress``
    is for a vault whose search index has to be made.
    """
    vault = opening.open_vault(folder, name, passphrase)
    return ready(vault, clock, declared=declared, progress=progress)


@contextmanager
def desk_to_prove(folder: Path, name: str, passphrase: str) -> Iterator[Desk]:
    """Return the desk over a vault that cannot be written: its journal, and nothing of people."""
    with readonly.opened(folder, name, passphrase) as vault:
        models.load()
        yield Desk(vault, SystemClock(), REGISTERS)


def open_desk_with_kit(
    folder: Path, secret: bytes, clock: Clock | None = None, progress: Progress | None = None
) -> Desk:
    """Open a vault with the recovery kit; only officers may be enrolled with it.

    Also while a restore waits for its second officer: after a fire there may be none.
    """
    vault = opening.open_with_kit(folder, secret)
    desk = ready(vault, clock, declared=True, progress=progress)
    with desk.change() as change:
        change.note("vault.kit")
    return desk


def ready(
    vault: Vault,
    clock: Clock | None = None,
    *,
    declared: bool = False,
    progress: Progress | None = None,
) -> Desk:
    """Return the desk over an open vault; on any failure the vault is closed again."""
    try:
        if not declared:
            declaring.refuse_waiting(vault)
        declaring.take_apart(vault)
        models.load()
        desk = Desk(vault, clock or SystemClock(), REGISTERS)
        _migrate(desk)
        _journal_opening(desk)
        desk.service("subjects").read_items()
        if vault.sees_people:
            _despite_search(vault, lambda: _finish(desk, progress or Progress()))
    except BaseException:
        vault.close()
        raise
    return desk


def mend_search(desk: Desk, why: BaseException) -> None:
    """After an error of the database: where search.db is what is damaged, make it anew and say so.

    Without an open transaction only. Where the fault lies elsewhere, nothing is done.
    """
    if _search_is_broken(desk.vault, why):
        rebuild_search(desk)
        raise SearchMendedError from why


def _despite_search(vault: Vault, step: Callable[[], object]) -> None:
    """Do a step of the opening; a damaged search.db is put aside and does not hold it up."""
    try:
        step()
    except ENGINE_ERRORS as why:
        if not _search_is_broken(vault, why):
            raise
        engine.detach(vault.raw, "search")
        vault.search_stale = True
        step()


def _search_is_broken(vault: Vault, why: BaseException) -> bool:
    attached = "search" in engine.attached(vault.raw)
    return causes.is_damage(why) and attached and not engine.is_sound(vault.raw, "search")


def _migrate(desk: Desk) -> None:
    """Bring an older format up to date: a backup first, then all of it in one transaction.

    The journal and the books of the backups are of the new format when they are written in. A
    vault that is being restored needs no backup: it is one.
    """
    vault = desk.vault
    with vault.reading() as sql:
        before = migrate.revision(sql)
        if migrate.is_current(sql, may_migrate=vault.sees_people):
            return
    made = None
    if not scaffold.is_being_restored(vault.folder):
        made = rolling.backup(vault, "migration", _folder_for_backup(desk))
    with vault.transaction() as sql:
        migrate.upgrade(sql)
        with desk.change() as change:
            if made is not None:
                rolling.record_backup(change, made)
            change.note("vault.migrated", reason=f"{before} → {migrate.revision(sql)}")


def _folder_for_backup(desk: Desk) -> Path:
    """Return the office's folder, or the one beside the vault where its drive is missing."""
    try:
        return rolling.present_folder(desk)
    except targets.BackupFolderMissingError:
        return rolling.backup_folder(desk.vault)


def _journal_opening(desk: Desk) -> None:
    vault = desk.vault
    with desk.change() as change:
        noted = vault.note_officers()
        if vault.taken_handover:
            change.note("vault.handover")
        if vault.unlocked.failed:
            change.note("vault.refused", count=vault.unlocked.failed)
        change.note("vault.opened")
        if vault.closed_to_others:
            change.note("vault.rights", count=vault.closed_to_others)
        accounts.seen(change)
    if noted:
        vault.publish_header()


def _finish(desk: Desk, progress: Progress) -> None:
    """Sweep orphans, resume an unfinished roll, rebuild the search index where it is needed."""
    attachments.sweep(desk.vault)
    _sweep_beside(desk)
    if desk.vault.search_stale or not _search_usable(desk.vault):
        rebuild_search(desk, progress)
    if roll.state(desk.vault) != "done":
        rolling.resume(desk)
    afterwards.conclude_all(desk)
    afterwards.move_on(desk)


def _sweep_beside(desk: Desk) -> None:
    """Remove what a killed backup or restore left where vault and backups lie."""
    vault = desk.vault
    scaffold.sweep_restores(vault.folder.parent)
    chosen = desk.setting("backup_folder")
    last = vault.meta(rolling.BACKUP_AT)
    for folder in {rolling.backup_folder(vault, each) for each in (None, chosen, last)}:
        scaffold.sweep_backups(folder, vault.id)


def _search_usable(vault: Vault) -> bool:
    about = schema.about(vault.raw)
    return about is not None and about.current


def rebuild_search(desk: Desk, progress: Progress | None = None) -> None:
    """Make search.db anew from the sealed values; it is never part of a backup."""
    vault, progress = desk.vault, progress or Progress()
    path = vault.folder / FILES["search"]
    if "search" in engine.attached(vault.raw):
        engine.detach(vault.raw, "search")
    for stale in (path, path.with_name(path.name + "-journal")):
        stale.unlink(missing_ok=True)
    secret = vault.secret()
    key = file_key("search", vault.id, vault.unlocked.roles, secret)
    vault.attach("search", key, create=True)
    with vault.transaction():
        schema.create(vault.raw, vault.id, secret.epoch)
        index.add_lines(vault.raw, _counted(desk, progress))
    vault.search_stale = False


def _counted(desk: Desk, progress: Progress) -> Iterator[Line]:
    """Yield every line of the index and say how far it is; raises Cancelled."""
    sql = "SELECT count(*) FROM subjects WHERE state <> 'destroyed'"
    progress.stage(INDEXING, desk.vault.raw.execute(sql).fetchone()[0])
    for number, line in enumerate(desk.service("subjects").all_lines(), 1):
        yield line
        if not number % _LINES:
            progress.at(number)
