"""Reading the journal like any other register; nothing here writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NoReturn

from privdesk.core import references
from privdesk.core.errors import ForbiddenError, NotFoundError, UnknownNameError
from privdesk.core.fields import Field
from privdesk.core.hangul import name_key
from privdesk.core.i18n import N_, _
from privdesk.core.register import Event, Outcome, Query, Register, Row
from privdesk.journal.log import Entry
from privdesk.registers.desk import Desk
from privdesk.registers.listing import Listing

FILTERS = {
    "id": "number",
    "number": "number",
    "action": "action",
    "register": "register",
    "about": "ref",
}
SORTS = {"at": "number", **FILTERS}


class JournalRecords:
    """Service of the journal's page."""

    def __init__(self, desk: Desk, register: Register) -> None:
        self.desk = desk
        self.register = register

    def fields(self) -> tuple[Field, ...]:
        """Return the declared fields."""
        return self.register.fields

    def field(self, name: str) -> Field:
        """Return a field by name."""
        found = self.register.field(name)
        if found is None:
            raise UnknownNameError(what=_(N_("field")), name=name)
        return found

    def open_view(self, query: Query) -> Listing:
        """Return a snapshot, newest first unless asked otherwise."""
        raw = self.desk.vault.raw
        conditions, values = self._conditions(query.where)
        by = SORTS.get(query.sort, "number")
        order = "ASC" if query.sort and not query.descending else "DESC"
        sql = f"SELECT number FROM journal {conditions} ORDER BY {by} {order}, number DESC"
        with self.desk.vault.reading():
            numbers = [row[0] for row in raw.execute(sql, values).fetchall()]
            total = int(raw.execute("SELECT count(*) FROM journal").fetchone()[0])
            if query.text or "person" in query.where:
                numbers = self._narrowed(numbers, query)
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
            found = {n: journal.entries(n - 1, 1)[0] for n in numbers}
            return [self._row(found[n]) for n in numbers]

    def history(self, ref: str) -> list[Event]:
        """Return the entry itself: entries never change."""
        first = self.number(ref) - 1
        return [self.desk.journal.event(e) for e in self.desk.journal.entries(first, 1)]

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
        raise ForbiddenError(role=self.desk.vault.role)

    def _row(self, entry: Entry) -> Row:
        event = self.desk.journal.event(entry)
        values = {
            "number": entry.number,
            "at": datetime.fromisoformat(entry.at),
            "person": event.person,
            "action": entry.action,
            "register": entry.register,
            "about": entry.ref,
            "count": entry.count,
            "fields": ", ".join(entry.fields),
            "reason": event.reason,
            "workstation": entry.workstation,
        }
        ref = references.make(self.register.prefix, entry.number)
        return Row(entry.number, ref, values, titles=self._titles(entry))

    def _titles(self, entry: Entry) -> dict[str, str]:
        """Return register and fields in the words of the screen."""
        register = self.desk.registers.get(entry.register)
        if register is None:
            return {}
        labels = {f.name: _(f.label) for f in self.desk.service(register.name).fields()}
        labels.setdefault(register.state_field, _("State"))
        fields = ", ".join(labels.get(name, name) for name in entry.fields)
        return {"register": _(register.title), "fields": fields}

    def _conditions(self, where: Mapping[str, Any]) -> tuple[str, list[Any]]:
        parts, values = [], []
        for name, wanted in where.items():
            if name == "person":
                continue
            if name not in FILTERS:
                raise UnknownNameError(what=_(N_("field")), name=name)
            several = list(wanted) if isinstance(wanted, list | set | tuple) else [wanted]
            parts.append(f"{FILTERS[name]} IN ({','.join('?' * len(several))})")
            values += several
        return ("WHERE " + " AND ".join(parts) if parts else ""), values

    def _narrowed(self, numbers: Sequence[int], query: Query) -> list[int]:
        needle, person = name_key(query.text), name_key(str(query.where.get("person", "")))
        kept = []
        for row in self.rows(numbers):
            words = name_key(" ".join(str(v) for v in row.values.values()))
            if needle in words and person in name_key(str(row.values["person"])):
                kept.append(row.id)
        return kept
