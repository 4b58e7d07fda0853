"""Why no paper can be drawn; loads nothing that draws."""

from __future__ import annotations

from privdesk.core.errors import DomainError


class FaceMissingError(DomainError):
    """The typeface {name} is missing, so nothing can be printed. Your records are safe; install
    privdesk again.
    """


class FaceDamagedError(DomainError):
    """The typeface {name} is damaged, so nothing can be printed. Your records are safe; install
    privdesk again.
    """
