"""철회 확인서: what was withdrawn, what was done, what a law keeps, where to object."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import (
    Block,
    Box,
    Column,
    Entry,
    Form,
    Gap,
    Heading,
    Paper,
    Points,
    Statement,
    Table,
    Text,
)  # fmt: skip
from privdesk.documents.papers.common import dashed
from privdesk.documents.phrases import day

BASIS = N_("Personal Information Protection Act art. 37(1), (3), (4) and (5)")


@dataclass(frozen=True)
class Ended:
    """One consent that was withdrawn: its own number and since when it had stood; ``entry`` is
    the number under which the withdrawal was entered.
    """

    ref: str
    purpose: str
    agreed: str
    wording: str
    entry: str = ""


@dataclass(frozen=True)
class Handled:
    """What was done with the data of one purpose in one file."""

    purpose: str
    file: str
    action: str


@dataclass(frozen=True)
class Kept:
    """What stays although the consent was withdrawn, with the law and article; ``until`` is its
    last day, ``items`` what it holds.
    """

    purpose: str
    law: str
    until: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class WithdrawalConfirmation:
    """A withdrawal as it is confirmed to the person; texts in the paper's language."""

    number: str
    issued_on: date
    person: str
    ref: str
    on: str
    channel: str
    by: str
    ended: tuple[Ended, ...]
    handled: tuple[Handled, ...]
    exceptions: tuple[Kept, ...]
    others: tuple[Kept, ...]
    items: tuple[str, ...]
    told: tuple[str, ...]
    act_by: date
    objection: tuple[str, ...]
    controller: str
    contact: str
    destroy_by: date | None = None


def build(data: WithdrawalConfirmation, language: str) -> Paper:
    """Return the confirmation as a paper."""
    say = words(language)
    body: list[Block] = [
        Text(say("To {name}").format(name=data.person), size=12, bold=True),
        Gap(4),
        Form(
            (
                Entry(say("Data subject"), data.person, strong=True),
                Entry(say("Reference"), data.ref),
                Entry(say("Withdrawn on"), data.on, strong=True),
                Entry(say("Channel"), dashed(data.channel)),
                Entry(say("Withdrawn by"), data.by, wide=True),
            )
        ),
        Heading(say("What was withdrawn")),
        _ended(say, data),
        Heading(say("What happens with the data")),
        *_handled(say, data),
        *_exceptions(say, data),
        *_others(say, data),
        *_told(say, data),
        Box(data.objection, title=say("If you do not agree")),
        Statement(
            say("We confirm that the consent named above was withdrawn and is not relied on."),
            day(say, data.issued_on),
            f"{data.controller}   {say('(seal)')}",
        ),
    ]
    return Paper(
        code="withdrawal",
        number=data.number,
        title=say("Confirmation of the withdrawal"),
        language=language,
        issued_on=data.issued_on,
        body=tuple(body),
        basis=say(BASIS),
        destroy_by=data.destroy_by,
    )


def _ended(say: Words, data: WithdrawalConfirmation) -> Table:
    columns = (
        Column(say("Consent no."), 1.3),
        Column(say("Purpose"), 2.6),
        Column(say("Agreed on"), 1.7),
        Column(say("Wording"), 0.9),
        Column(say("Withdrawal no."), 1.3),
    )
    rows = [
        (dashed(one.ref), one.purpose, dashed(one.agreed), dashed(one.wording), one.entry)
        for one in data.ended
    ]
    return Table(columns, rows)


def _handled(say: Words, data: WithdrawalConfirmation) -> list[Block]:
    if not data.handled:
        return [Text(say("Nothing was held on this consent."))]
    columns = (
        Column(say("Purpose"), 1.6),
        Column(say("Personal information file"), 1.6),
        Column(say("What is done"), 3.2),
    )
    rows = [(one.purpose, one.file, one.action) for one in data.handled]
    blocks: list[Block] = [Table(columns, rows)]
    if data.items:
        told = say("Items destroyed: {items}").format(items=", ".join(data.items))
        blocks.append(Text(told, size=9))
    return blocks


def _exceptions(say: Words, data: WithdrawalConfirmation) -> list[Block]:
    if not data.exceptions:
        return []
    columns = (
        Column(say("Purpose"), 1.6),
        Column(say("Law and article"), 3.2),
        Column(say("Kept until"), 1.6),
    )
    rows = [(one.purpose, one.law, dashed(one.until)) for one in data.exceptions]
    note = say("kept apart from other data, and used for nothing else")
    return [Heading(say("What is kept"), note), Table(columns, rows)]


def _others(say: Words, data: WithdrawalConfirmation) -> list[Block]:
    """Return what does not stand on the consent and therefore stays, with its own ground."""
    if not data.others:
        return []
    columns = (
        Column(say("Purpose"), 2.0),
        Column(say("Legal ground"), 2.2),
        Column(say("Items"), 2.2),
    )
    rows = [(one.purpose, one.law, ", ".join(one.items)) for one in data.others]
    note = say("it does not stand on the consent that was withdrawn")
    return [Heading(say("What stays on another ground"), note), Table(columns, rows)]


def _told(say: Words, data: WithdrawalConfirmation) -> list[Block]:
    if not data.told:
        return []
    return [Heading(say("Who is told")), Points(data.told)]
