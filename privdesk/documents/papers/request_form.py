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
from privdesk.documents.phrases import day, full_moment

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


_ACCESS, _CORRECTION = ("access", "copy"), ("correction", "deletion")
_SUSPENSION = ("suspension", "withdrawal")
_MARKS = {
    "access": N_("access"),
    "copy": N_("copy"),
    "correction": N_("correction"),
    "deletion": N_("deletion"),
    "suspension": N_("suspension"),
    "withdrawal": N_("withdrawal of consent"),
}


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


def _room(data: RequestForm, height: float = 20) -> float:
    return 0.0 if data.filled else height


def _who(say: Words, data: RequestForm) -> list[Block]:
    room = _room(data)
    return [
        Form(
            (
                Entry(say("Receipt no."), data.case, room=room),
                Entry(say("Received"), full_moment(say, data.received), room=room),
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
    item, scope = ", ".join(data.items), ", ".join(data.purposes)
    access = [f"{_box(data, key)} {say(text)}" for key, text in ACCESS]
    lines = [access[0], "   ".join(access[1:3]), "   ".join(access[3:])]
    rows: tuple[tuple[str, tuple[str, ...], list[str], str], ...] = (
        (say("Access to data"), _ACCESS, lines, _written(data, *_ACCESS)),
        (
            say("Correction, deletion"),
            _CORRECTION,
            [],
            _written(data, *_CORRECTION, before=item) or say("Item and reason:"),
        ),
        (
            say("Suspension, withdrawal"),
            _SUSPENSION,
            [],
            _written(data, *_SUSPENSION, before=scope) or say("Scope and reason:"),
        ),
    )
    entries = []
    for label, keys, more, text in rows:
        marks = "   ".join(f"{_box(data, key)} {say(_MARKS[key])}" for key in keys)
        value = "\n".join(filter(None, (marks, *more, text)))
        entries.append(Entry(label, value, wide=True, room=_room(data, 58)))
    return [Heading(say("3. What is asked"), say("tick what applies")), Form(tuple(entries))]


def _written(data: RequestForm, *keys: str, before: str = "") -> str:
    """Return what was asked, beside the boxes it belongs to."""
    if not data.ticked & set(keys):
        return ""
    return "\n".join(filter(None, (before, data.asked)))


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
                Text(sentence, size=9.5),
                Text(on, size=9.5, align=Align.CENTRE),
                Text(signer.format(name=data.agent or data.name or " " * 24), size=9.5,
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
