"""The issued documents as records: what was printed or exported is destroyed by its day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import insert, select, update

from privdesk.core.errors import DomainError
from privdesk.core.i18n import _, ngettext
from privdesk.core.register import Outcome, Row
from privdesk.registers.desk import Change
from privdesk.registers.documents.fields import EXPORTED, SLOT_BY, SLOT_NAME
from privdesk.registers.records import Records
from privdesk.vault import attachments
from privdesk.vault.payloads import OFFICE, PEOPLE


class NoDestroyByError(DomainError):
    """{number} has no day by which it must be destroyed. Nothing was changed; choose a print or
    an export that has one.
    """


class DestroyedBeforeIssueError(DomainError):
    """{number} was issued on {issued}, so it cannot have been destroyed on {day}. Nothing was
    changed; check the day.
    """


class DestroyedLaterError(DomainError):
    """{number} cannot have been destroyed on {day}, which is still to come. Nothing was changed;
    check the day.
    """


class Documents(Records):
    """Service of the issued documents."""

    rows_add_texts = False  # a form in capitals is found as it is in small letters

    def rows(self, numbers: Sequence[int], *, reveal: bool = False) -> list[Row]:
        """Return documents; their form is read as it is printed: D1."""
        return [self._worded(row) for row in super().rows(numbers, reveal=reveal)]

    def _worded(self, row: Row) -> Row:
        titles = {**row.titles, "code": str(row.values["code"]).upper()}
        about = self.desk.registers.get(str(row.values.get("about") or ""))
        if about is not None:  # a paper of many records: their register, by its name
            titles["about"] = _(about.title)
        return replace(row, titles=titles)

    def next_number(self, code: str) -> str:
        """Return the number under which the next document of a form is issued this year."""
        start = f"{code.upper()}-{self.desk.today().year}-"
        with self.vault.reading() as sql:
            t = self.table
            rows = sql.execute(select(t.c.number).where(t.c.number.like(start + "%"))).scalars()
            last = max((int(n.removeprefix(start)) for n in rows), default=0)
        return f"{start}{last + 1:04d}"

    def enter(self, change: Change, **values: Any) -> int:
        """Enter what is handed out; return the record's number."""
        number: int = self.vault.new_ids()[0]
        change.sql.execute(insert(self.table).values(id=number, **{"state": "issued", **values}))
        return number

    def enter_export(self, change: Change, *, file_name: str, **values: Any) -> int:
        """Enter a list that leaves as a file, so that somebody sees to its destruction.

        The file's name is what the officer chose, and may name somebody: it is sealed.
        """
        number = self.enter(
            change,
            state=EXPORTED,
            code="export",
            number=self.next_number("export"),
            language="",
            issued_on=self.desk.today(),
            **values,
        )
        self.vault.payloads.put(OFFICE, number, {SLOT_NAME: file_name})
        return number

    def forget(self, change: Change, about: str, code: str = "") -> list[str]:
        """Drop the kept copies of the papers about a record, of one form or of all.

        Return the files to unlink after the commit.
        """
        t, files = self.table, list[str]()
        wanted = select(t.c.id).where(t.c.about == about, t.c.state == "issued")
        if code:
            wanted = wanted.where(t.c.code == code)
        papers = list(change.sql.execute(wanted).scalars())
        for paper in papers:
            files += attachments.forget(self.vault, paper)
            for schema in (PEOPLE, OFFICE):
                self.vault.payloads.drop(schema, paper)
        if papers:
            gone = {"state": "dropped", "file": None}
            change.sql.execute(update(t).where(t.c.id.in_(papers)).values(**gone))
        return files

    def waiting(self) -> list[Row]:
        """Return what has to be destroyed and was not confirmed yet, the most urgent first."""
        t = self.table
        wanted = select(t.c.id).where(t.c.destroy_by.is_not(None), t.c.destroyed_on.is_(None))
        with self.vault.reading() as sql:
            found = list(sql.execute(wanted.order_by(t.c.destroy_by, t.c.id)).scalars())
            return self.rows(found)

    def confirm_destroyed(self, refs: Sequence[str], *, by: str, on: date) -> Outcome:
        """Record who destroyed prints or exported files, and on what day."""
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                self._check(row, on)
                self._put(change, row.id, on)
                self.vault.payloads.put(OFFICE, row.id, {SLOT_BY: by})
                names = ("destroyed_by", "destroyed_on")
                change.note("record.changed", "documents", row.id, fields=names)
        told = ngettext("{n} destruction confirmed", "{n} destructions confirmed", len(refs))
        return Outcome(told, tuple(refs))

    def printed_again(self, change: Change, number: int) -> None:
        """Note that there is another print to be destroyed."""
        self._put(change, number, None)
        self.vault.payloads.put(OFFICE, number, {SLOT_BY: None})

    def _put(self, change: Change, number: int, day: date | None) -> None:
        t = self.table
        change.sql.execute(update(t).where(t.c.id == number).values(destroyed_on=day))

    def _check(self, row: Row, on: date) -> None:
        number, issued = row.values["number"], row.values["issued_on"]
        if row.values["destroy_by"] is None:
            raise NoDestroyByError(number=number)
        if on > self.desk.today():
            raise DestroyedLaterError(number=number, day=on)
        if on < issued:
            raise DestroyedBeforeIssueError(number=number, issued=issued, day=on)
