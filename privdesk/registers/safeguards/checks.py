"""Checks of safeguards: entered by the safeguard's own action, then only read."""

from __future__ import annotations

from datetime import date

from sqlalchemy import insert, select

from privdesk.core.register import Row
from privdesk.registers.desk import Change
from privdesk.registers.records import Records
from privdesk.registers.safeguards.checked import SLOT_BY, SLOT_SEEN
from privdesk.registers.safeguards.rules import Result
from privdesk.vault.payloads import OFFICE


class Checks(Records):
    """Service of the checks of safeguards."""

    writers = ()  # nobody changes a check; the next one corrects it

    def enter(
        self,
        change: Change,
        safeguard: int,
        on: date,
        result: Result,
        *,
        seen: str,
        by: str,
        fix_by: date | None,
        late: bool,
    ) -> int:
        """Enter a check; return its number."""
        number: int = self.vault.new_ids()[0]
        change.sql.execute(
            insert(self.table).values(
                id=number,
                state=result.value,
                safeguard=safeguard,
                on=on,
                result=result.value,
                fix_by=fix_by,
                late=late,
            )
        )
        self.vault.payloads.put(OFFICE, number, {SLOT_SEEN: seen, SLOT_BY: by})
        change.note("record.created", self.register.name, number)
        return number

    def newest(self, safeguard: int) -> Row | None:
        """Return the last check of a safeguard, or None."""
        t = self.table
        wanted = select(t.c.id).where(t.c.safeguard == safeguard)
        order = (t.c.on.desc(), t.c.id.desc())
        with self.vault.reading() as sql:
            found = sql.execute(wanted.order_by(*order)).scalars().first()
        return None if found is None else self.rows([found])[0]
