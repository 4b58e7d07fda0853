"""The accounts that keep the epoch secret: seen at each opening, given up, declared lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from privdesk.core import system
from privdesk.core.errors import DomainError
from privdesk.flows import destruction, losing
from privdesk.registers.desk import Change, Desk
from privdesk.vault import roll, rotation
from privdesk.vault.header import ROLE_KEYS

HELD, RETIRED, LOST = "held", "retired", "lost"
DECLARED = "declared lost"  # in the journal: by one officer, not agreed to yet


class AccountUnknownError(DomainError):
    """No account “{account}” keeps the epoch secret. Nothing was changed; “privdesk custody status”
    lists them, as ACCOUNT@WORKSTATION.
    """


class AccountHereError(DomainError):
    """{account} is the account you work with. Nothing was changed; declare it lost from another
    one, or give it up with “privdesk custody retire”.
    """


class AccountStateError(DomainError):
    """The account {account} keeps the epoch secret no more. Nothing was changed; “privdesk custody
    status” shows all accounts.
    """


class LastSecretError(DomainError):
    """No other account and no custody copy holds the present epoch secret. Nothing was changed;
    issue a custody copy first, or nobody could open the vault again.
    """


class UnfinishedRollError(DomainError):
    """A change of the epoch secret is unfinished on this account. Nothing was changed; finish it
    first with “privdesk roll”.
    """


def holders(desk: Desk) -> list[Mapping[str, Any]]:
    """Return the accounts that keep or kept the secret, of which epoch, and who calls them lost."""
    declared = losing.losses(desk, losing.ACCOUNT)
    rows = desk.vault.raw.execute(
        "SELECT id, workstation, account, epoch, seen_at, state FROM holders ORDER BY seen_at DESC"
    ).fetchall()
    names = ("workstation", "account", "epoch", "seen_at", "state")
    return [
        {
            **dict(zip(names, row[1:], strict=True)),
            "here": _is_here(row[1], row[2]),
            "declared_lost_by": [one.name for one in loss.signed] if loss else [],
            "reason": loss.reason if loss else "",
            "waits_for_second": loss is not None and row[5] != LOST,
        }
        for row in rows
        for loss in (declared.get(row[0]),)
    ]


def seen(change: Change) -> None:
    """Register this account on this workstation as a holder; one that was called lost is found."""
    desk = change.desk
    raw, station, account = desk.vault.raw, system.workstation(), system.account()
    held = desk.vault.epochs.current() or desk.vault.epochs.next()
    values = (held.epoch if held else 0, desk.now().isoformat())
    sql = "SELECT id, state FROM holders WHERE workstation = ? AND account = ?"
    row = raw.execute(sql, (station, account)).fetchone()
    if row is None:
        raw.execute(
            "INSERT INTO holders (epoch, seen_at, workstation, account, state)"
            " VALUES (?, ?, ?, ?, 'held')",
            (*values, station, account),
        )
        return
    raw.execute(
        "UPDATE holders SET epoch = ?, seen_at = ?, state = 'held' WHERE id = ?", (*values, row[0])
    )
    if losing.take_back(change, row[0], losing.ACCOUNT) or row[1] != HELD:
        _note(change, f"{account}@{station}", HELD)


def retire(desk: Desk) -> str:
    """Give up the secret on this account, for a computer that goes; return the account's name.

    It is recorded first and overwritten then; a crash between leaves an account that the next
    opening registers again. The vault stays open until it is closed.
    """
    if roll.state(desk.vault) != "done":
        raise UnfinishedRollError
    station, account = system.workstation(), system.account()
    if not _elsewhere(desk, station, account):
        raise LastSecretError
    name = f"{account}@{station}"
    with desk.change() as change:
        sql = "UPDATE holders SET state = 'retired' WHERE workstation = ? AND account = ?"
        desk.vault.raw.execute(sql, (station, account))
        _note(change, name, RETIRED)
    desk.vault.epochs.forget()
    return name


def lose(desk: Desk, told: str, reason: str = "") -> tuple[str, str]:
    """Declare an account lost, as with a stolen computer; it counts once a second officer does too.

    Then the epoch secret and all role keys have to change, because whoever has the computer may
    have a copy of the vault. Return the account's name and the state reached.
    """
    desk.require("officer")
    number, name, state, here = _account(desk, told)
    if here:
        raise AccountHereError(account=name)
    if state != HELD:
        raise AccountStateError(account=name)
    with desk.change() as change:
        agreed = losing.sign(change, number, reason, losing.ACCOUNT, name)
        _note(change, name, LOST if agreed else DECLARED, reason)
        if agreed:
            desk.vault.raw.execute("UPDATE holders SET state = 'lost' WHERE id = ?", (number,))
            rotation.call_for(desk.vault, ROLE_KEYS["officer"])
            desk.vault.keys_wait(desk.now().isoformat())
            destruction.move_on(change)
    return name, LOST if agreed else state


def _note(change: Change, name: str, state: str, reason: str = "") -> None:
    change.note("vault.account", reason=reason, details={"account": name, "state": state})


def _is_here(station: str, account: str) -> bool:
    return (station, account) == (system.workstation(), system.account())


def _elsewhere(desk: Desk, station: str, account: str) -> bool:
    """Whether the present secret lies anywhere but in this account."""
    epoch = int(desk.vault.meta("epoch") or 1)
    row = desk.vault.raw.execute(
        "SELECT EXISTS (SELECT 1 FROM holders WHERE epoch = :epoch AND state = 'held'"
        " AND NOT (workstation = :station AND account = :account))"
        " OR EXISTS (SELECT 1 FROM custody_copies WHERE epoch = :epoch AND state = 'held')",
        {"epoch": epoch, "station": station, "account": account},
    ).fetchone()
    return bool(row[0])


def _account(desk: Desk, told: str) -> tuple[int, str, str, bool]:
    wanted = told.strip().casefold()
    rows = desk.vault.raw.execute("SELECT id, account, workstation, state FROM holders").fetchall()
    for number, account, station, state in rows:
        name = f"{account}@{station}"
        if name.casefold() == wanted:
            return number, name, state, _is_here(station, account)
    raise AccountUnknownError(account=told)
