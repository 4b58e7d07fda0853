"""Consent receipts taken in: checked by the schema, whose they are, what is new in them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, insert, select

from privdesk.core import system
from privdesk.core.clock import OFFICE_ZONE
from privdesk.core.errors import DomainError, message_id
from privdesk.core.i18n import N_, ngettext
from privdesk.core.reasons import Reason, reason
from privdesk.core.register import Outcome, Query
from privdesk.core.resources import resource
from privdesk.exchange.schema import additions, faults
from privdesk.flows import receipts
from privdesk.flows.importing.whois import Marks, WhoIs
from privdesk.registers.consents import answers
from privdesk.registers.consents.answers import Asked
from privdesk.registers.consents.boxes import box_of
from privdesk.registers.consents.bulk import Bulk
from privdesk.registers.consents.fields import SLOT_RECEIPT
from privdesk.registers.consents.model import Receipt
from privdesk.registers.desk import Change, Desk
from privdesk.vault.payloads import PEOPLE
from privdesk.vault.schema import table

MOST = 512 * 1024 * 1024
_DEEPEST = 60  # levels; a receipt has five, and what others add a few more
NO_PURPOSE = N_("There is no purpose “{name}”; create it first.")
_OURS = ("schema_version", "issuer", "issued_at", "receipts")
_FIRST = 3


class NoJsonError(DomainError):
    """{file} is no JSON in UTF-8. Nothing was taken in; ask for the file again."""


class TooDeepError(DomainError):
    """{file} puts values into values more than {levels} deep, which no receipt does. Nothing was
    taken in; ask for the file again.
    """


class OfAnotherError(DomainError):
    """The receipt {record} is of {person}, not of {named}. Nothing of it was taken in; leave out
    whose the receipts are, or check the file.
    """


class SchemaError(DomainError):
    """{file} does not have the form of consent receipts: {where}: {why} Nothing was taken in;
    correct the file or ask for it again. Further faults: {more}.
    """


class NothingTakenError(DomainError):
    """None of the receipts could be taken in: {why} Nothing was changed; take in the people and
    purposes first, or say with --ref whose the receipts are.
    """


class _Rehearsed(Exception):
    """Takes everything back at the end of a rehearsal."""


@dataclass
class Taken:
    """What came in: receipts, events that are new and known, and why others stayed out."""

    receipts: int = 0
    new: int = 0
    known: int = 0
    refused: list[Reason] = field(default_factory=list)

    def text(self) -> str:
        """Return it in words."""
        told = [
            ngettext("{n} receipt taken in", "{n} receipts taken in", self.receipts),
            ngettext("{n} new event", "{n} new events", self.new),
            ngettext("{n} event known already", "{n} events known already", self.known),
        ]
        if self.refused:
            left = ngettext("{n} left out", "{n} left out", len(self.refused))
            told.append(f"{left}: {self.why()}")
        return ", ".join(told)

    def why(self) -> str:
        """Return the first reasons why receipts stayed out."""
        return " ".join(dict.fromkeys(one.text() for one in self.refused[:_FIRST]))


@cache
def schema() -> Mapping[str, Any]:
    """Return the schema of the receipts."""
    text = resource("receipts", "consent-receipts.schema.json").read_text(encoding="utf-8")
    found: Mapping[str, Any] = json.loads(text)
    return found


def read(path: Path) -> dict[str, Any]:
    """Return the receipts of a file after checking it; raises where anything is wrong with it."""
    try:
        document = json.loads(system.read_bytes(path, MOST).decode("utf-8-sig"))
    except ValueError as why:
        raise NoJsonError(file=path.name) from why
    except RecursionError as why:
        raise TooDeepError(file=path.name, levels=_DEEPEST) from why
    if _too_deep(document):
        raise TooDeepError(file=path.name, levels=_DEEPEST)
    if isinstance(document, dict) and "header" in document:  # a single receipt
        document = {"schema_version": receipts.VERSION, "receipts": [document]}
    wrong = list(faults(document, schema()))
    if wrong:
        first = wrong[0]
        told = {"where": first.path or "/", "why": first.why.text(), "more": len(wrong) - 1}
        raise SchemaError(file=path.name, **told)
    assert isinstance(document, dict)
    return document


def _too_deep(document: Any) -> bool:
    """Whether values stand in values beyond what any receipt needs; level by level."""
    level = [document] if isinstance(document, (dict, list)) else []
    for _depth in range(_DEEPEST):
        inside = [list(v.values()) if isinstance(v, dict) else v for v in level]
        level = [one for held in inside for one in held if isinstance(one, (dict, list))]
        if not level:
            return False
    return True


def take(desk: Desk, path: Path, why: str, ref: str = "", *, dry_run: bool = False) -> Outcome:
    """Take the receipts of a file in, in one transaction; a receipt that does not fit stays out.

    ``ref`` says whose they all are, where the receipts themselves do not.
    """
    desk.require("officer")
    document = read(path)
    owner = desk.service("subjects").number(ref) if ref else None
    taken = Taken()
    try:
        with desk.change() as change:
            _Taking(change, document, owner, taken).run()
            if not taken.receipts:
                raise NothingTakenError(why=taken.why() or "–")
            change.note("consent.receipts", "consents", count=taken.receipts, reason=why)
            if dry_run:
                raise _Rehearsed
    except _Rehearsed:
        pass
    return Outcome(taken.text(), (ref,) if ref else ())


class _Taking:
    """One pass over the receipts."""

    def __init__(
        self, change: Change, document: Mapping[str, Any], owner: int | None, taken: Taken
    ) -> None:
        self._change, self._desk = change, change.desk
        self._document, self._owner, self._taken = document, owner, taken
        self._service = self._desk.service("consents")
        self._bulk = Bulk(change, self._service)
        self._who = WhoIs(self._desk)
        self._around = {k: v for k, v in document.items() if k not in _OURS}
        self._sealed: dict[int, dict[str, Any]] = {}
        self._digests: dict[bytes, int] = {}
        self._met: dict[tuple[Any, ...], int] = {}

    def run(self) -> None:
        """Take all receipts in."""
        records = self._document["receipts"]
        people = [self._person(record) for record in records]
        numbers = {one for one in people if isinstance(one, int)}
        self._bulk.know(numbers)
        people = [self._alive(one) for one in people]
        for row in answers.stored(self._change.sql, self._service.table, numbers):
            asked = Asked(row.subject, row.purpose, row.box)
            key = (asked, row.kind, row.at, row.time or "")
            self._met[key] = row.id
        for record, person in zip(records, people, strict=True):
            if isinstance(person, Reason):
                self._taken.refused.append(person)
            else:
                self._record(record, person)
        self._bulk.finish()
        before = self._desk.vault.payloads.read_many(PEOPLE, list(self._sealed))
        for number, told in self._sealed.items():
            known = json.loads(before.get(number, {}).get(SLOT_RECEIPT) or "{}")
            text = json.dumps({**known, **told}, ensure_ascii=False)
            self._desk.vault.payloads.put(PEOPLE, number, {SLOT_RECEIPT: text})
        if self._digests:
            rows = [{"digest": d, "consent": number} for d, number in self._digests.items()]
            self._change.sql.execute(insert(table(Receipt)).prefix_with("OR REPLACE"), rows)

    def _record(self, record: Mapping[str, Any], person: int) -> None:
        told = record["processing"]["purpose"]
        purpose = self._purpose(record, told)
        if purpose is None:
            self._taken.refused.append(reason(NO_PURPOSE, name=str(told["name"])))
            return
        try:
            asked = Asked(person, purpose, self._box(record, purpose))
        except DomainError as why:
            self._taken.refused.append(reason(message_id(type(why)), **why.details))
            return
        ours = record["header"]["record_id"] == receipts.record_id(self._desk, asked)
        first = 0
        for event in record["events"]:
            try:
                number = self._event(event, asked, ours=ours)
            except DomainError as why:
                self._taken.refused.append(reason(message_id(type(why)), **why.details))
                continue
            first = first or number
        if not first:
            return
        self._taken.receipts += 1
        if not ours:
            rest = {name: value for name, value in record.items() if name != "events"}
            self._sealed.setdefault(first, {})["record"] = rest
            self._digests[self._digest(record)] = first
        elif extra := self._added(record):
            self._sealed.setdefault(first, {})["record"] = extra
        if self._around and first in self._sealed:
            self._sealed[first]["around"] = self._around

    def _added(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """Return what others have added to a receipt of ours, with the part it stands in."""
        parts = schema()["$defs"]["receipt"]["properties"]
        return {
            name: value
            for name, value in record.items()
            if name not in parts or (name != "events" and additions(value, parts[name], schema()))
        }

    def _box(self, record: Mapping[str, Any], purpose: int) -> str:
        """Return the box of a receipt: as known by its number, as told, as its notice says."""
        known = self._known(record, self._service.table.c.box)
        if known is not None:
            return str(known)
        told = str(record["processing"].get("box") or "")
        notices = [record["processing"]["notice"], *(e.get("notice") for e in record["events"])]
        wording = next(filter(None, (self._wording(notice or {}) for notice in notices)), None)
        return box_of(self._desk, purpose, wording, told)

    def _event(self, event: Mapping[str, Any], asked: Asked, *, ours: bool) -> int:
        """Add an event, or find it; return the number of the answer."""
        values = {**self._values(event), **asked._asdict()}
        key = (asked, values["kind"], values["at"], values["time"])
        number = self._met.get(key)
        if number is None:
            number = self._met[key] = self._bulk.add(values)
            self._taken.new += 1
        else:
            self._taken.known += 1
        if not ours or additions(event, schema()["$defs"]["event"], schema()):
            self._sealed.setdefault(number, {})["event"] = dict(event)
        return number

    def _values(self, event: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of an answer that an event stands for."""
        at, time = _moment(str(event["time"]))
        guardian = event.get("guardian") or {}
        return {
            "kind": event["type"],
            "at": at,
            "time": time,
            "channel": event.get("channel") or None,
            "guardian": True if event.get("given_by") == "guardian" else None,
            "guardian_name": guardian.get("name"),
            "guardian_phone": guardian.get("phone"),
            "guardian_check": guardian.get("verification") or None,
            "note": event.get("note"),
            "wording": self._wording(event.get("notice") or {}),
        }

    def _wording(self, notice: Mapping[str, Any]) -> Any:
        """Return the number of the wording of which a notice gives the digest."""
        digest = str(notice.get("digest") or "")
        if not digest:
            return None
        found = self._desk.service("wordings").find(Query(where={"digest": digest}), 1)
        return found[0].id if found else None

    def _person(self, record: Mapping[str, Any]) -> int | Reason:
        """Return whose a receipt is: as known by its number, as it tells, else as was said.

        What was said only fills in what the receipt itself does not tell; where it tells
        somebody else, it stays out.
        """
        told, ours = self._told(record)
        if self._owner is None or told == self._owner:
            return told
        if isinstance(told, Reason):
            return told if ours else self._owner
        person, named = (self._desk.ref("subjects", one) for one in (told, self._owner))
        number = str(record["header"]["record_id"])
        said = {"record": number, "person": person, "named": named}
        return reason(message_id(OfAnotherError), **said)

    def _alive(self, person: int | Reason) -> int | Reason:
        """Return a person; of one who is gone nothing comes back, not even what is known."""
        if isinstance(person, int):
            try:
                self._bulk.require_there(person)
            except DomainError as why:
                return reason(message_id(type(why)), **why.details)
        return person

    def _told(self, record: Mapping[str, Any]) -> tuple[int | Reason, bool]:
        """Return whom a receipt itself tells, and whether it is one of this office."""
        found = self._known(record, self._service.table.c.subject)
        if found is not None:
            return int(found), False
        header = record["header"]
        ours = (header.get("issuer") or {}).get("id") == receipts.issuer(self._desk)["id"]
        if ours:
            return self._who.find([Marks(ref=str(header["pii_principal_id"]))])[0], True
        marks = _marks(record["parties"])
        return self._who.find([marks])[0], False

    def _known(self, record: Mapping[str, Any], column: ColumnElement[Any]) -> Any:
        """Return a column of the answer that a receipt brought before, or None."""
        t = table(Receipt)
        wanted = select(column).join(t, t.c.consent == self._service.table.c.id)
        wanted = wanted.where(t.c.digest == self._digest(record))
        return self._change.sql.execute(wanted).scalar_one_or_none()

    def _digest(self, record: Mapping[str, Any]) -> bytes:
        number = f"receipt:{record['header']['record_id']}"
        digest: bytes = self._desk.service("subjects").digest(0, number)
        return digest

    def _purpose(self, record: Mapping[str, Any], told: Mapping[str, Any]) -> int | None:
        service = self._desk.service("purposes")
        issuer = (record["header"].get("issuer") or {}).get("id")
        if issuer == receipts.issuer(self._desk)["id"] and told.get("id"):
            try:
                return int(service.number(str(told["id"])))
            except DomainError:
                return None
        called = service.called(str(told["name"]))
        return int(called[0]) if len(called) == 1 else None


def _moment(text: str) -> tuple[date, str]:
    """Return the office's day and time of day; the time is empty where only a day is told."""
    if len(text) == len("2026-11-23"):
        return date.fromisoformat(text), ""
    at = datetime.fromisoformat(text)
    local = at.astimezone(OFFICE_ZONE) if at.tzinfo is not None else at
    return local.date(), f"{local:%H:%M}"


def _marks(parties: Sequence[Mapping[str, Any]]) -> Marks:
    """Return by what the person of a receipt is told: source number first, then contacts."""
    told = [
        one
        for party in parties
        if party["role"] == "pii_principal"
        for one in party.get("identifiers", [])
    ]
    source = next((one for one in told if one["type"] == "source" and one.get("place")), None)
    contacts = tuple(str(one["value"]) for one in told if one["type"] in ("email", "phone"))
    if source is None:
        return Marks(contacts=contacts)
    return Marks("", str(source["place"]), str(source["value"]), contacts)
