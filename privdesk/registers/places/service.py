"""Places: a processor's company is named, and the vault itself is one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import insert, update

from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _
from privdesk.core.register import Outcome, Query
from privdesk.registers.named import NamedRecords
from privdesk.registers.places.apart import MIXED, SLOT_BY, SLOT_NOTE
from privdesk.registers.places.model import PlaceInspection
from privdesk.vault.payloads import OFFICE
from privdesk.vault.schema import table


class ProcessorMissingError(DomainError):
    """“{place}” is at a processor, so the name of the company is needed. Nothing was changed;
    enter the processor.
    """


class SecondVaultError(DomainError):
    """The vault itself is a place already, as {place}. Nothing was changed; choose another kind of
    place.
    """


class InspectionDayError(DomainError):
    """An inspection is entered once it was held, on or after the day of the last one. Nothing was
    changed; check the day.
    """


class Places(NamedRecords):
    """Service of the places."""

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Refuse a processor's place without company, and a second vault."""
        super().derive(values, before)
        kind = values.get("kind")
        if kind == "processor" and not str(values.get("processor") or "").strip():
            raise ProcessorMissingError(place=values.get("name"))
        newly = before is None or before.get("kind") != "vault"
        present = self.this_vault() if kind == "vault" and newly else None
        if present is not None:
            raise SecondVaultError(place=self.spoken(present))
        return {}

    def this_vault(self) -> int | None:
        """Return the number of the place that is the vault itself, where it was entered."""
        rows = self.find(Query(where={"kind": "vault", "state": "active"}), limit=1)
        return rows[0].id if rows else None

    def inspect(
        self,
        refs: Sequence[str],
        *,
        result: str,
        by: str = "",
        on: date | None = None,
        note: str = "",
    ) -> Outcome:
        """Record a look at whether users' data lies apart; each look stays (S8.2⑤)."""
        day, state = on or self.desk.today(), "failed" if result == MIXED else "passed"
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                last = row.values["apart_on"]
                if day > self.desk.today() or (last is not None and day < last):
                    raise InspectionDayError
                made = self.vault.new_ids()[0]
                values = {"place": row.id, "on": day, "result": result}
                change.sql.execute(
                    insert(table(PlaceInspection)).values(id=made, state=state, **values)
                )
                sealed = {SLOT_BY: by or self.vault.person.name, SLOT_NOTE: note}
                self.vault.payloads.put(OFFICE, made, sealed)
                t = self.table
                change.sql.execute(
                    update(t).where(t.c.id == row.id).values(apart=result, apart_on=day)
                )
                change.note("place.inspected", self.register.name, row.id)
                change.note("record.created", "place-inspections", made)
        return Outcome(_(N_("Inspection of the separation entered")), tuple(refs))

    def used_by(self, number: int) -> str:
        """Return a living file that is kept here, or nothing."""
        files = self.desk.service("files")
        found = files.at_place(number)
        return str(files.spoken(found[0])) if found else ""
