"""The finding on the public list of processors (rule 29)."""

from __future__ import annotations

from privdesk.core.findings import Finding
from privdesk.registers.desk import Desk
from privdesk.registers.publications import rules


def judge(desk: Desk) -> list[Finding]:
    """Return what is wrong with the posting of the list."""
    return rules.judge(desk.service("publications").standing())
