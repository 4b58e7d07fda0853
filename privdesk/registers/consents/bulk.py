"""Many answers at once: checked like single ones, written in chunks, settled at the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from privdesk.core.fields import Audience
from privdesk.core.register import Query
from privdesk.core.values import to_text
from privdesk.journal.log import row_digest
from privdesk.registers.consents import answers, rules, seen
from privdesk.registers.consents.possible import require_been
from privdesk.registers.consents.refusals import PersonGoneError, PurposeEndedError
from privdesk.registers.consents.times import as_time
from privdesk.registers.desk import Change
from privdesk.vault.payloads import PEOPLE

if TYPE_CHECKING:
    from privdesk.registers.consents.service import Consents

JOURNAL_ROWS = 10_000
_COLUMNS = ("subject", "purpose", "box", "kind", "at", "wording", "channel", "guardian")
_AT_ONCE = 900


class Bulk:
    """Answers under way in one transaction; links are numbers here, and the box is always told."""

    def __init__(self, change: Change, service: Consents) -> None:
        self._change, self._service = change, service
        self._desk = change.desk
        self._now = self._desk.now()
        self._states: dict[int, str] = {}
        self._ended: dict[int, date | None] = {}
        self._born: dict[int, date | None] = {}
        self._slots = {f.name: f for f in service.fields() if f.audience is Audience.PERSONAL}
        self._items = self._birth_slots()
        self._waiting: list[dict[str, Any]] = []
        self._digests: list[bytes] = []
        self._made: dict[int, Mapping[str, Any]] = {}
        self._touched: set[int] = set()

    def know(self, subjects: Iterable[int]) -> None:
        """Read what has to be known of people before their answers are added."""
        wanted = sorted({n for n in subjects if n not in self._states})
        raw = self._desk.vault.raw
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            marks = ",".join("?" * len(part))
            sql = f"SELECT id, state FROM subjects WHERE id IN ({marks})"
            self._states.update(raw.execute(sql, part).fetchall())
        if self._items:
            for number, values in self._desk.vault.payloads.read_many(PEOPLE, wanted).items():
                told = next(filter(None, (values.get(slot) for slot in self._items)), "")
                self._born[number] = date.fromisoformat(told) if told else None

    def add(self, values: Mapping[str, Any]) -> int:
        """Check an answer and take it; return its number. Raises what a single one would."""
        self._check(values)
        number = self._desk.vault.new_ids()[0]
        kind = rules.Event(values["kind"])
        row = {name: values.get(name) for name in (*_COLUMNS, "guardian_check")}
        if kind is rules.Event.ASKED:
            row["guardian"] = True
        row |= {"id": number, "time": as_time(str(values.get("time") or "")) or None}
        self._waiting.append({**row, "state": answers.STATES[kind]})
        sealed = {
            int(f.slot or 0): to_text(f.kind, values[name])
            for name, f in self._slots.items()
            if values.get(name)
        }
        if sealed:
            self._desk.vault.payloads.put(PEOPLE, number, sealed)
        self._made[number] = row
        self._touched.add(values["subject"])
        told = (number, *(values[n] for n in ("subject", "purpose", "box")), kind.value, row["at"])
        self._digests.append("|".join(map(str, told)).encode())
        return number

    def require_there(self, subject: int) -> None:
        """Refuse a person who is gone; ``know`` has read who is."""
        if self._states.get(subject, "void") in ("destroyed", "void"):
            raise PersonGoneError(person=self._desk.ref("subjects", subject))

    def flush(self) -> None:
        """Write the answers taken so far."""
        if self._waiting:
            self._change.sql.execute(insert(self._service.table), self._waiting)
            self._waiting = []

    def finish(self) -> int:
        """Settle the histories; return how many answers ended what is held."""
        self.flush()
        counting, _moved = answers.settle(self._change.sql, self._service.table, self._touched)
        for start in range(0, len(self._digests), JOURNAL_ROWS):
            part = self._digests[start : start + JOURNAL_ROWS]
            digest = row_digest(part)
            self._change.note("import.rows", "consents", count=len(part), rows_digest=digest)
        ended = 0
        for asked, number in counting.items():
            made = self._made.get(number)
            if made is not None and self._service.ends(made):
                ended += self._service.act_on(self._change, asked, made["at"])
        return ended

    def _check(self, values: Mapping[str, Any]) -> None:
        subject, at = values["subject"], values["at"]
        require_been(self._now, at, as_time(str(values.get("time") or "")))
        self.require_there(subject)
        if values.get("wording"):
            box = str(values["box"])
            seen.require_seen(self._desk, values["wording"], values["purpose"], box, at)
        if values["kind"] not in self._service.agrees:
            return
        ended = self._end_of(values["purpose"])
        if ended is not None and at > ended:
            name = self._desk.service("purposes").spoken(values["purpose"])
            raise PurposeEndedError(purpose=name, day=ended)
        born = self._born.get(subject)
        if born is not None:
            verified = bool(values.get("guardian") and values.get("guardian_check"))
            rules.require_guardian(born, at, verified=verified)

    def _end_of(self, purpose: int) -> date | None:
        if purpose not in self._ended:
            (row,) = self._desk.service("purposes").rows([purpose])
            self._ended[purpose] = row.values["ended_on"]
        return self._ended[purpose]

    def _birth_slots(self) -> list[int]:
        slots = self._desk.service("subjects").slots()
        items = self._desk.service("items").find(Query(where={"age_check": True}))
        return [slots[row.id] for row in items if row.id in slots]
