"""Holdings: when each has to go, kept current in the transaction that changes anything about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select, update

from privdesk.core import laws, references
from privdesk.core.i18n import N_, _, current
from privdesk.core.periods import Period
from privdesk.core.register import Outcome, Query, Row
from privdesk.registers.desk import Change
from privdesk.registers.freezing import Frozen, frozen, labels
from privdesk.registers.holdings import rules
from privdesk.registers.holdings.rules import Terms
from privdesk.registers.records import Records
from privdesk.vault.payloads import OFFICE

LIVING = ("active", "held", "law")
SLOT_REASON = 1
_DAYS = ("collected_on", "ended_on", "kept_until", "law_from")  # of which the last day is made


class Holdings(Records):
    """Service of the holdings."""

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Work out from when the holding may no longer be kept."""
        purpose = self._number_in(values.get("purpose"))
        file = self._number_in(values.get("file"))
        if purpose is None:
            return {}
        began, collected = values.get("law_from"), values.get("collected_on")
        if began is not None and collected is not None and began < collected:
            raise rules.LawBeforeError(day=began, collected=collected)
        due = self._due(values, self.terms(purpose, file))
        return {"due_on": due, "state": self._state(values)}

    def written(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Write the person's search line again."""
        change.relist("subjects", self._subject_of(number))

    def unmake(self, change: Change, first: int, stop: int) -> None:
        """Delete the holdings of an import; the lines of people known before follow."""
        sql = (
            "SELECT DISTINCT subject FROM holdings WHERE id >= ? AND id < ?"
            " AND (subject < ? OR subject >= ?)"
        )
        others = self.vault.raw.execute(sql, (first, stop) * 2).fetchall()
        super().unmake(change, first, stop)
        for (subject,) in others:
            change.relist("subjects", subject)

    def rows(self, numbers: Sequence[int], *, reveal: bool = False) -> list[Row]:
        """Return holdings; one whose day has come is shown as due, with what is frozen of it."""
        today = self.desk.today()
        rows = [_told(_shown(row, today)) for row in super().rows(numbers, reveal=reveal)]
        held = frozen(self.desk, {self._number_in(row.values["subject"]) or 0 for row in rows})
        return [self._frozen(row, held) for row in rows] if held else rows

    def terms(self, purpose: int, file: int | None = None) -> Terms:
        """Return what rules a purpose's holdings; the file's own period goes first."""
        found = self.desk.service("purposes").terms(purpose)
        own = self._values("files", file).get("retention") if file else None
        retention = own if isinstance(own, Period) else found.retention
        return Terms(retention, found.ended_on, found.law, found.at_once)

    # -- actions

    def set_hold(self, refs: Sequence[str], *, reason: str) -> Outcome:
        """Put a legal hold on holdings; they cannot be destroyed until it is released."""
        return self._each(
            refs, {"hold": True, "state": "held", "due_on": None}, "holding.held", reason
        )

    def release_hold(self, refs: Sequence[str], *, reason: str) -> Outcome:
        """Release a legal hold; the day of destruction is worked out anew."""
        return self._each(refs, {"hold": False}, "holding.released", reason)

    def keep(self, refs: Sequence[str], *, law: str, until: date) -> Outcome:
        """Keep holdings because another law says so, apart and marked (Art. 21 (3))."""
        values = {"kept_law": law, "kept_until": until}
        return self._each(refs, values, "holding.kept", law)

    def end(self, refs: Sequence[str], *, on: date) -> Outcome:
        """Record that the purpose of these holdings has ended."""
        return self._each(refs, {"ended_on": on}, "purpose.ended", "")

    def withdrawn(self, change: Change, subject: int, purpose: int, on: date) -> int:
        """End a person's holdings for a purpose whose consent was withdrawn; return how many."""
        found = change.sql.execute(
            select(self.table.c.id).where(
                self.table.c.subject == subject,
                self.table.c.purpose == purpose,
                self.table.c.state.in_(LIVING),
                or_(self.table.c.ended_on.is_(None), self.table.c.ended_on > on),
            )
        ).scalars()
        numbers = list(found)
        for number in numbers:
            self._change_one(change, number, {"ended_on": on}, "purpose.ended", "")
        return len(numbers)

    # -- many at once

    def recompute(self, *, purpose: int | None = None, file: int | None = None) -> int:
        """Work out the day again for all holdings of a purpose or file; return how many moved."""
        t = self.table
        chosen = t.c.purpose == purpose if purpose is not None else t.c.file == file
        moved = 0
        with self.desk.change() as change:
            groups = change.sql.execute(
                select(t.c.purpose, t.c.file, *(t.c[name] for name in _DAYS))
                .where(chosen, t.c.state.in_(("active", "law")))
                .distinct()
            ).mappings()
            for row in groups.all():
                due = self._due(dict(row), self.terms(row["purpose"], row["file"]))
                moved += change.sql.execute(
                    update(t)
                    .where(
                        chosen,
                        t.c.state.in_(("active", "law")),
                        t.c.purpose == row["purpose"],
                        t.c.file == row["file"],
                        *(t.c[name].is_(row[name]) for name in _DAYS),
                        t.c.due_on.is_distinct_from(due),
                    )
                    .values(due_on=due)
                ).rowcount
            if moved:
                self.desk.service("subjects").relist_due(change)
            if not change.notes:
                change.note("record.changed", "holdings", count=moved, fields=("due_on",))
        return moved

    def count_in(self, file: int) -> int:
        """Return how many people a file holds by name or number."""
        sql = (
            "SELECT count(DISTINCT subject) FROM holdings"
            " WHERE file = ? AND state IN ('active', 'held', 'law')"
        )
        return int(self.vault.raw.execute(sql, (file,)).fetchone()[0])

    def of_subjects(self, subjects: Iterable[int]) -> dict[int, list[int]]:
        """Return the living holdings of each person."""
        found: dict[int, list[int]] = {}
        wanted = list(subjects)
        with self.vault.reading() as sql:
            for start in range(0, len(wanted), 900):
                part = wanted[start : start + 900]
                t = self.table  # the state is looked at here: its index would find a million
                rows = sql.execute(
                    select(t.c.id, t.c.subject, t.c.state).where(t.c.subject.in_(part))
                )
                for number, subject, state in rows:
                    if state in LIVING:
                        found.setdefault(subject, []).append(number)
        return found

    def due(self, on: date, limit: int | None = None) -> list[Row]:
        """Return the holdings to be destroyed from ``on`` or before, earliest first."""
        t = self.table
        statement = (
            select(t.c.id)
            .where(t.c.state.in_(("active", "law")), t.c.due_on <= on)
            .order_by(t.c.due_on, t.c.id)
            .limit(limit)
        )
        with self.vault.reading() as sql:
            return self.rows(list(sql.execute(statement).scalars()))

    def due_subjects(self, on: date) -> list[int]:
        """Return the people with something to be destroyed, earliest day first."""
        sql = (
            "SELECT subject FROM holdings WHERE state IN ('active', 'law') AND due_on <= ?"
            " GROUP BY subject ORDER BY min(due_on), subject"
        )
        return [row[0] for row in self.vault.raw.execute(sql, (on.isoformat(),)).fetchall()]

    def due_counts(self, on: date) -> list[tuple[int, int, date, int]]:
        """Return file, purpose, day and number of holdings due by ``on``."""
        t = self.table
        statement = (
            select(t.c.file, t.c.purpose, t.c.due_on, func.count())
            .where(t.c.state.in_(("active", "law")), t.c.due_on <= on)
            .group_by(t.c.file, t.c.purpose, t.c.due_on)
            .order_by(t.c.due_on)
        )
        with self.vault.reading() as sql:
            return [(r[0], r[1], r[2], r[3]) for r in sql.execute(statement).all()]

    def next_due(self, after: date) -> date | None:
        """Return the first day behind ``after`` on which something becomes due."""
        t = self.table
        statement = select(func.min(t.c.due_on)).where(
            t.c.state.in_(("active", "law")), t.c.due_on > after
        )
        with self.vault.reading() as sql:
            found: date | None = sql.execute(statement).scalar_one()
        return found

    def without_hold(self, values: Mapping[str, Any]) -> date | None:
        """Return the day a held holding would be due if it were released."""
        purpose, file = (self._number_in(values[name]) for name in ("purpose", "file"))
        return self._due({**values, "hold": False}, self.terms(purpose or 0, file))

    # -- inside

    def _due(self, values: Mapping[str, Any], terms: Terms) -> date | None:
        collected = values.get("collected_on")
        if values.get("hold") or collected is None:
            return None
        days = (values.get(name) for name in _DAYS[1:])
        return rules.day_due(terms, collected, *days)

    @staticmethod
    def _state(values: Mapping[str, Any]) -> str:
        if values.get("hold"):
            return "held"
        return "law" if values.get("kept_until") else "active"

    def _each(
        self, refs: Sequence[str], values: Mapping[str, Any], action: str, reason: str
    ) -> Outcome:
        with self.desk.change() as change:
            for ref in refs:
                self._change_one(change, self.number(ref), values, action, reason)
        return Outcome(_(N_("{n} holdings changed")).format(n=len(refs)), tuple(refs))

    def _change_one(
        self, change: Change, number: int, values: Mapping[str, Any], action: str, reason: str
    ) -> None:
        before = self.rows([number], reveal=True)[0].values
        after = {**before, **values}
        stored = {**values, **self.derive(after, before)}
        columns = {name: v for name, v in stored.items() if name in self.table.c}
        change.sql.execute(update(self.table).where(self.table.c.id == number).values(**columns))
        if action == "holding.held":
            self.vault.payloads.put(OFFICE, number, {SLOT_REASON: reason})
        change.note(action, "holdings", number, fields=tuple(values), reason=reason)
        self.written(change, number, values)

    def _subject_of(self, number: int) -> int:
        sql = "SELECT subject FROM holdings WHERE id = ?"
        return int(self.vault.raw.execute(sql, (number,)).fetchone()[0])

    def _values(self, register: str, number: int) -> Mapping[str, Any]:
        rows = self.desk.service(register).rows([number])
        return rows[0].values if rows else {}

    def _frozen(self, row: Row, held: Frozen) -> Row:
        """Return a holding with the items it needs that are frozen."""
        here = held.get(self._number_in(row.values["subject"]) or 0)
        if here is None or row.state in ("destroyed", "void"):
            return row
        needed = frozenset(
            references.number(ref)
            for ref in self.desk.service("purposes").items_of(
                self._number_in(row.values["purpose"]) or 0
            )
        )
        touched = here & needed if here else here
        if here and not touched:
            return row
        return replace(row, values={**row.values, "frozen": labels(self.desk, touched)})

    @staticmethod
    def _number_in(ref: Any) -> int | None:
        return references.number(ref) if ref else None

    def _matching(self, query: Query) -> list[int]:
        """Let ``state=due`` mean: the day has come."""
        states = query.where.get("state")
        if states is None or "due" not in ([states] if isinstance(states, str) else states):
            return super()._matching(query)
        where = {k: v for k, v in query.where.items() if k != "state"}
        numbers = super()._matching(Query(query.text, where, query.sort, query.descending))
        due = {row.id for row in self.due(self.desk.today())}
        return [n for n in numbers if n in due]


def _told(row: Row) -> Row:
    """Return a holding with the law that keeps it in the language of the screen."""
    law = row.values.get("kept_law")
    if not law:
        return row
    return replace(row, values={**row.values, "kept_law": laws.told(str(law), current())})


def _shown(row: Row, today: date) -> Row:
    due = row.values.get("due_on")
    if row.state in ("active", "law") and due is not None and due <= today:
        return Row(row.id, row.ref, row.values, "due", row.masked, row.titles)
    return row
