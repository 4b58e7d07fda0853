"""When a review of access rights can be begun and closed. No Qt, no database, no clock.

Half-yearly is the office's own reading of the duty to keep rights to the least (Safeguards,
article on access rights; S8.2①).
"""

from __future__ import annotations

from datetime import date

from privdesk.core.errors import DomainError
from privdesk.core.periods import add, months
from privdesk.core.rulebook import term_number


class OwnReviewError(DomainError):
    """{ref} is a right of your own, and nobody confirms that themselves. Nothing was changed; have
    somebody else decide on it.
    """


class NothingToReviewError(DomainError):
    """No right is in force at {place}, so there is nothing to review. Nothing was changed; choose
    another system.
    """


class ReviewOpenError(DomainError):
    """{ref} is the review of this system already, and not closed yet. Nothing was changed; finish
    that one.
    """


class UndecidedError(DomainError):
    """In {ref} nothing is decided yet on {n} of the rights. Nothing was changed; keep, change or
    revoke each of them first.
    """


class ReviewedLaterError(DomainError):
    """The review of {ref} began on {begun}, so it was closed on that day or later, and not after
    today. Nothing was changed; check the day.
    """


def require_decided(ref: str, undecided: int) -> None:
    """Refuse to close a review with rights left on which nothing is decided."""
    if undecided:
        raise UndecidedError(ref=ref, n=undecided)


def require_day(ref: str, begun: date, done: date, today: date) -> None:
    """Refuse a day before the review began, or still to come."""
    if not begun <= done <= today:
        raise ReviewedLaterError(ref=ref, begun=begun)


def next_due(done: date) -> date:
    """Return the last day for the next review of the system."""
    return add(done, months(term_number("access_rights.review_months", done)))
