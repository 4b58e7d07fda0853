"""The plans that actions show before they are done: of withdrawals, and of leaving."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.i18n import N_, _, ngettext
from privdesk.flows import leaving
from privdesk.registers.access_rights.rules import LEVEL_LABELS, Level
from privdesk.registers.desk import Desk
from privdesk.registers.staff.fields import LAST_DAY
from privdesk.ui.page.plan import PlanLine, PlanPart, ShownPlan
from privdesk.window import consenting

LEAVE = "leave"
TO_DO = N_("to be done")


def plan_of(desk: Desk, action: str, ref: str, ticked: Sequence[str] | None) -> ShownPlan:
    """Return what an action that shows its plan first would do to a record."""
    if action == LEAVE:
        return _leaving(desk, ref, ticked)
    return consenting.plan_of(desk, action, ref, ticked)


def _leaving(desk: Desk, ref: str, ticked: Sequence[str] | None) -> ShownPlan:
    plan = leaving.plan(desk, ref)
    ended = {row.ref for row in plan.rights} if ticked is None else set(ticked)
    rights = tuple(
        PlanLine(
            f"{row.titles['place']} · {_(LEVEL_LABELS[Level(row.values['level'])])}",
            _("ended") if row.ref in ended else _(TO_DO),
            "kept" if row.ref in ended else "soon",
            _("Entered as ended only if the last day has come.")
            if row.ref in ended
            else _("Due on the last day of work; Today names it."),
        )
        for row in plan.rights
    ) or (PlanLine(_("No right in any system."), _("nothing to do"), "plain"),)
    steps = [_step(_("Devices and papers handed back")), _step(_("Leaver’s pledge"))]
    handover = _("Handover of work before a witness")
    if plan.cases:
        more = ngettext("with {n} open case", "with {n} open cases", plan.cases)
        handover = f"{handover}, {more}"
    steps.append(_step(handover))
    if plan.zones:
        told = _("Off the lists of protected zones: {zones}")
        steps.append(
            PlanLine(
                told.format(zones=", ".join(plan.zones)),
                _("by itself"),
                "kept",
                _("The permits end with the last day of work; key and card come back with it."),
            )
        )
    if plan.login:
        steps.append(_step(_("Access to this vault taken away")))
    choices = tuple(
        (row.ref, f"{row.titles['place']} · {row.values['account']}") for row in plan.rights
    )
    return ShownPlan(
        _("Begin leaving"),
        f"{ref} · {plan.name}",
        (
            PlanPart(_("Rights that the systems no longer give"), rights),
            PlanPart(_("What is left to do after this"), tuple(steps)),
        ),
        _("Begin leaving"),
        choices=choices,
        asks=(LAST_DAY,),
    )


def _step(text: str) -> PlanLine:
    return PlanLine(text, _(TO_DO), "soon")
