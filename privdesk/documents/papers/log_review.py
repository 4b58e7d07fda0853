"""The review of the access log: who saw how much, what was unusual, what the reviewer signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import (
    Align,
    Block,
    Column,
    Entry,
    Form,
    Heading,
    Paper,
    Points,
    Table,
)
from privdesk.documents.papers.common import (
    NO_APPROVALS,
    ApprovalLine,
    Signed,
    boxes,
    dashed,
    signatures,
)
from privdesk.documents.phrases import day, short_day

BASIS = N_("Standard on Safeguards for Personal Information art. 8 (access log)")
KEPT = N_(
    "Each entry says who, when, at which workstation, about whose record and for which task. The"
    " journal has been kept since {begun}; by law {years} apply, and the program never drops an"
    " entry."
)
NOBODY = N_("No data subject is named: records appear in the journal by their number.")

_HEADS = (
    *(N_("Person"), N_("Looks"), N_("Searches")),
    *(N_("Exports"), N_("Prints"), N_("Refused")),
)


@dataclass(frozen=True)
class PersonLine:
    """What one person did in the span, in numbers."""

    name: str
    looks: int
    searches: int
    exports: int
    prints: int
    refused: int


@dataclass(frozen=True)
class MarkLine:
    """Something unusual, and what it was."""

    on: date
    what: str
    who: str
    count: int
    entries: str
    explanation: str
    by: str


@dataclass(frozen=True)
class LogReviewPaper:
    """A review as it stands or was signed; ``checked`` says what the check of the journal found."""

    number: str
    issued_on: date
    ref: str
    first: date
    last: date
    reviewer: str
    people: tuple[PersonLine, ...]
    marks: tuple[MarkLine, ...]
    checked: str
    conclusion: str
    words: str
    alone: str
    begun: date
    years: int
    follow_up: str = ""
    owner: str = ""
    due: date | None = None
    result: str = ""
    concluded_at: datetime | None = None
    signed: tuple[Signed, ...] = ()
    approvals: ApprovalLine = NO_APPROVALS


def build(data: LogReviewPaper, language: str) -> Paper:
    """Return the review as a paper."""
    say = words(language)
    body: list[Block] = [
        Form(tuple(_facts(say, data))),
        Heading(say("Access by person")),
        _people(say, data.people),
        Heading(say("Unusual things"), say("found by the program, explained by the reviewer")),
        _marks(say, data.marks),
        Form(tuple(_conclusion(say, data))),
        Points((_kept(say, data), say(NOBODY))),
        signatures(say, data.signed),
    ]
    return Paper(
        code="log-review",
        number=data.number,
        title=say("Review of the access log"),
        language=language,
        issued_on=data.issued_on,
        body=tuple(body),
        basis=say(BASIS),
        subtitle=data.ref,
        approvals=boxes(say, data.approvals),
    )


def _facts(say: Words, data: LogReviewPaper) -> list[Entry]:
    span = say("{first} to {last}").format(first=day(say, data.first), last=day(say, data.last))
    return [
        Entry(say("Days"), span, strong=True),
        Entry(say("Reviewer"), data.reviewer, strong=True),
        Entry(say("Journal"), data.checked, wide=True),
    ]


def _conclusion(say: Words, data: LogReviewPaper) -> list[Entry]:
    found = [
        Entry(say("Conclusion"), dashed(data.conclusion), wide=True, strong=True),
        Entry(say("Opinion of the reviewer"), dashed(data.words), wide=True, room=30),
    ]
    if data.alone:
        found.append(Entry(say("Independence"), data.alone, wide=True))
    if data.follow_up:
        found += [
            Entry(say("What is to be done"), data.follow_up, wide=True),
            Entry(say("Person in charge"), dashed(data.owner)),
            Entry(say("Due on"), day(say, data.due)),
            Entry(say("What was done"), dashed(data.result), wide=True),
        ]
    return found


def _people(say: Words, people: tuple[PersonLine, ...]) -> Table:
    columns = tuple(
        Column(say(head), 2.4 if n == 0 else 1.0, Align.RIGHT if n else Align.LEFT)
        for n, head in enumerate(_HEADS)
    )
    rows = [
        (p.name, *(f"{n:,}" for n in (p.looks, p.searches, p.exports, p.prints, p.refused)))
        for p in people
    ]
    sums = (
        f"{sum(numbers):,}"
        for numbers in (
            [p.looks for p in people],
            [p.searches for p in people],
            [p.exports for p in people],
            [p.prints for p in people],
            [p.refused for p in people],
        )
    )
    total = (say("Total"), *sums)
    return Table(columns, rows, empty=say("Nobody had access in these days."), total=total)


def _marks(say: Words, marks: tuple[MarkLine, ...]) -> Table:
    columns = (
        Column(say("Date"), 1.25),
        Column(say("What is unusual"), 2.6),
        Column(say("Person"), 1.3),
        Column(say("How many"), 0.9, Align.RIGHT),
        Column(say("Entries"), 1.6),
        Column(say("What it was"), 3.4),
    )
    rows = [
        (
            short_day(one.on),
            one.what,
            one.who,
            f"{one.count:,}",
            one.entries,
            f"{one.explanation} ({one.by})" if one.by else say("not explained yet"),
        )
        for one in marks
    ]
    return Table(columns, rows, size=8.0, empty=say("Nothing unusual was found."))


def _kept(say: Words, data: LogReviewPaper) -> str:
    years = say.many("{n} year", "{n} years", data.years)
    return say(KEPT).format(begun=day(say, data.begun), years=years)
