"""Processors: named once, below no processor of their own, with the days of their supervision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, select, update

from privdesk.core import references
from privdesk.core.fields import Kind
from privdesk.core.hangul import name_key
from privdesk.core.i18n import N_, _
from privdesk.core.register import Outcome, Query, Row
from privdesk.core.values import from_column
from privdesk.registers.checking import refuse
from privdesk.registers.desk import Change
from privdesk.registers.named import NamedRecords, NameTakenError
from privdesk.registers.processors import bounds, companies, rules
from privdesk.registers.processors.rules import State


class Company(NamedTuple):
    """What a processor is called, and the one above it in the language spoken."""

    name: str
    english: str
    parent: str


class Processors(NamedRecords):
    """Service of the processors."""

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Refuse a name taken and a chain that comes back to itself; work out the next check."""
        super().derive(values, before)
        self._refuse_twin(values, before)
        self._refuse_circle(values, before)
        self._check_days(values, before)
        told = (values.get("since"), values.get("checked_on"), values.get("trained_on"))
        return {"check_due": rules.next_check(*told), **self._number(values, before)}

    def called(self, title: str) -> list[int]:
        """Return the processors of this name; else those that differ by the form of company."""
        found = super().called(title)
        wanted = companies.company_key(title)
        if found or not wanted:
            return found
        return [n for n, *names in self._named() if wanted in map(companies.company_key, names)]

    def rows(self, numbers: Sequence[int], *, reveal: bool = False) -> list[Row]:
        """Return processors with the number of works that stand."""
        found = super().rows(numbers, reveal=reveal)
        works = self.desk.service("consignments").standing_by_processor()
        return [
            replace(row, values={**row.values, "works": len(works.get(row.id, ()))})
            for row in found
        ]

    def used_by(self, number: int) -> str:
        """Return a work or a sub-processor that stands on a processor."""
        ref = self.desk.ref(self.register.name, number)
        for name, by in (("consignments", "processor"), ("processors", "parent")):
            service = self.desk.service(name)
            rows = service.find(Query(where={by: ref, "state": "active"}), limit=1)
            if rows:
                return str(rows[0].ref)
        return ""

    def needed_by(self, number: int) -> str:
        """Return what says that a processor works for us: an inspection, or whose sub it is."""
        sql = "SELECT id FROM inspections WHERE processor = ? AND state <> 'void' LIMIT 1"
        found = self.vault.raw.execute(sql, (number,)).fetchone()
        if found is not None:
            return self.desk.ref("inspections", found[0])
        (row,) = self.rows([number])
        return str(row.values["parent"] or "") if row.state == "active" else ""

    # -- actions

    def attach(self, refs: Sequence[str], *, what: str, file: str) -> Outcome:
        """Keep a file sealed with processors."""
        with self.desk.change() as change:
            for number in [self.number(ref) for ref in refs]:
                papers = self.desk.service("partner-papers")
                papers.attach(change, self.register.name, number, file, what)
        return Outcome(_(N_("Attached to {refs}")).format(refs=", ".join(refs)), tuple(refs))

    def resume(self, refs: Sequence[str], *, reason: str) -> Outcome:
        """Take back the end of contracts; their works are begun again one by one."""
        gone = dict.fromkeys(("ended_on", "disposal", "disposed_on", "disposed"))
        with self.desk.change() as change:
            for number in [self.number(ref) for ref in refs]:
                self.put(change, number, state=State.ACTIVE.value, **gone)
                change.note("processor.resumed", self.register.name, number, reason=reason)
        return Outcome(_(N_("Under contract again")), tuple(refs))

    # -- for flows, findings and other registers

    def put(self, change: Change, number: int, **values: Any) -> None:
        """Store what the steps write; the caller journals it."""
        t = self.table
        change.sql.execute(update(t).where(t.c.id == number).values(**values))

    def supervised(self, change: Change, number: int, name: str, day: date) -> None:
        """Note an inspection (``checked_on``) or training (``trained_on``); move the next check.

        An older one that is entered afterwards moves nothing.
        """
        (row,) = self.rows([number])
        known = row.values[name]
        if known is not None and known >= day:
            return
        told = {**row.values, name: day}
        since = self.began(row)
        due = rules.next_check(since, told["checked_on"], told["trained_on"])
        self.put(change, number, **{name: day, "check_due": due})
        change.note("record.changed", self.register.name, number, fields=(name, "check_due"))

    def resupervise(self, change: Change, number: int) -> None:
        """Work out anew when a processor was last inspected and trained: one of them is gone."""
        (row,) = self.rows([number])
        inspections, told = self.desk.service("inspections"), dict[str, Any]()
        for name, kind in (("checked_on", "inspection"), ("trained_on", "training")):
            held = inspections.of_processor(number, kind)
            told[name] = held[0].values["held_on"] if held else None
        told["check_due"] = rules.next_check(
            self.began(row), told["checked_on"], told["trained_on"]
        )
        told = {name: day for name, day in told.items() if row.values[name] != day}
        if told:
            self.put(change, number, **told)
            change.note("record.changed", self.register.name, number, fields=tuple(sorted(told)))

    def began(self, row: Row) -> date | None:
        """Return the first day a processor worked for us: as entered, or of its first work."""
        first: date | None = self.desk.service("consignments").first_day(row.id)
        return bounds.earlier(row.values["since"], first)

    def places_of(self, row: Row) -> list[int]:
        """Return the places in use that keep data for a processor: linked, or naming it."""
        names = {name_key(str(row.values[n] or "")) for n in ("name", "name_en")} - {""}
        linked = {references.number(ref) for ref in row.values["places"]}
        sql = "SELECT id, processor FROM places WHERE kind = 'processor' AND state = 'active'"
        named = {
            n for n, text in self.vault.raw.execute(sql).fetchall() if name_key(text or "") in names
        }
        living = self.desk.service("places").rows(sorted(linked | named))
        return [place.id for place in living if place.state == "active"]  # fmt: skip

    def strangers(self) -> list[tuple[int, str, str]]:
        """Return the places at companies that are no processors here: number, place, company."""
        known = {name_key(name) for _n, *names in self._named() for name in names if name}
        linked: set[int] = set()
        sql = "SELECT places FROM processors WHERE places IS NOT NULL AND state <> 'void'"
        for (text,) in self.vault.raw.execute(sql).fetchall():
            linked |= {references.number(ref) for ref in self.field_refs(text)}
        sql = (
            "SELECT id, name, processor FROM places WHERE kind = 'processor'"
            " AND state = 'active' ORDER BY id"
        )
        return [
            (number, str(name), str(company))
            for number, name, company in self.vault.raw.execute(sql).fetchall()
            if number not in linked and name_key(company or "") not in known
        ]

    @staticmethod
    def field_refs(text: str) -> tuple[str, ...]:
        """Return the references that a column of several links holds."""
        found: tuple[str, ...] = from_column(Kind.LINKS, text)
        return found

    def subs(self) -> list[Row]:
        """Return the living sub-processors of every processor, by name."""
        t = self.table
        living = t.c.state.in_((State.ACTIVE.value, State.ENDING.value))
        wanted = select(t.c.id).where(t.c.parent.is_not(None), living).order_by(t.c.name, t.c.id)
        with self.vault.reading() as sql:
            return self.rows(list(sql.execute(wanted).scalars()))

    def companies(self) -> dict[int, Company]:
        """Return what all processors are called, by number."""
        sql = "SELECT id, name, name_en, parent FROM processors"
        rows = self.vault.raw.execute(sql).fetchall()
        above = self.titles(sorted({row[3] for row in rows if row[3]}))
        return {
            number: Company(name or "", english or "", above.get(parent, ""))
            for number, name, english, parent in rows
        }

    def facts(self, rows: Sequence[Row]) -> list[rules.ProcessorFacts]:
        """Return what the rules need of processors."""
        first = self.desk.service("consignments").first_days()
        names = self.titles([row.id for row in rows])
        has_subs = {str(row.values["parent"]) for row in rows if row.values["parent"]}
        return [
            rules.ProcessorFacts(
                ref=row.ref,
                name=names[row.id],
                state=State(row.state),
                sub=bool(row.values["parent"]),
                since=bounds.earlier(row.values["since"], first.get(row.id)),
                consent_on=row.values["consent_on"],
                checked=row.values["checked_on"],
                trained=row.values["trained_on"],
                ended_on=row.values["ended_on"],
                working=bool(row.values["works"] or row.values["parent"] or row.ref in has_subs),
            )
            for row in rows
        ]

    # -- inside

    def _refuse_twin(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> None:
        """Refuse a company that stands here already, written with another form of company."""
        name = str(values.get("name") or "")
        key, known = (
            companies.company_key(name),
            companies.company_key(str((before or {}).get("name"))),
        )
        if not key or key == known:
            return
        for number, other, _english in self._named():
            if companies.company_key(other) == key:
                ref = self.desk.ref(self.register.name, number)
                raise NameTakenError(name=other, ref=ref)

    def _check_days(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> None:
        """Refuse a first day moved later, and consent to come or before there was a contract."""
        today, agreed, known = self.desk.today(), values.get("consent_on"), before or {}
        bounds.check_start(str(values["name"]), known.get("since"), values.get("since"), today)
        if agreed is None or agreed == known.get("consent_on"):
            return
        rules.require_past(agreed, today)
        first = self._first_contract(str(values.get("parent") or ""))
        if first is not None and agreed < first:
            raise bounds.BeforeItsTimeError(day=agreed, first=first)

    def _first_contract(self, ref: str) -> date | None:
        """Return the first day of any contract with the processor above, or None."""
        if not ref:
            return None
        (row,) = self.rows([references.number(ref)])
        sql = "SELECT min(signed_on) FROM consignments WHERE processor = ? AND state <> 'void'"
        signed = self.vault.raw.execute(sql, (row.id,)).fetchone()[0]
        return bounds.earlier(self.began(row), date.fromisoformat(signed) if signed else None)

    def _number(
        self, values: Mapping[str, Any], before: Mapping[str, Any] | None
    ) -> dict[str, str]:
        """Return a Korean company's registration number in its usual form; refuse a wrong one."""
        given = str(values.get("registration_no") or "").strip()
        known = str((before or {}).get("registration_no") or "")
        if not given or given == known or str(values.get("country") or "").strip():
            return {}
        number = companies.registration_no(given)
        if number is None:
            refuse(self.field("registration_no"), given, _(companies.WRONG_NUMBER))
        return {"registration_no": number}

    def _refuse_circle(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> None:
        """Refuse a processor that stands, over however many steps, below itself."""
        ref = str(values.get("parent") or "")
        if not ref:
            return
        own = self._own(before)
        t, number, seen = self.table, references.number(ref), set[int]()
        while number and number not in seen:
            if number == own:
                raise rules.OwnParentError(name=values.get("name"))
            seen.add(number)
            sql = select(t.c.parent).where(t.c.id == number)
            with self.vault.reading() as reading:
                number = reading.execute(sql).scalar_one_or_none() or 0

    def _own(self, before: Mapping[str, Any] | None) -> int:
        if before is None:
            return 0
        t = self.table
        with self.vault.reading() as sql:
            wanted = select(func.min(t.c.id)).where(t.c.name == before.get("name"))
            return int(sql.execute(wanted.where(t.c.state != "void")).scalar_one_or_none() or 0)
