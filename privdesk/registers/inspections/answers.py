"""Answers: given while an inspection is open, put right afterwards, never changed silently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import insert, select, update

from privdesk.core import references
from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.register import Outcome, Row
from privdesk.registers.desk import Change
from privdesk.registers.inspections import rules
from privdesk.registers.inspections.answered import (
    NO,
    NONE,
    SLOT_EN,
    SLOT_QUESTION,
    SLOT_REMEDY,
    SLOT_SECTION,
    YES,
)
from privdesk.registers.records import Records
from privdesk.vault.payloads import OFFICE

_STATES = {YES: "good", NONE: "good", NO: "lacking"}


class Answers(Records):
    """Service of the answers of inspections."""

    def insert(self, change: Change, values: Mapping[str, Any]) -> int:
        """Refuse a question that the inspection does not ask; a list only answers."""
        raise rules.NoNewAnswerError(
            inspection=values.get("inspection", ""), no=values.get("no", "")
        )

    def titles(self, numbers: Sequence[int]) -> dict[int, str]:
        """Return the numbers of questions."""
        t = self.table
        with self.vault.reading() as sql:
            rows = sql.execute(select(t.c.id, t.c.no).where(t.c.id.in_(numbers))).all()
        return {number: str(no) for number, no in rows}

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Move the state with the answer; a No needs what is lacking and a day."""
        answer = str(values.get("answer") or "")
        told = str(values.get("finding") or "").strip()
        if answer == NO and (not told or values.get("due") is None):
            raise rules.DueMissingError(no=values.get("no"))
        if answer == NO and (before or {}).get("due") != values["due"]:
            self._refuse_past(str(values["inspection"]), values["due"])
        return {"state": _STATES.get(answer, "open")}

    def amend(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Answer a question; refuse it once the inspection is finished."""
        (row,) = self.rows([number])
        self._require_open(row)
        super().amend(change, number, values)

    # -- actions

    def yes(self, refs: Sequence[str], *, evidence: str = "") -> Outcome:
        """Answer with Yes."""
        told = {"answer": YES, "finding": "", "due": ""}
        return self._answer(refs, {**told, **({"evidence": evidence} if evidence else {})})

    def no(self, refs: Sequence[str], *, finding: str, due: date, evidence: str = "") -> Outcome:
        """Answer with No: what is lacking, and by when it is put right."""
        told: dict[str, Any] = {"answer": NO, "finding": finding, "due": due}
        return self._answer(refs, {**told, **({"evidence": evidence} if evidence else {})})

    def not_applicable(self, refs: Sequence[str]) -> Outcome:
        """Say that questions do not apply."""
        return self._answer(refs, {"answer": NONE, "finding": "", "due": ""})

    def fix(self, refs: Sequence[str], *, remedy: str, on: date | None = None) -> Outcome:
        """Record that what was lacking was put right."""
        day = on or self.desk.today()
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                self.mend(change, row, day, remedy)
        told = ngettext("{n} put right", "{n} put right", len(refs))
        return Outcome(told, tuple(refs))

    def extend(self, refs: Sequence[str], *, due: date, reason: str) -> Outcome:
        """Give more time, with the reason in the journal."""
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                self._put(change, row.id, due=due)
                told = {"fields": ("due",), "reason": reason}
                change.note("record.changed", self.register.name, row.id, **told)
        return Outcome(_(N_("Put right by {day}")).format(day=due), tuple(refs))

    # -- for inspections, findings and papers

    def postpone(self, change: Change, row: Row, due: date) -> None:
        """Give an answer the day that was set when it was asked again."""
        self._put(change, row.id, due=due)
        change.note("record.changed", self.register.name, row.id, fields=("due",))

    def ask(
        self,
        change: Change,
        inspection: int,
        processor: int,
        questions: Sequence[rules.Question],
        earlier: Mapping[int, int] | None = None,
    ) -> None:
        """Enter the questions of an inspection, unanswered; ``earlier`` are answers by number."""
        numbers = self.vault.new_ids(len(questions))
        lines = [
            {
                "id": number,
                "state": "open",
                "inspection": inspection,
                "processor": processor,
                "no": one.no,
                "earlier": (earlier or {}).get(one.no),
            }
            for number, one in zip(numbers, questions, strict=True)
        ]
        if lines:
            change.sql.execute(insert(self.table), lines)
        for number, one in zip(numbers, questions, strict=True):
            sealed = {
                SLOT_SECTION: one.section,
                SLOT_QUESTION: one.korean,
                SLOT_EN: f"{one.section_en}\n{one.english}" if one.english else "",
            }
            self.vault.payloads.put(OFFICE, number, {s: t for s, t in sealed.items() if t})

    def drop_open(self, change: Change, inspection: int) -> None:
        """Take the questions without an answer out: they were answered on paper."""
        t = self.table
        gone = update(t).where(t.c.inspection == inspection, t.c.state == "open")
        change.sql.execute(gone.values(state="void"))

    def of_inspection(self, inspection: int, *states: str) -> list[Row]:
        """Return the answers of an inspection by number, in some states or in all."""
        t = self.table
        wanted = select(t.c.id).where(t.c.inspection == inspection, t.c.state != "void")
        if states:
            wanted = wanted.where(t.c.state.in_(states))
        with self.vault.reading() as sql:
            return self.rows(list(sql.execute(wanted.order_by(t.c.no)).scalars()))

    def tally(self, inspections: Sequence[int]) -> dict[int, dict[str, int]]:
        """Return how many answers of each kind inspections have; ``open`` are those lacking."""
        found: dict[int, dict[str, int]] = {}
        for start in range(0, len(inspections), 900):
            part = inspections[start : start + 900]
            marks = ",".join("?" * len(part))
            sql = (
                "SELECT inspection, coalesce(answer, ''), state, count(*) FROM inspection_answers"
                f" WHERE inspection IN ({marks}) AND state <> 'void' GROUP BY 1, 2, 3"
            )
            for number, answer, state, count in self.vault.raw.execute(sql, part).fetchall():
                told = found.setdefault(number, {})
                told[answer] = told.get(answer, 0) + count
                if state == "lacking":
                    told["open"] = told.get("open", 0) + count
        return found

    def mend(self, change: Change, row: Row, day: date, remedy: str) -> None:
        """Record what was put right of one answer, and close its inspection with the last."""
        if day > self.desk.today():
            raise rules.HeldLaterError(day=day)
        inspections = self.desk.service("inspections")
        number = references.parse(str(row.values["inspection"]))[1]
        held = inspections.rows([number])[0].values["held_on"]
        if held is not None and day < held:
            raise rules.FixedEarlierError(held=held, day=day)
        self._put(change, row.id, state="fixed", fixed_on=day)
        self.vault.payloads.put(OFFICE, row.id, {SLOT_REMEDY: remedy})
        change.note("finding.fixed", self.register.name, row.id, fields=("fixed_on", "remedy"))
        inspections.settle(change, number)
        if earlier := str(row.values["earlier"] or ""):  # asked again: it is put right there too
            (asked,) = self.rows([references.parse(earlier)[1]])
            if asked.state == "lacking":
                self.mend(change, asked, day, remedy)

    def lacking(self) -> list[rules.Lacking]:
        """Return what is not put right of finished inspections, the most urgent first."""
        sql = (
            "SELECT a.id, a.no, a.processor, a.due FROM inspection_answers a"
            " JOIN inspections i ON i.id = a.inspection"
            " WHERE a.state = 'lacking' AND i.state = 'findings' ORDER BY a.due, a.id"
        )
        rows = self.vault.raw.execute(sql).fetchall()
        names = self.desk.service("processors").titles(sorted({row[2] for row in rows}))
        return [
            rules.Lacking(
                self.desk.ref(self.register.name, number),
                no,
                names.get(processor, ""),
                date.fromisoformat(due) if due else None,
            )
            for number, no, processor, due in rows
        ]

    # -- inside

    def _answer(self, refs: Sequence[str], values: Mapping[str, Any]) -> Outcome:
        with self.desk.change() as change:
            for ref in refs:
                self.amend(change, self.number(ref), values)
        return Outcome(ngettext("{n} answered", "{n} answered", len(refs)), tuple(refs))

    def _require_open(self, row: Row) -> None:
        number = references.parse(str(row.values["inspection"]))[1]
        (inspection,) = self.desk.service("inspections").rows([number])
        if inspection.state != "planned":
            raise rules.FinishedError(ref=inspection.ref)

    def _refuse_past(self, inspection: str, due: date) -> None:
        """Refuse a day before the question was asked; of one held long ago that day counts."""
        (row,) = self.desk.service("inspections").rows([references.parse(inspection)[1]])
        asked: date = row.values["held_on"] or self.desk.today()
        if due < asked:
            raise rules.DueEarlierError(due=due, held=asked)

    def _put(self, change: Change, number: int, **values: Any) -> None:
        t = self.table
        change.sql.execute(update(t).where(t.c.id == number).values(**values))
