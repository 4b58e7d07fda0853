"""Long pieces of work in a folder that holds a vault, its account and what belongs to them.

Each can be begun again after it was cut off, and then comes to its end.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from privdesk.flows import accounts, declaring, people, restoring, rolling, succession
from privdesk.flows.declaring import Then
from privdesk.flows.opening import open_desk, ready
from privdesk.flows.restoring import Live
from privdesk.registers.desk import Desk
from privdesk.vault import backup, rotation, slots
from privdesk.vault.crypto import FLOOR
from privdesk.vault.epoch import EpochSecret, EpochStore
from privdesk.vault.header import Header
from privdesk.vault.session import Unlocked
from tests.copies import PASSPHRASES, open_as
from tests.desks import ALICE, BORA, PASSPHRASE
from tests.faults import edits, newer
from tests.faults.work import began

BACKUP, CUSTODY, AGAIN = "drive/office.pdbackup", "safe/new.key", "again.privdesk"
OLD_BACKUP, OLD_CUSTODY = "drive/old.pdbackup", "out/custody.key"
EDIT, SAID = "edit", "said"
MIGRATE, MIGRATIONS = "migrate", "migrations"
LAPTOP, NORA, HERS = "dana@laptop-07", "Nora New", "amber railway sparrow 55"


def run(begun: str, what: str, vault: Path, fault: str = "") -> None:
    """Say that it begins, then do it; ``fault`` is for the controls alone."""
    began(begun)
    do(what, vault, fault)


def do(what: str, vault: Path, fault: str = "") -> None:
    """Do a piece of work, or what is left of it."""
    if what == EDIT:
        edits.run(str(vault.parent / "begun"), vault, vault.parent / SAID, fault, len(edits.KINDS))
    elif what == MIGRATE:
        newer.open_newer(str(vault.parent / "begun"), vault, vault.parent / MIGRATIONS, fault)
    else:
        _FAULTS[fault]() if fault else None
        CHORES[what](vault)


def _open(vault: Path, work: Callable[[Desk, Path], None]) -> None:
    desk = open_as(vault)
    try:
        work(desk, home_of(vault))
    finally:
        desk.vault.close()


def home_of(vault: Path) -> Path:
    """Return the folder that all lies in; a vault that was moved names it."""
    told = vault.with_name("home")
    return Path(told.read_text()) if told.exists() else vault.parent


def _back_up(desk: Desk, home: Path) -> None:
    rolling.backup_desk(desk, home / BACKUP)


def _roll(desk: Desk, home: Path) -> None:
    rolling.run(desk, home / CUSTODY)


def _rotated(desk: Desk, home: Path, take_away: Callable[[], object]) -> None:
    """Take Bora's keys away where that is not done yet; have them rotated by a roll."""
    bora = desk.vault.header.person(BORA)
    if bora is not None and bora.active and bora.role == "officer":
        take_away()
    if rotation.waiting(desk.vault):
        _roll(desk, home)


def _remove(desk: Desk, home: Path) -> None:
    _rotated(desk, home, lambda: people.remove(desk, BORA))


def _demote(desk: Desk, home: Path) -> None:
    _rotated(desk, home, lambda: people.change_role(desk, BORA, "manager"))


def _hand_over(desk: Desk, home: Path) -> None:
    _rotated(desk, home, lambda: succession.hand_over(desk, BORA, NORA, HERS, FLOOR))


def _lose(desk: Desk, home: Path) -> None:
    """Declare an account lost, which takes every key that it had."""
    (held,) = [h for h in accounts.holders(desk) if f"{h['account']}@{h['workstation']}" == LAPTOP]
    if held["state"] == "held":
        accounts.lose(desk, LAPTOP, "stolen")
    if rotation.waiting(desk.vault):
        _roll(desk, home)


def _unlock(head: Header) -> Unlocked:
    return slots.unlock(head, ALICE, PASSPHRASE)


def _restore(home: Path, file: str, live: Live | None = None, then: Then | None = None) -> None:
    if not (home / AGAIN).exists():
        restoring.restore(home / file, home / AGAIN, open_as, live, then)


def _plain(vault: Path) -> None:
    _restore(vault.parent, BACKUP)


def _live(vault: Path) -> None:
    _restore(vault.parent, OLD_BACKUP, Live(vault, _unlock))


def _declare(vault: Path) -> None:
    home = vault.parent
    then = Then(home / OLD_CUSTODY, _unlock, partial(ready, declared=True))
    _restore(home, OLD_BACKUP, None, then)


def _approve(vault: Path) -> None:
    """Approve a declared restore and destroy the first person again, with a roll."""
    home = vault.parent
    desk = open_desk(home / AGAIN, BORA, PASSPHRASES[BORA], declared=True)
    try:
        if declaring.waiting(desk.vault):
            ref = desk.ref("subjects", first_of(desk))
            declaring.approve(desk, [ref], "D1-2026-0001", home / CUSTODY, lost=True)
        elif desk.vault.meta("epoch") == "3":  # approved, and its roll not called for yet
            _roll(desk, home)
    finally:
        desk.vault.close()


def first_of(desk: Desk) -> int:
    """Return the number of the first person."""
    sql = "SELECT min(id) FROM subjects"
    return int(desk.vault.raw.execute(sql).fetchone()[0])


CHORES: dict[str, Callable[[Path], None]] = {
    **{
        name: partial(_open, work=work)
        for name, work in {
            "back up": _back_up,
            "roll": _roll,
            "remove": _remove,
            "demote": _demote,
            "hand over": _hand_over,
            "lose an account": _lose,
        }.items()
    },
    "restore": _plain,
    "restore with living keys": _live,
    "declare a restore": _declare,
    "approve a restore": _approve,
}


# -- for the controls: programs that do it in the wrong order


def _half_backup() -> None:
    """Pack the backup under its own name instead of beside it."""
    pack = backup._pack

    def packed(vault: object, staging: Path, _packed: Path, *told: object) -> str:
        target = staging.parent / Path(BACKUP).name
        digest = pack(vault, staging, target, *told)  # type: ignore[arg-type]
        _packed.write_bytes(target.read_bytes())
        return digest

    backup._pack = packed  # type: ignore[assignment]


def _no_current() -> None:
    """Overwrite the present secret before anything stands under the next one."""

    def written(self: EpochStore, secret: EpochSecret) -> None:
        (self.folder / "current").write_bytes(secret.text())

    EpochStore.write_next = written  # type: ignore[method-assign]


def _kept_too_late() -> None:
    """Keep the secret of a declared restore only once the vault has its name."""
    keep, rename = EpochStore.keep_apart, os.rename
    waiting: list[tuple[EpochStore, EpochSecret]] = []

    def renamed(old: Path, new: Path) -> None:
        rename(old, new)
        for store, secret in waiting:
            keep(store, secret)

    def kept(store: EpochStore, secret: EpochSecret) -> None:
        waiting.append((store, secret))

    setattr(EpochStore, "keep_apart", kept)  # noqa: B010
    os.rename = renamed  # type: ignore[assignment]


HALF_BACKUP, NO_CURRENT, TOO_LATE = "half backup", "no current secret", "kept too late"
_FAULTS = {HALF_BACKUP: _half_backup, NO_CURRENT: _no_current, TOO_LATE: _kept_too_late}
