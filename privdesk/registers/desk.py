"""The desk without a window: an open vault, its journal, the clock, and every register's service.

Window and command line both stand on this; neither knows anything below it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from importlib import import_module
from typing import Any, NoReturn, TypeVar

from sqlalchemy import Connection

from privdesk.core.calendar import OfficeCalendar, OpeningHours
from privdesk.core.clock import Clock, office_date, today
from privdesk.core.errors import DomainError, ForbiddenError, MayNotDoError, UnknownNameError
from privdesk.core.i18n import N_, _, current
from privdesk.core.register import Register
from privdesk.core.rulebook import Profile
from privdesk.journal.actions import OF_WRITERS, permitted
from privdesk.journal.log import Journal, Note
from privdesk.vault.session import Vault

T = TypeVar("T")
CASES = "requests"  # the register whose records are cases
LOOKS = (
    *("record.looked", "record.searched", "access.denied", "journal.checked"),
)  # what the journal says of looks: nothing changed


class UnknownRegisterError(DomainError):
    """There is no register called “{name}”. Nothing was changed; choose one of: {known}."""


class UnjournalledChangeError(RuntimeError):
    """A change was about to be committed without a journal entry (a bug)."""


class Change:
    """One transaction under way: its connection and what the journal will say of it."""

    def __init__(self, desk: Desk, sql: Connection) -> None:
        self.desk = desk
        self.sql = sql
        self.notes: list[Note] = []
        self.lines: set[tuple[str, int]] = set()
        self.afterwards: set[Callable[[], object]] = set()

    def note(self, action: str, register: str = "", record: int | None = None, **more: Any) -> None:
        """Journal an action on a record when the transaction commits.

        A reason that is the reference of a case is entered as the case.
        """
        ref = ""
        if register and record is not None:
            ref = self.desk.ref(register, record)
        if self.desk.is_case(str(more.get("reason", ""))):
            more["case"] = more.pop("reason")
        self.notes.append(Note(action, register, record, more.pop("ref", ref), **more))

    def relist(self, register: str, record: int) -> None:
        """Have the search line of a record written again before the commit."""
        self.lines.add((register, record))


class Desk:
    """An open vault with the registers on it. Use from one thread only."""

    def __init__(self, vault: Vault, clock: Clock, registers: Iterable[Register]) -> None:
        self.vault = vault
        self.clock = clock
        self.journal = Journal(vault)
        self.registers = {register.name: register for register in registers}
        self._services: dict[str, Any] = {}
        self._change: Change | None = None
        self.changes = self.looks = 0  # how often something was changed, or only looked at
        self._calendar: OfficeCalendar | None = None
        self._made: dict[str, tuple[object, Any]] = {}

    def service(self, name: str) -> Any:
        """Return the service of a register (made once)."""
        if name not in self._services:
            register = self.register(name)
            module, _, cls = register.service.partition(":")
            self._services[name] = getattr(import_module(module), cls)(self, register)
        return self._services[name]

    def register(self, name: str) -> Register:
        """Return a register's declaration."""
        if name not in self.registers:
            raise UnknownRegisterError(name=name, known=", ".join(self.registers))
        return self.registers[name]

    def register_of(self, prefix: str) -> Register:
        """Return the register whose references begin with ``prefix``."""
        for register in self.registers.values():
            if register.prefix == prefix:
                return register
        raise UnknownNameError(what=_(N_("register")), name=prefix)

    def ref(self, register: str, record: int) -> str:
        """Return the reference of a record."""
        from privdesk.core import references

        return references.make(self.register(register).prefix, record)

    def now(self) -> datetime:
        """Return the time, never before the newest journal entry."""
        last = self.journal.last_at()
        now = self.clock.now()
        return max(now, last) if last else now

    def today(self) -> date:
        """Return the office's date, never before that of the newest journal entry."""
        return today(self.clock, self.journal.last_at())

    def first_day(self) -> date:
        """Return the office's date of the first entry of the journal: the vault's first day."""
        row = self.vault.raw.execute("SELECT at FROM journal WHERE number = 1").fetchone()
        return office_date(datetime.fromisoformat(row[0])) if row else self.today()

    def ahead(self) -> timedelta:
        """Return how far the newest journal entry lies ahead of the workstation's clock."""
        last = self.journal.last_at()
        return max(timedelta(), last - self.clock.now()) if last else timedelta()

    def is_case(self, text: str) -> bool:
        """Whether a text is the reference of a request: the case somebody works on."""
        from privdesk.core import references

        if not text.startswith(self.register(CASES).prefix):
            return False
        try:
            prefix, number = references.parse(text)
        except DomainError:
            return False
        sql = f"SELECT 1 FROM {CASES} WHERE id = ?"
        ours = prefix == self.register(CASES).prefix
        return ours and self.vault.raw.execute(sql, (number,)).fetchone() is not None

    @property
    def calendar(self) -> OfficeCalendar:
        """The office calendar with the office's own days, hours and reading of the 24 hours."""
        if self._calendar is None:
            days = {
                name: {
                    date.fromisoformat(day): what for day, what in self.setting(name, {}).items()
                }
                for name in ("extra_holidays", "closures")
            }
            hours = {k: time.fromisoformat(v) for k, v in self.setting("hours", {}).items()}
            self._calendar = OfficeCalendar(
                days["extra_holidays"],
                days["closures"],
                OpeningHours(**hours),
                bool(self.setting("clock_stands_still", True)),
            )
        return self._calendar

    @property
    def profile(self) -> Profile:
        """What kind of company it is; decides which rules apply."""
        return Profile(**self.setting("profile", {}))

    def setting(self, name: str, default: Any = None) -> Any:
        """Return one of the office's settings."""
        row = self.vault.raw.execute(
            "SELECT value FROM settings WHERE name = ?", (name,)
        ).fetchone()
        return default if row is None else json.loads(row[0])

    def set_setting(self, name: str, value: Any) -> None:
        """Store one of the office's settings, journalled."""
        with self.change() as change:
            self.vault.raw.execute(
                "INSERT INTO settings (name, value) VALUES (?, ?)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name, json.dumps(value, ensure_ascii=False)),
            )
            details = {"state": "on" if value else "off"} if isinstance(value, bool) else {}
            change.note("vault.setting", fields=(name,), details=details)
        self._calendar = None

    def require(self, *roles: str, register: str = "") -> None:
        """Raise unless the person at the desk has one of these roles; the refusal is an entry."""
        if self.vault.role not in roles:
            self.refuse(register, why=MayNotDoError)

    def refuse(
        self,
        register: str = "",
        fields: tuple[str, ...] = (),
        why: type[ForbiddenError] = ForbiddenError,
    ) -> NoReturn:
        """Journal that somebody tried what the role does not allow, and raise ForbiddenError.

        What is under way is undone first, so that only the refusal stays.
        """

        def entered() -> None:
            with self.change() as change:
                change.note("access.denied", register, fields=fields)

        if self._change is None:
            entered()
        else:
            self._change.afterwards.add(entered)
        raise why(role=self.vault.role)

    @property
    def begun(self) -> date:
        """The day from which the office keeps its registers here: that of the first entry.

        The setting of that name is of an office that kept them before, elsewhere.
        """
        told = self.setting("begun")
        if told:
            return date.fromisoformat(str(told))
        row = self.vault.raw.execute("SELECT at FROM journal ORDER BY number LIMIT 1").fetchone()
        return office_date(datetime.fromisoformat(row[0])) if row else self.today()

    def because(self, reason: str) -> dict[str, str]:
        """Return how a look is journalled: a case's reference is itself the reason (``case``)."""
        from privdesk.core import references

        try:
            prefix, _number = references.parse(reason)
        except DomainError:
            return {"reason": reason}
        register = next((r for r in self.registers.values() if r.prefix == prefix), None)
        if register is None or register.name != "requests":
            return {"reason": reason}
        return {"case": self.ref("requests", self.service("requests").number(reason))}

    def once(self, name: str, make: Callable[[], T], *, looks: bool = False) -> T:
        """Return what ``make`` makes, made again only after a change or a minute.

        For what takes long and is shown again and again; ``name`` says what it is. With
        ``looks`` it is made again after whatever was written to the vault, a look as well.
        """
        written = (id(self.vault.raw), self.vault.raw.total_changes) if looks else ()
        minute = self.now().replace(second=0, microsecond=0)
        key = (self.changes, minute, current(), written)
        known = self._made.get(name)
        if known is None or known[0] != key or self._change is not None:
            known = self._made[name] = (key, make())
            if self._change is not None:  # what is not committed yet may never be
                del self._made[name]
        found: T = known[1]
        return found

    @property
    def open_change(self) -> Change | None:
        """The transaction under way, or None."""
        return self._change

    @contextmanager
    def change(self) -> Iterator[Change]:
        """One transaction: the change and its journal entries. Joins an open one."""
        if self._change is not None:
            yield self._change
            return
        afterwards: set[Callable[[], object]] = set()
        try:
            with self.vault.transaction() as sql:
                change = self._change = Change(self, sql)
                afterwards = change.afterwards
                try:
                    yield change
                    self._finish(change)
                finally:
                    self._change = None
            if all(note.action in LOOKS for note in change.notes):
                self.looks += 1
            else:
                self.changes += 1
        finally:
            for follow in afterwards:
                follow()

    def _permitted(self, note: Note) -> bool:
        """Whether this role may do what a note says; of a record, whoever its register lets."""
        role = self.vault.role
        if role != "officer" and note.action in OF_WRITERS and note.register in self.registers:
            service = self.service(note.register)
            may = getattr(service, "writers", ("officer",)), getattr(service, "steppers", ())
            return any(role in roles for roles in may)
        return permitted(role, note.action)

    def _finish(self, change: Change) -> None:
        if not change.notes:
            raise UnjournalledChangeError
        if not all(map(self._permitted, change.notes)):
            raise MayNotDoError(role=self.vault.role)
        for register, record in sorted(change.lines):
            self.service(register).write_line(record)
        self.journal.append(change.notes, self.clock.now(), self.clock.steady())
