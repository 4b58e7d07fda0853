"""What a point collects for a purpose: only what the purpose names, and only while it is in use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.registers.collection_points import rules
from privdesk.registers.records import Records


class PurposeNotInUseError(DomainError):
    """The purpose {purpose} is not in use, so nothing may be collected for it (PIPA 15(1)).
    Nothing was changed; complete the purpose or take it up again first.
    """


class PurposeTwiceError(DomainError):
    """This point collects for the purpose {purpose} already, as {ref}. Nothing was changed; change
    that record.
    """


class PointItems(Records):
    """Service of what the points collect."""

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Refuse a purpose that is not in use, and items that it does not name (S1.1)."""
        purposes = self.desk.service("purposes")
        number = purposes.number(values["purpose"])
        (purpose,) = purposes.rows([number])
        if purpose.state != "active":
            raise PurposeNotInUseError(purpose=purposes.spoken(number))
        if before is None:
            self._refuse_twice(str(values["point"]), number)
        named = rules.Named(
            purposes.titles([number])[number],
            self._names(purpose.values["required_items"]),
            self._names(purpose.values["optional_items"]),
        )
        required = self._names(values.get("required_items") or ())
        rules.require_named(named, required, self._names(values.get("optional_items") or ()))
        return {}

    def _refuse_twice(self, point: str, purpose: int) -> None:
        t = self.table
        wanted = select(t.c.id).where(
            t.c.point == references.number(point), t.c.purpose == purpose, t.c.state != "void"
        )
        with self.vault.reading() as sql:
            found = sql.execute(wanted.limit(1)).scalar_one_or_none()
        if found is not None:
            spoken = self.desk.service("purposes").spoken(purpose)
            raise PurposeTwiceError(purpose=spoken, ref=self.desk.ref(self.register.name, found))

    def _names(self, refs: Sequence[str]) -> list[str]:
        names: list[str] = self.desk.service("items").called_by(refs)
        return names
