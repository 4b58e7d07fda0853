"""D1 개인정보 파기 확인서: what was destroyed, how, and how far that is confirmed.

It names no destroyed person: counts and internal numbers only. It says what was done and
what was found, never that something could not be brought back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

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
    Step,
    Steps,
    Table,
    Text,
    Together,
)  # fmt: skip
from privdesk.documents.papers import destruction_limits as limits
from privdesk.documents.papers.common import (
    NO_APPROVALS,
    ApprovalLine,
    Signed,
    boxes,
    dashed,
    signatures,
)
from privdesk.documents.papers.media import Medium, annex
from privdesk.documents.phrases import (
    day,
    fingerprint_lines,
    full_moment,
    people,
)

BASIS = N_(
    "Personal Information Protection Act art. 21; Enforcement Decree art. 16; "
    "privacy policy, clause on destruction"
)


class Reached(Enum):
    """How far a destruction has come."""

    EXECUTED = "executed"
    CLOSED = "closed"
    COMPLETE = "complete"


class Confirmation(Enum):
    """How a place's destruction is known."""

    PROGRAM = "program"  # verified by this program
    PERSON = "person"  # confirmed by somebody on a day
    WAITING = "waiting"
    LOST = "lost"  # declared lost


@dataclass(frozen=True)
class Lot:
    """One file's part in a destruction."""

    file: str
    items: tuple[str, ...]
    subjects: int
    records: int
    created: str  # day or span, as it is known
    retention: str
    reason: str = ""


@dataclass(frozen=True)
class PlaceLine:
    """One place, and how its destruction is known."""

    place: str
    medium: str
    count: int | None
    method: str
    confirmation: Confirmation
    by: str = ""
    on: date | None = None
    evidence: str = ""
    order_number: str = ""


@dataclass(frozen=True)
class Closing:
    """One thing that closes old backups: the roll, a holder, a custody copy, the new backup."""

    what: str
    confirmation: Confirmation
    by: str = ""
    on: date | None = None


@dataclass(frozen=True)
class KeptApart:
    """Something about the destroyed that is kept on purpose: what, why, and until when."""

    what: str
    why: str
    until: date | None


@dataclass(frozen=True)
class DestructionCertificate:
    """All that a destruction certificate says."""

    number: str
    issued_on: date
    reached: Reached
    executed_on: datetime
    closed_on: date | None
    completed_on: date | None
    request_number: str
    lots: tuple[Lot, ...]
    reason: str
    place: str
    method: str
    tool: str
    operator: str
    witness: str
    backups: str
    verification_method: str
    verification_result: str
    approved_count: int
    executed_count: int
    left_out: tuple[tuple[str, int], ...]  # reason, number of people
    approved_digest: str
    executed_digest: str
    two_officer_rule: bool
    places: tuple[PlaceLine, ...]
    closings: tuple[Closing, ...]
    signed: tuple[Signed, ...]
    media: tuple[Medium, ...] = ()
    further_limits: tuple[str, ...] = ()
    import_block: bool = True
    kept: tuple[KeptApart, ...] = ()
    remarks: str = ""
    approvals: ApprovalLine = NO_APPROVALS


def build(data: DestructionCertificate, language: str) -> Paper:
    """Return the certificate as a paper."""
    say = words(language)
    body: list[Block] = [_steps(say, data)]
    body += _target(say, data)
    body += _execution(say, data)
    body += _places(say, data)
    body += _kept(say, data)
    body += _agreement(say, data)
    body += _limits(say, data)
    body += _closing(say, data)
    body += annex(say, data.media)
    return Paper(
        code="d1",
        number=data.number,
        title=say("Certificate of destruction of personal information"),
        language=language,
        issued_on=data.issued_on,
        body=tuple(body),
        basis=say(BASIS),
        approvals=boxes(say, data.approvals),
    )


