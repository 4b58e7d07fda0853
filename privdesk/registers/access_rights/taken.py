"""What a right cannot take any more: somebody else's account, or what its holder has already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from privdesk.core import references
from privdesk.registers.access_rights import accounts, rules
from privdesk.registers.access_rights.rules import State
from privdesk.registers.records import Records

_OF = (
    "SELECT id FROM access_rights WHERE staff = ? AND place = ? AND level = ?"
    " AND coalesce(role, '') = ? AND state IN ({states}) ORDER BY id LIMIT 1"
)


def refuse_applied(service: Records, values: Mapping[str, Any]) -> None:
    """Refuse an application for what the same person has applied for or has already."""
    same = _same(service, values, State.REQUESTED, State.GRANTED)
    if same:
        raise rules.AppliedTwiceError(ref=same)


def refuse_granted(service: Records, values: Mapping[str, Any]) -> None:
    """Refuse an account that somebody else has there (rule 46), and the same right twice."""
    refuse_others(service, values)
    same = _same(service, values, State.GRANTED)
    if same:
        raise rules.GrantedAlreadyError(ref=same)


def refuse_others(service: Records, values: Mapping[str, Any]) -> None:
    """Refuse an account that somebody else has at the same system (rule 46)."""
    place, staff = references.number(values["place"]), references.number(values["staff"])
    for row in service.rows(accounts.records(service.vault, place, str(values["account"]))):
        if references.number(row.values["staff"]) != staff:
            raise rules.AccountTakenError(
                account=values["account"], place=row.titles["place"], ref=row.ref
            )


def _same(service: Records, values: Mapping[str, Any], *states: State) -> str:
    """Return the right of the same person, system, level and role in one of some states."""
    sql = _OF.format(states=", ".join("?" * len(states)))
    staff, place = (references.number(values[name]) for name in ("staff", "place"))
    told = (staff, place, values["level"], str(values.get("role") or ""))
    found = service.vault.raw.execute(sql, (*told, *(each.value for each in states))).fetchone()
    return "" if found is None else service.desk.ref(service.register.name, found[0])
