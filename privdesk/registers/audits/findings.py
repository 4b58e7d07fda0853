"""Findings of audits: made by a No or by hand, put right, verified, or accepted by the CPO."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select, update

from privdesk.core import references
from privdesk.core.hangul import is_called, name_key
from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.register import Outcome, Row
from privdesk.registers.audits import rules
from privdesk.registers.audits.found import (
    SLOT_ACTION,
    SLOT_BY,
    SLOT_SEEN,
    SLOT_VERIFIER,
    SLOT_WHY,
)
from privdesk.registers.audits.rules import State
from privdesk.registers.desk import Change
from privdesk.registers.records import RecordGoneError, Records
from privdesk.vault.payloads import OFFICE

_LATER = frozenset(("note", "earlier"))  # what may change of one that was dealt with
_REPORTED = _LATER | {"wanted"}  # of one whose audit is finished


class AuditFindings(Records):
    """Service of the findings of audits."""

    settles = ("audits",)
    steppers = ("auditor",)

    def insert(self, change: Change, values: Mapping[str, Any]) -> int:
        """Enter a finding; one of a question asked before is linked to the earlier one."""
        number = super().insert(change, values)
        (row,) = self.rows([number])
        self._audits.settle(change, references.number(row.values["audit"]))
        return number

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Give a new finding its day; refuse a due day before it, and a wrong earlier one."""
        known = before or {}
        if known.get("due") != values.get("due"):
            rules.check_far(values.get("due"), self.desk.today())
        if known.get("owner") != values.get("owner"):
            self._refuse_auditor(str(values["audit"]), str(values.get("owner") or ""))
        if before is not None:
            rules.check_due(values.get("due"), values.get("found_on"))
            self._check_earlier(values)
            return {}
        (audit,) = self._audits.rows([references.number(values["audit"])])
        if audit.state == "void":
            raise RecordGoneError(ref=audit.ref)
        found = audit.values["held_until"] or audit.values["held_on"] or self.desk.today()
        rules.check_due(values.get("due"), found)
        self._check_earlier(values)
        clause = values.get("clause") or rules.clause_of(str(values.get("finding") or ""))
        return {"found_on": found, "clause": clause, "state": State.OPEN.value}

    def amend(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Change what was found while it is open."""
        (row,) = self.rows([number])
        typed = self.checked(values, whole=False)
        changed = {name for name, value in typed.items() if row.values.get(name) != value}
        if not changed <= _LATER:
            rules.require_state(row.ref, row.state, State.OPEN)
        if not changed <= _REPORTED:
            (audit,) = self._audits.rows([references.number(row.values["audit"])])
            if audit.state in ("findings", "closed"):
                raise rules.ReportedError(ref=row.ref)
        super().amend(change, number, values)

    def written(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Keep what a finished audit found: it is put right or accepted, never taken out of use."""
        (row,) = self.rows([number])
        (audit,) = self._audits.rows([references.number(row.values["audit"])])
        if row.state == "void" and audit.state in ("findings", "closed"):
            raise rules.AuditFinishedError(ref=audit.ref)

    def unmake(self, change: Change, first: int, stop: int) -> None:
        """Delete the findings of an import; an audit that only they held open is closed again."""
        sql = "SELECT DISTINCT audit FROM audit_findings WHERE id >= ? AND id < ?"
        audits = self.vault.raw.execute(sql, (first, stop)).fetchall()
        super().unmake(change, first, stop)
        for (audit,) in audits:
            self._audits.settle(change, audit)

    # -- actions

    def done(
        self, refs: Sequence[str], *, action: str, on: date | None = None, file: str = ""
    ) -> Outcome:
        """Record the corrective action, with its proof."""
        day = on or self.desk.today()
        with self.desk.change() as change:
            for row in self._rows(refs):
                rules.check_step(day, row.values["found_on"], self.desk.today())
                self._move(change, row, State.DONE, done_on=day)
                self.vault.payloads.put(OFFICE, row.id, {SLOT_ACTION: action})
                change.note("finding.fixed", self.register.name, row.id, fields=("done_on",))
                if file:
                    self._papers.attach(change, self.register.name, row.id, file, "evidence")
        return Outcome(ngettext("{n} put right", "{n} put right", len(refs)), tuple(refs))

    def verify(
        self, refs: Sequence[str], *, seen: str, by: str = "", on: date | None = None
    ) -> Outcome:
        """Record that somebody else saw that it is put right; the last one closes the audit."""
        day, who = on or self.desk.today(), by.strip() or self.vault.person.name
        with self.desk.change() as change:
            for row in self._rows(refs):
                rules.check_step(day, row.values["done_on"], self.desk.today())
                self._require_mine(row)
                self._refuse_own(row, who)
                self._refuse_unknown(row, by.strip())
                self._move(change, row, State.VERIFIED, verified_on=day)
                told = {SLOT_VERIFIER: who, SLOT_SEEN: seen}
                self.vault.payloads.put(OFFICE, row.id, told)
                change.note("finding.verified", self.register.name, row.id)
                self._audits.settle(change, references.number(row.values["audit"]))
        return Outcome(_(N_("Verified by {name}")).format(name=who), tuple(refs))

    def send_back(self, refs: Sequence[str], *, reason: str, due: date) -> Outcome:
        """Ask again, by a new day: the proof is not enough."""
        with self.desk.change() as change:
            for row in self._rows(refs):
                self._require_mine(row)
                rules.check_due(due, row.values["done_on"])
                rules.check_far(due, self.desk.today())
                self._move(change, row, State.OPEN, done_on=None, due=due)
                told = {"fields": ("due", "state"), "reason": reason}
                change.note("finding.sent-back", self.register.name, row.id, **told)
        return Outcome(_(N_("Put right by {day}")).format(day=due), tuple(refs))

    def accept(
        self, refs: Sequence[str], *, reason: str, paper: str = "", on: date | None = None
    ) -> Outcome:
        """Record that the chief privacy officer lives with it, and why."""
        day = on or self.desk.today()
        cpo = self.desk.service("staff").cpo(day)
        if cpo is None:
            raise rules.NoCpoError(day=day)
        name, at_desk = str(cpo.values["name"]), self.vault.person.name
        if name_key(str(cpo.values["login"] or "")) != name_key(at_desk) and not paper.strip():
            raise rules.DecisionMissingError(name=name)
        with self.desk.change() as change:
            for row in self._rows(refs):
                rules.check_step(day, row.values["found_on"], self.desk.today())
                told = {"accepted_on": day, "decision_no": paper.strip() or None}
                self._move(change, row, State.ACCEPTED, **told)
                self.vault.payloads.put(OFFICE, row.id, {SLOT_WHY: reason, SLOT_BY: name})
                change.note("finding.accepted", self.register.name, row.id, reason=reason)
                self._audits.settle(change, references.number(row.values["audit"]))
        return Outcome(_(N_("Risk accepted by {name}")).format(name=name), tuple(refs))

    def extend(self, refs: Sequence[str], *, due: date, reason: str) -> Outcome:
        """Give more time, with the reason in the journal."""
        with self.desk.change() as change:
            for row in self._rows(refs):
                rules.check_due(due, row.values["found_on"])
                rules.check_far(due, self.desk.today())
                self._put(change, row.id, due=due)
                told = {"fields": ("due",), "reason": reason}
                change.note("record.changed", self.register.name, row.id, **told)
        return Outcome(_(N_("Put right by {day}")).format(day=due), tuple(refs))

    def hand_on(self, refs: Sequence[str], *, owner: str, reason: str) -> Outcome:
        """Have somebody else put findings right, with the reason in the journal."""
        with self.desk.change() as change:
            for row in self._rows(refs):
                self._refuse_auditor(str(row.values["audit"]), owner)
                self._put(change, row.id, owner=references.number(owner))
                told = {"fields": ("owner",), "reason": reason}
                change.note("record.changed", self.register.name, row.id, **told)
        (name,) = self.desk.service("staff").titles([references.number(owner)]).values()
        return Outcome(_(N_("Put right by {name}")).format(name=name), tuple(refs))

    def attach(self, refs: Sequence[str], *, what: str, file: str) -> Outcome:
        """Keep proof sealed with findings."""
        with self.desk.change() as change:
            for row in self._rows(refs):
                self._require_mine(row)
                self._papers.attach(change, self.register.name, row.id, file, what)
        return Outcome(_(N_("Attached to {refs}")).format(refs=", ".join(refs)), tuple(refs))

    # -- for audits, answers, rules and papers

    def found(self, change: Change, answer: Row, values: Mapping[str, Any]) -> int:
        """Enter what a No found, or change it where the question was a No before."""
        told = {name: value for name, value in values.items() if value is not None}
        known = self.of_answer(answer.id)
        if known:
            self.amend(change, known[-1].id, told)
            return known[-1].id
        told |= {"audit": answer.values["audit"], "clause": answer.values["clause"]}
        earlier = self._asked_before(answer)
        number = self.insert(change, {**told, **({"earlier": earlier} if earlier else {})})
        self._put(change, number, answer=answer.id)
        return number

    def take_back(self, change: Change, answer: int) -> None:
        """Take the finding of an answer out of use, because it is no longer a No."""
        for row in self.of_answer(answer):
            self.set_state(change, row.id, "void")
            change.note("record.voided", self.register.name, row.id)
            self.written(change, row.id, {})

    def of_answer(self, answer: int) -> list[Row]:
        """Return the living findings of an answer."""
        return self._of("answer", answer)

    def of_audit(self, audit: int) -> list[Row]:
        """Return the living findings of an audit, in the order they were found."""
        return self._of("audit", audit)

    def tally(self, audits: Sequence[int]) -> dict[int, tuple[int, int]]:
        """Return how many findings audits have, and how many of them wait."""
        if not audits:
            return {}
        marks = ",".join("?" * len(audits))
        sql = (
            "SELECT audit, count(*), sum(state IN ('open', 'done')) FROM audit_findings"
            f" WHERE audit IN ({marks}) AND state <> 'void' GROUP BY audit"
        )
        rows = self.vault.raw.execute(sql, list(audits)).fetchall()
        return {audit: (int(count), int(left or 0)) for audit, count, left in rows}

    def asked_for(self, change: Change, number: int) -> None:
        """Note that the request for corrective action went out."""
        self._put(change, number, requested_on=self.desk.today())
        change.note("finding.requested", self.register.name, number, fields=("requested_on",))

    # -- inside

    @property
    def _audits(self) -> Any:
        return self.desk.service("audits")

    @property
    def _papers(self) -> Any:
        return self.desk.service("safety-papers")

    def _rows(self, refs: Sequence[str]) -> list[Row]:
        return self.rows([self.number(ref) for ref in refs])

    def _require_mine(self, row: Row) -> None:
        self._audits.require_mine(self._audits.rows([references.number(row.values["audit"])]))

    def _of(self, column: str, number: int) -> list[Row]:
        t = self.table
        wanted = select(t.c.id).where(t.c[column] == number, t.c.state != "void")
        with self.vault.reading() as sql:
            return self.rows(list(sql.execute(wanted.order_by(t.c.id)).scalars()))

    def _refuse_own(self, row: Row, who: str) -> None:
        """Refuse who put it right, with or without a title, and whoever sits there at the desk."""
        owner = row.titles.get("owner", "")
        if not owner:
            return
        (known,) = self.desk.service("staff").rows([references.number(row.values["owner"])])
        login, at_desk = name_key(str(known.values["login"] or "")), self.vault.person.name
        if is_called(who, owner) or name_key(at_desk) in (name_key(owner), login):
            raise rules.OwnProofError(name=owner)

    def _refuse_unknown(self, row: Row, by: str) -> None:
        """Refuse a verifier who is nobody: not of the staff, and no auditor from outside."""
        if not by or name_key(by) == name_key(self.vault.person.name):
            return
        staff, words = self.desk.service("staff"), by.split()
        spans = ((i, j) for i in range(len(words)) for j in range(len(words), i, -1))
        if any(staff.called(" ".join(words[i:j])) for i, j in spans):  # with a title or without
            return
        (audit,) = self._audits.rows([references.number(row.values["audit"])])
        if name_key(by) not in name_key(str(audit.values["outside"] or "")):
            raise rules.UnknownVerifierError(name=by)

    def _refuse_auditor(self, audit: str, owner: str) -> None:
        """Refuse that who audited puts right what was found."""
        (row,) = self._audits.rows([references.number(audit)])
        if owner and row.values["auditor"] == owner:
            raise rules.OwnerAuditsError(name=row.titles.get("auditor", owner))

    def _check_earlier(self, values: Mapping[str, Any]) -> None:
        if not values.get("earlier"):
            return
        (earlier,) = self.rows([references.number(values["earlier"])])
        if earlier.values["audit"] == values.get("audit") or earlier.state == "void":
            raise rules.EarlierLaterError(earlier=earlier.ref)

    def _asked_before(self, answer: Row) -> str:
        """Return the newest finding of the same question in an earlier audit, or nothing."""
        t = self.table
        others = (
            select(t.c.id)
            .where(
                t.c.clause == answer.values["clause"],
                t.c.audit != references.number(answer.values["audit"]),
                t.c.answer.is_not(None),
                t.c.state != "void",
            )
            .order_by(t.c.found_on.desc(), t.c.id.desc())
        )
        with self.vault.reading() as sql:
            rows = self.rows(list(sql.execute(others).scalars()))
        answers = self.desk.service("audit-answers")
        for row in rows:
            (asked,) = answers.rows([references.number(row.values["answer"])])
            if asked.values["question"] == answer.values["question"]:
                return row.ref
        return ""

    def _move(self, change: Change, row: Row, state: State, **values: Any) -> None:
        self._put(change, row.id, state=state.value, **values)

    def _put(self, change: Change, number: int, **values: Any) -> None:
        t = self.table
        change.sql.execute(update(t).where(t.c.id == number).values(**values))
