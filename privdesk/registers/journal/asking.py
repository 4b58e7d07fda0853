"""Which entries a query means, out of 200,000, without reading more than an index of them.

Numbers follow the time, so that days become numbers; a reference becomes the record it names.
Sealed reasons are looked through in the newest entries only.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any

from privdesk.core import references
from privdesk.core.conditions import Between
from privdesk.core.errors import DomainError, UnknownNameError
from privdesk.core.hangul import name_key
from privdesk.core.i18n import N_, _
from privdesk.core.register import Query
from privdesk.journal.actions import ACTIONS
from privdesk.journal.kinds import What, actions_of
from privdesk.registers.desk import CASES, Desk

MARKS = "log-marks"
"""The register whose records stand for entries; their reference finds those."""
REASONS = 3_000  # so many of the newest entries with a reason are opened for a search
_SEVERAL = (list, tuple, set, frozenset)
_PLAIN = {"id": "number", "number": "number", "action": "action", "count": "count"}
_SORTS = {**_PLAIN, "at": "number", "person": "person", "kind": "action"}
_SORTS |= {"about": "ref", "register": "register"}
Parts = tuple[list[str], list[Any]]


class Asked:
    """A query turned into numbers of entries, in order."""

    def __init__(self, desk: Desk, query: Query) -> None:
        self._desk = desk
        self._query = query

    def numbers(self) -> list[int]:
        """Return the numbers of the entries that match, in the order asked for."""
        parts, values = self._conditions()
        text = self._query.text.strip()
        exact = self._exact(text)
        if not text or exact is not None:
            part, bound = exact or ("", [])
            return self._selected([*parts, *filter(None, [part])], [*values, *bound])
        kept = self._spoken(name_key(text), parts, values)
        return [number for number in self._selected(parts, values) if number in kept]

    def _selected(self, parts: Sequence[str], values: Sequence[Any]) -> list[int]:
        by = _SORTS.get(self._query.sort, "number")
        down = self._query.descending or not self._query.sort
        where = f" WHERE {' AND '.join(parts)}" if parts else ""
        raw = self._desk.vault.raw
        if by == "number" and not where:
            count, last = raw.execute("SELECT count(*), max(number) FROM journal").fetchone()
            if count == last:  # none is missing, so that nothing has to be read
                return list(range(last, 0, -1) if down else range(1, last + 1))
        if by == "ref":  # in the order of an index, which no sort is as quick as
            way = "DESC" if down else "ASC"
            order = f"register {way}, record {way}, number {way}"
            sql = f"SELECT number FROM journal{where} ORDER BY {order}"
            return [row[0] for row in raw.execute(sql, tuple(values)).fetchall()]
        sql = f"SELECT number{'' if by == 'number' else ', ' + by} FROM journal{where}"
        rows = raw.execute(sql, tuple(values)).fetchall()
        rows.sort(key=itemgetter(0), reverse=down)
        if by != "number":
            rows.sort(key=itemgetter(1), reverse=down)
        return [row[0] for row in rows]

    def _conditions(self) -> Parts:
        parts: list[str] = []
        values: list[Any] = []
        for name, wanted in self._query.where.items():
            several = list(wanted) if isinstance(wanted, _SEVERAL) else [wanted]
            part, bound = self._condition(name, several)
            parts.append(part)
            values += bound
        return parts, values

    def _condition(self, name: str, wanted: list[Any]) -> tuple[str, list[Any]]:
        if name == "at":
            return self._within(wanted[0])
        if name == "person":
            return _among("person", [n for one in wanted for n in self.people_called(str(one))])
        if name == "kind":
            return _among("action", actions_of(*(What(str(one)) for one in wanted)))
        if name == "register":
            return _among("register", [r for one in wanted for r in self._registers(str(one))])
        if name == "about":
            found = [self.about(str(one)) for one in wanted]
            return "(" + " OR ".join(p for p, _v in found) + ")", [
                v for _p, vs in found for v in vs
            ]
        if name not in _PLAIN:
            raise UnknownNameError(what=_(N_("field")), name=name)
        return _among(_PLAIN[name], wanted)

    def _within(self, wanted: Any) -> tuple[str, list[Any]]:
        span = wanted if isinstance(wanted, Between) else Between(wanted, wanted)
        journal, parts, values = self._desk.journal, ["number > 0"], list[Any]()
        if isinstance(span.first, datetime):
            parts.append("number >= ?")
            values.append(journal.first_at(span.first))
        if isinstance(span.last, datetime):
            parts.append("number <= ?")
            values.append(journal.last_until(span.last))
        return " AND ".join(parts), values

    def people_called(self, text: str) -> list[int]:
        """Return the numbers of the people of this name, else of those whose name holds it."""
        key, people = name_key(text), self._desk.vault.header.people
        same = [one.id for one in people if name_key(one.name) == key]
        return same or [one.id for one in people if key and key in name_key(one.name)]

    def _registers(self, text: str) -> list[str]:
        key = name_key(text)
        found = self._desk.registers.values()
        return [r.name for r in found if key in (name_key(r.name), name_key(_(r.title)))] or [text]

    def about(self, ref: str) -> tuple[str, list[Any]]:
        """Return the condition of entries on a record, or made for the sake of a case."""
        try:
            prefix, number = references.parse(ref)
            register = self._desk.register_of(prefix).name
        except DomainError:
            return "ref = ?", [ref]
        if register == MARKS:
            return _among("number", self._desk.service(MARKS).entries_of(number))
        record = "(register = ? AND record = ?)"
        if register != CASES:
            return record, [register, number]
        return f"({record} OR case_ref = ?)", [register, number, references.make(prefix, number)]

    # -- words

    def _exact(self, text: str) -> tuple[str, list[Any]] | None:
        """Return the condition of a number or a reference, if the text is one."""
        plain = text.replace(",", "")
        if plain.isdecimal() and plain.isascii():
            return "number = ?", [min(int(plain), 2**62)]
        try:
            prefix, number = references.parse(text)
        except DomainError:
            return None
        if prefix == self._desk.register("journal").prefix:
            return "number = ?", [number]
        return self.about(text)

    def _spoken(self, key: str, parts: list[str], values: list[Any]) -> set[int]:
        """Return the entries on which something is called so: action, person, register, reason."""
        registers = self._desk.registers.values()
        told: tuple[tuple[str, Sequence[Any]], ...] = (
            ("action", [one for one, label in ACTIONS.items() if key in name_key(_(label))]),
            ("person", [p.id for p in self._desk.vault.header.people if key in name_key(p.name)]),
            ("register", [r.name for r in registers if key in name_key(_(r.title)) + r.name]),
        )
        found = [_among(name, wanted) for name, wanted in told if wanted]
        kept = self._reasons(key, parts, values)
        if found:
            either = f"({' OR '.join(part for part, _values in found)})"
            sql = f"SELECT number FROM journal WHERE {' AND '.join([*parts, either])}"
            bound = [*values, *(v for _part, told in found for v in told)]
            kept.update(row[0] for row in self._desk.vault.raw.execute(sql, tuple(bound)))
        return kept

    def _reasons(self, key: str, parts: list[str], values: list[Any]) -> set[int]:
        where = " AND ".join([*parts, "(details IS NOT NULL OR case_ref <> '')"])
        sql = f"SELECT number FROM journal WHERE {where} ORDER BY number DESC LIMIT {REASONS}"
        rows = self._desk.vault.raw.execute(sql, tuple(values)).fetchall()
        entries = self._desk.journal.numbered([row[0] for row in rows])
        events = self._desk.journal.events(list(entries.values()))
        return {event.number for event in events if key in name_key(event.reason)}


def _among(column: str, wanted: Sequence[Any]) -> tuple[str, list[Any]]:
    return f"{column} IN ({','.join('?' * len(wanted))})", list(wanted)
