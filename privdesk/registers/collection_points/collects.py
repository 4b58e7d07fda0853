"""What all points collect, read in one go for the rules."""

from __future__ import annotations

from datetime import date

from privdesk.core import references
from privdesk.core.categories import Basis, Separate
from privdesk.core.register import Query, Row
from privdesk.registers.collection_points import rules
from privdesk.registers.consenting import boxes_needed
from privdesk.registers.desk import Desk


class Collects:
    """The lines of every point, their purposes and their items."""

    def __init__(self, desk: Desk) -> None:
        purposes, items = desk.service("purposes"), desk.service("items")
        self._wordings = desk.service("wordings")
        self._by_point: dict[str, list[Row]] = {}
        for line in desk.service("point-items").find(Query(where={"state": "active"}, sort="id")):
            self._by_point.setdefault(str(line.values["point"]), []).append(line)
        lines = [line for of_point in self._by_point.values() for line in of_point]
        wanted = sorted({references.number(line.values["purpose"]) for line in lines})
        self._purposes = {row.ref: row for row in purposes.rows(wanted)}
        self._called = purposes.titles(wanted)
        self._needed = {
            number: boxes_needed(purposes.separate(number)) if by_consent else frozenset[Separate]()
            for number, by_consent in (
                (row.id, row.values["basis"] == Basis.CONSENT.value)
                for row in self._purposes.values()
            )
        }
        numbers = sorted({references.number(ref) for line in lines for ref in _items(line)})
        self._items = {row.ref: row for row in items.rows(numbers)}
        self._names = items.titles(numbers)

    def lines(self, point: Row, on: date) -> list[rules.Line]:
        """Return what a point collects for each purpose, with the boxes it shows on a day."""
        lines = self._by_point.get(point.ref, [])
        named = [self._purposes[line.values["purpose"]] for line in lines]
        boxes = self._wordings.boxes(point.id, [of.id for of in named], on)
        found = []
        for line, of in zip(lines, named, strict=True):
            collected = [self._items[ref] for ref in _items(line)]
            found.append(
                rules.Line(
                    purpose=self._called[of.id],
                    in_use=of.state == "active",
                    unnamed=[self._names[i.id] for i in collected if i.ref not in _items(of)],
                    unlisted=[self._names[i.id] for i in collected if _unlisted(i)],
                    needed=self._needed[of.id],
                    boxes=boxes.get(of.id, []),
                )
            )
        return found


def _items(row: Row) -> tuple[str, ...]:
    return (*row.values["required_items"], *row.values["optional_items"])


def _unlisted(item: Row) -> bool:
    return not item.values["in_policy"] and not item.values["age_check"]
