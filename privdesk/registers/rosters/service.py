"""Comparisons: a list is read and compared; only taking it over changes the staff."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import update

from privdesk.core.hangul import name_key
from privdesk.core.i18n import N_, _
from privdesk.core.register import Outcome, Row
from privdesk.registers.desk import Change
from privdesk.registers.records import Records
from privdesk.registers.rosters import listed, rules
from privdesk.registers.rosters.fields import SLOT_FOUND
from privdesk.registers.rosters.listed import READ, Listed
from privdesk.registers.rosters.rules import Difference, Member
from privdesk.vault.payloads import OFFICE

JOINS = N_("{who}: enter duty and category, have the pledge signed, train, then apply for access")
MOVES = N_("{who}: {before} → {after}; {n} rights to be looked at again")
RENAMED = N_("{who}: another person? {before} → {after}, both with the number {number}")
AGAIN = N_(
    "{who}: was here until {day} ({ref}) and gets a new record; enter duty and category, have the"
    " pledge signed, train, then apply for access"
)
UNCLEAR = N_("line {row}, {name}: {cells}")
_NAMED = 5
LEAVES = N_("{who}: last day {day}; {n} rights to be revoked, leaving begins")


class Rosters(Records):
    """Service of the comparisons with the personnel list."""

    def insert(self, change: Change, values: Mapping[str, Any]) -> int:
        """Read a list, compare it with the staff, and keep what it would change."""
        told = self.checked(values, whole=True)
        path = Path(str(told["file"])).expanduser()
        staff = self.desk.service("staff").fields()
        as_of = told.get("as_of") or listed.day_of(path, staff) or self.desk.today()
        rules.check_day(as_of, self._newest(), self.desk.today())
        said = listed.read(path, staff, as_of)
        people = [*said.people, *said.unclear]
        unclear = {key for one in said.unclear for key in (one.key, name_key(one.name))}
        found = rules.compare(self.members(as_of), said.people, as_of, unclear - {""})
        number = super().insert(change, {"file": path.name, "as_of": as_of})
        self.vault.payloads.put(OFFICE, number, {SLOT_FOUND: self._kept(found, said, as_of)})
        t = self.table
        counts = {
            "people": len(people),
            "joined": len(found.joined),
            "moved": len(found.moved),
            "gone": len(found.gone),
        }
        change.sql.execute(update(t).where(t.c.id == number).values(**counts))
        change.note("staff.compared", self.register.name, number, details=counts)
        return number

    def rows(self, numbers: Sequence[int], *, reveal: bool = False) -> list[Row]:
        """Return comparisons; one not taken over says what each person found starts."""
        kept = self.vault.payloads.read_many(OFFICE, numbers)
        found = []
        for row in super().rows(numbers, reveal=reveal):
            told = kept.get(row.id, {}).get(SLOT_FOUND)
            texts = _texts(json.loads(told)) if told else {}
            found.append(replace(row, values={**row.values, **texts}))
        return found

    def found(self, number: int) -> Difference:
        """Return what a comparison found."""
        return _difference(json.loads(self.vault.payloads.read(OFFICE, number)[SLOT_FOUND]))

    def written(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Drop the names of a comparison that is taken out of use."""
        if self._stored([number])[number]["state"] == "void":
            self.drop(change, number)

    def taken(self, change: Change, number: int) -> None:
        """Record in the caller's transaction that a comparison was taken over."""
        t = self.table
        told: dict[str, Any] = {"state": "taken", "taken_on": self.desk.today()}
        change.sql.execute(update(t).where(t.c.id == number).values(**told))
        self.drop(change, number)
        change.note("record.changed", self.register.name, number, fields=("taken_on",))

    def drop(self, change: Change, number: int) -> None:
        """Destroy the names a comparison keeps: of most people nothing else is recorded.

        The kept copies of its sheet go too; they say nothing that the staff does not.
        """
        self.vault.payloads.drop(OFFICE, number, (SLOT_FOUND,))
        self.desk.service("documents").forget(change, self.desk.ref(self.register.name, number))

    def lines(self, number: int) -> list[tuple[str, str]]:
        """Return what a comparison found line by line: the kind, and what it starts."""
        kept = json.loads(self.vault.payloads.read(OFFICE, number)[SLOT_FOUND])
        texts = _texts(kept)
        names = ("who_joined", "who_moved", "who_left")
        return [(name, line) for name in names for line in texts[name].splitlines()]

    def require_fresh(self, number: int, found: Difference) -> None:
        """Refuse to take lines of a comparison over when what they say is no longer so."""
        stored = self._stored([number])[number]
        names = rules.stale(found, self.members(stored["as_of"]))
        later = "SELECT 1 FROM rosters WHERE state = 'taken' AND as_of > ?"
        newer = self.vault.raw.execute(later, (stored["as_of"].isoformat(),)).fetchone()
        if newer is not None and not names:
            names = [_(N_("a newer list was taken over"))]
        if names:
            more = f" … ({len(names):,})" if len(names) > _NAMED else ""
            told = ", ".join(names[:_NAMED]) + more
            raise rules.StaleError(ref=self.desk.ref(self.register.name, number), who=told)

    def members(self, on: date, *, gone: bool = False) -> list[Member]:
        """Return the staff who have not left by a day, or those who have."""
        staff = self.desk.service("staff")
        sql = 'SELECT id FROM staff WHERE state <> \'void\' AND ("left" IS NULL OR "left" >= ?)'
        if gone:
            sql = "SELECT id FROM staff WHERE state <> 'void' AND \"left\" < ?"
        rows = self.vault.raw.execute(f"{sql} ORDER BY id", (on.isoformat(),)).fetchall()
        return [_of(row) for row in staff.glimpses([one[0] for one in rows], READ)]

    def correct_day(self, refs: Sequence[str], *, on: date, reason: str) -> Outcome:
        """Correct the day that a list taken over is of; what it changed is corrected apart."""
        t = self.table
        with self.desk.change() as change:
            for number in map(self.number, refs):
                rules.check_day(on, self._newest(number), self.desk.today())
                change.sql.execute(update(t).where(t.c.id == number).values(as_of=on))
                told = {"fields": ("as_of",), "reason": reason}
                change.note("record.changed", self.register.name, number, **told)
        return Outcome(_(N_("The list is of {day}")).format(day=on), tuple(refs))

    # -- inside

    def _newest(self, apart_from: int = 0) -> date | None:
        """Return the day of the newest list taken over, of which none lies ahead; or None."""
        sql = "SELECT max(as_of) FROM rosters WHERE state = 'taken' AND id <> ? AND as_of <= ?"
        asked = (apart_from, self.desk.today().isoformat())
        (last,) = self.vault.raw.execute(sql, asked).fetchone()
        return date.fromisoformat(last) if last else None

    def _kept(self, found: Difference, said: Listed, as_of: date) -> str:
        """Return what a comparison found as it is kept, with the rights that it concerns."""
        service = self.desk.service("access-rights")
        people = [one.ref for one in found.moved] + [one.ref for one, _day in found.gone]
        number = self.desk.service("staff").number
        told = {
            "joined": [asdict(one) for one in found.joined],
            "moved": [asdict(one) for one in found.moved],
            "gone": [(asdict(one), day) for one, day in found.gone],
            "again": self._again(found, as_of),
            "unread": said.unread,
            "unclear": [(one.row, one.name, one.cells) for one in said.unclear],
            "rights": {ref: len(service.in_force(number(ref))) for ref in people},
        }
        return json.dumps(told, ensure_ascii=False, default=str)

    def _again(self, found: Difference, as_of: date) -> dict[str, tuple[str, date | None]]:
        """Return who of the new people was here before: the old record and its last day."""
        former = {one.key: one for one in self.members(as_of, gone=True)}
        return {
            one.key: (former[one.key].ref, former[one.key].left)
            for one in found.joined
            if one.key in former
        }


