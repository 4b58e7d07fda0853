"""The paper of a log review: what was counted, explained and signed."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from privdesk.core.i18n import N_, Words, words
from privdesk.core.register import Row
from privdesk.core.rulebook import access_log_years
from privdesk.documents.paper import Paper
from privdesk.documents.papers import log_review
from privdesk.documents.papers.common import ApprovalLine, Signed
from privdesk.documents.papers.log_review import LogReviewPaper, MarkLine, PersonLine
from privdesk.registers.desk import Desk
from privdesk.registers.log_reviews import reading, rules

WHOLE = N_("recomputed up to entry {upto}: whole, all signatures hold")
FAULTY = N_("recomputed up to entry {upto}: {faults} places do not fit")
NOT_YET = N_("not checked yet; that is done at the signature")
ENTRY = N_("entry {number} of the journal")
ALONE = N_("Nobody but the reviewer had access in these days; not countersigned yet.")
ALONE_SIGNED = N_("Nobody but the reviewer had access in these days; countersigned by {name}.")


def paper(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """Return a review of the access log as it stands."""
    service, say = desk.service("log-reviews"), words(language)
    (row,) = service.rows([service.number(str(ref))])
    values = row.values
    outcome = rules.OUTCOMES[rules.Outcome(values["outcome"])] if values["outcome"] else ""
    today = desk.today()
    data = LogReviewPaper(
        number=number,
        issued_on=today,
        ref=row.ref,
        first=values["first"],
        last=values["last"],
        reviewer=str(values["reviewer"]),
        people=_people(desk, row),
        marks=_marks(desk, say, row),
        checked=_checked(say, row),
        conclusion=say(outcome) if outcome else "",
        words=str(values["words"] or ""),
        alone=_alone(say, row),
        begun=reading.begun(desk),
        years=access_log_years(desk.profile, today),
        follow_up=str(values["follow_up"] or ""),
        owner=row.titles.get("owner", ""),
        due=values["due"],
        result=str(values["result"] or ""),
        signed=_signed(desk, say, row),
        approvals=ApprovalLine(
            drafter=str(values["reviewer"]), drafted_on=values["concluded_on"] or today
        ),
    )
    return log_review.build(data, language)


def _people(desk: Desk, row: Row) -> tuple[PersonLine, ...]:
    return tuple(
        PersonLine(
            reading.person_name(desk, one.person),
            one.looks,
            one.searches,
            one.exports,
            one.prints,
            one.refused,
        )
        for one in desk.service("log-reviews").tallies(row.id)
    )


def _marks(desk: Desk, say: Words, row: Row) -> tuple[MarkLine, ...]:
    service = desk.service("log-marks")
    return tuple(
        MarkLine(
            on=one.values["on"],
            what=say(rules.LABELS[rules.Sort(one.values["kind"])]),
            who=str(one.values["who"]),
            count=one.values["count"],
            entries=str(one.values["numbers"]),
            explanation=str(one.values["explanation"] or ""),
            by=str(one.values["explained_by"] or ""),
        )
        for one in service.rows(service.of_review(row.id))
    )


def _checked(say: Words, row: Row) -> str:
    upto, faults = row.values["upto"], row.values["faults"]
    if upto is None:
        return say(NOT_YET)
    return say(FAULTY if faults else WHOLE).format(upto=f"{upto:,}", faults=f"{faults or 0:,}")


def _alone(say: Words, row: Row) -> str:
    if not row.values["alone"]:
        return ""
    name = str(row.values["countersigner"])
    return say(ALONE_SIGNED).format(name=name) if name else say(ALONE)


def _signed(desk: Desk, say: Words, row: Row) -> tuple[Signed, ...]:
    """Return who signed with which key; before that, room for two hands."""
    return (_one(desk, say, row, "reviewer", "log.concluded"),
            _one(desk, say, row, "countersigner", "log.countersigned"))  # fmt: skip


def _one(desk: Desk, say: Words, row: Row, role: str, action: str) -> Signed:
    sql = (
        "SELECT person, at, number FROM journal WHERE register = 'log-reviews' AND record = ?"
        " AND action = ? ORDER BY number DESC LIMIT 1"
    )
    found = desk.vault.raw.execute(sql, (row.id, action)).fetchone()
    person = desk.vault.header.by_id(found[0]) if found else None
    if person is None:
        return Signed(role, str(row.values["reviewer"]) if role == "reviewer" else "")
    mark = sha256(person.signing).hexdigest()
    entry = say(ENTRY).format(number=f"{found[2]:,}")
    return Signed(role, person.name, "key", mark, datetime.fromisoformat(found[1]), entry)
