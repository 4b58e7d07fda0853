"""What a border is, and the days at which the rules are tried."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding, Severity

BREACH, WARNING, SETUP = Severity.BREACH, Severity.WARNING, Severity.SETUP
DAY = timedelta(days=1)
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
SUNDAY = date(2026, 11, 22)
MONTHS_END, FIRST = date(2026, 11, 30), date(2026, 12, 1)
LEAP, AFTER_LEAP = date(2028, 2, 29), date(2028, 3, 1)
MIDNIGHT = datetime(2026, 11, 30, 15, tzinfo=UTC)  # 1 December begins in Seoul
BEFORE_MIDNIGHT = MIDNIGHT - timedelta(seconds=1)
Told = Severity | type[DomainError] | None


@dataclass(frozen=True)
class Border:
    """The last case in order and the first that is not; ``found`` judges a case.

    ``before`` and ``after`` are what is told on each side: nothing, a severity, or the error
    with which a step is refused.
    """

    rule: str
    of: str
    found: Callable[[Any], Iterable[Finding]]
    within: Any
    beyond: Any
    before: Told = None
    after: Told = BREACH

    def __str__(self) -> str:
        """Return the name of the test."""
        return f"{self.rule}: {self.of}"
