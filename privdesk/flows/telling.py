"""D10: the notice to whoever received what was corrected or deleted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import zip_longest

from privdesk.core import references
from privdesk.core.errors import DomainError, ForbiddenError
from privdesk.core.hangul import name_key
from privdesk.core.i18n import speaking
from privdesk.core.register import Row
from privdesk.documents.paper import Paper
from privdesk.documents.papers import correction_notice
from privdesk.documents.papers.common import ApprovalLine
from privdesk.documents.papers.correction_notice import Changed
from privdesk.flows import sender
from privdesk.flows.papers import contact
from privdesk.registers.corrections.rules import Role, State, What
from privdesk.registers.desk import Change, Desk


class NoticeGoneError(DomainError):
    """What {ref} told was destroyed with the data it speaks of. Nothing was printed; the record
    still says who was told and what was replied.
    """


def notice(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """D10 in the clear: its copy is sealed with the people's keys."""
    if not desk.vault.sees_people:
        raise ForbiddenError(role=desk.vault.role)
    service = desk.service("corrections")
    (row,) = service.rows([service.number(str(ref))], reveal=True)
    values = row.values
    gone = row.state == State.ANSWERED.value and not values["known_as"]
    if gone:
        raise NoticeGoneError(ref=row.ref)
    deletion = values["kind"] == What.DELETION.value
    data = correction_notice.CorrectionNotice(
        number=number,
        issued_on=desk.today(),
        ref=row.ref,
        role=str(values["role"]),
        to=str(values["recipient"]),
        contact=str(values["contact"] or ""),
        company=sender.company(desk, language),
        person=str(values["known_as"] or ""),
        provided=_provided(desk, row),
        provision=str(values["provision"] or ""),
        items=_changed(desk, row, language),
        deletion=deletion,
        corrected_on=values["decided_on"],
        reply_by=service.reply_day(),
        questions=contact(desk, language),
        approvals=ApprovalLine(drafter=desk.vault.person.name, drafted_on=desk.today()),
    )
    return correction_notice.build(data, language)


def issued_d10(change: Change, ref: str) -> None:
    """Note that a notice was printed: it counts as sent, and its person was looked at."""
    service = change.desk.service("corrections")
    (row,) = service.rows([service.number(ref)])
    subject = references.number(row.values["subject"])
    fields = ("known_as", "before", "after")
    change.note("record.looked", "corrections", row.id, fields=fields, reason=row.ref)
    change.note("correction.sent", "subjects", subject, reason=row.ref)
    if row.state in (State.OPEN.value, State.SENT.value, State.DIFFERS.value):
        service.sent(change, row.id, change.desk.today())


def printable_d10(desk: Desk) -> int | None:
    """Return the newest notice that is not settled, else the newest that still says something."""
    service = desk.service("corrections")
    sql = (
        "SELECT id FROM corrections WHERE state <> 'void'"
        " ORDER BY state = 'answered', id DESC LIMIT 1"
    )
    found = desk.vault.raw.execute(sql).fetchone()
    return None if found is None else int(service.rows([found[0]])[0].id)


def _changed(desk: Desk, row: Row, language: str) -> tuple[Changed, ...]:
    """Return the items in their order, each with its line of the values before and after."""
    with speaking(language):
        names: Sequence[str] = desk.service("items").called_by(row.values["items"])
    before = str(row.values["before"] or "").splitlines()
    after = str(row.values["after"] or "").splitlines()
    lines = zip_longest(names, before[: len(names)], after[: len(names)], fillvalue="")
    return tuple(Changed(*line) for line in lines)


def _provided(desk: Desk, row: Row) -> tuple[date, ...]:
    """Return every day on which this recipient was given something of the person."""
    if row.values["role"] != Role.RECIPIENT.value:
        return ()
    subject = references.number(row.values["subject"])
    wanted = name_key(str(row.values["recipient"]))
    days = {
        one.values["provided_on"]
        for one in desk.service("provisions").given_to(subject)
        if name_key(str(one.values["recipient"])) == wanted
    }
    days |= {row.values["provided_on"]}
    return tuple(sorted(day for day in days if day is not None))
