"""What in an access log is unusual, when a review is due, who may sign it (rules 51 to 54).

No Qt, no database, no clock. Safeguards art. 8: the log of access is looked through at least
monthly, and of downloads the reason is confirmed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from privdesk.core.clock import office_date
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_
from privdesk.journal.kinds import What

MANY, OFTEN = 30, 5  # people on a day; looks at one person on a day without a case
MOST_KEPT = 500  # numbers of entries kept of one mark
_DAY = timedelta(days=1)


class SpanError(DomainError):
    """A review covers days from the first to the last, none of them still to come ({first} –
    {last}). Nothing was changed; check the days.
    """


class BeforeLogError(DomainError):
    """The journal begins on {begun}, so of the days until {last} there is no log to be reviewed.
    Nothing was changed; check the days.
    """


class NothingToReviewError(DomainError):
    """Every day until today has been reviewed. Nothing was changed; come back when there is more,
    or enter the days to be looked at again.
    """


class UnexplainedError(DomainError):
    """{count} unusual things of {ref} are not explained yet. Nothing was signed; look at each and
    say what it was.
    """


class CountedBeforeError(DomainError):
    """There is access in the days of {ref} since they were counted. Nothing was signed; count
    again, and explain what is new.
    """


class NotPlainError(DomainError):
    """{count} unusual things of {ref} were found, so “nothing unusual” cannot be signed. Nothing
    was signed; choose another conclusion.
    """


class FollowUpError(DomainError):
    """A follow-up needs what is to be done, by whom and by when. Nothing was signed; fill in all
    three.
    """


class FaultyJournalError(DomainError):
    """The journal does not fit in {count} places, so “nothing unusual” cannot be signed. Nothing
    was signed; see “Check the journal” and choose a follow-up.
    """


class OwnSignatureError(DomainError):
    """Who reviewed a log cannot countersign the same review. Nothing was signed; have somebody else
    open the vault and countersign it.
    """


class OwnAccessError(DomainError):
    """Unusual access of your own is among what {ref} explains, so you cannot countersign it.
    Nothing was signed; have somebody else do it, such as a manager or an auditor.
    """


class SignedError(DomainError):
    """{ref} is signed and stays as it is. Nothing was changed; begin another review of the same
    days instead.
    """


class Sort(Enum):
    """Kinds of unusual things; the value is what is stored."""

    HOURS = "hours"
    MANY = "many"
    OFTEN = "often"
    DOWNLOAD = "download"
    PURPOSE = "purpose"
    REFUSED = "refused"
    CLOCK = "clock"
    KIT = "kit"


LABELS: Mapping[Sort, str] = {
    Sort.HOURS: N_("outside office hours"),
    Sort.MANY: N_("many people on one day"),
    Sort.OFTEN: N_("the same person again and again without a case"),
    Sort.DOWNLOAD: N_("personal data exported in the clear: confirm the reason"),
    Sort.PURPOSE: N_("without a case or a reason"),
    Sort.REFUSED: N_("refused attempts"),
    Sort.CLOCK: N_("clock moved"),
    Sort.KIT: N_("recovery kit used"),
}
_SEEN = (What.LOOK, What.SEARCH, What.EXPORT, What.PRINT)


class Outcome(Enum):
    """What a review comes to; the value is what is stored."""

    PLAIN = "plain"
    EXPLAINED = "explained"
    FOLLOW_UP = "follow-up"


OUTCOMES: Mapping[Outcome, str] = {
    Outcome.PLAIN: N_("nothing unusual"),
    Outcome.EXPLAINED: N_("unusual things explained"),
    Outcome.FOLLOW_UP: N_("something is to be done"),
}


@dataclass(frozen=True)
class Access:
    """One entry of the access log, as far as a review needs it; ``at`` in UTC.

    ``clear`` says that values stood in the clear; ``told`` that a case or reason is entered.
    """

    number: int
    at: datetime
    person: int
    action: str
    kind: What
    register: str = ""
    record: int | None = None
    count: int = 1
    case: bool = False
    told: bool = True
    clear: bool = False

    @property
    def day(self) -> date:
        """The office's day."""
        return office_date(self.at)


@dataclass(frozen=True)
class Mark:
    """Something unusual: kind, day, person, how many times or people, and the entries."""

    sort: Sort
    day: date
    person: int
    count: int
    entries: tuple[int, ...]


@dataclass(frozen=True)
class Tally:
    """What one person did in the span, in numbers."""

    person: int
    looks: int = 0
    searches: int = 0
    exports: int = 0
    prints: int = 0
    refused: int = 0

    @property
    def idle(self) -> bool:
        """Whether the person was there without any access that is counted."""
        return self == Tally(self.person)


def tallies(log: Iterable[Access], present: Iterable[int] = ()) -> list[Tally]:
    """Return the numbers of each person, by number.

    ``present`` are people who worked in the vault: one without any such access stands there too.
    """
    counted: dict[int, Counter[What]] = {person: Counter() for person in present}
    for one in log:
        counted.setdefault(one.person, Counter())[one.kind] += one.count if _many(one) else 1
    return [
        Tally(
            person,
            looks=of[What.LOOK],
            searches=of[What.SEARCH],
            exports=of[What.EXPORT],
            prints=of[What.PRINT],
            refused=of[What.REFUSED],
        )
        for person, of in sorted(counted.items())
    ]


