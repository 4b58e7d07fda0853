"""보안서약서 (D11) and that of a leaver (D12): the office's text, who signs, and the signatures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import (
    Align,
    Block,
    Column,
    Entry,
    Form,
    Heading,
    Paper,
    Signature,
    Signatures,
    Table,
    Text,
    Together,
)
from privdesk.documents.papers.office_text import blocks
from privdesk.documents.phrases import day, fingerprint, short_day

BASIS = N_("Personal Information Protection Act art. 28, 59 and 71; privacy policy")
_HAND = 27.0  # height of what is filled in by hand
_ROOM = 40.0  # height of a signature
DEPARTMENTS = (
    (N_("Human resources"), N_("Pass, keys and documents returned")),
    (N_("IT"), N_("Devices and media returned, accounts closed")),
    (N_("Privacy office"), N_("Access rights revoked, no copies kept")),
)
"""Who checks off a leaver, and what."""


@dataclass(frozen=True)
class PledgeSheet:
    """A sheet to be signed, or one that was signed on the screen.

    ``day`` is that of joining, or the last day of a leaver. ``how`` says how it was signed,
    empty for a hand; ``strokes`` is what was written. ``source`` names the text's version.
    """

    code: str
    number: str
    issued_on: date
    company: str
    ref: str
    heading: str
    text: str
    source: str
    digest: str
    tag: str
    leaving: bool = False
    name: str = ""
    staff_no: str = ""
    department: str = ""
    position: str = ""
    organisation: str = ""
    day: date | None = None
    head: str = ""
    returned: str = ""
    signed_on: date | None = None
    how: str = ""
    strokes: tuple[tuple[tuple[float, float], ...], ...] = ()


def build(data: PledgeSheet, language: str) -> Paper:
    """Return the sheet as a paper; its code stands at the head of each page."""
    say = words(language)
    body: list[Block] = [_person(say, data), *blocks(data.text, 9.5)]
    if data.leaving:
        body += _checked(say, data)
    body.append(Together(tuple(_signed(say, data))))
    return Paper(
        code=data.code,
        number=data.number,
        title=data.heading,
        language=language,
        issued_on=data.issued_on,
        body=tuple(body),
        basis=say(BASIS),
        tag=data.tag,
        tag_caption=data.ref,
    )


def _person(say: Words, data: PledgeSheet) -> Form:
    numbered = (
        Entry(say("Staff number"), data.staff_no)
        if data.staff_no or not data.organisation
        else Entry(say("Date of birth"), room=_HAND)
    )
    label = say("Last day of work") if data.leaving else say("Joined on")
    entries = [Entry(say("Name"), data.name, strong=True, room=0 if data.name else _HAND), numbered]
    if data.organisation:
        entries.append(Entry(say("Company"), data.organisation, wide=True))
    entries += [Entry(say("Dept."), data.department), Entry(say("Position"), data.position)]
    if data.day is not None:
        entries.append(Entry(label, day(say, data.day), wide=True))
    return Form(tuple(entries))


def _checked(say: Words, data: PledgeSheet) -> Iterator[Block]:
    """Yield what was returned, and who checks it off."""
    yield Form((Entry(say("Returned"), data.returned, wide=True, room=0 if data.returned else 44),))
    yield Heading(say("Checked off"), say("each department signs for its own"))
    columns = (
        Column(say("Dept."), 1.3),
        Column(say("What is checked"), 3.0),
        Column(say("Date"), 1.0),
        Column(say("Name and signature"), 1.7),
    )
    rows = [(say(who), say(what), "", "") for who, what in DEPARTMENTS]
    yield Table(columns, rows, room=26.0)


def _signed(say: Words, data: PledgeSheet) -> Iterator[Block]:
    lines = (
        Signature(
            say("Pledger"), data.name, data.how, short_day(data.signed_on), strokes=data.strokes
        ),
        Signature(say("Department head"), data.head),
    )
    labels = (say("Role"), say("Name"), say("Signature"), say("Date"))
    yield Signatures(lines, labels, say("(signature or seal)"), room=_ROOM)
    yield Text(
        say("To {company}").format(company=data.company), size=11.0, bold=True, align=Align.CENTRE
    )
    source = say("Text: {source} · SHA-256 {digest} …")
    yield Text(
        source.format(source=data.source, digest=fingerprint(data.digest, 4)), size=7.5, muted=True
    )


@dataclass(frozen=True)
class Unsigned:
    """Somebody who has not signed; ``day`` is that by which it was due, ``late`` days since."""

    name: str
    staff_no: str
    department: str
    position: str
    day: date | None
    late: int = 0
    sheet: str = ""


@dataclass(frozen=True)
class UnsignedList:
    """Who has not signed, by what is missing."""

    number: str
    issued_on: date
    here: tuple[Unsigned, ...]
    coming: tuple[Unsigned, ...]
    yearly: tuple[Unsigned, ...]
    gone: tuple[Unsigned, ...]
    outside: tuple[Unsigned, ...]
    needed: int
    signed: int
    drafter: str = ""


def listed(data: UnsignedList, language: str) -> Paper:
    """Return the list of who has not signed, with the approval line."""
    from privdesk.documents.papers.common import ApprovalLine, boxes

    say = words(language)
    body: list[Block] = [
        Form(
            (
                Entry(say("Must have signed"), say.many("{n} person", "{n} people", data.needed)),
                Entry(
                    say("Have signed"),
                    say.many("{n} person", "{n} people", data.signed),
                    strong=True,
                ),
            )
        )
    ]
    parts = (
        (say("Handle personal data without a pledge"), data.here, say("Joined on")),
        (say("Join soon and have not signed yet"), data.coming, say("Joins on")),
        (say("Yearly pledge is due"), data.yearly, say("Due since")),
        (say("Left without the leaver’s pledge"), data.gone, say("Last day")),
        (say("Outside staff without a pledge"), data.outside, say("Sign by")),
    )
    for title, people, label in parts:
        if people or title == parts[0][0]:
            told = say.many("{n} person", "{n} people", len(people))
            body += [Heading(title, told), _table(say, people, label)]
    return Paper(
        code="unsigned",
        number=data.number,
        title=say("Who has not signed the pledge"),
        language=language,
        issued_on=data.issued_on,
        body=tuple(body),
        basis=say(BASIS),
        approvals=boxes(say, ApprovalLine(drafter=data.drafter, drafted_on=data.issued_on)),
    )


def _table(say: Words, people: tuple[Unsigned, ...], label: str) -> Table:
    columns = (
        Column(say("No."), 0.5, Align.RIGHT),
        Column(say("Name"), 1.3),
        Column(say("Staff number"), 1.0),
        Column(say("Dept."), 2.5),
        Column(say("Position"), 1.1),
        Column(label, 1.0),
        Column(say("Days late"), 0.7, Align.RIGHT),
        Column(say("Reference"), 1.1),
    )
    rows = [
        (
            str(number),
            one.name,
            one.staff_no,
            one.department,
            one.position,
            short_day(one.day),
            str(one.late) if one.late else "",
            one.sheet,
        )
        for number, one in enumerate(people, 1)
    ]
    return Table(columns, rows, empty=say("Nobody"))
