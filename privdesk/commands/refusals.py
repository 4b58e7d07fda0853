"""Whatever went wrong, as one sentence; a bug leaves a report without personal data."""

from __future__ import annotations

from pathlib import Path

from privdesk.core import system
from privdesk.core.errors import DomainError
from privdesk.vault import causes


class StoppedError(DomainError):
    """Stopped. What was saved before is safe; nothing was left half done."""


def refusal(why: BaseException) -> str:
    """Return the sentence for an error of any kind."""
    known = known_cause(why)
    if known is not None:
        return known.sentence()
    from privdesk.ui.crash import CrashReports

    return CrashReports(_reports()).record(why).sentence()


def known_cause(why: BaseException) -> DomainError | None:
    """Return what an error stands for, or None for a bug."""
    if isinstance(why, (KeyboardInterrupt, EOFError)):
        return StoppedError()
    return causes.known_cause(why)


def _reports() -> Path:
    try:
        return system.account_folder() / "reports"
    except DomainError:
        return Path.home() / ".privdesk-reports"
