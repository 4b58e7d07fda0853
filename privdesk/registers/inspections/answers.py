"""Answers: given while an inspection is open, put right afterwards, never changed silently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from privdesk.core import references
from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.register import Outcome, Row
from privdesk.registers.desk import Change
from privdesk.registers.inspections import rules
from privdesk.registers.inspections.answered import (
    SLOT_EN,
    SLOT_QUESTION,
    SLOT_REMEDY,
    SLOT_SECTION,
)
from privdesk.registers.questionnaires import ANSWERED, Questionnaire, Slots
from privdesk.registers.questions import NO, NONE, YES, Question
from privdesk.vault.payloads import OFFICE


class Answers(Questionnaire):
    """Service of the answers of inspections."""

    ASKED_BY, LINK = "inspections", "inspection"
    SLOTS = Slots(SLOT_SECTION, SLOT_QUESTION, SLOT_EN)

    def insert(self, change: Change, values: Mapping[str, Any]) -> int:
        """Refuse a question that the inspection does not ask; a list only answers."""
        raise rules.NoNewAnswerError(
            inspection=values.get("inspection", ""), no=values.get("no", "")
        )

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Move the state with the answer; a No needs what is lacking and a day."""
        answer = str(values.get("answer") or "")
        told = str(values.get("finding") or "").strip()
        if answer == NO and (not told or values.get("due") is None):
            raise rules.DueMissingError(no=values.get("no"))
        if answer == NO and (before or {}).get("due") != values["due"]:
            self._refuse_past(str(values["inspection"]), values["due"])
        return {"state": ANSWERED.get(answer, "open")}

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
        questions: Sequence[Question],
        earlier: Mapping[int, int] | None = None,
    ) -> None:
        """Enter the questions of an inspection, unanswered; ``earlier`` are answers by number."""
        before = {no: {"earlier": number} for no, number in (earlier or {}).items()}
        self.ask_all(change, inspection, questions, before, processor=processor)

    def of_inspection(self, inspection: int, *states: str) -> list[Row]:
        """Return the answers of an inspection by number, in some states or in all."""
        return self.of(inspection, *states)

    def mend(self, change: Change, row: Row, day: date, remedy: str) -> None:
        """Record what was put right of one answer, and close its inspection with the last."""
        if day > self.desk.today():
            raise rules.HeldLaterError(day=day)
        inspections = self.desk.service("inspections")
        number = references.number(row.values["inspection"])
        held = inspections.rows([number])[0].values["held_on"]
        if held is not None and day < held:
            raise rules.FixedEarlierError(held=held, day=day)
        self._put(change, row.id, state="fixed", fixed_on=day)
        self.vault.payloads.put(OFFICE, row.id, {SLOT_REMEDY: remedy})
        change.note("finding.fixed", self.register.name, row.id, fields=("fixed_on", "remedy"))
        inspections.settle(change, number)
        if earlier := str(row.values["earlier"] or ""):  # asked again: it is put right there too
            (asked,) = self.rows([references.number(earlier)])
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

    def require_open(self, row: Row) -> None:
        """Refuse to answer once the inspection is finished."""
        inspection = self.parent(row)
        if inspection.state != "planned":
            raise rules.FinishedError(ref=inspection.ref)

    def _refuse_past(self, inspection: str, due: date) -> None:
        """Refuse a day before the question was asked; of one held long ago that day counts."""
        (row,) = self.desk.service("inspections").rows([references.number(inspection)])
        asked: date = row.values["held_on"] or self.desk.today()
        if due < asked:
            raise rules.DueEarlierError(due=due, held=asked)
