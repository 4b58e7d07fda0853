"""Audits: planned with their questions, held, finished; the findings close them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import func, select, update

from privdesk.core import references
from privdesk.core.hangul import name_key, says_why
from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.register import Outcome, Row
from privdesk.registers.audits import rules
from privdesk.registers.audits.fields import SLOT_OPINION, SLOT_UNPROVED
from privdesk.registers.desk import Change
from privdesk.registers.questions import NO, NONE, YES, UnansweredError
from privdesk.registers.records import Records
from privdesk.vault.payloads import OFFICE

_STANDS = frozenset(("note",))  # what may change of one that is finished


class Audits(Records):
    """Service of the audits. An auditor answers and finishes those that name them."""

    def rows(self, numbers: Sequence[int], *, reveal: bool = False) -> list[Row]:
        """Return audits with how their answers count and what is still to be put right."""
        found = super().rows(numbers, reveal=reveal)
        ids = [row.id for row in found]
        answers = self.desk.service("audit-answers").tally(ids)
        findings = self.desk.service("audit-findings").tally(ids)
        return [_told(row, answers.get(row.id, {}), findings.get(row.id, (0, 0))) for row in found]

    def titles(self, numbers: Sequence[int]) -> dict[int, str]:
        """Return what audits are called; their answers are not looked at."""
        t = self.table
        with self.vault.reading() as sql:
            rows = sql.execute(select(t.c.id, t.c.name).where(t.c.id.in_(numbers))).all()
        return {number: str(name or "") for number, name in rows}

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Refuse an audit of one's own work, and days out of their order; work out the year."""
        rules.check_days(values.get("planned_on"), values.get("planned_until"), None)
        rules.check_days(values.get("held_on"), values.get("held_until"), self.desk.today())
        rules.check_auditor(self._audited(values))
        day = values.get("held_until") or values.get("held_on") or values["planned_on"]
        return {"year": str(day.year), **({"state": "planned"} if before is None else {})}

    def insert(self, change: Change, values: Mapping[str, Any]) -> int:
        """Plan an audit; it asks the questions in force."""
        number = super().insert(change, values)
        catalogue = self.desk.service("audit-questions")
        asked = catalogue.at_hand(change)
        self._put(change, number, questions=asked.id)
        self.desk.service("audit-answers").ask(change, number, catalogue.asked(asked))
        return number

    def amend(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Change what is planned; what is finished stays as it was found."""
        (row,) = self.rows([number])
        typed = self.checked(values, whole=False)
        changed = {name for name, value in typed.items() if row.values.get(name) != value}
        if row.state in ("findings", "closed") and not changed <= _STANDS:
            raise rules.AuditFinishedError(ref=row.ref)
        super().amend(change, number, values)

    def written(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Take what an audit that is given up found out of use with it."""
        (row,) = self.rows([number])
        if row.state == "void":
            findings = self.desk.service("audit-findings")
            refs = [one.ref for one in findings.of_audit(number) if one.state == "open"]
            if refs:
                findings.void(refs)

    # -- actions

    def rest_yes(self, refs: Sequence[str], *, evidence: str) -> Outcome:
        """Answer with Yes whatever has no answer yet."""
        answers = self.desk.service("audit-answers")
        self.require_mine(self.rows([self.number(ref) for ref in refs]))
        with self.desk.change():
            count = sum(answers.rest(self.number(ref), evidence) for ref in refs)
        return Outcome(ngettext("{n} answered", "{n} answered", count), tuple(refs))

    def add_finding(self, refs: Sequence[str], **values: Any) -> Outcome:
        """Enter what was found beside the questions."""
        findings = self.desk.service("audit-findings")
        self.require_mine(self.rows([self.number(ref) for ref in refs]))
        told = {name: value for name, value in values.items() if value is not None}
        told["severity"] = told.get("severity") or rules.MINOR
        with self.desk.change() as change:
            made = [findings.insert(change, {**told, "audit": ref}) for ref in refs]
        named = tuple(self.desk.ref("audit-findings", number) for number in made)
        return Outcome(_(N_("Finding entered: {refs}")).format(refs=", ".join(named)), tuple(refs))

    def finish(
        self,
        refs: Sequence[str],
        *,
        on: date | None = None,
        opinion: str = "",
        unproved: str = "",
    ) -> Outcome:
        """Finish audits; what was found then waits for its corrective action."""
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                self.require_mine([row])
                self._require_proof(row, unproved.strip())
                self._finish(change, row, on or self.desk.today(), opinion)
        left = sum(row.values["unsettled"] for row in self.rows([self.number(r) for r in refs]))
        if not left:
            return Outcome(_(N_("Finished, nothing lacking")), tuple(refs))
        told = ngettext("Finished, {n} finding", "Finished, {n} findings", left)
        return Outcome(told, tuple(refs))

    def attach(self, refs: Sequence[str], *, what: str, file: str) -> Outcome:
        """Keep evidence sealed with audits."""
        papers = self.desk.service("safety-papers")
        self.require_mine(self.rows([self.number(ref) for ref in refs]))
        with self.desk.change() as change:
            for ref in refs:
                papers.attach(change, self.register.name, self.number(ref), file, what)
        return Outcome(_(N_("Attached to {refs}")).format(refs=", ".join(refs)), tuple(refs))

    # -- for findings, rules and papers

    def require_mine(self, audits: Sequence[Row]) -> None:
        """Refuse an auditor who is not the one named in an audit; officers enter for others."""
        if self.vault.role == "auditor":
            for row in audits:
                if not self._is_auditor(row):
                    raise rules.NotYourAuditError(ref=row.ref)

    def settle(self, change: Change, number: int) -> None:
        """Move a finished audit with its findings: closed with the last, open again with a new."""
        (row,) = self.rows([number])
        left = bool(row.values["unsettled"])
        wanted = "findings" if left else "closed"
        if row.state in ("findings", "closed") and row.state != wanted:
            self._put(change, number, state=wanted)
            change.note("audit.settled", self.register.name, number, fields=("state",))

    def last_held(self) -> date | None:
        """Return the end of the newest finished audit."""
        return self._day("max(held_until)", "state IN ('findings', 'closed')")

    def next_planned(self, today: date) -> date | None:
        """Return the next day on which an audit that is planned ends."""
        where = "state = 'planned' AND coalesce(planned_until, planned_on) >= ?"
        return self._day("min(coalesce(planned_until, planned_on))", where, today.isoformat())

    # -- inside

    def _day(self, what: str, where: str, *values: str) -> date | None:
        sql = f"SELECT {what} FROM audits WHERE {where}"
        found = self.vault.raw.execute(sql, values).fetchone()[0]
        return date.fromisoformat(found) if found else None

    def _finish(self, change: Change, row: Row, day: date, opinion: str) -> None:
        begun = row.values["held_on"] or row.values["planned_on"]
        if begun > day and row.values["held_on"] is None:
            raise rules.AuditEarlyError(ref=row.ref, planned=begun)
        rules.check_days(begun, day, self.desk.today())
        if row.values["unanswered"]:
            raise UnansweredError(ref=row.ref, n=row.values["unanswered"])
        told = opinion.strip() or str(row.values["opinion"] or "").strip()
        if not told:
            raise rules.OpinionMissingError
        self.vault.payloads.put(OFFICE, row.id, {SLOT_OPINION: told})
        state = "findings" if row.values["unsettled"] else "closed"
        days = {"held_on": begun, "held_until": day, "year": str(day.year)}
        self._put(change, row.id, state=state, **days)
        names = ("held_on", "held_until", "opinion", "state")
        change.note("audit.finished", self.register.name, row.id, fields=names)

    def _require_proof(self, row: Row, unproved: str) -> None:
        """Refuse what neither a report nor the auditor's own hand proves, without a reason."""
        if self.desk.service("safety-papers").of(self.register.name, row.id):
            return
        if self._is_auditor(row):
            return
        if not says_why(unproved):
            raise rules.UnprovedError(ref=row.ref)
        self.vault.payloads.put(OFFICE, row.id, {SLOT_UNPROVED: unproved})

    def _is_auditor(self, row: Row) -> bool:
        """Whether who sits at the desk is the auditor, of the staff or from outside."""
        at_desk = name_key(self.vault.person.name)
        if row.values["auditor"]:
            number = references.number(row.values["auditor"])
            (who,) = self.desk.service("staff").glimpses([number], ("login",))
            return name_key(str(who.values["login"] or "")) == at_desk
        return self.vault.role == "auditor" and at_desk in name_key(str(row.values["outside"]))

    def _audited(self, values: Mapping[str, Any]) -> rules.Audited:
        auditor = str(values.get("auditor") or "")
        name = department = ""
        outside = str(values.get("outside") or "")
        if outside.strip() and self.desk.service("staff").called(outside):
            raise rules.InsideError(name=outside)
        if auditor:
            number = references.number(auditor)
            (who,) = self.desk.service("staff").glimpses([number], ("name", "department"))
            name, department = str(who.values["name"]), str(who.values["department"] or "")
        return rules.Audited(
            auditor=auditor,
            auditor_department=department,
            outside=outside,
            department=str(values.get("department") or ""),
            responsible=str(values.get("responsible") or ""),
            name=name,
        )

    def _put(self, change: Change, number: int, **values: Any) -> None:
        t = self.table
        change.sql.execute(update(t).where(t.c.id == number).values(**values))

    def every(self, *years: str) -> list[Row]:
        """Return the living audits of some years, in the order of their days."""
        t = self.table
        day = func.coalesce(t.c.held_on, t.c.planned_on)
        wanted = select(t.c.id).where(t.c.state != "void", t.c.year.in_(years)).order_by(day)
        with self.vault.reading() as sql:
            return self.rows(list(sql.execute(wanted).scalars()))


def _told(row: Row, answers: Mapping[str, int], findings: tuple[int, int]) -> Row:
    counts = {
        "yes": answers.get(YES, 0),
        "no": answers.get(NO, 0),
        "na": answers.get(NONE, 0),
        "unanswered": answers.get("", 0),
        "found": findings[0],
        "unsettled": findings[1],
    }
    auditor = row.titles.get("auditor") or row.values.get("outside") or ""
    titles = {**row.titles, "auditor": str(auditor)}  # from outside where nobody of the staff is
    return replace(row, values={**row.values, **counts}, titles=titles)
