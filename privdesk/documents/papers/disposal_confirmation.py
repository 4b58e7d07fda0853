"""개인정보 반환·파기 확인서: what a processor confirms when its contract has ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import (
    Block,
    Column,
    Entry,
    Form,
    Paper,
    Points,
    Statement,
    Table,
    Text,
)
from privdesk.documents.papers.common import NO_APPROVALS, ApprovalLine, boxes, dashed
from privdesk.documents.phrases import day, short_day

BASIS = N_("Personal Information Protection Act art. 21(1) and 26; processing contract")


@dataclass(frozen=True)
class EndedWork:
    """A work that has ended, with its items and the number of people as far as known."""

    work: str
    items: str
    people: int | None
    ended_on: date | None


@dataclass(frozen=True)
class DisposalConfirmation:
    """What is to be confirmed, or was; ``disposal`` is empty while nothing is recorded."""

    number: str
    issued_on: date
    company: str
    processor: str
    ref: str
    works: tuple[EndedWork, ...]
    places: tuple[str, ...]
    ended_on: date | None = None
    reply_by: date | None = None
    contact: str = ""
    disposal: str = ""
    disposed_on: date | None = None
    count: int | None = None
    confirmed_by: str = ""
    approvals: ApprovalLine = NO_APPROVALS


def build(data: DisposalConfirmation, language: str) -> Paper:
    """Return the confirmation: with room to fill it in, or as it was recorded."""
    say = words(language)
    told = say(
        "The contract with {company} has ended. All personal information received for it, and "
        "every copy and backup of it, was returned or destroyed as follows."
    )
    on = day(say, data.disposed_on) if data.disposal else say("Date:            ")
    blocks: tuple[Block, ...] = (
        Text(told.format(company=data.company), size=10),
        _head(say, data),
        _works(say, data),
        _done(say, data),
        Points(
            (say("What another law makes the processor keep is named above with its article."),),
            size=8.5,
        ),
        Statement(say("We confirm the above."), on, f"{data.processor}   {say('(seal)')}"),
    )
    return Paper(
        code="disposal",
        number=data.number,
        title=say("Confirmation of return or destruction"),
        language=language,
        issued_on=data.issued_on,
        body=blocks,
        basis=say(BASIS),
        approvals=boxes(say, data.approvals),
    )


def _head(say: Words, data: DisposalConfirmation) -> Form:
    return Form(
        (
            Entry(say("Processor"), f"{data.processor}  {data.ref}", strong=True),
            Entry(say("Contract ended on"), dashed(day(say, data.ended_on))),
            Entry(
                say("Where it was kept"),
                "\n".join(data.places) or (say("not named") if data.disposal else ""),
                wide=True,
                room=26,
            ),
            Entry(say("Reply by"), dashed(day(say, data.reply_by))),
            Entry(say("Questions to"), dashed(data.contact)),
        )
    )


def _works(say: Words, data: DisposalConfirmation) -> Table:
    columns = (
        Column(say("Work consigned"), 2.6),
        Column(say("Items"), 2.4),
        Column(say("Number of people"), 1.1),
        Column(say("Ended on"), 1.0),
    )
    rows = [
        (
            one.work,
            dashed(one.items),
            dashed("" if one.people is None else f"{one.people:,}"),
            dashed(short_day(one.ended_on)),
        )
        for one in data.works
    ]
    return Table(columns, rows, empty=say("No work is recorded."))


def _done(say: Words, data: DisposalConfirmation) -> Form:
    """Return what was done; where nothing is recorded yet, with room for a hand to tell it all."""
    room = 0 if data.disposal else 26
    count = "" if data.count is None else f"{data.count:,}"
    by_hand = (
        Entry(say("Method and tool"), room=room),
        Entry(say("Copies, backups and sub-processors"), wide=True, room=room),
        Entry(say("Not returned or destroyed, and why"), wide=True, room=room),
    )
    return Form(
        (
            Entry(say("What became of the data"), data.disposal, room=room),
            Entry(say("Date"), day(say, data.disposed_on), room=room),
            Entry(say("Number of people"), count, room=room),
            *(() if data.disposal else by_hand),
            Entry(say("Confirmed by"), data.confirmed_by, wide=True, room=room),
        )
    )
