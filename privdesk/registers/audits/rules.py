"""What an audit of compliance needs, and what becomes of its findings (S8.2③). No Qt, no clock."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding, Severity, Term, finding
from privdesk.core.hangul import name_key
from privdesk.core.i18n import N_, _
from privdesk.core.periods import add, months
from privdesk.core.rulebook import term_number

AUDITS, FINDINGS = "audits", "audit-findings"
SOON = timedelta(days=7)
_PARTS = re.compile(r"[,/·、;&]|\band\b|\s및\s")  # between the departments of one text
_BEFORE, _AFTER = r"(?:^|[\s(와과및])", r"(?=$|[\s)]|와|과|및|의|도|and)"
FAR = timedelta(days=731)
"""Neither an audit nor the day of its remedy is farther ahead (office choice)."""
_CLAUSE = re.compile(r"S(?:10|[0-9])(?:\.[0-9]+)?[①-⑨]?(?=$|[\s:)]|[.](?:\s|$))")


class OwnWorkError(DomainError):
    """{name} answers for what is audited, or works there, so somebody else audits it. Nothing was
    changed; choose another auditor.
    """


class AuditorMissingError(DomainError):
    """An audit has an auditor: one of the staff, or somebody from outside. Nothing was changed;
    enter who audits.
    """


class TwoAuditorsError(DomainError):
    """An audit is held by {name} or by somebody from outside, not by both. Nothing was changed;
    leave one of the two empty.
    """


class InsideError(DomainError):
    """{name} is one of the staff and so no auditor from outside. Nothing was changed; choose the
    person as auditor instead.
    """


class TooFarError(DomainError):
    """{day} is more than two years ahead. Nothing was changed; check the day, or set one by which
    something can be seen.
    """


class ReportedError(DomainError):
    """{ref} is of an audit that is finished, so what was found stays as it was reported. Nothing
    was changed; give more time or another owner with a reason, or record what was done.
    """


class OwnerAuditsError(DomainError):
    """{name} is the auditor, and does not put right what the audit found. Nothing was changed;
    choose who answers for the work.
    """


class UnknownVerifierError(DomainError):
    """{name} is neither of the staff nor the auditor of this audit. Nothing was changed; enter who
    saw it as the staff register calls them.
    """


class AuditDaysError(DomainError):
    """An audit ends on or after the day it begins ({day}), and is not held on a day still to come.
    Nothing was changed; check the days.
    """


class NotYourAuditError(DomainError):
    """{ref} does not name you as its auditor. Nothing was changed; have an officer enter you there
    first.
    """


class AuditFinishedError(DomainError):
    """{ref} is finished, so it stays as it was found. Nothing was changed; plan another audit, or
    work on its findings.
    """


class OpinionMissingError(DomainError):
    """A report ends with the opinion of the auditor. Nothing was changed; enter the opinion."""


class UnprovedError(DomainError):
    """Nothing proves that {ref} was held by its auditor: no report is on file, and the desk is not
    the auditor’s. Nothing was changed; attach the signed report, or say why there is none.
    """


class AuditEarlyError(DomainError):
    """{ref} is planned from {planned}, and no earlier day is entered on which it was held. Nothing
    was changed; enter that day first.
    """


class NothingFoundError(DomainError):
    """Question {no} is answered with No, so it needs what was found, who puts it right, and by
    when. Nothing was changed; enter all three.
    """


class FindingDueError(DomainError):
    """It cannot be put right by {due}, before it was found on {found}. Nothing was changed; choose
    a later day.
    """


class FindingDayError(DomainError):
    """{day} is before {since}, or still to come. Nothing was changed; check the day."""


class FindingFixedError(DomainError):
    """{ref} is {state}, so it stays as it is. Nothing was changed; add a note instead."""


class OwnProofError(DomainError):
    """{name} put it right and so does not verify it. Nothing was changed; have somebody else look
    at the proof.
    """


class NoCpoError(DomainError):
    """Only the chief privacy officer accepts a risk, and none is appointed on {day}. Nothing was
    changed; enter the officer among the staff first.
    """


class DecisionMissingError(DomainError):
    """{name} has to accept the risk, as chief privacy officer. Nothing was changed; enter the
    number of the signed decision, or do it at that person’s own desk.
    """


class EarlierLaterError(DomainError):
    """{earlier} is not an earlier finding of another audit. Nothing was changed; choose one that
    was found before.
    """


class State(Enum):
    """Where a finding stands; the value is what is stored."""

    OPEN = "open"
    DONE = "done"
    VERIFIED = "verified"
    ACCEPTED = "accepted"


class Weight(Enum):
    """How much a finding weighs; the value is what is stored."""

    MAJOR = "major"
    MINOR = "minor"
    HINT = "hint"


MINOR = Weight.MINOR.value
STATE_LABELS: Mapping[State, str] = {
    State.OPEN: N_("To be put right"),
    State.DONE: N_("Put right, to be verified"),
    State.VERIFIED: N_("Verified"),
    State.ACCEPTED: N_("Risk accepted"),
}
WEIGHT_LABELS: Mapping[Weight, str] = {
    Weight.MAJOR: N_("Major"),
    Weight.MINOR: N_("Minor"),
    Weight.HINT: N_("Advice"),
}
WEIGHT_WORDS: Mapping[Weight, tuple[str, ...]] = {
    Weight.MAJOR: ("상", "높음", "중결함", "중부적합", "high"),
    Weight.MINOR: ("중", "보통", "경결함", "경부적합", "medium"),
    Weight.HINT: ("하", "낮음", "개선", "개선 권고", "관찰", "low"),
}
"""What lists of offices call the weights."""


@dataclass(frozen=True)
class Audited:
    """Who audits what: names of staff, the departments, who answers for it."""

    auditor: str = ""
    auditor_department: str = ""
    outside: str = ""
    department: str = ""
    responsible: str = ""
    name: str = ""  # of the auditor, for the sentence
    departments: Collection[str] = ()  # of the whole staff


@dataclass(frozen=True)
class Found:
    """A finding that waits, as far as the rules need it."""

    ref: str
    audit: str
    state: State
    due: date | None
    owner: str = ""
    owner_ref: str = ""
    done_on: date | None = None


def names_department(text: str, own: str, known: Collection[str]) -> bool:
    """Whether a text names a department, alone or among others, with or without a particle.

    ``known`` are the names of all departments: one of which the name is only a part is another.
    """
    key = name_key(own)
    if not key:
        return False
    others = {name_key(name) for name in known} - {key}
    inside = re.compile(_BEFORE + r"\s*".join(map(re.escape, key)) + _AFTER)
    for part in _PARTS.split(text):
        said = name_key(part)
        if said == key or (said not in others and inside.search(said)):
            return True
    return False


def check_far(day: date | None, today: date) -> None:
    """Refuse a day that lies farther ahead than anybody plans."""
    if day is not None and day > today + FAR:
        raise TooFarError(day=day)


def clause_of(question: str, section: str = "") -> str:
    """Return the clause that a question begins with, else that of its heading, or nothing."""
    for text in (question, section):
        found = _CLAUSE.match(text.strip())
        if found:
            return found[0]
    return ""


def check_auditor(told: Audited) -> None:
    """Refuse an audit without auditor, and one of somebody's own work."""
    if not told.auditor:
        if not told.outside.strip():
            raise AuditorMissingError
        return
    if told.outside.strip():
        raise TwoAuditorsError(name=told.name)
    same_place = names_department(told.department, told.auditor_department, told.departments)
    if told.auditor == told.responsible or same_place:
        raise OwnWorkError(name=told.name)


