"""What was declared lost, as a destruction's certificate prints it: a limit, with who said so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from privdesk.core import references
from privdesk.core.clock import office_date
from privdesk.core.i18n import N_, Words
from privdesk.documents.phrases import day
from privdesk.flows import destruction, losing
from privdesk.registers.desk import Desk
from privdesk.registers.destructions.orders import lost_part

COPY_LOST = N_(
    "Custody copy {number} of epoch {epoch} was declared lost on {date} by {names}; whoever has"
    " it can, with a passphrase, open backups of that epoch."
)
ACCOUNT_LOST = N_(
    "The account {account} on {station}, with the secret of epoch {epoch}, was declared lost on"
    " {date} by {names}; whoever has it can, with a passphrase, open backups of that epoch."
)
PLACE_LOST = N_("The copy at {place} was declared lost on {date} by {names}.")
ALONE = N_("One officer alone declared this, the two-officer rule being off.")

Losers = tuple[str, date | None, int]  # their names, the day of the last, how many they are


def lost(
    desk: Desk,
    say: Words,
    signatures: Sequence[Mapping[str, Any]],
    places: Mapping[str, str],
    epoch: int,
) -> tuple[str, ...]:
    """Return a sentence for each copy that counts as lost; ``places`` are those by their order.

    Custody copies count as far as they are older than ``epoch``, the one after the destruction.
    """
    of_places = [
        _place_lost(say, place, losers(desk, signatures, order)) for order, place in places.items()
    ]
    return (*_copies_lost(desk, say, epoch), *_accounts_lost(desk, say, epoch), *of_places)


def _copies_lost(desk: Desk, say: Words, before: int) -> list[str]:
    declared = losing.losses(desk)
    rows = desk.vault.raw.execute(
        "SELECT id, epoch FROM custody_copies WHERE state = 'lost' AND epoch < ? ORDER BY id",
        (before,),
    ).fetchall()
    found = []
    for number, epoch in rows:
        loss = declared.get(number)
        if loss is not None:
            told = {"date": day(say, loss.on), "names": loss.names}
            text = say(COPY_LOST).format(number=f"C-{number}", epoch=epoch, **told)
            found.append(_alone(say, text, len(loss.signed)))
    return found


def _accounts_lost(desk: Desk, say: Words, before: int) -> list[str]:
    declared = losing.losses(desk, losing.ACCOUNT)
    rows = desk.vault.raw.execute(
        "SELECT id, account, workstation, epoch FROM holders WHERE state = 'lost' AND epoch < ?"
        " ORDER BY id",
        (before,),
    ).fetchall()
    found = []
    for number, account, station, epoch in rows:
        loss = declared.get(number)
        if loss is not None:
            told = {"date": day(say, loss.on), "names": loss.names, "epoch": epoch}
            text = say(ACCOUNT_LOST).format(account=account, station=station, **told)
            found.append(_alone(say, text, len(loss.signed)))
    return found


def losers(desk: Desk, signatures: Iterable[Mapping[str, Any]], order: str) -> Losers:
    """Return who signed that an order's copy is lost."""
    part = lost_part(references.number(order))
    signed = [one for one in signatures if one["part"] == part]
    names = ", ".join(destruction.name_of(desk, one["person"]) for one in signed)
    on = office_date(datetime.fromisoformat(signed[-1]["at"])) if signed else None
    return names, on, len(signed)


def _place_lost(say: Words, place: str, by: Losers) -> str:
    names, on, signed = by
    text = say(PLACE_LOST).format(place=place, date=day(say, on), names=names)
    return _alone(say, text, signed)


def _alone(say: Words, text: str, signed: int) -> str:
    return f"{text} {say(ALONE)}" if signed == 1 else text