def _many(one: Access) -> bool:
    return one.kind in (What.LOOK, What.REFUSED)


def unusual(
    log: Sequence[Access], is_open: Callable[[datetime], bool], many: int = MANY
) -> list[Mark]:
    """Return what is to be looked at, by day: one mark for each kind, person and day."""
    found: dict[tuple[date, Sort, int], list[Access]] = {}
    for one in log:
        for sort in _alone(one, is_open):
            found.setdefault((one.day, sort, one.person), []).append(one)
    for key, those in _together(log, many):
        found[key] = those
    return [
        _mark(day, sort, person, those)
        for (day, sort, person), those in sorted(found.items(), key=_order)
    ]


def _order(item: tuple[tuple[date, Sort, int], list[Access]]) -> tuple[date, str, int]:
    (day, sort, person), _those = item
    return (day, sort.value, person)


def _alone(one: Access, is_open: Callable[[datetime], bool]) -> Iterator[Sort]:
    """Yield what is unusual in an entry by itself."""
    if one.action in ("vault.clock", "vault.jump"):
        yield Sort.CLOCK
    if one.action == "vault.kit":
        yield Sort.KIT
    if one.kind is What.REFUSED:
        yield Sort.REFUSED
    if one.kind in _SEEN and not is_open(one.at):
        yield Sort.HOURS
    if one.kind is What.EXPORT and one.clear:
        yield Sort.DOWNLOAD
    if one.kind in (What.LOOK, What.EXPORT) and not one.told:
        yield Sort.PURPOSE


def _together(
    log: Sequence[Access], many: int
) -> Iterator[tuple[tuple[date, Sort, int], list[Access]]]:
    """Yield what is unusual in a day's looks of one person together."""
    by_day: dict[tuple[date, int], list[Access]] = {}
    for one in log:
        if one.kind in (What.LOOK, What.EXPORT):
            by_day.setdefault((one.day, one.person), []).append(one)
    for (day, person), those in by_day.items():
        if _people(those) >= many:
            yield (day, Sort.MANY, person), those
        again = Counter((e.register, e.record) for e in those if e.record and not e.case)
        often = {key for key, times in again.items() if times >= OFTEN}
        kept = [e for e in those if (e.register, e.record) in often and not e.case]
        if kept:
            yield (day, Sort.OFTEN, person), kept


def _people(those: Iterable[Access]) -> int:
    """Return how many people were looked at or went out: each once, folded entries by count."""
    single = {(e.register, e.record) for e in those if e.record is not None and e.count == 1}
    folded = sum(e.count for e in those if e.record is None or e.count > 1)
    return len(single) + folded


def _mark(day: date, sort: Sort, person: int, those: Sequence[Access]) -> Mark:
    numbers = tuple(one.number for one in those)
    if sort is Sort.MANY:
        return Mark(sort, day, person, _people(those), numbers)
    count = sum(one.count for one in those) if sort is Sort.REFUSED else len(those)
    return Mark(sort, day, person, count, numbers)


# -- days


def month_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of a month."""
    first = day.replace(day=1)
    return first, _next(first) - _DAY


def due(last: date) -> date:
    """Return the last day on which a month that ended on ``last`` can be reviewed in time.

    That is the last day of the month after it: a review each month (Safeguards art. 8(2)).
    """
    return month_of(last + _DAY)[1]


def missing(begun: date, today: date, reviewed: Iterable[tuple[date, date]]) -> list[date]:
    """Return the first days of the whole months of which some day is not reviewed.

    ``begun`` is the day of the first entry; the running month is not over and never missing.
    """
    spans, found = list(reviewed), []
    first = begun.replace(day=1)
    while (end := month_of(first)[1]) < today:
        if uncovered(max(first, begun), end, spans) is not None:
            found.append(first)
        first = _next(first)
    return found


def uncovered(first: date, last: date, spans: Iterable[tuple[date, date]]) -> date | None:
    """Return the first day from ``first`` to ``last`` that no span covers."""
    day = first
    for start, end in sorted(spans):
        if start > day:
            break
        day = max(day, end + _DAY)
    return day if day <= last else None


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def check_span(first: date, last: date, today: date, begun: date) -> None:
    """Refuse days in the wrong order, still to come, or before the journal's first entry."""
    if first > last or last > today:
        raise SpanError(first=first, last=last)
    if last < begun:
        raise BeforeLogError(begun=begun, last=last)


def check_outcome(
    outcome: Outcome, faults: int, what: str, owner: str, due_on: date | None
) -> None:
    """Refuse a conclusion that leaves out what belongs to it."""
    if outcome is not Outcome.FOLLOW_UP and faults:
        raise FaultyJournalError(count=faults)
    if outcome is Outcome.FOLLOW_UP and not (what.strip() and owner and due_on):
        raise FollowUpError