def check_days(first: date | None, last: date | None, today: date | None) -> None:
    """Refuse an end before its beginning; with ``today``, also days still to come."""
    late = today is not None and any(day is not None and day > today for day in (first, last))
    if late or (first is not None and last is not None and last < first):
        raise AuditDaysError(day=first or last)


def check_due(due: date | None, found: date | None) -> None:
    """Refuse a due day before the finding."""
    if due is not None and found is not None and due < found:
        raise FindingDueError(due=due, found=found)


def check_step(day: date, since: date | None, today: date) -> None:
    """Refuse a step before the one it follows, or on a day still to come."""
    if day > today or (since is not None and day < since):
        raise FindingDayError(day=day, since=since or day)


def require_state(ref: str, state: str, *allowed: State) -> None:
    """Refuse to change what was found once it was dealt with."""
    if state not in {one.value for one in allowed}:
        known = {one.value: label for one, label in STATE_LABELS.items()}
        raise FindingFixedError(ref=ref, state=_(known.get(state, state)))


def verify_by(done: date) -> date:
    """Return the last day for looking at the proof (the office's own term)."""
    return done + timedelta(days=term_number("audit.verify_days", done))


def next_audit_by(last: date) -> date:
    """Return the last day for the next audit: twelve months after the last (the office's own)."""
    return add(last, months(term_number("audit.months", last)))


