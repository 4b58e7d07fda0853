"""Works consigned: contract ticked against its file, people notified, ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select, update

from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.fields import Field, Kind
from privdesk.core.hangul import says_why
from privdesk.core.i18n import N_, _, current, ngettext
from privdesk.core.register import Outcome, Row
from privdesk.core.values import from_column, to_column
from privdesk.registers.checking import MISSING, refuse
from privdesk.registers.desk import Change
from privdesk.registers.processors import bounds, rules
from privdesk.registers.processors.consigned import (
    SLOT_CONTACT,
    SLOT_ENTIRE,
    SLOT_SCOPE,
    SLOT_TICKED_BY,
)
from privdesk.registers.processors.filed import CONTRACT
from privdesk.registers.processors.listed import LISTED, Listed
from privdesk.registers.records import Records
from privdesk.vault.payloads import OFFICE

_SUBS = "SELECT id FROM processors WHERE parent IS NOT NULL"
_AT_ONCE = 900  # numbers in one question to the database
_LATER = frozenset(("note", "contact", "work_en", "contract_no", "files", "people"))
"""What may still be completed of a work that has ended."""
PUBLIC = frozenset(
    ("processor", "work", "work_en", "scope", "items", "since", "until", "contact", "marketing",
     "abroad", "country")
)  # fmt: skip
"""What the published list says of a work; a change of one is a change of the list (rule 29)."""
TERMS = frozenset(("work", "scope", "items", "people", "entire"))
"""What the contract is about; once it was checked, a change of one asks for another look."""
JUDGED = (
    "id", "processor", "work", "work_en", "since", "until", "clauses", "ticked_on",
    "ticked_file", "marketing", "notified_on", "notice_way", "posted_until", "changed_on",
    "terms_on", "untold", "entire", "challenged_on", "abroad", "country", "transfer_ground",
)  # fmt: skip
"""The columns that the rules need of a work."""


class NoContractError(DomainError):
    """There is no contract on file for {ref}, so there is nothing to tick against. Nothing was
    changed; attach the contract first.
    """


class ReasonMissingError(DomainError):
    """Without a reason the entire personal data cannot stay with {ref}. Nothing was changed; write
    down in words why less will not do, or narrow it.
    """


class NobodyNotifiedError(DomainError):
    """Nobody is held in the files of {ref}, so how many people were notified is not known. Nothing
    was changed; enter their number, or the files whose people the work is about.
    """


class Consignments(Records):
    """Service of the works consigned."""

    def checked_against(
        self, fields: Iterable[Field], values: Mapping[str, Any], *, whole: bool
    ) -> dict[str, Any]:
        """Check values; a company that nobody entered yet becomes a processor with its work."""
        named, asked = values.get("processor"), tuple(fields)
        if isinstance(named, str) and named.strip() and self.register.field("processor") in asked:
            values = {**values, "processor": self._processor(named.strip())}
        return super().checked_against(asked, values, whole=whole)

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Refuse days that cannot be; note the day on which something public changed."""
        today = self.desk.today()
        rules.check_days(values.get("since"), values.get("until"))
        if before is None or before.get("until") != values.get("until"):
            bounds.check_end(values.get("until"), today)
        if before is None:
            self._refuse_ended(str(values["processor"]))
            return {"changed_on": min(values.get("since") or today, today)}
        if before.get("items") and not (values.get("items") or values.get("entire")):
            refuse(self.field("items"), "", _(MISSING))
        changed = {name for name in values if before.get(name) != values[name]}
        told = {"changed_on": today} if changed & PUBLIC else {}
        if before.get("ticked_on") and changed & TERMS:
            told["terms_on"] = today
        return told

    def computed(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return how many of the seven clauses are lacking; empty before anybody looked."""
        if values.get("ticked_on") is None:
            return {"lacking": None}
        return {"lacking": len(_lacking(values.get("clauses") or ()))}

    def amend(
        self, change: Change, number: int, values: Mapping[str, Any], *, renewed: bool = False
    ) -> None:
        """Change a work; what has ended stays, and so does what would take a duty back."""
        (row,) = self.rows([number])
        typed = self.checked(values, whole=False)
        changed = {name for name, value in typed.items() if row.values.get(name) != value}
        if row.state == "ended" and not changed <= _LATER:
            raise rules.WorkEndedError(ref=row.ref)
        until = row.values["until"]
        if "until" in changed and until is not None and not renewed:
            raise bounds.RenewError(ref=row.ref, until=until)
        if "since" in changed:
            today = self.desk.today()
            bounds.check_start(row.ref, row.values["since"], typed["since"], today)
        super().amend(change, number, values)

    def titles(self, numbers: Sequence[int]) -> dict[int, str]:
        """Return the works by number, in English where the screen is and they have it."""
        english, t = current() == "en", self.table
        found: dict[int, str] = {}
        for start in range(0, len(numbers), _AT_ONCE):
            part = t.c.id.in_(numbers[start : start + _AT_ONCE])
            with self.vault.reading() as sql:
                rows = sql.execute(select(t.c.id, t.c.work, t.c.work_en).where(part)).all()
            found |= {number: (english and second) or first or "" for number, first, second in rows}
        return found

    # -- actions

    def attach(self, refs: Sequence[str], *, what: str, file: str) -> Outcome:
        """Keep a file sealed with works and their processors."""
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                papers = self.desk.service("partner-papers")
                papers.attach(
                    change, self.register.name, row.id, file, what, processor=_processor(row)
                )
        return Outcome(_(N_("Attached to {refs}")).format(refs=", ".join(refs)), tuple(refs))

    def tick(self, refs: Sequence[str], *, clauses: Sequence[str] = ()) -> Outcome:
        """Record which of the seven clauses stand in the contract on file (rule 28)."""
        with self.desk.change() as change:
            for number in [self.number(ref) for ref in refs]:
                paper = self._contract(number)
                told: dict[str, Any] = {"clauses": to_column(Kind.CHOICES, tuple(clauses))}
                told |= {"ticked_on": self.desk.today(), "ticked_file": paper.id, "terms_on": None}
                self.put(change, number, **told)
                self.vault.payloads.put(OFFICE, number, {SLOT_TICKED_BY: self.vault.person.name})
                change.note(
                    "contract.ticked",
                    self.register.name,
                    number,
                    fields=("clauses", "ticked_file"),
                    details={"sha256": str(paper.values["digest"])},
                )
        lacking = len(_lacking(clauses))
        if not lacking:
            return Outcome(_(N_("All seven clauses found")), tuple(refs))
        told_ = ngettext("{n} clause is lacking", "{n} clauses are lacking", lacking)
        return Outcome(told_, tuple(refs))

    def contract(self, refs: Sequence[str]) -> Outcome:
        """Show the contract that was attached last."""
        paper = self._contract(self.number(refs[0]))
        shown: Outcome = self.desk.service("partner-papers").show([paper.ref])
        return shown

    def question(
        self, refs: Sequence[str], *, result: str, items: Sequence[str] = (), reason: str = ""
    ) -> Outcome:
        """Record what came of asking whether less than the entire data is enough (S4.3)."""
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                if result == "narrowed":
                    if not items:
                        refuse(self.field("items"), "", _(MISSING))
                    self.amend(change, row.id, {"entire": False, "items": tuple(items)})
                elif not says_why(reason):
                    raise ReasonMissingError(ref=row.ref)
                self.put(change, row.id, challenge=result, challenged_on=self.desk.today())
                self.vault.payloads.put(OFFICE, row.id, {SLOT_ENTIRE: reason.strip()})
                names = ("challenge", "challenged_on")
                change.note("record.changed", self.register.name, row.id, fields=names)
        return Outcome(_(N_("Recorded for {refs}")).format(refs=", ".join(refs)), tuple(refs))

    def notify(
        self,
        refs: Sequence[str],
        *,
        way: str,
        on: date | None = None,
        count: int | None = None,
        until: date | None = None,
    ) -> Outcome:
        """Record that people were told of a marketing work (rule 30)."""
        day = on or self.desk.today()
        rules.require_past(day, self.desk.today())
        posted = until if way == rules.POSTING else None
        rules.check_posting(day, posted)
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                bounds.check_told(day, row.values["signed_on"], row.values["since"])
                told = {
                    "notice_way": way,
                    "notified_on": day,
                    "posted_until": posted,
                    **self._reached(row, way, count),
                }
                self.put(change, row.id, **told)
                fields = tuple(told)
                change.note("consignment.notified", self.register.name, row.id, fields=fields)
        return Outcome(_(N_("Notified on {day}")).format(day=day), tuple(refs))

    def renew(self, refs: Sequence[str], *, until: date) -> Outcome:
        """Let contracts run until a later day."""
        with self.desk.change() as change:
            for number in [self.number(ref) for ref in refs]:
                self.amend(change, number, {"until": until}, renewed=True)
        return Outcome(_(N_("Runs until {day}")).format(day=until), tuple(refs))

    def end(self, refs: Sequence[str], *, on: date | None = None, reason: str = "") -> Outcome:
        """Record that works have ended; the processor's own end is another step."""
        day = on or self.desk.today()
        rules.require_past(day, self.desk.today())
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                rules.check_days(row.values["since"], day)
                self.put(change, row.id, state="ended", ended_on=day, changed_on=day)
                change.note("consignment.ended", self.register.name, row.id, reason=reason)
        return Outcome(_(N_("Ended on {day}")).format(day=day), tuple(refs))

    def resume(self, refs: Sequence[str], *, reason: str) -> Outcome:
        """Take back the end of works."""
        gone = {"state": "active", "ended_on": None, "changed_on": self.desk.today()}
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                self._refuse_ended(str(row.values["processor"]))
                self.put(change, row.id, **gone)
                change.note("consignment.resumed", self.register.name, row.id, reason=reason)
        return Outcome(_(N_("Under contract again")), tuple(refs))

    # -- for flows, findings and other registers

    def put(self, change: Change, number: int, **values: Any) -> None:
        """Store what the steps write; the caller journals it."""
        t = self.table
        change.sql.execute(update(t).where(t.c.id == number).values(**values))

    def standing(self, processor: int) -> list[Row]:
        """Return the works of a processor that stand."""
        t = self.table
        wanted = select(t.c.id).where(t.c.state == "active", t.c.processor == processor)
        with self.vault.reading() as sql:
            return self.rows(list(sql.execute(wanted.order_by(t.c.id)).scalars()))

    def listed(self) -> list[Listed]:
        """Return what the public list says of the works that stand, by processor."""
        rows = self.vault.raw.execute(LISTED).fetchall()
        slots, numbers = (SLOT_SCOPE, SLOT_CONTACT), [row[0] for row in rows]
        sealed = self.vault.payloads.read_many(OFFICE, numbers, slots)
        return [
            Listed(*row, *(told.get(slot, "") for slot in slots))
            for row in rows
            for told in (sealed.get(row[0], {}),)
        ]

    def standing_by_processor(self) -> dict[int, list[int]]:
        """Return the numbers of the works that stand, by processor."""
        found: dict[int, list[int]] = {}
        sql = "SELECT processor, id FROM consignments WHERE state = 'active' ORDER BY id"
        for processor, number in self.vault.raw.execute(sql).fetchall():
            found.setdefault(processor, []).append(number)
        return found

    def first_day(self, processor: int) -> date | None:
        """Return the first day of any work of a processor, ended ones too."""
        return self.first_days(processor).get(processor)

    def first_days(self, processor: int = 0) -> dict[int, date]:
        """Return the first day of any work, by processor."""
        t = self.table
        wanted = select(t.c.processor, func.min(t.c.since)).where(t.c.state != "void")
        if processor:
            wanted = wanted.where(t.c.processor == processor)
        with self.vault.reading() as sql:
            rows = sql.execute(wanted.group_by(t.c.processor)).all()
        return {number: day for number, day in rows if day is not None}

    def whom(self, row: Row) -> list[int]:
        """Return the people in the files of a work, by number: whom a marketing notice goes to."""
        files = [references.number(ref) for ref in row.values["files"]]
        marks = ",".join("?" * len(files))
        sql = (
            f"SELECT DISTINCT subject FROM holdings WHERE file IN ({marks})"
            " AND +state IN ('active', 'held', 'law') ORDER BY subject"
        )
        return [found[0] for found in self.vault.raw.execute(sql, files).fetchall()]

    def facts(self) -> list[rules.WorkFacts]:
        """Return what the rules need of the works that stand, by processor; nothing is opened."""
        t = self.table
        wanted = select(*(t.c[name] for name in JUDGED)).where(t.c.state == "active")
        with self.vault.reading() as sql:
            rows = sql.execute(wanted.order_by(t.c.processor, t.c.id)).all()
        contracts = self.desk.service("partner-papers").contracts()
        subs = {n for (n,) in self.vault.raw.execute(_SUBS).fetchall()}
        names = self.desk.service("processors").titles(sorted({row.processor for row in rows}))
        return [
            self._facts(row, contracts.get(row.id, 0), names, sub=row.processor in subs)
            for row in rows
        ]

    def moved(self, numbers: Sequence[int]) -> list[date]:
        """Return the days on which something public of works changed last."""
        found: list[date] = []
        for start in range(0, len(numbers), _AT_ONCE):
            part = self.table.c.id.in_(numbers[start : start + _AT_ONCE])
            with self.vault.reading() as sql:
                days = sql.execute(select(self.table.c.changed_on).where(part)).scalars()
                found += [day for day in days if day is not None]
        return found

    # -- inside

    def _reached(self, row: Row, way: str, count: int | None) -> dict[str, int]:
        """Return how many people were told by now, and how many of the work were not.

        Whoever was left out the last time is told now: the numbers add up. A posting is for all.
        """
        before = row.values["notified"] if row.values["untold"] else 0
        told = before + count if count is not None else len(self.whom(row))
        if (told if count is None else count) < 1:
            raise NobodyNotifiedError(ref=row.ref)
        if way == rules.POSTING or count is None:
            return {"notified": told, "untold": 0}
        return {"notified": told, "untold": bounds.reached(row.ref, told, row.values["people"])}

    def _refuse_ended(self, processor: str) -> None:
        """Refuse a work for a processor whose contract has ended."""
        (row,) = self.desk.service("processors").rows([references.number(processor)])
        if row.state in (rules.State.ENDING.value, rules.State.ENDED.value):
            raise rules.ContractEndedError(name=row.values["name"], ref=row.ref)

    def _facts(
        self, row: Any, contract: int, names: Mapping[int, str], *, sub: bool
    ) -> rules.WorkFacts:
        return rules.WorkFacts(
            ref=self.desk.ref(self.register.name, row.id),
            work=(current() == "en" and row.work_en) or row.work or "",
            processor=names.get(row.processor, ""),
            sub=sub,
            since=row.since,
            until=row.until,
            contract=bool(contract),
            lacking=_lacking(from_column(Kind.CHOICES, row.clauses)),
            ticked=row.ticked_on is not None,
            newer_file=row.ticked_file is not None and row.ticked_file != contract,
            terms_on=row.terms_on,
            marketing=bool(row.marketing),
            notified_on=row.notified_on,
            way=row.notice_way or "",
            untold=row.untold or 0,
            posted_until=row.posted_until,
            changed_on=row.changed_on,
            entire=bool(row.entire),
            challenged_on=row.challenged_on,
            abroad=bool(row.abroad),
            country=row.country or "",
            ground=row.transfer_ground or "",
        )

    def _contract(self, number: int) -> Row:
        papers = self.desk.service("partner-papers").of(self.register.name, number, CONTRACT)
        if not papers:
            raise NoContractError(ref=self.desk.ref(self.register.name, number))
        newest: Row = papers[-1]
        return newest

    def _processor(self, named: str) -> str:
        """Return the processor that is meant; a company unknown so far is entered."""
        service = self.desk.service("processors")
        begins = f"{service.register.prefix}-"
        meant = named.upper().startswith(begins) and named[len(begins) :][:1].isdigit()
        if meant or service.called(named):
            return named  # a slip of the pen in it is said where links are checked
        with self.desk.change() as change:
            return self.desk.ref("processors", service.insert(change, {"name": named}))


def _lacking(clauses: Iterable[str]) -> tuple[str, ...]:
    found = set(clauses)
    return tuple(key for key in rules.CLAUSE_LABELS if key not in found)


def _processor(row: Row) -> int:
    return references.number(row.values["processor"])
