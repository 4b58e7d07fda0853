"""Safeguards on paper: the list as it stands, the sheet to check by, an emergency update."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import (
    Align,
    Block,
    Box,
    Column,
    Entry,
    Form,
    Heading,
    Paper,
    Table,
    Text,
    Together,
)
from privdesk.documents.papers.common import (
    NO_APPROVALS,
    ApprovalLine,
    Signed,
    boxes,
    dashed,
    or_none,
    signatures,
)
from privdesk.documents.phrases import full_moment, short_day

BASIS = N_(
    "Privacy policy, clause 8.1; Personal Information Protection Act art. 29; Enforcement Decree"
    " art. 30"
)


@dataclass(frozen=True)
class GuardLine:
    """One safeguard with its last check; words in the paper's language."""

    ref: str
    area: str
    name: str
    measure: str
    article: str
    owner: str
    places: str
    months: int
    checked_on: date | None = None
    result: str = ""
    seen: str = ""
    due: date | None = None
    fix_by: date | None = None
    papers: int = 0


@dataclass(frozen=True)
class GuardsPaper:
    """All safeguards as they stand on the day of issue, by area."""

    number: str
    issued_on: date
    lines: tuple[GuardLine, ...]
    in_order: int = 0
    faulty: int = 0
    cpo: str = ""
    approvals: ApprovalLine = NO_APPROVALS


@dataclass(frozen=True)
class AlertPaper:
    """One emergency update: when it came, what each place did, how long it took."""

    number: str
    issued_on: date
    ref: str
    name: str
    bulletin: str
    issuer: str
    what: str
    received_at: datetime | None
    due_at: datetime | None
    places: str
    left: str
    updates: tuple[tuple[str, str, str], ...]  # when, place, how
    updated_at: datetime | None = None
    hours: int | None = None
    evidence: tuple[str, ...] = ()
    cpo: str = ""
    approvals: ApprovalLine = NO_APPROVALS


def overview(data: GuardsPaper, language: str) -> Paper:
    """Return the list of safeguards with owner, last check, outcome and the next day."""
    say = words(language)
    late = sum(line.due is not None and line.due < data.issued_on for line in data.lines)
    told = Form(
        (
            Entry(say("Safeguards"), f"{len(data.lines):,}", strong=True),
            Entry(say("In order and checked in time"), f"{data.in_order:,}"),
            Entry(say("Check overdue"), f"{late:,}", strong=bool(late)),
            Entry(say("Not in order"), f"{data.faulty:,}", strong=bool(data.faulty)),
        )
    )
    blocks: list[Block] = [told]
    for area, lines in groupby(data.lines, key=lambda line: line.area):
        blocks += [Heading(area), _list(say, list(lines), data.issued_on)]
    if not data.lines:
        blocks.append(Text(say("No safeguard is entered.")))
    return _paper(say, data, "safeguard-list", say("List of technical and managerial safeguards"),
                  blocks)  # fmt: skip


def sheet(data: GuardsPaper, language: str) -> Paper:
    """Return the sheet on which checks are filled in by hand."""
    say = words(language)
    blocks: list[Block] = []
    for area, lines in groupby(data.lines, key=lambda line: line.area):
        blocks += [Heading(area), _blank(say, list(lines))]
    if not blocks:
        blocks.append(Text(say("No safeguard is entered.")))
    blocks.append(Together((signatures(say, (Signed("inspector", ""), Signed("cpo", data.cpo))),)))
    return _paper(say, data, "safeguard-sheet", say("Check sheet of safeguards"), blocks)


