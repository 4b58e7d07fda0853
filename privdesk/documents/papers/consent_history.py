"""동의 이력 보고서: every answer of one person in order, with wording and who entered it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import Block, Column, Entry, Form, Heading, Paper, Table
from privdesk.documents.papers.common import dashed
from privdesk.documents.phrases import day

BASIS = N_("Personal Information Protection Act art. 15, 22, 35 and 37")


@dataclass(frozen=True)
class HistoryLine:
    """One answer; texts in the paper's language. ``actor`` is who entered it at the desk."""

    ref: str
    at: str
    purpose: str
    answer: str
    channel: str
    wording: str
    giver: str
    actor: str
    evidence: str = ""


@dataclass(frozen=True)
class Standing:
    """Where the consent to one purpose stands on the day of the report."""

    purpose: str
    state: str
    since: str


@dataclass(frozen=True)
class ConsentHistory:
    """The consents of one person from the first answer to the last."""

    number: str
    issued_on: date
    person: str
    ref: str
    standing: tuple[Standing, ...]
    lines: Iterable[HistoryLine]
    destroy_by: date | None = None


def build(data: ConsentHistory, language: str) -> Paper:
    """Return the history as a paper."""
    say = words(language)
    body: list[Block] = [
        Form(
            (
                Entry(say("Data subject"), data.person, strong=True),
                Entry(say("Reference"), data.ref),
                Entry(say("As of"), day(say, data.issued_on), wide=True),
            )
        ),
        Heading(say("Where the consents stand")),
        _standing(say, data),
        Heading(say("What was answered, oldest first")),
        _lines(say, data),
    ]
    return Paper(
        code="history",
        number=data.number,
        title=say("Consent history report"),
        language=language,
        issued_on=data.issued_on,
        body=tuple(body),
        basis=say(BASIS),
        destroy_by=data.destroy_by,
        landscape=True,
    )


def _standing(say: Words, data: ConsentHistory) -> Table:
    columns = (Column(say("Purpose"), 3), Column(say("State"), 2), Column(say("Since"), 1.6))
    rows = [(one.purpose, one.state, one.since) for one in data.standing]
    return Table(columns, rows, empty=say("Nothing has been answered yet."))


def _lines(say: Words, data: ConsentHistory) -> Table:
    columns = (
        Column(say("Answered at"), 1.5),
        Column(say("No."), 0.95),
        Column(say("Purpose"), 2.2),
        Column(say("Answer"), 1.15),
        Column(say("Channel"), 1.05),
        Column(say("Wording"), 0.9),
        Column(say("Given by"), 1.9),
        Column(say("Entered by"), 1.2),
        Column(say("Evidence"), 0.8),
    )
    rows = (
        (
            one.at,
            one.ref,
            one.purpose,
            one.answer,
            dashed(one.channel),
            dashed(one.wording),
            one.giver,
            dashed(one.actor),
            dashed(one.evidence),
        )
        for one in data.lines
    )
    return Table(columns, rows, size=8.0, empty=say("Nothing has been answered yet."))
