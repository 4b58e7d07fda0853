"""When a pledge is missing, late or due again. No Qt, no database, no clock.

S8.2③ (signed before joining), S8.2④ (secrecy goes on after leaving), rule 43 (before the first
access).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.i18n import N_
from privdesk.core.periods import add, months, years
from privdesk.registers.sworn import LATE, Oath

REGISTER, STAFF = "pledges", "staff"
AHEAD = timedelta(days=14)
"""How long before somebody joins the sheet is asked for."""
EACH = 6
"""Up to so many people a finding names each; more are one finding with their number."""
KEEP_YEARS = 3
"""After the end of employment (office choice; the law names no number)."""


class SignedLaterError(DomainError):
    """A pledge cannot have been signed on {day}, which is still to come. Nothing was changed; check
    the day.
    """


class SignedEarlierError(DomainError):
    """The sheet of {ref} was printed on {printed}, so it cannot have been signed on {day}. Nothing
    was changed; check the day.
    """


class DueLaterError(DomainError):
    """A pledge cannot be due on {day}: it is to be signed by {last}. Nothing was changed; choose
    that day or an earlier one.
    """


class NobodyNamedError(DomainError):
    """A pledge is somebody’s. Nothing was changed; choose a member of staff, or of outside staff
    enter the person and that person’s company.
    """


class NotOutsideError(DomainError):
    """Only outside staff are entered by name and company. Nothing was changed; choose the member of
    staff, or the kind “outside staff”.
    """


class PledgedAlreadyError(DomainError):
    """{ref} is such a pledge of the same person already. Nothing was changed; open that one, or
    take it out of use first.
    """


class ByStepError(DomainError):
    """That {ref} was signed is recorded by a step, not by editing. Nothing was changed; choose
    “Signed on paper” or sign it on the screen.
    """


def require_signed_by(day: date, today: date) -> None:
    """Refuse a signature of a day to come."""
    if day > today:
        raise SignedLaterError(day=day)


def require_printed_by(ref: str, day: date, printed: date | None) -> None:
    """Refuse a signature on a sheet that was not printed yet."""
    if printed is not None and day < printed:
        raise SignedEarlierError(ref=ref, day=day, printed=printed)


def due_day(kind: str, joined: date | None, left: date | None, otherwise: date) -> date:
    """Return the day by which a pledge is to be signed.

    The day of joining, or the last day of work; ``otherwise`` where there is no such day.
    """
    found = left if kind == "leaving" else joined if kind in ("joining", "outside") else None
    return found or otherwise


def due_within(kind: str, wished: date | None, fallen: date, today: date) -> date:
    """Return the day by which a pledge is signed: the wished one, where that is no way round.

    ``fallen`` is the day that follows from joining or leaving; signing later is too late
    (S8.2③), so a wish can only bring it forward. A renewal may be given up to three months.
    """
    if wished is None:
        return fallen
    last = max(fallen, add(today, months(3))) if kind == "yearly" else fallen
    if wished > last:
        raise DueLaterError(day=wished, last=last)
    return wished


def kept_until(left: date | None) -> date | None:
    """Return until when a pledge is kept: three years after the end of employment (office)."""
    return add(left, years(KEEP_YEARS)) if left is not None else None


def renewal(oath: Oath, every: int, begun: date | None = None) -> date | None:
    """Return when the pledge is due again; ``every`` so many months, 0 for never.

    Never before the day ``begun`` on which the office began to want that.
    """
    if not every or oath.newest is None:
        return None
    return max(add(oath.newest, months(every)), begun or date.min)


@dataclass(frozen=True)
class Outside:
    """Somebody of another company, not of the staff, whose pledge waits for a signature."""

    pledge: int
    name: str
    company: str
    due: date | None


@dataclass(frozen=True)
class Stand:
    """Everybody's standing on a day.

    ``every`` is the number of months after which the office wants the pledge again, 0 for
    never, ``begun`` the day on which it began to. ``since`` is the first day of the register:
    who left before it is nobody's business here. ``names`` go by number of the staff;
    ``staff_ref`` and ``pledge_ref`` make references of numbers.
    """

    oaths: Sequence[Oath]
    today: date
    every: int = 0
    begun: date | None = None
    since: date | None = None
    names: Mapping[int, str] = field(default_factory=dict)
    staff_ref: Callable[[int], str] = str
    pledge_ref: Callable[[int], str] = str
    outside: Sequence[Outside] = ()


def missing(stand: Stand) -> list[Oath]:
    """Return who handles personal data and has not signed (rule 43)."""
    return [one for one in stand.oaths if one.lacks_first(stand.today)]


def coming(stand: Stand) -> list[Oath]:
    """Return who joins within a fortnight and has not signed yet."""
    last = stand.today + AHEAD
    return [
        one
        for one in stand.oaths
        if one.needs
        and one.first is None
        and one.joined is not None
        and stand.today < one.joined <= last
    ]


def due_again(stand: Stand) -> list[Oath]:
    """Return whose pledge has to be renewed by today, where the office wishes that."""
    found = []
    for one in stand.oaths:
        again = renewal(one, stand.every, stand.begun)
        if one.needs and one.here(stand.today) and again is not None and again <= stand.today:
            found.append(one)
    return found


def gone(stand: Stand) -> list[Oath]:
    """Return who left without the leaver's pledge, since there is this register."""
    since = stand.since
    return [
        one
        for one in stand.oaths
        if since is not None
        and one.lacks_leaving(stand.today)
        and one.left is not None
        and one.left >= since
    ]


@dataclass(frozen=True)
class _Case:
    """How one kind of omission is told: of one person, and of several."""

    rule: str
    kind: str
    severity: Severity
    one: str
    many: str
    do: str
    day: Callable[[Oath], date | None]


