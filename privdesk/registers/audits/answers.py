"""Answers of audits: given while the audit is open; a No makes a finding, a Yes takes it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from privdesk.core.i18n import N_, _
from privdesk.core.register import Outcome, Row
from privdesk.registers.audits import rules
from privdesk.registers.audits.answered import SLOTS
from privdesk.registers.audits.rules import MINOR
from privdesk.registers.desk import Change
from privdesk.registers.questionnaires import ANSWERED, Questionnaire
from privdesk.registers.questions import NO, NONE, YES, Question


class AuditAnswers(Questionnaire):
    """Service of the answers of audits."""

    ASKED_BY, LINK = "audits", "audit"
    steppers = ("auditor",)
    SLOTS = SLOTS

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Move the state with the answer."""
        return {"state": ANSWERED.get(str(values.get("answer") or ""), "open")}

    def amend(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Answer a question; what is no longer a No takes its finding back."""
        super().amend(change, number, values)
        (row,) = self.rows([number])
        findings = self.desk.service("audit-findings")
        if row.state == "good":
            findings.take_back(change, number)
        elif row.state == "lacking" and not findings.of_answer(number):
            raise rules.NothingFoundError(no=row.values["no"])

    # -- actions

    def yes(self, refs: Sequence[str], *, evidence: str = "") -> Outcome:
        """Answer with Yes."""
        return self._answer(refs, {"answer": YES, **_shown(evidence)})

    def not_applicable(self, refs: Sequence[str]) -> Outcome:
        """Say that questions do not apply."""
        return self._answer(refs, {"answer": NONE})

    def no(
        self,
        refs: Sequence[str],
        *,
        finding: str,
        owner: str,
        due: date,
        severity: str = "",
        evidence: str = "",
    ) -> Outcome:
        """Answer with No: what was found, who puts it right, and by when."""
        made = []
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                self.require_open(row)
                told = {
                    "finding": finding,
                    "severity": severity or MINOR,
                    "owner": owner,
                    "due": due,
                }
                found = self.desk.service("audit-findings").found(change, row, told)
                made.append(self.desk.ref("audit-findings", found))
                self.amend(change, row.id, {"answer": NO, **_shown(evidence)})
        return Outcome(_(N_("Finding entered: {refs}")).format(refs=", ".join(made)), tuple(refs))

    # -- for audits and papers

    def ask(self, change: Change, audit: int, asked: Sequence[Question]) -> None:
        """Enter the questions of an audit, each with the clause it speaks of."""
        clauses = {one.no: {"clause": rules.clause_of(one.korean, one.section)} for one in asked}
        self.ask_all(change, audit, asked, clauses)

    def require_open(self, row: Row) -> None:
        """Refuse to answer once the audit is finished."""
        audit = self.parent(row)
        if audit.state != "planned":
            raise rules.AuditFinishedError(ref=audit.ref)
        self.desk.service("audits").require_mine([audit])


def _shown(evidence: str) -> dict[str, str]:
    return {"evidence": evidence} if evidence else {}
