"""Corrections, deletions and suspensions from the request to the last confirmation.

A correction: freeze what is disputed, order the places to correct, correct the vault and tell
past recipients, and release the freeze once every place has confirmed (S6.5, S6.6; PIPA 36,
Decree 43). The vault's own part stands among the orders, without a place.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _
from privdesk.core.register import Outcome, Row
from privdesk.flows import answering, changes, correction
from privdesk.flows.revealing import revealed
from privdesk.registers.desk import Change, Desk
from privdesk.registers.retrievals import rules
from privdesk.registers.retrievals.fields import SLOT_BY, SLOT_CHANGE, SLOT_WANTED
from privdesk.registers.retrievals.rules import Kind, Result, State, Step
from privdesk.vault.payloads import OFFICE

Wanted = Mapping[int, tuple[str, str]]


class NothingOrderedError(DomainError):
    """No correction of {ref} waits for the vault. Nothing was changed; draw up the correction
    first.
    """


class OrderedAlreadyError(DomainError):
    """{order} commands another value for the same item already. Nothing was drawn up; cancel that
    order and its like first.
    """


class NothingFrozenError(DomainError):
    """Nothing is frozen for {ref}. Nothing was changed."""


def begin(change: Change, request: int, text: str, *, reply_by: date | None = None) -> list[int]:
    """Freeze what is disputed and order its correction; return the numbers of the orders.

    ``text`` holds the values as they should be, a line for each item. The first order is the
    vault's own part.
    """
    desk = change.desk
    row, person = answering.asked(desk, request)
    names = [field.name for field in desk.service("subjects").item_fields()]
    (clear,) = revealed(desk, "subjects", [person.id], row.ref, names)
    wanted = changes.wanted(desk, clear, text)
    _require_once(desk, row, set(wanted))
    own = own_part(change, row, person, Kind.CORRECTION, wanted, wanted, reply_by)
    _freeze(change, person.id, sorted(wanted), row)
    places = answering.orders(
        change, request, Kind.CORRECTION.value, items=wanted, wanted=wanted, reply_by=reply_by
    )
    return [own, *places]


def amend(change: Change, request: int) -> list[int]:
    """Correct the values in the vault as ordered and tell past recipients; return the notices.

    A corrected value gets a new key, the old one waits for the next change of the epoch
    secret. Where a value is to go it is emptied.
    """
    desk = change.desk
    row, person = answering.asked(desk, request)
    service = desk.service("retrievals")
    own = [one for one in _vault_part(desk, request) if one.values["kind"] in _CHANGES]
    if not own:
        raise NothingOrderedError(ref=row.ref)
    fields = desk.service("subjects").fields_of_items()
    told: list[int] = []
    for one in own:
        wanted = service.wanted(one.id)
        values = {fields[item].name: after for item, (_before, after) in wanted.items()}
        desk.service("subjects").correct(change, person.id, values)
        _done(change, one.id)
        told += _tell(change, person.id, wanted, request)
    settle(change, request)
    return told


def settle(change: Change, request: int) -> bool:
    """Release the freeze of a correction once the vault and every place are done; return whether.

    Called after each reply. A suspension stays frozen until it is decided.
    """
    desk = change.desk
    rows = desk.service("retrievals").of_request(request, *_CHANGES)
    if not rows or any(not rules.closed(State(row.state)) for row in rows):
        return False
    done = any(row.state == State.ANSWERED.value and not row.values["place"] for row in rows)
    return _release(change, _subject(rows[0]), request, CORRECTED if done else TAKEN_BACK)


def suspend(change: Change, request: int, items: Collection[int] = ()) -> list[int]:
    """Freeze a person's data, here and in the places, until the request is decided."""
    desk = change.desk
    row, person = answering.asked(desk, request)
    narrowed = sorted(set(items) or changes.items_asked(row))
    own = own_part(change, row, person, Kind.FREEZE, narrowed)
    _freeze(change, person.id, narrowed, row)
    _done(change, own)
    return [own, *answering.orders(change, request, Kind.FREEZE.value, items=narrowed)]


def resume(change: Change, request: int, reason: str) -> list[int]:
    """Release what was frozen for a request, here and in the places that were told to freeze.

    What nobody has been told yet is cancelled. Return the numbers of the release orders.
    """
    desk = change.desk
    (row,) = desk.service("requests").rows([request])
    service = desk.service("retrievals")
    frozen = service.of_request(request, Kind.FREEZE.value)
    if not row.values["subject"]:
        raise NothingFrozenError(ref=row.ref)
    subject = references.number(row.values["subject"])
    released = _release(change, subject, request, UNCHANGED, reason)
    told = [one for one in frozen if one.values["place"] and one.state != State.CANCELLED.value]
    known = {one.values["place"] for one in service.of_request(request, Kind.RELEASE.value)}
    made: list[int] = []
    for one in (*told, *service.of_request(request, *_CHANGES)):
        if one.state == State.OPEN.value:
            service.close(change, one, Step.CANCEL, reason)
        elif one.values["kind"] == Kind.FREEZE.value and one.values["place"] not in known:
            made.append(service.release(change, one))
    if not released and not told:
        raise NothingFrozenError(ref=row.ref)
    return made


