"""The unusual things of a review: entered by counting, explained by somebody."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert, update

from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.register import Outcome
from privdesk.registers.desk import Change
from privdesk.registers.log_reviews import reading, rules
from privdesk.registers.log_reviews.marks import SLOT_BY, SLOT_EXPLANATION
from privdesk.registers.log_reviews.rules import LABELS, MOST_KEPT, Mark, Sort
from privdesk.registers.records import Records
from privdesk.vault.payloads import OFFICE

_SHOWN = 8  # numbers of entries in words


class LogMarks(Records):
    """Service of the unusual things."""

    writers = ()

    def computed(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the name of who did it, and the numbers of the entries."""
        entries = json.loads(str(values["entries"]))
        told = ", ".join(f"{number:,}" for number in entries[:_SHOWN])
        more = " …" if len(entries) > _SHOWN else ""
        who = reading.person_name(self.desk, int(values["person"]))
        short = f"{_(LABELS[Sort(str(values['kind']))])} · {who} · {values['on']}"
        return {"who": who, "numbers": told + more, "short": short}

    def entries_of(self, number: int) -> list[int]:
        """Return the numbers of the entries that a mark stands for."""
        sql = "SELECT entries FROM log_marks WHERE id = ?"
        row = self.vault.raw.execute(sql, (number,)).fetchone()
        return list(json.loads(row[0])) if row else []

    def people(self, review: int) -> set[int]:
        """Return whose access is among the unusual things of a review."""
        sql = "SELECT DISTINCT person FROM log_marks WHERE review = ? AND state <> 'void'"
        return {int(row[0]) for row in self.vault.raw.execute(sql, (review,))}

    def of_review(self, review: int) -> list[int]:
        """Return the marks of a review, by day."""
        sql = "SELECT id FROM log_marks WHERE review = ? AND state <> 'void' ORDER BY \"on\", id"
        return [row[0] for row in self.vault.raw.execute(sql, (review,))]

    def enter(self, change: Change, review: int, found: Sequence[Mark]) -> int:
        """Put what was found in the place of what was; what is the same stays explained."""
        t = self.table
        sql = 'SELECT id, kind, "on", person, entries FROM log_marks WHERE review = ?'
        known = {tuple(row[1:]): row[0] for row in self.vault.raw.execute(sql, (review,))}
        wanted = {
            (m.sort.value, m.day.isoformat(), m.person, json.dumps(m.entries[:MOST_KEPT])): m
            for m in found
        }
        for key in known.keys() - wanted.keys():
            self.vault.payloads.drop(OFFICE, known[key])
            change.sql.execute(delete(t).where(t.c.id == known[key]))
        fresh = [(key, mark) for key, mark in wanted.items() if key not in known]
        numbers = self.vault.new_ids(len(fresh)) if fresh else []
        for number, (key, mark) in zip(numbers, fresh, strict=True):
            change.sql.execute(
                insert(t).values(
                    id=number,
                    state="open",
                    review=review,
                    kind=mark.sort.value,
                    on=mark.day,
                    person=mark.person,
                    count=mark.count,
                    entries=key[3],
                )
            )
        return len(wanted)

    def look(self, refs: Sequence[str]) -> Outcome:
        """Say where the entries stand; the screen opens the journal at them."""
        (row,) = self.rows([self.number(refs[0])])
        told = _(N_("Entries: {numbers}")).format(numbers=row.values["numbers"])
        return Outcome(told, tuple(refs[:1]), go=("journal", row.ref))

    def explain(self, refs: Sequence[str], *, explanation: str) -> Outcome:
        """Enter what unusual things were, as long as their review is not signed."""
        t = self.table
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                self._require_open(str(row.values["review"]))
                told = {SLOT_EXPLANATION: explanation, SLOT_BY: self.vault.person.name}
                self.vault.payloads.put(OFFICE, row.id, told)
                change.sql.execute(update(t).where(t.c.id == row.id).values(state="explained"))
                change.note("log.explained", self.register.name, row.id)
        return Outcome(ngettext("{n} explained", "{n} explained", len(refs)), tuple(refs))

    def _require_open(self, review: str) -> None:
        if self.desk.service("log-reviews").get(review).state != "open":
            raise rules.SignedError(ref=review)
