"""Consents: answers are added, never rewritten; the newest of person and purpose counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select, update

from privdesk.core import references
from privdesk.core.clock import office_date, start_of
from privdesk.core.errors import DomainError
from privdesk.core.i18n import ngettext
from privdesk.core.register import Outcome, Query
from privdesk.registers.consents import rules
from privdesk.registers.desk import Change
from privdesk.registers.records import Records

_STATES = {"given": "given", "confirmed": "given", "refused": "refused", "withdrawn": "withdrawn"}
_AGREES = ("given", "confirmed")


class AnsweredLaterError(DomainError):
    """Nobody can have answered on {day}, which is still to come. Nothing was changed; check the
    date.
    """


class PurposeEndedError(DomainError):
    """The purpose {purpose} ended on {day}, so nobody can agree to it any more. Nothing was
    changed; choose another purpose.
    """


class PersonGoneError(DomainError):
    """{person} was destroyed or taken out of use. Nothing was changed; enter the person anew if
    there is a new consent.
    """


class Consents(Records):
    """Service of the consents."""

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Refuse answers that cannot be; give a new one its state."""
        if before is not None:
            return {}
        kind, at = str(values["kind"]), values["at"]
        if at > self.desk.today():
            raise AnsweredLaterError(day=at)
        self._refuse_gone(str(values["subject"]))
        if kind in _AGREES:
            self._refuse_ended(str(values["purpose"]), at)
            self._refuse_child(values)
        return {"state": _STATES[kind]}

    def written(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Let the newest answer of this person to this purpose count; act on a withdrawal."""
        t = self.table
        row = change.sql.execute(select(t.c.subject, t.c.purpose).where(t.c.id == number)).one()
        answers = change.sql.execute(
            select(t.c.id, t.c.kind, t.c.state)
            .where(t.c.subject == row.subject, t.c.purpose == row.purpose, t.c.state != "void")
            .order_by(t.c.at.desc(), t.c.id.desc())
        ).all()
        for place, answer in enumerate(answers):
            state = "past" if place else _STATES[answer.kind]
            if state != answer.state:
                change.sql.execute(update(t).where(t.c.id == answer.id).values(state=state))
                if answer.id != number:
                    change.note("record.changed", "consents", answer.id, fields=("state",))
        newest = answers[0].id if answers else None
        if newest == number and values.get("kind") == "withdrawn":
            self._act_on(change, row.subject, row.purpose, values["at"])

    # -- actions

    def withdraw(
        self, refs: Sequence[str], *, on: date | None = None, channel: str = ""
    ) -> Outcome:
        """Record that people withdraw consents; what is held on them is due from that day."""
        made = self._answer(refs, "withdrawn", on, channel)
        message = ngettext("{n} consent withdrawn", "{n} consents withdrawn", len(made))
        return Outcome(message, made)

    def confirm(self, refs: Sequence[str], *, on: date | None = None, channel: str = "") -> Outcome:
        """Record that people keep to consents they were asked about again (rule 11)."""
        made = self._answer(refs, "confirmed", on, channel)
        message = ngettext("{n} consent confirmed", "{n} consents confirmed", len(made))
        return Outcome(message, made)

    # -- for other registers

    def given_before(self, purpose: int, day: date) -> int:
        """Return how many consents to a purpose stand that were given before a day."""
        t = self.table
        wanted = (
            select(func.count())
            .select_from(t)
            .where(t.c.purpose == purpose, t.c.state == "given", t.c.at < day)
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

    def standing(self, subject: int, purpose: int) -> rules.ConsentState:
        """Return where a person's consent to a purpose stands today."""
        return rules.state_of(self.facts(subject, purpose), self.desk.today())

    def may_rely(self, subject: int, purpose: int) -> bool:
        """Whether a person's data may be processed on consent to a purpose today."""
        return rules.may_rely(self.facts(subject, purpose), self.desk.today())

    def facts(self, subject: int, purpose: int) -> rules.ConsentFacts:
        """Return what the rules need of a person's consent to a purpose; see ``facts_of``."""
        return self.facts_of([(subject, purpose)])[0]

    def standings(
        self, subject: int, on: date
    ) -> list[tuple[int, rules.ConsentState, date | None]]:
        """Return purpose, state and day of the last answer of a person's consents, on a day."""
        t = self.table
        wanted = select(t.c.purpose).where(t.c.subject == subject, t.c.state != "void").distinct()
        with self.vault.reading() as sql:
            purposes = list(sql.execute(wanted.order_by(t.c.purpose)).scalars())
        facts = self.facts_of([(subject, purpose) for purpose in purposes], on)
        return [
            (purpose, rules.state_of(told, on), office_date(last.at) if last else None)
            for purpose, told in zip(purposes, facts, strict=True)
            for last in (rules.latest(told.events),)
        ]

    def facts_of(
        self, pairs: Sequence[tuple[int, int]], on: date | None = None
    ) -> list[rules.ConsentFacts]:
        """Return what the rules need of consents, given by person and purpose, in their order.

        An answer to a wording before the purpose changed counts as version 0, a later
        one as version 1 (rule 8). With ``on`` what came later is left out.
        """
        purposes = sorted({purpose for _subject, purpose in pairs})
        of = {row.id: row.values for row in self.desk.service("purposes").rows(purposes)}
        answers = self._answers_to(pairs)
        return [
            self._facts(
                [row for row in answers.get(pair, []) if on is None or row.at <= on],
                renew if on is None or (renew is not None and renew <= on) else None,
                of[pair[1]]["marketing"],
            )
            for pair in pairs
            for renew in (of[pair[1]]["renew_from"],)
        ]

    def _answers_to(self, pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], list[Any]]:
        """Return number, kind and day of every answer of people to purposes, oldest first."""
        t, found = self.table, dict[tuple[int, int], list[Any]]()
        wanted, subjects = set(pairs), sorted({subject for subject, _purpose in pairs})
        columns = (t.c.id, t.c.kind, t.c.at, t.c.subject, t.c.purpose)
        with self.vault.reading() as sql:
            for start in range(0, len(subjects), 900):
                part = t.c.subject.in_(subjects[start : start + 900])
                order = (t.c.at, t.c.id)
                rows = sql.execute(
                    select(*columns).where(part, t.c.state != "void").order_by(*order)
                )
                for row in rows:
                    if (pair := (row.subject, row.purpose)) in wanted:
                        found.setdefault(pair, []).append(row)
        return found

    def _facts(
        self, rows: Sequence[Any], renew_from: date | None, marketing: object
    ) -> rules.ConsentFacts:
        events = [
            rules.ConsentEvent(
                kind=rules.Event(row.kind),
                at=start_of(row.at),
                number=row.id,
                wording=int(renew_from is None or row.at >= renew_from),
            )
            for row in rows
        ]
        return rules.ConsentFacts(
            ref=self.desk.ref("consents", rows[-1].id) if rows else "",
            events=events,
            wording_needed=int(renew_from is not None),
            marketing=bool(marketing),
        )

    def groups(self, *where: ColumnElement[bool]) -> list[tuple[int, int, int]]:
        """Return one subject of each purpose and day, the purpose, and how many there are."""
        t = self.table
        wanted = (
            select(func.min(t.c.subject), t.c.purpose, func.count())
            .where(*where)
            .group_by(t.c.purpose, t.c.at)
            .order_by(t.c.at, t.c.purpose)
        )
        with self.vault.reading() as sql:
            return [(row[0], row[1], row[2]) for row in sql.execute(wanted)]

    # -- inside

    def _answer(
        self, refs: Sequence[str], kind: str, on: date | None, channel: str
    ) -> tuple[str, ...]:
        made = []
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                answer = {
                    "subject": row.values["subject"],
                    "purpose": row.values["purpose"],
                    "kind": kind,
                    "at": on or self.desk.today(),
                    "channel": channel,
                    "wording": row.values["wording"],
                }
                if row.values["guardian"]:
                    answer["guardian"] = True
                    answer["guardian_check"] = row.values["guardian_check"]
                made.append(self.desk.ref("consents", self.insert(change, answer)))
        return tuple(made)

    def _act_on(self, change: Change, subject: int, purpose: int, on: date) -> None:
        if "holdings" in self.desk.registers:
            self.desk.service("holdings").withdrawn(change, subject, purpose, on)

    def _refuse_gone(self, ref: str) -> None:
        subjects = self.desk.service("subjects")
        (person,) = subjects.rows([references.parse(ref)[1]])
        if person.state in ("destroyed", "void"):
            raise PersonGoneError(person=ref)

    def _refuse_ended(self, ref: str, at: date) -> None:
        purposes = self.desk.service("purposes")
        (purpose,) = purposes.rows([purposes.number(ref)])
        ended = purpose.values["ended_on"]
        if ended is not None and at > ended:
            raise PurposeEndedError(purpose=purposes.spoken(purpose.id), day=ended)

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
        (person,) = self.desk.service("subjects").rows([references.parse(subject)[1]], reveal=True)
        days = [person.values.get(item.values["key"]) for item in items]
        return next((day for day in days if isinstance(day, date)), None)
