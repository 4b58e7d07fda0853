"""What papers and receipts say of a consent, in the language spoken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from privdesk.core import references
from privdesk.core.categories import Separate
from privdesk.core.fields import Kind
from privdesk.core.i18n import LANGUAGES, N_, _, current, words
from privdesk.core.periods import Period, format_period
from privdesk.core.register import Row
from privdesk.documents.phrases import day
from privdesk.flows import sender
from privdesk.registers.channels import CHANNELS
from privdesk.registers.consenting import told_with_box
from privdesk.registers.consents import rules
from privdesk.registers.consents.answers import Asked
from privdesk.registers.consents.fields import GUARDIAN_CHECKS, KINDS
from privdesk.registers.desk import Desk

_PASSED = ("", Separate.PROVISION.value)  # the boxes that tell of a recipient
ONLY = {"ko": N_("{text} (in Korean only)"), "en": N_("{text} (in English only)")}
SELF = N_("the data subject")
GUARDIAN = N_("the guardian")
VERIFIED = N_("verified by: {how}")
HOW_TO_WITHDRAW = N_(
    "In the way the consent was given, or by telephone, e-mail, post or in person: {contact}"
)


@dataclass(frozen=True)
class Wording:
    """The text a person saw; empty where it is not known."""

    version: str = ""
    digest: str = ""
    ref: str = ""

    @property
    def called(self) -> str:
        """Return what papers call it: version and reference."""
        return f"v{self.version} {self.ref}" if self.version else self.ref

    @property
    def label(self) -> str:
        """The version as papers write it."""
        return f"v{self.version}" if self.version else ""


@dataclass(frozen=True)
class Terms:
    """What a purpose promises: items, period, recipient and the right to refuse."""

    ref: str
    name: str
    items: tuple[str, ...]
    optional: tuple[str, ...]
    retention: str
    recipient: str
    refusal: str
    basis: str
    marketing: bool


def in_language(texts: Mapping[str, str], language: str) -> str:
    """Return a text in a language; where there is only the other, that one, marked as such."""
    if texts.get(language):
        return texts[language]
    only = next(((key, text) for key, text in texts.items() if text), None)
    return _(ONLY[only[0]]).format(text=only[1]) if only is not None else ""


def terms_of(
    desk: Desk, purpose: int, box: str = "", seen: Mapping[str, Any] | None = None
) -> Terms:
    """Return the terms of a purpose as they are now; with ``box`` of that consent alone.

    ``seen`` are the values of the wording the person saw: where it tells a part in either
    language, its text goes before that of the purpose, which the office keeps in its own.
    """
    (row,) = desk.service("purposes").rows([purpose])
    values = row.values
    period = values.get("retention")
    field = desk.register("purposes").field("basis")
    basis = field.choice(str(values.get("basis") or "")) if field is not None else None
    event = str(values.get("event") or "")
    told = format_period(period) if isinstance(period, Period) else ""
    if told and event:
        event = in_language({_own(desk): event}, current())
        told = f"{told} ({event})" if _own(desk) == current() else f"{told}: {event}"
    recipient = str(values.get("recipient") or "") if box in _PASSED else ""
    needed, free = values["required_items"], values["optional_items"]
    if box:
        needed, free = desk.service("purposes").items_of_box(purpose, box)
    return Terms(
        ref=row.ref,
        name=told_with_box(name_of(row), box),
        items=items_of(desk, needed),
        optional=items_of(desk, free),
        retention=_seen(seen, "retention") or told,
        recipient=(recipient and _seen(seen, "recipient")) or recipient,
        refusal=_seen(seen, "refusal")
        or in_language({_own(desk): str(values.get("refusal") or "")}, current()),
        basis=_(basis.label) if basis is not None else "",
        marketing=box == Separate.MARKETING.value or (not box and bool(values.get("marketing"))),
    )


def _own(desk: Desk) -> str:
    """Return the language in which the office enters its texts."""
    return str(desk.setting("language", current()))


def _seen(seen: Mapping[str, Any] | None, part: str) -> str:
    """Return what a wording told of a part, in the language spoken as far as it has it."""
    texts = {lang: str((seen or {}).get(f"{part}_{lang}") or "") for lang in LANGUAGES}
    return in_language(texts, current())


def name_of(row: Row) -> str:
    """Return what an item or a purpose is called in the language spoken."""
    return str((current() == "en" and row.values.get("name_en")) or row.values["name"])


def items_of(desk: Desk, refs: Sequence[str]) -> tuple[str, ...]:
    """Return the names of items."""
    numbers = [references.number(ref) for ref in refs]
    return tuple(name_of(row) for row in desk.service("items").rows(numbers))


def answers(desk: Desk, subject: int, *, reveal: bool = False) -> list[Row]:
    """Return every valid answer of a person, as they happened, oldest first."""
    service = desk.service("consents")
    numbers = service.of_subjects([subject]).get(subject, [])
    rows: dict[int, Row] = {row.id: row for row in service.rows(numbers, reveal=reveal)}
    asked = dict.fromkeys(asked_of(row) for row in rows.values())
    events = [one for facts in service.facts_of(list(asked)) for one in facts.events]
    return [rows[event.number] for event in rules.in_order(events)]


def asked_of(row: Row) -> Asked:
    """Return what an answer answered: person, purpose and box."""
    return Asked(number_in(row, "subject"), number_in(row, "purpose"), str(row.values["box"]))


def agreement(desk: Desk, asked: Asked) -> int | None:
    """Return the answer by which a person agreed to what still stands."""
    (facts,) = desk.service("consents").facts_of([asked])
    told = rules.counted(facts.events)
    return told.agreed.number if told is not None and told.agreed is not None else None


def when(row: Row) -> str:
    """Return the day of an answer, with the time of day where it is known."""
    told = (day(words(current()), row.values["at"]), str(row.values.get("time") or ""))
    return " ".join(filter(None, told))


def channel(row: Row) -> str:
    """Return the channel of an answer in words."""
    return _worded(CHANNELS, row.values.get("channel"))


def answer(row: Row) -> str:
    """Return what was answered in words."""
    return _worded(KINDS, row.values.get("kind"))


def giver(row: Row) -> str:
    """Return who answered: the person, or the guardian and how she was verified."""
    if not row.values.get("guardian"):
        return _(SELF)
    name = str(row.values.get("guardian_name") or "")
    who = f"{_(GUARDIAN)} {name}".strip()
    how = _worded(GUARDIAN_CHECKS, row.values.get("guardian_check"))
    return f"{who}; {_(VERIFIED).format(how=how)}" if how else who


def wording(desk: Desk, row: Row) -> Wording:
    """Return the text that an answer was given to, if it is known."""
    ref = str(row.values.get("wording") or "")
    if not ref:
        return Wording()
    values = desk.service("wordings").get(ref).values
    return Wording(str(values.get("version") or ""), str(values.get("digest") or ""), ref)


def seen(desk: Desk, row: Row) -> Mapping[str, Any] | None:
    """Return the values of the wording that an answer was given to, if it is known."""
    ref = str(row.values.get("wording") or "")
    values: Mapping[str, Any] | None = desk.service("wordings").get(ref).values if ref else None
    return values


def withdrawal_method(desk: Desk) -> str:
    """Return how a consent is withdrawn: as the office has set it, or as it was given."""
    own = str(desk.setting("withdrawal_method", "") or "")
    return own or _(HOW_TO_WITHDRAW).format(contact=contact(desk))


def contact(desk: Desk) -> str:
    """Return where people turn to: the office's own contact, else its name."""
    return sender.contact_line(desk, current()) or sender.company(desk, current())


