"""D1a 개인정보파일 파기 요청서: asked for by one officer, approved by another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import (
    Align,
    Block,
    Column,
    Entry,
    Form,
    Heading,
    Paper,
    Table,
    Text,
    Together,
)  # fmt: skip
from privdesk.documents.papers.common import (
    NO_APPROVALS,
    ApprovalLine,
    Signed,
    boxes,
    dashed,
    signatures,
)
from privdesk.documents.phrases import day, fingerprint_lines, people

BASIS = N_(
    "Personal Information Protection Act art. 21; Enforcement Decree art. 16; "
    "privacy policy, clause on destruction"
)


@dataclass(frozen=True)
class FileLine:
    """One personal information file in a request."""

    file: str
    created: str
    handler: str
    main_work: str
    present_count: int
    asked_count: int
    reason: str


@dataclass(frozen=True)
class DestructionRequest:
    """All that a request says."""

    number: str
    requested_on: date
    files: tuple[FileLine, ...]
    reason: str
    plan: str
    place: str
    method: str
    operator: str
    witness: str
    check_method: str
    backups: str
    subjects: int
    places: tuple[tuple[str, str, int | None], ...]  # the vault first: place, medium, count
    left_out: tuple[tuple[str, int], ...]  # why, number of people
    digest: str
    two_officer_rule: bool
    signed: tuple[Signed, ...]
    approver: str = ""
    approved_on: date | None = None
    planned_on: date | None = None
    remarks: str = ""
    approvals: ApprovalLine = NO_APPROVALS


def build(data: DestructionRequest, language: str) -> Paper:
    """Return the request as a paper."""
    say = words(language)
    return Paper(
        code="d1a",
        number=data.number,
        title=say("Request to destroy personal information files"),
        language=language,
        issued_on=data.requested_on,
        body=(*_what(say, data), *_plan(say, data), *_approval(say, data)),
        basis=say(BASIS),
        approvals=boxes(say, data.approvals),
    )


def _what(say: Words, data: DestructionRequest) -> list[Block]:
    same = all(line.reason == data.reason for line in data.files)  # said once, below
    columns = (
        Column(say("Personal information file"), 2.2),
        Column(say("Created on"), 1.2),
        Column(say("Handled by"), 1.4),
        Column(say("Main work"), 2.0),
        Column(say("Held now"), 1.0, Align.RIGHT),
        Column(say("To destroy"), 1.0, Align.RIGHT),
        *(() if same else (Column(say("Reason"), 1.9),)),
    )
    rows = [
        (
            line.file,
            line.created,
            dashed(line.handler),
            line.main_work,
            f"{line.present_count:,}",
            f"{line.asked_count:,}",
            *(() if same else (line.reason,)),
        )
        for line in data.files
    ]
    return [
        Heading(say("1. Files to be destroyed")),
        Table(columns, rows),
        Form(
            (
                Entry(say("Data subjects"), people(say, data.subjects), strong=True),
                Entry(say("Planned for"), dashed(day(say, data.planned_on))),
                Entry(say("Reason"), data.reason, wide=True),
            )
        ),
    ]


def _plan(say: Words, data: DestructionRequest) -> list[Block]:
    left_out = "\n".join(f"{reason}: {people(say, count)}" for reason, count in data.left_out)
    columns = (
        Column(say("Place"), 3),
        Column(say("Medium"), 2),
        Column(say("Count"), 1, Align.RIGHT),
    )
    rows = [
        (place, medium, "–" if count is None else f"{count:,}")
        for place, medium, count in data.places
    ]
    return [
        Heading(say("2. Plan")),
        Form(
            (
                Entry(say("Destruction plan"), data.plan, wide=True),
                Entry(say("Method of destruction"), data.method, wide=True),
                Entry(say("Place"), data.place),
                Entry(say("Backups dealt with"), data.backups),
                Entry(say("Operator"), dashed(data.operator)),
                Entry(say("Witness"), dashed(data.witness)),
                Entry(say("Verification method"), data.check_method, wide=True),
                Entry(say("Left out, and why"), left_out or say("nobody"), wide=True),
                Entry(say("Remarks"), dashed(data.remarks), wide=True),
            )
        ),
        Heading(
            say("3. Places and orders"),
            say("each place outside the vault gets an order") if len(data.places) > 1 else "",
        ),
        Table(columns, rows, empty=say("No place is recorded.")),
    ]


def _approval(say: Words, data: DestructionRequest) -> list[Block]:
    entries = [
        Entry(say("Approver"), dashed(data.approver)),
        Entry(say("Approved on"), dashed(day(say, data.approved_on))),
        Entry(say("Digest of this set"), fingerprint_lines(data.digest), wide=True),
    ]
    if not data.two_officer_rule:
        off = say("OFF: one person requested and approved this destruction")
        entries.append(Entry(say("Two-officer rule"), off, wide=True, strong=True))
    ask = say("I ask for approval to destroy the personal information described above.")
    return [
        Together(
            (
                Heading(say("4. Approval")),
                Form(tuple(entries)),
                Text(ask, size=10),
                Text(day(say, data.requested_on), size=10, align=Align.CENTRE),
                signatures(say, data.signed),
            )
        )
    ]
