"""Files: people counted or entered, and the day of those that are only counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import or_, select, update

from privdesk.core import references
from privdesk.core.fields import Kind
from privdesk.core.periods import Period
from privdesk.core.register import Query, Row
from privdesk.core.values import from_column
from privdesk.registers.desk import Change
from privdesk.registers.files import rules
from privdesk.registers.named import NamedRecords

COUNT = "count"


class Files(NamedRecords):
    """Service of the files of personal data."""

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Refuse what cannot be; work out the day of a counted file."""
        super().derive(values, before)
        counted = values.get("holds") == COUNT
        people = values.get("people") if counted else None
        since, until = values.get("collected_from"), values.get("collected_to")
        rules.check(since, until, people)
        return {"people": people, "due_on": self._due(values) if counted else None}

    def written(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Have the days of the file's holdings worked out again where its period changed."""
        if "retention" in values:
            self.desk.service("holdings").recompute(file=number)

    def computed(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return how many people a file holds by name or number."""
        if values.get("holds") == COUNT:
            return {}
        return {"people": self.desk.service("holdings").count_in(values["id"])}

    def rows(self, numbers: Sequence[int], *, reveal: bool = False) -> list[Row]:
        """Return files; a counted one whose day has come is shown as due."""
        today = self.desk.today()
        return [_shown(row, today) for row in super().rows(numbers, reveal=reveal)]

    # -- for other registers

    def recompute(self, *, purpose: int) -> int:
        """Work out the day again of the counted files of a purpose; return how many moved."""
        t, moved = self.table, 0
        with self.desk.change() as change:
            wanted = select(t.c.id).where(
                t.c.purpose == purpose, t.c.holds == COUNT, t.c.state == "active"
            )
            for row in self.rows(list(change.sql.execute(wanted).scalars())):
                due = self._due(row.values)
                if due != row.values["due_on"]:
                    change.sql.execute(update(t).where(t.c.id == row.id).values(due_on=due))
                    change.note("record.changed", "files", row.id, fields=("due_on",))
                    moved += 1
            if not change.notes:
                change.note("record.changed", "files", count=moved, fields=("due_on",))
        return moved

    def at_place(self, place: int) -> list[int]:
        """Return the living files whose original or copy is kept at a place."""
        t = self.table
        ref = self.desk.ref("places", place)
        with self.vault.reading() as sql:
            wanted = or_(t.c.place == place, t.c.copies.contains(f'"{ref}"', autoescape=True))
            found = sql.execute(
                select(t.c.id).where(wanted, t.c.state == "active").order_by(t.c.id)
            )
            return list(found.scalars())

    def places_of(self, number: int) -> tuple[str, ...]:
        """Return the references of the places of a file: the original's first, each once."""
        t = self.table  # not ``rows``: nobody asks how many people it holds
        with self.vault.reading() as sql:
            row = sql.execute(select(t.c.place, t.c.copies).where(t.c.id == number)).one()
        place = self.desk.ref("places", row.place) if row.place else ""
        return tuple(dict.fromkeys([place, *from_column(Kind.LINKS, row.copies)]))

    def due(self, on: date) -> list[Row]:
        """Return the counted files to be destroyed from ``on`` or before, earliest first."""
        t = self.table
        wanted = (
            select(t.c.id)
            .where(t.c.state == "active", t.c.due_on <= on)
            .order_by(t.c.due_on, t.c.id)
        )
        with self.vault.reading() as sql:
            return self.rows(list(sql.execute(wanted).scalars()))

    def mark_destroyed(self, change: Change, number: int, certificate: str) -> None:
        """Mark a file as destroyed under a certificate; the caller journals it."""
        change.sql.execute(
            update(self.table)
            .where(self.table.c.id == number)
            .values(state="destroyed", certificate=certificate, due_on=None)
        )

    def used_by(self, number: int) -> str:
        """Return a living holding of the file, or nothing."""
        where = {"file": self.desk.ref("files", number), "state": ["active", "held", "law"]}
        rows = self.desk.service("holdings").find(Query(where=where), limit=1)
        return rows[0].ref if rows else ""

    def facts(self, row: Row) -> rules.FileFacts:
        """Return what the rules need of a counted file."""
        values = row.values
        return rules.FileFacts(
            ref=row.ref,
            name=str(values["name"]),
            people=values["people"] or 0,
            due=values["due_on"],
            period=self._period(values),
            dated=(values["collected_to"] or values["collected_from"]) is not None,
        )

    # -- inside

    def _matching(self, query: Query) -> list[int]:
        """Let ``state=due`` mean: the day has come."""
        states = query.where.get("state")
        if states is None or "due" not in ([states] if isinstance(states, str) else states):
            return super()._matching(query)
        others = [s for s in ([] if isinstance(states, str) else states) if s != "due"]
        where = {**query.where, "state": [*others, "active"]}
        due = {row.id for row in self.due(self.desk.today())}
        wanted = super()._matching(replace(query, where=where))
        plain = set(super()._matching(replace(query, where={**where, "state": others})))
        return [number for number in wanted if number in due or number in plain]

    def _due(self, values: Mapping[str, Any]) -> date | None:
        terms = self._terms(values)
        return rules.due_on(
            values.get("collected_to") or values.get("collected_from"),
            self._period(values),
            terms.ended_on if terms else None,
            terms.law if terms else None,
        )

    def _period(self, values: Mapping[str, Any]) -> Period | None:
        own = values.get("retention")
        if isinstance(own, Period):
            return own
        terms = self._terms(values)
        return terms.retention if terms else None

    def _terms(self, values: Mapping[str, Any]) -> Any:
        """Return the terms of the file's purpose, or None without one."""
        ref = values.get("purpose")
        if not ref:
            return None
        return self.desk.service("purposes").terms(references.number(ref))


def _shown(row: Row, today: date) -> Row:
    due = row.values.get("due_on")
    if row.state == "active" and due is not None and due <= today:
        return replace(row, state="due")
    return row
