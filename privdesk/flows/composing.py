"""The answer to a request, composed of what the vault holds and what the places replied.

Access tells the items themselves, the purposes, the periods, what third parties received and
the facts of consent (PIPA 35(1), Decree 41(1)), and where the data comes from (PIPA 20(1)).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from privdesk.core import laws, references
from privdesk.core.clock import office_date
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _, speaking
from privdesk.core.periods import Period, format_period
from privdesk.core.register import Row
from privdesk.core.values import plain
from privdesk.documents.papers.access_annex import Came, Given, Held, Provided, Replied, Use
from privdesk.flows import changes
from privdesk.flows.revealing import revealed
from privdesk.flows.sourcing import sources
from privdesk.registers.consenting import asked_in
from privdesk.registers.desk import Desk
from privdesk.registers.requests.rules import require_ready
from privdesk.registers.retrievals.fields import SLOT_NAME
from privdesk.vault.payloads import PEOPLE

FORM = "privdesk access copy 1"
"""What the machine-readable copy calls its form."""
NOTHING_TOLD = ("refused", "withdrawn", "void", "destroyed")


class NothingToldError(DomainError):
    """{ref} ended without an answer, so nothing of the person is told in it. Nothing was composed;
    take in a new request.
    """


@dataclass(frozen=True)
class Answer:
    """Everything that is told about a person in answer to a request, in one language."""

    request: str
    kind: str
    received_on: date | None
    language: str
    person: str
    name: str
    held: tuple[Held, ...]
    purposes: tuple[Use, ...]
    consents: tuple[Given, ...]
    passed: tuple[Provided, ...]
    sources: tuple[Came, ...]
    replies: tuple[Replied, ...]
    asked: tuple[str, ...] = ()  # the items that the request names, empty for everything

    @property
    def waiting(self) -> tuple[Replied, ...]:
        """The places that have not replied yet."""
        return tuple(one for one in self.replies if one.on is None)

    def as_json(self, company: str, made_at: datetime) -> dict[str, Any]:
        """Return it as a machine reads it: plain values, dates as ISO 8601."""
        told = {name: value for name, value in asdict(self).items() if name != "name"}
        whole = {"form": FORM, "controller": company, "made_at": made_at, **told}
        return {name: _plain(value) for name, value in whole.items()}


def compose(desk: Desk, request: int, language: str = "") -> Answer:
    """Return the answer to a request, in the person's language unless another is named.

    The person is looked at in the clear, journalled with the request as the reason.
    """
    from privdesk.flows.answering import person_of

    cases = desk.service("requests")
    (row,) = cases.rows([request])
    if row.state in NOTHING_TOLD:
        raise NothingToldError(ref=row.ref)
    require_ready(cases.case(request))
    person = person_of(desk, row)
    chosen = language or str(desk.service("requests").language_of(row))
    with speaking(chosen), desk.change():
        names = [field.name for field in desk.service("subjects").item_fields()]
        (clear,) = revealed(desk, "subjects", [person.id], row.ref, [*names, "source_ids", "note"])
        return _Composer(desk, row, clear, chosen).answer()


class _Composer:
    """Gathers one answer."""

    def __init__(self, desk: Desk, request: Row, person: Row, language: str) -> None:
        self._desk = desk
        self._request = request
        self._person = person
        self._language = language
        self._asked = changes.items_asked(request)
        self._fields = desk.service("subjects").fields_of_items()
        self._holdings = changes.holdings_of(desk, person.id, self._asked)
        self._needs = {row.id: changes.items_of(desk, row) for row in self._holdings}
        self._values = changes.values_of(desk, person)
        self._answers = tuple(self._replies())
        self._bare = {one.place for one in self._answers if one.code == "nothing"}

    def answer(self) -> Answer:
        """Return the whole."""
        received = self._request.values.get("received_at")
        name = next((f.name for f in self._fields.values() if f.kind.value == "name"), "")
        return Answer(
            request=self._request.ref,
            kind=str(self._request.values["kind"]),
            received_on=office_date(received) if isinstance(received, datetime) else None,
            language=self._language,
            person=self._person.ref,
            name=str(self._person.values.get(name) or ""),
            held=tuple(self._held()),
            purposes=tuple(self._purpose(row) for row in self._holdings),
            consents=tuple(self._consents()),
            passed=self._passed(),
            sources=sources(self._desk, self._holdings),
            replies=self._answers,
            asked=tuple(self._called(self._asked)),
        )

    def _held(self) -> Iterator[Held]:
        for item, text in self._values.items():
            if self._asked and item not in self._asked:
                continue
            needing = [row for row in self._holdings if item in self._needs[row.id]]
            places = dict.fromkeys(place for row in needing for place in self._places(row))
            field = self._fields[item]
            purposes = dict.fromkeys(self._purpose_name(row) for row in needing)
            (called,) = self._called([item])
            yield Held(called, text, tuple(purposes), tuple(places), field.name)
        note = str(self._person.values.get("note") or "")
        if note and not self._asked:
            yield Held(_(N_("Note")), note, (), (), "note")

    def _purpose(self, row: Row) -> Use:
        desk, values = self._desk, row.values
        why = desk.service("purposes").get(str(values["purpose"]))
        numbers = [references.number(values[name]) for name in ("purpose", "file")]
        retention = desk.service("holdings").terms(*numbers).retention
        basis = desk.service("purposes").field("basis").choice(str(why.values.get("basis") or ""))
        article = str(why.values.get("article") or "")
        optional = {references.number(ref) for ref in why.values["optional_items"]}
        needed = {n for n in self._needs[row.id] if n in self._values or n not in optional}
        return Use(
            purpose=self._purpose_name(row),
            basis=" · ".join(filter(None, (_(basis.label) if basis else "", article))),
            items=tuple(self._called(needed)),
            file=row.titles.get("file", ""),
            places=self._places(row),
            collected_on=values.get("collected_on"),
            retention=format_period(retention) if isinstance(retention, Period) else "",
            due_on=values.get("due_on"),
            kept_under=laws.told(str(values.get("kept_law") or ""), self._language),
            kept_until=values.get("kept_until"),
        )

    def _purpose_name(self, row: Row) -> str:
        return row.titles.get("purpose", "")

    def _places(self, row: Row) -> tuple[str, ...]:
        files, places = self._desk.service("files"), self._desk.service("places")
        refs = files.places_of(references.number(row.values["file"]))
        titles = places.titles([references.number(ref) for ref in refs])
        named = (titles[references.number(ref)] for ref in refs)
        return tuple(name for name in named if name not in self._bare)

    def _consents(self) -> Iterator[Given]:
        service = self._desk.service("consents")
        numbers = service.of_subjects([self._person.id]).get(self._person.id, [])
        rows = [row for row in service.rows(numbers) if row.state != "void"]
        for row in sorted(rows, key=lambda row: (str(row.values.get("at") or ""), row.id)):
            answer = service.field("kind").choice(str(row.values["kind"]))
            channel = service.field("channel").choice(str(row.values.get("channel") or ""))
            at = row.values.get("at")
            yield Given(
                purpose=asked_in(row),
                answer=_(answer.label) if answer else "",
                on=at.date() if isinstance(at, datetime) else at,
                channel=_(channel.label) if channel else "",
                wording=row.titles.get("wording") or str(row.values.get("wording") or ""),
            )

    def _passed(self) -> tuple[Provided, ...]:
        """Return what third parties received, as the ledger of provisions tells it."""
        service = self._desk.service("provisions")
        rows: list[Row] = service.given_to(self._person.id)
        return tuple(self._provision(row) for row in rows)

    def _provision(self, row: Row) -> Provided:
        values, titles = row.values, row.titles
        ground = self._desk.service("provisions").field("ground").choice(str(values["ground"]))
        items = [references.number(ref) for ref in values.get("items") or ()]
        return Provided(
            on=values.get("provided_on"),
            recipient=str(values["recipient"]),
            purpose=str(values.get("aim") or "") or titles.get("purpose", ""),
            ground=_(ground.label) if ground else "",
            items=tuple(self._called(items)),
        )

    def _called(self, items: Iterable[int]) -> Iterator[str]:
        """Yield what items are called in the paper's language."""
        known = self._desk.service("items").titles(sorted(items))
        yield from (known[item] for item in sorted(items) if item in known)

    def _replies(self) -> Iterator[Replied]:
        service = self._desk.service("retrievals")
        rows = service.of_request(self._request.id)
        known = [row for row in rows if row.values["place"] and row.state != "cancelled"]
        states = {state.key: state.label for state in service.register.states}
        numbers = [row.id for row in known]
        for at, row in enumerate(service.rows(numbers, reveal=True), start=1):
            values = row.values
            kind = service.field("kind").choice(str(values["kind"]))
            name = self._desk.vault.payloads.read(PEOPLE, row.id).get(SLOT_NAME, "")
            yield Replied(
                order=row.ref,
                place=row.titles["place"],
                asked=_(kind.label) if kind else "",
                state=_(states[row.state]),
                by=values.get("reply_by"),
                on=values.get("answered_on"),
                code=str(values.get("result") or ""),
                holds=str(values.get("holds") or ""),
                file=f"{at}-{name}" if name and values.get("data") else "",
            )


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return plain(value)
