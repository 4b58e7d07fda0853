"""Custody copies of the epoch secret: issued, confirmed, received, declared lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from privdesk.core import system
from privdesk.core.errors import DomainError
from privdesk.flows import destruction, keepers, losing, rolling
from privdesk.registers.desk import Change, Desk
from privdesk.vault import opening, roll
from privdesk.vault.epoch import EpochSecret, EpochStore
from privdesk.vault.errors import CustodyError

HELD, REPLACED, LOST = "held", "replaced", "lost"
DECLARED = "declared lost"  # in the journal: by one officer, not agreed to yet


class CustodyNumberError(DomainError):
    """There is no custody copy {number}. Nothing was changed; “privdesk custody status” lists
    them.
    """


class CustodyStateError(DomainError):
    """Custody copy {number} is {state} already. Nothing was changed; “privdesk custody status”
    shows all copies.
    """


class CustodyOlderError(DomainError):
    """This custody copy is of epoch {given}; this account holds epoch {held} already. Nothing was
    changed; the copy with the highest number counts.
    """


class CustodyDiffersError(DomainError):
    """This file does not hold the secret that is in use now. Nothing was changed; issue a new
    custody copy.
    """


class RollUnfinishedError(DomainError):
    """A change of the epoch secret is unfinished. Nothing was changed; finish it first with
    “privdesk roll”.
    """


def copies(desk: Desk) -> list[Mapping[str, Any]]:
    """Return every numbered copy, newest first.

    ``declared_lost_by`` names who declared it lost; ``waits_for_second`` is whether another
    officer has to do so too before it counts. ``replaces`` is the copy where that of a roll
    is put.
    """
    rows = desk.vault.raw.execute(
        "SELECT id, epoch, kind, place, issued_at, state FROM custody_copies ORDER BY id DESC"
    ).fetchall()
    names = ("ref", "epoch", "kind", "place", "issued_at", "state")
    declared, kept_by = losing.losses(desk), keepers.names(desk)
    of_rolls = set({row[1]: row[0] for row in rows}.values())  # the first copy of each epoch
    return [
        {
            **dict(zip(names, (f"C-{row[0]}", *row[1:]), strict=True)),
            "keeper": kept_by.get(row[0], ""),
            "replaces": rolling.replaced(desk, row[1], row[2])[0] if row[0] in of_rolls else "",
            "declared_lost_by": [one.name for one in loss.signed] if loss else [],
            "reason": loss.reason if loss else "",
            "waits_for_second": loss is not None and row[5] != LOST,
        }
        for row in rows
        for loss in (declared.get(row[0]),)
    ]


def issue(desk: Desk, target: Path, place: str = "", keeper: str = "") -> str:
    """Write a further custody copy of the present secret, read it back; return its number."""
    desk.require("officer")
    refuse_unfinished(desk)
    rolling.check_target(desk, target)
    if target.exists():  # another copy, perhaps, of which the books would go on telling
        raise system.PathTakenError(path=target)
    secret = _present(desk)
    number = rolling.next_custody(desk)
    rolling.write_custody(desk, target, secret, number, place=place, keeper=keeper)
    with desk.change() as change:
        kind = "file" if target.suffix.lower() == ".key" else "sheet"
        rolling.record_custody(change, secret, kind, place, keeper)
        change.note("vault.custody", details={"number": f"C-{number}"})
    return f"C-{number}"


def confirm(
    desk: Desk, told: str, file: Path | None = None, place: str = "", keeper: str = ""
) -> tuple[str, str]:
    """Confirm that a copy is where it should be; of an older epoch, that it was destroyed.

    With ``file`` the copy itself is read and compared. Return its number and the state reached.
    """
    desk.require("officer")
    number, epoch, state = _copy(desk, told)
    if state == LOST:
        raise CustodyStateError(number=f"C-{number}", state=state)
    secret = _present(desk)
    if file is not None and rolling.read_custody_source(file, desk.vault.id) != secret:
        raise CustodyDiffersError
    reached = HELD if epoch == secret.epoch else REPLACED
    with desk.change() as change:
        _put(change, number, state=reached, **({"place": place} if place else {}))
        keepers.put(change, number, keeper)
        losing.take_back(change, number)
        change.note("vault.custody", details={"number": f"C-{number}", "state": reached})
        destruction.move_on(change)
    return f"C-{number}", reached


def lose(desk: Desk, told: str, reason: str = "") -> tuple[str, str]:
    """Declare a copy lost; it counts once a second officer declares it too (see ``losing``).

    Return its number and the state reached; the epoch secret has to be changed then.
    """
    desk.require("officer")
    number, _epoch, state = _copy(desk, told)
    if state == LOST:
        raise CustodyStateError(number=f"C-{number}", state=state)
    with desk.change() as change:
        agreed = losing.sign(change, number, reason)
        step = LOST if agreed else DECLARED
        change.note(
            "vault.custody", reason=reason, details={"number": f"C-{number}", "state": step}
        )
        if agreed:
            _put(change, number, state=LOST)
            destruction.move_on(change)
    return f"C-{number}", LOST if agreed else state


def receive(folder: Path, file: Path | str, open_it: Callable[[], Desk]) -> int:
    """Take the secret of a custody copy (file, or its letters) into this account.

    ``open_it`` opens the vault; where that is refused, the account stays as it was.
    Return the epoch the account holds then.
    """
    head = opening.look(folder)
    secret = rolling.read_custody_source(file, head.vault)
    store = EpochStore(head.vault)
    held = store.current()
    if held is not None and held.epoch >= secret.epoch:
        raise CustodyOlderError(given=secret.epoch, held=held.epoch)
    if store.next() is not None:
        raise RollUnfinishedError
    store.write_current(secret)
    try:
        desk = open_it()
    except BaseException:
        _take_back(store, held)
        raise
    try:
        with desk.change() as change:
            details = {"state": "received", "epoch": secret.epoch}
            change.note("vault.account", details=details)
        now = desk.vault.epochs.current()
    finally:
        desk.vault.close()
    return now.epoch if now else secret.epoch


def refuse_unfinished(desk: Desk) -> None:
    """Raise while a change of the epoch secret is unfinished."""
    if roll.state(desk.vault) != "done":
        raise RollUnfinishedError


def _take_back(store: EpochStore, held: EpochSecret | None) -> None:
    if held is not None:
        store.write_current(held)
    else:
        system.overwrite_and_remove(store.folder / "current")


def _present(desk: Desk) -> EpochSecret:
    secret = desk.vault.epochs.current()
    if secret is None:
        raise CustodyError(cause="this account holds no secret")
    return secret


def _copy(desk: Desk, told: str) -> tuple[int, int, str]:
    digits = told.strip().upper().removeprefix("C-").removeprefix("C")
    row = None
    if digits.isascii() and digits.isdigit():
        sql = "SELECT id, epoch, state FROM custody_copies WHERE id = ?"
        row = desk.vault.raw.execute(sql, (int(digits[:18]),)).fetchone()
    if row is None:
        raise CustodyNumberError(number=told)
    return int(row[0]), int(row[1]), str(row[2])


def _put(change: Change, number: int, **values: str) -> None:
    names = ", ".join(f"{name} = ?" for name in values)
    sql = f"UPDATE custody_copies SET {names} WHERE id = ?"
    change.desk.vault.raw.execute(sql, (*values.values(), number))
