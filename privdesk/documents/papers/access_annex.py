"""열람 내역: everything that is held of one person, as an annex to the result notice (D5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import (
    Block,
    Box,
    Column,
    Entry,
    Form,
    Heading,
    Paper,
    Table,
    Text,
)
from privdesk.documents.papers.common import dashed
from privdesk.documents.phrases import day

BASIS = N_("Personal Information Protection Act art. 20 and 35; Enforcement Decree art. 41")
_BETWEEN = "\n"


@dataclass(frozen=True)
class Held:
    """An item in the clear, what it is needed for, and where it stands; ``key`` names its field."""

    item: str
    value: str
    purposes: tuple[str, ...]
    places: tuple[str, ...]
    key: str = ""


@dataclass(frozen=True)
class Use:
    """Why something is held, how long, and where; ``kept_under`` is the law that keeps it."""

    purpose: str
    basis: str
    items: tuple[str, ...]
    file: str
    places: tuple[str, ...]
    collected_on: date | None
    retention: str
    due_on: date | None
    kept_under: str = ""
    kept_until: date | None = None


@dataclass(frozen=True)
class Given:
    """A consent, or an answer to one."""

    on: date | None
    purpose: str
    answer: str
    channel: str
    wording: str


@dataclass(frozen=True)
class Provided:
    """What a third party received."""

    on: date | None
    recipient: str
    purpose: str
    ground: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Came:
    """Where the data of a purpose came from, and when."""

    purpose: str
    origin: str
    on: date | None


REPLIES: Mapping[str, str] = {
    "done": N_("told what it holds"),
    "nothing": N_("holds nothing of you"),
    "partly": N_("told part of what it holds"),
    "refused": N_("did not tell what it holds"),
    "lost": N_("its copy was declared lost"),
}
"""What a place replied to the order to tell what it holds."""


@dataclass(frozen=True)
class Replied:
    """What a place replied; ``on`` is None while it has not, ``file`` what came back with it.

    ``code`` is a key of ``REPLIES``. Order, what was asked, its state and the day asked for
    stand in the data for machines only.
    """

    place: str
    on: date | None
    code: str
    holds: str
    file: str = ""
    order: str = ""
    asked: str = ""
    state: str = ""
    by: date | None = None


@dataclass(frozen=True)
class AccessAnnex:
    """The whole annex."""

    number: str
    issued_on: date
    request: str
    received_on: date | None
    person: str
    name: str
    values: tuple[Held, ...]
    uses: tuple[Use, ...]
    given: tuple[Given, ...]
    provided: tuple[Provided, ...]
    sources: tuple[Came, ...]
    replies: tuple[Replied, ...]
    company: str = ""
    asked: tuple[str, ...] = ()


def build(data: AccessAnnex, language: str) -> Paper:
    """Return the annex as a paper, in the language of the person."""
    say = words(language)
    body: list[Block] = [
        Text(_opening(say, data)),
        _head(say, data),
        *_waiting(say, data),
        Heading(say("1. Your data")),
        _values(say, data),
        Heading(say("2. What it is used for, and how long")),
        _uses(say, data),
        Heading(say("3. Provided to third parties")),
        *_provided(say, data),
        Heading(say("4. Your consents")),
        _given(say, data),
        Heading(say("5. Where the data comes from")),
        origins(say, data.sources),
    ]
    if data.replies:
        body += [Heading(say("6. What other places hold")), _replies(say, data)]
    return Paper(
        code="annex",
        number=data.number,
        title=say("Personal information held"),
        subtitle=say("Annex to the notice on request {request}").format(request=data.request),
        language=language,
        issued_on=data.issued_on,
        body=tuple(body),
        basis=say(BASIS),
    )


def _opening(say: Words, data: AccessAnnex) -> str:
    """Return what the paper tells: everything, or the items that the request names."""
    if not data.asked:
        return say("This is what we hold of you on the day of this paper, and what we do with it.")
    message = say(
        "This tells only of the items that your request names: {items}. Whatever else we hold of"
        " you is not told here; ask for access without naming items."
    )
    return message.format(items=", ".join(data.asked))


def origins(say: Words, sources: Sequence[Came]) -> Table:
    """Return where data came from as a table (PIPA 20(1))."""
    columns = (
        Column(say("Purpose"), 2.6),
        Column(say("Where it comes from"), 3.2),
        Column(say("Collected on"), 1.6),
    )
    rows = [(one.purpose, one.origin, dashed(day(say, one.on))) for one in sources]
    return Table(columns, rows, empty=say("Nothing is held of you."))


def _head(say: Words, data: AccessAnnex) -> Form:
    return Form(
        (
            Entry(say("Name"), dashed(data.name), strong=True),
            Entry(say("Our number"), data.person),
            Entry(say("Case no."), data.request),
            Entry(say("Received"), dashed(day(say, data.received_on))),
        )
    )


def _waiting(say: Words, data: AccessAnnex) -> list[Block]:
    """Return what the reader has to know first: some places have not replied yet."""
    places = [one.place for one in data.replies if one.on is None]
    if not places:
        return []
    message = say("These places have not replied yet; what they hold will follow: {places}")
    return [Box((message.format(places=", ".join(places)),), strong=True)]


def _values(say: Words, data: AccessAnnex) -> Table:
    columns = (
        Column(say("Item"), 1.2),
        Column(say("Value"), 2.6),
        Column(say("Used for"), 2.4),
        Column(say("Kept at"), 1.7),
    )
    rows = [
        (v.item, v.value, _BETWEEN.join(v.purposes), _BETWEEN.join(v.places)) for v in data.values
    ]
    return Table(columns, rows, empty=say("Nothing is held of you."))


def _uses(say: Words, data: AccessAnnex) -> Table:
    columns = (
        Column(say("Purpose and ground"), 2.0),
        Column(say("Items"), 1.5),
        Column(say("File and places"), 1.8),
        Column(say("Collected on"), 1.7),
        Column(say("Kept for"), 2.0),
    )
    rows = [
        (
            _BETWEEN.join(filter(None, (use.purpose, use.basis))),
            ", ".join(use.items),
            _BETWEEN.join(dict.fromkeys(filter(None, (use.file, *use.places)))),
            day(say, use.collected_on),
            _period(say, use),
        )
        for use in data.uses
    ]
    return Table(columns, rows, empty=say("Nothing is held of you."))


def _period(say: Words, use: Use) -> str:
    """Return how long a use lasts: its period, its last day, the law that keeps it."""
    lines = [use.retention] if use.retention else []
    if use.kept_under or use.kept_until:
        message = say("by law until {until}: {law}")
        lines.append(
            message.format(until=dashed(day(say, use.kept_until)), law=dashed(use.kept_under))
        )
    if use.due_on:
        lines.append(say("destroyed from {day}").format(day=day(say, use.due_on)))
    return _BETWEEN.join(lines) or "–"


def _provided(say: Words, data: AccessAnnex) -> list[Block]:
    if not data.provided:
        return [Text(say("We have recorded no provision of your data to a third party."))]
    columns = (
        Column(say("Date"), 1.5),
        Column(say("Recipient"), 2.0),
        Column(say("Purpose of the recipient"), 2.0),
        Column(say("Legal ground"), 1.6),
        Column(say("Items"), 1.8),
    )
    rows = [
        (day(say, one.on), one.recipient, one.purpose, one.ground, ", ".join(one.items))
        for one in data.provided
    ]
    return [Table(columns, rows)]


def _given(say: Words, data: AccessAnnex) -> Table:
    columns = (
        Column(say("Date"), 1.5),
        Column(say("Purpose"), 2.6),
        Column(say("Answer"), 1.3),
        Column(say("Channel"), 1.3),
        Column(say("Wording"), 1.6),
    )
    rows = [(day(say, g.on), g.purpose, g.answer, g.channel, dashed(g.wording)) for g in data.given]
    return Table(columns, rows, empty=say("No consent of yours is recorded."))


def _replies(say: Words, data: AccessAnnex) -> Table:
    columns = (
        Column(say("Place"), 1.7),
        Column(say("Replied on"), 1.5),
        Column(say("Reply"), 1.7),
        Column(say("What it holds"), 3.2),
    )
    rows = [
        (
            one.place,
            day(say, one.on) or say("not yet"),
            say(REPLIES[one.code]) if one.code in REPLIES else "–",
            _BETWEEN.join(filter(None, (one.holds, _file(say, one)))) or "–",
        )
        for one in data.replies
    ]
    return Table(columns, rows)


def _file(say: Words, one: Replied) -> str:
    return say("handed out with this paper: {file}").format(file=one.file) if one.file else ""
