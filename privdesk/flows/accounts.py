"""The accounts that keep the epoch secret: seen at each opening, given up, declared lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from privdesk.core import system
from privdesk.core.errors import DomainError
from privdesk.flows import destruction, losing
from privdesk.registers.desk import Change, Desk
from privdesk.vault import handovers, roll, rotation
from privdesk.vault.header import ROLE_KEYS

HELD, RETIRED, LOST = "held", "retired", "lost"
DECLARED = "declared lost"  # in the journal: by one officer, not agreed to yet
BACK = "back"  # in the journal: it was called lost, and opened the vault


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
    declared, here = losing.losses(desk, losing.ACCOUNT), _here(desk)
    rows = desk.vault.raw.execute(
        "SELECT id, workstation, account, epoch, seen_at, state, back_at FROM holders"
        " ORDER BY seen_at DESC"
    ).fetchall()
    names = ("workstation", "account", "epoch", "seen_at", "state", "back_at")
    return [
        {
            **dict(zip(names, row[1:], strict=True)),
            "here": row[0] == here,
            "declared_lost_by": [one.name for one in loss.signed] if loss else [],
            "reason": loss.reason if loss else "",
            "waits_for_second": loss is not None and row[5] != LOST,
        }
        for row in rows
        for loss in (declared.get(row[0]),)
    ]


def seen(change: Change) -> None:
    """Register this account on this workstation as a holder; one that was called lost is found.

    An account is known by its own key. Where that key comes from another computer, as with a disk
    that was copied or a profile that roams, it gets one of its own; two of one name on one
    computer are told apart by a number.
    """
    desk = change.desk
    raw, store = desk.vault.raw, desk.vault.epochs
    held = store.current() or store.next()
    values = (held.epoch if held else 0, desk.now().isoformat())
    row = mine(desk)
    if row is None:
        copied = _is_known(desk)
        key = handovers.key_of(store, fresh=copied)
        if _renew(desk, key, values, copied=copied):
            return
        raw.execute(
            "INSERT INTO holders (epoch, seen_at, workstation, account, state, key)"
            " VALUES (?, ?, ?, ?, 'held', ?)",
            (*values, system.workstation(), _free_name(desk), key),
        )
        return
    number, name, state = row
    raw.execute(
        "UPDATE holders SET epoch = ?, seen_at = ?, state = 'held' WHERE id = ?", (*values, number)
    )
    loss = losing.losses(desk, losing.ACCOUNT).get(number)
    if losing.take_back(change, number, losing.ACCOUNT) or state != HELD:
        _note(change, name, BACK if loss else HELD)
    if loss is not None:  # those who called it lost have to hear of it
        told = ",".join(str(one.person) for one in loss.signed)
        sql = "UPDATE holders SET back_at = ?, back_from = ? WHERE id = ?"
        raw.execute(sql, (values[1], told, number))


def mine(desk: Desk) -> tuple[int, str, str] | None:
    """Return number, name (ACCOUNT@WORKSTATION) and state of the account that is worked with."""
    sql = (
        "SELECT id, account || '@' || workstation, state FROM holders"
        " WHERE key = ? AND workstation = ?"
    )
    key = desk.vault.epochs.public_key()
    row = desk.vault.raw.execute(sql, (key, system.workstation())).fetchone()
    return (int(row[0]), str(row[1]), str(row[2])) if row else None


def _renew(desk: Desk, key: bytes, values: tuple[int, str], *, copied: bool) -> bool:
    """Give the account of this name and computer its new key; return whether there is one.

    One that gave the secret up comes back; with a profile that roams it is the same each time.
    """
    sql = (
        "UPDATE holders SET epoch = ?, seen_at = ?, key = ?, state = 'held'"
        " WHERE workstation = ? AND account = ? AND (state = 'retired' OR ?)"
    )
    where = (system.workstation(), system.account(), copied)
    return bool(desk.vault.raw.execute(sql, (*values, key, *where)).rowcount)


def _is_known(desk: Desk) -> bool:
    """Whether this account's key is registered for another computer."""
    sql = "SELECT 1 FROM holders WHERE key = ?"
    return desk.vault.raw.execute(sql, (desk.vault.epochs.public_key(),)).fetchone() is not None


def _free_name(desk: Desk) -> str:
    """Return the account's name, with a number where the workstation has one of that name."""
    sql = "SELECT account FROM holders WHERE workstation = ?"
    there = {row[0] for row in desk.vault.raw.execute(sql, (system.workstation(),)).fetchall()}
    name = account = system.account()
    number = 1
    while name in there:
        number += 1
        name = f"{account}-{number}"
    return name


def retire(desk: Desk) -> str:
    """Give up the secret on this account, for a computer that goes; return the account's name.

    It is recorded first and overwritten then; a crash between leaves an account that the next
    opening registers again. The vault stays open until it is closed.
    """
    if roll.state(desk.vault) != "done":
        raise UnfinishedRollError
    found = mine(desk)
    assert found is not None  # each opening registers it
    number, name, _state = found
    if not _elsewhere(desk, number):
        raise LastSecretError
    with desk.change() as change:
        desk.vault.raw.execute("UPDATE holders SET state = 'retired' WHERE id = ?", (number,))
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
        sql = "UPDATE holders SET back_at = NULL, back_from = NULL WHERE id = ?"
        desk.vault.raw.execute(sql, (number,))
        _note(change, name, LOST if agreed else DECLARED, reason)
        if agreed:
            desk.vault.raw.execute("UPDATE holders SET state = 'lost' WHERE id = ?", (number,))
            handovers.withdraw(desk.vault, number)
            rotation.call_for(desk.vault, ROLE_KEYS["officer"])
            desk.vault.keys_wait(desk.now().isoformat())
            destruction.move_on(change)
    return name, LOST if agreed else state


def _note(change: Change, name: str, state: str, reason: str = "") -> None:
    change.note("vault.account", reason=reason, details={"account": name, "state": state})


def _elsewhere(desk: Desk, number: int) -> bool:
    """Whether the present secret lies anywhere but in the account of this number."""
    epoch = int(desk.vault.meta("epoch") or 1)
    row = desk.vault.raw.execute(
        "SELECT EXISTS (SELECT 1 FROM holders WHERE epoch = :epoch AND state = 'held'"
        " AND id <> :number)"
        " OR EXISTS (SELECT 1 FROM custody_copies WHERE epoch = :epoch AND state = 'held')",
        {"epoch": epoch, "number": number},
    ).fetchone()
    return bool(row[0])


def _account(desk: Desk, told: str) -> tuple[int, str, str, bool]:
    wanted, here = told.strip().casefold(), _here(desk)
    rows = desk.vault.raw.execute("SELECT id, account, workstation, state FROM holders").fetchall()
    for number, account, station, state in rows:
        name = f"{account}@{station}"
        if name.casefold() == wanted:
            return number, name, state, number == here
    raise AccountUnknownError(account=told)


def _here(desk: Desk) -> int:
    found = mine(desk)
    return found[0] if found else 0
