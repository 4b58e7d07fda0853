"""A comparison with the personnel list on paper, for personnel to look through before it counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import Column, Entry, Form, Heading, Paper, Table
from privdesk.documents.papers.access_papers import BASIS
from privdesk.documents.papers.common import NO_APPROVALS, ApprovalLine, boxes, or_none
from privdesk.documents.phrases import day

TAKEN = N_("taken over; the lines stand in the records of the staff")
_ALWAYS = 3  # parts that are told also where nothing was found: joined, moved, left


@dataclass(frozen=True)
class RosterPaper:
    """What a comparison found; each of ``parts`` is a heading (in words) and its lines.

    Once it is ``taken_on``, the lines are gone, and ``counts`` says how many joined, moved, left.
    """

    number: str
    issued_on: date
    ref: str
    file: str
    as_of: date
    people: int
    parts: Iterable[tuple[str, tuple[str, ...]]]
    unread: str = ""
    taken_on: date | None = None
    counts: tuple[int, int, int] = (0, 0, 0)
    approvals: ApprovalLine = NO_APPROVALS


def _end(say: Words, data: RosterPaper) -> Iterable[Entry]:
    """Return what the head ends with: the columns left aside, or when it was taken over."""
    if data.taken_on is None:
        return (Entry(say("Columns that were not read"), or_none(say, data.unread)),)
    return (Entry(say("Taken over on"), day(say, data.taken_on), strong=True),)


def comparison(data: RosterPaper, language: str) -> Paper:
    """Return the sheet: a box to tick beside each line."""
    say = words(language)
    columns = (Column(say("Who, and what it starts"), 8), Column(say("Right?"), 1))
    body: list[Heading | Table] = []
    for at, (title, lines) in enumerate(data.parts):
        if data.taken_on is not None and at < _ALWAYS:
            count = say.many("{n} line", "{n} lines", data.counts[at])
            body.append(Heading(title, f"{count} · {say(TAKEN)}"))
        elif lines or at < _ALWAYS:
            count = say.many("{n} line", "{n} lines", len(lines)) if lines else ""
            rows = [(line, "□") for line in lines]
            body += (Heading(title, count), Table(columns, rows, 8, empty=say("None")))
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
                    Entry(say("List of"), day(say, data.as_of)),
                    Entry(say("People listed"), f"{data.people:,}"),
                    *_end(say, data),
                )
            ),
            *body,
        ),
        basis=say(BASIS),
        subtitle=data.ref,
        approvals=boxes(say, data.approvals),
    )
