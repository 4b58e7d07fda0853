"""Findings of the policy's safeguards (S8.1) that no numbered rule covers, and their days."""

from __future__ import annotations

from datetime import date, datetime

from privdesk.core.clock import office_date
from privdesk.core.findings import VAULT, Finding, Severity
from privdesk.core.i18n import N_
from privdesk.registers.desk import Desk

SAFETY = VAULT  # stands for the page of backups and custody copies


def rolled_on(desk: Desk, today: date) -> date:
    """Return the day on which the epoch secret was changed last; today where it never was."""
    return office_day(desk.vault.meta("rolled_at"), today)


def office_day(told: str | None, otherwise: date) -> date:
    """Return the office's day of a stored moment."""
    return office_date(datetime.fromisoformat(told)) if told else otherwise


def of_s8(
    what: str,
    do: str,
    severity: Severity,
    due: date,
    values: dict[str, object],
    *,
    waiting: bool = False,
) -> Finding:
    """Return a finding of the policy's safeguards (S8.1), which no numbered rule covers."""
    return Finding(
        rule="S8.1",
        clause="S8.1",
        article=N_("PIPA 29"),
        severity=severity,
        due=due,
        register=SAFETY,
        ref="",
        what=what,
        do=do,
        values=values,
        waiting=waiting,
        over=severity is Severity.BREACH,  # the vault itself does not wait for the evening
    )
