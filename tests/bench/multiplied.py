"""The office of ``privdesk demo``, each register of staff, partners and safety many times over.

Every kind of record in every state is there because the demo has it; the copies keep what their
records say and belong to copies of what those belonged to. They are put in as their tables hold
them, with sealed values of their own and an entry of the journal each.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from privdesk.core import i18n, references
from privdesk.core.clock import FixedClock
from privdesk.core.errors import DomainError
from privdesk.core.fields import Field, Kind
from privdesk.flows import sample
from privdesk.flows.opening import open_desk
from privdesk.registers.desk import Change, Desk
from privdesk.registers.findings.collect import desk_findings
from privdesk.vault.payloads import OFFICE, PEOPLE, pack_boxes, seal_rows, unpack_boxes
from tests.desks import NOON

SUBJECTS = 40
ROWS = {
    "places": 40,
    "staff": 5_000,
    "pledges": 10_000,
    "rosters": 36,
    "departures": 400,
    "handovers": 300,
    "courses": 40,
    "sessions": 300,
    "attendances": 60_000,
    "access-rights": 5_000,
    "rights-reviews": 80,
    "reviewed-rights": 10_000,
    "processors": 200,
    "consignments": 3_000,
    "inspections": 600,
    "inspection-answers": 12_000,
    "publications": 24,
    "partner-papers": 1_200,
    "audits": 30,
    "audit-answers": 900,
    "audit-findings": 400,
    "safeguards": 80,
    "safeguard-checks": 4_000,
    "virus-alerts": 200,
    "safety-papers": 600,
    "zones": 30,
    "zone-permits": 1_500,
    "zone-reviews": 240,
    "zone-logs": 240,
    "visits": 20_000,
    "place-inspections": 120,
    "documents": 6_000,
    "reports": 60,
    "log-reviews": 60,
    "log-marks": 600,
}
"""How many records each register has in the end, the registers that others belong to first."""
_ALONE = {"duty": ("cpo", "handler")}  # what only one may have, and what its copies have instead
_OWN = ("name", "name_en", "number")  # what each record is called by, and no other
_BEHIND = 20  # copies of a record that waits for something
_LOGIN = 7  # the slot of the account in the vault, which copies of staff do without
_WORDS = (Kind.TEXT, Kind.NAME)


def fill(folder: Path, rows: Mapping[str, int] = ROWS) -> None:
    """Make the office in ``folder``, multiplied; ``sample.people`` open it."""
    i18n.use("ko")
    sample.make(folder / "office.privdesk", SUBJECTS, clock=FixedClock(NOON))
    desk = opened(folder)
    try:
        with desk.change() as change:
            multiply(change, rows)
        desk.vault.raw.execute("ANALYZE main")
    finally:
        desk.vault.close()


def opened(folder: Path) -> Desk:
    """Open the office's desk as its first officer, at noon."""
    who = sample.people()[0]
    return open_desk(folder / "office.privdesk", who.name, who.passphrase, FixedClock(NOON))


def multiply(change: Change, rows: Mapping[str, int]) -> None:
    """Put copies of the records of registers beside them until there are so many."""
    waits = {one.ref for one in desk_findings(change.desk) if one.ref}
    copies: dict[str, dict[int, list[int]]] = {}
    for register, wanted in rows.items():
        copies[register] = _Copying(change.desk, register, copies).to(wanted, waits)
        for number in itertools.chain.from_iterable(copies[register].values()):
            change.note("record.changed", register, number, fields=("state",))


