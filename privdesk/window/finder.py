"""The search behind Ctrl+K: people by part of a name, consonants, digits; records by reference."""

from __future__ import annotations

from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.i18n import _
from privdesk.core.register import Query
from privdesk.registers.desk import Desk
from privdesk.ui.parts import Found
from privdesk.vault.search.query import search

LIMIT = 12
BY_NAME = ("purposes", "files", "places", "staff", "items")


class DeskFinder:
    """Finds on the database thread; people are shown masked."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def find(self, text: str) -> list[Found]:
        """Return the best hits for what was typed so far."""
        typed = text.strip()
        if not typed:
            return []
        with self._desk.vault.reading():
            found = self._by_reference(typed)
            if self._desk.vault.sees_people:
                found += self._people(typed)
            if len(found) < LIMIT and len(typed) > 1:
                found += self._records(typed)
        return list({hit.ref: hit for hit in found}.values())[:LIMIT]

    def _by_reference(self, typed: str) -> list[Found]:
        try:
            prefix, number = references.parse(typed)
            if self._hidden(number):
                return []
            register = self._desk.register_of(prefix)
            row = self._desk.service(register.name).get(typed)
        except DomainError:
            return []
        name = str(row.values.get(register.title_field) or "")
        return [Found(name or row.ref, _(register.singular), row.ref, register.name, icon="go")]

    def _hidden(self, number: int) -> bool:
        """Whether a record belongs to an import that is still under way."""
        hidden = self._desk.vault.hidden
        return hidden is not None and number in hidden

    def _people(self, typed: str) -> list[Found]:
        vault = self._desk.vault
        hits = search(vault.raw, typed, LIMIT, registers=("subjects",), hidden=vault.hidden)
        service = self._desk.service("subjects")
        return [
            Found(
                title=str(row.values.get("name") or row.ref),
                subtitle=" · ".join(
                    str(row.values[f.name])
                    for f in service.item_fields()
                    if f.name != "name" and row.values.get(f.name)
                ),
                ref=row.ref,
                register="subjects",
            )
            for row in service.rows([hit.id for hit in hits])
        ]

    def _records(self, typed: str) -> list[Found]:
        found = []
        for name in BY_NAME:
            register = self._desk.register(name)
            rows = self._desk.service(name).find(Query(text=typed), limit=3)
            for row in (row for row in rows if not self._hidden(row.id)):
                title = str(row.values.get(register.title_field) or row.ref)
                found.append(Found(title, _(register.title), row.ref, name, icon=register.group))
        return found
