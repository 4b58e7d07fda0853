"""Which person of the vault a row or a receipt means: reference, source number, exact contact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.fields import Kind
from privdesk.core.i18n import N_
from privdesk.core.reasons import Reason, reason
from privdesk.registers.desk import Desk
from privdesk.vault.search.lines import unpack

NOBODY = reason(N_("Nobody here answers to it; take the person in first."))
SEVERAL = reason(N_("Several people here answer to it; give the reference of one."))
UNTOLD = reason(
    N_("The row does not say who answered: give reference, place and source number, or a contact.")
)
DIFFER = reason(N_("What the row says of the person means two different people."))
_AT_ONCE = 500


@dataclass(frozen=True)
class Marks:
    """By what somebody is told: any of it may be empty. ``place`` is a name or a reference."""

    ref: str = ""
    place: str = ""
    source: str = ""
    contacts: tuple[str, ...] = ()


class WhoIs:
    """Finds living people; contacts are read once, when the first is asked for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._places: dict[str, int | None] = {}
        self._contacts: dict[str, set[int]] | None = None

    def find(self, marks: Sequence[Marks]) -> list[int | Reason]:
        """Return for each the number of the person, or why there is none."""
        told = self._by_source(marks)
        return [self._one(one, told[at]) for at, one in enumerate(marks)]

    def _one(self, marks: Marks, by_source: int | None) -> int | Reason:
        if not (marks.ref or marks.source or marks.contacts):
            return UNTOLD
        found: set[int] = set()
        if marks.ref:
            number = self._by_ref(marks.ref)
            if number is None:
                return NOBODY
            found.add(number)
        if marks.source and by_source is not None:
            found.add(by_source)
        if not found:
            people = [self._by_contact(one) for one in marks.contacts]
            known = [one for one in people if one]
            if known:
                found = set.intersection(*known) or set.union(*known)
        if not found:
            return NOBODY
        if len(found) > 1:
            return DIFFER if marks.ref or marks.source else SEVERAL
        return found.pop()

    def _by_ref(self, ref: str) -> int | None:
        try:
            prefix, number = references.parse(ref)
        except DomainError:
            return None
        sql = "SELECT 1 FROM subjects WHERE id = ?"
        known = self._desk.vault.raw.execute(sql, (number,)).fetchone()
        return number if prefix == self._desk.register("subjects").prefix and known else None

    def _by_source(self, marks: Sequence[Marks]) -> list[int | None]:
        """Look all source numbers up by keyed hash; without a place any place will do once."""
        service = self._desk.service("subjects")
        keys = []
        for one in marks:
            place = self._place(one.place) if one.source and one.place else None
            keys.append((place, service.digest(place, f"id:{one.source}")) if place else None)
        wanted = sorted({key for key in keys if key is not None})
        found: dict[tuple[int, bytes], int] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            for place, digest in wanted[start : start + _AT_ONCE]:
                row = self._desk.vault.raw.execute(
                    "SELECT subject FROM source_ids WHERE place = ? AND digest = ?", (place, digest)
                ).fetchone()
                if row is not None:
                    found[place, digest] = row[0]
        return [found.get(key) if key is not None else None for key in keys]

    def _place(self, name: str) -> int | None:
        if name not in self._places:
            service = self._desk.service("places")
            called = service.called(name)
            try:
                self._places[name] = called[0] if called else service.number(name)
            except DomainError:
                self._places[name] = None
        return self._places[name]

    def _by_contact(self, contact: str) -> set[int]:
        if self._contacts is None:
            self._contacts = self._read()
        return self._contacts.get(contact.casefold(), set())

    def _read(self) -> dict[str, set[int]]:
        """Return who has which address or telephone number, from the list lines."""
        fields = self._desk.service("subjects").item_fields()
        chosen = [n for n, f in enumerate(fields, 1) if f.kind in (Kind.EMAIL, Kind.PHONE)]
        rows = self._desk.vault.raw.execute(
            "SELECT id, packed FROM search.lines WHERE register ="
            " (SELECT code FROM search.registers WHERE name = 'subjects')"
        )
        found: dict[str, set[int]] = {}
        for number, packed in rows:
            values = unpack(packed)
            for at in chosen:
                if at < len(values) and values[at]:
                    found.setdefault(values[at].casefold(), set()).add(number)
        return found
