"""What is looked at before anything goes to a third party: ground, purpose, people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _
from privdesk.core.register import Row
from privdesk.registers.checking import MISSING, refuse
from privdesk.registers.desk import Desk
from privdesk.registers.freezing import PROVISION, require_free
from privdesk.registers.provisions import grounds, people, rules
from privdesk.registers.provisions.fields import COUNT, FILE, LIST, PERSON
from privdesk.registers.provisions.grounds import Basis, Ground
from privdesk.registers.provisions.people import Chosen

if TYPE_CHECKING:
    from privdesk.registers.provisions.service import Provisions

MOST = 100_000_000
NO_NUMBER = N_("it is no number of people.")


class NoConsentError(DomainError):
    """{person} has no consent in force to {purpose}, so nothing may be provided on it. Nothing was
    changed; ask the person, or enter the law that compels the provision.
    """


class NoConsentThenError(DomainError):
    """{person} had no consent in force to {purpose} on {day}, so it cannot be entered as provided
    on consent. Nothing was changed; check day and ground, and take it for an incident if the data
    did go out.
    """


class RecipientNotNamedError(DomainError):
    """The consent to {purpose} names “{named}”, not “{recipient}”. Nothing was changed; a further
    recipient needs a consent of its own.
    """


class ItemsNotAgreedError(DomainError):
    """The consent to {purpose} does not cover {items}. Nothing was changed; leave them out, or ask
    for consent to them.
    """


class PersonGoneError(DomainError):
    """{person} was destroyed or taken out of use. Nothing was changed; check the reference."""


class CountedFileError(DomainError):
    """Of {file} only the number of people is known, so nobody in it can be listed. Nothing was
    changed; enter the provision as a number only.
    """


def require_ground(desk: Desk, values: Mapping[str, Any]) -> None:
    """Refuse a provision without a ground a company may rely on; check what consent covers."""
    told = values.get("ground")
    ground = Ground(told) if told else None
    purpose = _purpose(desk, values) if ground is Ground.CONSENT else None
    grounds.require(
        Basis(
            ground,
            str(values.get("law") or ""),
            str(values.get("article") or ""),
            str(values.get("document_no") or ""),
            purpose=purpose is not None and people.provides(purpose),
        )
    )
    if purpose is not None:
        _require_covered(desk, purpose, values)


def _purpose(desk: Desk, values: Mapping[str, Any]) -> Row | None:
    ref = str(values.get("purpose") or "")
    if not ref:
        return None
    rows: list[Row] = desk.service("purposes").rows([references.number(ref)])
    return rows[0] if rows else None


def _require_covered(desk: Desk, purpose: Row, values: Mapping[str, Any]) -> None:
    """Refuse a recipient or items that the purpose agreed to does not name (PIPA 17(2))."""
    spoken = str(desk.service("purposes").spoken(purpose.id))
    recipient = str(values.get("recipient") or "")
    if not people.names(purpose, recipient):
        raise RecipientNotNamedError(
            purpose=spoken, named=purpose.values["recipient"], recipient=recipient
        )
    covered = desk.service("purposes").items_of(purpose.id)
    beyond = [ref for ref in values.get("items") or () if ref not in covered]
    if beyond:
        names = ", ".join(desk.service("items").called_by(beyond))
        raise ItemsNotAgreedError(purpose=spoken, items=names)


def require_whom(service: Provisions, values: Mapping[str, Any]) -> None:
    """Refuse a provision that does not say whose data it gives, or gives what it must not."""
    scope, past = values.get("scope"), values.get("provided_on") is not None
    needed = {PERSON: "subject", LIST: "persons", COUNT: "count"}.get(str(scope))
    if needed is not None and not values.get(needed):
        refuse(service.field(needed), "", _(MISSING))
    if scope == FILE and values.get("file"):
        files = service.desk.service("files")
        row = files.get(str(values["file"]))
        if row.values["holds"] == "count":
            raise CountedFileError(file=files.spoken(row.id))
    if scope == COUNT:
        _require_number(service, values)
    if scope == PERSON and past:
        if values.get("approved_on") is None:
            require_then(service, values)
    elif scope == PERSON and values.get("approved_on") is None:
        require_person(service, values)


def _require_number(service: Provisions, values: Mapping[str, Any]) -> None:
    """Refuse a number that cannot be, and one that hides people of whom something is frozen."""
    if not 0 < values["count"] <= MOST:
        refuse(service.field("count"), values["count"], _(NO_NUMBER))
    if values.get("file") and values.get("approved_on") is None:
        file = references.number(values["file"])
        named = people.living_in(service.desk, file)
        require_free(service.desk, named, PROVISION, items_in(values), values.get("provided_on"))


def require_person(service: Provisions, values: Mapping[str, Any]) -> None:
    """Refuse a person who is gone, has no consent in force, or disputes one of the items."""
    desk, ref = service.desk, str(values["subject"])
    number = references.number(ref)
    (person,) = desk.service("subjects").rows([number])
    if person.state in ("destroyed", "void"):
        raise PersonGoneError(person=ref)
    purpose = service.consented(values)
    if purpose is not None and not people.agreed_by(desk, number, purpose):
        raise NoConsentError(person=ref, purpose=desk.service("purposes").spoken(purpose))
    require_free(desk, [number], PROVISION, items_in(values))


def require_then(service: Provisions, values: Mapping[str, Any]) -> None:
    """Refuse what went out without consent on its day, or under a freeze of that day (rule 27)."""
    desk, ref, day = service.desk, str(values["subject"]), values["provided_on"]
    number, purpose = references.number(ref), service.consented(values)
    if purpose is not None and not people.agreed_by(desk, number, purpose, day):
        spoken = desk.service("purposes").spoken(purpose)
        raise NoConsentThenError(person=ref, purpose=spoken, day=day)
    require_free(desk, [number], PROVISION, items_in(values), day)


def items_in(values: Mapping[str, Any]) -> list[int]:
    """Return the numbers of a provision's items."""
    return [references.number(ref) for ref in values.get("items") or ()]


def meant(desk: Desk, row: Row) -> list[int] | None:
    """Return whom a provision of several people means; None for one person or a number."""
    if row.values["scope"] == LIST:
        return sorted({references.number(ref) for ref in row.values["persons"]})
    if row.values["scope"] == FILE:
        return people.living_in(desk, references.number(row.values["file"]))
    return None


def chosen(service: Provisions, row: Row, whom: Sequence[int]) -> Chosen:
    """Return who of several people may go; refuse where nobody is left."""
    found = people.choose(service.desk, whom, items_in(row.values), service.consented(row.values))
    if not found.goes:
        raise rules.NobodyLeftError(refused=found.refused, frozen=found.frozen)
    return found
