"""Intake: a raw list of people becomes data subjects with their holdings.

Rows are matched by (place, source number) where the list has one, else by the person's
own values when there are enough of them. One transaction: cancelled or killed, it leaves
nothing behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from privdesk.core.fields import Audience, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.reasons import reason
from privdesk.exchange.mapping import Mapping as Columns
from privdesk.exchange.rows import Chunk, Options, read_chunks
from privdesk.exchange.source import Source
from privdesk.flows.importing.matching import Known, Matcher
from privdesk.flows.importing.places import Targets
from privdesk.flows.importing.storing import NewPerson, Store
from privdesk.flows.importing.tally import Tally
from privdesk.registers.desk import Desk
from privdesk.ui.progress import Progress

INTAKE = (
    Field(
        "purpose",
        N_("Purpose"),
        aliases=("purposes", "목적", "처리 목적", "수집목적", "이용목적", "수집 목적", "이용 목적"),
    ),
    Field(
        "collected_on",
        N_("Collected on"),
        Kind.DATE,
        aliases=(
            *(
                "수집일",
                "수집일자",
                "수집 일자",
                "가입일",
                "가입일자",
                "등록일",
                "등록일자",
                "동의일",
            ),
            *(
                "신청일",
                "접수일",
                "date",
                "collected",
                "joined",
                "registered",
                "created",
                "signed up",
            ),
            *("collection date", "consent date", "sign-up date", "registration date"),
        ),
    ),
    Field(
        "source_id",
        N_("Source number"),
        audience=Audience.PERSONAL,
        aliases=(
            *(
                "회원번호",
                "고객번호",
                "회원 번호",
                "고객 번호",
                "아이디",
                "회원ID",
                "고객ID",
                "source id",
            ),
            *("id", "customer id", "customer no", "member id", "member no", "user id", "번호"),
        ),
    ),
    Field(
        "place", N_("Place"), aliases=("시스템", "출처", "장소", "source", "system", "보관 장소")
    ),
    Field("file", N_("Personal information file"), aliases=("개인정보파일", "파일", "파일명")),
    Field(
        "ended_on",
        N_("Purpose ended on"),
        Kind.DATE,
        aliases=("종료일", "탈퇴일", "해지일", "ended", "end date", "left"),
    ),
    Field(
        "retention",
        N_("Retention period"),
        Kind.PERIOD,
        aliases=("보유기간", "보유 기간", "보존기간", "retention period", "period"),
    ),
    Field("note", N_("Note"), Kind.NOTE, Audience.PERSONAL, aliases=("비고", "메모", "remarks")),
)
EMPTY = reason(N_("The row says nothing about a person."))


@dataclass(frozen=True)
class Plan:
    """How a list is taken in; ``create`` makes purposes and places that are missing."""

    create: bool = False
    place: str = ""
    purpose: str = ""
    collected_on: date | None = None


def fields(desk: Desk) -> tuple[Field, ...]:
    """Return the fields that a column of the list may fill."""
    return (*desk.service("subjects").item_fields(), *INTAKE)


def needed(known: Sequence[Field], mapping: Columns, plan: Plan) -> tuple[Field, ...]:
    """Return the fields with those required that this list cannot do without."""
    intake = mapping.column_of("purpose") is not None or bool(plan.purpose)
    required = {"purpose", "collected_on"} if intake else set()
    return tuple(replace(f, required=f.name in required) for f in known)


def given(plan: Plan, mapping: Columns) -> dict[str, Any]:
    """Return the values that every row gets because no column gives them."""
    values = {"place": plan.place, "purpose": plan.purpose, "collected_on": plan.collected_on}
    return {k: v for k, v in values.items() if v and mapping.column_of(k) is None}


class Intake:
    """One pass over a list, for a rehearsal (``store`` None) or for good."""

    def __init__(
        self, desk: Desk, plan: Plan, tally: Tally, store: Store | None, progress: Progress
    ) -> None:
        self._desk = desk
        self._plan = plan
        self._tally = tally
        self._store = store
        self._progress = progress
        self._matcher = Matcher(desk)
        self._subjects = desk.service("subjects")

    def run(self, source: Source, mapping: Columns) -> None:
        """Go through the whole list."""
        known = needed(fields(self._desk), mapping, self._plan)
        options = Options(given=given(self._plan, mapping))
        self._items = [f for f in self._subjects.item_fields()]
        mapped = {f.name for f in self._items if mapping.column_of(f.name) is not None}
        self._targets = Targets(self._desk, self._store, self._tally, self._plan.create, mapped)
        self._matcher.begin()
        try:
            for chunk in read_chunks(source, mapping, known, options):
                self._progress.check()
                self._take(chunk)
                self._progress.at(int(source.progress * 1000))
            self._tally.vanished = self._matcher.vanished()
            if self._store is not None:
                self._matcher.keep()
        finally:
            self._matcher.end()

    def _take(self, chunk: Chunk) -> None:
        self._tally.begin(chunk)
        at = {name: n for n, name in enumerate(chunk.names)}
        people = list(self._sound(chunk, at))
        known = self._matcher.known([person.digest for _, person in people])
        current = self._current(known)
        for index, person in people:
            found = known.get(person.digest) if person.digest else None
            if found is None and person.digest is not None:
                found = self._matcher.seen(person.digest)
            self._place(chunk, index, person, found, current)
        self._matcher.flush()
        if self._store is not None:
            self._store.flush()

    def _sound(self, chunk: Chunk, at: Mapping[str, int]) -> Iterator[tuple[int, NewPerson]]:
        """Yield the rows whose purpose and place are known, as people."""
        columns = [(f.slot or 0, f.kind, at[f.name]) for f in self._items if f.name in at]
        get = {name: at.get(name) for name in (f.name for f in INTAKE)}
        for index, row in enumerate(chunk.rows):
            values = {name: row[n] for name, n in get.items() if n is not None}
            target = self._targets.find(
                str(values.get("purpose") or ""),
                str(values.get("place") or ""),
                str(values.get("file") or ""),
                values.get("retention"),
            )
            if target.fault is not None:
                self._tally.reject(chunk.reject(index, target.fault, target.column))
                continue
            sealed = [(slot, kind, row[n]) for slot, kind, n in columns if row[n] is not None]
            person = NewPerson.of(sealed, values, target, self._subjects)
            if not person.values and not person.source_id:
                self._tally.reject(chunk.reject(index, EMPTY))
                continue
            yield index, person

    def _current(self, known: Mapping[Any, Known]) -> dict[int, dict[int, str]]:
        numbers = [k.subject for k in known.values() if k.subject]
        if not numbers:
            return {}
        found: dict[int, dict[int, str]] = self._desk.vault.payloads.read_many(
            "keys_people", numbers
        )
        return found

    def _place(
        self,
        chunk: Chunk,
        index: int,
        person: NewPerson,
        found: Known | None,
        current: Mapping[int, Mapping[int, str]],
    ) -> None:
        if found is None:
            number = self._store.add(person) if self._store else self._matcher.rehearse()
            self._tally.new += 1
            if person.digest is not None:
                self._matcher.note(person.digest, number)
            return
        if not found.subject:
            self._tally.block(chunk.reject(index, found.why))
            return
        self._known(person, found, current.get(found.subject, {}))

    def _known(self, person: NewPerson, found: Known, before: Mapping[int, str]) -> None:
        if found.here and not self._matcher.note_target(person.digest, person.target):
            self._tally.duplicate += 1
            return
        changed = {
            slot: text
            for slot, text in person.values
            if not found.here and text and before.get(slot) != text
        }
        fresh = not self._matcher.holds(found.subject, person.target)
        if self._store is not None:
            if changed:
                self._store.change(found.subject, before, changed)
            if fresh:
                self._store.hold(found.subject, person)
        if changed or fresh:
            self._tally.changed += 1
        else:
            self._tally.unchanged += 1
        self._matcher.met(person.digest)
