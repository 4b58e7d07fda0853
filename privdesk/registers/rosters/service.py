"""Comparisons: a list is read and compared; only taking it over changes the staff."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import update

from privdesk.core.faults import Fault
from privdesk.core.fields import Field
from privdesk.core.i18n import N_, _
from privdesk.core.register import Row
from privdesk.exchange import mapping
from privdesk.exchange.convert import converter
from privdesk.exchange.reading import open_source
from privdesk.registers.desk import Change
from privdesk.registers.records import Records
from privdesk.registers.rosters import rules
from privdesk.registers.rosters.fields import SLOT_FOUND
from privdesk.registers.rosters.rules import Difference, Member
from privdesk.vault.payloads import OFFICE

READ = ("name", "staff_no", "department", "position", "joined", "left")
JOINS = N_("{who}: enter duty and category, have the pledge signed, train, then apply for access")
MOVES = N_("{who}: {before} → {after}; {n} rights to be looked at again")
LEAVES = N_("{who}: last day {day}; {n} rights to be revoked, leaving begins")


class Rosters(Records):
    """Service of the comparisons with the personnel list."""

    def insert(self, change: Change, values: Mapping[str, Any]) -> int:
        """Read a list, compare it with the staff, and keep what it would change."""
        told = self.checked(values, whole=True)
        path = Path(str(told["file"])).expanduser()
        as_of = told.get("as_of") or self.desk.today()
        listed = self._listed(path)
        found = rules.compare(self.members(as_of), listed, as_of)
        number = super().insert(change, {"file": path.name, "as_of": as_of})
        self.vault.payloads.put(OFFICE, number, {SLOT_FOUND: self._kept(found)})
        t = self.table
        counts = {
            "people": len(listed),
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
            self.drop(number)

    def taken(self, change: Change, number: int) -> None:
        """Record in the caller's transaction that a comparison was taken over."""
        t = self.table
        told: dict[str, Any] = {"state": "taken", "taken_on": self.desk.today()}
        change.sql.execute(update(t).where(t.c.id == number).values(**told))
        self.drop(number)
        change.note("record.changed", self.register.name, number, fields=("taken_on",))

    def drop(self, number: int) -> None:
        """Destroy the names a comparison keeps: of most people nothing else is recorded."""
        self.vault.payloads.drop(OFFICE, number, (SLOT_FOUND,))

    def members(self, on: date) -> list[Member]:
        """Return the staff who work here on a day."""
        return [_of(row) for row in self.desk.service("staff").on(on)]

    # -- inside

    def _listed(self, path: Path) -> list[Member]:
        every = self.desk.service("staff").fields()
        fields = {f.name: f for f in every if f.name in READ}
        with open_source(path, known=mapping.recogniser(every)) as source:
            plan = mapping.plan(source, every)
            if plan.column_of("name") is None:
                raise rules.NoNamesError(file=path.name)
            columns = {n: at for n in fields if (at := plan.column_of(n)) is not None}
            read = {n: converter(fields[n], *_rules(plan, n)) for n in columns}
            lines = [
                {n: _value(fields[n], read[n](cells[at])) for n, at in columns.items()}
                for _row, cells in source.rows()
                if cells[columns["name"]]
            ]
        return [Member(**{n: v for n, v in one.items() if v}) for one in lines]

    def _kept(self, found: Difference) -> str:
        """Return what a comparison found as it is kept, with the rights that it concerns."""
        service = self.desk.service("access-rights")
        people = [one.ref for one in found.moved] + [one.ref for one, _day in found.gone]
        number = self.desk.service("staff").number
        told = {
            "joined": [asdict(one) for one in found.joined],
            "moved": [asdict(one) for one in found.moved],
            "gone": [(asdict(one), day) for one, day in found.gone],
            "rights": {ref: len(service.in_force(number(ref))) for ref in people},
        }
        return json.dumps(told, ensure_ascii=False, default=str)


def _texts(kept: Mapping[str, Any]) -> dict[str, str]:
    """Return in the language of the screen what each of the found people starts."""
    found, rights = _difference(kept), kept["rights"]
    joined = [_(JOINS).format(who=_who(one)) for one in found.joined]
    moved = [
        _(MOVES).format(who=one.name, before=one.before, after=one.after, n=rights[one.ref])
        for one in found.moved
    ]
    gone = [_(LEAVES).format(who=_who(one), day=day, n=rights[one.ref]) for one, day in found.gone]
    texts = (("who_joined", joined), ("who_moved", moved), ("who_left", gone))
    return {name: "\n".join(lines) for name, lines in texts}


def _difference(kept: Mapping[str, Any]) -> Difference:
    return Difference(
        tuple(_member(one) for one in kept["joined"]),
        tuple(rules.Move(**one) for one in kept["moved"]),
        tuple((_member(one), date.fromisoformat(day)) for one, day in kept["gone"]),
    )


def _rules(plan: mapping.Mapping, name: str) -> tuple[Any, ...]:
    return (plan.rules[name],) if name in plan.rules else ()


def _value(field: Field, found: Any) -> Any:
    """Return a cell's value; what cannot be read says nothing."""
    return None if isinstance(found, Fault) else found


def _who(one: Member) -> str:
    return " ".join(filter(None, (one.department, one.name, one.staff_no)))


def _of(row: Row) -> Member:
    values = {name: row.values[name] for name in READ if row.values[name]}
    return Member(**values, ref=row.ref)


def _member(kept: Mapping[str, Any]) -> Member:
    days = {n: date.fromisoformat(kept[n]) for n in ("joined", "left") if kept[n]}
    return Member(**{**kept, **days})
