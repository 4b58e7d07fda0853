"""Orders to places for a request, their replies, and the answer that is composed of them.

What a place is told follows from the request's kind: access asks for the data, a correction
commands another value, a suspension freezes. Each place is told once, by paper, and answers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.register import Outcome, Row
from privdesk.flows import changes, reaching, requests
from privdesk.flows.composing import Answer, compose
from privdesk.flows.revealing import revealed
from privdesk.registers.desk import Change, Desk
from privdesk.registers.destructions import lists
from privdesk.registers.requests import rules as case_rules
from privdesk.registers.requests.amending import NobodyAnyMoreError
from privdesk.registers.retrievals import rules
from privdesk.registers.retrievals.fields import (
    SLOT_BY,
    SLOT_CHANGE,
    SLOT_HOLDS,
    SLOT_IDS,
    SLOT_NAME,
    SLOT_WANTED,
)
from privdesk.registers.retrievals.rules import Kind, Result, State, Step
from privdesk.vault.payloads import OFFICE, PEOPLE

__all__ = ["Answer", "accept", "cancel", "compose", "enter_reply", "orders", "reply"]

READY = ("identified", "working", "extended")


class NotInWorkError(DomainError):
    """{ref} is not in work any more. Nothing was drawn up; take in a new request."""


class NobodyAskedForError(DomainError):
    """{ref} is not linked to anybody in the vault. Nothing was drawn up; link the person first, or
    answer that nothing is held.
    """


class PersonGoneError(DomainError):
    """The data of the person of {ref} has been destroyed. Nothing was drawn up; answer with the
    certificate of the destruction.
    """


class NowhereElseError(DomainError):
    """No place outside the vault holds what {ref} is about. Nothing was drawn up; go on with the
    vault alone.
    """


class AllOrderedError(DomainError):
    """Every place has its order for {ref} already. Nothing was drawn up; enter the replies, or
    cancel an order first.
    """


class ReplyDayError(DomainError):
    """A place cannot be asked to reply by {day}: the day lies between today, {today}, and {last}.
    Nothing was drawn up; give another day, or none for the office’s own term.
    """


class RepliedLaterError(DomainError):
    """A place cannot have replied on {day}, which is still to come. Nothing was changed; check the
    day.
    """


class RepliedEarlierError(DomainError):
    """A place cannot have replied on {day}: {ref} was drawn up on {asked}. Nothing was changed;
    check the day.
    """


def asked(desk: Desk, request: int) -> tuple[Row, Row]:
    """Return a request that may be worked on, and its person, masked."""
    cases = desk.service("requests")
    (row,) = cases.rows([request])
    if row.state not in ("received", *READY):
        raise NotInWorkError(ref=row.ref)
    case_rules.require_ready(cases.case(request))
    return row, person_of(desk, row)


def person_of(desk: Desk, request: Row) -> Row:
    """Return the living person of a request."""
    ref = str(request.values.get("subject") or "")
    if not ref:
        raise NobodyAskedForError(ref=request.ref)
    (person,) = desk.service("subjects").rows([references.number(ref)])
    if person.state == "destroyed":
        raise PersonGoneError(ref=request.ref)
    if person.state == "void":
        raise NobodyAnyMoreError(person=ref)
    found: Row = person
    return found


def orders(
    change: Change,
    request: int,
    kind: str = "",
    *,
    items: Collection[int] = (),
    wanted: Mapping[int, tuple[str, str]] | None = None,
    reply_by: date | None = None,
) -> list[int]:
    """Draw up one order for each place that holds the person's data; return their numbers.

    ``kind`` follows from the request where it is empty; ``items`` (numbers) narrow it, and
    ``wanted`` gives the values before and after of a correction by item. A place that has an
    unanswered order of the same kind for the same items is not asked twice.
    """
    desk = change.desk
    row, person = asked(desk, request)
    what = (
        Kind(kind) if kind else rules.KIND_OF_REQUEST.get(str(row.values["kind"]), Kind.RETRIEVAL)
    )
    narrowed = set(items) or changes.items_asked(row)
    service = desk.service("retrievals")
    _require_reply_day(desk, row, reply_by)
    due = reply_by or service.next_reply_day(row.values.get("due_on"))
    before = _waiting(desk, request, what, narrowed)
    found = reaching.outside(desk, changes.files_of(desk, person.id, narrowed))
    if row.state == "identified":
        requests.start(change, request)
    return [
        service.enter(
            change,
            kind=what.value,
            request=request,
            subject=person.id,
            place=place,
            files=[desk.ref("files", file) for file in files],
            items=[desk.ref("items", item) for item in sorted(narrowed)],
            reply_by=due,
            sealed=_sealed(desk, person.id, place, files, wanted),
        )
        for place, files in found.items()
        if place not in before
    ]


def _require_reply_day(desk: Desk, row: Row, day: date | None) -> None:
    """Refuse a day for the reply that is over, or at which the answer would be late.

    Where the request is late already, the office’s own term counts from today.
    """
    if day is None:
        return
    today, due = desk.today(), row.values["due_on"]
    last = max(due, desk.service("retrievals").next_reply_day(None))
    if not today <= day <= last:
        raise ReplyDayError(day=day, today=today, last=last)


def _waiting(desk: Desk, request: int, kind: Kind, items: set[int]) -> set[int]:
    """Return the places with an unanswered order of this kind for the same items."""
    refs = {desk.ref("items", item) for item in items}
    rows = desk.service("retrievals").of_request(request, kind.value)
    return {
        references.number(row.values["place"])
        for row in rows
        if row.values["place"]
        and not rules.closed(State(row.state))
        and set(row.values["items"]) == refs
    }


def _sealed(
    desk: Desk,
    subject: int,
    place: int,
    files: lists.PerFile,
    wanted: Mapping[int, tuple[str, str]] | None,
) -> dict[int, str]:
    ids = lists.listed(desk, files, desk.ref("places", place), headed=len(files) > 1)
    sealed = {SLOT_IDS: ids}
    if wanted:
        sealed |= {SLOT_WANTED: changes.packed(wanted), SLOT_CHANGE: changes.told(desk, wanted)}
    return sealed


def sent(change: Change, order: int) -> None:
    """Note that an order was printed with what it names."""
    service = change.desk.service("retrievals")
    service.step(change, order, Step.SEND, sent_on=change.desk.today())
    change.note("record.changed", "retrievals", order, fields=("state", "sent_on"))


def reply(
    change: Change,
    order: int,
    *,
    by: str,
    on: date,
    result: str = Result.DONE.value,
    holds: str = "",
    data: Path | None = None,
    evidence: Path | None = None,
) -> State:
    """Enter what a place replied; return where its order stands then.

    ``holds`` is what the place holds, a line for each item; a value that is not the ordered
    one (or, asked for the data, not the one the vault knows) makes the reply differ. ``data``
    is the file that came back; it is kept sealed with the people's keys.
    """
    desk = change.desk
    (row,) = desk.service("retrievals").rows([order])
    _require_day(desk, row, on)
    differing = _differing(desk, row, holds)
    step = rules.reply_step(Kind(row.values["kind"]), Result(result), differing=bool(differing))
    told: dict[str, Any] = {"answered_on": on, "result": result}
    told["differing"] = changes.links(desk, "items", differing)
    if data is not None:
        told["data"] = reaching.kept(desk, PEOPLE, order, data)
        desk.vault.payloads.put(PEOPLE, order, {SLOT_NAME: data.name})
    if evidence is not None:
        told["evidence"] = reaching.kept(desk, PEOPLE, order, evidence)
    after: State = desk.service("retrievals").step(change, order, step, **told)
    desk.vault.payloads.put(PEOPLE, order, {SLOT_HOLDS: holds.strip() or None})
    desk.vault.payloads.put(OFFICE, order, {SLOT_BY: by.strip()})
    change.note(
        "retrieval.replied",
        "retrievals",
        order,
        fields=("result", *(("holds",) if holds.strip() else ()), *(("data",) if data else ())),
        reason=str(row.values["request"]),
    )
    _go_on(change, row)
    return after


def _require_day(desk: Desk, row: Row, on: date) -> None:
    if on > desk.today():
        raise RepliedLaterError(day=on)
    if on < row.values["asked_on"]:
        raise RepliedEarlierError(day=on, ref=row.ref, asked=row.values["asked_on"])


def _differing(desk: Desk, row: Row, holds: str) -> list[int]:
    """Return the items in which a place holds another value than it should."""
    if not holds.strip():
        return []
    subject = references.number(row.values["subject"])
    wanted = {
        item: after for item, (_b, after) in desk.service("retrievals").wanted(row.id).items()
    }
    if row.values["kind"] == Kind.RETRIEVAL.value:
        names = [field.name for field in desk.service("subjects").item_fields()]
        (person,) = revealed(desk, "subjects", [subject], str(row.values["request"]), names)
        wanted = changes.values_of(desk, person)
    return changes.differing(desk, holds, wanted)


def _go_on(change: Change, row: Row) -> None:
    """Do what waited for this order."""
    from privdesk.flows import correcting

    correcting.settle(change, references.number(row.values["request"]))


# -- actions of the register ---------------------------------------------------------------


def draw_up(
    desk: Desk, refs: Sequence[str], *, items: Sequence[str] = (), reply_by: date | None = None
) -> Outcome:
    """Draw up the orders of requests; refuse where no place outside the vault holds anything."""
    made: list[int] = []
    numbers = {references.number(ref) for ref in items or ()}
    with desk.change() as change:
        for ref in refs:
            request = desk.service("requests").number(ref)
            found = orders(change, request, items=numbers, reply_by=reply_by)
            if not found:
                before = desk.service("retrievals").of_request(request)
                raise AllOrderedError(ref=ref) if before else NowhereElseError(ref=ref)
            made += found
    return drawn(desk, made)


def drawn(desk: Desk, made: Sequence[int]) -> Outcome:
    """Return in words what was drawn up."""
    told = ngettext("{n} order drawn up", "{n} orders drawn up", len(made))
    return Outcome(told, tuple(desk.ref("retrievals", number) for number in made))


def enter_reply(
    desk: Desk,
    refs: Sequence[str],
    *,
    by: str,
    result: str,
    on: date | None = None,
    holds: str = "",
    file: str = "",
    evidence: str = "",
) -> Outcome:
    """Enter the reply of a place."""
    with desk.change() as change:
        states = [
            reply(
                change,
                desk.service("retrievals").number(ref),
                by=by,
                on=on or desk.today(),
                result=result,
                holds=holds or "",
                data=Path(file) if file else None,
                evidence=Path(evidence) if evidence else None,
            )
            for ref in refs
        ]
    if State.DIFFERS in states:
        return Outcome(_(DIFFERS), tuple(refs))
    return Outcome(_(N_("Reply entered.")), tuple(refs))


DIFFERS = N_(
    "Reply entered; it is not what was ordered. Ask the place, or accept it with the reason."
)


def accept(desk: Desk, refs: Sequence[str], *, reason: str) -> Outcome:
    """Accept replies that differ, with the reason why."""
    _close(desk, refs, Step.ACCEPT, reason)
    return Outcome(ngettext("{n} reply accepted", "{n} replies accepted", len(refs)), tuple(refs))


def cancel(desk: Desk, refs: Sequence[str], *, reason: str) -> Outcome:
    """Give up orders that are not needed any more."""
    _close(desk, refs, Step.CANCEL, reason)
    return Outcome(ngettext("{n} order cancelled", "{n} orders cancelled", len(refs)), tuple(refs))


def _close(desk: Desk, refs: Sequence[str], step: Step, reason: str) -> None:
    service = desk.service("retrievals")
    with desk.change() as change:
        for ref in refs:
            (row,) = service.rows([service.number(ref)])
            service.close(change, row, step, reason)
            _go_on(change, row)
