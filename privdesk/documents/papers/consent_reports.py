"""Consents by purpose and month with their chart; and who must be asked again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import (
    Align,
    Bars,
    Block,
    Column,
    Heading,
    Paper,
    Table,
    Text,
)  # fmt: skip
from privdesk.documents.phrases import day

BASIS = N_("Personal Information Protection Act art. 15, 22 and 37")
ASKING_BASIS = N_("Personal Information Protection Act art. 15(2); Network Act art. 50(8)")


@dataclass(frozen=True)
class PurposeLine:
    """The answers to one purpose in the months of the report, and how many stand today."""

    purpose: str
    given: int
    refused: int
    withdrawn: int
    confirmed: int
    standing: int


@dataclass(frozen=True)
class ConsentReport:
    """Answers by purpose and month. ``months`` are labels, ``given`` counts for each of them."""

    number: str
    issued_on: date
    since: date
    months: tuple[str, ...]
    series: tuple[tuple[str, tuple[int, ...]], ...]
    lines: tuple[PurposeLine, ...]
    per_month: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True)
class AskLine:
    """One consent that must be asked for again, by reference; no name."""

    person: str
    consent: str
    agreed: str
    confirmed: str
    by: str


@dataclass(frozen=True)
class AskGroup:
    """Everybody who must be asked about one purpose for one reason."""

    purpose: str
    why: str
    lines: Iterable[AskLine]
    count: int


@dataclass(frozen=True)
class AskAgain:
    """Who must be asked again."""

    number: str
    issued_on: date
    groups: tuple[AskGroup, ...]


def by_month(data: ConsentReport, language: str) -> Paper:
    """Return the report of consents as a paper."""
    say = words(language)
    span = f"{day(say, data.since)} – {day(say, data.issued_on)}"
    body: list[Block] = [
        Bars(data.months, data.series, title=say("Answers by month")),
        Heading(say("By purpose"), span),
        _by_purpose(say, data),
        Heading(say("Consents given, by month")),
        _per_month(say, data),
    ]
    return Paper(
        code="consents-by-month",
        number=data.number,
        title=say("Consents by purpose and month"),
        language=language,
        issued_on=data.issued_on,
        body=tuple(body),
        basis=say(BASIS),
        subtitle=span,
        landscape=True,
    )


def _by_purpose(say: Words, data: ConsentReport) -> Table:
    labels = (say("Given"), say("Refused"), say("Withdrawn"), say("Confirmed again"))
    columns = (
        Column(say("Purpose"), 3),
        *(Column(label, 1, Align.RIGHT) for label in labels),
        Column(say("In force today"), 1.1, Align.RIGHT),
    )
    rows = [
        (one.purpose, *(f"{n:,}" for n in (one.given, one.refused, one.withdrawn, one.confirmed)),
         f"{one.standing:,}")
        for one in data.lines
    ]  # fmt: skip
    return Table(columns, rows, empty=say("Nothing has been answered yet."))


def _per_month(say: Words, data: ConsentReport) -> Table:
    columns = (
        Column(say("Purpose"), 3),
        *(Column(month, 0.8, Align.RIGHT) for month in data.months),
    )
    rows = [(name, *(f"{n:,}" if n else "–" for n in counts)) for name, counts in data.per_month]
    return Table(columns, rows, size=8.0, empty=say("Nothing has been answered yet."))


def ask_again(data: AskAgain, language: str) -> Paper:
    """Return the list of those who must be asked again as a paper."""
    say = words(language)
    total = sum(group.count for group in data.groups)
    body: list[Block] = []
    if not data.groups:
        body.append(Text(say("Nobody has to be asked again today."), size=10))
    for group in data.groups:
        count = say.many("{n} consent", "{n} consents", group.count)
        body += [Heading(group.purpose, f"{group.why} · {count}"), _asked(say, group)]
    return Paper(
        code="ask-again",
        number=data.number,
        title=say("Who must be asked again"),
        language=language,
        issued_on=data.issued_on,
        body=tuple(body),
        basis=say(ASKING_BASIS),
        subtitle=say.many("{n} consent", "{n} consents", total),
    )


def _asked(say: Words, group: AskGroup) -> Table:
    columns = (
        Column(say("Data subject"), 1.4),
        Column(say("Consent"), 1.4),
        Column(say("Agreed on"), 1.3),
        Column(say("Last confirmed"), 1.3),
        Column(say("Ask by"), 1.3),
    )
    rows = ((one.person, one.consent, one.agreed, one.confirmed, one.by) for one in group.lines)
    return Table(columns, rows)
