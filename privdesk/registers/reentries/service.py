"""What has to be entered again: written by a restore, ended by an officer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import update

from privdesk.core.i18n import _, ngettext
from privdesk.core.register import Outcome, Row
from privdesk.registers.desk import Change
from privdesk.registers.records import Records
from privdesk.registers.reentries.rules import Reason, State


class Reentries(Records):
    """Service of what has to be entered again."""

    writers = ("officer", "recovery")  # the kit restores a backup after a fire

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Begin as open."""
        return {} if before else {"state": State.OPEN.value}

    def rows(self, numbers: Sequence[int], *, reveal: bool = False) -> list[Row]:
        """Return records; a register by its title."""
        return [self._in_words(row) for row in super().rows(numbers, reveal=reveal)]

    def _in_words(self, row: Row) -> Row:
        found = self.desk.registers.get(str(row.values["register"]))
        return replace(row, titles={**row.titles, "register": _(found.title)}) if found else row

    def add(
        self,
        change: Change,
        kind: Reason,
        backup_on: date,
        *,
        about: str = "",
        register: str = "",
        count: int = 1,
    ) -> None:
        """Write down something that the restored vault lacks."""
        number = self.insert(change, {})
        told = {"kind": kind.value, "about": about or None, "register": register or None}
        wanted = update(self.table).where(self.table.c.id == number)
        change.sql.execute(wanted.values(**told, count=count, backup_on=backup_on))

    def done(self, refs: Sequence[str]) -> Outcome:
        """End entries: each stands in this vault again, or nothing is to be entered."""
        with self.desk.change() as change:
            for ref in refs:
                number = self.number(ref)
                self.set_state(change, number, State.DONE.value)
                wanted = update(self.table).where(self.table.c.id == number)
                change.sql.execute(wanted.values(done_on=self.desk.today()))
                change.note("record.changed", self.register.name, number, fields=("state",))
        told = ngettext("{n} entry done", "{n} entries done", len(refs))
        return Outcome(told, tuple(refs))
