"""What stays where it is because somebody disputes it: left out of exports and printed lists.

Rule 23. Of a person whose every item is frozen the whole row stays out of an export; of one
with some items frozen only those values do, and come back as ``***``, which an import takes
for "left as it is". On a printed list, where a missing row would look like a missing person,
the word "frozen" stands instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from privdesk.core import references
from privdesk.core.fields import Audience, Field, Kind
from privdesk.core.i18n import N_, _
from privdesk.core.masking import HIDDEN
from privdesk.core.register import Row
from privdesk.registers.desk import Desk
from privdesk.registers.freezing import FROZEN, everybody, freed_by, spoken

PEOPLE = "subjects"
ABOUT_PEOPLE = ("holdings", "consents")  # their rows say something of one person
LEFT_OUT = N_("under a freeze and left out: {frozen}")
_NEVER = ("frozen", "certificate", "due", "collected", "language")


class Still:
    """The freezes, as far as one register’s list is concerned."""

    def __init__(self, desk: Desk, register: str, reason: str = "") -> None:
        """Know what is frozen; a ``reason`` that is the freeze's own request may see it."""
        self._desk = desk
        self._reason = reason
        self._register = register
        self._met: set[int] = set()  # people of whom something was left out

    @cached_property
    def _frozen(self) -> dict[int, frozenset[int]]:
        """Return every frozen person with the frozen items."""
        found = everybody(self._desk)
        free = freed_by(self._desk, self._reason) if found and self._reason else set()
        return {number: items for number, items in found.items() if number not in free}

    @cached_property
    def _rows_of(self) -> dict[int, int]:
        """Return the records of this register that speak of a wholly frozen person."""
        whole = [number for number, items in self._frozen.items() if not items]
        if self._register == PEOPLE:
            return {number: number for number in whole}
        if self._register not in ABOUT_PEOPLE:
            return {}
        table = self._desk.service(self._register).table.name
        sql = f"SELECT id FROM {table} WHERE subject = ?"
        return {
            row[0]: number
            for number in whole
            for row in self._desk.vault.raw.execute(sql, (number,)).fetchall()
        }

    def whole(self, record: int) -> bool:
        """Whether a record is about somebody of whom everything is frozen."""
        person = self._rows_of.get(record)
        if person is not None:
            self._met.add(person)
        return person is not None

    def without(self, row: Row, fields: Sequence[Field]) -> Row:
        """Return a row without the values that are frozen."""
        return self._replaced(row, fields, HIDDEN)

    def worded(self, row: Row, fields: Sequence[Field]) -> Row:
        """Return a row with the word "frozen" for each value that is, in the language spoken."""
        return self._replaced(row, fields, _(FROZEN))

    def told(self) -> str:
        """Return what was left out, as the end of a sentence; nothing where nothing was."""
        met = {number: self._frozen[number] for number in self._met}
        return "; " + _(LEFT_OUT).format(frozen=spoken(self._desk, met)) if met else ""

    def _replaced(self, row: Row, fields: Sequence[Field], word: str) -> Row:
        if not self._frozen:
            return row
        if self._register != PEOPLE:
            return self._titled(row, fields, word)
        items = self._frozen.get(row.id)
        if items is None:
            return row
        known = self._desk.service(PEOPLE).fields_of_items()
        names = {f.name for item, f in known.items() if not items or item in items}
        if not items:
            names |= {f.name for f in fields if f.sealed and f.name not in _NEVER}
        here = {f.name for f in fields} & {name for name in names if row.values.get(name)}
        if here:
            self._met.add(row.id)
        return replace(row, values={**row.values, **dict.fromkeys(here, word)})

    def _titled(self, row: Row, fields: Sequence[Field], word: str) -> Row:
        """Return a row of another register without what it says of a frozen person.

        The name of the person it links to goes where names are frozen; what else the row
        itself says of her (a caller's telephone number, the text of a request) goes as soon
        as anything of her is, since nobody can tell which item such a text holds.
        """
        titles, values = dict(row.titles), dict(row.values)
        for field in fields:
            ref = row.values.get(field.name)
            if field.kind is not Kind.LINK or field.links_to != PEOPLE or not ref:
                continue
            person = references.number(ref)
            items = self._frozen.get(person)
            if items is None:
                continue
            if not items or items & self._names:
                titles[field.name] = word
            personal = {f.name for f in fields if f.audience is Audience.PERSONAL}
            hidden = personal & {name for name, value in values.items() if value}
            values.update(dict.fromkeys(hidden, word))
            self._met.update([person] if hidden else [])
        return replace(row, titles=titles, values=values)

    @cached_property
    def _names(self) -> frozenset[int]:
        """Return the items that are names of people."""
        known = self._desk.service(PEOPLE).fields_of_items()
        return frozenset(item for item, field in known.items() if field.kind is Kind.NAME)
