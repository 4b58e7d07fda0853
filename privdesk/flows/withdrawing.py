"""A withdrawal that was asked for in a case: the consents end, and the case is the reason."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core import references
from privdesk.core.clock import office_date
from privdesk.core.i18n import _, ngettext
from privdesk.core.register import Outcome, Row
from privdesk.flows import answering, deleting, requests, withdrawal
from privdesk.flows.withdrawal import HELD, LAW, Withdrawn
from privdesk.registers.desk import Desk


def act(desk: Desk, refs: Sequence[str], *, purposes: Sequence[str] = ()) -> Outcome:
    """Withdraw what requests ask for: the purposes given, else those of the request, else all.

    The day of the withdrawal is that on which the request was received.

    Raises:
        NothingToWithdrawError: no consent is in force, and nothing is held on consent.
    """
    done: list[Withdrawn] = []
    with desk.change() as change:
        for ref in refs:
            number = desk.service("requests").number(ref)
            row, person = answering.asked(desk, number)
            wanted = purposes_of(desk, person, purposes or row.values.get("purposes") or ())
            on = office_date(row.values["received_at"])
            channel = str(row.values.get("channel") or "")
            one = withdrawal.withdraw(desk, person.id, wanted, on, channel, number)
            if one.destruction:
                whole = one.plan.person_goes
                deleting.follow(change, row, person, one.destruction, whole=whole)
            done.append(one)
            requests.start(change, number)
    made = [ref for one in done for ref in one.refs]
    return Outcome(told(done), (*made, *(one.destruction for one in done if one.destruction)))


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
    return " ".join(said)


def purposes_of(desk: Desk, person: Row, named: Sequence[str]) -> list[int]:
    """Return the purposes named, else those of every consent that is in force."""
    if named:
        return [references.parse(ref)[1] for ref in named]
    service = desk.service("consents")
    rows = service.rows(service.of_subjects([person.id]).get(person.id, []))
    found = [str(row.values["purpose"]) for row in rows if row.state == "given"]
    return [references.parse(ref)[1] for ref in dict.fromkeys(found)]
