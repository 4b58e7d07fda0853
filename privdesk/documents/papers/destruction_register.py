"""D2 파기 관리대장: one line for each destruction; the CPO confirms the results."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import Align, Block, Column, Heading, Paper, Table, Together
from privdesk.documents.papers.common import (
    NO_APPROVALS,
    ApprovalLine,
    Signed,
    boxes,
    dashed,
    signatures,
)
from privdesk.documents.phrases import day, short_day

BASIS = N_("Personal Information Protection Act art. 21; destruction register of the office")


@dataclass(frozen=True)
class RegisterLine:
    """One destruction in the register."""

    number: str
    file: str
    kind: str
    created: str
    due_on: date | None
    destroyed_on: date | None
    reason: str
    method: str
    count: int
    handler: str
    department_head: str
    certificate: str


@dataclass(frozen=True)
class DestructionRegister:
    """The register, whole or for a span of time."""

    number: str
    issued_on: date
    lines: Iterable[RegisterLine]
    signed: tuple[Signed, ...] = ()
    since: date | None = None
    until: date | None = None
    approvals: ApprovalLine = NO_APPROVALS


def build(data: DestructionRegister, language: str) -> Paper:
    """Return the register as a paper."""
    say = words(language)
    body: list[Block] = [_table(say, data.lines)]
    if data.signed:
        heading = Heading(say("Confirmation of the results"))
        body.append(Together((heading, signatures(say, data.signed))))
    span = f"{day(say, data.since)} – {day(say, data.until)}" if data.since and data.until else ""
    return Paper(
        code="d2",
        number=data.number,
        title=say("Destruction register"),
        language=language,
        issued_on=data.issued_on,
        body=tuple(body),
        basis=say(BASIS),
        subtitle=span,
        approvals=boxes(say, data.approvals),
        landscape=True,
    )


def _table(say: Words, lines: Iterable[RegisterLine]) -> Table:
    columns = (
        Column(say("No."), 1.2),
        Column(say("Personal information file"), 1.6),
        Column(say("Kind of data"), 1.2),
        Column(say("Created on"), 1.35),
        Column(say("Destruction due"), 1.1),
        Column(say("Destroyed on"), 1.1),
        Column(say("Reason for destruction"), 2.05),
        Column(say("Method of destruction"), 1.4),
        Column(say("Count"), 0.7, Align.RIGHT),
        Column(say("Handled by"), 0.95),
        Column(say("Head of department"), 1.0),
        Column(say("Certificate no."), 1.35),
    )
    rows = (
        (
            line.number,
            line.file,
            line.kind,
            dashed(line.created),
            dashed(short_day(line.due_on)),
            short_day(line.destroyed_on),
            line.reason,
            line.method,
            f"{line.count:,}",
            line.handler,
            line.department_head,
            dashed(line.certificate),
        )
        for line in lines
    )
    return Table(columns, rows, size=8.0, empty=say("Nothing has been destroyed yet."))
