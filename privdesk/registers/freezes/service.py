"""Freezes: set for a request, released with its result; each is logged with the person too."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select, update

from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.register import Outcome, Row
from privdesk.core.values import to_text
from privdesk.registers.checking import refuse
from privdesk.registers.desk import Change
from privdesk.registers.freezes import rules
from privdesk.registers.freezes.fields import SLOT_BEFORE, SLOT_NOTE
from privdesk.registers.freezes.rules import Result
from privdesk.registers.records import Records
from privdesk.vault.payloads import PEOPLE

OTHERS = N_("it is no request of this person.")
_ASKS_ONLY = ("inquiry", "infringement", "mediation", "source")
NOBODY_TOLD = N_("Released; nobody else received what was disputed")
RELEASED = N_("Released")


class NobodyToFreezeError(DomainError):
    """{person} was destroyed or taken out of use. Nothing was changed; check the reference."""


class NothingChangedError(DomainError):
    """What {ref} froze still reads as it did on that day, so it is not released as {result}.
    Nothing was changed; correct or delete it first, or release it as left as it was.
    """


class NobodyAskedError(DomainError):
    """{request} disputes nothing ({kind}), so nothing is frozen for it. Nothing was changed; name
    the request that does, or none.
    """


class Freezes(Records):
    """Service of the freezes."""

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Give a new freeze its first day, and the day by which the result is due."""
        if before is not None:
            return {}
        today = self.desk.today()
        self._refuse_gone(str(values["subject"]))
        self._refuse_other(values)
        stored: dict[str, Any] = {"since": today, "state": "frozen"}
        if values.get("result_by") is None:
            asked = self._due_of(values.get("request"))
            stored["result_by"] = asked or rules.result_by(today, today, self.desk.calendar)
        return stored

    def insert(self, change: Change, values: Mapping[str, Any]) -> int:
        """Freeze, keep the values as they were, and log it with the person."""
        number = super().insert(change, values)
        row = self.rows([number])[0]
        subject = references.number(row.values["subject"])
        then = self._values(subject, [references.number(ref) for ref in row.values["items"]])
        if then:
            self.vault.payloads.put(PEOPLE, number, {SLOT_BEFORE: json.dumps(then)})
        change.note("freeze.set", self.register.name, number)
        change.note("freeze.set", "subjects", subject)
        return number

    # -- actions

    def release(self, refs: Sequence[str], *, result: str, outcome: str = "") -> Outcome:
        """Release freezes with their result; recipients of what changed get a notice each."""
        made: list[int] = []
        with self.desk.change() as change:
            for ref in refs:
                number = self.number(ref)
                self._require_deed(self.rows([number])[0], Result(result))
                self.release_one(change, number, Result(result), outcome)
                if Result(result) in rules.TELLS:
                    made += self.tell(change, number, Result(result))
        if Result(result) not in rules.TELLS:
            return Outcome(_(RELEASED), tuple(refs))
        told = ngettext(
            "Released; {n} notice to a recipient drawn up",
            "Released; {n} notices to recipients drawn up",
            len(made),
        )
        return Outcome(told if made else _(NOBODY_TOLD), tuple(refs))

    def keep_frozen(self, refs: Sequence[str]) -> Outcome:
        """Decide that what is frozen stays so: the person asked for the use to stop."""
        with self.desk.change() as change:
            for ref in refs:
                self.settle(change, self.number(ref))
        return Outcome(_(N_("Stays frozen as the result")), tuple(refs))

    # -- for the flow

    def release_one(
        self, change: Change, number: int, result: Result | str, outcome: str = ""
    ) -> None:
        """Release one freeze in the caller's transaction; its result stands in the journal."""
        result = Result(result)
        (row,) = self.rows([number])
        if row.state != "frozen":
            raise rules.ReleasedAlreadyError(ref=row.ref)
        today = self.desk.today()
        change.sql.execute(
            update(self.table)
            .where(self.table.c.id == number)
            .values(state="released", result=result.value, released_on=today)
        )
        self.vault.payloads.put(PEOPLE, number, {SLOT_NOTE: outcome.strip() or None})
        if result not in rules.TELLS:
            self.vault.payloads.drop(PEOPLE, number, [SLOT_BEFORE])
        subject = references.number(row.values["subject"])
        for register, record in ((self.register.name, number), ("subjects", subject)):
            change.note(
                "freeze.released", register, record, fields=("state", "result"), reason=result.value
            )

    def tell(self, change: Change, number: int, result: Result) -> list[int]:
        """Draw up the notices to whoever received what this freeze was about."""
        (row,) = self.rows([number])
        notices: list[int] = self.desk.service("corrections").draw_up(
            change,
            references.number(row.values["subject"]),
            [references.number(ref) for ref in row.values["items"]],
            _number(row.values["request"]),
            "deletion" if result is Result.DELETED else "correction",
        )
        if result is Result.DELETED:
            self.vault.payloads.drop(PEOPLE, number, [SLOT_BEFORE])
            self.vault.keys_wait(self.desk.now().isoformat())
        return notices

    def before(self, subject: int, request: int | None) -> dict[int, str]:
        """Return the values that were disputed, by item, as the newest freezes found them."""
        t = self.table
        of = t.c.request == request if request is not None else t.c.request.is_(None)
        wanted = select(t.c.id).where(t.c.subject == subject, of, t.c.state != "void")
        with self.vault.reading() as sql:
            numbers = list(sql.execute(wanted.order_by(t.c.id)).scalars())
        found: dict[int, str] = {}
        for number in numbers:
            text = self.vault.payloads.read(PEOPLE, number).get(SLOT_BEFORE, "")
            found.update({int(k): v for k, v in json.loads(text or "{}").items()})
        return found

    def open_for(self, request: int) -> list[int]:
        """Return the numbers of the freezes of a request that wait for its result."""
        t = self.table
        waits = (t.c.request == request, t.c.state == "frozen", t.c.result.is_(None))
        with self.vault.reading() as sql:
            return list(sql.execute(select(t.c.id).where(*waits).order_by(t.c.id)).scalars())

    def waiting(self) -> dict[int, tuple[int | None, date, date]]:
        """Return the freezes without a result: request, first day, day for the result."""
        t = self.table
        columns = (t.c.id, t.c.request, t.c.since, t.c.result_by)
        runs = (t.c.state == "frozen", t.c.result.is_(None), t.c.result_by.is_not(None))
        wanted = select(*columns).where(*runs)
        with self.vault.reading() as sql:
            rows = sql.execute(wanted.order_by(t.c.id)).all()
        return {row.id: (row.request, row.since, row.result_by) for row in rows}

    def reckon(self, since: date) -> date:
        """Return the day for the result of a freeze that no request asked for."""
        return rules.result_by(since, self.desk.today(), self.desk.calendar)

    def follow(self, change: Change, request: int, before: date, after: date) -> None:
        """Move the days for results that were a request's due day along with it."""
        for number, (of, _since, due) in self.waiting().items():
            if of == request and due == before != after:
                self.move(change, number, after)

    def move(self, change: Change, number: int, until: date) -> None:
        """Set another day for the result."""
        t = self.table
        change.sql.execute(update(t).where(t.c.id == number).values(result_by=until))
        change.note("record.changed", self.register.name, number, fields=("result_by",))

    def settle(self, change: Change, number: int) -> None:
        """Note that what is frozen stays so, since the person asked for just that."""
        t, told = self.table, {"result": Result.SUSPENDED.value}
        change.sql.execute(update(t).where(t.c.id == number).values(**told))
        change.note("record.changed", self.register.name, number, fields=tuple(told))

    def open_of(self, subject: int, request: int | None = None) -> list[int]:
        """Return the numbers of a person's freezes that stand, of one request or of all."""
        t = self.table
        of = [] if request is None else [t.c.request == request]
        wanted = select(t.c.id).where(t.c.subject == subject, t.c.state == "frozen", *of)
        with self.vault.reading() as sql:
            return list(sql.execute(wanted.order_by(t.c.id)).scalars())

    def forget(self, change: Change, gone: Sequence[int]) -> None:
        """Drop what freezes tell of destroyed people; those that still stand end with them."""
        t = self.table
        for start in range(0, len(gone), 900):
            part = t.c.subject.in_(gone[start : start + 900])
            rows = change.sql.execute(select(t.c.id, t.c.state).where(part)).all()
            for number, state in rows:
                self.vault.payloads.drop(PEOPLE, number)
                if state == "frozen":
                    self.release_one(change, number, Result.DELETED)

    # -- inside

    def _values(self, subject: int, items: Sequence[int]) -> dict[str, str]:
        subjects = self.desk.service("subjects")
        (person,) = subjects.rows([subject], reveal=True)
        wanted = set(items)
        return {
            str(item): to_text(field.kind, person.values.get(field.name))
            for item, field in subjects.fields_of_items().items()
            if (not wanted or item in wanted) and person.values.get(field.name)
        }

    def _due_of(self, request: Any) -> date | None:
        number = _number(request)
        if number is None:
            return None
        rows = self.desk.service("requests").rows([number])
        found = rows[0].values.get("due_on") if rows else None
        return found if isinstance(found, date) else None

    def _refuse_other(self, values: Mapping[str, Any]) -> None:
        """Refuse the request of somebody else, or one that disputes nothing."""
        number = _number(values.get("request"))
        if number is None:
            return
        (row,) = self.desk.service("requests").rows([number])
        if row.values["subject"] != values["subject"]:
            refuse(self.field("request"), row.ref, _(OTHERS))
        if row.values["kind"] in _ASKS_ONLY:
            raise NobodyAskedError(request=row.ref, kind=self._kind(row))

    def _kind(self, request: Row) -> str:
        field = self.desk.service("requests").field("kind")
        choice = field.choice(str(request.values["kind"]))
        return _(choice.label) if choice else ""

    def _require_deed(self, row: Row, result: Result) -> None:
        """Refuse “corrected” or “deleted” of what still reads as when it was frozen."""
        if result not in rules.TELLS or row.values["keep"]:
            return  # what may not be destroyed yet goes only afterwards
        text = self.vault.payloads.read(PEOPLE, row.id).get(SLOT_BEFORE, "")
        then = json.loads(text or "{}")
        if not then:
            return
        subject = references.number(row.values["subject"])
        now = self._values(subject, [int(item) for item in then])
        same = then.items() & now.items() if result is Result.DELETED else ()
        if same or now == then:
            raise NothingChangedError(ref=row.ref, result=_(rules.RESULT_LABELS[result]))

    def _refuse_gone(self, ref: str) -> None:
        (person,) = self.desk.service("subjects").rows([references.number(ref)])
        if person.state in ("destroyed", "void"):
            raise NobodyToFreezeError(person=ref)


def _number(request: Any) -> int | None:
    """Return the number of a request given by reference, if any."""
    return references.number(request) if request else None
