"""The service every register has: list, show, create, change, void, history, actions.

Open values are columns of the register's table; office and personal values are sealed in
the record's payload. A register with more to it derives from ``Records``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any

from sqlalchemy import insert, update

from privdesk.core import references
from privdesk.core.errors import (
    DomainError,
    ForbiddenError,
    InvalidValueError,
    NotFoundError,
    UnknownNameError,
)
from privdesk.core.fields import Audience, Field, Kind
from privdesk.core.hangul import name_key
from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.register import GONE, Event, Outcome, Query, Row
from privdesk.core.values import to_text
from privdesk.registers import striking
from privdesk.registers.checking import DESTROYED, checked, refuse, require_fit
from privdesk.registers.conditions import stored
from privdesk.registers.desk import Change
from privdesk.registers.listing import Listing
from privdesk.registers.matching import matching
from privdesk.registers.reading import SCHEMA_OF, Reading


class RecordGoneError(DomainError):
    """{ref} was taken out of use or destroyed, so it stays as it is. Nothing was changed; make a
    new record instead.
    """


class NotVoidableError(DomainError):
    """{ref} stands as it is ({state}) and is not taken out of use. Nothing was changed; end it by
    one of its own actions instead.
    """


class Records(Reading):
    """Generic service over one register's table."""

    writers: tuple[str, ...] = ("officer",)
    steppers: tuple[str, ...] = ()  # roles that write here by a step alone; it says on what
    unsaid: Mapping[str, Any] = {}  # what a list means that says nothing about a field
    settles: tuple[
        str, ...
    ] = ()  # registers of which new records move others; ``unmake`` undoes it

    # -- reading

    def open_view(self, query: Query) -> Listing:
        """Return a snapshot of the matching records in order."""
        with self.vault.reading():
            return Listing(self, self._matching(query), self._total())

    def find(self, query: Query, limit: int | None = None) -> list[Row]:
        """Return masked rows."""
        view = self.open_view(query)
        return view.rows(0, len(view.numbers()) if limit is None else limit)

    def get(self, ref: str, *, reveal: str = "") -> Row:
        """Return one record; with ``reveal`` (the reason, journalled) in the clear."""
        record = self.number(ref)
        if not reveal:
            return self.rows([record])[0]
        if not self.vault.sees_people and any(f.private for f in self.fields()):
            raise ForbiddenError(role=self.vault.role)
        with self.desk.change() as change:
            row = self.rows([record], reveal=True)[0]
            names = tuple(f.name for f in self.fields() if f.masked)
            told = self.desk.because(reveal)
            change.note("record.looked", self.register.name, record, fields=names, **told)
        return row

    def number(self, ref: str) -> int:
        """Return the number of a record after checking that it exists."""
        prefix, number = references.parse(ref)
        if prefix != self.register.prefix or not self._exists(number):
            raise NotFoundError(what=_(self.register.singular), ref=ref)
        return number

    def history(self, ref: str) -> list[Event]:
        """Return what the journal says of a record, newest first."""
        with self.vault.reading():
            return self.desk.journal.history(self.register.name, self.number(ref))

    def restated(self, rows: Sequence[Row], query: Query) -> list[Row]:
        """Return rows as a query means them; a register may know them as of a past day."""
        return list(rows)

    # -- changing

    def create(self, values: Mapping[str, Any]) -> Row:
        """Check, seal, store and journal a new record."""
        self.desk.require(*self.writers, register=self.register.name)
        with self.desk.change() as change:
            number = self.insert(change, values)
        return self.rows([number])[0]

    def insert(self, change: Change, values: Mapping[str, Any]) -> int:
        """Store a new record inside the caller's transaction; return its number."""
        whole = {f.name: f.default for f in self.fields() if f.enterable and f.default is not None}
        whole.update(values)
        cleaned = self.checked(whole, whole=True)
        self._require_there(cleaned)
        number = self.vault.new_ids()[0]
        opened = self._columns({**cleaned, **self.derive(cleaned, None)})
        opened.setdefault("state", self.first_state)
        change.sql.execute(insert(self.table), {"id": number, **opened})
        self._seal(number, cleaned)
        change.note("record.created", self.register.name, number, fields=tuple(sorted(cleaned)))
        self.written(change, number, cleaned)
        return number

    def update(self, ref: str, values: Mapping[str, Any]) -> Row:
        """Change the given fields only."""
        self.desk.require(*self.writers, register=self.register.name)
        with self.desk.change() as change:
            number = self.number(ref)
            self.amend(change, number, values)
        return self.rows([number])[0]

    def update_all(self, refs: Sequence[str], values: Mapping[str, Any]) -> Outcome:
        """Change the given fields of many records, of all or of none."""
        self.desk.require(*self.writers)
        with self.desk.change() as change:
            for ref in refs:
                self.amend(change, self.number(ref), values)
        told = ngettext("{n} record changed", "{n} records changed", len(refs))
        return Outcome(told, tuple(refs))

    def amend(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Change fields of a record inside the caller's transaction."""
        row = self.rows([number], reveal=True)[0]
        if row.state in GONE:
            raise RecordGoneError(ref=row.ref)
        before = row.values
        cleaned = self.checked(values, whole=False)
        for name in cleaned:
            if self.field(name).fixed and before.get(name) not in (None, "", cleaned[name]):
                raise InvalidValueError(
                    value=cleaned[name], field=_(self.field(name).label), cause=_(FIXED)
                )
        cleaned = {name: v for name, v in cleaned.items() if before.get(name) != v}
        self._require_there(cleaned)
        opened = self._columns({**cleaned, **self.derive({**before, **cleaned}, before)})
        if opened:
            change.sql.execute(update(self.table).where(self.table.c.id == number).values(**opened))
        self._seal(number, cleaned)
        if any(before.get(f.name) for f in self.fields() if _personal(f) and f.name in cleaned):
            self.vault.keys_wait(self.desk.now().isoformat())
        change.note("record.changed", self.register.name, number, fields=tuple(sorted(cleaned)))
        self.written(change, number, cleaned)

    def _require_there(self, values: Mapping[str, Any]) -> None:
        """Refuse a link to a record whose data was destroyed: nothing is kept of it any more."""
        for field in self.fields():
            named = values.get(field.name)
            if field.kind not in (Kind.LINK, Kind.LINKS) or not field.links_to or not named:
                continue
            declared = self.desk.register(field.links_to)
            if declared.state("destroyed") is None:
                continue
            table = self.desk.service(field.links_to).table.name
            for ref in (named,) if isinstance(named, str) else named:
                sql = f"SELECT 1 FROM {table} WHERE id = ? AND state = 'destroyed'"
                number = references.number(ref)
                if self.vault.raw.execute(sql, (number,)).fetchone() is not None:
                    refuse(field, ref, _(DESTROYED))

    def void(self, refs: Sequence[str], *, reason: str = "") -> Outcome:
        """Take records out of use; they stay, marked."""
        self.desk.require(*self.writers, register=self.register.name)
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in dict.fromkeys(refs)]):
                action = self._way_out(row, reason)
                self.set_state(change, row.id, "void")
                change.note(action, self.register.name, row.id, reason=reason)
                self.written(change, row.id, {})
        return Outcome(_(N_("{n} taken out of use")).format(n=len(refs)), tuple(refs))

    def _way_out(self, row: Row, reason: str) -> str:
        """Return how the journal calls it that a record is taken out of use, or refuse it.

        What took effect ends by its own steps; only what was entered by mistake is struck out,
        with a reason in words and while nothing stands on it.
        """
        known = not self.register.states or self.register.state("void") is not None
        if known and self.register.may_void(row.state):
            return "record.voided"
        if not known or not self.register.may_strike(row.state):
            state = self.register.state(row.state)
            raise NotVoidableError(ref=row.ref, state=_(state.label) if state else row.state)
        striking.require_free(row.ref, reason, self.needed_by(row.id))
        return striking.STRUCK

    def needed_by(self, number: int) -> str:
        """Return what stands on a record, so that it is not struck out; or nothing."""
        return ""

    def act(self, action: str, refs: Sequence[str], values: Mapping[str, Any]) -> Outcome:
        """Do one of the register's actions after checking role and state."""
        declared = self.register.action(action)
        if declared is None:
            raise UnknownNameError(what=_(N_("action")), name=action)
        self.desk.require(*declared.roles, register=self.register.name)
        if declared.states or declared.where:
            rows = self.rows([self.number(ref) for ref in refs])
            require_fit(declared, rows, self.register, self.vault.role)
        asked = self.checked_against(declared.asks, values, whole=True)
        module, colon, name = declared.method.partition(":")
        if colon:
            outcome = getattr(import_module(module), name)(self.desk, refs, **asked)
        else:
            outcome = getattr(self, declared.method)(refs, **asked)
        assert isinstance(outcome, Outcome)
        return outcome

    def set_state(self, change: Change, number: int, state: str) -> None:
        """Move a record to another state."""
        change.sql.execute(update(self.table).where(self.table.c.id == number).values(state=state))

    def unmake(self, change: Change, first: int, stop: int) -> None:
        """Delete the records of an import that is taken back: ``first`` to ``stop`` (exclusive).

        Their keys and sealed values go too, in one go for all registers. A register undoes here
        what its new records moved elsewhere, and says in ``settles`` where.
        """
        sql = f"DELETE FROM {self.table.name} WHERE id >= ? AND id < ?"
        self.vault.raw.execute(sql, (first, stop))

    # -- what registers refine

    @property
    def first_state(self) -> str:
        """The state of a new record."""
        return self.register.states[0].key if self.register.states else "active"

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Return stored values that follow from others."""
        return {}

    def written(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Called in the transaction after a record was stored, changed or voided."""

    # -- checking

    def checked(self, values: Mapping[str, Any], *, whole: bool) -> dict[str, Any]:
        """Return typed values; raise InvalidValueError for what cannot be used."""
        return self.checked_against(self.fields(), values, whole=whole)

    def checked_against(
        self, fields: Iterable[Field], values: Mapping[str, Any], *, whole: bool
    ) -> dict[str, Any]:
        """Check values against a list of fields."""
        return checked(self.desk, tuple(fields), values, whole=whole)

    # -- storage

    def _exists(self, number: int) -> bool:
        sql = f"SELECT 1 FROM {self.table.name} WHERE id = ?"
        return self.vault.raw.execute(sql, (number,)).fetchone() is not None

    def _total(self) -> int:
        sql = f"SELECT count(*) FROM {self.table.name}"
        return int(self.vault.raw.execute(sql).fetchone()[0])

    def _columns(self, values: Mapping[str, Any]) -> dict[str, Any]:
        columns: dict[str, Any] = {}
        for field in self.fields():
            if field.name in values and not field.sealed and field.name in self.table.c:
                columns[field.name] = stored(field, values[field.name])
        if "state" in values:
            columns["state"] = values["state"]
        for name, value in values.items():
            if name in self.table.c and self.register.field(name) is None and name != "state":
                columns[name] = value
        return columns

    def _seal(self, number: int, values: Mapping[str, Any]) -> None:
        for audience, schema in SCHEMA_OF.items():
            sealed = {
                f.slot: to_text(f.kind, values[f.name])
                for f in self.fields()
                if f.audience is audience and f.name in values and f.slot is not None
            }
            if sealed:
                self.vault.payloads.put(schema, number, sealed)

    def called(self, title: str) -> list[int]:
        """Return the numbers of the living records of this title, for links given by name."""
        name = self.register.title_field
        if not name:
            return []
        wanted = name_key(title)
        rows = [r for r in self.find(Query(text=title)) if r.state != "void"]
        return [r.id for r in rows if name_key(str(r.values.get(name) or "")) == wanted]

    # -- matching

    def _matching(self, query: Query) -> list[int]:
        return matching(self, query)


def _personal(field: Field) -> bool:
    return field.audience is Audience.PERSONAL


FIXED = N_("it cannot be changed any more.")
