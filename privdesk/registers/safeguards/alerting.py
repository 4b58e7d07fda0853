"""Emergency antivirus events: received, dealt with place by place, and how long it took."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import update

from privdesk.core import references
from privdesk.core.dates import KOREA
from privdesk.core.fields import Kind
from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.register import Outcome, Row
from privdesk.core.values import to_column
from privdesk.registers.desk import Change
from privdesk.registers.records import Records
from privdesk.registers.safeguards import rules
from privdesk.registers.safeguards.alerts import SLOT_UPDATES
from privdesk.registers.safeguards.rules import Alert
from privdesk.vault.payloads import OFFICE


class VirusAlerts(Records):
    """Service of the emergency updates."""

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Refuse a time still to come; a new one waits for every place."""
        if before is not None:
            return {}
        received = values.get("received_at") or self.desk.now()
        if received > self.desk.now():
            raise rules.AlertTimeError
        left = {"left": values["places"], "state": "open"}
        return {**left, "received_at": received}

    def computed(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return until when it is to be done."""
        received = values.get("received_at")
        if not isinstance(received, datetime):
            return {"due_at": None}
        return {"due_at": rules.alert_due(received)}

    # -- actions

    def updated(
        self,
        refs: Sequence[str],
        *,
        how: str,
        places: Sequence[str] = (),
        at: datetime | None = None,
        file: str = "",
    ) -> Outcome:
        """Enter that places have the update; the last one ends the event."""
        moment = at or self.desk.now()
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                self._update(change, row, tuple(places or row.values["left"]), moment, how)
                if file:
                    self._papers.attach(change, self.register.name, row.id, file, "evidence")
        left = sum(len(r.values["left"]) for r in self.rows([self.number(ref) for ref in refs]))
        if not left:
            return Outcome(_(N_("All places are updated")), tuple(refs))
        told = ngettext("{n} place left to update", "{n} places left to update", left)
        return Outcome(told, tuple(refs))

    def attach(self, refs: Sequence[str], *, what: str, file: str) -> Outcome:
        """Keep the bulletin or evidence sealed."""
        with self.desk.change() as change:
            for ref in refs:
                self._papers.attach(change, self.register.name, self.number(ref), file, what)
        return Outcome(_(N_("Attached to {refs}")).format(refs=", ".join(refs)), tuple(refs))

    # -- for rules

    def waiting(self) -> list[Alert]:
        """Return the events that some place has not acted on."""
        sql = "SELECT id FROM virus_alerts WHERE state = 'open' ORDER BY received_at, id"
        numbers = [row[0] for row in self.vault.raw.execute(sql).fetchall()]
        return [
            Alert(row.ref, str(row.values["name"]), row.values["received_at"],
                  len(row.values["left"]))
            for row in self.rows(numbers)
        ]  # fmt: skip

    # -- inside

    @property
    def _papers(self) -> Any:
        return self.desk.service("safety-papers")

    def _update(
        self, change: Change, row: Row, places: Sequence[str], at: datetime, how: str
    ) -> None:
        waiting, received = tuple(row.values["left"]), row.values["received_at"]
        strange = [ref for ref in places if ref not in waiting]
        if strange:
            raise rules.AlertPlacesError(places=", ".join(strange))
        if at < received or at > self.desk.now():
            raise rules.AlertTimeError
        left = tuple(ref for ref in waiting if ref not in places)
        lines = [str(row.values["updates"] or ""), *self._lines(places, at, how)]
        last = self._last(row, at)
        told: dict[str, Any] = {
            "left": to_column(Kind.LINKS, left),
            "updated_at": to_column(Kind.MOMENT, last),
        }
        if not left:
            hours = math.ceil((last - received).total_seconds() / 3600)
            told |= {"state": "done", "hours": hours}
        t = self.table
        change.sql.execute(update(t).where(t.c.id == row.id).values(**told))
        text = "\n".join(filter(None, lines))
        self.vault.payloads.put(OFFICE, row.id, {SLOT_UPDATES: text})
        change.note("alert.updated", self.register.name, row.id, fields=("left", "updates"))

    def _last(self, row: Row, at: datetime) -> datetime:
        """Return the latest update so far; entered later, an earlier one does not shorten it."""
        before = row.values["updated_at"]
        return max(before, at) if isinstance(before, datetime) else at

    def _lines(self, places: Sequence[str], at: datetime, how: str) -> list[str]:
        numbers = [references.number(ref) for ref in places]
        names = self.desk.service("places").titles(numbers)
        moment = f"{at.astimezone(KOREA):%Y-%m-%d %H:%M}"
        return [f"{moment} · {names[n]} · {' '.join(how.split())}" for n in numbers]
