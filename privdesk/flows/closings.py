"""What of the older copies a destruction closed, as its certificate lists it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from privdesk.core.clock import office_date
from privdesk.core.i18n import N_, Words
from privdesk.documents.papers import destruction_certificate as d1
from privdesk.flows import accounts, keepers, losing
from privdesk.registers.desk import Desk


def closings(desk: Desk, say: Words, epoch: int) -> tuple[d1.Closing, ...]:
    """Return what of older copies was closed and what is still open.

    ``epoch`` is the one after the destruction. Copies of later epochs open no backup that
    still knows these people; its own was read back when it was made. Of the older ones those are
    left out that were destroyed before.
    """
    raw = desk.vault.raw
    declared, destroyers = losing.losses(desk), keepers.destroyers(desk)
    found = []
    since = _made_on(desk, epoch)
    for number, own, state, issued_at, gone in raw.execute(
        "SELECT id, epoch, state, issued_at, destroyed_on FROM custody_copies"
        " WHERE epoch = :epoch OR (epoch < :epoch AND (state <> 'replaced' OR destroyed_on >= :on))"
        " ORDER BY id",
        {"epoch": epoch, "on": since},
    ).fetchall():
        how = d1.Confirmation.PROGRAM if own == epoch else d1.Confirmation.WAITING
        loss = declared.get(number) if state == "lost" else None
        if loss is not None:
            how = d1.Confirmation.LOST
        label = say(N_("Custody copy {number}")).format(number=f"C-{number}")
        by, on = (
            (loss.names, loss.on) if loss else ("", office_date(datetime.fromisoformat(issued_at)))
        )
        if own < epoch and gone:
            label = say(N_("Custody copy {number}, destroyed")).format(number=f"C-{number}")
            how, by, on = (
                d1.Confirmation.PERSON,
                destroyers.get(number, ""),
                date.fromisoformat(gone),
            )
        found.append(d1.Closing(label, how, by, on))
    return (*found, *_accounts(desk, say, epoch))


def _made_on(desk: Desk, epoch: int) -> str:
    """Return the day on which the first custody copy of an epoch was issued; empty without one."""
    sql = "SELECT min(issued_at) FROM custody_copies WHERE epoch = ?"
    told = desk.vault.raw.execute(sql, (epoch,)).fetchone()[0]
    return office_date(datetime.fromisoformat(told)).isoformat() if told else ""


def _accounts(desk: Desk, say: Words, epoch: int) -> Iterator[d1.Closing]:
    """Yield the accounts: up to date, given up (the secret was overwritten), lost, or open."""
    declared = losing.losses(desk, losing.ACCOUNT)
    for number, station, account, held, state in desk.vault.raw.execute(
        "SELECT id, workstation, account, epoch, state FROM holders ORDER BY id"
    ).fetchall():
        label = say(N_("Account {account} on {station}")).format(account=account, station=station)
        loss = declared.get(number)
        if held >= epoch or state == accounts.RETIRED:
            yield d1.Closing(label, d1.Confirmation.PROGRAM)
        elif state == accounts.LOST and loss is not None:
            yield d1.Closing(label, d1.Confirmation.LOST, loss.names, loss.on)
        else:
            yield d1.Closing(label, d1.Confirmation.WAITING)
