"""Consent receipts after ISO/IEC TS 27560 as JSON: one record for each person,
purpose and box.

What a receipt from elsewhere said beyond our fields is kept sealed with its events and
comes out again where it stood.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from privdesk.core import references, system
from privdesk.core.clock import office_date, office_time
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _, ngettext, speaking
from privdesk.core.periods import Period
from privdesk.core.register import Outcome, Row
from privdesk.flows import consentfacts as facts
from privdesk.flows.issuing import destroy_print_by
from privdesk.flows.still import LEFT_OUT
from privdesk.journal.log import row_digest
from privdesk.registers.consents import answers, rules
from privdesk.registers.consents.answers import Asked
from privdesk.registers.consents.fields import SLOT_RECEIPT
from privdesk.registers.desk import Change, Desk
from privdesk.registers.freezing import EXPORT, of_case, require_free, spoken, touched
from privdesk.registers.subjects.fields import SLOT_SOURCES
from privdesk.registers.subjects.lines import unpack_sources
from privdesk.vault.payloads import PEOPLE

VERSION = "1.0"
JOURNAL_ROWS = 10_000
STATES = {
    rules.Event.GIVEN: "given",
    rules.Event.CONFIRMED: "given",
    rules.Event.CHANGED: "given",
    rules.Event.REFUSED: "refused",
    rules.Event.WITHDRAWN: "withdrawn",
    rules.Event.LAPSED: "lapsed",
    rules.Event.ASKED: "asked",
}
EXPORTED = N_("Consent receipts")
_AT_ONCE = 500


class NoReceiptError(DomainError):
    """There is no consent of which a receipt could be written. Nothing was written; enter the
    consents first.
    """


class ReceiptsEndingError(DomainError):
    """Receipts are written as .json, not as {name}. Nothing was written; choose a name that ends in
    .json.
    """


def export(desk: Desk, path: Path, reason: str, ref: str = "") -> Outcome:
    """Write the receipts of one person, or of everybody, to a file.

    The file holds personal data in the clear: it is journalled with its reason, and it has
    a day by which it must be destroyed.
    """
    desk.require("officer")
    if path.suffix.lower() != ".json":
        raise ReceiptsEndingError(name=path.name)
    subjects = [desk.service("subjects").number(ref)] if ref else _everybody(desk)
    subjects, left = _unfrozen(desk, subjects, reason, ref)
    written = False
    try:
        with desk.change() as change:
            document = whole(desk, subjects)
            if not document["receipts"]:
                raise NoReceiptError
            data = (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
            system.atomic_write(path, data, 0o600)
            written = True
            _enter(change, path, data, document["receipts"], reason, ref)
    except BaseException:  # a file that the journal could not take must not stay
        if written:
            path.unlink(missing_ok=True)
        raise
    count = len(document["receipts"])
    message = ngettext("{n} receipt written", "{n} receipts written", count)
    until = _("Destroy the file by {day}.").format(day=destroy_print_by(desk))
    told = f"{message}: {system.spoken(path)}. {until}"
    return Outcome(f"{told} {left}".strip(), (ref,) if ref else ())


def whole(desk: Desk, subjects: Sequence[int]) -> dict[str, Any]:
    """Return the document with the receipts of some people."""
    language = str(desk.setting("language", "ko"))
    document: dict[str, Any] = {
        "schema_version": VERSION,
        "issuer": issuer(desk),
        "issued_at": office_time(desk.now()).isoformat(timespec="seconds"),
        "receipts": [],
    }
    with speaking(language), desk.vault.reading():
        writer = _Writer(desk, language)
        for start in range(0, len(subjects), _AT_ONCE):
            for record, around in writer.records(subjects[start : start + _AT_ONCE]):
                document["receipts"].append(record)
                for name, value in around.items():
                    document.setdefault(name, value)
    return document


def issuer(desk: Desk) -> dict[str, str]:
    """Return who writes the receipts: the vault's id says which references are ours."""
    return {"id": f"urn:privdesk:{desk.vault.id}", "name": desk.vault.header.company}


def record_id(desk: Desk, asked: Asked) -> str:
    """Return the number of the record of a person's consent, the same for ever."""
    person, purpose = desk.ref("subjects", asked.subject), desk.ref("purposes", asked.purpose)
    return f"urn:privdesk:{desk.vault.id}:{person}:{purpose}:{asked.box}"


