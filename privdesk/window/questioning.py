"""Questions and answers as their page drives them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from privdesk.core.errors import DomainError
from privdesk.core.i18n import current, ngettext
from privdesk.core.register import Outcome, Row
from privdesk.registers.desk import Change, Desk
from privdesk.ui.questions.asked import NO, Asked, Line

USUAL = timedelta(days=30)  # until when what is lacking is put right, unless another day is typed


class NobodyAnswersError(DomainError):
    """{ref} does not say who answers for the work, so nobody would put right what a No finds.
    Nothing was recorded; enter that in the audit first, or answer this question by its own step.
    """


class Questioning:
    """The answers of one register: reads all of a record, records them in one transaction.

    ``register`` holds the records, ``answers`` their questions.
    """

    def __init__(self, desk: Desk, register: str, answers: str) -> None:
        self._desk = desk
        self._register = register
        self._answers = answers

    def asked(self, ref: str) -> Asked:
        """Return the questions of a record as they are answered so far."""
        service = self._desk.service(self._register)
        (row,) = service.rows([service.number(ref)])
        found = self._desk.service(self._answers).of(row.id)
        lines = tuple(self._line(one) for one in found)
        due = self._desk.today() + USUAL
        named = service.register.title_field or "title"
        return Asked(row.ref, str(row.values[named]), lines, due.isoformat())

    def record(self, ref: str, lines: Sequence[Line]) -> Outcome:
        """Record these answers, all or none."""
        with self._desk.change() as change:
            for one in lines:
                self._record(change, one)
        return Outcome(ngettext("{n} answered", "{n} answered", len(lines)), (ref,))

    # -- what registers refine

    def _line(self, row: Row) -> Line:
        """Return a question as it stands; what is lacking stands with its answer."""
        values = row.values
        due = values["due"].isoformat() if values["due"] else ""
        return line_of(row, str(values["finding"] or ""), due)

    def _record(self, change: Change, one: Line) -> None:
        service = self._desk.service(self._answers)
        service.amend(change, service.number(one.ref), _values(one))


class Auditing(Questioning):
    """The answers of audits: a No makes a finding, put right by who answers for the work."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "audits", "audit-answers")

    def _line(self, row: Row) -> Line:
        found = self._desk.service("audit-findings").of_answer(row.id)
        if not found:
            return line_of(row)
        told = found[-1].values
        return line_of(row, str(told["finding"] or ""), told["due"].isoformat())

    def _record(self, change: Change, one: Line) -> None:
        service, findings = (
            self._desk.service("audit-answers"),
            self._desk.service("audit-findings"),
        )
        (row,) = service.rows([service.number(one.ref)])
        if one.answer != NO:
            service.amend(change, row.id, {"answer": one.answer, "evidence": one.evidence})
            return
        known = findings.of_answer(row.id)
        owner = known[-1].values["owner"] if known else service.parent(row).values["responsible"]
        if not owner:
            raise NobodyAnswersError(ref=service.parent(row).ref)
        told = {"finding": one.finding, "owner": owner, "due": one.due, "evidence": one.evidence}
        service.act("no", [one.ref], told)


def line_of(row: Row, finding: str = "", due: str = "") -> Line:
    """Return a question in the language of the screen, with its answer so far."""
    values = row.values
    section, question = str(values["section"] or ""), str(values["question"] or "")
    section_en, _newline, english = str(values["question_en"] or "").partition("\n")
    if current() == "en" and english:
        section, question = section_en, english
    return Line(
        ref=row.ref,
        no=values["no"],
        section=section,
        question=question,
        answer=str(values["answer"] or ""),
        finding=finding,
        due=due,
        evidence=str(values["evidence"] or ""),
    )


def _values(one: Line) -> dict[str, Any]:
    told: dict[str, Any] = {"answer": one.answer, "evidence": one.evidence}
    lacking = one.answer == NO
    return {**told, "finding": one.finding * lacking, "due": one.due * lacking}
