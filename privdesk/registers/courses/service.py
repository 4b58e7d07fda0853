"""Courses: what is taught, by whom, and in which months of the year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from privdesk.core.errors import DomainError
from privdesk.registers.courses.fields import OUTSIDE
from privdesk.registers.named import NamedRecords


class ProviderMissingError(DomainError):
    """An outside course is taught by somebody. Nothing was changed; enter the provider."""


class Courses(NamedRecords):
    """Service of the courses."""

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Refuse an outside course of nobody, and a name that another course has."""
        if values.get("way") == OUTSIDE and not str(values.get("provider") or "").strip():
            raise ProviderMissingError
        return super().derive(values, before)

    def used_by(self, number: int) -> str:
        """Return a session of the course that is not void."""
        t = self.desk.service("sessions").table
        with self.vault.reading() as sql:
            wanted = select(t.c.id).where(t.c.course == number, t.c.state != "void")
            found = sql.execute(wanted).scalar()
        return "" if found is None else self.desk.ref("sessions", found)