def _steps(say: Words, data: DestructionCertificate) -> Steps:
    order = list(Reached)
    reached = order.index(data.reached)
    days = (data.closed_on, data.completed_on)
    notes = (full_moment(say, data.executed_on), *(day(say, one) for one in days))
    labels = (say("1  Executed"), say("2  Backups closed"), say("3  Complete"))
    return Steps(
        tuple(
            Step(label, note if n <= reached else say("not yet reached"), n <= reached)
            for n, (label, note) in enumerate(zip(labels, notes, strict=True))
        )
    )


def _target(say: Words, data: DestructionCertificate) -> list[Block]:
    rows = [
        (
            lot.file,
            ", ".join(lot.items),
            f"{lot.subjects:,}",
            f"{lot.records:,}",
            lot.created,
            lot.retention,
        )
        for lot in data.lots
    ]
    subjects, count = sum(x.subjects for x in data.lots), sum(x.records for x in data.lots)
    if len(data.lots) > 1:
        rows.append((say("Total"), "", f"{subjects:,}", f"{count:,}", "", ""))
    columns = (
        Column(say("Personal information file"), 2.2),
        Column(say("Items destroyed"), 2.4),
        Column(say("Data subjects"), 1.0, Align.RIGHT),
        Column(say("Record count"), 1.0, Align.RIGHT),
        Column(say("Created on"), 1.3),
        Column(say("Retention period"), 1.7),
    )
    reasons = tuple(dict.fromkeys(lot.reason for lot in data.lots if lot.reason))
    return [
        Heading(say("1. What was destroyed")),
        Table(columns, rows),
        Form((Entry(say("Reason"), "\n".join((data.reason, *reasons)), wide=True),)),
    ]


def _execution(say: Words, data: DestructionCertificate) -> list[Block]:
    return [
        Heading(say("2. How it was destroyed")),
        Form(
            (
                Entry(say("Date and time"), full_moment(say, data.executed_on)),
                Entry(say("Place"), data.place),
                Entry(say("Method of destruction"), data.method, wide=True),
                Entry(say("Tool and version"), data.tool),
                Entry(say("Request no."), data.request_number),
                Entry(say("Operator"), data.operator),
                Entry(say("Witness"), dashed(data.witness)),
                Entry(say("Backups dealt with"), data.backups, wide=True),
                Entry(say("Verification method"), dashed(data.verification_method), wide=True),
                Entry(say("Verification result"), data.verification_result, wide=True, strong=True),
                Entry(say("Remarks"), dashed(data.remarks), wide=True),
            )
        ),
    ]


def _places(say: Words, data: DestructionCertificate) -> list[Block]:
    columns = (
        Column(say("Place"), 2.9),
        Column(say("Medium"), 1.3),
        Column(say("Count"), 0.9, Align.RIGHT),
        Column(say("Method of destruction"), 1.4),
        Column(say("Confirmation"), 2.3),
        Column(say("Evidence and order no."), 1.6),
    )
    rows = [
        (
            line.place,
            line.medium,
            "–" if line.count is None else f"{line.count:,}",
            dashed(line.method),
            confirmation(say, line.confirmation, line.by, line.on),
            dashed("\n".join(filter(None, (line.evidence, line.order_number)))),
        )
        for line in data.places
    ]
    blocks: list[Block] = [
        Heading(
            say("3. Places"),
            say("one line for every place that held the data") if data.places else "",
        ),
        Table(columns, rows, empty=say("No place is recorded.")),
    ]
    if data.closings:
        closing_columns = (
            Column(say("Old copies and backups"), 3.2),
            Column(say("Confirmation"), 2.8),
        )
        closing_rows = [
            (c.what, confirmation(say, c.confirmation, c.by, c.on)) for c in data.closings
        ]
        blocks.append(Table(closing_columns, closing_rows))
    return blocks


