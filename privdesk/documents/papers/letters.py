"""What letters to people share: addressee, case, way to object, closing line and sender."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from privdesk.core.i18n import N_, Words
from privdesk.documents.paper import Block, Entry, Form, Gap, Heading, Points, Statement, Text
from privdesk.documents.papers.common import dashed
from privdesk.documents.phrases import day, full_moment

AUTHORITIES = (
    N_("Personal Information Dispute Mediation Committee: 1833-6972, www.kopico.go.kr"),
    N_("Privacy Infringement Report Centre (KISA): 118, privacy.kisa.or.kr"),
    N_("Supreme Prosecutors’ Office: 1301, www.spo.go.kr"),
    N_("National Police Agency: 182, ecrm.police.go.kr"),
)


@dataclass(frozen=True)
class Letter:
    """What every letter about a case says.

    Attributes:
        number: the number it is issued under.
        issued_on: its date.
        case: reference of the request.
        kind: what was asked for, in the letter's language.
        received: when, a moment.
        name: of the person; empty where nobody knows it.
        agent: of whoever asked for her.
        address: for the answer, may run over several lines.
        asked: what was asked, as written down.
        items: what it concerns, in words; empty for all.
        purposes: the same of the purposes.
        company: of the sender.
        corrects: of a corrected letter, the number of the wrong one and what was wrong.
        contact: who answers questions: department, name, telephone, e-mail.
    """

    number: str
    issued_on: date
    case: str
    kind: str
    received: datetime
    name: str = ""
    agent: str = ""
    address: str = ""
    asked: str = ""
    items: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    company: str = ""
    contact: str = ""
    corrects: str = ""


@dataclass(frozen=True)
class Annex:
    """Further blocks at the end of a letter, such as the data itself."""

    blocks: tuple[Block, ...] = field(default=())


def addressed(say: Words, letter: Letter) -> list[Block]:
    """Return to whom the letter goes."""
    name = letter.name or say("The person asking")
    line = say("To {name}").format(name=name)
    if letter.agent:
        line += "  " + say("(through the agent {agent})").format(agent=letter.agent)
    blocks: list[Block] = [Text(line, size=12, bold=True)]
    if letter.address:
        blocks.append(Text(letter.address, size=9.5, muted=True))
    return [*blocks, Gap(4)]


def about(say: Words, letter: Letter, *more: Entry, text: bool = True, notice: bool = True) -> Form:
    """Return what was asked, when and under which number; a ``notice`` has a day of its own."""
    entries = [
        Entry(say("Case no."), letter.case),
        Entry(say("Received"), full_moment(say, letter.received)),
        Entry(say("Request"), letter.kind, strong=True),
        Entry(say("Dated") if notice else say("Made out on"), day(say, letter.issued_on)),
    ]
    if letter.corrects:
        entries.append(Entry(say("Corrects the letter"), letter.corrects, wide=True))
    if letter.items:
        entries.append(Entry(say("Items"), ", ".join(letter.items), wide=True))
    if letter.purposes:
        entries.append(Entry(say("Purposes"), ", ".join(letter.purposes), wide=True))
    if text and letter.asked:
        entries.append(Entry(say("What was asked"), letter.asked, wide=True))
    return Form((*entries, *more))


def objecting(say: Words, way: str) -> list[Block]:
    """Return the way to object and where else to turn (PIPA 38(5))."""
    return [
        Heading(say("How to object")),
        Text(way, size=9.5),
        *turning(say),
    ]


def turning(say: Words) -> list[Block]:
    """Return the authorities that help people (clause S5.5)."""
    return [
        Text(say("You may also turn to:"), size=9.0, muted=True),
        Points(tuple(say(one) for one in AUTHORITIES), size=8.5),
    ]


def ended(say: Words, letter: Letter, sentence: str) -> list[Block]:
    """Return the closing sentence, date and sender with room for the seal, and the contact."""
    return [
        Statement(sentence, day(say, letter.issued_on), f"{letter.company}   {say('(seal)')}"),
        Text(
            say("Questions to: {contact}").format(contact=dashed(letter.contact)),
            size=8.5,
            muted=True,
        ),
    ]


def paragraphs(text: str, size: float = 10.0) -> list[Block]:
    """Return what an officer wrote, each line a paragraph."""
    lines: Iterable[str] = (line.strip() for line in text.splitlines())
    return [Text(line, size=size) for line in lines if line]
