"""Collection points: closed on a day that has come; what they collect, for whom, with which box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from privdesk.core.categories import Basis
from privdesk.core.errors import DomainError
from privdesk.core.register import Query, Row
from privdesk.registers.collection_points import rules
from privdesk.registers.collection_points.collects import Collects
from privdesk.registers.collection_points.fields import NOT_ASKED
from privdesk.registers.named import NamedRecords


class ClosesLaterError(DomainError):
    """A point cannot have been in use until {day}, which is still to come. Nothing was changed;
    enter the end on that day.
    """


class ClosesEarlierError(DomainError):
    """A point cannot have been in use until {until}, before it began on {since}. Nothing was
    changed; check both days.
    """


class CollectionPoints(NamedRecords):
    """Service of the collection points."""

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Refuse days that cannot be; an end closes the point."""
        super().derive(values, before)
        since, until = values.get("since"), values.get("until")
        if until is not None and until > self.desk.today():
            raise ClosesLaterError(day=until)
        if since is not None and until is not None and until < since:
            raise ClosesEarlierError(since=since, until=until)
        return {"state": "active" if until is None else "closed"}

    def used_by(self, number: int) -> str:
        """Return what stands on a point: its purposes, or a wording of it."""
        ref = self.desk.ref(self.register.name, number)
        for name, gone in (("point-items", ("void",)), ("wordings", ("void",))):
            service = self.desk.service(name)
            states = [s.key for s in service.register.states if s.key not in gone]
            rows = service.find(Query(where={"point": ref, "state": states}), limit=1)
            if rows:
                return str(rows[0].ref)
        return ""

    # -- for other registers and papers

    def collected(self, number: int) -> list[Row]:
        """Return what a point collects, a row for each purpose."""
        ref = self.desk.ref(self.register.name, number)
        found: list[Row] = self.desk.service("point-items").find(
            Query(where={"point": ref, "state": "active"}, sort="id")
        )
        return found

    def collects_for(self, number: int) -> list[int]:
        """Return the purposes in use that a point collects for, in the order of entry."""
        return [purpose.id for _line, purpose in self._asked(number)]

    def exempt(self, number: int) -> list[Row]:
        """Return what a point collects without consent, a row for each purpose (rule 6)."""
        consent = Basis.CONSENT.value
        asked = self._asked(number)
        return [line for line, purpose in asked if purpose.values["basis"] != consent]

    def gate(self, number: int, age: int, on: date) -> rules.Gate:
        """Return what the age of somebody at this point calls for (rules 1 and 2).

        The policy's own gate is silent where the point expects children.
        """
        (row,) = self.rows([number])
        found = rules.gate(age, on)
        if found is rules.Gate.WARN and row.values["children"]:
            return rules.Gate.OPEN
        return found

    # -- for the rules

    def facts(self, rows: Sequence[Row], on: date) -> list[rules.PointFacts]:
        """Return what the rules need of points; what they collect is read together."""
        collects = Collects(self.desk)
        names = self.titles([row.id for row in rows])
        return [
            rules.PointFacts(
                ref=row.ref,
                name=names[row.id],
                channel=str(row.values["channel"] or ""),
                rights=row.values["rights"],
                children=bool(row.values["children"]),
                age_asked=row.values["age_asked"] not in (None, "", NOT_ASKED),
                min_age=row.values["min_age"],
                lines=collects.lines(row, on),
            )
            for row in rows
        ]

    def _asked(self, number: int) -> list[tuple[Row, Row]]:
        """Return each line of a point with its purpose, of purposes in use alone."""
        purposes, lines = self.desk.service("purposes"), self.collected(number)
        found = purposes.rows([purposes.number(line.values["purpose"]) for line in lines])
        return [(line, of) for line, of in zip(lines, found, strict=True) if of.state == "active"]
