"""``act --dry-run``: what an action would do, by the plan that it follows; nothing is changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import typer

from privdesk.core.clock import office_date
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _
from privdesk.core.normal import as_list

if TYPE_CHECKING:
    from privdesk.flows.withdrawal import Plan
    from privdesk.registers.desk import Desk

GOES = N_("{ref}: would go into a destruction request")
STAYS = N_("{ref}: would stay. {why}")
ENDS = N_("{ref}: consent would end")
WHOLE = N_("{ref}: nothing of the person would be left")
TELLS = N_("{name}: would be told")
AMENDS = N_("{ref}: the vault would be corrected for {items}")
NO_PLAN = N_("{ref}: nothing to do")


class NoRehearsalError(DomainError):
    """What “{action}” would do is not known before it is done. Nothing was changed; --dry-run
    takes: {known}.
    """


class NothingRehearsedError(DomainError):
    """--dry-run is not made for “{action}”, nor for any other action of the register “{name}”.
    Nothing was changed; see with --fields what it asks, and do it without --dry-run.
    """


def told(
    desk: Desk, register: str, action: str, refs: Sequence[str], values: Mapping[str, str]
) -> list[str]:
    """Return line by line what an action would do.

    Raises:
        NoRehearsalError: there is no plan of this action.
    """
    from privdesk.registers.checking import require_fit

    plan = _PLANS.get((register, action))
    if plan is None:
        known = ", ".join(name for of, name in _PLANS if of == register)
        if not known:
            raise NothingRehearsedError(action=action, name=register)
        raise NoRehearsalError(action=action, known=known)
    if not refs:
        raise typer.BadParameter(_("name the record that the action is for"))
    service, declared = desk.service(register), desk.register(register).action(action)
    if declared is not None:
        rows = service.rows([service.number(ref) for ref in refs])
        require_fit(declared, rows, service.register, desk.vault.role)
    return plan(desk, refs, values)


def _delete(desk: Desk, refs: Sequence[str], values: Mapping[str, str]) -> list[str]:
    from privdesk.flows import answering, changes, deleting

    found: list[str] = []
    for ref in refs:
        row, person = answering.asked(desk, desk.service("requests").number(ref))
        named = _numbers(desk, "items", values.get("items", ""))
        plan = deleting.plan(desk, person.id, named or changes.items_asked(row))
        found += [_(GOES).format(ref=desk.ref("holdings", number)) for number in plan.goes]
        found += [
            _(STAYS).format(ref=desk.ref("holdings", one.holding), why=deleting.why(desk, [one]))
            for one in plan.kept
        ]
    return found


def _end_consents(desk: Desk, refs: Sequence[str], values: Mapping[str, str]) -> list[str]:
    from privdesk.flows import answering, withdrawal, withdrawing

    found: list[str] = []
    for ref in refs:
        row, person = answering.asked(desk, desk.service("requests").number(ref))
        named = (as_list(values.get(name, "")) for name in ("purposes", "consents"))
        purposes, boxes = withdrawing.wished(desk, row, person, *named)
        on = office_date(row.values["received_at"])
        found += _withdrawn(desk, withdrawal.plan(desk, person.id, purposes, on, boxes=boxes))
    return found


def _withdraw(desk: Desk, refs: Sequence[str], values: Mapping[str, str]) -> list[str]:
    from privdesk.flows import withdrawal

    people = withdrawal.by_person(desk, refs)
    plans = [withdrawal.plan(desk, subject, list(of), boxes=of) for subject, of in people.items()]
    return [line for plan in plans for line in _withdrawn(desk, plan)]


def _withdrawn(desk: Desk, plan: Plan) -> list[str]:
    from privdesk.flows.withdrawal import GOES as GONE
    from privdesk.flows.withdrawal import HELD, LAW

    found = [_(ENDS).format(ref=ref) for ref in plan.consents]
    found += [_(GOES).format(ref=fate.ref) for fate in plan.of(GONE)]
    kept = _("{ref} is kept until {day}: {law}.")
    held = _("{ref} stays under a legal hold.")
    found += [kept.format(ref=f.ref, day=f.until, law=_(f.law)) for f in plan.of(LAW)]
    found += [held.format(ref=f.ref) for f in plan.of(HELD)]
    found += [_(TELLS).format(name=one.name) for one in plan.told]
    if plan.person_goes:
        found.append(_(WHOLE).format(ref=desk.ref("subjects", plan.subject)))
    return found


def _destroy(desk: Desk, refs: Sequence[str], values: Mapping[str, str]) -> list[str]:
    from privdesk.flows import guardian

    return [_(GOES).format(ref=ref) for ref in guardian.destroyable(desk, refs)]


def _amend(desk: Desk, refs: Sequence[str], values: Mapping[str, str]) -> list[str]:
    service = desk.service("retrievals")
    titles = desk.service("items").titles
    found: list[str] = []
    for ref in refs:
        request = desk.service("requests").number(ref)
        own = [one for one in service.of_request(request) if not one.values["place"]]
        items = {item for one in own for item in service.wanted(one.id)}
        names = ", ".join(titles(sorted(items)).values())
        found.append(_(AMENDS if items else NO_PLAN).format(ref=ref, items=names))
    return found


def _numbers(desk: Desk, register: str, named: str) -> set[int]:
    return {desk.service(register).number(ref) for ref in as_list(named)}


_PLANS: Mapping[tuple[str, str], Callable[[Desk, Sequence[str], Mapping[str, str]], list[str]]] = {
    ("requests", "delete"): _delete,
    ("requests", "end-consents"): _end_consents,
    ("requests", "amend"): _amend,
    ("consents", "withdraw"): _withdraw,
    ("consents", "destroy"): _destroy,
}
