"""The page of figures on paper: every figure of a span beside the one before, with its charts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import N_, words
from privdesk.documents.paper import Block, Heading, Meter, Meters, Paper, Text
from privdesk.documents.papers.common import ApprovalLine, boxes

CODE = "figures"
TITLE = N_("Figures of {span}")
BASIS = N_("Personal Information Protection Act Art. 31(4)3; policy S5.1")


@dataclass(frozen=True)
class FiguresPage:
    """What the page shows: ``span`` and ``before`` as they are called, matters with their lines."""

    number: str
    issued_on: date
    span: str
    before: str
    headline: str
    standing: str
    matters: tuple[tuple[str, tuple[Meter, ...]], ...]
    drafter: str = ""


def page(data: FiguresPage, language: str) -> Paper:
    """Return the page of figures, matter by matter."""
    say = words(language)
    heads = (data.span, data.before, say("Up or down"))
    body: list[Block] = [Text(data.headline, 10.5, bold=True), Text(data.standing, muted=True)]
    for title, rows in data.matters:
        body += [Heading(title), Meters(rows, heads)]
    return Paper(
        code=CODE,
        number=data.number,
        title=say(TITLE).format(span=data.span),
        language=language,
        issued_on=data.issued_on,
        body=tuple(body),
        basis=say(BASIS),
        approvals=boxes(say, ApprovalLine(drafter=data.drafter, drafted_on=data.issued_on)),
    )
