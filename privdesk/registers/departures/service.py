"""Leaving: begun at the member of staff, closed once no step is left."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select, update

from privdesk.core.fields import Kind
from privdesk.core.i18n import N_, _
from privdesk.core.register import Outcome, Query, Row
from privdesk.core.values import from_column
from privdesk.registers.departures import rules
from privdesk.registers.departures.fields import SLOT_DEVICES, SLOT_DEVICES_TO, SLOT_WHY
from privdesk.registers.departures.rules import LeavingFacts, Step
from privdesk.registers.desk import Change
from privdesk.registers.records import Records
from privdesk.registers.sworn import standing
from privdesk.vault.payloads import OFFICE


class Departures(Records):
    """Service of those who leave."""

    rows_add_texts = False
    told_together = ("left_to_do",)

    def rows(self, numbers: Sequence[int], *, reveal: bool = False) -> list[Row]:
        """Return leavings by number, called by whoever leaves."""
        return [
            replace(
                row,
                values={**row.values, "title": row.titles.get("staff") or row.ref},
                state=rules.LATE if self._late(row) else row.state,
            )
            for row in super().rows(numbers, reveal=reveal)
        ]

    def _late(self, row: Row) -> bool:
        return row.state == "open" and row.values["last_day"] < self.desk.today()

    def _matching(self, query: Query) -> list[int]:
        """Return what a list shows; late and not yet late are one state where they lie."""
        asked = query.where.get("state")
        states = {asked} if isinstance(asked, str) else set(asked or ())
        if not states & {"open", rules.LATE}:
            return super()._matching(query)
        stored = states - {rules.LATE} | {"open"}
        found = super()._matching(replace(query, where={**query.where, "state": sorted(stored)}))
        today = self.desk.today()
        lying = self._stored(found, {"last_day"})
        return [n for n in found if _stands(lying[n], today) in states]

    def begin(self, change: Change, staff: int, last_day: date) -> int:
        """Begin somebody's leaving, or move the last day of one under way; return its number."""
        number = self.of(staff)
        if number is None:
            member = self.desk.ref("staff", staff)
            number = self.insert(change, {"staff": member, "last_day": last_day})
            self._put(change, number, begun_on=self.desk.today())
            change.note("staff.leaving", self.register.name, number)
        else:
            self._put(change, number, last_day=last_day)
            change.note("record.changed", self.register.name, number, fields=("last_day",))
        return number

    def of(self, staff: int) -> int | None:
        """Return the leaving of somebody that is under way, or None."""
        t = self.table
        wanted = select(t.c.id).where(t.c.staff == staff, t.c.state == "open")
        with self.vault.reading() as sql:
            return sql.execute(wanted).scalar()

    def together(self, stored: Mapping[int, Mapping[str, Any]]) -> Mapping[int, Mapping[str, Any]]:
        """Return the steps that are left of each leaving, as things stand now."""
        under_way = [n for n, lying in stored.items() if lying["state"] == "open"]
        left = {number: rules.left(facts) for number, facts in self.facts_of(under_way).items()}
        return {n: {"left_to_do": tuple(s.value for s in left.get(n, ()))} for n in stored}

    def facts(self, number: int) -> LeavingFacts:
        """Return what the rules need of a leaving."""
        return self.facts_of([number])[number]

    def facts_of(self, numbers: Sequence[int]) -> dict[int, LeavingFacts]:
        """Return what the rules need of leavings, by number; each register is asked once."""
        if not numbers:
            return {}
        stored = self._stored(numbers)
        who = sorted({lying["staff"] for lying in stored.values()})
        known = self.desk.service("staff").names()
        rights = self.desk.service("access-rights").counts(who)
        oaths = standing(self.desk, self.desk.today(), who)
        pledged = {oath.staff for oath in oaths if oath.leaving is not None}
        handed = self.desk.service("handovers").givers(who)
        return {
            number: LeavingFacts(
                ref=self.desk.ref(self.register.name, number),
                name=known[staff].name,
                last_day=lying["last_day"],
                rights=rights.get(staff, 0),
                devices=lying["devices_on"] is not None,
                pledge=lying["pledge_on"] is not None or staff in pledged,
                handover=staff in handed,
                login=self._opens(known[staff].login),
                waived=from_column(Kind.CHOICES, lying["waived"]),
            )
            for number, lying in stored.items()
            for staff in (lying["staff"],)
        }

    # -- actions

    def devices(
        self, refs: Sequence[str], *, what: str, to: str = "", on: date | None = None
    ) -> Outcome:
        """Record what somebody handed back, to whom and when."""
        with self.desk.change() as change:
            for number in map(self.number, refs):
                told = {SLOT_DEVICES: what, SLOT_DEVICES_TO: to or self.vault.person.name}
                day = self._day(number, on)
                self.vault.payloads.put(OFFICE, number, told)
                self._put(change, number, devices_on=day)
                change.note("record.changed", self.register.name, number, fields=("devices",))
        return Outcome(_(N_("Handed back: entered")), tuple(refs))

    def pledge(self, refs: Sequence[str], *, on: date | None = None) -> Outcome:
        """Record that the leaver's pledge was signed, where it is not among the pledges."""
        with self.desk.change() as change:
            for number in map(self.number, refs):
                self._put(change, number, pledge_on=self._day(number, on))
                change.note("record.changed", self.register.name, number, fields=("pledge_on",))
        return Outcome(_(N_("Leaver’s pledge entered")), tuple(refs))

    def waive(self, refs: Sequence[str], *, step: str, reason: str) -> Outcome:
        """Record why a step does not apply; rights and the vault's own access always end."""
        if Step(step) not in rules.WAIVABLE:
            raise rules.NotWaivedError
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                waived = sorted({*row.values["waived"], step})
                why = "\n".join(filter(None, (str(row.values["why"] or ""), reason)))
                self.vault.payloads.put(OFFICE, row.id, {SLOT_WHY: why})
                self._put(change, row.id, waived=json.dumps(waived))
                change.note("record.changed", self.register.name, row.id, reason=reason)
        return Outcome(_(N_("Entered why the step does not apply")), tuple(refs))

    def close(self, refs: Sequence[str], *, on: date | None = None) -> Outcome:
        """Close a leaving of which no step is left."""
        with self.desk.change() as change:
            for number in map(self.number, refs):
                facts, day = self.facts(number), self._day(number, on)
                rules.require_done(facts)
                rules.check_over(facts, day)
                self._put(change, number, state="done", done_on=day)
                change.note("staff.left", self.register.name, number)
        return Outcome(_(N_("Leaving closed: nothing is left to do")), tuple(refs))

    # -- inside

    def _day(self, number: int, on: date | None) -> date:
        """Return the day of a step, today if none is told."""
        today = self.desk.today()
        if on is not None:
            rules.check_day(self.facts(number), on, today)
        return on or today

    def _opens(self, login: str) -> bool:
        person = self.vault.header.person(login) if login else None
        return person is not None and person.active

    def _put(self, change: Change, number: int, **values: Any) -> None:
        t = self.table
        change.sql.execute(update(t).where(t.c.id == number).values(**values))


def _stands(lying: Mapping[str, Any], today: date) -> str:
    """Return the state of a leaving as it is shown, from what the table holds."""
    state = str(lying["state"])
    return rules.LATE if state == "open" and lying["last_day"] < today else state
