"""D19 보호구역 출입 대장 and its blank sheet, 출입 권한자 명단, 파기 확인 of expired visits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

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
    Signature,
    Signatures,
    Table,
    Text,
    Together,
)
from privdesk.documents.papers.common import (
    ApprovalLine,
    Signed,
    boxes,
    dashed,
    or_none,
    signatures,
)
from privdesk.documents.phrases import day, people, short_day

BASIS = N_(
    "Personal Information Protection Act art. 29; Standard on Safeguards for Personal"
    " Information, article on physical measures"
)
END_BASIS = N_("Personal Information Protection Act art. 21(1)")
AMISS, STILL = N_("without right: {n}"), N_("still inside: {n}")
ITSELF = N_(
    "This log is itself personal data: it is kept for {n} years from each visit and then destroyed."
)
ITSELF_ONE = N_(
    "This log is itself personal data: it is kept for a year from each visit and then destroyed."
)
GONE = N_("destroyed")
BLANK_LINES = 20  # one sheet, printed on both sides
_ROW, _HAND = 24.0, 30.0  # height of a printed line, and of one filled in by hand
Stroke = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class ZoneHead:
    """A zone as papers tell it; ``years`` is how long its visits are kept."""

    name: str
    code: str
    kind: str
    location: str
    manager: str
    years: int


@dataclass(frozen=True)
class VisitLine:
    """One visit in the log; ``signed`` is how, ``strokes`` what was written on the screen."""

    ref: str
    on: date
    entered: str
    left: str
    organisation: str
    name: str
    phone: str
    purpose: str
    escort: str
    media: str
    approver: str
    signed: str = ""
    strokes: tuple[Stroke, ...] = ()
    gone: bool = False
    inside: bool = False
    lacking: str = ""  # what right was missing, and how that was followed up


@dataclass(frozen=True)
class VisitLog:
    """The log of a zone for a span of days."""

    number: str
    issued_on: date
    zone: ZoneHead
    first: date
    last: date
    lines: tuple[VisitLine, ...]
    drafter: str = ""
    destroy_by: date | None = None


@dataclass(frozen=True)
class PermitLine:
    """Somebody on the list of a zone; ``rights`` are the systems in it that she may use."""

    who: str
    of: str
    since: date | None
    until: date | None
    reason: str
    approver: str
    reviewed_on: date | None
    rights: str


@dataclass(frozen=True)
class PermitList:
    """The list of who may enter a zone, as it stands on the day of issue."""

    number: str
    issued_on: date
    zone: ZoneHead
    lines: tuple[PermitLine, ...]
    reviewed_on: date | None
    review_by: date | None
    drafter: str = ""


@dataclass(frozen=True)
class EndLine:
    """The visits of a zone that were destroyed on one day: how many, of which days."""

    on: date
    count: int
    first: date
    last: date


@dataclass(frozen=True)
class VisitsEnd:
    """The confirmation that expired visits of a zone were destroyed; it names nobody."""

    number: str
    issued_on: date
    zone: ZoneHead
    lines: tuple[EndLine, ...]
    operator: str
    left: int = 0
    cpo: str = ""


def log(data: VisitLog, language: str) -> Paper:
    """Return the log of a zone (D19), with room for the signatures that are missing."""
    say = words(language)
    span = say("{first} to {last}").format(first=day(say, data.first), last=day(say, data.last))
    count = say.many("{n} visit", "{n} visits", len(data.lines))
    amiss = (
        say(AMISS).format(n=sum(bool(one.lacking) for one in data.lines)),
        say(STILL).format(n=sum(one.inside for one in data.lines)),
    )
    body: list[Block] = [
        _head(say, data.zone, Entry(say("Span"), f"{span}: {count}", wide=True),
              Entry(say("To be followed up"), " · ".join(amiss), wide=True)),
        Table(
            _columns(say), [_line(say, one) for one in data.lines], 7.5,
            say("Nobody came in."), room=_ROW,
        ),
        *_written(say, data.lines),
        Text(_itself(say, data.zone.years), size=8, muted=True),
    ]  # fmt: skip
    return Paper(
        code="d19",
        number=data.number,
        title=say("Visit log of a protected zone"),
        language=language,
        issued_on=data.issued_on,
        body=tuple(body),
        basis=say(BASIS),
        approvals=boxes(say, ApprovalLine(drafter=data.drafter, drafted_on=data.issued_on)),
        destroy_by=data.destroy_by,
        landscape=True,
    )


def blank(number: str, issued_on: date, zone: ZoneHead, language: str) -> Paper:
    """Return the log to be filled in by hand, as it hangs at the door."""
    say = words(language)
    empty = ("",) * len(_columns(say))
    body: tuple[Block, ...] = (
        _head(say, zone, Entry(say("Span"), "", wide=True)),
        Table(_columns(say), [empty] * BLANK_LINES, 7.5, room=_HAND),
        Text(_itself(say, zone.years), size=8, muted=True),
    )
    return Paper(
        code="d19-blank",
        number=number,
        title=say("Visit log of a protected zone"),
        language=language,
        issued_on=issued_on,
        body=body,
        basis=say(BASIS),
        approvals=boxes(say, ApprovalLine()),
        landscape=True,
    )


def _columns(say: Words) -> tuple[Column, ...]:
    return (
        Column(say("Date"), 0.8),
        Column(say("In"), 0.5, Align.CENTRE),
        Column(say("Out"), 0.55, Align.CENTRE),
        Column(say("Visitor’s company"), 1.15),
        Column(say("Name"), 0.9),
        Column(say("Telephone"), 1.05),
        Column(say("Purpose of the visit"), 1.6),
        Column(say("Escort"), 0.8),
        Column(say("Media taken in · out"), 1.5),
        Column(say("Approver"), 0.9),
        Column(say("Signature"), 1.0),
    )


def _line(say: Words, one: VisitLine) -> tuple[str, ...]:
    if one.gone:
        told = (say(GONE), *("–",) * 6, "")
        return (short_day(one.on), one.entered, one.left, *told)
    return (
        short_day(one.on),
        one.entered,
        say("still inside") if one.inside else dashed(one.left),
        dashed(one.organisation),
        one.name,
        dashed(one.phone),
        dashed(one.purpose),
        "\n".join(filter(None, (one.escort, one.lacking))) or dashed(""),
        or_none(say, one.media),
        dashed(one.approver),
        one.signed,
    )


def _written(say: Words, lines: Iterable[VisitLine]) -> Iterator[Block]:
    """Yield what was written on the screen, each beside its visit."""
    signed = tuple(
        Signature(one.ref, one.name, say("Written on the screen"), short_day(one.on), one.strokes)
        for one in lines
        if one.strokes
    )
    if signed:
        labels = (say("Visit no."), say("Name"), say("Signature"), say("Date"))
        heads = Heading(say("Signed on the screen"))
        yield Together((heads, Signatures(signed, labels, say("(signature or seal)"))))


def _head(say: Words, zone: ZoneHead, *more: Entry) -> Form:
    named = f"{zone.name} ({zone.code})" if zone.code else zone.name
    entries = (
        Entry(say("Protected zone"), named, strong=True),
        Entry(say("Kind of zone"), zone.kind),
        Entry(say("Where it is"), dashed(zone.location)),
        Entry(say("In charge"), zone.manager or say("not named")),
        *more,
    )
    return Form(entries)


def _itself(say: Words, kept: int) -> str:
    return say(ITSELF).format(n=kept) if kept > 1 else say(ITSELF_ONE)


def listed(data: PermitList, language: str) -> Paper:
    """Return the list of who may enter a zone, with boxes for its review."""
    say = words(language)
    stand = say("As of {day}: {count}")
    columns = (
        Column(say("No."), 0.4, Align.RIGHT),
        Column(say("Name"), 1.1),
        Column(say("Department or company"), 1.4),
        Column(say("Since"), 0.8),
        Column(say("Until"), 0.8),
        Column(say("Reason"), 2.0),
        Column(say("Approver"), 0.9),
        Column(say("Last reviewed"), 0.85),
        Column(say("Access rights in its systems"), 1.8),
        Column(say("Stays"), 0.5, Align.CENTRE),
        Column(say("Ends"), 0.5, Align.CENTRE),
    )
    rows = [
        (
            str(at),
            one.who,
            dashed(one.of),
            short_day(one.since),
            short_day(one.until) or say("no end set"),
            dashed(one.reason),
            dashed(one.approver),
            short_day(one.reviewed_on) or say("never"),
            or_none(say, one.rights),
            "□",
            "□",
        )
        for at, one in enumerate(data.lines, 1)
    ]
    reviewed = (
        Entry(say("List last reviewed on"), day(say, data.reviewed_on) or say("never")),
        Entry(say("Next review by"), dashed(day(say, data.review_by))),
    )
    hand = (
        Entry(say("Looked at by (in charge of the zone)"), room=_HAND),
        Entry(say("Date and signature"), room=_HAND),
    )
    return Paper(
        code="zone-list",
        number=data.number,
        title=say("List of those who may enter a protected zone"),
        language=language,
        issued_on=data.issued_on,
        body=(
            _head(say, data.zone, *reviewed),
            Text(
                stand.format(day=day(say, data.issued_on), count=people(say, len(rows))),
                bold=True,
            ),
            Table(columns, rows, size=8, empty=say("Nobody is on the list.")),
            Together((Form(hand),)),
        ),
        basis=say(BASIS),
        approvals=boxes(say, ApprovalLine(drafter=data.drafter, drafted_on=data.issued_on)),
        landscape=True,
    )


def ended(data: VisitsEnd, language: str) -> Paper:
    """Return the confirmation that visits whose period was over were destroyed."""
    say = words(language)
    columns = (
        Column(say("Destroyed on"), 1.0),
        Column(say("Visits"), 0.7, Align.RIGHT),
        Column(say("First visit"), 1.0),
        Column(say("Last visit"), 1.0),
    )
    rows = [
        (short_day(one.on), f"{one.count:,}", short_day(one.first), short_day(one.last))
        for one in data.lines
    ]
    count = f"{sum(one.count for one in data.lines):,}"
    total = (say("Total"), count, "", "") if len(rows) > 1 else ()
    method = say(
        "The key of each visit was dropped together with everything sealed by it: name, company,"
        " telephone, signature, purpose, media and notes, and the kept copies of logs that showed"
        " it. Zone, day and times stay, which name nobody. Older backups lose them with the next"
        " change of the epoch secret."
    )
    left = (
        say.many("{n} visit is still due.", "{n} visits are still due.", data.left)
        if data.left
        else say("No expired visit of this zone is left.")
    )
    operator = Signed("operator", data.operator, at=data.issued_on)
    return Paper(
        code="cleared",
        number=data.number,
        title=say("Confirmation of the destruction of expired visits"),
        language=language,
        issued_on=data.issued_on,
        body=(
            _head(say, data.zone),
            Heading(say("What was destroyed")),
            Table(columns, rows, empty=say("No visit was destroyed."), total=total),
            Box((method, left), say("Method and result")),
            signatures(say, (operator, Signed("witness", ""), Signed("cpo", data.cpo))),
        ),
        basis=say(END_BASIS),
        approvals=boxes(say, ApprovalLine(drafter=data.operator, drafted_on=data.issued_on)),
    )