_MISSING = _Case(
    "43",
    "joining",
    Severity.BREACH,
    N_("{name} handles personal data and has not signed the pledge."),
    N_("{n} people handle personal data and have not signed the pledge."),
    N_("Have the pledge signed, or take the access away until it is."),
    lambda one: one.due,
)
_TAKEN = _Case(
    "43",
    "joining",
    Severity.SETUP,
    N_("{name} was here before the office kept pledges and is to sign by {day}."),
    N_("{n} people were here before the office kept pledges and have not signed yet."),
    N_("Enter the pledges there are, and have the others signed."),
    lambda one: one.due,
)
_COMING = _Case(
    "43",
    "joining",
    Severity.WARNING,
    N_("{name} joins on {day} and has not signed the pledge."),
    N_("{n} people join within two weeks and have not signed the pledge."),
    N_("Have the pledge signed by then: no access before it."),
    lambda one: one.joined,
)
_GONE = _Case(
    "S8.2④",
    "leaving",
    Severity.BREACH,
    N_("{name} left on {day} without the leaver’s pledge."),
    N_("{n} people left without the leaver’s pledge."),
    N_("Send the sheet and have it signed; note why where that is impossible."),
    lambda one: one.left,
)


@dataclass(frozen=True)
class Tally:
    """How the office stands, in numbers: of those who work here and must have signed."""

    needed: int
    signed: int
    late: int
    missing: int
    coming: int
    again: int
    gone: int


def tally(stand: Stand) -> Tally:
    """Return how many must have signed and have, too late, not, soon, again, left without."""
    needed = [one for one in stand.oaths if one.needs and one.here(stand.today)]
    return Tally(
        needed=len(needed),
        signed=sum(one.first is not None for one in needed),
        late=sum(one.word() == LATE for one in needed),
        missing=len(missing(stand)),
        coming=len(coming(stand)),
        again=len(due_again(stand)),
        gone=len(gone(stand)),
    )


def over_kept(stand: Stand) -> list[Oath]:
    """Return who left so long ago that their pledges are to be destroyed, and were not."""
    return [
        one
        for one in stand.oaths
        if one.kept and (until := kept_until(one.left)) is not None and until < stand.today
    ]


def judge(stand: Stand) -> list[Finding]:
    """Return the findings: nobody has signed yet, missing, coming, due again, left without."""
    absent = missing(stand)
    if absent and stand.since is None:
        return [_nothing_yet(len(absent))]
    again = _Case(
        "S8.2③",
        "yearly",
        Severity.WARNING,
        N_("The pledge of {name} has been due for renewal since {day}."),
        N_("{n} people have to renew their pledge."),
        N_("Print the sheets of the yearly pledge and have them signed."),
        lambda one: renewal(one, stand.every, stand.begun),
    )
    return [
        *_told(stand, _MISSING, [one for one in absent if not one.taken_over(stand.today)]),
        *_told(stand, _TAKEN, [one for one in absent if one.taken_over(stand.today)]),
        *_told_outside(stand),
        *_told(stand, _COMING, coming(stand)),
        *_told(stand, again, due_again(stand)),
        *_told(stand, _GONE, gone(stand)),
        *_kept_too_long(over_kept(stand)),
    ]


def _told_outside(stand: Stand) -> Iterator[Finding]:
    """Yield who of other companies should have signed by today."""
    late = [one for one in stand.outside if one.due is None or one.due <= stand.today]
    for one in late[:EACH]:
        yield finding(
            "43",
            REGISTER,
            stand.pledge_ref(one.pledge),
            what=N_("{name} of {company} has not signed the pledge of outside staff."),
            do=N_("Have the pledge signed, or take the access away until it is."),
            due=one.due,
            values={"name": one.name, "company": one.company},
        )
    if len(late) > EACH:
        yield finding(
            "43",
            REGISTER,
            "",
            what=N_("{n} more people of other companies have not signed the pledge."),
            do=N_("Have the pledge signed, or take the access away until it is."),
            count=len(late) - EACH,
            values={"n": len(late) - EACH, "step": "unsigned"},
        )


def _kept_too_long(people: Sequence[Oath]) -> Iterator[Finding]:
    if people:
        yield finding(
            "S2.1",
            REGISTER,
            "",
            what=N_("Pledges of {n} people who left are kept longer than the office’s own term."),
            do=N_("Destroy their sheets: choose them in the list of pledges."),
            severity=Severity.WARNING,
            count=len(people),
            values={"n": len(people)},
        )


def _nothing_yet(count: int) -> Finding:
    return finding(
        "43",
        REGISTER,
        "",
        what=N_("No pledge is on record yet; {n} people handle personal data."),
        do=N_("Enter or import the pledges, or print the sheets for everybody."),
        severity=Severity.SETUP,
        count=count,
        values={"n": count},
    )


def _told(stand: Stand, case: _Case, people: Iterable[Oath]) -> Iterator[Finding]:
    found = list(people)
    if len(found) > EACH:
        days = [day for one in found if (day := case.day(one)) is not None]
        yield finding(
            case.rule,
            REGISTER,
            "",
            what=case.many,
            do=case.do,
            severity=case.severity,
            due=min(days, default=None),
            count=len(found),
            values={"n": len(found), "step": "unsigned"},
        )
        return
    for one in found:
        drawn = one.drawn.get(case.kind)
        yield finding(
            case.rule,
            REGISTER if drawn else STAFF,
            stand.pledge_ref(drawn) if drawn else stand.staff_ref(one.staff),
            what=case.one,
            do=case.do,
            severity=case.severity,
            due=case.day(one),
            values={"name": stand.names.get(one.staff, ""), "day": case.day(one)},
        )