def _kept(say: Words, data: DestructionCertificate) -> list[Block]:
    """Return what is kept apart on purpose; nothing where nothing is."""
    if not data.kept:
        return []
    columns = (
        Column(say("Kept apart after the destruction"), 2.6),
        Column(say("Why"), 2.6),
        Column(say("Until"), 1.0),
    )
    rows = [
        (one.what, one.why, dashed(day(say, one.until) if one.until else "")) for one in data.kept
    ]
    return [Table(columns, rows)]


def confirmation(say: Words, how: Confirmation, by: str, on: date | None) -> str:
    """Return how the destruction at a place is known."""
    when = day(say, on)
    if how is Confirmation.PROGRAM:
        verified = say("Verified by this program")
        return f"{verified}\n{when}" if when else verified
    if how is Confirmation.PERSON:
        return say("Confirmed by {name} on {date}").format(name=by, date=when)
    if how is Confirmation.LOST:
        return say("Declared lost on {date} by {name}; see the limits").format(name=by, date=when)
    return say("Not yet confirmed")


def _agreement(say: Words, data: DestructionCertificate) -> list[Block]:
    left_out = "\n".join(f"{reason}: {people(say, count)}" for reason, count in data.left_out)
    entries = (
        Entry(say("Number approved"), people(say, data.approved_count)),
        Entry(say("Number executed"), people(say, data.executed_count), strong=True),
        Entry(say("Left out since approval"), left_out or say("nobody"), wide=True),
        Entry(say("Digest approved"), fingerprint_lines(data.approved_digest), wide=True),
        Entry(say("Digest executed"), fingerprint_lines(data.executed_digest), wide=True),
        Entry(
            say("Two-officer rule"),
            say("On: requester and approver are two people")
            if data.two_officer_rule
            else say("OFF: one person requested and approved this destruction"),
            wide=True,
            strong=not data.two_officer_rule,
        ),
    )
    return [Together((Heading(say("4. Approved and executed")), Form(entries)))]


def _limits(say: Words, data: DestructionCertificate) -> list[Block]:
    said = limits.sentences(
        say,
        closed=data.reached is not Reached.EXECUTED,
        waiting=_copies_wait(data),
        further=data.further_limits,
        import_block=data.import_block,
    )
    return [Together((Heading(say("5. Limits of this certificate")), Points(said, size=8.5)))]


def _copies_wait(data: DestructionCertificate) -> bool:
    """Whether a copy of the former epoch secret is still out."""
    return any(one.confirmation is Confirmation.WAITING for one in data.closings)


def _some(data: DestructionCertificate, how: Confirmation) -> bool:
    known = [line.confirmation for line in data.places] + [c.confirmation for c in data.closings]
    return how in known


def _closing(say: Words, data: DestructionCertificate) -> list[Block]:
    sentence = {
        Reached.EXECUTED: say(
            "We certify that the destruction described above was executed. Older backups and "
            "copies of the vault are not closed yet."
        ),
        Reached.CLOSED: say(
            "We certify that the destruction described above was executed and that old backups "
            "were closed."
        ),
        Reached.COMPLETE: say(
            "We certify that the destruction described above was executed and confirmed for "
            "every place and copy listed."
        ),
    }[data.reached]
    if data.reached is Reached.CLOSED and _copies_wait(data):
        sentence = say(
            "We certify that the destruction described above was executed and that the epoch "
            "secret was changed. Old backups are closed but for what is listed as not yet "
            "confirmed."
        )
    if data.reached is not Reached.COMPLETE and _some(data, Confirmation.WAITING):
        waiting = say("What is listed as not yet confirmed is still to be confirmed.")
        sentence = f"{sentence} {waiting}"
    if data.reached is Reached.COMPLETE and _some(data, Confirmation.LOST):
        sentence = say(
            "We certify that the destruction described above was executed and confirmed for "
            "every place and copy listed, save what was declared lost."
        )
    return [
        Together(
            (
                Text(sentence, size=10),
                Text(day(say, data.issued_on), size=10, align=Align.CENTRE),
                signatures(say, data.signed),
            )
        )
    ]
