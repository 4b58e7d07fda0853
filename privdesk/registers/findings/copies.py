"""The findings on custody copies: outdated, unfinished, without a keeper, or none at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from privdesk.core.findings import Finding, Severity, Term, finding
from privdesk.core.i18n import N_
from privdesk.core.rulebook import rule_number
from privdesk.registers.desk import Desk
from privdesk.registers.findings.policy import SAFETY, of_s8, office_day, rolled_on

if TYPE_CHECKING:
    from privdesk.registers.findings.safety import Copy, Safety


def judge(desk: Desk, safety: Safety, today: date) -> Sequence[Finding]:
    """Return what is to be done about custody copies."""
    rolled = rolled_on(desk, today)
    term = Term(rolled, rule_number("withdrawal.destroy_days", today))
    by = desk.calendar.deadline_days(term.start, term.days)
    found = [
        finding(
            "10",
            SAFETY,
            "",
            what=N_("The custody copy {number} still opens older copies of the vault."),
            do=_BARE if _is_bare(copy, safety) else _DESTROY,
            due=by,
            values={"number": copy.number, "place": copy.place, "by": by, "step": "custody"},
            term=term,
        )
        for copy in safety.to_replace
    ]
    if safety.roll == "done" and not safety.held:
        found.append(
            of_s8(
                N_("No custody copy opens the vault as it is now."),
                N_("Issue a custody copy: without one, a lost disk is a lost vault."),
                Severity.BREACH,
                today,
                {"step": "custody"},
            )
        )
    found += [_unsure(copy, today) for copy in safety.copies if copy.state == "making"]
    return [*found, *(_unkept(copy, today) for copy in safety.held if copy.keeper is None)]


def _is_bare(copy: Copy, safety: Safety) -> bool:
    """Whether no copy of the present secret goes where an outdated one lies."""
    return bool(copy.place) and copy.place not in {held.place for held in safety.held}


def _unsure(copy: Copy, today: date) -> Finding:
    """Return that a copy may lie somewhere of which nobody knows: its writing was cut off."""
    return of_s8(
        N_(
            "The writing of custody copy {number} was cut off: its file may lie there all the same."
        ),
        N_("Look where it was to go: confirm {number} with its file, or that it was destroyed."),
        Severity.BREACH,
        office_day(copy.issued_at, today),
        {"number": copy.number, "step": "custody"},
    )


def _unkept(copy: Copy, today: date) -> Finding:
    """Return that nobody answers for a copy: whoever is to fetch it has to know whom to ask."""
    return of_s8(
        N_("Nobody is named as keeper of the custody copy {number}."),
        N_("Confirm where {number} lies, and name who keeps it."),
        Severity.WARNING,
        today,
        {"number": copy.number, "step": "custody"},
    )


_DESTROY = N_(
    "Put a present copy in its place, destroy {number} by {by}, and confirm that it was destroyed."
)
_BARE = N_(
    "Issue a present copy for {place}, destroy {number} by {by}, and confirm that it was destroyed."
)
