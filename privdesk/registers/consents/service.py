"""Consents: answers are added, never rewritten; the newest of person, purpose and box counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, func, select, update

from privdesk.core import references
from privdesk.core.clock import office_time
from privdesk.core.fields import Field
from privdesk.core.filekinds import kind_of
from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.register import Outcome, Query, Row, Shown
from privdesk.core.rulebook import rule_number
from privdesk.registers.consents import (
    answers,
    asking,
    asof,
    beside,
    boxes,
    mistaken,
    possible,
    proof,
    rules,
    seen,
)
from privdesk.registers.consents.answers import Asked
from privdesk.registers.consents.fields import SLOT_GUARDIAN, SLOT_GUARDIAN_PHONE
from privdesk.registers.consents.refusals import (
    AnsweredLaterError,
    BeforeConsentError,
    GrownUpError,
    PersonGoneError,
    PurposeEndedError,
)
from privdesk.registers.consents.standing import Standing
from privdesk.registers.consents.times import as_time
from privdesk.registers.desk import Change
from privdesk.registers.listing import Listing
from privdesk.registers.records import Records
from privdesk.vault import attachments
from privdesk.vault.payloads import PEOPLE

AGREES = ("given", "confirmed", "changed")
_ENDS = ("withdrawn", "lapsed")
ON_FILE = N_("on file")


__all__ = ["AnsweredLaterError", "BeforeConsentError", "Consents", "PurposeEndedError"]


class Consents(Standing, Records):
    """Service of the consents."""

    agrees = AGREES
    settles = ("consents",)

    def checked_against(
        self, fields: Iterable[Field], values: Mapping[str, Any], *, whole: bool
    ) -> dict[str, Any]:
        """Check values; a wording may be given by its version within the purpose."""
        if values.get("wording"):
            values = {**values, "wording": seen.meant(self, values)}
        return super().checked_against(fields, values, whole=whole)

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Refuse answers that cannot be; give a new one its state."""
        told: dict[str, Any] = {}
        if values.get("time"):
            told["time"] = as_time(str(values["time"]))
        if before is not None:
            if values.get("wording") != before.get("wording"):
                self._refuse_unseen(values)
            possible.require_unwritten(self, {**values, **told}, before)
            return told
        told["box"] = boxes.of_values(self.desk, values)
        kind, at = rules.Event(values["kind"]), values["at"]
        possible.require_been(self.desk.now(), at, told.get("time", ""))
        self._refuse_gone(str(values["subject"]))
        self._refuse_unseen({**values, **told})
        possible.require_agreed(self, {**values, **told})
        if kind is rules.Event.ASKED:
            self._refuse_grown(values)
            told["guardian"] = True
        if kind.value in AGREES:
            self._refuse_ended(str(values["purpose"]), at)
            self._refuse_child(values)
        return {**told, "state": answers.STATES[kind]}

    def written(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Let the newest answer of this person to this box count; act on its end."""
        t = self.table
        columns = (t.c.subject, t.c.purpose, t.c.box)
        asked = Asked(*change.sql.execute(select(*columns).where(t.c.id == number)).one())
        counting, moved = answers.settle(change.sql, t, [asked.subject])
        for other in moved:
            if other != number:
                change.note("record.changed", "consents", other, fields=("state",))
        if counting.get(asked) == number and self.ends(values):
            self.act_on(change, asked, values["at"])

    def unmake(self, change: Change, first: int, stop: int) -> None:
        """Delete the answers of an import; what counted before them counts again."""
        raw, span = self.vault.raw, (first, stop)
        sql = "SELECT DISTINCT subject FROM consents WHERE id >= ? AND id < ?"
        asked = [subject for (subject,) in raw.execute(sql, span).fetchall()]
        raw.execute("DELETE FROM consent_receipts WHERE consent >= ? AND consent < ?", span)
        super().unmake(change, first, stop)
        answers.settle(change.sql, self.table, asked)

    def rows(self, numbers: Sequence[int], *, reveal: bool = False) -> list[Row]:
        """Return consents; those that must be asked again say why (rules 8 and 11)."""
        return asking.told(self.desk, super().rows(numbers, reveal=reveal))

    def computed(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Say of the evidence only that it is there; its name is the vault's own."""
        return {"evidence": _(ON_FILE) if values.get("evidence") else "", "as_of": None}

    def void(self, refs: Sequence[str], *, reason: str = "") -> Outcome:
        """Take answers out of use that were entered by mistake and of which nothing came."""
        for row in self.rows([self.number(ref) for ref in refs]):
            if self.register.may_void(row.state):
                mistaken.require_nothing_followed(self, row)
        return super().void(refs, reason=reason)

    # -- as of a past day

    def open_view(self, query: Query) -> Listing:
        """Return a snapshot; with the condition ``as_of`` each row in its state of that day."""
        view = super().open_view(query)
        return view if asof.day_of(query) is None else asof.Then(self, query, view)

    def restated(self, rows: Sequence[Row], query: Query) -> list[Row]:
        """Return rows in their state of the day that the query asks for."""
        return asof.restated(self, rows, query)

    def as_of(self, subject: int, day: date) -> list[tuple[Row, rules.ConsentState]]:
        """Return the answers of a person that counted at the end of a day, and where each stood."""
        with self.vault.reading() as sql:
            asked = list(answers.by_asked(answers.stored(sql, self.table, [subject])))
            found = []
            for facts in self.facts_of(asked, day):
                told = rules.counted(rules.until(facts.events, day))
                if told is not None:
                    found.append((told.event.number, rules.state_as_of(facts, day)))
            rows = {row.id: row for row in self.rows([number for number, _state in found])}
        return [(rows[number], state) for number, state in found]

    # -- actions

    def withdraw(
        self, refs: Sequence[str], *, on: date | None = None, time: str = "", channel: str = ""
    ) -> Outcome:
        """Record that people withdraw consents; what is held on them is due from that day."""
        made = self._answer(refs, "withdrawn", on, time, {"channel": channel})
        return Outcome(ngettext("{n} consent withdrawn", "{n} consents withdrawn", len(made)), made)

    def confirm(
        self, refs: Sequence[str], *, on: date | None = None, time: str = "", channel: str = ""
    ) -> Outcome:
        """Record that people keep to consents they were asked about again (rule 11)."""
        made = self._answer(refs, "confirmed", on, time, {"channel": channel})
        return Outcome(ngettext("{n} consent confirmed", "{n} consents confirmed", len(made)), made)

    def change(
        self,
        refs: Sequence[str],
        *,
        on: date | None = None,
        time: str = "",
        channel: str = "",
        wording: str = "",
    ) -> Outcome:
        """Record that people agree to something else from a day."""
        more = {"channel": channel, **({"wording": wording} if wording else {})}
        made = self._answer(refs, "changed", on, time, more)
        return Outcome(ngettext("{n} consent changed", "{n} consents changed", len(made)), made)

    def lapse(self, refs: Sequence[str], *, on: date | None = None) -> Outcome:
        """Record that consents have run out; what is held on them is due from that day."""
        made = self._answer(refs, "lapsed", on, "", {})
        return Outcome(ngettext("{n} consent lapsed", "{n} consents lapsed", len(made)), made)

    def guardian_confirms(
        self,
        refs: Sequence[str],
        *,
        guardian_check: str,
        on: date | None = None,
        time: str = "",
        channel: str = "",
    ) -> Outcome:
        """Record the verified consent of guardians who were asked (rule 1)."""
        more = {"channel": channel, "guardian_check": guardian_check}
        made = self._answer(refs, "given", on, time, more)
        return Outcome(ngettext("{n} consent confirmed", "{n} consents confirmed", len(made)), made)

    def guardian_refuses(
        self, refs: Sequence[str], *, on: date | None = None, time: str = "", channel: str = ""
    ) -> Outcome:
        """Record that guardians refuse; the data of child and guardian has to go (rule 3)."""
        made = self._answer(refs, "refused", on, time, {"channel": channel})
        return Outcome(ngettext("{n} consent refused", "{n} consents refused", len(made)), made)

    def attach_evidence(self, refs: Sequence[str], *, file: str) -> Outcome:
        """Seal a file as the evidence of one consent; one attached before gives way."""
        if len(refs) != 1:
            raise proof.OneConsentError
        number = self.number(refs[0])
        with self.desk.change() as change:
            before = proof.forget(self.vault, number)
            name = proof.store(self.vault, number, Path(file))
            chosen = self.table.c.id == number
            change.sql.execute(update(self.table).where(chosen).values(evidence=name))
            if before:
                self.vault.keys_wait(self.desk.now().isoformat())
            change.note("record.changed", "consents", number, fields=("evidence",))
        attachments.unlink(self.vault, before)
        return Outcome(_(N_("Evidence attached to {ref}.")).format(ref=refs[0]), tuple(refs))

    def show_evidence(self, refs: Sequence[str], *, reason: str) -> Outcome:
        """Return the evidence of one consent as it was attached; a look, journalled."""
        if len(refs) != 1:
            raise proof.OneConsentError
        number = self.number(refs[0])
        sql = "SELECT evidence FROM consents WHERE id = ?"
        name = self.vault.raw.execute(sql, (number,)).fetchone()[0]
        if not name:
            raise proof.NoEvidenceError(ref=refs[0])
        with self.desk.change() as change:
            data = attachments.read(self.vault, name)
            told = {"fields": ("evidence",), "reason": reason}
            change.note("record.looked", "consents", number, **told)
        kind = kind_of(data)
        title = _(N_("Evidence of {ref}")).format(ref=refs[0])
        shown = Shown(title, f"{refs[0]}{kind.ending if kind else ''}", data)
        return Outcome(title, tuple(refs), shown)

    def expunge(self, refs: Sequence[str]) -> Outcome:
        """Destroy the proof of consents of people who are gone, once its own period is over."""
        with self.desk.change() as change:
            for ref in refs:
                proof.expunge(change, self.number(ref))
        told = ngettext("{n} proof destroyed", "{n} proofs destroyed", len(refs))
        return Outcome(told, tuple(refs))

    # -- for other registers

    def given_before(self, purpose: int, day: date) -> int:
        """Return how many consents to a purpose stand that were given before a day.

        Those given later to a wording from before that day are among them.
        """
        t = self.table
        wanted = (
            select(func.count())
            .select_from(t)
            .where(t.c.purpose == purpose, t.c.state == "given", answers.older(t, day))
        )
        with self.vault.reading() as sql:
            return int(sql.execute(wanted).scalar_one())

    def of_subjects(self, subjects: Iterable[int]) -> dict[int, list[int]]:
        """Return every answer of each person, by number, oldest first."""
        t, wanted = self.table, list(subjects)
        found: dict[int, list[int]] = {}
        with self.vault.reading() as sql:
            for start in range(0, len(wanted), 900):
                part = t.c.subject.in_(wanted[start : start + 900])
                order = (t.c.at, t.c.id)
                for number, subject in sql.execute(
                    select(t.c.id, t.c.subject).where(part, t.c.state != "void").order_by(*order)
                ):
                    found.setdefault(subject, []).append(number)
        return found

    def act_on(self, change: Change, asked: Asked, on: date) -> int:
        """End what is held of a person on a consent that has ended; return how many holdings.

        What is held stands on the main box of its purpose; where another one ends (a
        provision beside the use, sensitive information), the holding goes on without it.
        """
        if self.desk.service("purposes").main_box(asked.purpose).value != asked.box:
            beside.empty(change, asked)
            return 0
        service = self.desk.service("holdings")
        return int(service.withdrawn(change, asked.subject, asked.purpose, on))

    @staticmethod
    def ends(values: Mapping[str, Any]) -> bool:
        """Whether a new answer takes the ground from what is held: its data has to go."""
        refused = values.get("kind") == "refused" and bool(values.get("guardian"))
        return values.get("kind") in _ENDS or refused

    def groups(self, *where: ColumnElement[bool]) -> list[tuple[Asked, int]]:
        """Return one answer of each purpose, box and day, and how many there are."""
        t = self.table
        wanted = (
            select(func.min(t.c.subject), t.c.purpose, t.c.box, func.count())
            .where(*where)
            .group_by(t.c.purpose, t.c.box, t.c.at)
            .order_by(t.c.at, t.c.purpose, t.c.box)
        )
        with self.vault.reading() as sql:
            return [(Asked(*row[:3]), row[3]) for row in sql.execute(wanted)]

    # -- inside

    def _answer(
        self, refs: Sequence[str], kind: str, on: date | None, time: str, more: Mapping[str, Any]
    ) -> tuple[str, ...]:
        """Enter an answer that follows others; what they say of wording and guardian goes on.

        Without a day it is now, time of day included.
        """
        at = on or self.desk.today()
        now = f"{office_time(self.desk.now()):%H:%M}" if on is None and kind != "lapsed" else ""
        made = []
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs], reveal=True):
                if at < row.values["at"]:
                    raise BeforeConsentError(ref=row.ref, at=row.values["at"], day=at)
                taken = ("subject", "purpose", "box", "wording")
                answer = {name: row.values[name] for name in taken}
                answer |= {"kind": kind, "at": at, "time": as_time(time) or now}
                if row.values["guardian"]:
                    answer["guardian"] = True
                    answer["guardian_check"] = row.values["guardian_check"]
                if row.state == "waiting":
                    answer |= {n: row.values[n] for n in ("guardian_name", "guardian_phone")}
                    self._forget_guardian(row.id)
                given = {name: value for name, value in {**answer, **more}.items() if value}
                made.append(self.desk.ref("consents", self.insert(change, given)))
        return tuple(made)

    def _forget_guardian(self, number: int) -> None:
        """Drop who the guardian is from an answer that another one follows, which has it now."""
        self.vault.payloads.drop(PEOPLE, number, (SLOT_GUARDIAN, SLOT_GUARDIAN_PHONE))
        self.vault.keys_wait(self.desk.now().isoformat())

    def _matching(self, query: Query) -> list[int]:
        """Take ``as_of`` as the day whose answers count, and ``ask_again`` as rules 8 and 11."""
        where = dict(query.where)
        where.pop("as_of", None)
        wanted = where.pop("ask_again", None)
        day = asof.day_of(query)
        state = where.pop("state", None) if day is not None else None
        numbers = super()._matching(replace(query, where=where))
        if wanted is not None:
            due = asking.due(self.desk)
            keys = [wanted] if isinstance(wanted, str) else list(wanted)
            numbers = [n for n in numbers if due.get(n, "") in keys]
        return numbers if day is None else asof.counting(self, numbers, day, state)

    def _refuse_unseen(self, values: Mapping[str, Any]) -> None:
        if values.get("wording"):
            wording, purpose = (references.number(values[n]) for n in ("wording", "purpose"))
            seen.require_seen(self.desk, wording, purpose, str(values["box"]), values["at"])

    def _refuse_gone(self, ref: str) -> None:
        subjects = self.desk.service("subjects")
        (person,) = subjects.rows([references.number(ref)])
        if person.state in ("destroyed", "void"):
            raise PersonGoneError(person=ref)

    def _refuse_ended(self, ref: str, at: date) -> None:
        purposes = self.desk.service("purposes")
        (purpose,) = purposes.rows([purposes.number(ref)])
        ended = purpose.values["ended_on"]
        if ended is not None and at > ended:
            raise PurposeEndedError(purpose=purposes.spoken(purpose.id), day=ended)

    def _refuse_grown(self, values: Mapping[str, Any]) -> None:
        """Refuse to ask a guardian for somebody beyond the policy's own gate (rule 2)."""
        born = self._born(str(values["subject"]))
        if born is not None and not rules.gate_warns(born, values["at"]):
            age = rule_number("child.gate_age", values["at"])
            raise GrownUpError(person=values["subject"], age=age)

    def _refuse_child(self, values: Mapping[str, Any]) -> None:
        born = self._born(str(values["subject"]))
        if born is not None:
            verified = bool(values.get("guardian") and values.get("guardian_check"))
            rules.require_guardian(born, values["at"], verified=verified)

    def _born(self, subject: str) -> date | None:
        """Return the date of birth where an item for the age check holds one."""
        items = self.desk.service("items").find(Query(where={"age_check": True}))
        if not items:
            return None
        (person,) = self.desk.service("subjects").rows([references.number(subject)], reveal=True)
        days = [person.values.get(item.values["key"]) for item in items]
        return next((day for day in days if isinstance(day, date)), None)
