"""Notices: drawn up for everybody who received the data, sent, replied to, chased."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import select, update

from privdesk.core import references
from privdesk.core.i18n import ngettext
from privdesk.core.register import Outcome, Row
from privdesk.registers import incoming
from privdesk.registers.corrections import drawing, rules
from privdesk.registers.corrections.fields import (
    SLOT_ACCEPTED,
    SLOT_AFTER,
    SLOT_BEFORE,
    SLOT_BY,
    SLOT_KNOWN,
    SLOT_NOTE,
)
from privdesk.registers.corrections.rules import Result, State
from privdesk.registers.desk import Change
from privdesk.registers.records import Records
from privdesk.vault import attachments
from privdesk.vault.payloads import OFFICE, PEOPLE

REPLY_DAYS = 7
Values = Mapping[int, tuple[str, str]]


class Corrections(Records):
    """Service of the notices to recipients."""

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Give a new notice the day by which it has to go out (rule 24)."""
        if before is not None:
            return {}
        today = self.desk.today()
        decided = values.get("decided_on") or today
        return {
            "decided_on": decided,
            "tell_by": rules.tell_by(decided, today, self.desk.calendar),
            "state": State.OPEN.value,
        }

    def amend(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Change a notice; once it went out only whom to turn to may change."""
        (row,) = self.rows([number], reveal=True)
        typed = self.checked(values, whole=False)
        changed = {n for n, v in typed.items() if (row.values.get(n) or None) != (v or None)}
        if row.values["sent_on"] is not None and changed - {"contact"}:
            raise rules.ToldAlreadyError(ref=row.ref)
        super().amend(change, number, values)

    def draw_up(
        self,
        change: Change,
        subject: int,
        items: Sequence[int],
        request: int | None,
        what: str | Values,
        *,
        processors: bool = True,
        named: Mapping[str, Collection[int]] = MappingProxyType({}),
    ) -> list[int]:
        """Draw up a notice for each recipient, processor and source; return their numbers.

        ``what`` is ``correction``, ``deletion``, or by item the value before and after. Whoever
        has a notice of the same request that has not gone out yet gets no second one. ``named``
        are third parties named by a consent, with the items.
        """
        kind = rules.what_of(what) if isinstance(what, str) else rules.What.CORRECTION
        values: Values = {} if isinstance(what, str) else what
        concerned = set(items) or set(values)
        told = drawing.told(self.desk, subject, request, kind, values)
        waiting = self._waiting(subject, request)
        return [
            self._draw(change, subject, request, one, told)
            for one in drawing.addressees(
                self.desk, subject, concerned, processors=processors, named=named
            )
            if one.key not in waiting
        ]

    # -- actions

    def send(self, refs: Sequence[str], *, on: date | None = None) -> Outcome:
        """Record that notices went out; the reply is asked for within the office's days."""
        day = on or self.desk.today()
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                decided = row.values["decided_on"]
                rules.check_sent(row.ref, day, decided, self.desk.today())
                self.sent(change, row.id, day)
        return Outcome(ngettext("{n} notice sent", "{n} notices sent", len(refs)), tuple(refs))

    def reply(
        self,
        refs: Sequence[str],
        *,
        by: str,
        result: str,
        on: date | None = None,
        note: str = "",
        file: str = "",
    ) -> Outcome:
        """Enter what a recipient replied; what is not wholly done stays open."""
        day = on or self.desk.today()
        evidence = incoming.read(file) if file else None
        files: list[str] = []
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                rules.require_state(row.ref, State(row.state), State.SENT, State.DIFFERS)
                rules.check_reply(row.ref, day, row.values["sent_on"], self.desk.today())
                if evidence is not None:
                    self._keep(change, row.id, evidence)
                self.vault.payloads.put(OFFICE, row.id, {SLOT_BY: by})
                self.vault.payloads.put(PEOPLE, row.id, {SLOT_NOTE: note or None})
                after = rules.after_reply(Result(result))
                self._put(change, row.id, replied_on=day, result=result, state=after.value)
                change.note("correction.answered", self.register.name, row.id, reason=result)
                files += self._settled(change, row, after)
        attachments.unlink(self.vault, files)
        return Outcome(ngettext("{n} reply entered", "{n} replies entered", len(refs)), tuple(refs))

    def accept(self, refs: Sequence[str], *, reason: str) -> Outcome:
        """Settle notices whose reply is accepted as it is, with the reason why."""
        files: list[str] = []
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                rules.require_state(row.ref, State(row.state), State.DIFFERS)
                self._put(change, row.id, state=State.ANSWERED.value)
                self.vault.payloads.put(PEOPLE, row.id, {SLOT_ACCEPTED: reason.strip()})
                fields = ("accepted_why",)
                change.note("correction.answered", self.register.name, row.id, fields=fields)
                files += self._settled(change, row, State.ANSWERED)
        attachments.unlink(self.vault, files)
        return Outcome(
            ngettext("{n} reply accepted", "{n} replies accepted", len(refs)), tuple(refs)
        )

    # -- for flows and papers

    def sent(self, change: Change, number: int, day: date) -> None:
        """Record in the caller's transaction that a notice went out."""
        (row,) = self.rows([number])
        rules.require_state(row.ref, State(row.state), State.OPEN, State.SENT, State.DIFFERS)
        days = int(self.desk.setting("reply_days", REPLY_DAYS))
        by = self.desk.calendar.deadline_days(day, days)
        self._put(change, number, sent_on=day, reply_by=by, state=State.SENT.value)
        change.note("correction.sent", self.register.name, number)

    def reply_day(self) -> date:
        """Return the day by which a notice that goes out today asks for the reply."""
        days = int(self.desk.setting("reply_days", REPLY_DAYS))
        return self.desk.calendar.deadline_days(self.desk.today(), days)

    def of_subject(self, subject: int) -> list[int]:
        """Return the numbers of a person's notices, oldest first."""
        t = self.table
        wanted = select(t.c.id).where(t.c.subject == subject, t.c.state != "void")
        with self.vault.reading() as sql:
            return list(sql.execute(wanted.order_by(t.c.id)).scalars())

    def forget(self, change: Change, gone: Sequence[int]) -> list[str]:
        """Drop what notices tell of destroyed people, but not before it was sent.

        Return the files to unlink after the commit.
        """
        t, files = self.table, list[str]()
        for start in range(0, len(gone), 900):
            part = t.c.subject.in_(gone[start : start + 900])
            of = change.sql.execute(select(t.c.id).where(part, t.c.state != State.OPEN.value))
            for number in list(of.scalars()):
                files += self._forget(change, number)
        return files

    # -- inside

    def _draw(
        self,
        change: Change,
        subject: int,
        request: int | None,
        one: drawing.Addressee,
        told: drawing.Told,
    ) -> int:
        items = sorted(one.items)
        values: dict[str, Any] = {
            "kind": told.what.value,
            "subject": self.desk.ref("subjects", subject),
            "role": one.role.value,
            "recipient": one.name,
            "items": tuple(self.desk.ref("items", item) for item in items),
            "before": told.lines(items, before=True),
            "after": told.lines(items, before=False),
            "known_as": drawing.known_as(self.desk, subject, one.place),
            "contact": one.contact,
        }
        if request is not None:
            values["request"] = self.desk.ref("requests", request)
        if one.provision is not None:
            values["provision"] = self.desk.ref("provisions", one.provision)
            values["provided_on"] = one.provided_on
        if one.place is not None:
            values["place"] = self.desk.ref("places", one.place)
        number = self.insert(change, values)
        change.note("correction.drawn", self.register.name, number)
        return number

    def _waiting(self, subject: int, request: int | None) -> set[tuple[str, str]]:
        """Return whoever has a notice of this request that has not gone out yet."""
        t = self.table
        of = t.c.request == request if request is not None else t.c.request.is_(None)
        wanted = select(t.c.role, t.c.recipient).where(
            t.c.subject == subject, of, t.c.state == State.OPEN.value
        )
        with self.vault.reading() as sql:
            rows = sql.execute(wanted).all()
        return {drawing.Addressee(rules.Role(role), name).key for role, name in rows}

    def _settled(self, change: Change, row: Row, after: State) -> list[str]:
        """Drop the values of a settled notice whose person, or whose data, is gone."""
        if after is not State.ANSWERED:
            return []
        subject = references.number(row.values["subject"])
        (person,) = self.desk.service("subjects").rows([subject])
        if person.state == "destroyed":
            return self._forget(change, row.id)
        if row.values["kind"] != rules.What.DELETION.value:
            return []
        return self._forget(change, row.id, (SLOT_BEFORE, SLOT_AFTER, SLOT_KNOWN))

    def _forget(self, change: Change, number: int, slots: Collection[int] = ()) -> list[str]:
        """Drop a notice's personal values and the sealed copies of its paper.

        With ``slots`` only those values: what the recipient replied goes with the person.
        """
        about = self.desk.ref(self.register.name, number)
        files: list[str] = self.desk.service("documents").forget(change, about)
        if files or self.vault.payloads.read(PEOPLE, number):
            self.vault.keys_wait(self.desk.now().isoformat())
        if slots:
            self.vault.payloads.drop(PEOPLE, number, slots)
            return files
        files += attachments.forget(self.vault, number)
        self._put(change, number, evidence=None)
        self.vault.payloads.drop(PEOPLE, number)
        return files

    def _keep(self, change: Change, number: int, evidence: incoming.Incoming) -> None:
        kept = evidence.data, evidence.media_type
        name = attachments.store(self.vault, PEOPLE, number, *kept)
        self._put(change, number, evidence=name)

    def _put(self, change: Change, number: int, **values: Any) -> None:
        t = self.table
        change.sql.execute(update(t).where(t.c.id == number).values(**values))
