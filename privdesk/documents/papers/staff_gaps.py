"""Who of the staff has not signed the pledge or is not trained, by department."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import Align, Block, Column, Heading, Paper, Table, Text
from privdesk.documents.papers.common import NO_APPROVALS, ApprovalLine, boxes, dashed
from privdesk.documents.phrases import day, short_day

BASIS = N_("Personal Information Protection Act art. 28")
NEVER = N_("never")
NOT_TRAINED, TRAINED, NOT_YET = N_("not trained"), N_("trained"), N_("not yet, in the term")


@dataclass(frozen=True)
class GapLine:
    """Somebody who works here and lacks pledge or training; days are None where there is none.

    ``trained`` is the older of the newest days of both topics, ``until`` when that is over.
    """

    name: str
    staff_no: str
    position: str
    joined: date | None
    unsworn: bool
    untrained: bool
    trained: date | None
    until: date | None


@dataclass(frozen=True)
class GapsPaper:
    """The departments with their people, as they stand on the day of issue.

    ``needed`` is how many of the office must have signed and be trained.
    """

    number: str
    issued_on: date
    departments: Sequence[tuple[str, Sequence[GapLine]]]
    needed: int
    approvals: ApprovalLine = NO_APPROVALS


def gaps(data: GapsPaper, language: str) -> Paper:
    """Return the list: a part for each department, who lacks what, since when."""
    say = words(language)
    everybody = [one for _name, lines in data.departments for one in lines]
    told = say(
        "As of {day}, of {needed} people who handle personal data: pledge not signed {unsworn},"
        " not trained {untrained}."
    ).format(
        day=day(say, data.issued_on),
        needed=f"{data.needed:,}",
        unsworn=f"{sum(one.unsworn for one in everybody):,}",
        untrained=f"{sum(one.untrained for one in everybody):,}",
    )
    body: list[Block] = [Text(told, bold=True)]
    for name, lines in data.departments:
        count = say.many("{n} person", "{n} people", len(lines))
        body += [Heading(name or say("No department"), count), _table(say, lines)]
    if not everybody:
        body.append(Text(say("Everybody has signed and is trained.")))
    return Paper(
        code="staff-gaps",
        number=data.number,
        title=say("Who has not signed the pledge or is not trained"),
        language=language,
        issued_on=data.issued_on,
        body=tuple(body),
        basis=say(BASIS),
        approvals=boxes(say, data.approvals),
    )


def _training(line: GapLine) -> str:
    """Return how somebody's training stands: whoever never was, but still may wait, is not yet."""
    if line.untrained:
        return NOT_TRAINED
    return TRAINED if line.trained else NOT_YET


def _table(say: Words, lines: Sequence[GapLine]) -> Table:
    columns = (
        Column(say("No."), 0.4, Align.RIGHT),
        Column(say("Name"), 1.2),
        Column(say("Staff number"), 0.9),
        Column(say("Position"), 0.9),
        Column(say("Joined on"), 0.9),
        Column(say("Pledge"), 0.9),
        Column(say("Training"), 0.9),
        Column(say("Last trained on"), 0.9),
        Column(say("Train by"), 0.9),
    )
    rows = [
        (
            str(at),
            one.name,
            dashed(one.staff_no),
            dashed(one.position),
            dashed(short_day(one.joined)),
            say("not signed") if one.unsworn else say("signed"),
            say(_training(one)),
            short_day(one.trained) if one.trained else say(NEVER),
            "–" if _training(one) == TRAINED else dashed(short_day(one.until)),
        )
        for at, one in enumerate(lines, 1)
    ]
    return Table(columns, rows, size=8)
