"""The record of an access review: what was decided on each right of a system, and by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import words
from privdesk.documents.paper import Column, Entry, Form, Heading, Paper, Table, Together
from privdesk.documents.papers.access_papers import BASIS, owner_signs
from privdesk.documents.papers.common import NO_APPROVALS, ApprovalLine, boxes, dashed
from privdesk.documents.phrases import day, short_day


@dataclass(frozen=True)
class DecidedLine:
    """One right of the review; ``result`` in words, empty while nothing is decided."""

    number: str
    name: str
    department: str
    account: str
    right: str
    result: str
    decided_on: date | None


@dataclass(frozen=True)
class ReviewRecord:
    """A review as it stands on the day of issue; ``done_on`` is None while it is under way."""

    number: str
    issued_on: date
    ref: str
    system: str
    reviewer: str
    begun_on: date
    done_on: date | None
    next_due: date | None
    kept: int
    changed: int
    revoked: int
    undecided: int
    note: str
    lines: Iterable[DecidedLine]
    approvals: ApprovalLine = NO_APPROVALS


def record(data: ReviewRecord, language: str) -> Paper:
    """Return the record, with the signature of the system's owner."""
    say = words(language)
    counts = say(
        "{kept} kept · {changed} changed · {revoked} revoked · {undecided} not decided"
    ).format(kept=data.kept, changed=data.changed, revoked=data.revoked, undecided=data.undecided)
    columns = (
        Column(say("No."), 0.9),
        Column(say("Name"), 1.3),
        Column(say("Account"), 1.1),
        Column(say("Right"), 1.4),
        Column(say("Decision"), 1.1),
        Column(say("Decided on"), 0.9),
    )
    rows = [
        (
            one.number,
            "\n".join(filter(None, (one.name, one.department))),
            dashed(one.account),
            one.right,
            one.result or "□",
            dashed(short_day(one.decided_on)),
        )
        for one in data.lines
    ]
    return Paper(
        code="rights-reviewed",
        number=data.number,
        title=say("Record of an access review"),
        language=language,
        issued_on=data.issued_on,
        body=(
            Form(
                (
                    Entry(say("System"), data.system, strong=True),
                    Entry(say("Reviewing owner"), dashed(data.reviewer)),
                    Entry(say("Begun on"), day(say, data.begun_on)),
                    Entry(say("Closed on"), day(say, data.done_on) or say("under way")),
                    Entry(say("Decisions"), counts),
                    Entry(say("Next review by"), day(say, data.next_due) or say("not yet set")),
                    *((Entry(say("Remarks"), data.note, wide=True),) if data.note else ()),
                )
            ),
            Heading(say("Rights"), say.many("{n} right", "{n} rights", len(rows))),
            Table(columns, rows, size=8),
            Together((owner_signs(say),)),
        ),
        basis=say(BASIS),
        subtitle=data.ref,
        approvals=boxes(say, data.approvals),
    )
