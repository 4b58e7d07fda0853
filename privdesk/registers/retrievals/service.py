"""The orders for requests as records. What moves them on is the flow, never a change of fields."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import insert, select, update

from privdesk.core.fields import Kind
from privdesk.core.i18n import _
from privdesk.core.register import Row
from privdesk.core.values import to_column
from privdesk.registers.desk import Change
from privdesk.registers.records import Records
from privdesk.registers.retrievals import rules
from privdesk.registers.retrievals.fields import SLOT_WANTED
from privdesk.registers.retrievals.rules import State, Step
from privdesk.vault import attachments
from privdesk.vault.payloads import PEOPLE

_DESTROYED = ("executed", "backups_closed", "complete")
Wanted = dict[int, tuple[str, str]]  # by item: the value before and after


class Retrievals(Records):
    """Service of the orders for requests."""

    def rows(self, numbers: Sequence[int], *, reveal: bool = False) -> list[Row]:
        """Return orders; the vault's own part is named, and follows its destruction."""
        found = super().rows(numbers, reveal=reveal)
        destroyed = self._destroyed(found)
        return [_shown(row, destroyed) for row in found]

    def of_request(self, request: int, *kinds: str) -> list[Row]:
        """Return the orders of a request, of some kinds only or of all, oldest first."""
        t = self.table
        wanted = select(t.c.id).where(t.c.request == request).order_by(t.c.id)
        if kinds:
            wanted = wanted.where(t.c.kind.in_(kinds))
        with self.vault.reading() as sql:
            return self.rows(list(sql.execute(wanted).scalars()))

    def unfinished(self, request: int) -> int:
        """Return how many orders of a request nobody has followed, the vault's own among them."""
        return sum(not rules.closed(State(row.state)) for row in self.of_request(request))

    def outstanding(self) -> list[Row]:
        """Return the orders of which something is awaited, the most urgent first."""
        t = self.table
        states = [state.value for state in rules.OUTSTANDING]
        wanted = select(t.c.id).where(t.c.state.in_(states)).order_by(t.c.reply_by, t.c.id)
        with self.vault.reading() as sql:
            found = self.rows(list(sql.execute(wanted).scalars()))
        return [row for row in found if not rules.closed(State(row.state))]

    def enter(
        self,
        change: Change,
        *,
        files: Sequence[str] = (),
        items: Sequence[str] = (),
        sealed: Mapping[int, str] | None = None,
        **columns: Any,
    ) -> int:
        """Enter an order with its people's slots; return its number. ``files``, ``items``: refs."""
        number: int = self.vault.new_ids()[0]
        change.sql.execute(
            insert(self.table).values(
                id=number,
                state=State.OPEN.value,
                asked_on=self.desk.today(),
                files=to_column(Kind.LINKS, tuple(files)),
                items=to_column(Kind.LINKS, tuple(items)),
                **columns,
            )
        )
        if sealed:
            self.vault.payloads.put(PEOPLE, number, sealed)
        request = self.desk.ref("requests", columns["request"])
        change.note("record.created", "retrievals", number, reason=request)
        return number

    def step(self, change: Change, number: int, step: Step, **columns: Any) -> State:
        """Move an order on by a step, and store what goes with it; return the new state."""
        state = State(self.rows([number])[0].state)
        after = rules.next_state(state, step)
        t = self.table
        change.sql.execute(update(t).where(t.c.id == number).values(state=after.value, **columns))
        return after

    def wanted(self, number: int) -> Wanted:
        """Return the values before and after that an order commands, by item."""
        text = self.vault.payloads.read(PEOPLE, number).get(SLOT_WANTED, "")
        told = json.loads(text) if text else {}
        return {int(item): (before, after) for item, (before, after) in told.items()}

    def about(self, subjects: Sequence[int], *, closed: bool) -> list[int]:
        """Return the orders about people; with ``closed`` those of which nothing is awaited."""
        t = self.table
        wanted = select(t.c.id).where(t.c.subject.in_(subjects)).order_by(t.c.id)
        if closed:
            wanted = wanted.where(t.c.state.not_in([s.value for s in rules.OUTSTANDING]))
        with self.vault.reading() as sql:
            return list(sql.execute(wanted).scalars())

    def forget(self, change: Change, found: Sequence[int]) -> list[str]:
        """Drop what orders say about people; return the files to unlink after the commit.

        That a place was ordered something, and when it did it, stays with the request.
        """
        t = self.table
        files: list[str] = []
        for number in found:
            files += attachments.forget(self.vault, number)
            self.vault.payloads.drop(PEOPLE, number)
        if found:
            gone = update(t).where(t.c.id.in_(found)).values(data=None, evidence=None)
            change.sql.execute(gone)
        return files

    def next_reply_day(self, due: date | None) -> date:
        """Return the day by which a place is asked to reply to an order drawn up today."""
        days = int(self.desk.setting("reply_days", 7))
        return rules.reply_day(self.desk.today(), due, days, self.desk.calendar)

    def _destroyed(self, rows: Sequence[Row]) -> set[str]:
        """Return which of the destructions that orders name were executed."""
        refs = {str(row.values["destruction"]) for row in rows if row.values["destruction"]}
        if not refs:
            return set()
        service = self.desk.service("destructions")
        found = service.rows([service.number(ref) for ref in sorted(refs)])
        return {row.ref for row in found if row.state in _DESTROYED}


def _shown(row: Row, destroyed: set[str]) -> Row:
    place = row.titles.get("place") or _(rules.VAULT)
    title = f"{_(rules.KIND_LABELS[rules.Kind(row.values['kind'])])} · {place}"
    values = {**row.values, "title": title}
    row = replace(row, values=values, titles={**row.titles, "place": place})
    if row.state == State.OPEN.value and row.values["destruction"] in destroyed:
        return replace(row, state=State.ANSWERED.value)
    return row
