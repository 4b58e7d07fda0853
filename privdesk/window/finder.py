"""The search behind Ctrl+K: people by part of a name, consonants, digits; records by reference."""

from __future__ import annotations

from functools import partial

from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.i18n import _, ngettext
from privdesk.core.register import Query
from privdesk.flows import alike as people
from privdesk.flows import calls
from privdesk.registers.desk import CASES, Desk
from privdesk.ui.parts import Found
from privdesk.vault.search.query import search
from privdesk.window.cases import CaseAtHand, starter

LIMIT = 12
SHORTEST = 2  # letters typed before a new request is offered
BY_NAME = (
    *("purposes", "files", "places", "processors", "consignments"),
    *("staff", "courses", "items", "templates", "reports"),
)


class DeskFinder:
    """Finds on the database thread; people are shown masked."""

    def __init__(self, desk: Desk, cases: CaseAtHand | None = None) -> None:
        self._desk = desk
        self._cases = cases if cases is not None and cases.there else None

    def find(self, text: str) -> list[Found]:
        """Return the best hits for what was typed so far."""
        typed = text.strip()
        if not typed:
            return []
        with self._desk.vault.reading():
            found = [*self._numbered(typed), *self._by_reference(typed)]
            if self._desk.vault.sees_people:
                found += self._people(typed)
            if len(found) < LIMIT and len(typed) > 1:
                found += self._records(typed)
        hits = list({hit.ref: hit for hit in reversed(found)}.values())[::-1][:LIMIT]
        return [*hits, *self._caller(typed)]

    def _numbered(self, typed: str) -> list[Found]:
        """Return the cases of a number, said with or without its check digit."""
        if self._cases is None:
            return []
        found = [calls.facts(self._desk, row) for row in calls.numbered(self._desk, typed)]
        return [
            Found(
                " · ".join(part for part in (_(one.kind), one.name) if part),
                " · ".join(part for part in (_(one.state), str(one.due or "")) if part),
                one.ref,
                CASES,
                go=partial(self._cases.take, one.ref),
                icon="pin",
            )
            for one in found
        ]

    def _caller(self, typed: str) -> list[Found]:
        """Return the line that begins the case of a caller who is not among the hits."""
        if self._cases is None or len(typed) < SHORTEST or _is_reference(typed):
            return []
        return [
            Found(
                _("New request"),
                _("a caller who is not listed: “{text}”").format(text=typed),
                "",
                CASES,
                go=starter(self._cases, typed),
                icon="plus",
            )
        ]

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
        return [
            Found(one.name, _line(one), one.ref, "subjects")
            for one in people.apart(self._desk, [hit.id for hit in hits])
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


def _line(one: people.Told) -> str:
    """Return what tells a person from others of the name, with as few characters as will do."""
    holdings = ngettext("{n} holding", "{n} holdings", one.holdings)
    marks = (
        _("born {year}").format(year=one.year) if one.year else "",
        _("number …{digits}").format(digits=one.digits) if one.digits else "",
        one.place,
        holdings,
    )
    return " · ".join(mark for mark in marks if mark)


def _is_reference(typed: str) -> bool:
    try:
        references.parse(typed)
    except DomainError:
        return False
    return True
