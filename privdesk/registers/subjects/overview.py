"""Everything about one person from all registers, masked: items, holdings, one time line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select

from privdesk.core import references
from privdesk.core.clock import OFFICE_ZONE, office_date
from privdesk.core.i18n import N_, _
from privdesk.core.reasons import name, reason
from privdesk.core.register import Event, Row
from privdesk.journal.actions import ACTIONS
from privdesk.registers.consenting import asked_in
from privdesk.registers.desk import Desk
from privdesk.registers.freezing import frozen
from privdesk.registers.subjects.commands import (
    CHANGES,
    CONSENTS,
    DESTRUCTIONS,
    FREEZES,
    HOLDINGS,
    LOOKS,
    PAPERS,
    PROVISIONS,
    REQUESTS,
    Happening,
    Item,
    Kept,
    Person,
)

ANSWERS = {
    "given": (N_("Consent given: {purpose}"), "kept"),
    "confirmed": (N_("Consent confirmed again: {purpose}"), "kept"),
    "refused": (N_("Consent refused: {purpose}"), "plain"),
    "withdrawn": (N_("Consent withdrawn: {purpose}"), "soon"),
    "changed": (N_("Consent changed: {purpose}"), "kept"),
    "lapsed": (N_("Consent lapsed: {purpose}"), "soon"),
    "asked": (N_("Guardian asked: {purpose}"), "waiting"),
}
ANSWERED = N_("Consent answered: {purpose}")
ASKED = N_("Request received: {kind}")
RECORD = N_("{singular} {ref}")
BESIDE = {"provisions": PROVISIONS, "freezes": FREEZES, "corrections": PROVISIONS}
COLLECTED = N_("Collected for {purpose}")
ENDED = N_("Purpose ended: {purpose}")
GONE = N_("Destroyed: {purpose}")
DESTRUCTION_REQUESTED = N_("Destruction {ref} requested")
APPROVED = N_("Destruction {ref} approved")
EXECUTED = N_("Destruction {ref} executed")
ISSUED = N_("{title} {number} issued")
_LOOKS = ("record.looked", "record.searched", "export.made")


def overview(desk: Desk, ref: str) -> Person:
    """Return a person with all that is known of her, newest happenings first."""
    service = desk.service("subjects")
    number = service.number(ref)
    with desk.vault.reading():
        (row,) = service.rows([number])
        if row.state == "destroyed":
            return _tombstone(desk, row)
        kept = _kept(desk, number)
        answers = _consents(desk, number)
        found = [
            *_answers(desk, answers),
            *_requests(desk, number),
            *(h for name in BESIDE for h in _linked(desk, name, number)),
            *(h for one in kept for h in _of_holding(one)),
            *_destructions(desk, number),
            *_papers(desk, ref),
            *_journal(desk, ref),
        ]
        still = _frozen(desk, number)
        items = tuple(_items(desk, kept, still))
    found.sort(key=_when, reverse=True)
    return Person(
        row,
        service.fields(),
        items,
        tuple(found),
        tuple(kept),
    )


def _frozen(desk: Desk, subject: int) -> frozenset[int] | None:
    """Return the items of a person that are frozen (an empty set: all), or None."""
    return frozen(desk, [subject]).get(subject)


def _tombstone(desk: Desk, row: Row) -> Person:
    destruction = str(row.values.get("certificate") or "")
    raw = desk.vault.raw
    paper = raw.execute(
        "SELECT number FROM documents WHERE code = 'd1' AND about = ? ORDER BY id DESC LIMIT 1",
        (destruction,),
    ).fetchone()
    done = None
    if destruction:
        executed = desk.service("destructions").get(destruction).values.get("executed_at")
        done = office_date(executed) if isinstance(executed, datetime) else None
    count, until = raw.execute(
        "SELECT count(*), max(keep_until) FROM consents WHERE subject = ? AND state = 'proof'",
        (row.id,),
    ).fetchone()
    return Person(
        row=row,
        fields=(),
        items=(),
        happenings=(),
        holdings=(),
        certificate=str(paper[0]) if paper else "",
        destruction=destruction,
        destroyed_on=done,
        proofs=count,
        proofs_until=date.fromisoformat(until) if until else None,
    )


def _kept(desk: Desk, subject: int) -> list[Kept]:
    """Return all holdings of a person, destroyed ones last."""
    sql = "SELECT id FROM holdings WHERE subject = ? AND state <> 'void' ORDER BY id"
    numbers = [row[0] for row in desk.vault.raw.execute(sql, (subject,)).fetchall()]
    rows = desk.service("holdings").rows(numbers)
    rows.sort(key=lambda row: (row.state == "destroyed", row.values.get("due_on") or date.max))
    places = _places(desk, {str(row.values["file"]) for row in rows if row.values.get("file")})
    return [
        Kept(
            row,
            row.titles.get("file", ""),
            row.titles.get("purpose", ""),
            places.get(str(row.values.get("file") or ""), ()),
        )
        for row in rows
    ]


def _places(desk: Desk, files: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the names of the places of files, by reference of the file."""
    service = desk.service("files")
    of = {
        file: [
            references.number(place)
            for place in service.places_of(references.number(file))
            if place
        ]
        for file in files
    }
    titles = desk.service("places").titles(sorted({n for numbers in of.values() for n in numbers}))
    return {file: tuple(titles.get(n, "") for n in numbers) for file, numbers in of.items()}


