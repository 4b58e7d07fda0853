"""What the next opening makes good: destructions that a crash cut off, or that nobody waits for."""

from __future__ import annotations

from contextlib import suppress

from privdesk.documents.errors import FaceDamagedError, FaceMissingError
from privdesk.flows import confirming, destruction, issuing, proofs
from privdesk.flows.verifying import Traces
from privdesk.registers.desk import Desk
from privdesk.registers.destructions.rules import State
from privdesk.ui.progress import Progress
from privdesk.vault import roll

_CERTIFIED = (State.BACKUPS_CLOSED.value, State.COMPLETE.value)


def conclude_all(desk: Desk) -> None:
    """Conclude destructions that a crash interrupted after their keys were dropped.

    Only those that officers’ signatures prove; *Today* and a verification name the others.

    Also one whose certificate alone is missing. Where no paper can be drawn now, that waits for
    the next opening: the records can be used.
    """
    if roll.state(desk.vault) == "done":
        with suppress(FaceMissingError, FaceDamagedError):
            _conclude_all(desk)


def _conclude_all(desk: Desk) -> None:
    service = desk.service("destructions")
    rows = service.rows(service.every())
    for row in rows:
        if row.state == State.EXECUTING.value and not proofs.why_not(desk, row.id):
            destruction.conclude(desk, row.id, Traces(), Progress())
    sql = "SELECT about FROM documents WHERE code = 'd1'"
    printed = {found[0] for found in desk.vault.raw.execute(sql).fetchall()}
    for row in rows:
        ready = row.state in _CERTIFIED and row.ref not in printed
        if ready and not proofs.why_not(desk, row.id):
            issuing.issue(desk, "d1", row.ref, desk.setting("language", "ko"))


def move_on(desk: Desk) -> None:
    """Complete what waited for nothing but an account that has taken the new secret over since."""
    for number in desk.service("destructions").every():
        if confirming.everybody_confirmed(desk, number):
            with desk.change() as change:
                destruction.complete(change, number)