def processors(desk: Desk, subject: int) -> tuple[str, ...]:
    """Return the companies that keep data of a person for us."""
    held = desk.service("holdings").of_subjects([subject]).get(subject, [])
    files = {number_in(row, "file") for row in desk.service("holdings").rows(held)}
    places = [place for file in sorted(files) for place in desk.service("files").places_of(file)]
    numbers = sorted({references.number(place) for place in places if place})
    rows = desk.service("places").rows(numbers)
    outside = [row.values for row in rows if row.values.get("kind") == "processor"]
    return tuple(dict.fromkeys(str(v.get("processor") or v["name"]) for v in outside))


def number_in(row: Row, name: str) -> int:
    """Return the number of a linked record."""
    return references.number(row.values[name])


def person_name(desk: Desk, subject: int) -> str:
    """Return what a person is called, in the clear: for a paper about her."""
    service = desk.service("subjects")
    (row,) = service.rows([subject], reveal=True)
    names = (row.values.get(f.name) for f in service.item_fields() if f.kind is Kind.NAME)
    return str(next(filter(None, names), "") or row.ref)


def language_of(desk: Desk, subject: int) -> str:
    """Return the language of letters to a person; the office's where none was chosen."""
    (row,) = desk.service("subjects").rows([subject])
    return str(row.values.get("language") or desk.setting("language", "ko"))


def since(row: Row) -> date:
    """Return the day since which the state of an answer holds."""
    day: date = row.values["at"]
    return day


def _worded(choices: Sequence[Any], key: object) -> str:
    return next((_(one.label) for one in choices if one.key == key), "")
