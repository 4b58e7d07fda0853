"""From a folder to a desk: open, finish what a crash left, rebuild the search index, journal it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from privdesk.core.clock import Clock, SystemClock
from privdesk.core.errors import DomainError
from privdesk.flows import accounts, afterwards, declaring, rolling
from privdesk.registers import REGISTERS, models
from privdesk.registers.desk import Desk
from privdesk.vault import attachments, causes, engine, migrate, opening, readonly, roll
from privdesk.vault.engine import FILES
from privdesk.vault.search import index, schema
from privdesk.vault.session import Vault, file_key

ENGINE_ERRORS = (engine.DatabaseError, DatabaseError)


class SearchMendedError(DomainError):
    """The search index was damaged and has been made anew from the records. No record is lost;
    repeat what you did last.
    """


def open_desk(
    folder: Path, name: str, passphrase: str, clock: Clock | None = None, *, declared: bool = False
) -> Desk:
    """Open a vault with a person's passphrase and bring it to a usable state.

    Only with ``declared`` does one open whose restore waits for a second officer.
    """
    return ready(opening.open_vault(folder, name, passphrase), clock, declared=declared)


@contextmanager
def desk_to_prove(folder: Path, name: str, passphrase: str) -> Iterator[Desk]:
    """Return the desk over a vault that cannot be written: its journal, and nothing of people."""
    with readonly.opened(folder, name, passphrase) as vault:
        models.load()
        yield Desk(vault, SystemClock(), REGISTERS)


def open_desk_with_kit(folder: Path, secret: bytes, clock: Clock | None = None) -> Desk:
    """Open a vault with the recovery kit; only officers may be enrolled with it.

    Also while a restore waits for its second officer: after a fire there may be none.
    """
    desk = ready(opening.open_with_kit(folder, secret), clock, declared=True)
    with desk.change() as change:
        change.note("vault.kit")
    return desk


def ready(vault: Vault, clock: Clock | None = None, *, declared: bool = False) -> Desk:
    """Return the desk over an open vault; on any failure the vault is closed again."""
    try:
        if not declared:
            declaring.refuse_waiting(vault)
        models.load()
        _migrate(vault)
        desk = Desk(vault, clock or SystemClock(), REGISTERS)
        _journal_opening(desk)
        desk.service("subjects").read_items()
        if vault.sees_people:
            _despite_search(vault, lambda: _finish(desk))
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


def _migrate(vault: Vault) -> None:
    with vault.engine.begin() as sql:
        current = migrate.is_current(sql, may_migrate=vault.sees_people)
    if current:
        return
    rolling.backup(vault, "migration")
    with vault.engine.begin() as sql:
        migrate.upgrade(sql)


def _journal_opening(desk: Desk) -> None:
    vault = desk.vault
    with desk.change() as change:
        if vault.taken_handover:
            change.note("vault.handover")
        if vault.unlocked.failed:
            change.note("vault.refused", count=vault.unlocked.failed)
        change.note("vault.opened")
        if vault.closed_to_others:
            change.note("vault.rights", count=vault.closed_to_others)
        accounts.seen(change)


def _finish(desk: Desk) -> None:
    """Sweep orphans, resume an unfinished roll, rebuild the search index where it is needed."""
    attachments.sweep(desk.vault)
    if desk.vault.search_stale or not _search_usable(desk.vault):
        rebuild_search(desk)
    if roll.state(desk.vault) != "done":
        rolling.resume(desk)
    afterwards.conclude_all(desk)
    afterwards.move_on(desk)


def _search_usable(vault: Vault) -> bool:
    about = schema.about(vault.raw)
    return about is not None and about.current


def rebuild_search(desk: Desk, tick: Callable[[int], None] = lambda _n: None) -> None:
    """Make search.db anew from the sealed values; it is never part of a backup."""
    vault = desk.vault
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
        index.add_lines(vault.raw, desk.service("subjects").all_lines())
    vault.search_stale = False
    tick(1)
