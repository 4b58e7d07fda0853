"""Who has to hear of a correction: past recipients, processors, and the source of the data."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from privdesk.core import references
from privdesk.core.fields import Kind
from privdesk.core.hangul import name_key
from privdesk.core.register import Row
from privdesk.core.values import to_text
from privdesk.registers.corrections.rules import Role, What
from privdesk.registers.desk import Desk

PROCESSOR = "processor"


@dataclass
class Addressee:
    """Somebody to be told, with the items that they received."""

    role: Role
    name: str
    items: set[int] = field(default_factory=set)
    provision: int | None = None
    place: int | None = None
    provided_on: date | None = None
    contact: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Return what makes two of them the same."""
        return (self.role.value, name_key(self.name))


def addressees(
    desk: Desk,
    subject: int,
    items: Collection[int],
    *,
    processors: bool = True,
    named: Mapping[str, Collection[int]] = MappingProxyType({}),
) -> list[Addressee]:
    """Return whoever has one of these items of a person (none given: any), each once.

    ``named`` are third parties that a consent names, with the items: they may have them
    though no provision stands in the ledger.
    """
    found: dict[tuple[str, str], Addressee] = {}
    everybody = [*_recipients(desk, subject)]
    everybody += [Addressee(Role.RECIPIENT, name, set(of)) for name, of in named.items()]
    everybody += _kept_at(desk, subject, processors=processors)
    for one in everybody:
        one.items = {item for item in one.items if not items or item in items}
        if not one.items:
            continue
        before = found.setdefault(one.key, one)
        if before is not one:
            before.items |= one.items
            if (one.provided_on or date.min) > (before.provided_on or date.min):
                before.provision, before.provided_on = one.provision, one.provided_on
                before.contact = one.contact or before.contact
    return list(found.values())


def _recipients(desk: Desk, subject: int) -> Iterator[Addressee]:
    for row in desk.service("provisions").given_to(subject):
        yield Addressee(
            Role.RECIPIENT,
            str(row.values["recipient"]),
            _numbers(row.values["items"]),
            provision=row.id,
            provided_on=row.values["provided_on"],
            contact=str(row.values["contact"] or ""),
        )


def _kept_at(desk: Desk, subject: int, *, processors: bool) -> Iterator[Addressee]:
    """Yield the processors that keep a copy, and the companies that the data came from."""
    sql = (
        "SELECT DISTINCT file, purpose FROM holdings WHERE subject = ? AND state <> 'void'"
        " ORDER BY file, purpose"
    )
    files, purposes = desk.service("files"), desk.service("purposes")
    for file, purpose in desk.vault.raw.execute(sql, (subject,)).fetchall():
        items = _numbers(purposes.items_of(purpose))
        (row,) = files.rows([file])
        origin = str(row.values.get("source") or "").strip()
        if origin:
            yield Addressee(Role.SOURCE, origin, set(items))
        for place in _processors(desk, files.places_of(file)) if processors else ():
            yield Addressee(
                Role.PROCESSOR,
                str(place.values["processor"] or place.values["name"]),
                set(items),
                place=place.id,
                contact=str(place.values["contact"] or ""),
            )


def _processors(desk: Desk, refs: Sequence[str]) -> list[Row]:
    numbers = [references.number(ref) for ref in refs if ref]
    rows: list[Row] = desk.service("places").rows(numbers)
    return [row for row in rows if row.values["kind"] == PROCESSOR]


def _numbers(refs: Sequence[str]) -> set[int]:
    return {references.number(ref) for ref in refs}


@dataclass(frozen=True)
class Told:
    """What the notices say of each item: the value before and after, as far as it is known."""

    what: What
    before: Mapping[int, str]
    after: Mapping[int, str]

    def lines(self, items: Sequence[int], *, before: bool) -> str:
        """Return a line for each item; nothing where no value is known, or all is deleted."""
        values = self.before if before else self.after
        if self.what is What.DELETION or not any(values.get(item) for item in items):
            return ""
        return "\n".join(" ".join(values.get(item, "").split()) for item in items)


def told(
    desk: Desk,
    subject: int,
    request: int | None,
    what: What,
    values: Mapping[int, tuple[str, str]],
) -> Told:
    """Return the values of a correction: those given, else the freeze’s and those of today."""
    if what is What.DELETION:
        return Told(what, {}, {})
    if values:
        before = {item: pair[0] for item, pair in values.items()}
        return Told(what, before, {item: pair[1] for item, pair in values.items()})
    known: dict[int, str] = desk.service("freezes").before(subject, request)
    now = _values(desk, subject)
    changed = [item for item in known if known[item] != now.get(item, "")]
    return Told(what, known, {item: now.get(item, "") for item in changed})


def _values(desk: Desk, subject: int) -> dict[int, str]:
    subjects = desk.service("subjects")
    (person,) = subjects.rows([subject], reveal=True)
    return {
        item: to_text(of.kind, person.values.get(of.name))
        for item, of in subjects.fields_of_items().items()
    }


def known_as(desk: Desk, subject: int, place: int | None) -> str:
    """Return how an addressee knows a person: name, and the number at the place."""
    subjects = desk.service("subjects")
    (person,) = subjects.rows([subject], reveal=True)
    names: list[Any] = [
        person.values.get(f.name) for f in subjects.item_fields() if f.kind is Kind.NAME
    ]
    sources = subjects.sources(subject)
    ref = desk.ref("places", place) if place is not None else ""
    return " · ".join(str(part) for part in (*names[:1], sources.get(ref)) if part)
