"""Decisions about findings: one put off, one given to a colleague, one exception."""

from __future__ import annotations

from datetime import timedelta

from privdesk.flows.sample.texts import office
from privdesk.registers.desk import Desk
from privdesk.registers.findings.marks import Task
from privdesk.registers.findings.service import FindingsService

PUT_OFF, GIVEN, EXCEPTED = "8", "44", "S1.2"  # the rules whose findings they are about


def decide(desk: Desk, colleague: str) -> str:
    """Put off, give and ask as the first officer; return the key of the exception asked for."""
    service, told = FindingsService(desk), office()["decisions"]
    today = desk.today()
    service.put_off(_task(service, PUT_OFF).key, today + timedelta(days=8), told["put_off"])
    person = desk.vault.header.person(colleague)
    assert person is not None
    service.give(_task(service, GIVEN).key, person.id)
    asked = _task(service, EXCEPTED)
    service.except_(asked.key, today + timedelta(days=60), told["except"])
    return asked.key


def approve(desk: Desk, key: str) -> None:
    """Approve the exception as the second officer."""
    FindingsService(desk).approve_exception(key)


def _task(service: FindingsService, rule: str) -> Task:
    board = service.today()
    return next(t for tasks in board.buckets.values() for t in tasks if t.finding.rule == rule)
