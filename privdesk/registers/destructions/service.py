"""The destructions as records. What moves them on is the flow, never a change of fields."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from privdesk.core.i18n import N_, _
from privdesk.core.register import Outcome, Row
from privdesk.registers.desk import Change
from privdesk.registers.destructions import rules, signatures
from privdesk.registers.destructions.model import Chosen, Order, Signature
from privdesk.registers.records import Records
from privdesk.vault.schema import table

LATER = "later: "  # before the reason of what fell out between approval and execution
NOTHING_LEFT = N_("Nothing of it was found in the vault.")
SOMETHING_LEFT = N_("Something of it was found in the vault; the certificate says how much.")


class Destructions(Records):
    """Service of the destructions."""

    def rows(self, numbers: Sequence[int], *, reveal: bool = False) -> list[Row]:
        """Return destructions; what the look through the files found is put into words."""
        return [
            replace(row, titles={**row.titles, "verified": _found(str(row.values["verified"]))})
            if row.values.get("verified")
            else row
            for row in super().rows(numbers, reveal=reveal)
        ]

    def step(self, change: Change, number: int, step: rules.Step) -> str:
        """Move a destruction on by one of the steps that its state allows; return the new state."""
        state = rules.State(self.rows([number])[0].state)
        after = rules.next_state(state, step).value
        self.set_state(change, number, after)
        return after

    def cancel(self, refs: Sequence[str], *, reason: str) -> Outcome:
        """Give up destructions that were not executed, whatever their state says of that."""
        with self.desk.change() as change:
            for ref in refs:
                number = self.number(ref)
                self._give_up(change, number)
                self._cancel_orders(change, number)
                change.note("destruction.cancelled", "destructions", number, reason=reason)
        return Outcome(", ".join(refs), tuple(refs))

    def _give_up(self, change: Change, number: int) -> None:
        executing = self.rows([number])[0].state == rules.State.EXECUTING.value
        if executing and signatures.why_unproved(self.desk, number):
            self.step(change, number, rules.Step.ABORT)
        self.step(change, number, rules.Step.CANCEL)

    def _cancel_orders(self, change: Change, number: int) -> None:
        orders = self.desk.service("orders")
        for row in orders.rows(self.orders(number)):
            state = rules.OrderState(row.state)
            if not rules.order_closed(state):
                after = rules.next_order_state(state, rules.OrderStep.CANCEL)
                orders.set_state(change, row.id, after.value)

    def chosen(self, number: int, *, taken: bool = True) -> list[tuple[int, int, str]]:
        """Return holding, person and reason of what is taken, or of what is left out."""
        t = table(Chosen)
        condition = t.c.why == "" if taken else t.c.why != ""
        statement = (
            select(t.c.holding, t.c.subject, t.c.why)
            .where(t.c.destruction == number, condition)
            .order_by(t.c.holding)
        )
        with self.vault.reading() as sql:
            return [(row[0], row[1], row[2]) for row in sql.execute(statement)]

    def left_out(self, number: int, *, later: bool) -> list[tuple[int, int, str]]:
        """Return what was left out from the start, or (``later``) only since the approval."""
        return [
            (holding, subject, why.removeprefix(LATER))
            for holding, subject, why in self.chosen(number, taken=False)
            if why.startswith(LATER) == later
        ]

    def signatures(self, number: int) -> list[Mapping[str, Any]]:
        """Return who signed which part, oldest first."""
        t = table(Signature)
        with self.vault.reading() as sql:
            rows = sql.execute(select(t).where(t.c.destruction == number).order_by(t.c.id))
            return [dict(row) for row in rows.mappings()]

    def orders(self, number: int) -> list[int]:
        """Return the numbers of a destruction's orders to places."""
        t = table(Order)
        with self.vault.reading() as sql:
            found = sql.execute(select(t.c.id).where(t.c.destruction == number).order_by(t.c.id))
            return list(found.scalars())

    def every(self) -> list[int]:
        """Return the numbers of all destructions, newest first."""
        with self.vault.reading() as sql:
            found = sql.execute(select(self.table.c.id).order_by(self.table.c.id.desc()))
            return list(found.scalars())


def _found(verified: str) -> str:
    """Return in words what was found, as the flow has stored it."""
    told = json.loads(verified)
    left = any(told.get(name) for name in ("keys_left", "lines_left", "values_found"))
    return _(SOMETHING_LEFT if left else NOTHING_LEFT)