def _items(
    desk: Desk, kept: Iterable[Kept], frozen: frozenset[int] | None = None
) -> Iterator[Item]:
    """Return each item with the living purposes that need it and where it lies."""
    living = [one for one in kept if one.row.state != "destroyed"]
    needed = _needed(desk, {str(one.row.values["purpose"]) for one in living})
    needs = {one.row.ref: needed[str(one.row.values["purpose"])] for one in living}
    numbers = desk.service("subjects").slots()
    for field, number in zip(desk.service("subjects").item_fields(), numbers, strict=True):
        of = [one for one in living if desk.ref("items", number) in needs[one.row.ref]]
        purposes = dict.fromkeys(one.purpose for one in of)
        places = dict.fromkeys(place for one in of for place in one.places)
        still = frozen is not None and (not frozen or number in frozen)
        yield Item(field.name, tuple(purposes), tuple(places), still)


def _needed(desk: Desk, purposes: Iterable[str]) -> dict[str, set[str]]:
    """Return the items that purposes need, by their references."""
    numbers = sorted(references.number(purpose) for purpose in purposes)
    return {
        row.ref: {*row.values["required_items"], *row.values["optional_items"]}
        for row in desk.service("purposes").rows(numbers)
    }


def _consents(desk: Desk, subject: int) -> list[Row]:
    service = desk.service("consents")
    found: list[Row] = service.rows(service.of_subjects([subject]).get(subject, []))
    return found


def _answers(desk: Desk, rows: Iterable[Row]) -> Iterator[Happening]:
    channel = desk.service("consents").field("channel")
    for row in rows:
        message, tone = ANSWERS.get(str(row.values["kind"]), (ANSWERED, "plain"))
        via = channel.choice(str(row.values.get("channel") or ""))
        yield Happening(
            row.values["at"],
            CONSENTS,
            reason(message, purpose=asked_in(row)),
            tone,
            _moment(row),
            detail=via.label if via else "",
            register="consents",
            ref=row.ref,
        )


def _moment(row: Row) -> datetime | None:
    """Return when somebody answered, where the time of day is known."""
    at = str(row.values.get("time") or "")
    day: date = row.values["at"]
    return datetime.combine(day, time.fromisoformat(at), OFFICE_ZONE) if at else None


def _requests(desk: Desk, subject: int) -> Iterator[Happening]:
    """Yield what the person asked for, with where it stands."""
    service = desk.service(REQUESTS)
    kinds = service.field("kind")
    for row in service.rows(_numbers(desk, REQUESTS, subject)):
        at = row.values.get("received_at")
        if not isinstance(at, datetime):
            continue
        state, kind = service.register.state(row.state), kinds.choice(str(row.values["kind"]))
        yield Happening(
            office_date(at),
            REQUESTS,
            reason(ASKED, kind=name(kind.label if kind else str(row.values["kind"]))),
            state.tone if state else "plain",
            at,
            detail=state.label if state else row.state,
            register=REQUESTS,
            ref=row.ref,
        )


