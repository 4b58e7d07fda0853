"""Provisions: asked for, approved by another officer, given, recalled; the ledger of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import or_, select, update

from privdesk.core import references
from privdesk.core.hangul import name_key
from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.register import Outcome, Row
from privdesk.journal import ruleoftwo
from privdesk.registers.checking import MISSING, refuse
from privdesk.registers.desk import Change
from privdesk.registers.provisions import checks, grounds, people, rules
from privdesk.registers.provisions.fields import (
    COUNT,
    PERSON,
    SLOT_APPROVER,
    SLOT_CONFIRMER,
    SLOT_REQUESTER,
    SLOT_WHY,
)
from privdesk.registers.provisions.model import Given
from privdesk.registers.provisions.rules import GIVEN, State, Step
from privdesk.registers.records import Records
from privdesk.vault.payloads import OFFICE, PEOPLE
from privdesk.vault.schema import table

BY_APPROVAL = N_("it is entered by whoever approves the provision.")
BY_PROVIDING = N_("it is entered by recording the provision as provided.")
_TOLD = 5  # people named in a sentence
_LATER = frozenset(("note", "contact", "cpo_paper", "until", "limits"))
"""What may still be changed once a provision was approved."""


class Provisions(Records):
    """Service of the provisions to third parties."""

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Refuse what rests on nothing, what nobody agreed to and what is frozen."""
        today = self.desk.today()
        rules.check_days(values.get("provided_on"), values.get("until"), today)
        checks.require_ground(self.desk, values)
        self._refuse_approver(values, before)
        checks.require_whom(self, values)
        past = values.get("provided_on") is not None
        stored: dict[str, Any] = {}
        if before is None:
            state = State.RECORDED if past else State.REQUESTED
            stored = {"state": state.value, "requested_on": today}
        if values.get("scope") == PERSON:
            stored["count"] = 1
        return stored

    def insert(self, change: Change, values: Mapping[str, Any]) -> int:
        """Enter a provision with whoever asks for it, and the people it gives."""
        number = super().insert(change, values)
        self._asked(change, number)
        return number

    def unmake(self, change: Change, first: int, stop: int) -> None:
        """Delete the provisions of an import with the lists of whom they gave."""
        sql = "DELETE FROM provision_subjects WHERE provision >= ? AND provision < ?"
        self.vault.raw.execute(sql, (first, stop))
        super().unmake(change, first, stop)

    def amend(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Change a provision; what was approved stays as it is, save what adds to it."""
        (row,) = self.rows([number])
        open_ = State.REQUESTED.value, State.RECORDED.value
        typed = self.checked(values, whole=False)
        changed = {name for name, value in typed.items() if row.values.get(name) != value}
        longer = "until" in changed and not _shorter(typed["until"], row.values["until"])
        if row.state not in (*open_, "void") and (longer or not changed <= _LATER):
            raise rules.ApprovedAlreadyError(ref=row.ref)
        super().amend(change, number, values)
        if row.state in open_:
            self._asked(change, number)

    # -- actions

    def approve(self, refs: Sequence[str], *, cpo_paper: str = "") -> Outcome:
        """Approve what another officer asked for; who must not go any more is left out."""
        left = 0
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                self._require_other(row)
                left += self._recheck(change, row)
                told: dict[str, Any] = {"approved_on": self.desk.today(), "by_cpo": self._is_cpo()}
                if cpo_paper.strip():
                    told["cpo_paper"] = cpo_paper.strip()
                self._step(change, row, Step.APPROVE, "provision.approved", **told)
                self._sign(row.id, SLOT_APPROVER)
        return self._told(ngettext("{n} approved", "{n} approved", len(refs)), refs, left)

    def refuse(self, refs: Sequence[str], *, reason: str) -> Outcome:
        """Decide that something is not provided."""
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                self._step(change, row, Step.REFUSE, "provision.refused", reason=reason)
        return Outcome(_(N_("Not approved")), tuple(refs))

    def provide(self, refs: Sequence[str], *, on: date | None = None) -> Outcome:
        """Record that what was approved went out."""
        day, left = on or self.desk.today(), 0
        rules.check_days(day, None, self.desk.today())
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                approved = row.values["approved_on"]
                if approved is not None and day < approved:
                    raise rules.GivenTooEarlyError(ref=row.ref, approved=approved, day=day)
                rules.next_state(row.ref, State(row.state), Step.PROVIDE)
                left += self._recheck(change, row)
                self._step(change, row, Step.PROVIDE, "provision.made", provided_on=day)
                self._tell_person(change, row)
        told = ngettext("{n} recorded as provided", "{n} recorded as provided", len(refs))
        return self._told(told, refs, left)

    def confirm(self, refs: Sequence[str]) -> Outcome:
        """Confirm what another officer entered afterwards."""
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                self._require_other(row)
                self._look_back(row)
                self._step(change, row, Step.CONFIRM, "provision.confirmed")
                self._sign(row.id, SLOT_CONFIRMER)
        return Outcome(ngettext("{n} confirmed", "{n} confirmed", len(refs)), tuple(refs))

    def recall(self, refs: Sequence[str], *, reason: str, on: date | None = None) -> Outcome:
        """Record that a recipient gave it back, deleted it or receives no more."""
        day = on or self.desk.today()
        rules.check_days(day, None, self.desk.today())
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                provided = row.values["provided_on"]
                if provided is not None and day < provided:
                    raise rules.RecalledTooEarlyError(ref=row.ref, provided=provided, day=day)
                told = {"recalled_on": day, "reason": reason}
                self._step(change, row, Step.RECALL, "provision.recalled", **told)
        return Outcome(ngettext("{n} recalled", "{n} recalled", len(refs)), tuple(refs))

    # -- for other registers, flows and papers

    def given_to(self, subject: int) -> list[Row]:
        """Return what recipients have of a person, oldest first.

        A provision of a number only counts where the person was in its file by then.
        """
        t, g = self.table, table(Given)
        listed = select(g.c.provision).where(g.c.subject == subject)
        wanted = select(t.c.id).where(
            t.c.state.in_([state.value for state in GIVEN]),
            or_(t.c.subject == subject, t.c.id.in_(listed)),
        )
        sql = (
            "SELECT DISTINCT v.id FROM provisions v JOIN holdings h ON h.file = v.file"
            f" WHERE h.subject = ? AND h.state <> 'void' AND v.scope = '{COUNT}'"
            " AND v.state IN ('provided', 'recorded') AND h.collected_on <= v.provided_on"
        )
        with self.vault.reading() as reading:
            numbers = set(reading.execute(wanted).scalars())
        numbers |= {row[0] for row in self.vault.raw.execute(sql, (subject,)).fetchall()}
        return self.rows(sorted(numbers))

    def whom(self, row: Row) -> list[int]:
        """Return the people of a provision; none where only their number is known."""
        if row.values["scope"] == PERSON:
            ref = str(row.values["subject"] or "")
            return [references.number(ref)] if ref else []
        return people.listed(self.desk, row.id)

    def consented(self, values: Mapping[str, Any]) -> int | None:
        """Return the purpose that people have to have agreed to, or None where none is needed."""
        if values.get("ground") != "consent" or not values.get("purpose"):
            return None
        return references.number(values["purpose"])

    def require_statute(self, law: str, article: str, document_no: str) -> None:
        """Refuse a law that compels no private company, such as the ground of investigation."""
        grounds.require(grounds.Basis(grounds.Ground.STATUTE, law, article, document_no))

    def forget(self, gone: Sequence[int]) -> None:
        """Drop what officers wrote of provisions of nobody but people who are destroyed."""
        for start in range(0, len(gone), 400):
            part = tuple(gone[start : start + 400])
            marks = ", ".join("?" * len(part))
            sql = (
                f"SELECT id FROM provisions WHERE scope = '{PERSON}' AND subject IN ({marks}) UNION"
                f" SELECT g.provision FROM provision_subjects g WHERE g.subject IN ({marks})"
                " AND NOT EXISTS (SELECT 1 FROM provision_subjects o JOIN subjects s"
                " ON s.id = o.subject WHERE o.provision = g.provision AND s.state <> 'destroyed')"
            )
            for (number,) in self.vault.raw.execute(sql, (*part, *part)).fetchall():
                self.vault.payloads.drop(PEOPLE, number)

    def ledger(self) -> list[Row]:
        """Return what went out, by day; that is what the ledger prints."""
        t = self.table
        states = [s.value for s in (*GIVEN, State.RECALLED)]
        wanted = select(t.c.id).where(t.c.state.in_(states)).order_by(t.c.provided_on, t.c.id)
        with self.vault.reading() as sql:
            return self.rows(list(sql.execute(wanted).scalars()))

    # -- inside

    def _asked(self, change: Change, number: int) -> None:
        """Note who asks, and work out again who is in it."""
        self._sign(number, SLOT_REQUESTER)
        (row,) = self.rows([number])
        meant = checks.meant(self.desk, row)
        if meant is None:
            return
        if row.state == State.RECORDED.value:
            items, day = checks.items_in(row.values), row.values["provided_on"]
            chosen = people.choose(self.desk, meant, items, self.consented(row.values), day)
            if not chosen.goes:
                raise rules.NobodyLeftError(refused=chosen.refused, frozen=chosen.frozen)
        else:
            chosen = checks.chosen(self, row, meant)
        people.put(change, number, chosen.goes)
        self._put(change, number, count=len(chosen.goes), left_out=chosen.left_out)

    def _recheck(self, change: Change, row: Row) -> int:
        """Look at consents and freezes again; return how many are left out since."""
        if row.values["scope"] == COUNT:
            return 0
        before = self.whom(row)
        if row.values["scope"] == PERSON:
            checks.require_person(self, row.values)
            return 0
        chosen = checks.chosen(self, row, before)
        if chosen.left_out:
            people.put(change, row.id, chosen.goes)
            left = (row.values["left_out"] or 0) + chosen.left_out
            self._put(change, row.id, count=len(chosen.goes), left_out=left)
        return chosen.left_out

    def _look_back(self, row: Row) -> None:
        """Look at the consents of the day again: answers of then may have come in since."""
        purpose, day = self.consented(row.values), row.values["provided_on"]
        if row.values["scope"] == PERSON:
            checks.require_then(self, row.values)
        elif purpose is not None and row.values["scope"] != COUNT:
            whom = self.whom(row)
            left = set(whom) - set(people.agreed(self.desk, whom, purpose, day))
            if left:
                who = ", ".join(self.desk.ref("subjects", one) for one in sorted(left)[:_TOLD])
                spoken = self.desk.service("purposes").spoken(purpose)
                raise checks.NoConsentThenError(person=who, purpose=spoken, day=day)

    def _step(self, change: Change, row: Row, step: Step, action: str, **values: Any) -> None:
        after = rules.next_state(row.ref, State(row.state), step)
        why = str(values.pop("reason", "")).strip()
        self._put(change, row.id, state=after.value, **values)
        if why:  # free text about a person: sealed with her keys, not in the journal
            self.vault.payloads.put(PEOPLE, row.id, {SLOT_WHY: why})
        fields = (*values, "ended_why") if why else tuple(values)
        change.note(action, self.register.name, row.id, fields=fields)

    def _tell_person(self, change: Change, row: Row) -> None:
        """Log with the one person that something of her went out."""
        if row.values["scope"] == PERSON:
            for number in self.whom(row):
                change.note("provision.made", "subjects", number, reason=row.ref)

    def _require_other(self, row: Row) -> None:
        rules.require_other(
            str(row.values["requester"] or ""),
            self.vault.person.name,
            len(self.vault.header.active("officer")),
            two_officers=ruleoftwo.applies(self.vault),
        )

    def _refuse_approver(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> None:
        """Ask who approved what went out before; whoever approves the rest signs herself."""
        past = values.get("provided_on") is not None and values.get("approved_on") is None
        asked = before is not None and before.get("provided_on") is None
        if past and asked:
            refuse(self.field("provided_on"), values["provided_on"], _(BY_PROVIDING))
        named = str(values.get("approver") or "").strip()
        if past and not named:
            refuse(self.field("approver"), "", _(MISSING))
        if named and values.get("provided_on") is None and values.get("approved_on") is None:
            refuse(self.field("approver"), named, _(BY_APPROVAL))

    def _is_cpo(self) -> bool:
        """Whether whoever sits here is the chief privacy officer."""
        cpo = self.desk.service("staff").cpo(self.desk.today())
        if cpo is None:
            return False
        names = {name_key(str(cpo.values.get(name) or "")) for name in ("name", "login")}
        return name_key(self.vault.person.name) in names

    def _sign(self, number: int, slot: int) -> None:
        self.vault.payloads.put(OFFICE, number, {slot: self.vault.person.name})

    def _put(self, change: Change, number: int, **values: Any) -> None:
        t = self.table
        change.sql.execute(update(t).where(t.c.id == number).values(**values))

    @staticmethod
    def _told(message: str, refs: Sequence[str], left: int) -> Outcome:
        if not left:
            return Outcome(message, tuple(refs))
        out = ngettext("{n} person left out", "{n} people left out", left)
        return Outcome(f"{message}; {out}", tuple(refs))


def _shorter(until: date | None, before: date | None) -> bool:
    """Whether a provision ends sooner than was approved."""
    return until is not None and (before is None or until < before)
