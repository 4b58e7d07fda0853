"""What a person leaves behind for herself (drafts, saved views): sealed in the vault."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from privdesk.core.values import plain
from privdesk.vault.payloads import OFFICE, PEOPLE

if TYPE_CHECKING:
    from privdesk.registers.desk import Desk

SLOT = 1


class Kept:
    """One bundle of values of the person at the desk, under a name."""

    def __init__(self, desk: Desk, name: str) -> None:
        self._vault = desk.vault
        self._name = f"{name}:{desk.vault.person.id}"
        self._schema = PEOPLE if desk.vault.sees_people else OFFICE

    def read(self) -> dict[str, Any]:
        """Return what was kept."""
        record = self._vault.meta(self._name)
        if record is None:
            return {}
        text = self._vault.payloads.read(self._schema, int(record)).get(SLOT)
        return dict(json.loads(text)) if text else {}

    def write(self, values: Mapping[str, Any]) -> None:
        """Keep ``values`` in place of what was there; nothing is written where nothing changes."""
        record = self._vault.meta(self._name)
        if not values and record is None:
            return
        with self._vault.transaction():
            number = int(record) if record else self._vault.new_ids()[0]
            self._vault.set_meta(self._name, str(number))
            text = json.dumps(values, default=plain, ensure_ascii=False) if values else ""
            self._vault.payloads.put(self._schema, number, {SLOT: text})
