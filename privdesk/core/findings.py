"""One idea for every rule: a finding, and the order in which findings are worked off.

A rule is a pure function ``judge(facts, today, ...) -> tuple[Finding, ...]``. The sentence
of a finding is a message id with values; words are chosen where it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from privdesk.core.i18n import Words, current, words
from privdesk.core.reasons import Reason
from privdesk.core.rulebook import RULES, Profile, applies, rule_number

__all__ = [
    "Bucket",
    "Finding",
    "Profile",
    "Severity",
    "Term",
    "applies",
    "bucket",
    "by_bucket",
    "finding",
    "in_order",
    "rule_number",
]

VAULT = "safety"  # the register of findings on the vault itself: backups, copies, its secret
A_WEEK = timedelta(days=7)


class Severity(Enum):
    """How bad it is; the value is what is stored."""

    BREACH = "breach"  # the law or the policy is broken, or will be on the due day
    WARNING = "warning"  # worth a look; nothing is broken
    SETUP = "setup"  # the office has not set this up yet

    @property
    def rank(self) -> int:
        """Return the place in the order, worst first."""
        return _RANKS[self]


class Bucket(Enum):
    """Where a finding stands on the page *Today*."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    WAITING = "waiting"

    @property
    def rank(self) -> int:
        """Return the place on the page."""
        return _RANKS[self]


_RANKS: dict[Enum, int] = {one: n for kind in (Severity, Bucket) for n, one in enumerate(kind)}


@dataclass(frozen=True)
class Term:
    """What a due day was reckoned from: ``days`` after the event on ``start`` (Civil Act 157)."""

    start: date
    days: int


@dataclass(frozen=True)
class Finding:
    """A duty that waits or a rule that is broken.

    ``what`` and ``do`` are message ids whose named places ``values`` fill; ``article`` is
    one too. ``term`` says what ``due`` was reckoned from. ``ref`` is the record's
    reference, empty when the finding speaks of ``count`` records or of the office.
    ``who`` is the reference of the person in charge. ``waiting`` marks what stands with
    somebody outside.
    """

    rule: str
    clause: str
    article: str
    severity: Severity
    due: date | None
    register: str
    ref: str
    what: str
    do: str
    who: str = ""
    values: Mapping[str, object] = field(default_factory=dict, hash=False)
    count: int = 1
    waiting: bool = False
    term: Term | None = None
    over: bool = False  # a term of hours that ran out on its own day

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Return what makes it the same finding tomorrow: put-offs and exceptions hang on it."""
        return (self.rule, self.register, self.ref, self.what)

    def what_text(self, in_words: Words | None = None) -> str:
        """Return what was found, in words."""
        return Reason(self.what, self.values).text(in_words or words(current()))

    def do_text(self, in_words: Words | None = None) -> str:
        """Return what to do, in words."""
        return Reason(self.do, self.values).text(in_words or words(current()))


def finding(
    rule: str,
    register: str,
    ref: str,
    *,
    what: str,
    do: str,
    severity: Severity = Severity.BREACH,
    due: date | None = None,
    who: str = "",
    values: Mapping[str, object] | None = None,
    count: int = 1,
    waiting: bool = False,
    term: Term | None = None,
    over: bool = False,
) -> Finding:
    """Return a finding of a rule in the rulebook, with its clause and article."""
    of = RULES[rule]
    return Finding(
        rule=rule,
        clause=of.clause,
        article=of.article,
        severity=severity,
        due=due,
        register=register,
        ref=ref,
        what=what,
        do=do,
        who=who,
        values=dict(values or {}),
        count=count,
        waiting=waiting,
        term=term,
        over=over,
    )


def bucket(item: Finding, today: date, put_off: date | None = None) -> Bucket:
    """Return where a finding stands on ``today``; ``put_off`` is the day it was put off to.

    The week is the seven days after today. A breach without a due day is for today,
    anything else without one for later.
    """
    if item.waiting and (item.due is None or item.due >= today):
        return Bucket.WAITING
    if put_off is not None and put_off > today:
        return Bucket.WEEK if put_off <= today + A_WEEK else Bucket.LATER
    if item.due is None:
        return Bucket.TODAY if item.severity is Severity.BREACH else Bucket.LATER
    if item.due <= today:
        return Bucket.TODAY if item.due == today and not item.over else Bucket.OVERDUE
    return Bucket.WEEK if item.due <= today + A_WEEK else Bucket.LATER


def in_order(items: Iterable[Finding], today: date) -> list[Finding]:
    """Return findings as they are worked off: place on the page, nearest day, worst, number.

    A breach without a day is for today. What endangers the vault itself comes first at its place:
    it must not be looked for below the office's own backlog.
    """
    return sorted(
        items,
        key=lambda item: (
            bucket(item, today).rank,
            item.register != VAULT or item.severity is not Severity.BREACH,
            item.due or (today if item.severity is Severity.BREACH else date.max),
            item.severity.rank,
            item.rule,
            item.register,
            item.ref,
        ),
    )


def by_bucket(items: Iterable[Finding], today: date) -> dict[Bucket, list[Finding]]:
    """Return every bucket, empty ones too, with its findings in order."""
    found: dict[Bucket, list[Finding]] = {place: [] for place in Bucket}
    for item in in_order(items, today):
        found[bucket(item, today)].append(item)
    return found
