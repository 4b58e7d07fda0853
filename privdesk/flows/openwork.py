"""What a case still waits for: identity, mandate, orders, freezes; each with where it lies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.register import Row
from privdesk.registers.desk import CASES, Desk
from privdesk.registers.requests import rules
from privdesk.registers.retrievals import rules as orders

UNCHECKED = N_("identity not checked")
NO_MANDATE = N_("mandate missing")
UNANSWERED = N_("not answered")
READY = N_("ready to close")


@dataclass(frozen=True)
class Open:
    """Something that is open: in words, and where it is dealt with (empty for the case itself)."""

    text: str
    register: str = ""
    ref: str = ""


def of(desk: Desk, row: Row) -> tuple[Open, ...]:
    """Return what is open in a case, what comes first first; nothing of a closed one."""
    told = tuple(state.value for state in rules.TOLD)
    if row.state not in (*(state.value for state in rules.OPEN), *told):
        return ()
    found = [*_of_case(row), *_orders(desk, row), *_freezes(desk, row)]
    if row.state in told and not found:
        return (Open(_(READY), CASES, row.ref),)
    if row.state not in told and not any(one.register == CASES for one in found):
        found.append(Open(_(UNANSWERED), CASES, row.ref))
    return tuple(found)


def _of_case(row: Row) -> Iterator[Open]:
    case = rules.Case(
        row.ref,
        str(row.values["kind"]),
        rules.State(row.state),
        row.values["identified_at"] is not None,
        bool(row.values["by_agent"]),
        bool(row.values["mandate"]),
    )
    if case.state not in rules.OPEN:
        return
    if rules.needs_identity(case.kind) and not case.identified:
        yield Open(_(UNCHECKED), CASES, row.ref)
    if rules.mandate_missing(case):
        yield Open(_(NO_MANDATE), CASES, row.ref)


def _orders(desk: Desk, row: Row) -> Iterator[Open]:
    """Yield the places that have not confirmed yet; the first order that is open leads there."""
    service = desk.service("retrievals")
    waits = service.awaited(row.id)
    if not waits:
        return
    rows = service.of_request(row.id)
    first = next((one.ref for one in rows if not orders.closed(orders.State(one.state))), "")
    text = ngettext("{n} order open", "{n} orders open", len(waits))
    yield Open(text, "retrievals" if first else CASES, first or row.ref)


def _freezes(desk: Desk, row: Row) -> Iterator[Open]:
    standing = desk.service("freezes").open_for(row.id)
    if standing:
        yield Open(_(N_("frozen")), "freezes", desk.ref("freezes", standing[0]))
