"""A withdrawal that was asked for in a case: the consents end, and the case is the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from privdesk.core import references
from privdesk.core.clock import office_date
from privdesk.core.errors import DomainError
from privdesk.core.i18n import _, ngettext
from privdesk.core.register import Outcome, Row
from privdesk.flows import answering, deleting, requests, withdrawal
from privdesk.flows.withdrawal import HELD, LAW, Boxes, Plan, Withdrawn
from privdesk.registers.answering import READY
from privdesk.registers.desk import Change, Desk


class OfAnotherError(DomainError):
    """{request} is of another person than these consents. Nothing was changed; choose consents of
    the person who asks.
    """


def act(
    desk: Desk, refs: Sequence[str], *, purposes: Sequence[str] = (), consents: Sequence[str] = ()
) -> Outcome:
    """Withdraw what requests ask for: what is named, else the purposes of the request, else all.

    The day of the withdrawal is that on which the request was received.

    Raises:
        NothingToWithdrawError: no consent is in force, and nothing is held on consent.
    """
    done: list[Withdrawn] = []
    with desk.change() as change:
        for ref in refs:
            number = desk.service("requests").number(ref)
            row, person = answering.asked(desk, number)
            on = office_date(row.values["received_at"])
            channel = str(row.values.get("channel") or "")
            wanted, boxes = wished(desk, row, person, purposes, consents)
            one = withdrawal.withdraw(desk, person.id, wanted, on, channel, number, boxes=boxes)
            done.append(_followed(change, row, person, one))
    return outcome(desk, done)


def each(
    desk: Desk,
    refs: Sequence[str],
    on: date | None = None,
    channel: str = "",
    time: str = "",
    *,
    answers: bool = True,
) -> list[Withdrawn]:
    """Withdraw single consents by reference, person by person, in one transaction.

    With ``answers`` it is entered as what the person's open withdrawal request asked for,
    where there is one whose identity check is done; the request moves on.
    """
    done: list[Withdrawn] = []
    with desk.change() as change:
        for subject, boxes in withdrawal.by_person(desk, refs).items():
            case = case_of(desk, subject) if answers else None
            if case is not None and case.state not in READY:
                case = None
            number = case.id if case is not None else None
            one = withdrawal.withdraw(
                desk, subject, list(boxes), on, channel, number, time=time, boxes=boxes
            )
            if case is not None:
                one = _followed(change, case, answering.person_of(desk, case), one)
            done.append(one)
    return done


def plans(desk: Desk, refs: Sequence[str], on: date | None = None) -> list[Plan]:
    """Return what withdrawing single consents would do, person by person; changes nothing."""
    return [
        withdrawal.plan(desk, subject, list(boxes), on, boxes=boxes)
        for subject, boxes in withdrawal.by_person(desk, refs).items()
    ]


def case_of(desk: Desk, subject: int) -> Row | None:
    """Return the most urgent open request of a person that asks for a withdrawal."""
    rows = requests.open_cases(desk, subject)
    return next((row for row in rows if row.values["kind"] == "withdrawal"), None)


def wished(
    desk: Desk, row: Row, person: Row, purposes: Sequence[str] = (), consents: Sequence[str] = ()
) -> tuple[list[int], Boxes]:
    """Return which purposes a request ends, and of which only some boxes."""
    if consents:
        boxes = withdrawal.by_person(desk, consents)
        of = boxes.get(person.id, {})
        if set(boxes) - {person.id}:
            raise OfAnotherError(request=row.ref)
        return list(of), of
    return _purposes(desk, person, purposes or row.values.get("purposes") or ()), {}


def outcome(desk: Desk, done: Sequence[Withdrawn]) -> Outcome:
    """Return what withdrawals did, with the confirmation that is printed next."""
    made = [ref for one in done for ref in one.refs]
    asked = [one.destruction for one in done if one.destruction]
    paper = ("consents", "withdrawal", made[0]) if len(done) == 1 and made else None
    return Outcome(told(done), (*made, *asked), paper=paper)


def _followed(change: Change, row: Row, person: Row, one: Withdrawn) -> Withdrawn:
    """Enter what became of a request: its own part, and that the work has begun."""
    if one.destruction:
        whole = one.plan.person_goes
        deleting.follow(change, row, person, one.destruction, whole=whole)
    requests.start(change, row.id)
    return replace(one, request=row.ref)


def told(done: Sequence[Withdrawn]) -> str:
    """Return in words what withdrawals did: what goes, and what a law or a hold keeps."""
    count = sum(len(one.refs) for one in done)
    said = [ngettext("{n} consent withdrawn", "{n} consents withdrawn", count) + "."]
    for one in done:
        if one.destruction:
            words = _("Destruction {ref} was requested; another officer approves it.")
            said.append(words.format(ref=one.destruction))
        for fate in one.plan.of(LAW):
            words = _("{ref} is kept until {day}: {law}.")
            said.append(words.format(ref=fate.ref, day=fate.until, law=_(fate.law)))
        said += [_("{ref} stays under a legal hold.").format(ref=f.ref) for f in one.plan.of(HELD)]
        if one.plan.loses:
            said.append(_("Emptied here: {items}.").format(items=", ".join(one.plan.loses)))
            if one.plan.beside and not one.request:
                words = _("Take a request in, so that these delete it too: {places}.")
                said.append(words.format(places=", ".join(p.name for p in one.plan.beside)))
        if one.request:
            said.append(_("Entered as asked for in {request}.").format(request=one.request))
    return " ".join(said)


def _purposes(desk: Desk, person: Row, named: Sequence[str]) -> list[int]:
    """Return the purposes named, else those of every consent that is in force."""
    if named:
        return [references.number(ref) for ref in named]
    service = desk.service("consents")
    rows = service.rows(service.of_subjects([person.id]).get(person.id, []))
    found = [str(row.values["purpose"]) for row in rows if row.state == "given"]
    return [references.number(ref) for ref in dict.fromkeys(found)]