class _Copying:
    """Copies the records of one register; ``copies`` are those of the registers before it."""

    def __init__(self, desk: Desk, register: str, copies: Mapping[str, Any]) -> None:
        self._desk, self._copies = desk, copies
        self._service = desk.service(register)
        self._register = desk.register(register)
        links = (f for f in self._service.fields() if f.kind is Kind.LINK and not f.sealed)
        self._links = {f.name: str(f.links_to) for f in links}
        title = self._register.title_field
        self._title: Field | None = self._service.field(title) if title else None

    def to(self, wanted: int, waits: Container[str]) -> dict[int, list[int]]:
        """Copy until there are so many; return all of them by the number of the first.

        What ``waits`` for something is copied a few times only: no office is behind with all.
        """
        raw = self._desk.vault.raw
        told = raw.execute(f"SELECT * FROM {self._service.table.name} ORDER BY id")
        names = [column[0] for column in told.description]
        first = [dict(zip(names, row, strict=True)) for row in told.fetchall()]
        found = {row["id"]: [row["id"]] for row in first}
        count = max(wanted - len(first), 0)
        behind = [row for row in first if self._desk.ref(self._register.name, row["id"]) in waits]
        others = [row for row in first if row not in behind] or first
        sources = list(
            itertools.islice(itertools.chain(behind * _BEHIND, itertools.cycle(others)), count)
        )
        numbers = list(self._desk.vault.new_ids(count))
        made = Counter[int]()
        turns = []
        for row in sources:
            made[row["id"]] += 1
            turns.append(made[row["id"]])
        marks = ", ".join("?" * len(names))
        raw.executemany(
            f"INSERT INTO {self._service.table.name} VALUES ({marks})",
            [
                tuple({**row, **self._changed(row, turn), "id": number}.values())
                for row, number, turn in zip(sources, numbers, turns, strict=True)
            ],
        )
        self._seal([row["id"] for row in sources], numbers, turns)
        for row, number in zip(sources, numbers, strict=True):
            found[row["id"]].append(number)
        return found

    def _changed(self, row: Mapping[str, Any], turn: int) -> dict[str, Any]:
        """Return what a copy has of its own: what it belongs to, its name."""
        found: dict[str, Any] = {}
        for name, register in self._links.items():
            found[name] = self._linked(register, row[name], turn)
        for name, (alone, instead) in _ALONE.items():
            if row.get(name) == alone:
                found[name] = instead
        if "about" in row:
            found["about"] = self._about(str(row["about"] or ""), turn)
        found |= {name: f"{row[name]} {turn}" for name in _OWN if row.get(name)}
        return found

    def _linked(self, register: str, number: int | None, turn: int) -> int | None:
        several = self._copies.get(register, {}).get(number)
        return several[turn % len(several)] if several else number

    def _about(self, ref: str, turn: int) -> str:
        try:
            prefix, number = references.parse(ref)
            register = self._desk.register_of(prefix).name
        except DomainError:
            return ref
        return self._desk.ref(register, self._linked(register, number, turn) or number)

    def _seal(self, sources: Sequence[int], numbers: Sequence[int], turns: Sequence[int]) -> None:
        vault = self._desk.vault
        bodies: dict[int, bytes] = {}
        for schema in (OFFICE, PEOPLE):
            texts = vault.payloads.read_many(schema, set(sources))
            slots = {slot for told in texts.values() for slot in told}
            columns = {
                slot: [
                    self._text(slot, texts.get(source, {}).get(slot, ""), turn)
                    for source, turn in zip(sources, turns, strict=True)
                ]
                for slot in slots
            }
            keys, sealed = seal_rows(vault.payloads.vault, numbers, columns)
            _put(self._desk, f"{schema}.keys", zip(numbers, keys, strict=True))
            for number, body in zip(numbers, sealed, strict=True):
                known = unpack_boxes(bodies.get(number, b""))
                bodies[number] = pack_boxes(known | unpack_boxes(body))
        _put(self._desk, "main.payloads", iter(bodies.items()))

    def _text(self, slot: int, text: str, turn: int) -> str:
        staff = self._register.name == "staff"
        title = self._title
        if staff and slot == _LOGIN:
            return ""
        named = title is not None and title.slot == slot and title.kind in _WORDS
        return f"{text} {turn}" if text and (named or (staff and slot == 2)) else text


def _put(desk: Desk, table: str, rows: Iterator[tuple[int, bytes]]) -> None:
    kept = [row for row in rows if row[1]]
    desk.vault.raw.executemany(f"INSERT INTO {table} (id, body) VALUES (?, ?)", kept)
