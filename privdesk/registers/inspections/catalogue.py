"""Checklists: numbered drafts, put in force, never changed afterwards; the shipped questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select, update

from privdesk.core.i18n import LANGUAGES, N_, _
from privdesk.core.register import Outcome, Row
from privdesk.core.resources import resource
from privdesk.registers.desk import Change
from privdesk.registers.inspections import rules
from privdesk.registers.records import Records

NAME = N_("Supervision of processors")
_FREE = frozenset(("note", "name"))


class Checklists(Records):
    """Service of the checklists."""

    def rows(self, numbers: Sequence[int], *, reveal: bool = False) -> list[Row]:
        """Return checklists; one without a name of its own is called what it is for."""
        found = super().rows(numbers, reveal=reveal)
        return [
            row if row.values["name"] else replace(row, values={**row.values, "name": _(NAME)})
            for row in found
        ]

    def insert(self, change: Change, values: Mapping[str, Any]) -> int:
        """Enter a draft; without questions it takes the shipped ones."""
        told = dict(values)
        if not str(told.get("text_ko") or "").strip():
            told |= shipped()
        return super().insert(change, told)

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Read the questions; give a new one its version."""
        asked = rules.read(str(values.get("text_ko") or ""), str(values.get("text_en") or ""))
        told: dict[str, Any] = {"questions": len(asked)}
        if before is None:
            told |= {"version": self._newest() + 1, "state": "draft"}
        return told

    def amend(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Change a draft; refuse to change what was asked."""
        (row,) = self.rows([number])
        typed = self.checked(values, whole=False)
        changed = {name for name, value in typed.items() if row.values.get(name) != value}
        if row.state in ("used", "replaced") and not changed <= _FREE:
            raise rules.ChecklistFixedError(checklist=row.ref)
        super().amend(change, number, values)

    # -- actions

    def use(self, refs: Sequence[str]) -> Outcome:
        """Put a draft in force; the version before is replaced."""
        day = self.desk.today()
        with self.desk.change() as change:
            for number in [self.number(ref) for ref in refs]:
                before = self.in_force()
                if before is not None:
                    self._put(change, before.id, state="replaced", ended=day)
                    names = ("ended", "state")
                    change.note("record.changed", self.register.name, before.id, fields=names)
                self._put(change, number, state="used", effective=day)
                change.note("checklist.used", self.register.name, number)
        return Outcome(_(N_("In force from {day}")).format(day=day), tuple(refs))

    def new_version(self, refs: Sequence[str]) -> Outcome:
        """Copy checklists as drafts of the next version."""
        made = []
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                copied = {n: row.values[n] for n in ("name", "text_ko", "text_en")}
                copied["name"] = "" if copied["name"] == _(NAME) else copied["name"]
                made.append(self.desk.ref(self.register.name, self.insert(change, copied)))
        told = ", ".join(made)
        return Outcome(_(N_("Draft of the new version: {refs}")).format(refs=told), tuple(made))

    def shipped(self, refs: Sequence[str]) -> Outcome:
        """Put the shipped questions into drafts, instead of what they ask."""
        with self.desk.change() as change:
            for number in [self.number(ref) for ref in refs]:
                self.amend(change, number, shipped())
        return Outcome(_(N_("The shipped questions stand in {ref}")).format(ref=", ".join(refs)),
                       tuple(refs))  # fmt: skip

    # -- for inspections and papers

    def in_force(self) -> Row | None:
        """Return the checklist in force, or None."""
        t = self.table
        with self.vault.reading() as sql:
            found = sql.execute(select(t.c.id).where(t.c.state == "used")).scalars().first()
        return None if found is None else self.rows([found])[0]

    def at_hand(self, change: Change) -> Row:
        """Return the checklist in force; the shipped one is put in force where there is none."""
        found = self.in_force()
        if found is None:
            number = self.insert(change, {})
            self.use([self.desk.ref(self.register.name, number)])
            (found,) = self.rows([number])
        return found

    def asked(self, row: Row) -> tuple[rules.Question, ...]:
        """Return the questions of a checklist."""
        return rules.read(str(row.values["text_ko"]), str(row.values["text_en"] or ""))

    # -- inside

    def _newest(self) -> int:
        with self.vault.reading() as sql:
            return int(sql.execute(select(func.max(self.table.c.version))).scalar_one() or 0)

    def _put(self, change: Change, number: int, **values: Any) -> None:
        t = self.table
        change.sql.execute(update(t).where(t.c.id == number).values(**values))


def shipped() -> dict[str, str]:
    """Return the shipped questions in every language, by field."""
    return {
        f"text_{language}": resource("checklists", f"processor.{language}.txt").read_text(
            encoding="utf-8"
        )
        for language in LANGUAGES
    }