class _Writer:
    """Writes the records of many people; what is the same for all is looked up once."""

    def __init__(self, desk: Desk, language: str) -> None:
        self._desk, self._language = desk, language
        self._service = desk.service("consents")
        self._terms: dict[Asked, tuple[facts.Terms, Mapping[str, Any]]] = {}
        self._outside: dict[tuple[int, ...], tuple[str, ...]] = {}

    def records(self, subjects: Sequence[int]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        """Yield the records of some people, each with what others said around it in their file."""
        with self._desk.vault.reading() as sql:
            stored = answers.by_asked(answers.stored(sql, self._service.table, subjects))
        numbers = [row.id for group in stored.values() for row in group]
        rows = {row.id: row for row in self._service.rows(numbers, reveal=True)}
        sealed = self._desk.vault.payloads.read_many(PEOPLE, numbers)
        kept = {
            number: json.loads(values[SLOT_RECEIPT])
            for number, values in sealed.items()
            if values.get(SLOT_RECEIPT)
        }
        for asked, group in sorted(stored.items()):
            events = rules.in_order(answers.event_of(row) for row in group)
            told = [rows[event.number] for event in events]
            yield self._record(asked, told, events, kept)

    def _record(
        self,
        asked: Asked,
        rows: Sequence[Row],
        events: Sequence[rules.ConsentEvent],
        kept: Mapping[int, dict[str, Any]],
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        desk = self._desk
        extra: dict[str, Any] = next(
            (kept[row.id] for row in rows if "record" in kept.get(row.id, {})), {}
        )
        terms, values = self._terms_of(asked)
        outside = self._processors(asked.subject)
        processing = _processing(desk, terms, values, outside, self._language, rows[-1])
        own = {
            "header": _header(desk, asked),
            "processing": {"box": asked.box, **processing},
            "parties": _parties(desk, asked.subject),
        }
        record = {**own, **extra.get("record", {})}
        told = {row.id: kept.get(row.id, {}).get("event", {}) for row in rows}
        record["events"] = _events(desk, rows, events, told, marketing=terms.marketing)
        return record, extra.get("around", {})

    def _terms_of(self, asked: Asked) -> tuple[facts.Terms, Mapping[str, Any]]:
        key = asked._replace(subject=0)
        if key not in self._terms:
            (row,) = self._desk.service("purposes").rows([asked.purpose])
            terms = facts.terms_of(self._desk, asked.purpose, asked.box)
            self._terms[key] = (replace(terms, name=facts.name_of(row)), row.values)
        return self._terms[key]

    def _processors(self, subject: int) -> tuple[str, ...]:
        """Return the companies that keep data of a person; the same for the same files."""
        sql = (
            "SELECT DISTINCT file FROM holdings WHERE subject = ?"
            " AND +state IN ('active', 'held', 'law') ORDER BY file"
        )
        files = tuple(row[0] for row in self._desk.vault.raw.execute(sql, (subject,)).fetchall())
        if files not in self._outside:
            self._outside[files] = facts.processors(self._desk, subject)
        return self._outside[files]


def _header(desk: Desk, asked: Asked) -> dict[str, Any]:
    return {
        "schema_version": VERSION,
        "record_id": record_id(desk, asked),
        "pii_principal_id": desk.ref("subjects", asked.subject),
        "issuer": issuer(desk),
    }


def _processing(
    desk: Desk,
    terms: facts.Terms,
    values: Mapping[str, Any],
    processors: Sequence[str],
    language: str,
    last: Row,
) -> dict[str, Any]:
    wording, period = facts.wording(desk, last), values.get("retention")
    recipients = [{"name": terms.recipient, "role": "third_party"}] if terms.recipient else []
    recipients += [{"name": name, "role": "processor"} for name in processors]
    items = [{"name": name, "required": True} for name in terms.items]
    return {
        "notice": {"version": wording.version, "digest": wording.digest},
        "language": language,
        "purpose": {"id": terms.ref, "name": terms.name},
        "lawful_basis": str(values.get("basis") or ""),
        "items": [*items, *({"name": name, "required": False} for name in terms.optional)],
        "controller": {"name": desk.vault.header.company, "contact": facts.contact(desk)},
        "recipients": recipients,
        "retention": {
            "period": str(period) if isinstance(period, Period) else None,
            "text": terms.retention,
        },
        "withdrawal_method": facts.withdrawal_method(desk),
        "jurisdiction": "KR",
    }


def _parties(desk: Desk, subject: int) -> list[dict[str, Any]]:
    """Return who took part; the person with what she is known by at the places, and contacts."""
    service = desk.service("subjects")
    values = desk.vault.payloads.read(PEOPLE, subject)
    sources = unpack_sources(values.get(SLOT_SOURCES, ""))
    numbers = {place: references.number(place) for place in sources if place}
    names = desk.service("places").titles(list(numbers.values()))
    told = [
        {"type": "source", "place": names.get(numbers[place], place), "value": number}
        for place, number in sources.items()
        if place in numbers
    ]
    told += [
        {"type": field.kind.value, "value": values[field.slot]}
        for field in service.item_fields()
        if field.kind.value in ("email", "phone") and field.slot and values.get(field.slot)
    ]
    controller = {"role": "pii_controller", "name": desk.vault.header.company}
    return [
        {"role": "pii_principal", "identifiers": told},
        {**controller, "contact": facts.contact(desk)},
    ]


def _events(
    desk: Desk,
    rows: Sequence[Row],
    events: Sequence[rules.ConsentEvent],
    told: Mapping[int, Mapping[str, Any]],
    *,
    marketing: bool,
) -> list[dict[str, Any]]:
    found = []
    for at, row in enumerate(rows, 1):
        counted = rules.counted(events[:at])
        state = STATES[counted.event.kind] if counted is not None else "none"
        until = None
        if state == "given" and marketing and counted is not None:
            day = office_date(counted.event.at)
            until = rules.reconfirm_by(day, desk.today()).isoformat()
        own = event_of(desk, row)
        own |= {"state": state, "validity": {"from": row.values["at"].isoformat(), "until": until}}
        found.append(merged(own, told.get(row.id, {})))
    return found


def event_of(desk: Desk, row: Row) -> dict[str, Any]:
    """Return an answer as an event, without its state."""
    values, wording = row.values, facts.wording(desk, row)
    at, time = values["at"].isoformat(), str(values.get("time") or "")
    event: dict[str, Any] = {
        "event_id": row.ref,
        "time": f"{at}T{time}:00+09:00" if time else at,
        "type": str(values["kind"]),
        "channel": str(values.get("channel") or ""),
        "notice": {"version": wording.version, "digest": wording.digest},
        "given_by": "guardian" if values.get("guardian") else "pii_principal",
    }
    if values.get("guardian"):
        event["guardian"] = {
            "name": str(values.get("guardian_name") or ""),
            "phone": str(values.get("guardian_phone") or ""),
            "verification": str(values.get("guardian_check") or ""),
        }
    if values.get("note"):
        event["note"] = str(values["note"])
    if values.get("evidence"):
        event["evidence"] = True
    return event


def merged(own: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """Return an event with what its receipt said: its own words, and what we know better.

    Where the register says the same as the receipt, the receipt's spelling stays; the
    validity that others state is theirs.
    """
    if not told:
        return dict(own)
    known = ("channel", "notice", "given_by", "guardian", "note", "evidence")
    changed = {
        name: own[name] for name in known if name in own and not _same(own[name], told.get(name))
    }
    return {**own, **told, **changed}


def _same(own: Any, told: Any) -> bool:
    """Whether the register says nothing that the receipt does not say."""
    if isinstance(own, Mapping):
        return all(not v or _same(v, (told or {}).get(k)) for k, v in own.items())
    return not own or bool(own == told)


def _unfrozen(desk: Desk, subjects: list[int], reason: str, ref: str) -> tuple[list[int], str]:
    """Return the people of whom nothing that a receipt says is frozen, and who is left out.

    A receipt has the contacts. Those of one person are refused, unless the request that
    froze them is the reason (rule 23).
    """
    known = desk.service("subjects").fields_of_items()
    said = [item for item, field in known.items() if field.kind.value in ("email", "phone")]
    found = touched(desk, subjects, said)
    held = {n: items for n, items in found.items() if not of_case(desk, n, reason)}
    if ref:
        require_free(desk, list(held), EXPORT, said)
    words = f"{_(LEFT_OUT).format(frozen=spoken(desk, held))}." if held else ""
    return [number for number in subjects if number not in held], words[:1].upper() + words[1:]


def _everybody(desk: Desk) -> list[int]:
    sql = (
        "SELECT DISTINCT c.subject FROM consents c JOIN subjects s ON s.id = c.subject"
        " WHERE c.state <> 'void' AND s.state NOT IN ('destroyed', 'void') ORDER BY c.subject"
    )
    return [row[0] for row in desk.vault.raw.execute(sql).fetchall()]


def _enter(
    change: Change,
    path: Path,
    data: bytes,
    receipts: Sequence[Mapping[str, Any]],
    reason: str,
    ref: str,
) -> None:
    """Journal the export, and have the file's destruction watched."""
    desk = change.desk
    for start in range(0, len(receipts), JOURNAL_ROWS):
        part = [str(r["header"]["record_id"]) for r in receipts[start : start + JOURNAL_ROWS]]
        told: dict[str, Any] = {"count": len(part), "reason": reason}
        told["rows_digest"] = row_digest(one.encode() for one in part)
        if ref:
            change.note("export.made", "subjects", references.number(ref), **told)
        else:
            change.note("export.made", "consents", **told)
    desk.service("documents").enter_export(
        change,
        about=ref or "consents",
        title=f"{_(EXPORTED)} ({len(receipts):,})",
        file_name=system.spoken(path),
        destroy_by=destroy_print_by(desk),
        digest=sha256(data).hexdigest(),
    )
