"""What the law asks of processors and of the works consigned to them. No Qt, no database.

Rules 28 (contract), 30 (notice of marketing), 31 (sub-consignment), 32 (supervision), S4.1
(return or destruction), S4.3 (minimum), 28-8 (cross-border). Days are office dates.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from privdesk.core import periods
from privdesk.core.calendar import OfficeCalendar
from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.i18n import N_
from privdesk.core.rulebook import term_number

PROCESSORS, WORKS = "processors", "consignments"
SOON = timedelta(days=30)  # how long before its day a check or the end of a contract is shown

CLAUSE_LABELS = {
    "purpose_only": N_("No processing beyond the work (PIPA 26(1)1)"),
    "safeguards": N_("Technical and managerial safeguards (PIPA 26(1)2)"),
    "work": N_("Purpose and scope of the work (Decree 28(1)1)"),
    "onward": N_("Limits on consigning it on (Decree 28(1)2)"),
    "access": N_("Measures such as limits of access (Decree 28(1)3)"),
    "supervision": N_("Supervision, such as inspections (Decree 28(1)4)"),
    "damages": N_("Damages for a breach of duty (Decree 28(1)5)"),
}
"""The seven clauses of a contract (rule 28), in the order of the law."""
GROUND_LABELS = {
    "consent": N_("Separate consent (28-8(1)1)"),
    "law": N_("Law or treaty (28-8(1)2)"),
    "contract": N_("Needed for a contract, and published (28-8(1)3)"),
    "certified": N_("Certified recipient (28-8(1)4)"),
    "adequate": N_("Country of equal protection (28-8(1)5)"),
}
WAY_LABELS = {
    "post": N_("By post"),
    "email": N_("By e-mail"),
    "text": N_("By text message"),
    "phone": N_("By telephone"),
    "fax": N_("By fax"),
    "posting": N_("Posted on the web site"),
}
POSTING = "posting"


class State(Enum):
    """Where a processor stands."""

    ACTIVE = "active"
    ENDING = "ending"
    ENDED = "ended"


class EndsBeforeStartError(DomainError):
    """The contract cannot end on {until}, before it begins on {since}. Nothing was changed; check
    both days.
    """


class DayToComeError(DomainError):
    """{day} is still to come. Nothing was changed; record it on that day."""


class DisposedEarlierError(DomainError):
    """The contract ended on {ended}, so nothing can have been returned or destroyed for good on
    {day}. Nothing was changed; check the day.
    """


class PostedTooShortError(DomainError):
    """A posting that stands in for notices lasts {least} days at least: until {until} (Decree
    28(5)). Nothing was changed; keep it posted, or leave its last day out while it stands.
    """


class ContractEndedError(DomainError):
    """The contract with {name} has ended. Nothing was changed; take the end of {ref} back first, or
    enter the company anew.
    """


class WorkEndedError(DomainError):
    """{ref} has ended, so it stays as it was. Nothing was changed; enter a new work, or take its
    end back first.
    """


class OwnParentError(DomainError):
    """{name} would stand below itself. Nothing was changed; choose the processor that consigned
    the work on.
    """


@dataclass(frozen=True)
class ProcessorFacts:
    """What the rules need of a processor; ``since`` is the first day it worked for us."""

    ref: str
    name: str
    state: State
    sub: bool = False
    since: date | None = None
    consent_on: date | None = None
    checked: date | None = None
    trained: date | None = None
    ended_on: date | None = None
    working: bool = True  # whether a work of its stands


@dataclass(frozen=True)
class WorkFacts:
    """What the rules need of a work consigned; ``lacking`` are keys of ``CLAUSE_LABELS``."""

    ref: str
    work: str
    processor: str
    sub: bool = False
    since: date | None = None
    until: date | None = None
    contract: bool = False
    lacking: tuple[str, ...] = ()
    ticked: bool = False
    newer_file: bool = False
    terms_on: date | None = None  # what the contract is about changed after it was checked
    marketing: bool = False
    notified_on: date | None = None
    untold: int = 0  # people who had not been told when the others were
    way: str = ""
    posted_until: date | None = None
    changed_on: date | None = None
    entire: bool = False
    challenged_on: date | None = None
    abroad: bool = False
    country: str = ""
    ground: str = ""


def check_days(since: date | None, until: date | None) -> None:
    """Refuse an end before the beginning."""
    if since is not None and until is not None and until < since:
        raise EndsBeforeStartError(since=since, until=until)


def require_past(day: date, today: date) -> None:
    """Refuse a day that has not come."""
    if day > today:
        raise DayToComeError(day=day)


def next_check(since: date | None, checked: date | None, trained: date | None) -> date | None:
    """Return the first day by which an inspection or a training has to be held (rule 32).

    Twelve months after the last of its kind, else after the first day; the day itself is in
    time. None where nothing is known to count from.
    """
    days = [day for day in (_again(since, checked), _again(since, trained)) if day is not None]
    return min(days, default=None)


def posting_ends(start: date, on: date) -> date:
    """Return the earliest last day of a posting in place of notices (rule 30, Decree 28(5)).

    The day of posting is not counted (Civil Act 157).
    """
    return start + timedelta(days=term_number("processor.notice_days", on))


def check_posting(start: date, until: date | None) -> None:
    """Refuse a posting that was taken down too early."""
    least = posting_ends(start, start)
    if until is not None and until < least:
        days = term_number("processor.notice_days", start)
        raise PostedTooShortError(least=days, until=least)


def judge_processor(facts: ProcessorFacts, today: date, calendar: OfficeCalendar) -> list[Finding]:
    """Return what is wrong with a processor, or falls due: rules 31, 32 and S4.1."""
    if facts.state is State.ENDING:
        return [_disposal(facts, today, calendar)]
    if facts.state is not State.ACTIVE:
        return []
    found = _sub(facts, today)
    if not facts.working:
        return found
    found += _check(facts, facts.checked, today, INSPECTION)
    return found + _check(facts, facts.trained, today, TRAINING)


def judge_work(facts: WorkFacts, today: date, *, marketing: bool) -> list[Finding]:
    """Return what is wrong with a work: rules 28, 30, S4.3 and 28-8.

    ``marketing`` says whether rule 30 applies to a company of this profile.
    """
    return [
        *_contract(facts, today),
        *_period(facts, today),
        *(_notice(facts, today) if facts.marketing and marketing else ()),
        *_entire(facts, today),
        *_abroad(facts, today),
    ]


INSPECTION = (
    N_("{name} has not been inspected for a year."),
    N_("{name} is to be inspected by {day}."),
    N_("Plan the inspection and hold it (D8)."),
)
TRAINING = (
    N_("{name} has had no training for a year."),
    N_("{name} is to be trained by {day}."),
    N_("Hold the training, or have its attendance list sent, and enter it."),
)


def _again(since: date | None, last: date | None) -> date | None:
    start = last or since
    if start is None:
        return None
    return periods.add(start, periods.months(term_number("processor.check_months", start)))


def _check(
    facts: ProcessorFacts, last: date | None, today: date, texts: tuple[str, str, str]
) -> list[Finding]:
    due = _again(facts.since, last)
    late, soon, do = texts
    if due is not None and due - SOON > today:
        return []
    over = due is None or due < today
    return [
        finding(
            "32", PROCESSORS, facts.ref, what=late if over else soon, do=do, due=due,
            severity=Severity.BREACH if over and not facts.sub else Severity.WARNING,
            values={"name": facts.name, **({} if over else {"day": due})},
        )
    ]  # fmt: skip


def _sub(facts: ProcessorFacts, today: date) -> list[Finding]:
    if not facts.sub:
        return []
    late = (
        facts.consent_on is not None and facts.since is not None and facts.consent_on > facts.since
    )
    if facts.consent_on is not None and not late:
        return []
    what = (
        N_("{name} began before the company had agreed to the sub-consignment.")
        if late
        else N_("The sub-consignment to {name} has not been agreed to.")
    )
    return [
        finding(
            "31", PROCESSORS, facts.ref, what=what, due=facts.since if not late else None,
            do=N_("Have it agreed to in writing, or have it stopped; enter the day."),
            severity=Severity.WARNING if late else Severity.BREACH,
            values={"name": facts.name},
        )
    ]  # fmt: skip


def _disposal(facts: ProcessorFacts, today: date, calendar: OfficeCalendar) -> Finding:
    ended = facts.ended_on or today
    due = calendar.deadline_days(ended, term_number("destroy.days", ended))
    return finding(
        "S4.1", PROCESSORS, facts.ref, due=due, waiting=due >= today,
        what=N_("{name} has not confirmed that our data was returned or destroyed."),
        do=N_("Ask for the signed confirmation and record it."), values={"name": facts.name},
    )  # fmt: skip


def _contract(facts: WorkFacts, today: date) -> list[Finding]:
    told = {"work": facts.work, "name": facts.processor}
    if facts.sub or (facts.since is not None and facts.since > today):
        severity = Severity.WARNING  # another's contract, or there is time until it begins
    else:
        severity = Severity.BREACH
    if not facts.contract:
        what = N_("No contract with {name} is on file for “{work}”.")
        do = N_("Attach the contract, then tick its seven clauses.")
    elif not facts.ticked:
        what = N_("Nobody has checked the contract with {name} for “{work}”.")
        do, severity = N_("Read it and tick the seven clauses."), Severity.WARNING
    elif facts.lacking:
        what = N_("The contract for “{work}” with {name} lacks {n} of the seven clauses.")
        do, told = N_("Have the contract amended, attach it and tick again."), {
            **told, "n": str(len(facts.lacking)),
        }  # fmt: skip
    elif facts.newer_file:
        what = N_("The contract for “{work}” with {name} was replaced after it was checked.")
        do, severity = N_("Read the newer one and tick the seven clauses."), Severity.WARNING
    elif facts.terms_on is not None:
        what = N_("“{work}” by {name} changed after its contract was checked.")
        do, severity = N_("Read the contract again and tick the seven clauses."), Severity.WARNING
    else:
        return []
    return [
        finding("28", WORKS, facts.ref, what=what, do=do, severity=severity, due=facts.since,
                values=told)
    ]  # fmt: skip


def _period(facts: WorkFacts, today: date) -> list[Finding]:
    if facts.until is None or facts.until - SOON > today:
        return []
    over = facts.until < today
    what = (
        N_("The contract for “{work}” with {name} ran out.")
        if over
        else N_("The contract for “{work}” with {name} runs out.")
    )
    return [
        finding(
            "28", WORKS, facts.ref, what=what, due=facts.until,
            do=N_("Renew it, or end the work and have the data returned or destroyed."),
            severity=Severity.BREACH if over else Severity.WARNING,
            values={"work": facts.work, "name": facts.processor},
        )
    ]  # fmt: skip


def _notice(facts: WorkFacts, today: date) -> list[Finding]:
    told = {"work": facts.work, "name": facts.processor}
    began = facts.since is None or facts.since <= today
    severity = Severity.BREACH if began else Severity.WARNING
    if facts.notified_on is None:
        what = N_("People have not been told that {name} does “{work}” for marketing.")
        return [
            finding("30", WORKS, facts.ref, what=what, severity=severity, due=facts.since,
                    do=N_("Print the notices (D7a), send them and record it."), values=told)
        ]  # fmt: skip
    if facts.changed_on is not None and facts.changed_on > facts.notified_on:
        what = N_("“{work}” by {name} changed after people had been told of it.")
        return [
            finding("30", WORKS, facts.ref, what=what, due=facts.changed_on,
                    do=N_("Print the notices (D7a), send them and record it."), values=told)
        ]  # fmt: skip
    if facts.untold:
        what = N_("{n} people have not been told that {name} does “{work}” for marketing.")
        return [
            finding("30", WORKS, facts.ref, what=what, severity=severity, due=facts.since,
                    do=N_("Tell them as well, or post it for whoever cannot be reached."),
                    count=facts.untold, values={**told, "n": facts.untold})
        ]  # fmt: skip
    last = posting_ends(facts.notified_on, facts.notified_on)
    if facts.way != POSTING or facts.posted_until is not None or last < today:
        return []
    return [
        finding(
            "30", WORKS, facts.ref, due=last, severity=Severity.WARNING, waiting=True,
            what=N_("The posting about {name} has to stand until {day}."),
            do=N_("Leave it posted; after that day record until when it stood."),
            values={"name": facts.processor, "day": last},
        )
    ]  # fmt: skip


def _entire(facts: WorkFacts, today: date) -> list[Finding]:
    if not facts.entire:
        return []
    due = None
    if facts.challenged_on is not None:
        months = term_number("processor.check_months", facts.challenged_on)
        due = periods.add(facts.challenged_on, periods.months(months))
        if due > today:
            return []
    return [
        finding(
            "S4.3", WORKS, facts.ref, due=due, severity=Severity.WARNING,
            what=N_("{name} gets the entire personal data for “{work}”: is less not enough?"),
            do=N_("Narrow it to the items needed, or write down why that cannot be."),
            values={"work": facts.work, "name": facts.processor},
        )
    ]  # fmt: skip


def _abroad(facts: WorkFacts, today: date) -> list[Finding]:
    if not facts.abroad or (facts.ground and facts.country):
        return []
    return [
        finding(
            "28-8", WORKS, facts.ref, due=facts.since,
            what=N_("“{work}” goes abroad to {name} without its ground and country."),
            do=N_("Enter country, ground and way of the transfer, or keep the data here."),
            values={"work": facts.work, "name": facts.processor},
        )
    ]  # fmt: skip
