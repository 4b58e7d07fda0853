"""What the page of the visits asks for."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core import references
from privdesk.core.register import Outcome
from privdesk.registers.desk import Desk
from privdesk.registers.visits.commands import Counts, Shown

_COUNTS = (
    "SELECT coalesce(sum(state = 'inside'), 0),"
    " coalesce(sum(state = 'inside' AND \"on\" < ?1), 0),"
    " coalesce(sum(state IN ('inside', 'left') AND permit IS NULL AND escort IS NULL"
    " AND settled_on IS NULL), 0),"
    " coalesce(sum(state <> 'destroyed' AND keep_until < ?1), 0) FROM visits"
)


class Visiting:
    """Implements the commands of the visit book."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def counts(self) -> Counts:
        """Return how the visit book stands today."""
        today = self._desk.today().isoformat()
        return Counts(*self._desk.vault.raw.execute(_COUNTS, (today,)).fetchone())

    def shown(self, ref: str) -> Shown:
        """Return what a visitor sees before signing; the name stays masked."""
        service, zones = self._desk.service("visits"), self._desk.service("zones")
        (row,) = service.rows([service.number(ref)])
        (zone,) = zones.rows([references.number(row.values["zone"])])
        return Shown(
            ref=row.ref,
            zone=str(zone.values["name"]),
            since=f"{row.values['on']} {row.values['entered']}",
            name=row.titles.get("staff") or str(row.values["name"] or ""),
            years=int(zone.values["keep_years"] or 1),
        )

    def sign(self, ref: str, written: Sequence[Sequence[Sequence[float]]]) -> Outcome:
        """Record a signature written on the screen."""
        found: Outcome = self._desk.service("visits").sign(ref, written)
        return found
