"""Custody copies of the epoch secret: issued, confirmed, received, declared lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from privdesk.core import system
from privdesk.core.clock import office_date
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _
from privdesk.flows import custodybooks, destruction, keepers, losing, rolling
from privdesk.flows.custodybooks import MAKING
from privdesk.registers.desk import Change, Desk
from privdesk.vault import opening, roll
from privdesk.vault.epoch import EpochSecret, EpochStore
from privdesk.vault.errors import CustodyError

HELD, REPLACED, LOST = "held", "replaced", "lost"
DECLARED = "declared lost"  # in the journal: by one officer, not agreed to yet
NOT_MADE = "not made"  # in the journal: nothing came of writing it


class CustodyNumberError(DomainError):
    """There is no custody copy {number}. Nothing was changed; “privdesk custody status” lists
    them.
    """


class CustodyStateError(DomainError):
    """Custody copy {number} is {state} already. Nothing was changed; “privdesk custody status”
    shows all copies.
    """


class CustodyOutdatedError(DomainError):
    """Custody copy {number} is of epoch {epoch}, and the secret is of epoch {now} by now: it has to
    be destroyed. Nothing was changed; once it is, tell the day and who did it (--destroyed DATE
    --by NAME).
    """


class CustodyPresentError(DomainError):
    """Custody copy {number} opens the vault as it is now. Nothing was changed; change the epoch
    secret first, or declare the copy lost.
    """


class DestroyedByError(DomainError):
    """It is not told who destroyed custody copy {number}. Nothing was changed; give the name."""


class DestroyedDayError(DomainError):
    """Custody copy {number} cannot have been destroyed on {day}: it was issued on {issued}, and a
    day to come does not count. Nothing was changed; check the day.
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
    is put; ``seen_on`` is empty until somebody confirms that a copy lies in its place.
    """
    rows = desk.vault.raw.execute(
        "SELECT id, epoch, kind, place, issued_at, state, seen_on, destroyed_on"
        " FROM custody_copies ORDER BY id DESC"
    ).fetchall()
    names = ("ref", "epoch", "kind", "place", "issued_at", "state", "seen_on", "destroyed_on")
    declared, kept_by, destroyers = (
        losing.losses(desk),
        keepers.names(desk),
        keepers.destroyers(desk),
    )
    of_rolls = set({row[1]: row[0] for row in rows}.values())  # the first copy of each epoch
    return [
        {
            **dict(zip(names, (f"C-{row[0]}", *row[1:]), strict=True)),
            "keeper": kept_by.get(row[0], ""),
            "destroyed_by": destroyers.get(row[0], ""),
            "replaces": custodybooks.replaced(desk, row[1], row[2])[0]
            if row[0] in of_rolls
            else "",
            "declared_lost_by": [one.name for one in loss.signed] if loss else [],
            "reason": loss.reason if loss else "",
            "waits_for_second": loss is not None and row[5] != LOST,
        }
        for row in rows
        for loss in (declared.get(row[0]),)
    ]


def issue(desk: Desk, target: Path, place: str = "", keeper: str = "") -> str:
    """Write a further custody copy of the present secret, read it back; return its number.

    It stands in the books before its file is written: where the program dies between, the copy is
    told of until somebody has looked for it.
    """
    desk.require("officer")
    refuse_unfinished(desk)
    rolling.check_target(desk, target)
    secret = _present(desk)
    kind = "file" if target.suffix.lower() == ".key" else "sheet"
    with desk.change() as change:
        number = custodybooks.record_custody(change, secret, kind, place, keeper, MAKING)
        change.note("vault.custody", details={"number": f"C-{number}", "state": MAKING})
    try:
        rolling.write_custody(desk, target, secret, number, place=place, keeper=keeper)
    except BaseException:
        if not target.exists():
            _strike(desk, number)
        raise
    with desk.change() as change:
        _put(change, number, state=HELD)
        told = {"number": f"C-{number}", "place": place, "keeper": keeper}
        change.note("vault.custody", details=told)
    return f"C-{number}"


def confirm(
    desk: Desk, told: str, file: Path | None = None, place: str = "", keeper: str = ""
) -> tuple[str, str]:
    """Confirm that a copy of the present secret is where it should be.

    With ``file`` the copy itself is read and compared. Return its number and the state reached.

    Raises:
        CustodyOutdatedError: it is of an older epoch; what can be confirmed is its destruction.
    """
    desk.require("officer")
    number, epoch, state, _issued = _copy(desk, told)
    _refuse(number, state, LOST, REPLACED)
    secret = _present(desk)
    if epoch < secret.epoch:
        raise CustodyOutdatedError(number=f"C-{number}", epoch=epoch, now=secret.epoch)
    if file is not None and rolling.read_custody_source(file, desk.vault.id) != secret:
        raise CustodyDiffersError
    stored = {"state": HELD, "seen_on": desk.today().isoformat()}
    with desk.change() as change:
        _put(change, number, **stored, **({"place": place} if place else {}))
        keepers.put(change, number, keeper)
        losing.take_back(change, number)
        details = {"number": f"C-{number}", "state": HELD, "place": place, "keeper": keeper}
        change.note("vault.custody", details=details)
        destruction.move_on(change)
    return f"C-{number}", HELD


def destroyed(desk: Desk, told: str, by: str, on: date | None = None) -> tuple[str, str]:
    """Confirm that an outdated copy was destroyed: by whom, and on which day (today).

    So is told too that nothing was found of one whose writing was interrupted. Return its number
    and the state reached.
    """
    desk.require("officer")
    number, epoch, state, issued = _copy(desk, told)
    _refuse(number, state, LOST, REPLACED)
    if state != MAKING and epoch >= _present(desk).epoch:
        raise CustodyPresentError(number=f"C-{number}")
    by, on = " ".join(by.split()), on or desk.today()
    if not by:
        raise DestroyedByError(number=f"C-{number}")
    if not issued <= on <= desk.today():
        raise DestroyedDayError(number=f"C-{number}", issued=issued, day=on)
    with desk.change() as change:
        _put(change, number, state=REPLACED, destroyed_on=on.isoformat())
        keepers.put(change, number, by, keepers.SLOT_DESTROYER)
        losing.take_back(change, number)
        details = {"number": f"C-{number}", "state": REPLACED, "on": on.isoformat(), "by": by}
        change.note("vault.custody", details=details)
        destruction.move_on(change)
    return f"C-{number}", REPLACED


def lose(desk: Desk, told: str, reason: str = "") -> tuple[str, str]:
    """Declare a copy lost; it counts once a second officer declares it too (see ``losing``).

    Return its number and the state reached; the epoch secret has to be changed then.
    """
    desk.require("officer")
    number, _epoch, state, _issued = _copy(desk, told)
    _refuse(number, state, LOST)
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
        raise CustodyError(cause=N_("this account holds no secret"))
    return secret


def _refuse(number: int, state: str, *settled: str) -> None:
    if state in settled:
        raise CustodyStateError(number=f"C-{number}", state=_(_SETTLED[state]))


def _strike(desk: Desk, number: int) -> None:
    """Take a copy out of the books of which nothing was written."""
    with desk.change() as change:
        desk.vault.raw.execute("DELETE FROM custody_copies WHERE id = ?", (number,))
        change.note("vault.custody", details={"number": f"C-{number}", "state": NOT_MADE})


def _copy(desk: Desk, told: str) -> tuple[int, int, str, date]:
    """Return number, epoch, state and day of issue of the copy that is told."""
    digits = told.strip().upper().removeprefix("C-").removeprefix("C")
    row = None
    if digits.isascii() and digits.isdigit():
        sql = "SELECT id, epoch, state, issued_at FROM custody_copies WHERE id = ?"
        row = desk.vault.raw.execute(sql, (int(digits[:18]),)).fetchone()
    if row is None:
        raise CustodyNumberError(number=told)
    return int(row[0]), int(row[1]), str(row[2]), office_date(datetime.fromisoformat(row[3]))


def _put(change: Change, number: int, **values: str) -> None:
    names = ", ".join(f"{name} = ?" for name in values)
    sql = f"UPDATE custody_copies SET {names} WHERE id = ?"
    change.desk.vault.raw.execute(sql, (*values.values(), number))


_SETTLED = {LOST: N_("lost"), REPLACED: N_("confirmed destroyed")}