# -- inside --------------------------------------------------------------------------------

DISPUTED = N_("Disputed in {request}")
CORRECTED, UNCHANGED, TAKEN_BACK = "corrected", "unchanged", "withdrawn"  # how a freeze ends
_CHANGES = (Kind.CORRECTION.value, Kind.DELETION.value)


def own_part(
    change: Change,
    request: Row,
    person: Row,
    kind: Kind,
    items: Collection[int],
    wanted: Wanted | None = None,
    reply_by: date | None = None,
) -> int:
    """Enter the vault's own part of a request."""
    desk = change.desk
    service = desk.service("retrievals")
    sealed = {}
    if wanted:
        sealed = {SLOT_WANTED: changes.packed(wanted), SLOT_CHANGE: changes.told(desk, wanted)}
    if kind is Kind.DELETION:
        sealed.pop(SLOT_CHANGE, None)
    number: int = service.enter(
        change,
        kind=kind.value,
        request=request.id,
        subject=person.id,
        place=None,
        items=[desk.ref("items", item) for item in sorted(items)],
        reply_by=reply_by or service.next_reply_day(request.values.get("due_on")),
        sealed=sealed,
    )
    return number


def _subject(order: Row) -> int:
    return references.number(order.values["subject"])


def _require_once(desk: Desk, request: Row, items: set[int]) -> None:
    """Refuse a second correction of an item while the first is under way."""
    refs = {desk.ref("items", item) for item in items}
    for row in desk.service("retrievals").of_request(request.id, *_CHANGES):
        if not rules.closed(State(row.state)) and not refs.isdisjoint(row.values["items"]):
            raise OrderedAlreadyError(order=row.ref)


def _vault_part(desk: Desk, request: int) -> list[Row]:
    """Return the vault's own parts of a request that wait."""
    rows = desk.service("retrievals").of_request(request)
    return [row for row in rows if not row.values["place"] and not rules.closed(State(row.state))]


def _done(change: Change, order: int) -> None:
    """Note that the vault has followed an order."""
    desk = change.desk
    told = {"answered_on": desk.today(), "result": Result.DONE.value}
    desk.service("retrievals").step(change, order, Step.ANSWER, **told)
    desk.vault.payloads.put(OFFICE, order, {SLOT_BY: desk.vault.person.name})
    change.note("record.changed", "retrievals", order, fields=("state", "result"))


def _freeze(change: Change, subject: int, items: Sequence[int], request: Row) -> None:
    """Freeze what is disputed (S6.5)."""
    reason = _(DISPUTED).format(request=request.ref)
    correction.freeze(change, subject, items, request.id, reason)


def _release(change: Change, subject: int, request: int, result: str, outcome: str = "") -> bool:
    """Release every freeze that stands for a request; return whether there was one."""
    standing = change.desk.service("freezes").open_of(subject, request)
    for number in standing:
        correction.release(change, number, result, outcome)
    return bool(standing)


def _tell(change: Change, subject: int, wanted: Wanted, request: int) -> list[int]:
    """Tell past recipients what was corrected (S6.6).

    Processors are among the places, which have their order.
    """
    gone = all(not after for _before, after in wanted.values())
    return correction.tell_recipients(
        change,
        subject,
        sorted(wanted),
        request,
        "deletion" if gone else wanted,
        processors=False,
    )


# -- actions of the requests ----------------------------------------------------------------


def draw_up(
    desk: Desk, refs: Sequence[str], *, after: str, reply_by: date | None = None
) -> Outcome:
    """Freeze what is disputed and draw up the correction orders."""
    made: list[int] = []
    with desk.change() as change:
        for ref in refs:
            made += begin(change, desk.service("requests").number(ref), after, reply_by=reply_by)
    return answering.drawn(desk, made)


def correct(desk: Desk, refs: Sequence[str]) -> Outcome:
    """Correct the values in the vault and tell past recipients."""
    told: list[int] = []
    with desk.change() as change:
        for ref in refs:
            told += amend(change, desk.service("requests").number(ref))
    message = _(N_("The vault is corrected; notices to past recipients: {n}."))
    return Outcome(message.format(n=len(told)), tuple(refs))


def freeze(desk: Desk, refs: Sequence[str], *, items: Sequence[str] = ()) -> Outcome:
    """Freeze until a request is decided."""
    made: list[int] = []
    numbers = {references.number(ref) for ref in items or ()}
    with desk.change() as change:
        for ref in refs:
            made += suspend(change, desk.service("requests").number(ref), numbers)
    return answering.drawn(desk, made)


def release(desk: Desk, refs: Sequence[str], *, reason: str) -> Outcome:
    """Release what was frozen for a request."""
    made: list[int] = []
    with desk.change() as change:
        for ref in refs:
            made += resume(change, desk.service("requests").number(ref), reason)
    message = _(N_("Released; orders to places to release: {n}."))
    return Outcome(message.format(n=len(made)), tuple(refs))
