"""The plans that actions show before they are done: of withdrawals, and of leaving."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.register import Row
from privdesk.flows import leaving
from privdesk.registers.access_rights.rules import LEVEL_LABELS, Level
from privdesk.registers.desk import Desk
from privdesk.registers.rosters.fields import RENAMED
from privdesk.registers.staff.fields import LAST_DAY
from privdesk.ui.page.plan import PlanLine, PlanPart, ShownPlan
from privdesk.window import consenting

LEAVE, TAKE = "leave", "take"
TO_DO, LATER = N_("to be done"), N_("not taken over")
UNSURE = N_("another person?")
TAKEN = {"who_joined": N_("Joined"), "who_moved": N_("Moved"), "who_left": N_("Left")}
UNREAD = N_("Lines that could not be read; correct and compare again")


def plan_of(
    desk: Desk, action: str, refs: Sequence[str], ticked: Sequence[str] | None
) -> ShownPlan:
    """Return what an action that shows its plan first would do to records."""
    if action == LEAVE:
        return _leaving(desk, refs, ticked)
    if action == TAKE:
        return _taking(desk, refs[0], ticked)
    return consenting.plan_of(desk, action, refs[0], ticked)


def _leaving(desk: Desk, refs: Sequence[str], ticked: Sequence[str] | None) -> ShownPlan:
    plans = [leaving.plan(desk, ref) for ref in refs]
    several = len(plans) > 1
    held = [(plan, row) for plan in plans for row in plan.rights]
    ended = {row.ref for _plan, row in held} if ticked is None else set(ticked)
    rights = tuple(
        _right(row, plan.name if several else "", ended=row.ref in ended) for plan, row in held
    ) or (PlanLine(_("No right in any system."), _("nothing to do"), "plain"),)
    steps = tuple(one for plan in plans for one in _steps(plan, several=several))
    choices = tuple(
        (row.ref, _named(plan.name if several else "", row.titles["place"], row.values["account"]))
        for plan, row in held
    )
    told = ngettext("{n} person", "{n} people", len(plans))
    return ShownPlan(
        _("Begin leaving"),
        f"{told}: {', '.join(plan.name for plan in plans)}"
        if several
        else f"{refs[0]} · {plans[0].name}",
        (
            PlanPart(_("Rights that the systems no longer give"), rights),
            PlanPart(_("What is left to do after this"), steps),
        ),
        _("Begin leaving"),
        choices=choices,
        asks=(LAST_DAY,),
    )


def _taking(desk: Desk, ref: str, ticked: Sequence[str] | None) -> ShownPlan:
    """Return what taking a comparison over would change, with the lines that are ticked."""
    service = desk.service("rosters")
    number = service.number(ref)
    (row,) = service.rows([number])
    lines = [(str(n), *line) for n, line in enumerate(service.lines(number), 1)]
    wanted = {at for at, _kind, _text in lines} if ticked is None else set(ticked)
    unsure = set(map(str, service.found(number).doubtful()))

    def mark(at: str) -> tuple[str, str]:
        if at in wanted and at in unsure:
            return _(UNSURE), "soon"
        return (_("taken over"), "kept") if at in wanted else (_(LATER), "plain")

    parts = tuple(
        PlanPart(
            _(title),
            tuple(PlanLine(text, *mark(at)) for at, of, text in lines if of == kind),
        )
        for kind, title in TAKEN.items()
    )
    unclear = str(row.values["unclear"] or "").splitlines()
    notes = (PlanPart(_(UNREAD), tuple(PlanLine(one) for one in unclear)),) if unclear else ()
    return ShownPlan(
        _("Take over"),
        f"{ref} · {row.values['file']} · {row.values['as_of']}",
        (*(part for part in parts if part.lines), *notes),
        _("Take over"),
        possible=bool(wanted) or not lines,
        choices=tuple((at, text.partition(":")[0]) for at, _kind, text in lines),
        asks=(RENAMED,) if unsure else (),
    )


def _right(row: Row, name: str, *, ended: bool) -> PlanLine:
    level = _(LEVEL_LABELS[Level(row.values["level"])])
    return PlanLine(
        _named(name, row.titles["place"], level),
        _("ended") if ended else _(TO_DO),
        "kept" if ended else "soon",
        _("Entered as ended only if the last day has come.")
        if ended
        else _("Due on the last day of work; Today names it."),
    )


def _steps(plan: leaving.LeavingPlan, *, several: bool) -> list[PlanLine]:
    """Return what is left to do: line by line for one person, in one line of several."""
    handover = _("Handover of work before a witness")
    if plan.cases:
        more = ngettext("with {n} open case", "with {n} open cases", plan.cases)
        handover = f"{handover}, {more}"
    steps = [_("Devices and papers handed back"), _("Leaver’s pledge"), handover]
    off = _("Off the lists of protected zones: {zones}").format(zones=", ".join(plan.zones))
    if several and plan.zones:
        steps.append(off)
    if plan.login:
        steps.append(_("Access to this vault taken away"))
    if several:
        return [PlanLine(plan.name, _(TO_DO), "soon", " · ".join(steps))]
    lines = [PlanLine(step, _(TO_DO), "soon") for step in steps]
    if plan.zones:
        why = _("The permits end with the last day of work; key and card come back with it.")
        lines.append(PlanLine(off, _("by itself"), "kept", why))
    return lines


def _named(*parts: object) -> str:
    return " · ".join(str(part) for part in parts if part)