def _linked(desk: Desk, register: str, subject: int) -> Iterator[Happening]:
    """Yield the records of another register that name the person, each on its first day."""
    service = desk.service(register)
    link = service.register.field("subject")
    if link is None or link.links_to != "subjects" or link.sealed:
        return
    for row in service.rows(_numbers(desk, register, subject)):
        day = _day_of(register, row)
        state = service.register.state(row.state)
        if day is not None:
            what = reason(RECORD, singular=name(service.register.singular), ref=row.ref)
            tone, label = (state.tone, state.label) if state else ("plain", row.state)
            yield Happening(
                day, BESIDE[register], what, tone, detail=label, register=register, ref=row.ref
            )


def _numbers(desk: Desk, register: str, subject: int) -> list[int]:
    table = desk.service(register).table
    with desk.vault.reading() as sql:
        wanted = select(table.c.id).where(table.c.subject == subject, table.c.state != "void")
        return list(sql.execute(wanted.order_by(table.c.id)).scalars())


def _day_of(register: str, row: Row) -> date | None:
    """Return the day on which something happened to the person.

    A notice of a correction happened when it went out, or when it was decided; not when the
    data it is about was provided.
    """
    if register != "corrections":
        return _first_day(row)
    found: date | None = row.values.get("sent_on") or row.values.get("decided_on")
    return found


def _first_day(row: Row) -> date | None:
    """Return the first day among a record's values, in the order of its fields."""
    for value in row.values.values():
        if isinstance(value, datetime):
            return office_date(value)
        if isinstance(value, date):
            return value
    return None


def _of_holding(kept: Kept) -> Iterator[Happening]:
    row, values = kept.row, kept.row.values
    for day, message, tone in (
        (values.get("collected_on"), COLLECTED, "plain"),
        (values.get("ended_on"), ENDED, "soon"),
    ):
        if isinstance(day, date):
            what = reason(message, purpose=kept.purpose)
            yield Happening(
                day, HOLDINGS, what, tone, detail=kept.file, register="holdings", ref=row.ref
            )


def _destructions(desk: Desk, subject: int) -> Iterator[Happening]:
    sql = "SELECT DISTINCT destruction FROM destruction_holdings WHERE subject = ? AND why = ''"
    numbers = [row[0] for row in desk.vault.raw.execute(sql, (subject,)).fetchall()]
    for row in desk.service("destructions").rows(numbers):
        executed = row.values.get("executed_at")
        at = executed if isinstance(executed, datetime) else None
        for day, message, tone in (
            (row.values.get("requested_on"), DESTRUCTION_REQUESTED, "waiting"),
            (row.values.get("approved_on"), APPROVED, "soon"),
            (office_date(at) if at else None, EXECUTED, "destroyed"),
        ):
            if day is not None:
                what = reason(message, ref=row.ref)
                when = at if message == EXECUTED else None
                yield Happening(
                    day, DESTRUCTIONS, what, tone, when, register="destructions", ref=row.ref
                )


def _papers(desk: Desk, ref: str) -> Iterator[Happening]:
    sql = "SELECT id FROM documents WHERE about = ? ORDER BY id"
    numbers = [row[0] for row in desk.vault.raw.execute(sql, (ref,)).fetchall()]
    for row in desk.service("documents").rows(numbers):
        what = reason(ISSUED, title=str(row.values["title"]), number=str(row.values["number"]))
        yield Happening(row.values["issued_on"], PAPERS, what, register="documents", ref=row.ref)


def _journal(desk: Desk, ref: str) -> Iterator[Happening]:
    """Return looks and changes; papers stand in their own register."""
    for event in desk.service("subjects").history(ref):
        if event.action.startswith("document."):
            continue
        looked = event.action in _LOOKS
        yield Happening(
            office_date(event.at),
            LOOKS if looked else CHANGES,
            name(ACTIONS.get(event.action, event.action)),
            "held" if looked else "plain",
            event.at,
            event.person,
            _told(desk, event),
            "journal",
            references.make("E", event.number),
        )


def _told(desk: Desk, event: Event) -> str:
    """Return the reason of an entry; that of a released freeze is a code, told in words."""
    if event.action != "freeze.released":
        return event.reason
    field = desk.register("freezes").field("result")
    result = field.choice(event.reason) if field is not None else None
    return _(result.label) if result is not None else event.reason


def _when(one: Happening) -> tuple[Any, ...]:
    return (one.day, one.at.timestamp() if one.at else 0.0)
