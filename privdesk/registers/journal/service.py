"""Reading the journal like any other register; nothing here writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NoReturn

from privdesk.core import references
from privdesk.core.errors import NotFoundError, UnknownNameError
from privdesk.core.fields import Choice, Field, Kind, words_of
from privdesk.core.i18n import N_, _
from privdesk.core.register import Event, Outcome, Query, Register, Row
from privdesk.journal import telling
from privdesk.journal.kinds import kind_of
from privdesk.journal.log import Entry
from privdesk.registers.desk import Desk
from privdesk.registers.journal.asking import Asked
from privdesk.registers.listing import Listing

COUNT = "SELECT count(*) FROM journal"


class JournalRecords:
    """Service of the journal's page."""

    def __init__(self, desk: Desk, register: Register) -> None:
        self.desk = desk
        self.register = register

    def fields(self) -> tuple[Field, ...]:
        """Return the declared fields; people and registers are those there are."""
        people = tuple(
            Choice(one.name, telling.name_of(one)) for one in self.desk.vault.header.people
        )
        registers = tuple(Choice(r.name, r.title) for r in self.desk.registers.values())
        known = {"person": people, "register": registers}
        return tuple(
            replace(field, kind=Kind.CHOICE, choices=known[field.name])
            if field.name in known
            else field
            for field in self.register.fields
        )

    def field(self, name: str) -> Field:
        """Return a field by name."""
        found = next((field for field in self.fields() if field.name == name), None)
        if found is None:
            raise UnknownNameError(what=_(N_("field")), name=name)
        return found

    def open_view(self, query: Query) -> Listing:
        """Return a snapshot, newest first unless asked otherwise."""
        with self.desk.vault.reading():
            numbers = Asked(self.desk, query).numbers()
            total = int(self.desk.vault.raw.execute(COUNT).fetchone()[0])
        return Listing(self, numbers, total)

    def find(self, query: Query, limit: int | None = None) -> list[Row]:
        """Return entries."""
        view = self.open_view(query)
        return view.rows(0, view.count if limit is None else min(limit, view.count))

    def get(self, ref: str, *, reveal: str = "") -> Row:
        """Return one entry."""
        return self.rows([self.number(ref)])[0]

    def number(self, ref: str) -> int:
        """Return the number of an entry after checking that it exists."""
        prefix, number = references.parse(ref)
        if prefix != self.register.prefix or not self.desk.journal.entries(number - 1, 1):
            raise NotFoundError(what=_(self.register.singular), ref=ref)
        return number

    def restated(self, rows: Sequence[Row], query: Query) -> list[Row]:
        """Return rows as a query means them; entries never change."""
        return list(rows)

    def rows(self, numbers: Sequence[int], *, reveal: bool = False) -> list[Row]:
        """Return entries in the order asked for."""
        journal = self.desk.journal
        with self.desk.vault.reading():
            found = journal.numbered(numbers)
            entries = [found[n] for n in numbers if n in found]
            return [self._row(*one) for one in zip(entries, journal.events(entries), strict=True)]

    def history(self, ref: str) -> list[Event]:
        """Return what happened to the record that an entry is about; else the entry itself."""
        first = self.number(ref) - 1
        (entry,) = self.desk.journal.entries(first, 1)
        journal, labels = self.desk.journal, self._labels(entry.register)
        if entry.register and entry.record is not None:
            events = journal.history(entry.register, entry.record)
        else:
            events = journal.events([entry])
        return [replace(e, fields=tuple(labels.get(f, f) for f in e.fields)) for e in events]

    def create(self, values: Mapping[str, Any]) -> Row:
        """Refuse: entries are made by what is done."""
        self._refuse()

    def update(self, ref: str, values: Mapping[str, Any]) -> Row:
        """Refuse."""
        self._refuse()

    def update_all(self, refs: Sequence[str], values: Mapping[str, Any]) -> Outcome:
        """Refuse."""
        self._refuse()

    def void(self, refs: Sequence[str], *, reason: str = "") -> Outcome:
        """Refuse."""
        self._refuse()

    def act(self, action: str, refs: Sequence[str], values: Mapping[str, Any]) -> Outcome:
        """Refuse."""
        self._refuse()

    def titles(self, numbers: Sequence[int]) -> dict[int, str]:
        """Return the entries' numbers."""
        return {n: str(n) for n in numbers}

    def called(self, title: str) -> list[int]:
        """Return nothing: entries have no names."""
        return []

    def _refuse(self) -> NoReturn:
        self.desk.refuse(self.register.name)

    def _row(self, entry: Entry, event: Event) -> Row:
        values = {
            "number": entry.number,
            "at": datetime.fromisoformat(entry.at),
            "person": event.person,
            "kind": kind_of(entry.action).value,
            "action": entry.action,
            "register": entry.register,
            "about": entry.ref,
            "count": entry.count,
            "fields": ", ".join(entry.fields),
            "reason": telling.reason(event.reason),
            "told": event.told,
            "workstation": entry.workstation,
        }
        ref = references.make(self.register.prefix, entry.number)
        return Row(entry.number, ref, values, titles=self._titles(entry, event.reason))

    def _titles(self, entry: Entry, reason: str) -> dict[str, str]:
        """Return register, fields and a reason that is a choice in the words of the screen."""
        labels = self._labels(entry.register)
        if not labels:
            return {}
        fields = ", ".join(labels.get(name, name) for name in entry.fields)
        register = self.desk.register(entry.register)
        titles = {"register": _(register.title), "fields": fields}
        if reason and (why := words_of(register.fields, reason)) != reason:
            titles["reason"] = why
        return titles

    def _labels(self, name: str) -> dict[str, str]:
        """Return what the fields of a register are called; nothing where there is none."""
        register = self.desk.registers.get(name)
        if register is None:
            return {}
        labels = {f.name: _(f.label) for f in self.desk.service(name).fields()}
        labels.setdefault(register.state_field, _("State"))
        return labels
