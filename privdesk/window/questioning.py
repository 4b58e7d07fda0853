"""Questions and answers as their page drives them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from privdesk.core.i18n import current, ngettext
from privdesk.core.register import Outcome, Row
from privdesk.registers.desk import Desk
from privdesk.ui.questions.asked import NO, Asked, Line

USUAL = timedelta(days=30)  # until when what is lacking is put right, unless another day is typed


class Questioning:
    """The answers of one register: reads all of a record, records them in one transaction.

    ``register`` holds the records, ``answers`` their questions; its service knows
    ``of_inspection``.
    """

    def __init__(self, desk: Desk, register: str, answers: str) -> None:
        self._desk = desk
        self._register = register
        self._answers = answers

    def asked(self, ref: str) -> Asked:
        """Return the questions of a record as they are answered so far."""
        service = self._desk.service(self._register)
        (row,) = service.rows([service.number(ref)])
        found = self._desk.service(self._answers).of_inspection(row.id)
        lines = tuple(_line(one) for one in found)
        due = self._desk.today() + USUAL
        return Asked(row.ref, str(row.values["title"]), lines, due.isoformat())

    def record(self, ref: str, lines: Sequence[Line]) -> Outcome:
        """Record these answers, all or none."""
        service = self._desk.service(self._answers)
        with self._desk.change() as change:
            for one in lines:
                service.amend(change, service.number(one.ref), _values(one))
        return Outcome(ngettext("{n} answered", "{n} answered", len(lines)), (ref,))


def _line(row: Row) -> Line:
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
        finding=str(values["finding"] or ""),
        due=values["due"].isoformat() if values["due"] else "",
        evidence=str(values["evidence"] or ""),
    )


def _values(one: Line) -> dict[str, Any]:
    told: dict[str, Any] = {"answer": one.answer, "evidence": one.evidence}
    lacking = one.answer == NO
    return {**told, "finding": one.finding * lacking, "due": one.due * lacking}
