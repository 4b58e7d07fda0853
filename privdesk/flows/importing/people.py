"""Intake: a raw list of people becomes data subjects with their holdings.

Rows are matched by (place, source number) where the list has one, else by the person's
own values when there are enough of them. One transaction: cancelled or killed, it leaves
nothing behind.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from privdesk.core.fields import Audience, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.reasons import Reason, reason
from privdesk.exchange.mapping import Mapping as Columns
from privdesk.exchange.rows import CellFault, Options
from privdesk.exchange.source import Source
from privdesk.flows.destroying import items_of
from privdesk.flows.importing.hands import AHEAD, Hands, Here, There
from privdesk.flows.importing.matching import PART, Known, Matcher, numbered
from privdesk.flows.importing.places import Targets
from privdesk.flows.importing.rowwork import Brief, Built, Decision, Heads, Person
from privdesk.flows.importing.storing import Store
from privdesk.flows.importing.tally import Tally
from privdesk.flows.importing.targets import Target
from privdesk.registers.desk import Desk
from privdesk.registers.freezing import everybody
from privdesk.ui.progress import Progress

LEFT_FROZEN = reason(
    N_("Values under a freeze were left as they are: what is disputed waits for its result.")
)

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


@dataclass(frozen=True)
class Plan:
    """How a list is taken in; ``create`` makes purposes and places that are missing.

    ``new`` are those, as (register, name), that are made whether or not others are: they
    were named for the whole list.
    """

    create: bool = False
    new: frozenset[tuple[str, str]] = frozenset()
    place: str = ""
    purpose: str = ""
    collected_on: date | None = None

    def may_create(self, register: str, name: str) -> bool:
        """Whether a purpose or place of this name is made where it is missing."""
        return self.create or (register, name) in self.new


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
        self._useless: dict[int, set[int]] = {}  # slots of items a purpose does not need
        self._next = int(desk.vault.meta("next_id") or 1)  # for a rehearsal
        self._met = bytearray(self._next)  # by number: whom this list has named before

    def run(self, source: Source, mapping: Columns) -> None:
        """Go through the whole list."""
        brief = self._brief(source, mapping)
        mapped = {f.name for f in brief.items if mapping.column_of(f.name) is not None}
        targets = Targets(self._desk, self._store, self._tally, self._plan.may_create, mapped)
        self._targets = targets.found
        large = self._store is not None and self._store.large
        hands = (There if large else Here)(brief, targets.resolve)
        self._matcher.begin()
        try:
            self._through(hands)
            if not source.layout.of_rejects:
                self._tally.vanished = self._matcher.vanished()
            if self._store is not None:
                self._matcher.keep()
        finally:
            hands.close()
            self._matcher.end()

    def _brief(self, source: Source, mapping: Columns) -> Brief:
        subjects = self._desk.service("subjects")
        return Brief(
            source,
            mapping,
            needed(fields(self._desk), mapping, self._plan),
            Options(given=given(self._plan, mapping)),
            subjects.item_fields(),
            bytes.fromhex(self._desk.vault.id),
            subjects.match_key,
        )

    def _through(self, hands: Hands) -> None:
        """Decide about chunks before those before them are written: nobody waits."""
        decided: deque[dict[int, Known]] = deque()
        for _chunk in range(AHEAD):
            self._decide_next(hands, decided)
        while decided:
            self._progress.check()
            self._progress.between()
            built = hands.built()
            known = decided.popleft()
            self._decide_next(hands, decided)
            self._write(built, known)

    def _decide_next(self, hands: Hands, decided: deque[dict[int, Known]]) -> None:
        heads = hands.heads()
        if heads is not None:
            decided.append(self._decide(hands, heads))
            self._progress.at(int(heads.progress * 1000))

    def _decide(self, hands: Hands, heads: Heads) -> dict[int, Known]:
        """Give the new people of a chunk their numbers; return who the others are, by row."""
        self._tally.read(heads.rows, heads.rejects)
        known = self._matcher.known(heads.keys)
        new = [at not in known for at in range(len(heads.keys))]
        first = self._next if self._store is None else self._store.next
        numbers, stop = numbered(first, heads.targets, self._targets, new)
        again = self._matcher.meet(heads.keys, numbers, heads.targets)
        if again:
            numbers = [0 if at in again else number for at, number in enumerate(numbers)]
            known |= again
        if self._store is None:
            self._next = stop
        else:
            self._store.next = stop
        self._tally.new += len(numbers) - len(known)
        hands.decide(Decision(numbers, sorted(known), store=self._store is not None))
        return known

    def _write(self, built: Built, known: Mapping[int, Known]) -> None:
        if self._store is not None:
            self._store.write(built)
        current = self._current(known.values())
        for person in built.wanted:
            self._known(person, known[person.row], current)
        here = [p.key for p in built.wanted if known[p.row].target is None and known[p.row].subject]
        self._matcher.met(key for key in here if key is not None)

    def _current(self, known: Iterable[Known]) -> dict[int, dict[int, str]]:
        """Return the values of the people whom the vault knew before this list."""
        numbers = sorted({k.subject for k in known if k.subject and k.target is None})
        found: dict[int, dict[int, str]] = {}
        if numbers:
            found = self._desk.vault.payloads.read_many("keys_people", numbers)
        return found

    def _known(self, person: Person, found: Known, current: dict[int, dict[int, str]]) -> None:
        target = self._targets[person.target]
        if not found.subject:
            self._block(person, found.why)
        elif found.target is not None:
            self._again(person, found.subject, self._targets[found.target], target)
        elif self._gone(person, found.subject, target):
            self._block(person, PART)
        else:
            before = current.setdefault(found.subject, {})
            values = [(s, text) for s, text in person.values if text and before.get(s) != text]
            changed = {s: text for s, text in values if s in before or self._needs(target, s)}
            self._leave_disputed(found.subject, changed)
            again = bool(changed) and self._met[found.subject]
            self._met[found.subject] = True
            if again:  # the first row of a list that names somebody counts, as when she is new
                changed = {}
            fresh = not self._matcher.holds(found.subject, target)
            fresh = fresh and self._matcher.first_of(found.subject, target)
            if changed and self._store is not None:
                self._store.change(found.subject, before, changed)
            before.update(changed)
            self._hold(person, found.subject, target, fresh=fresh)
            self._tally.changed += bool(changed or fresh)
            self._tally.duplicate += bool(again and not fresh)
            self._tally.unchanged += not (changed or fresh or again)

    def _leave_disputed(self, subject: int, changed: dict[int, str]) -> None:
        """Take out what stands under a freeze: it waits for its result (rule 23)."""
        items = self._frozen.get(subject)
        if items is None:
            return
        slots = {self._slots[item] for item in items if item in self._slots}
        disputed = [slot for slot in changed if not items or slot in slots]
        for slot in disputed:
            del changed[slot]
        if disputed:
            self._tally.notes.append(LEFT_FROZEN)

    @cached_property
    def _frozen(self) -> Mapping[int, frozenset[int]]:
        """Return the items under a freeze by person; none means everything."""
        return everybody(self._desk)

    @cached_property
    def _slots(self) -> Mapping[int, int]:
        """Return the slot of each item by its number."""
        return dict(self._desk.service("subjects").slots())

    def _needs(self, target: Target, slot: int) -> bool:
        """Whether a row's purpose needs what is not known of somebody: else it stays away."""
        if target.purpose not in self._useless:
            slots = self._desk.service("subjects").slots()
            items = items_of(self._desk, [target.purpose])
            needed = {slots[item] for item in items if item in slots}
            self._useless[target.purpose] = set(slots.values()) - needed if needed else set()
        return slot not in self._useless[target.purpose]

    def _gone(self, person: Person, subject: int, target: Target) -> bool:
        """Whether a row brings back what was destroyed of somebody who stays."""
        living = self._matcher.holds(subject, target)
        return not living and self._matcher.destroyed(subject, target, person.collected_on)

    def _block(self, person: Person, why: Reason) -> None:
        self._tally.block(replace(person.as_rejected, faults=(CellFault("", "", why),)))

    def _again(self, person: Person, subject: int, first: Target, target: Target) -> None:
        """Take a further row of somebody this list brought: another purpose, or a duplicate."""
        same = (first.purpose, first.file) == (target.purpose, target.file)
        fresh = bool(target.purpose) and not same and self._matcher.first_of(subject, target)
        self._hold(person, subject, target, fresh=fresh)
        self._tally.changed += fresh
        self._tally.duplicate += not fresh

    def _hold(self, person: Person, subject: int, target: Target, *, fresh: bool) -> None:
        if fresh and self._store is not None:
            self._store.hold(subject, person, target)