def judge_findings(found: Sequence[Found], today: date) -> list[Finding]:
    """Return what is to be put right or verified by now or soon; the day itself is in time."""
    told = [_open(one, today) if one.state is State.OPEN else _done(one, today) for one in found]
    return [one for one in told if one is not None]


def _open(one: Found, today: date) -> Finding | None:
    if one.due is not None and one.due - SOON > today:
        return None
    late = one.due is None or one.due < today
    return finding(
        "audit",
        FINDINGS,
        one.ref,
        what=N_("A finding of {audit} has not been put right by {name}."),
        do=N_("Enter what was done with its proof, give more time, or have the risk accepted."),
        severity=Severity.BREACH if late else Severity.WARNING,
        due=one.due,
        who=one.owner_ref,
        values={"audit": one.audit, "name": one.owner or "–"},
        waiting=not late,
    )


def _done(one: Found, today: date) -> Finding | None:
    if one.state is not State.DONE or one.done_on is None:
        return None
    by = verify_by(one.done_on)
    return finding(
        "audit",
        FINDINGS,
        one.ref,
        what=N_("What was put right after {audit} has not been verified."),
        do=N_("Look at the proof, then verify it or send it back."),
        severity=Severity.WARNING,
        due=by,
        values={"audit": one.audit},
        term=Term(one.done_on, (by - one.done_on).days),
    )


def judge_planned(ref: str, name: str, planned: date | None, today: date) -> list[Finding]:
    """Return the audit whose planned days are over and that is not finished."""
    if planned is None or planned >= today:
        return []
    return [
        finding(
            "audit",
            AUDITS,
            ref,
            what=N_("{name} was planned until {day}."),
            do=N_("Finish it with the auditor’s opinion, or plan other days."),
            severity=Severity.WARNING,
            due=planned,
            values={"name": name, "day": planned},
        )
    ]


def judge_year(last: date | None, planned: date | None, today: date) -> list[Finding]:
    """Return that compliance has not been audited for a year, or never.

    ``last`` is the end of the newest finished audit, ``planned`` the next day planned.
    """
    if last is None:
        if planned is not None and planned >= today:
            return []
        return [
            finding(
                "audit",
                AUDITS,
                "",
                what=N_("Compliance with the policy has never been audited."),
                do=N_("Plan an audit with an auditor who does not answer for the work."),
                severity=Severity.SETUP,
            )
        ]
    by = next_audit_by(last)
    if today + SOON < by or (planned is not None and planned >= today and today <= by):
        return []
    return [
        finding(
            "audit",
            AUDITS,
            "",
            what=N_("The last audit ended on {day}; the next is due by {by}."),
            do=N_("Plan an audit with an auditor who does not answer for the work."),
            severity=Severity.BREACH if today > by else Severity.WARNING,
            due=by,
            values={"day": last, "by": by},
            term=Term(last, (by - last).days),
        )
    ]
