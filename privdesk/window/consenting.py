"""The flows on consents as the pages drive them, and the plan of a withdrawal in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from privdesk.core import references
from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.register import Outcome
from privdesk.flows import answering, guardian, receipts, receiptsin, withdrawal, withdrawing
from privdesk.flows import consentfacts as facts
from privdesk.flows.consenthistory import STATES
from privdesk.flows.withdrawal import BUSY, GOES, HELD, LAW, Fate, Plan, Told
from privdesk.registers.answering import READY
from privdesk.registers.consenting import asked_in
from privdesk.registers.consents.rules import ConsentState
from privdesk.registers.desk import Desk
from privdesk.registers.subjects.commands import ConsentThen
from privdesk.ui.page.plan import PlanLine, PlanPart, ShownPlan

TONES = {
    ConsentState.GIVEN: "kept",
    ConsentState.WITHDRAWN: "overdue",
    ConsentState.LAPSED: "soon",
    ConsentState.ASKED: "waiting",
    ConsentState.OUTDATED: "soon",
    ConsentState.UNCONFIRMED: "soon",
}
MARKS = {
    GOES: (N_("goes"), "soon"),
    LAW: (N_("kept by law"), "held"),
    HELD: (N_("legal hold"), "held"),
    BUSY: (N_("under way"), "waiting"),
}
KINDS = {
    "place": N_("place"),
    "processor": N_("processor"),
    "recipient": N_("third party"),
}
_SHOWN = 12
ANSWERS = "answers"
ANSWERED = Field(
    ANSWERS,
    N_("Answers the open request"),
    Kind.FLAG,
    default=True,
    help=N_("Entered as its answer; the request moves on."),
)


class Consenting:
    """Implements what the pages of consents and of people ask for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def consents(self, ref: str, day: date) -> Sequence[ConsentThen]:
        """Return where a person's consents stood at the end of a day."""
        subject = self._desk.service("subjects").number(ref)
        return [
            ConsentThen(
                row.ref,
                asked_in(row),
                STATES[state],
                TONES.get(state, "plain"),
                row.values["at"],
            )
            for row, state in self._desk.service("consents").as_of(subject, day)
        ]

    def standing(self, ref: str) -> Sequence[str]:
        """Return the references of the consents that are in force today."""
        subject = self._desk.service("subjects").number(ref)
        service = self._desk.service("consents")
        numbers = service.of_subjects([subject]).get(subject, [])
        return [row.ref for row in service.rows(numbers) if row.state == "given"]

    def plan(self, refs: Sequence[str]) -> ShownPlan:
        """Return what withdrawing some consents would do."""
        if not refs:
            return ShownPlan(
                _("Withdraw consents"), _("No consent is in force."), (), _("Withdraw"), False
            )
        people = withdrawal.by_person(self._desk, refs)
        plans = [withdrawal.plan(self._desk, who, list(of), boxes=of) for who, of in people.items()]
        rows = self._desk.service("consents").rows(
            [self._desk.service("consents").number(ref) for ref in refs]
        )
        found = shown(self._desk, plans, tuple((r.ref, asked_in(r)) for r in rows))
        return self._with_cases(found, list(people))

    def _with_cases(self, plan: ShownPlan, people: Sequence[int]) -> ShownPlan:
        """Add the open requests that ask for this, and whether it answers them."""
        cases = [case for who in people if (case := withdrawing.case_of(self._desk, who))]
        if not cases:
            return plan
        ready = any(case.state in READY for case in cases)
        lines = tuple(
            PlanLine(case.ref, _("handled"), "kept")
            if case.state in READY
            else PlanLine(case.ref, _("open"), "waiting", _("The identity is not checked yet."))
            for case in cases
        )
        part = PlanPart(_("Requests of withdrawal"), lines)
        return replace(plan, parts=(*plan.parts, part), asks=(ANSWERED,) if ready else ())

    def withdraw(self, refs: Sequence[str], values: Mapping[str, Any]) -> Outcome:
        """Withdraw consents as one procedure."""
        service = self._desk.service("consents")
        asks = service.register.action("withdraw").asks
        answers = bool(values.get(ANSWERS, True))
        said = {name: value for name, value in values.items() if name != ANSWERS}
        told = service.checked_against(asks, said, whole=True)
        done = withdrawing.each(self._desk, refs, **told, answers=answers)
        made = [ref for one in done for ref in one.refs]
        asked = [one.destruction for one in done if one.destruction]
        message = ngettext("{n} consent withdrawn", "{n} consents withdrawn", len(made))
        if asked:
            waits = _("destruction {ref} waits for the second officer")
            message = f"{message}; {waits.format(ref=', '.join(asked))}"
        cases = [one.request for one in done if one.request]
        if cases:
            entered = _("entered as asked for in {request}").format(request=", ".join(cases))
            message = f"{message}; {entered}"
        return replace(withdrawing.outcome(self._desk, done), message=message)

    def plan_of_request(self, ref: str, consents: Sequence[str] | None) -> ShownPlan:
        """Return what withdrawing for a request would do: all it asks for, or these consents."""
        desk = self._desk
        row, person = answering.asked(desk, desk.service("requests").number(ref))
        of, boxes = withdrawing.wished(desk, row, person, (), consents or ())
        if consents is not None and not consents:
            of, boxes = [], {}
        whole = withdrawal.plan(desk, person.id, of, boxes=boxes)
        choices = whole.consents if consents is None else consents
        rows = desk.service("consents").rows([references.number(one) for one in choices])
        return shown(desk, [whole], tuple((one.ref, asked_in(one)) for one in rows))

    def destroyable(self, refs: Sequence[str]) -> Sequence[str]:
        """Return what a destruction takes of children whose guardian did not agree."""
        return guardian.destroyable(self._desk, refs)

    def guardian_plan(self, refs: Sequence[str]) -> ShownPlan:
        """Return what goes at once where no destruction takes anything."""
        desk = self._desk
        plans = guardian.plan(desk, refs)
        lines = [
            PlanLine(_("Name and telephone of the guardian"), _("destroyed"), "destroyed")
            for _one in plans[:1]
        ]
        items = sorted({item for one in plans for item in one.emptied})
        names = facts.items_of(desk, [desk.ref("items", item) for item in items])
        lines += [PlanLine(name, _("destroyed"), "destroyed") for name in names]
        stays = [PlanLine(ref, _("stays"), "kept") for one in plans for ref in one.stays]
        parts = [PlanPart(_("Goes at once"), tuple(lines))]
        if stays:
            parts.append(PlanPart(_("Stands on something else"), tuple(stays)))
        waits = _("The guardian may still answer until {day}.")
        about = [waits.format(day=one.by) for one in plans if one.waits and one.by >= desk.today()]
        return ShownPlan(
            title=_("Destroy the data of child and guardian"),
            about=" ".join(about) or _("No guardian has agreed."),
            parts=tuple(parts),
            button=_("Destroy at once"),
        )

    def forget_guardians(self, refs: Sequence[str]) -> Outcome:
        """Destroy that at once."""
        return guardian.destroy(self._desk, refs)

    def receipts_out(self, path: Path, reason: str, ref: str) -> Outcome:
        """Write consent receipts, of one person or of everybody."""
        return receipts.export(self._desk, path, reason, ref)

    def receipts_in(self, path: Path, reason: str) -> Outcome:
        """Take consent receipts in."""
        return receiptsin.take(self._desk, path, reason)


