"""Records that are called by a name of their own, which no other living record has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from privdesk.core.errors import DomainError
from privdesk.core.hangul import name_key
from privdesk.core.i18n import current
from privdesk.core.register import Outcome
from privdesk.registers.records import Records

ENGLISH = "name_en"


class NameTakenError(DomainError):
    """There is “{name}” already, as {ref}. Nothing was changed; choose another name or change that
    record.
    """


class RecordInUseError(DomainError):
    """{record} is still used by {used}. Nothing was changed; change or end that one first."""


class NamedRecords(Records):
    """Records whose title is an open column, unique among the living ones.

    Links accept the name in either language.
    """

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Refuse a name that another living record has."""
        title = self.register.title_field
        key = name_key(str(values.get(title) or ""))
        if key and (before is None or name_key(str(before.get(title) or "")) != key):
            for number, name, _english in self._named():
                if name_key(name) == key:
                    raise NameTakenError(name=name, ref=self.desk.ref(self.register.name, number))
        return {}

    def called(self, title: str) -> list[int]:
        """Return the numbers of the living records of this name, in either language."""
        wanted = name_key(title)
        return [
            number
            for number, *names in self._named()
            if wanted and wanted in {name_key(name) for name in names}
        ]

    def titles(self, numbers: Sequence[int]) -> dict[int, str]:
        """Return the names by number, in the language of the screen where there are two."""
        english = current() == "en"
        return {
            number: (second if english and second else first)
            for number, first, second in self._named(numbers)
        }

    def void(self, refs: Sequence[str], *, reason: str = "") -> Outcome:
        """Take records out of use; refuse those that others still stand on."""
        self.desk.require(*self.writers)
        for ref in refs:
            number = self.number(ref)
            user = self.used_by(number)
            if user:
                raise RecordInUseError(record=self.spoken(number), used=user)
        return super().void(refs, reason=reason)

    def used_by(self, number: int) -> str:
        """Return a living record that stands on this one, by reference and name; or nothing."""
        return ""

    def naming(self, column: str, ref: str) -> Sequence[int]:
        """Return the living records that name ``ref`` in a column of several links."""
        t = self.table
        with self.vault.reading() as sql:
            wanted = t.c[column].contains(f'"{ref}"', autoescape=True)
            found = sql.execute(select(t.c.id).where(wanted, t.c.state.in_(self.living)))
            return list(found.scalars())

    @property
    def living(self) -> tuple[str, ...]:
        """The states of records that are in use."""
        gone = ("void", "ended", "destroyed")
        return tuple(state.key for state in self.register.states if state.key not in gone)

    def spoken(self, number: int) -> str:
        """Return how a record is named in a sentence: reference and name."""
        name = self.titles([number]).get(number, "")
        return f"{self.desk.ref(self.register.name, number)} “{name}”"

    def _named(self, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, str, str]]:
        """Yield number, name and English name: of these records, else of all living ones."""
        t = self.table
        english = t.c[ENGLISH] if ENGLISH in t.c else t.c[self.register.title_field]
        wanted = select(t.c.id, t.c[self.register.title_field], english)
        with self.vault.reading() as sql:
            if numbers is None:
                rows = sql.execute(wanted.where(t.c.state != "void").order_by(t.c.id)).all()
            else:
                rows = []
                for start in range(0, len(numbers), 900):
                    part = numbers[start : start + 900]
                    rows += sql.execute(wanted.where(t.c.id.in_(part))).all()
        for number, name, second in rows:
            yield number, name or "", second or ""
