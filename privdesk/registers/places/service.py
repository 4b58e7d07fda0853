"""Places: a processor's company is named, and the vault itself is one place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from privdesk.core.errors import DomainError
from privdesk.core.register import Query
from privdesk.registers.named import NamedRecords


class ProcessorMissingError(DomainError):
    """“{place}” is at a processor, so the name of the company is needed. Nothing was changed;
    enter the processor.
    """


class SecondVaultError(DomainError):
    """The vault itself is a place already, as {place}. Nothing was changed; choose another kind of
    place.
    """


class Places(NamedRecords):
    """Service of the places."""

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Refuse a processor's place without company, and a second vault."""
        super().derive(values, before)
        kind = values.get("kind")
        if kind == "processor" and not str(values.get("processor") or "").strip():
            raise ProcessorMissingError(place=values.get("name"))
        newly = before is None or before.get("kind") != "vault"
        present = self.this_vault() if kind == "vault" and newly else None
        if present is not None:
            raise SecondVaultError(place=self.spoken(present))
        return {}

    def this_vault(self) -> int | None:
        """Return the number of the place that is the vault itself, where it was entered."""
        rows = self.find(Query(where={"kind": "vault", "state": "active"}), limit=1)
        return rows[0].id if rows else None

    def used_by(self, number: int) -> str:
        """Return a living file that is kept here, or nothing."""
        files = self.desk.service("files")
        found = files.at_place(number)
        return str(files.spoken(found[0])) if found else ""