def alert(data: AlertPaper, language: str) -> Paper:
    """Return the record of an emergency update."""
    say = words(language)
    took = (
        say("not done yet") if data.hours is None else say.many("{n} hour", "{n} hours", data.hours)
    )
    head = Form(
        (
            Entry(say("Alert or update"), data.name, strong=True),
            Entry(say("No."), data.ref),
            Entry(say("Bulletin no."), dashed(data.bulletin)),
            Entry(say("Issuing body"), dashed(data.issuer)),
            Entry(say("Received"), full_moment(say, data.received_at), strong=True),
            Entry(say("To be done until"), full_moment(say, data.due_at)),
            Entry(say("What it is about"), dashed(data.what), wide=True),
            Entry(say("Places concerned"), data.places, wide=True),
        )
    )
    columns = (
        Column(say("Updated at"), 1.1),
        Column(say("Place"), 1.6),
        Column(say("How"), 3.2),
    )
    table = Table(columns, data.updates, empty=say("No place is updated yet."))
    result = Form(
        (
            Entry(say("Last update"), full_moment(say, data.updated_at) or say("not done yet")),
            Entry(say("Took"), took, strong=True),
            Entry(say("Not updated yet"), or_none(say, data.left), wide=True),
        )
    )
    blocks: list[Block] = [head, Heading(say("Updates made")), table, result]
    if data.evidence:
        blocks.append(Box(data.evidence, title=say("Evidence kept sealed in the vault")))
    blocks.append(Together((signatures(say, (Signed("fixer", ""), Signed("cpo", data.cpo))),)))
    return Paper(
        code="virus-alert",
        number=data.number,
        title=say("Record of an emergency antivirus update"),
        language=language,
        issued_on=data.issued_on,
        body=tuple(blocks),
        basis=say(BASIS),
        approvals=boxes(say, data.approvals),
    )


def _paper(say: Words, data: GuardsPaper, code: str, title: str, blocks: Sequence[Block]) -> Paper:
    return Paper(
        code=code,
        number=data.number,
        title=title,
        language=say.language,
        issued_on=data.issued_on,
        body=tuple(blocks),
        basis=say(BASIS),
        approvals=boxes(say, data.approvals),
        landscape=True,
    )


def _list(say: Words, lines: Sequence[GuardLine], today: date) -> Table:
    columns = (
        Column(say("No."), 0.9),
        Column(say("Safeguard"), 2.9),
        Column(say("Where it applies"), 1.5),
        Column(say("Answers for it"), 0.9),
        Column(say("Every"), 0.85, Align.CENTRE),
        Column(say("Last checked"), 0.95, Align.CENTRE),
        Column(say("Outcome"), 2.2),
        Column(say("Evidence"), 0.6, Align.CENTRE),
        Column(say("To be checked by"), 0.95, Align.CENTRE),
    )
    rows = [
        (
            one.ref,
            "\n".join(filter(None, (one.name, one.measure, one.article))),
            one.places or say("Whole company"),
            dashed(one.owner),
            say.many("{n} month", "{n} months", one.months),
            short_day(one.checked_on) or say("never"),
            _outcome(say, one),
            str(one.papers) if one.papers else say("None"),
            _due(say, one, today),
        )
        for one in lines
    ]
    return Table(columns, rows, size=7.5)


def _outcome(say: Words, one: GuardLine) -> str:
    fix = say("put right by {day}").format(day=short_day(one.fix_by)) if one.fix_by else ""
    return "\n".join(filter(None, (one.result or say("Not checked yet"), one.seen, fix)))


def _due(say: Words, one: GuardLine, today: date) -> str:
    late = one.due is not None and one.due < today
    return "\n".join(filter(None, (short_day(one.due), say("Overdue") if late else "")))


def _blank(say: Words, lines: Sequence[GuardLine]) -> Table:
    columns = (
        Column(say("No."), 0.9),
        Column(say("Safeguard"), 3.4),
        Column(say("Where it applies"), 1.5),
        Column(say("To be checked by"), 0.95, Align.CENTRE),
        Column(say("Outcome"), 1.5),
        Column(say("What was seen"), 2.6),
        Column(say("Put right by"), 0.95),
    )
    ticks = "\n".join(
        f"□ {say(one)}" for one in (N_("In order"), N_("To be improved"), N_("Not in order"))
    )
    rows = [
        (
            one.ref,
            "\n".join(filter(None, (one.name, one.measure))),
            one.places or say("Whole company"),
            short_day(one.due),
            ticks,
            "",
            "",
        )
        for one in lines
    ]
    return Table(columns, rows, size=7.5, room=34)
