"""D4 요구서: what a person asks for, to be filled in by hand or filled from a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import (
    Align,
    Block,
    Entry,
    Form,
    Heading,
    Paper,
    Points,
    Text,
    Together,
)  # fmt: skip
from privdesk.documents.phrases import day, moment

BASIS = N_(
    "Personal Information Protection Act art. 35 to 38; Enforcement Decree art. 41, 43, 44, 45"
)
EMPTY, TICKED = "□", "■"
ACCESS = (
    ("items", N_("Items and content of the personal information")),
    ("purpose", N_("Purpose of collection and use")),
    ("period", N_("Period of keeping and use")),
    ("provision", N_("Provision to third parties")),
    ("consent", N_("The consent given, and what was agreed to")),
)
"""The boxes of an access request (Decree 41(1))."""


@dataclass(frozen=True)
class RequestForm:
    """What the form says; everything may be empty, for a hand to fill in.

    ``ticked`` holds the kind of the request and keys of ``ACCESS``.
    """

    number: str
    issued_on: date
    company: str
    days: int
    case: str = ""
    received: datetime | None = None
    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    agent: str = ""
    agent_phone: str = ""
    agent_tie: str = ""
    ticked: frozenset[str] = frozenset()
    asked: str = ""
    items: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    filled: bool = False


def build(data: RequestForm, language: str) -> Paper:
    """Return the form as a paper."""
    say = words(language)
    return Paper(
        code="d4" if data.filled else "d4-blank",
        number=data.number,
        title=say("Request concerning personal information"),
        language=language,
        issued_on=data.issued_on,
        body=(*_who(say, data), *_what(say, data), *_signed(say, data)),
        basis=say(BASIS),
        subtitle=say("Access · correction and deletion · suspension of processing · withdrawal"),
    )


def _room(data: RequestForm, height: float = 22) -> float:
    return 0.0 if data.filled else height


def _who(say: Words, data: RequestForm) -> list[Block]:
    room = _room(data)
    return [
        Form(
            (
                Entry(say("Receipt no."), data.case, room=room),
                Entry(say("Received"), moment(data.received), room=room),
                Entry(
                    say("Term"),
                    say("within {days} days").format(days=data.days),
                    wide=True,
                ),
            )
        ),
        Heading(say("1. The person concerned")),
        Form(
            (
                Entry(say("Name"), data.name, room=room),
                Entry(say("Date of birth"), "", room=room),
                Entry(say("Telephone"), data.phone, room=room),
                Entry(say("E-mail"), data.email, room=room),
                Entry(say("Address"), data.address, wide=True, room=room),
            )
        ),
        Heading(say("2. The agent"), say("only where an agent asks; attach the mandate")),
        Form(
            (
                Entry(say("Name"), data.agent, room=room),
                Entry(say("Date of birth"), "", room=room),
                Entry(say("Telephone"), data.agent_phone, room=room),
                Entry(say("Relationship"), data.agent_tie, room=room),
            )
        ),
    ]


def _box(data: RequestForm, *keys: str) -> str:
    return TICKED if data.ticked & set(keys) else EMPTY


def _what(say: Words, data: RequestForm) -> list[Block]:
    room = _room(data, 44)
    wanted = {"access", "copy"}
    access = "\n".join(f"{_box(data, key)} {say(text)}" for key, text in ACCESS)
    item = ", ".join(data.items)
    texts = dict.fromkeys(("access", "correction", "suspension"), "")
    if wanted & data.ticked:
        texts["access"] = data.asked
    elif {"correction", "deletion"} & data.ticked:
        texts["correction"] = "\n".join(filter(None, (item, data.asked)))
    elif {"suspension", "withdrawal"} & data.ticked:
        scope = ", ".join(data.purposes)
        texts["suspension"] = "\n".join(filter(None, (scope, data.asked)))
    correction = "   ".join(
        f"{_box(data, key)} {say(text)}"
        for key, text in (("correction", N_("correction")), ("deletion", N_("deletion")))
    )
    suspension = "   ".join(
        f"{_box(data, key)} {say(text)}"
        for key, text in (
            ("suspension", N_("suspension")),
            ("withdrawal", N_("withdrawal of consent")),
        )
    )
    copy = f"{_box(data, 'access')} {say('access')}   {_box(data, 'copy')} {say('copy')}"
    return [
        Heading(say("3. What is asked"), say("tick what applies")),
        Form(
            (
                Entry(say("Access"), f"{copy}\n{access}", wide=True),
                Entry(say("Details"), texts["access"], wide=True, room=_room(data, 30)),
                Entry(say("Correction, deletion"), correction, wide=True),
                Entry(say("Item and reason"), texts["correction"], wide=True, room=room),
                Entry(say("Suspension, withdrawal"), suspension, wide=True),
                Entry(say("Scope and reason"), texts["suspension"], wide=True, room=room),
            )
        ),
    ]


def _signed(say: Words, data: RequestForm) -> list[Block]:
    sentence = say(
        "I make the request above under articles 35 to 38 of the Personal Information Protection"
        " Act."
    )
    on = day(say, data.issued_on) if data.filled else say("Date:            ")
    signer = say("Requested by: {name}   (signature or seal)")
    return [
        Together(
            (
                Text(sentence, size=10),
                Text(on, size=10, align=Align.CENTRE),
                Text(signer.format(name=data.agent or data.name or " " * 24), size=10,
                     align=Align.RIGHT),
                Text(say("To {name}").format(name=data.company), size=11, bold=True),
            )
        ),
        Points(
            (
                say("Your identity is checked before anything is done (Decree art. 46)."),
                say("An agent attaches the mandate and shows an identity card."),
                say("A fee, where one is asked for, is no more than the actual cost (Decree 47)."),
            ),
            size=8.0,
        ),
    ]  # fmt: skip
