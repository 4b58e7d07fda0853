"""Everything about one person from all registers, masked: items, holdings, one time line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from privdesk.core import references
from privdesk.core.clock import office_date
from privdesk.core.i18n import N_
from privdesk.core.reasons import name, reason
from privdesk.core.register import Row
from privdesk.journal.actions import ACTIONS
from privdesk.registers.desk import Desk
from privdesk.registers.subjects.commands import (
    CHANGES,
    CONSENTS,
    DESTRUCTIONS,
    HOLDINGS,
    LOOKS,
    PAPERS,
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
}
COLLECTED = N_("Collected for {purpose}")
ENDED = N_("Purpose ended: {purpose}")
GONE = N_("Destroyed: {purpose}")
REQUESTED = N_("Destruction {ref} requested")
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
        found = [
            *_answers(desk, number),
            *(h for one in kept for h in _of_holding(one)),
            *_destructions(desk, number),
            *_papers(desk, ref),
            *_journal(desk, ref),
        ]
        items = tuple(_items(desk, kept))
    found.sort(key=_when, reverse=True)
    return Person(row, service.fields(), items, tuple(found), tuple(kept))


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
    return Person(row, (), (), (), (), str(paper[0]) if paper else "", destruction, done)


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
            references.parse(place)[1]
            for place in service.places_of(references.parse(file)[1])
            if place
        ]
        for file in files
    }
    titles = desk.service("places").titles(sorted({n for numbers in of.values() for n in numbers}))
    return {file: tuple(titles.get(n, "") for n in numbers) for file, numbers in of.items()}


def _items(desk: Desk, kept: Iterable[Kept]) -> Iterator[Item]:
    """Return each item with the living purposes that need it and where it lies."""
    living = [one for one in kept if one.row.state != "destroyed"]
    needed = _needed(desk, {str(one.row.values["purpose"]) for one in living})
    needs = {one.row.ref: needed[str(one.row.values["purpose"])] for one in living}
    numbers = desk.service("subjects").slots()
    for field, number in zip(desk.service("subjects").item_fields(), numbers, strict=True):
        of = [one for one in living if desk.ref("items", number) in needs[one.row.ref]]
        purposes = dict.fromkeys(one.purpose for one in of)
        places = dict.fromkeys(place for one in of for place in one.places)
        yield Item(field.name, tuple(purposes), tuple(places))


def _needed(desk: Desk, purposes: Iterable[str]) -> dict[str, set[str]]:
    """Return the items that purposes need, by their references."""
    numbers = sorted(references.parse(purpose)[1] for purpose in purposes)
    return {
        row.ref: {*row.values["required_items"], *row.values["optional_items"]}
        for row in desk.service("purposes").rows(numbers)
    }


def _answers(desk: Desk, subject: int) -> Iterator[Happening]:
    service = desk.service("consents")
    numbers = service.of_subjects([subject]).get(subject, [])
    channel = service.field("channel")
    for row in service.rows(numbers):
        message, tone = ANSWERS[str(row.values["kind"])]
        via = channel.choice(str(row.values.get("channel") or ""))
        yield Happening(
            row.values["at"],
            CONSENTS,
            reason(message, purpose=row.titles.get("purpose", "")),
            tone,
            detail=via.label if via else "",
            register="consents",
            ref=row.ref,
        )


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
            (row.values.get("requested_on"), REQUESTED, "waiting"),
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
            event.reason,
            "journal",
            references.make("E", event.number),
        )


def _when(one: Happening) -> tuple[Any, ...]:
    return (one.day, one.at.timestamp() if one.at else 0.0)
