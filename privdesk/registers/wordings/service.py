"""Wordings: numbered drafts, put in force once they tell everything, never changed afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select, update

from privdesk.core import references
from privdesk.core.categories import Separate
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.register import Outcome, Query, Row
from privdesk.registers.consenting import Box
from privdesk.registers.desk import Change
from privdesk.registers.named import RecordInUseError
from privdesk.registers.records import Records
from privdesk.registers.wordings import days, filling, readiness, rules
from privdesk.registers.wordings.canonical import digest, same
from privdesk.registers.wordings.meaning import Meaning

_FREE = frozenset(("note",))  # what may change of a wording that was used
_ORDER = list(Separate)


class WordingFixedError(DomainError):
    """The wording {wording} is or was in force, so its text stays as people saw it. Nothing was
    changed; make a new version of it and change that one.
    """


class UsedLaterError(DomainError):
    """{day} is still to come. Nothing was changed; take the wording out of force on that day."""


class UsedBeforeError(DomainError):
    """The version before, {wording}, came into force on {since}, after {day}. Nothing was changed;
    choose a later day.
    """


@dataclass(frozen=True)
class Key:
    """Which box of which point and purpose a wording is a version of."""

    point: int | None
    purpose: int
    box: str


class Wordings(Meaning, Records):
    """Service of the wordings."""

    def rows(self, numbers: Sequence[int], *, reveal: bool = False) -> list[Row]:
        """Return wordings by number, with what they are called."""
        with self.vault.reading():
            found, titles = super().rows(numbers, reveal=reveal), self.titles(numbers)
        today = self.desk.today()
        return [
            days.restated(replace(row, values={**row.values, "title": titles[row.id]}), today)
            for row in found
        ]

    def _matching(self, query: Query) -> list[int]:
        """Take the state as that of today, which follows from the days."""
        where = dict(query.where)
        state = where.pop("state", None)
        numbers = super()._matching(replace(query, where=where))
        if state is None:
            return numbers
        wanted = {state} if isinstance(state, str) else set(state)
        return [row.id for row in super().rows(numbers) if self._restated(row) in wanted]

    def _restated(self, row: Row) -> str:
        return days.restated(row, self.desk.today()).state

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Give a new one its version; refuse a box that its purpose does not have (rule 5)."""
        box = Separate(values["box"])
        rules.require_free(box, required=bool(values.get("required")))
        if before is not None:
            return {}
        readiness.require_box(self.desk, str(values["purpose"]), box)
        return {"version": self._newest(_key(values)) + 1, "state": "draft"}

    def amend(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Change a draft; refuse to change what people may have seen."""
        (row,) = self.rows([number])
        if row.state in days.FIXED or (row.state == "draft" and self.answers(number)):
            told = self.checked(values, whole=False)
            if any(row.values.get(n) != v for n, v in told.items() if n not in _FREE):
                raise WordingFixedError(wording=row.ref)
        super().amend(change, number, values)

    def void(self, refs: Sequence[str], *, reason: str = "") -> Outcome:
        """Take wordings out of use; refuse those that somebody answered to."""
        self.desk.require(*self.writers)
        for ref in refs:
            count = self.answers(self.number(ref))
            if count:
                used = f"{count:,} × {_(self.desk.register('consents').singular)}"
                raise RecordInUseError(record=ref, used=used)
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                if row.state == days.PLANNED:
                    self._unplan(change, row, reason)
            return super().void(refs, reason=reason)

    # -- actions

    def fill(self, refs: Sequence[str]) -> Outcome:
        """Fill the empty texts of drafts in from their purposes."""
        filled = 0
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                told = {n: t for n, t in filling.texts(self.desk, row).items() if t}
                empty = {n: t for n, t in told.items() if not row.values.get(n)}
                self.amend(change, row.id, empty)
                filled += len(empty)
        message = ngettext("{n} text filled in", "{n} texts filled in", filled)
        return Outcome(message, tuple(refs))

    def use(self, refs: Sequence[str], *, on: date | None = None) -> Outcome:
        """Put drafts in force, today or for another day; the version before is replaced then."""
        day = on or self.desk.today()
        with self.desk.change() as change:
            for ref in refs:
                self._use(change, self.number(ref), day)
        return Outcome(_(N_("In force from {day}")).format(day=day), tuple(refs))

    def new_version(self, refs: Sequence[str]) -> Outcome:
        """Copy wordings as drafts of the next version."""
        made = []
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                names = [f.name for f in self.fields() if f.enterable and f.name not in _FREE]
                copied = {n: row.values[n] for n in names if row.values.get(n) is not None}
                made.append(self.desk.ref(self.register.name, self.insert(change, copied)))
        told = ", ".join(made)
        return Outcome(_(N_("Draft of the new version: {refs}")).format(refs=told), tuple(made))

    def retire(self, refs: Sequence[str], *, reason: str, on: date | None = None) -> Outcome:
        """Take wordings out of force without another version; a planned one is a draft again."""
        day = on or self.desk.today()
        if day > self.desk.today():
            raise UsedLaterError(day=day)
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                if row.state == days.PLANNED:
                    self._unplan(change, row, reason)
                    continue
                if day < row.values["effective"]:
                    raise UsedBeforeError(wording=row.ref, since=row.values["effective"], day=day)
                self._end(change, row.id, day)
                change.note("wording.retired", self.register.name, row.id, reason=reason)
        return Outcome(_(N_("Out of force from {day}")).format(day=day), tuple(refs))

    # -- for other registers and papers

    def for_point(self, point: int, purpose: int, on: date, box: str = "") -> Row | None:
        """Return what a point told on a day of a purpose: the box asked for, else its main one.

        A wording of the point itself goes before one that all points use.
        """
        found = {row.values["box"]: row for row in self.shown_at(point, on, purpose)}
        if box:
            return found.get(box)
        return next((found[one.value] for one in _ORDER if one.value in found), None)

    def shown_at(self, point: int, on: date, purpose: int | None = None) -> list[Row]:
        """Return the wordings in force at a point on a day: one of each purpose and box.

        Without ``purpose`` those of every purpose in use that the point collects for.
        """
        points = self.desk.service("collection-points")
        wanted = points.collects_for(point) if purpose is None else [purpose]
        best = self._best(point, wanted, on)
        rows = self.rows(sorted(row.id for row in best))
        return sorted(rows, key=lambda r: (wanted.index(_key(r.values).purpose), _rank(r)))

    def boxes(self, point: int, purposes: Sequence[int], on: date) -> dict[int, list[Box]]:
        """Return the boxes that a point showed on a day, by purpose (rule 5)."""
        found: dict[int, list[Box]] = {}
        for row in self._best(point, purposes, on):
            box = Box(frozenset({Separate(row.box)}), bool(row.required))
            found.setdefault(row.purpose, []).append(box)
        return found

    def in_force(self) -> list[tuple[int, int, date]]:
        """Return the number, the purpose and the first day of every wording in force."""
        t = self.table
        wanted = select(t.c.id, t.c.purpose, t.c.effective)
        wanted = wanted.where(*self._in_force(self.desk.today()))
        with self.vault.reading() as sql:
            return [(r.id, r.purpose, r.effective) for r in sql.execute(wanted.order_by(t.c.id))]

    def answers(self, number: int, *states: str) -> int:
        """Return how many answers were given to a wording; in these states only."""
        t = self.desk.service("consents").table
        wanted = select(func.count()).select_from(t).where(t.c.wording == number)
        wanted = wanted.where(t.c.state.in_(states) if states else t.c.state != "void")
        with self.vault.reading() as sql:
            return int(sql.execute(wanted).scalar_one())

    def unchanged(self, row: Row) -> bool:
        """Whether the texts of a wording still have the hash under which it came into force."""
        return str(row.values["digest"]) == digest(row.values)

    def twin(self, values: Mapping[str, Any]) -> int | None:
        """Return the newest wording of the same point, purpose and box that tells the same.

        ``values`` are those of a row of a list; what it does not say is as in a new one.
        """
        if not values.get("purpose"):
            return None
        whole = {f.name: f.default for f in self.fields() if f.default is not None} | dict(values)
        t = self.table
        wanted = select(t.c.id).where(*self._of(_key(whole)), t.c.state != "void")
        with self.vault.reading() as sql:
            numbers = list(sql.execute(wanted.order_by(t.c.version.desc())).scalars())
        return next((row.id for row in self.rows(numbers) if same(row.values, whole)), None)

    # -- inside

    def _best(self, point: int, purposes: Sequence[int], on: date) -> list[Any]:
        """Return what a point showed on a day: its own wording before one of all points."""
        t = self.table
        statement = (
            select(t.c.id, t.c.purpose, t.c.box, t.c.required)
            .where(t.c.purpose.in_(purposes), or_(t.c.point.is_(None), t.c.point == point))
            .where(*self._in_force(on))
            .order_by(t.c.point.is_not(None), t.c.effective, t.c.version)
        )
        with self.vault.reading() as sql:
            return list({(row.purpose, row.box): row for row in sql.execute(statement)}.values())

    def _use(self, change: Change, number: int, day: date) -> None:
        (row,) = self.rows([number])
        readiness.require_ready(self.desk, row, self.drafted(_key(row.values)), day)
        key = _key(row.values)
        for before in self.rows(self._standing(key, day)):
            since = before.values["effective"]
            if since > day:
                raise UsedBeforeError(wording=before.ref, since=since, day=day)
            self._end(change, before.id, day)
            change.note("record.changed", self.register.name, before.id, fields=("ended", "state"))
        told = digest(row.values)
        stored = {"state": "used", "effective": day, "digest": told}
        change.sql.execute(update(self.table).where(self.table.c.id == number).values(**stored))
        change.note(
            "wording.used",
            self.register.name,
            number,
            fields=("digest", "effective"),
            details={"sha256": told},
        )

    def _unplan(self, change: Change, row: Row, reason: str) -> None:
        """Make a draft again of what nobody was asked with yet; the version before goes on."""
        t, day = self.table, row.values["effective"]
        before = (*self._of(_key(row.values)), t.c.ended == day, t.c.state != "void")
        change.sql.execute(update(t).where(*before).values(state="used", ended=None))
        again = {"state": "draft", "effective": None, "ended": None, "digest": None}
        change.sql.execute(update(t).where(t.c.id == row.id).values(**again))
        change.note("wording.retired", self.register.name, row.id, reason=reason)

    def _end(self, change: Change, number: int, day: date) -> None:
        stored = {"state": "replaced" if day <= self.desk.today() else "used", "ended": day}
        change.sql.execute(update(self.table).where(self.table.c.id == number).values(**stored))

    def _in_force(self, on: date) -> tuple[Any, ...]:
        t = self.table
        lasting = t.c.ended.is_(None) | (t.c.ended > on)
        return t.c.state.in_(("used", "replaced")), t.c.effective <= on, lasting

    def _of(self, key: Key) -> tuple[Any, ...]:
        t = self.table
        of_point = t.c.point.is_(None) if key.point is None else t.c.point == key.point
        return t.c.purpose == key.purpose, t.c.box == key.box, of_point

    def _standing(self, key: Key, day: date) -> list[int]:
        """Return the versions that one from a day on would follow; also those planned for later."""
        t = self.table
        lasting = t.c.ended.is_(None) | (t.c.ended > day)
        wanted = select(t.c.id).where(*self._of(key), t.c.state == "used", lasting)
        with self.vault.reading() as sql:
            return list(sql.execute(wanted).scalars())

    def _newest(self, key: Key) -> int:
        wanted = select(func.max(self.table.c.version)).where(*self._of(key))
        with self.vault.reading() as sql:
            return int(sql.execute(wanted).scalar_one() or 0)

    def drafted(self, key: Key) -> frozenset[Separate]:
        """Return the boxes that a purpose has at a point or at all of them, drafts included."""
        t = self.table
        of_point = or_(t.c.point.is_(None), t.c.point == key.point)
        wanted = select(t.c.box).where(
            t.c.purpose == key.purpose, of_point, t.c.state.in_(("draft", "used"))
        )
        with self.vault.reading() as sql:
            return frozenset(Separate(box) for box in sql.execute(wanted).scalars())


def _key(values: Mapping[str, Any]) -> Key:
    point = str(values.get("point") or "")
    return Key(
        references.number(point) if point else None,
        references.number(values["purpose"]),
        str(values["box"]),
    )


def _rank(row: Row) -> int:
    return _ORDER.index(Separate(row.values["box"]))
