"""Who keeps each custody copy: a name of the office, sealed, beside the copy's place."""

from __future__ import annotations

from collections.abc import Mapping

from privdesk.core.hangul import name_key
from privdesk.registers.desk import Change, Desk
from privdesk.vault.payloads import OFFICE

SLOT_NAME = 1
SLOT_DESTROYER = 2


def names(desk: Desk) -> Mapping[int, str]:
    """Return the keepers by the number of their copy; those without one are left out."""
    return _named(desk, SLOT_NAME)


def _named(desk: Desk, slot: int) -> Mapping[int, str]:
    sql = "SELECT id, keeper FROM custody_copies WHERE keeper IS NOT NULL"
    rows = desk.vault.raw.execute(sql).fetchall()
    sealed = desk.vault.payloads.read_many(OFFICE, [row[1] for row in rows])
    told = {copy: sealed.get(record, {}).get(slot, "") for copy, record in rows}
    return {copy: name for copy, name in told.items() if name}


def destroyers(desk: Desk) -> Mapping[int, str]:
    """Return who destroyed each copy, by its number, as far as somebody told."""
    return _named(desk, SLOT_DESTROYER)


def put(change: Change, copy: int, name: str, slot: int = SLOT_NAME) -> None:
    """Enter who keeps a copy from now on; an empty name leaves it as it is.

    With ``SLOT_DESTROYER`` enter who destroyed it.
    """
    name = " ".join(name.split())
    if not name:
        return
    vault = change.desk.vault
    sql = "SELECT keeper FROM custody_copies WHERE id = ?"
    known = vault.raw.execute(sql, (copy,)).fetchone()[0]
    record = known or vault.new_ids()[0]
    vault.payloads.put(OFFICE, record, {slot: name})
    vault.raw.execute("UPDATE custody_copies SET keeper = ? WHERE id = ?", (record, copy))


def kept_by(desk: Desk, name: str) -> list[int]:
    """Return the copies in use that somebody keeps."""
    sql = (
        "SELECT id FROM custody_copies WHERE state IN ('making', 'held', 'to-replace') ORDER BY id"
    )
    open_ones = [row[0] for row in desk.vault.raw.execute(sql).fetchall()]
    known, wanted = names(desk), name_key(name)
    return [copy for copy in open_ones if name_key(known.get(copy, "")) == wanted]


def pass_on(change: Change, giver: str, taker: str) -> list[str]:
    """Give the copies that one person keeps to another; return their numbers.

    Copies that were replaced or lost stay under the name of who kept them.
    """
    moved = kept_by(change.desk, giver)
    for copy in moved:
        put(change, copy, taker)
        details = {"number": f"C-{copy}", "keeper": taker}
        change.note("vault.custody", details=details)
    return [f"C-{copy}" for copy in moved]
