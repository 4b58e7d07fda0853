"""The orders for requests as records. What moves them on is the flow, never a change of fields."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import insert, select, update

from privdesk.core import references
from privdesk.core.clock import office_date
from privdesk.core.fields import Kind as FieldKind
from privdesk.core.i18n import _
from privdesk.core.register import Row
from privdesk.core.values import to_column
from privdesk.registers.desk import Change
from privdesk.registers.records import Records
from privdesk.registers.retrievals import rules
from privdesk.registers.retrievals.fields import SLOT_IDS, SLOT_WANTED, SLOT_WHY
from privdesk.registers.retrievals.rules import Kind, Result, State, Step
from privdesk.vault import attachments
from privdesk.vault.payloads import PEOPLE

_DESTROYED = ("executed", "backups_closed", "complete")
_DECIDES = tuple(kind.value for kind in Kind if kind is not Kind.RETRIEVAL)
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

    def followed(self, request: int) -> tuple[rules.Followed, ...]:
        """Return how far this vault and each place have done what a request decided.

        The places of a destruction that was requested for it count as those of its orders; an
        order that only asks for the data decides nothing.
        """
        rows = [
            row for row in self.of_request(request, *_DECIDES) if row.state != State.CANCELLED.value
        ]
        told = [self._followed(row) for row in rows]
        for row in rows:
            if row.values["destruction"]:
                told += self._destroyed_at(str(row.values["destruction"]))
        return rules.latest(told)

    def awaited(self, request: int) -> list[str]:
        """Return the names of whatever has not confirmed yet, also of who was to send data."""
        waits = [one.name or _(rules.VAULT) for one in self.followed(request) if one.waits]
        asked = self.of_request(request, Kind.RETRIEVAL.value)
        waits += [r.titles["place"] for r in asked if not rules.closed(State(r.state))]
        return list(dict.fromkeys(waits))

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
                files=to_column(FieldKind.LINKS, tuple(files)),
                items=to_column(FieldKind.LINKS, tuple(items)),
                **columns,
            )
        )
        if sealed:
            self.vault.payloads.put(PEOPLE, number, sealed)
        request = self.desk.ref("requests", columns["request"])
        change.note("record.created", "retrievals", number, reason=request)
        return number

    def release(self, change: Change, order: Row) -> int:
        """Order a place to release what it was told to freeze, with the same numbers."""
        values = order.values
        return self.enter(
            change,
            kind=Kind.RELEASE.value,
            request=references.number(values["request"]),
            subject=references.number(values["subject"]),
            place=references.number(values["place"]),
            files=values["files"],
            items=values["items"],
            reply_by=self.next_reply_day(None),
            sealed={SLOT_IDS: self.vault.payloads.read(PEOPLE, order.id).get(SLOT_IDS, "")},
        )

    def end(self, change: Change, request: int, reason: str) -> list[int]:
        """End what a request ordered, since nothing comes of it; return the orders to release.

        A destruction that nobody has executed is cancelled with it. A place that was told to
        freeze is told to release; only that is still awaited.
        """
        rows = self.of_request(request)
        released = {r.values["place"] for r in rows if r.values["kind"] == Kind.RELEASE.value}
        made: list[int] = []
        for row in rows:
            kind, state = Kind(row.values["kind"]), State(row.state)
            told = row.values["place"] and state not in (State.OPEN, State.CANCELLED)
            if kind is Kind.FREEZE and told and row.values["place"] not in released:
                made.append(self.release(change, row))
            if kind is Kind.RELEASE or rules.closed(state):
                continue
            self.close(change, row, Step.CANCEL, reason)
            if row.values["destruction"]:
                self._give_up(str(row.values["destruction"]), str(row.values["request"]))
        return made

    def close(self, change: Change, row: Row, step: Step, why: str) -> None:
        """Accept or cancel an order; why is free text about a person, so it stays in the order."""
        self.step(change, row.id, step)
        self.vault.payloads.put(PEOPLE, row.id, {SLOT_WHY: why.strip() or None})
        case = str(row.values["request"])
        change.note("retrieval.closed", self.register.name, row.id, fields=("why",), case=case)

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

    def _followed(self, row: Row) -> rules.Followed:
        values, done = row.values, rules.closed(State(row.state))
        name = row.titles["place"] if values["place"] else ""
        on, how = values["answered_on"], str(values["result"] or Result.DONE.value)
        if done and values["destruction"]:
            (of,) = self.desk.service("destructions").rows(
                [references.number(values["destruction"])]
            )
            on = office_date(of.values["executed_at"])
        return rules.Followed(name, values["asked_on"], on if done else None, how)

    def _destroyed_at(self, destruction: str) -> list[rules.Followed]:
        """Return how far the places of a destruction have come."""
        of = self.desk.service("destructions")
        (row,) = of.rows([references.number(destruction)])
        orders = self.desk.service("orders").rows(of.orders(row.id))
        asked = office_date(row.values["executed_at"]) if row.values["executed_at"] else None
        return [
            rules.Followed(
                one.titles["place"],
                asked or row.values["requested_on"],
                one.values["answered_on"] if one.state == "answered" else None,
                rules.LOST if one.state == rules.LOST else Result.DONE.value,
            )
            for one in orders
            if one.state != "cancelled"
        ]

    def _give_up(self, destruction: str, reason: str) -> None:
        """Cancel a destruction that was requested for a case, unless it was executed."""
        service = self.desk.service("destructions")
        (row,) = service.rows([references.number(destruction)])
        if row.state in ("requested", "approved"):
            service.cancel([row.ref], reason=reason)

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
