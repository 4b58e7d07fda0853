"""Processors over several registers: inspections planned, contracts ended, data given back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _, ngettext, speaking, words
from privdesk.core.register import Outcome, Query, Row
from privdesk.core.rulebook import term_number
from privdesk.documents.paper import Paper
from privdesk.documents.papers import disposal_confirmation
from privdesk.documents.papers.common import ApprovalLine
from privdesk.flows import sender
from privdesk.flows.papers import contact
from privdesk.registers.desk import Change, Desk
from privdesk.registers.processors import rules
from privdesk.registers.processors.fields import DISPOSALS, SLOT_CONFIRMED_BY
from privdesk.vault.payloads import OFFICE

_LABELS = {choice.key: choice.label for choice in DISPOSALS}
ENDED_WITH = N_("Contract with the processor ended")


class StillKeepsError(DomainError):
    """{processor} still keeps the file {file} at {place}. Nothing was changed; destroy it there
    with an order, or enter where it is kept now, and record the confirmation then.
    """


def plan_inspections(desk: Desk, refs: Sequence[str], *, on: date, inspector: str = "") -> Outcome:
    """Plan an inspection of each processor, with the questions of the checklist in force."""
    service, made = desk.service("inspections"), []
    with desk.change() as change:
        for ref in refs:
            told = {"processor": ref, "planned_on": on, "inspector": inspector}
            made.append(desk.ref("inspections", service.insert(change, told)))
    told_ = ngettext("{n} inspection planned", "{n} inspections planned", len(made))
    return Outcome(told_, tuple(made))


def end_contract(
    desk: Desk, refs: Sequence[str], *, on: date | None = None, reason: str = ""
) -> Outcome:
    """End contracts with all their works, and those of the sub-processors below them."""
    day = on or desk.today()
    rules.require_past(day, desk.today())
    service = desk.service("processors")
    with desk.change() as change:
        for number in [service.number(ref) for ref in refs]:
            _end(change, service.rows([number])[0], day, reason)
    told = _(N_("Contract ended on {day}; the confirmation is awaited"))
    return Outcome(told.format(day=day), tuple(refs))


def _end(change: Change, row: Row, day: date, reason: str) -> None:
    desk = change.desk
    service, works = desk.service("processors"), desk.service("consignments")
    standing = works.standing(row.id)
    if standing:
        works.end([one.ref for one in standing], on=day, reason=reason or _(ENDED_WITH))
    service.put(change, row.id, state=rules.State.ENDING.value, ended_on=day)
    change.note("processor.ended", "processors", row.id, fields=("ended_on",), reason=reason)
    for sub in service.find(Query(where={"parent": row.ref, "state": "active"})):
        _end(change, sub, day, reason)


def confirm_disposal(
    desk: Desk,
    refs: Sequence[str],
    *,
    disposal: str,
    by: str,
    on: date | None = None,
    count: int | None = None,
    file: str = "",
) -> Outcome:
    """Record that processors returned or destroyed everything; their places go out of use."""
    day = on or desk.today()
    rules.require_past(day, desk.today())
    service, closed = desk.service("processors"), 0
    with desk.change() as change:
        for row in service.rows([service.number(ref) for ref in refs]):
            ended = row.values["ended_on"]
            if ended is not None and day < ended:
                raise rules.DisposedEarlierError(ended=ended, day=day)
            closed += _close_places(desk, row)
            told = {"disposal": disposal, "disposed_on": day, "disposed": count}
            service.put(change, row.id, state=rules.State.ENDED.value, **told)
            desk.vault.payloads.put(OFFICE, row.id, {SLOT_CONFIRMED_BY: by})
            names = (*told, "confirmed_by")
            change.note("processor.confirmed", "processors", row.id, fields=names)
            if file:
                papers = desk.service("partner-papers")
                papers.attach(change, "processors", row.id, file, "confirmation")
    message = _(N_("Confirmation recorded"))
    if closed:
        gone = ngettext("{n} place taken out of use", "{n} places taken out of use", closed)
        message = f"{message}; {gone}"
    return Outcome(message, tuple(refs))


def _close_places(desk: Desk, row: Row) -> int:
    """Take the places of a processor out of use; refuse while one keeps a living file."""
    places, files = desk.service("places"), desk.service("files")
    numbers = desk.service("processors").places_of(row)
    for number in numbers:
        kept = files.at_place(number)
        if kept:
            raise StillKeepsError(
                processor=row.values["name"],
                file=files.spoken(kept[0]),
                place=places.spoken(number),
            )
    if numbers:
        places.void([desk.ref("places", number) for number in numbers], reason=row.ref)
    return len(numbers)


def disposal_form(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """The confirmation that a processor signs at the end; filled in once it is recorded."""
    say = words(language)
    row = desk.service("processors").get(str(ref))
    values = row.values
    ended = values["ended_on"]
    days = term_number("destroy.days", ended or desk.today())
    with speaking(language):
        places = desk.service("places").titles(_places(desk, row))
        works = _works(desk, row)
    data = disposal_confirmation.DisposalConfirmation(
        number=number,
        issued_on=desk.today(),
        company=sender.company(desk, language),
        processor=_name(row, language),
        ref=row.ref,
        works=works,
        places=tuple(places.values()),
        ended_on=ended,
        reply_by=desk.calendar.deadline_days(ended, days) if ended else None,
        contact=contact(desk, language),
        disposal=say(_LABELS[values["disposal"]]) if values["disposal"] else "",
        disposed_on=values["disposed_on"],
        count=values["disposed"],
        confirmed_by=str(values["confirmed_by"] or ""),
        approvals=ApprovalLine(drafter=desk.vault.person.name, drafted_on=desk.today()),
    )
    return disposal_confirmation.build(data, language)


def printable_disposal(desk: Desk) -> int | None:
    """Return the processor whose contract ended last, else the newest."""
    sql = "SELECT id FROM processors WHERE state <> 'void' ORDER BY ended_on IS NULL, id DESC"
    found = desk.vault.raw.execute(sql).fetchone()
    return None if found is None else int(found[0])


def _places(desk: Desk, row: Row) -> list[int]:
    linked = [references.number(ref) for ref in row.values["places"]]
    return sorted({*linked, *desk.service("processors").places_of(row)})


def _works(desk: Desk, row: Row) -> tuple[disposal_confirmation.EndedWork, ...]:
    found = desk.service("consignments").find(Query(where={"processor": row.ref}, sort="id"))
    items = desk.service("items")
    return tuple(
        disposal_confirmation.EndedWork(
            str(one.values["work"]),
            ", ".join(items.called_by(one.values["items"])),
            one.values["people"],
            one.values["ended_on"] or row.values["ended_on"],
        )
        for one in found
        if one.state != "void"
    )


def _name(row: Row, language: str) -> str:
    english = str(row.values["name_en"] or "") if language == "en" else ""
    return english or str(row.values["name"])