def _texts(kept: Mapping[str, Any]) -> dict[str, str]:
    """Return in the language of the screen what each of the found people starts."""
    found, rights = _difference(kept), kept["rights"]
    again = kept.get("again", {})
    joined = [_joins(one, again.get(one.key)) for one in found.joined]
    unclear = [
        _(UNCLEAR).format(row=row, name=name or "–", cells=", ".join(cells))
        for row, name, cells in kept.get("unclear", ())
    ]
    moved = [
        _(RENAMED if one.number else MOVES).format(
            who=one.name,
            before=one.before,
            after=one.after,
            n=rights[one.ref],
            number=one.number,
        )
        for one in found.moved
    ]
    gone = [_(LEAVES).format(who=_who(one), day=day, n=rights[one.ref]) for one, day in found.gone]
    at = iter(range(1, len(found) + 1))
    joined, moved, gone = ([f"{next(at)}. {one}" for one in p] for p in (joined, moved, gone))
    texts = (("who_joined", joined), ("who_moved", moved), ("who_left", gone),
             ("unclear", unclear), ("unread", [", ".join(kept.get("unread", ()))]))  # fmt: skip
    return {name: "\n".join(lines) for name, lines in texts}


def _joins(one: Member, before: Sequence[str] | None) -> str:
    if before is None:
        return _(JOINS).format(who=_who(one))
    return _(AGAIN).format(who=_who(one), ref=before[0], day=before[1])


def _difference(kept: Mapping[str, Any]) -> Difference:
    return Difference(
        tuple(_member(one) for one in kept["joined"]),
        tuple(rules.Move(**one) for one in kept["moved"]),
        tuple((_member(one), date.fromisoformat(day)) for one, day in kept["gone"]),
    )


def _who(one: Member) -> str:
    return " ".join(filter(None, (one.department, one.name, one.staff_no)))


def _of(row: Row) -> Member:
    values = {name: row.values[name] for name in READ if row.values[name]}
    return Member(**values, ref=row.ref)


def _member(kept: Mapping[str, Any]) -> Member:
    days = {n: date.fromisoformat(kept[n]) for n in ("joined", "left") if kept[n]}
    return Member(**{**kept, **days})
