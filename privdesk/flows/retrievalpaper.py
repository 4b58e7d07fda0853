"""The paper of an order for a request, and that it counts as sent once it is printed."""

from __future__ import annotations

from collections.abc import Iterator

from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.i18n import speaking
from privdesk.core.register import Row
from privdesk.documents.paper import Paper
from privdesk.documents.papers import retrieval_order
from privdesk.documents.papers.common import ApprovalLine
from privdesk.documents.papers.retrieval_order import Changed, NamedFile, RetrievalOrder
from privdesk.flows import answering, issuing, papers
from privdesk.flows.papers import contact
from privdesk.flows.revealing import revealed
from privdesk.registers.desk import Change, Desk
from privdesk.registers.destructions import lists


class NoPlaceToTellError(DomainError):
    """{ref} is the vault’s own part, which needs no paper. Nothing was printed."""


def order(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """The order to one place for one request; the person is looked at for that request."""
    service = desk.service("retrievals")
    (row,) = service.rows([service.number(str(ref))])
    if not row.values["place"]:
        raise NoPlaceToTellError(ref=row.ref)
    with speaking(language), desk.change():
        (clear,) = revealed(desk, "retrievals", [row.id], str(row.values["request"]))
        place = desk.service("places").get(str(row.values["place"]))
        data = RetrievalOrder(
            kind=str(row.values["kind"]),
            number=number,
            order=row.ref,
            request=str(row.values["request"]),
            issued_on=desk.today(),
            place=str(place.values["name"]),
            addressee=str(place.values.get("owner") or place.values.get("processor") or ""),
            files=tuple(_files(desk, clear)),
            role=papers.bound(place),
            reply_by=row.values["reply_by"],
            changed=tuple(_changed(desk, row.id)),
            contact=contact(desk, language),
            destroy_by=max(row.values["reply_by"], issuing.destroy_print_by(desk)),
            approvals=ApprovalLine(
                drafter=desk.vault.person.name, drafted_on=row.values["asked_on"]
            ),
        )
        return retrieval_order.build(data, language)


def issued_retrieval(change: Change, ref: str) -> None:
    """Note that an order was printed: it counts as sent from then on."""
    (row,) = change.desk.service("retrievals").rows([references.number(ref)])
    if row.state in ("open", "sent", "differs"):
        answering.sent(change, row.id)


def printable_retrieval(desk: Desk) -> int | None:
    """Return the newest order that goes to a place."""
    sql = "SELECT max(id) FROM retrievals WHERE place IS NOT NULL"
    found = desk.vault.raw.execute(sql).fetchone()[0]
    return None if found is None else int(found)


def _files(desk: Desk, row: Row) -> list[NamedFile]:
    """Return the files with the items meant and the person's ids.

    A place that gave the person no number gets those of other places and the office's own,
    each called what it is.
    """
    person = str(row.values["subject"])
    elsewhere = tuple(_elsewhere(desk, person))
    ids = lists.ids_by_file(str(row.values.get("source_ids") or ""), row.values["files"])
    asked = {references.number(ref) for ref in row.values["items"]}
    names = _names(desk)
    found = []
    for ref in row.values["files"]:
        file = desk.service("files").get(ref)
        purpose = references.number(file.values["purpose"])
        needed = {references.number(one) for one in desk.service("purposes").items_of(purpose)}
        items = sorted(needed & asked) if asked else sorted(needed)
        labels = tuple(names[item] for item in items if item in names)
        here = tuple(one for one in ids[ref] if one != person)
        name = str(file.values["name"])
        found.append(
            NamedFile(name, labels, here)
            if here
            else NamedFile(name, labels, elsewhere=elsewhere, ours=person)
        )
    return found


def _elsewhere(desk: Desk, person: str) -> Iterator[tuple[str, str]]:
    """Yield the places that know a person by a number, with that number."""
    places = desk.service("places")
    for ref, number in desk.service("subjects").sources(references.number(person)).items():
        if ref:
            at = references.number(ref)
            yield places.titles([at]).get(at, ""), number


def _changed(desk: Desk, order: int) -> list[Changed]:
    names = _names(desk)
    wanted = desk.service("retrievals").wanted(order)
    return [Changed(names[item], *both) for item, both in wanted.items() if item in names]


def _names(desk: Desk) -> dict[int, str]:
    """Return what the items of a person are called, in the language spoken."""
    found: dict[int, str] = desk.service("items").titles(
        sorted(desk.service("subjects").fields_of_items())
    )
    return found
