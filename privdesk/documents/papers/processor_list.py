"""D7 수탁자 공개문: the public list of processors, and what changed in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import Block, Column, Paper, Points, Table, Text
from privdesk.documents.papers.common import NO_APPROVALS, ApprovalLine, boxes, dashed, or_none
from privdesk.documents.phrases import day, short_day

BASIS = N_("Personal Information Protection Act art. 26(2); Enforcement Decree art. 28(2)–(4)")
NOBODY = N_("At present nobody processes personal information for us.")
INTRO = N_("{company} has the following works of processing personal information done by others.")
HEADS = (
    N_("Processor"),
    N_("Work consigned"),
    N_("Scope"),
    N_("Items"),
    N_("Period"),
    N_("Public contact"),
    N_("Changed on"),
)


@dataclass(frozen=True)
class ListedWork:
    """One work as the public reads it; ``remarks`` are words such as marketing or a country."""

    processor: str
    work: str
    scope: str = ""
    items: str = ""
    since: date | None = None
    until: date | None = None
    contact: str = ""
    changed_on: date | None = None
    parent: str = ""
    subs: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProcessorList:
    """A version of the list; ``officer`` answers questions about it."""

    number: str
    issued_on: date
    company: str
    version: int
    drawn_up: date
    lines: tuple[ListedWork, ...]
    posted_on: date | None = None
    address: str = ""
    officer: str = ""
    approvals: ApprovalLine = NO_APPROVALS


def build(data: ProcessorList, language: str) -> Paper:
    """Return the list as a paper."""
    say = words(language)
    columns = tuple(
        Column(say(head), share)
        for head, share in zip(HEADS, (1.75, 1.7, 1.7, 1.5, 1.25, 1.55, 0.95), strict=True)
    )
    blocks: list[Block] = [
        Text(say(INTRO).format(company=data.company), size=10),
        Points(promises(say), size=8.5),  # before the table: alone on a last page they say nothing
        Table(columns, [cells(say, line) for line in data.lines], size=8, empty=say(NOBODY)),
    ]
    return Paper(
        code="d7",
        number=data.number,
        title=say("Processors of personal information"),
        language=language,
        issued_on=data.issued_on,
        body=tuple(blocks),
        basis=say(BASIS),
        subtitle=f"{version(say, data)}  ·  {_posting(say, data)}",
        approvals=boxes(say, data.approvals),
        landscape=True,
    )


def cells(say: Words, line: ListedWork) -> Sequence[str]:
    """Return a line as the page and the paper both show it, in the order of ``HEADS``."""
    company = [line.processor]
    if line.parent:
        company.append(say("(sub-processor of {name})").format(name=line.parent))
    if line.subs:
        company.append(say("Sub-processors: {names}").format(names=", ".join(line.subs)))
    work = "\n".join(filter(None, (line.work, *line.remarks)))
    return (
        "\n".join(company),
        work,
        dashed(line.scope),
        dashed(line.items),
        period(say, line.since, line.until),
        dashed(line.contact),
        dashed(short_day(line.changed_on)),
    )


def period(say: Words, since: date | None, until: date | None) -> str:
    """Return from when until when a work is consigned."""
    if until is None:
        last = say("until the contract ends")
    else:
        last = say("until {day}").format(day=short_day(until))
    return "\n".join(filter(None, (short_day(since), last)))


def promises(say: Words) -> tuple[str, ...]:
    """Return what the company does about its processors, as the public reads it."""
    return (
        say("The contracts bar processing beyond the work, limit consigning it on, and provide for "
            "safeguards, supervision and damages; we see that they are kept."),
        say("Changes of the works or of the processors are published here without delay."),
    )  # fmt: skip


def version(say: Words, data: ProcessorList) -> str:
    """Return which version it is, and of which day."""
    told = {"n": data.version, "day": day(say, data.drawn_up)}
    return say("Version {n}, as of {day}").format(**told)


def _posting(say: Words, data: ProcessorList) -> str:
    """Return where and since when it is posted, for the line below the title."""
    if data.posted_on is None:
        return say("Not posted yet.")
    posted = " ".join(filter(None, (day(say, data.posted_on), data.address)))
    return say("Posted: {where}").format(where=posted)


# -- what changed


@dataclass(frozen=True)
class ChangedWork:
    """A line of the comparison; ``what`` is a word, ``before`` and ``after`` what it said."""

    what: str
    work: str
    field: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class ListChanges:
    """What a version changed against the one posted before it."""

    number: str
    issued_on: date
    version: int
    before: int | None
    lines: tuple[ChangedWork, ...]
    approvals: ApprovalLine = NO_APPROVALS


def build_changes(data: ListChanges, language: str) -> Paper:
    """Return the comparison as a paper."""
    say = words(language)
    columns = (
        Column(say("What"), 0.7),
        Column(say("Processor and work"), 2.2),
        Column(say("Particular"), 1.1),
        Column(say("Before"), 2.2),
        Column(say("After"), 2.2),
    )
    rows = [
        (
            one.what,
            one.work,
            one.field or say("Everything"),
            or_none(say, one.before),
            or_none(say, one.after),
        )
        for one in data.lines
    ]
    if data.before is None:
        told = say("Version {n}; there was no list before it.").format(n=data.version)
    else:
        told = say("Version {n} against version {before}.")
        told = told.format(n=data.version, before=data.before)
    return Paper(
        code="d7-changes",
        number=data.number,
        title=say("Changes in the list of processors"),
        language=language,
        issued_on=data.issued_on,
        body=(Table(columns, rows, empty=say("Nothing changed.")),),
        basis=say(BASIS),
        subtitle=told,
        approvals=boxes(say, data.approvals),
    )
