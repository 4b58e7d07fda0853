"""Handovers: three people, and what goes from one to the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import update

from privdesk.registers.desk import Change
from privdesk.registers.handovers import rules
from privdesk.registers.handovers.fields import SLOT_CASES
from privdesk.registers.records import Records
from privdesk.vault.payloads import OFFICE


class Handovers(Records):
    """Service of the handovers."""

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Refuse one person in two parts; give a new handover its basis date."""
        if before is not None and before.get("done_on"):
            raise rules.HandedOverError
        people = (values.get("giver"), values.get("taker"), values.get("witness"))
        rules.check(*(str(one or "") for one in people))
        return {} if values.get("basis_on") else {"basis_on": self.desk.today()}

    def list_cases(self, change: Change, number: int, cases: str) -> None:
        """Keep the cases that went over already, before the paper is signed."""
        self.vault.payloads.put(OFFICE, number, {SLOT_CASES: cases or None})
        t = self.table
        values = {"cases": len(cases.splitlines())}
        change.sql.execute(update(t).where(t.c.id == number).values(**values))

    def done(self, change: Change, number: int, on: date, cases: str) -> None:
        """Record in the caller's transaction that the work changed hands, with its cases."""
        self.vault.payloads.put(OFFICE, number, {SLOT_CASES: cases or None})
        t, count = self.table, len(cases.splitlines())
        told: dict[str, Any] = {"done_on": on, "cases": count, "state": "done"}
        change.sql.execute(update(t).where(t.c.id == number).values(**told))
        change.note("handover.done", self.register.name, number)

    def done_by(self, staff: int) -> bool:
        """Whether somebody's work was handed over."""
        sql = "SELECT 1 FROM work_handovers WHERE giver = ? AND state = 'done'"
        return self.vault.raw.execute(sql, (staff,)).fetchone() is not None

    def givers(self, staff: Sequence[int]) -> set[int]:
        """Return those of some people whose work was handed over."""
        found: set[int] = set()
        for start in range(0, len(staff), 900):
            part = tuple(staff[start : start + 900])
            sql = (
                "SELECT DISTINCT giver FROM work_handovers WHERE state = 'done'"
                f" AND giver IN ({', '.join('?' * len(part))})"
            )
            found.update(row[0] for row in self.vault.raw.execute(sql, part))
        return found