def shown(desk: Desk, plans: Sequence[Plan], choices: tuple[tuple[str, str], ...]) -> ShownPlan:
    """Return plans as the dialog shows them."""
    parts = [part for part in _parts(plans) if part.lines]
    people = ngettext("{n} person", "{n} people", len(plans))
    about = desk.ref("subjects", plans[0].subject) if len(plans) == 1 else people
    purposes = list(dict.fromkeys(name for plan in plans for name in plan.names))
    count = sum(len(plan.consents) for plan in plans)
    goes = sum(len(plan.of(GOES)) for plan in plans)
    if goes:
        words = ngettext(
            "Withdraw and request destruction of {n} holding",
            "Withdraw and request destruction of {n} holdings",
            goes,
        )
    else:
        words = ngettext("Withdraw {n} consent", "Withdraw {n} consents", count)
    told = f"{about} · {', '.join(purposes)}" if len(choices) == 1 else about
    return ShownPlan(_("Withdraw consents"), told, tuple(parts), words, bool(count), choices)


def _parts(plans: Sequence[Plan]) -> Iterator[PlanPart]:
    fates = [fate for plan in plans for fate in plan.fates]
    yield PlanPart(_("What happens with the data"), tuple(_some([_fate(one) for one in fates])))
    if not fates and not any(plan.loses for plan in plans):
        nothing = PlanLine(_("Nothing is held on this consent; only the answer is entered."))
        yield PlanPart(_("What happens with the data"), (nothing,))
    if len(plans) == 1:
        yield PlanPart(_("Items"), tuple(_items(plans[0])))
    told = list(dict.fromkeys(one for plan in plans for one in plan.told))
    beside = dict.fromkeys(one for plan in plans for one in plan.beside)
    lines = [_told(one) for one in told] + [_beside(one) for one in beside if one not in told]
    yield PlanPart(_("Who is told"), tuple(_some(lines)))


def _fate(fate: Fate) -> PlanLine:
    mark, tone = MARKS[fate.what]
    detail = ""
    if fate.what == LAW:
        detail = _("{law}, until {day}; kept apart and marked").format(
            law=_(fate.law), day=fate.until
        )
    elif fate.what == GOES:
        detail = _("Due from the day of the withdrawal; a second officer approves.")
    return PlanLine(f"{fate.purpose} · {fate.file}", _(mark), tone, detail)


def _items(plan: Plan) -> Iterator[PlanLine]:
    if plan.person_goes:
        yield PlanLine(_("Nothing else is held; the person goes whole."), _("goes"), "soon")
    if plan.items:
        yield PlanLine(", ".join(plan.items), _("goes"), "soon")
    if plan.loses:
        alone = _("Its own consent ends; emptied here at once.")
        yield PlanLine(", ".join(plan.loses), _("goes"), "soon", alone)
    if plan.staying:
        needed = _("Another purpose still needs them.")
        yield PlanLine(", ".join(plan.staying), _("stays"), "kept", needed)


def _told(one: Told) -> PlanLine:
    return PlanLine(one.name, _(KINDS[one.kind]), "plain", ", ".join(one.files))


def _beside(one: Told) -> PlanLine:
    detail = _("Told to delete these items by the order of a request; take one in if none is open.")
    return PlanLine(one.name, _(KINDS[one.kind]), "soon", detail)


def _some(lines: Sequence[PlanLine]) -> Iterator[PlanLine]:
    yield from lines[:_SHOWN]
    if len(lines) > _SHOWN:
        left = len(lines) - _SHOWN
        yield PlanLine(ngettext("and {n} more", "and {n} more", left))


def plan_of(desk: Desk, action: str, ref: str, ticked: Sequence[str] | None) -> ShownPlan:
    """Return what an action that shows its plan first would do to a record."""
    del action  # there is one
    return Consenting(desk).plan_of_request(ref, ticked)
