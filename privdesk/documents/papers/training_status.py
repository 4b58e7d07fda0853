"""Completion of training by department as charts and a table, and who lapses next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from privdesk.core import boardwords
from privdesk.core.i18n import Words, words
from privdesk.documents.paper import Align, Bars, Block, Column, Entry, Form, Heading, Paper, Table
from privdesk.documents.papers.common import ApprovalLine, boxes, dashed
from privdesk.documents.papers.training_certificate import BASIS
from privdesk.documents.phrases import short_day


@dataclass(frozen=True)
class Lapsing:
    """Somebody whose training is over or ends soon; days are None where there was none."""

    name: str
    staff_no: str
    department: str
    security: date | None
    duty: date | None
    until: date | None
    over: bool


@dataclass(frozen=True)
class TrainingStatus:
    """How the office stands: ``departments`` with how many must be trained and how many are."""

    number: str
    issued_on: date
    departments: tuple[tuple[str, int, int], ...]
    lapsing: tuple[Lapsing, ...]
    within: int  # days
    drafter: str = ""


BARS = 12  # departments of one chart
SMALL = 0.04  # of the largest department: less is no bar that can be seen


def status(data: TrainingStatus, language: str) -> Paper:
    """Return completion by department as charts and a table, and who lapses next."""
    say = words(language)
    needed = sum(n for _name, n, _done in data.departments)
    done = sum(d for _name, _n, d in data.departments)
    people = say.many("{n} person", "{n} people", needed)
    body: list[Block] = [
        Form(
            (
                Entry(say("To be trained"), people),
                Entry(
                    say("Trained in both topics within 12 months"),
                    f"{say.many('{n} person', '{n} people', done)} ({_share(say, done, needed)})",
                    strong=True,
                ),
            )
        ),
        Heading(say("Completion by department")),
    ]
    drawn = charted(say, data.departments)
    for start in range(0, len(drawn), BARS):
        part = drawn[start : start + BARS]
        labels = tuple(name or say("None") for name, _n, _d in part)
        series = (
            (say("Trained"), tuple(float(d) for _name, _n, d in part)),
            (say("Not trained"), tuple(float(n - d) for _name, n, d in part)),
        )
        body.append(Bars(labels, series))
    body += [_departments(say, data), *_lapses(say, data)]
    return Paper(
        code="training-status",
        number=data.number,
        title=say("Completion of training by department"),
        language=language,
        issued_on=data.issued_on,
        body=tuple(body),
        basis=say(BASIS),
        approvals=boxes(say, ApprovalLine(drafter=data.drafter, drafted_on=data.issued_on)),
    )


def charted(say: Words, departments: Sequence[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Return the departments of the chart: those too small to be seen beside the largest as one.

    The table names every one of them.
    """
    least = max((n for _name, n, _d in departments), default=0) * SMALL
    small = [one for one in departments if one[1] < least]
    if len(small) < 2:
        return list(departments)
    others = say("Others ({n})").format(n=len(small))
    rest = (others, sum(n for _name, n, _d in small), sum(d for _name, _n, d in small))
    return [*(one for one in departments if one[1] >= least), rest]


def _departments(say: Words, data: TrainingStatus) -> Table:
    columns = (
        Column(say("Dept."), 3.0),
        Column(say("To be trained"), 1.0, Align.RIGHT),
        Column(say("Trained"), 1.0, Align.RIGHT),
        Column(say("Not trained"), 1.0, Align.RIGHT),
        Column(say("Share"), 0.8, Align.RIGHT),
    )
    rows = [
        (name or say("None"), f"{n:,}", f"{d:,}", f"{n - d:,}", _share(say, d, n))
        for name, n, d in data.departments
    ]
    needed = sum(n for _name, n, _done in data.departments)
    done = sum(d for _name, _n, d in data.departments)
    numbers = (f"{needed:,}", f"{done:,}", f"{needed - done:,}", _share(say, done, needed))
    return Table(columns, rows, empty=say("Nobody"), total=(say("Total"), *numbers))


def _lapses(say: Words, data: TrainingStatus) -> list[Block]:
    note = say("over, or within {n} days").format(n=data.within)
    columns = (
        Column(say("No."), 0.5, Align.RIGHT),
        Column(say("Dept."), 1.7),
        Column(say("Staff number"), 1.0),
        Column(say("Name"), 1.2),
        Column(say("Security technology"), 1.15),
        Column(say("Duty to protect personal data"), 1.25),
        Column(say("Train by"), 1.0),
        Column(say("State"), 0.8),
    )
    rows = [
        (
            str(number),
            one.department,
            one.staff_no,
            one.name,
            short_day(one.security) or say("never"),
            short_day(one.duty) or say("never"),
            dashed(short_day(one.until)),
            say("over") if one.over else say("soon"),
        )
        for number, one in enumerate(data.lapsing, 1)
    ]
    return [
        Heading(say("Whose training lapses next"), note),
        Table(columns, rows, empty=say("Nobody")),
    ]


def _share(say: Words, part: int, whole: int) -> str:
    return boardwords.share(part, whole, say) if whole else boardwords.NOTHING
