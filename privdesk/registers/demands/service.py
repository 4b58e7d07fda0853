"""Demands of authorities: received, decided by the CPO, given or refused, answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import update

from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.register import Outcome, Row
from privdesk.registers import expiring
from privdesk.registers.demands import rules
from privdesk.registers.demands.fields import SLOT_BY, SLOT_REASON
from privdesk.registers.demands.rules import Decision, State
from privdesk.registers.desk import Change
from privdesk.registers.records import Records
from privdesk.vault.payloads import OFFICE


class DeciderMissingError(DomainError):
    """No chief privacy officer is appointed, so it has to be said who decided. Nothing was changed;
    enter who decided, or appoint one in the register of the staff.
    """


class ItemsMissingError(DomainError):
    """{ref} does not say which items are asked for. Nothing was changed; enter the items first."""


class NotGivenError(DomainError):
    """{ref} is to be given, but nothing stands in the ledger of provisions yet. Nothing was
    changed; ask for the provision first.
    """


class DecidedAlreadyError(DomainError):
    """{ref} was decided as it is and is not changed any more. Nothing was changed; enter a new
    demand for what came later.
    """


KEEP_YEARS = "keep_demands"  # the setting
_LATER = frozenset(("note", "contact", "answer_by"))


class Demands(Records):
    """Service of the demands of authorities."""

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Refuse days that cannot be; give a new demand the day of its answer."""
        today, received = self.desk.today(), values.get("received_on")
        rules.check_days(values.get("document_on"), received, today)
        rules.check_answer_by(values.get("answer_by"), received)
        stored: dict[str, Any] = {}
        if values.get("answer_by") is None and received is not None:
            stored["answer_by"] = rules.answer_by(received, today, self.desk.calendar)
        return stored

    def amend(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Change a demand; what was decided stays as it is, save what adds to it."""
        (row,) = self.rows([number], reveal=True)
        typed = self.checked(values, whole=False)
        changed = {name for name, value in typed.items() if row.values.get(name) != value}
        if row.state not in (State.RECEIVED.value, "void") and not changed <= _LATER:
            raise DecidedAlreadyError(ref=row.ref)
        super().amend(change, number, values)

    def set_state(self, change: Change, number: int, state: str) -> None:
        """Move a demand to another state; the file of one taken out of use has an end too."""
        super().set_state(change, number, state)
        if state == "void":
            until = rules.keep_until(self.desk.today(), self.keep_years())
            self._put(change, number, keep_until=until)

    # -- actions

    def grant(
        self,
        refs: Sequence[str],
        *,
        extent: str,
        reason: str,
        law: str = "",
        article: str = "",
        by: str = "",
    ) -> Outcome:
        """Record that the CPO decided to give what a law compels the company to give.

        A ground that only public bodies have is refused here already (rule 27).
        """
        with self.desk.change() as change:
            self._decide(refs, State.GRANTED, Decision(extent), reason, by)
            for row in self.rows([self.number(ref) for ref in refs]):
                told = law.strip() or row.values["law"], article.strip() or row.values["article"]
                number = str(row.values["document_no"])
                self.desk.service("provisions").require_statute(*told, number)
                self._put(change, row.id, ground_law=told[0], ground_article=told[1])
        return Outcome(_(N_("Decided: to be given")), tuple(refs))

    def deny(self, refs: Sequence[str], *, reason: str, by: str = "") -> Outcome:
        """Record that the CPO decided to refuse."""
        self._decide(refs, State.DENIED, Decision.NOTHING, reason, by)
        return Outcome(_(N_("Decided: to be refused")), tuple(refs))

    def provide(self, refs: Sequence[str], *, file: str, count: int | None = None) -> Outcome:
        """Ask for the provision that a granted demand needs; another officer approves it."""
        made = []
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                rules.require_state(row.ref, State(row.state), State.GRANTED)
                made.append(self._provide(change, row, file, count))
        told = _(N_("Provision asked for: {refs}"))
        return Outcome(told.format(refs=", ".join(made)), tuple(made))

    def answer(self, refs: Sequence[str], *, on: date | None = None) -> Outcome:
        """Record that the reply or the refusal went out."""
        day = on or self.desk.today()
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                rules.require_state(row.ref, State(row.state), State.GRANTED, State.DENIED)
                rules.check_answer(row.ref, day, row.values["decided_on"], self.desk.today())
                if row.state == State.GRANTED.value and not self.provisions(row.id):
                    raise NotGivenError(ref=row.ref)
                until = rules.keep_until(day, self.keep_years())
                told = {"answered_on": day, "keep_until": until}
                self._put(change, row.id, state=State.ANSWERED.value, **told)
                change.note("demand.answered", self.register.name, row.id)
        return Outcome(ngettext("{n} answered", "{n} answered", len(refs)), tuple(refs))

    def expunge(self, refs: Sequence[str]) -> Outcome:
        """Destroy the files of demands whose own period is over: who was asked about, and why."""
        with self.desk.change() as change:
            for ref in refs:
                number = self.number(ref)
                expiring.end_file(change, self.register.name, number, "demand.expunged")
                self._put(change, number, persons=None, items=None)
        told = ngettext(
            "The file of {n} demand destroyed", "The files of {n} demands destroyed", len(refs)
        )
        return Outcome(told, tuple(refs))

    def keep_years(self) -> int:
        """Return for how many years the office keeps the file of a demand."""
        return int(self.desk.setting(KEEP_YEARS, rules.keep_years(self.desk.today())))

    # -- for findings and papers

    def provisions(self, number: int) -> list[int]:
        """Return the provisions joined to a demand that were not refused or taken back."""
        sql = (
            "SELECT id FROM provisions WHERE demand = ? AND state NOT IN ('refused', 'void')"
            " ORDER BY id"
        )
        return [row[0] for row in self.vault.raw.execute(sql, (number,)).fetchall()]

    # -- inside

    def _decide(
        self, refs: Sequence[str], state: State, decision: Decision, reason: str, by: str
    ) -> None:
        decider = by.strip() or self._cpo()
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                rules.require_state(row.ref, State(row.state), State.RECEIVED)
                told = {"decision": decision.value, "decided_on": self.desk.today()}
                self._put(change, row.id, state=state.value, **told)
                self.vault.payloads.put(OFFICE, row.id, {SLOT_BY: decider, SLOT_REASON: reason})
                change.note("demand.decided", self.register.name, row.id, fields=tuple(told))

    def _provide(self, change: Change, row: Row, file: str, count: int | None) -> str:
        values = row.values
        if not values["items"]:
            raise ItemsMissingError(ref=row.ref)
        persons = tuple(values["persons"])
        told: dict[str, Any] = {
            "recipient": values["authority"],
            "file": file,
            "ground": "statute",
            "law": values["ground_law"],
            "article": values["ground_article"],
            "document_no": values["document_no"],
            "demand": row.ref,
            "items": values["items"],
            "contact": values["contact"],
        }
        if len(persons) == 1:
            told |= {"scope": "person", "subject": persons[0]}
        elif persons:
            told |= {"scope": "list", "persons": persons}
        else:
            told |= {"scope": "count", "count": count}
        made = self.desk.service("provisions").insert(change, told)
        return self.desk.ref("provisions", made)

    def _cpo(self) -> str:
        found = self.desk.service("staff").cpo(self.desk.today())
        if found is None:
            raise DeciderMissingError
        return str(found.values["name"])

    def _put(self, change: Change, number: int, **values: Any) -> None:
        t = self.table
        change.sql.execute(update(t).where(t.c.id == number).values(**values))
