"""Where each step stands, and which one is the present one."""

from __future__ import annotations

from privdesk.core.clock import office_time
from privdesk.core.i18n import _, ngettext
from privdesk.registers.destructions.commands import Standing
from privdesk.registers.destructions.view.steps import Stage

PRESENT = {
    "requested": Stage.APPROVAL,
    "approved": Stage.EXECUTE,
    "executing": Stage.EXECUTE,
    "executed": Stage.CERTIFICATE,
    "backups_closed": Stage.CERTIFICATE,
    "complete": Stage.CERTIFICATE,
    "cancelled": Stage.APPROVAL,
}

Standings = dict[Stage, tuple[str, str]]


def standings(standing: Standing | None, *, ready: bool) -> Standings:
    """Return ``done``, ``now``, ``open`` or ``shut`` with a note for every step.

    ``ready`` is whether a new set has somebody in it.
    """
    if standing is None:
        places = "open" if ready else "shut"
        rest = (Stage.APPROVAL, Stage.EXECUTE, Stage.CERTIFICATE)
        return {
            Stage.SET: ("now", ""),
            Stage.PLACES: (places, ""),
            **dict.fromkeys(rest, ("shut", "")),
        }
    present = PRESENT[standing.state]
    complete, cancelled = standing.state == "complete", standing.state == "cancelled"
    told: Standings = {}
    for stage in Stage:
        if cancelled:
            how = "done" if stage < Stage.APPROVAL else "open" if stage is present else "shut"
        elif stage is present:
            how = "done" if complete else "now"
        else:
            how = "done" if stage < present else "shut"
        told[stage] = (how, _note(stage, standing))
    if standing.outstanding and not cancelled:
        told[Stage.PLACES] = ("open", told[Stage.PLACES][1])
    return told


def _note(stage: Stage, standing: Standing) -> str:
    if stage is Stage.SET:
        return ngettext("{n} person", "{n} people", standing.content.people)
    if stage is Stage.PLACES:
        return _orders(standing)
    if stage is Stage.APPROVAL:
        return _approval(standing)
    if stage is Stage.EXECUTE and standing.executed_at is not None:
        return office_time(standing.executed_at).strftime("%Y-%m-%d %H:%M")
    return ""


def _orders(standing: Standing) -> str:
    if not standing.places:
        return _("none elsewhere")
    answered = len(standing.places) - len(standing.outstanding)
    return _("{n} of {all} confirmed").format(n=answered, all=len(standing.places))


def _approval(standing: Standing) -> str:
    if standing.state == "cancelled":
        return _("cancelled")
    signed = standing.signer("approver")
    return signed.person if signed else _("waits for a second officer")
