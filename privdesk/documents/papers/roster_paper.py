"""A comparison with the personnel list on paper, for personnel to look through before it counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import words
from privdesk.documents.paper import Column, Entry, Form, Heading, Paper, Table
from privdesk.documents.papers.access_papers import BASIS
from privdesk.documents.papers.common import NO_APPROVALS, ApprovalLine, boxes, dashed
from privdesk.documents.phrases import short_day


@dataclass(frozen=True)
class RosterPaper:
    """What a comparison found; each of ``parts`` is a heading (in words) and its lines."""

    number: str
    issued_on: date
    ref: str
    file: str
    as_of: date
    people: int
    parts: Iterable[tuple[str, tuple[str, ...]]]
    unread: str = ""
    approvals: ApprovalLine = NO_APPROVALS


def comparison(data: RosterPaper, language: str) -> Paper:
    """Return the sheet: a box to tick beside each line."""
    say = words(language)
    columns = (Column(say("Who, and what it starts"), 8), Column(say("Right?"), 1))
    body: list[Heading | Table] = []
    for title, lines in data.parts:
        if lines:
            body += (
                Heading(title, say.many("{n} line", "{n} lines", len(lines))),
                Table(columns, [(line, "□") for line in lines], size=8),
            )
    return Paper(
        code="roster",
        number=data.number,
        title=say("Comparison with the personnel list"),
        language=language,
        issued_on=data.issued_on,
        body=(
            Form(
                (
                    Entry(say("Personnel list"), data.file, strong=True),
                    Entry(say("List of"), short_day(data.as_of)),
                    Entry(say("People listed"), f"{data.people:,}"),
                    Entry(say("Columns that were not read"), dashed(data.unread)),
                )
            ),
            *body,
        ),
        basis=say(BASIS),
        subtitle=data.ref,
        approvals=boxes(say, data.approvals),
    )
