"""동의서 (D3): every box of a collection point, each ticked by itself; and one wording as proof."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from privdesk.core.categories import Part, Separate
from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import (
    Align,
    Block,
    Box,
    Entry,
    Form,
    Heading,
    Mark,
    Paper,
    Points,
    Text,
)
from privdesk.documents.paper import Together as Kept
from privdesk.documents.papers.common import dashed

BASIS = N_("Personal Information Protection Act art. 15, 17 and 22; Enforcement Decree art. 17")
_ASKS = {
    Separate.USE: N_("Consent to collection and use"),
    Separate.PROVISION: N_("Consent to provision to a third party"),
    Separate.OTHER_PURPOSE: N_("Consent to use for another purpose"),
    Separate.SENSITIVE: N_("Consent to processing of sensitive information"),
    Separate.UNIQUE_ID: N_("Consent to processing of unique identifiers"),
    Separate.MARKETING: N_("Consent to marketing"),
}
_LABELS = {
    Part.RECIPIENT: N_("Recipient"),
    Part.PURPOSE: N_("Purpose"),
    Part.ITEMS: N_("Items"),
    Part.PERIOD: N_("Retention period"),
    Part.REFUSAL: N_("Right to refuse"),
}
_OF_PROVISION = {
    Part.PURPOSE: N_("Purpose of the recipient"),
    Part.ITEMS: N_("Items provided"),
    Part.PERIOD: N_("Kept by the recipient for"),
}
PAD = 3.0  # points above and below a value: a form of two consents fits one page
_HAND = 21.5  # height of what is filled in by hand
_HELD = "\u00a0"  # a space at which no line breaks
_TICK = f"□{_HELD}"


@dataclass(frozen=True)
class AskedBox:
    """One consent: what it tells by part, what of it stands out and how."""

    box: Separate
    purpose: str
    wording: str  # reference and version
    required: bool
    told: Mapping[Part, str]
    important: frozenset[Part] = frozenset()
    mark: Mark = field(default_factory=Mark)


@dataclass(frozen=True)
class ConsentForm:
    """What a form asks.

    ``exempt`` is what is processed without consent, a line each. ``age`` is how the age is
    asked: ``birth``, ``tick`` or nothing on paper. With ``guardian`` there is a part for
    the guardian of a child under ``child_age``, whose data goes after ``guardian_days``.
    """

    number: str
    issued_on: date
    company: str
    point: str
    boxes: tuple[AskedBox, ...]
    exempt: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    age: str = ""
    least_age: int = 14
    guardian: bool = False
    guardian_ways: tuple[str, ...] = ()
    child_age: int = 14
    guardian_days: int = 5


def build(data: ConsentForm, language: str) -> Paper:
    """Return the form as a paper to be filled in by hand."""
    say = words(language)
    asks = say(
        "{company} asks for your consent to what follows. Each box stands for itself: tick"
        " only what you agree to."
    )
    body: list[Block] = [Text(asks.format(company=data.company), size=9.5)]
    for number, box in enumerate(data.boxes, 1):
        body.append(Kept(tuple(_box(say, number, box))))
    body += [*_exempt(say, data), *_rights(say, data), Kept(tuple(_signed(say, data)))]
    if data.guardian:
        body.append(Kept(tuple(_guardian(say, data))))
    return Paper(
        code="d3",
        number=data.number,
        title=say("Consent to the processing of personal information"),
        language=language,
        issued_on=data.issued_on,
        body=tuple(body),
        basis=say(BASIS),
        subtitle=data.point,
    )


def parts(say: Words, box: AskedBox) -> Iterator[Entry]:
    """Yield the parts that a wording tells, in the order of the law."""
    provision = box.box is Separate.PROVISION
    for part, label in _LABELS.items():
        if part is Part.RECIPIENT and not provision:
            continue
        shown = _OF_PROVISION.get(part, label) if provision else label
        mark = box.mark if part in box.important else None
        yield Entry(say(shown), dashed(box.told.get(part, "")), wide=True, mark=mark)


def asks_for(say: Words, box: Separate) -> str:
    """Return what a box asks, as its heading."""
    return say(_ASKS[box])


def _box(say: Words, number: int, box: AskedBox) -> Iterator[Block]:
    kind = say("[Required]") if box.required else say("[Optional]")
    head = f"{number}. {kind} {asks_for(say, box.box)}"
    yield Heading(head, box.wording)
    if box.purpose != box.told.get(Part.PURPOSE):
        yield Text(box.purpose, size=9.0, muted=True)
    ticks = f"{_TICK}{say('I agree')}{_HELD * 10}{_TICK}{say('I do not agree')}"
    tick = Entry(say("Your consent"), ticks, wide=True, strong=True, room=_HAND)
    yield Form((*parts(say, box), tick), pad=PAD)
    if not box.required:
        yield Text(_free(say, box.box), size=8.5, muted=True)


def _free(say: Words, box: Separate) -> str:
    if box is Separate.MARKETING:
        return say(
            "Marketing is asked for apart. Who does not agree gets no advertising and is served"
            " all the same."
        )
    return say("This consent is optional. No service is denied to those who do not agree.")


def _exempt(say: Words, data: ConsentForm) -> Iterator[Block]:
    if data.exempt:
        yield Heading(say("Processed without consent"), say("listed apart: nothing to tick"))
        yield Points(data.exempt, size=8.5)


def _rights(say: Words, data: ConsentForm) -> Iterator[Block]:
    ways = ", ".join(data.rights)
    told = say(
        "You may ask what we hold of you, have it corrected, and withdraw any consent at any"
        " time, as easily as you gave it."
    )
    lines = [told, say("Ways: {ways}").format(ways=ways) if ways else ""]
    yield Box(tuple(filter(None, lines)), title=say("Your rights"))


def _signed(say: Words, data: ConsentForm) -> Iterator[Block]:
    yield Heading(say("Signature"))
    blank = say("(signature or seal)")
    entries = [
        Entry(say("Date"), room=_HAND),
        Entry(say("Name"), room=_HAND),
    ]
    if data.age == "birth":
        entries.append(Entry(say("Date of birth"), room=_HAND))
    elif data.age == "tick":
        old = say("I am {age} or older").format(age=data.least_age)
        entries.append(Entry(say("Age"), f"{_TICK}{old}", room=_HAND))
    entries.append(Entry(say("Signature"), blank, room=_HAND, wide=len(entries) % 2 == 0))
    yield Form(tuple(entries), pad=PAD)
    if not data.guardian:
        yield _addressee(say, data)


def _guardian(say: Words, data: ConsentForm) -> Iterator[Block]:
    under = say("for a child under {age}").format(age=data.child_age)
    yield Heading(say("Consent of the guardian"), under)
    ways = "   ".join(_TICK + way.replace(" ", _HELD) for way in data.guardian_ways)
    agree = say("As the guardian I agree to what is ticked above")
    yield Form(
        (
            Entry(say("Name"), room=_HAND),
            Entry(say("Relationship"), room=_HAND),
            Entry(say("Telephone"), room=_HAND),
            Entry(say("Signature"), say("(signature or seal)"), room=_HAND),
            Entry(say("Your consent"), f"{_TICK}{agree}", wide=True, strong=True, room=_HAND),
            Entry(say("Verified by"), ways, wide=True),
        ),
        pad=PAD,
    )
    told = say(
        "The guardian’s name and telephone only confirm this consent; refused or unconfirmed, they"
        " are destroyed within {days} days."
    )
    yield Text(told.format(days=data.guardian_days), size=8.0, muted=True)
    yield _addressee(say, data)


def _addressee(say: Words, data: ConsentForm) -> Text:
    told = say("To {company}").format(company=data.company)
    return Text(told, size=11.0, bold=True, align=Align.CENTRE)
