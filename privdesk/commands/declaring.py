"""What a register’s fields and actions take, in words: the values for ``set`` and ``act``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from privdesk.commands import acting, flowacts, output
from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import N_, _

if TYPE_CHECKING:
    from privdesk.registers.desk import Desk

_FORMS = {
    Kind.DATE: N_("a day: 2026-11-28"),
    Kind.MOMENT: N_("a moment: 2026-11-28 09:30"),
    Kind.INTEGER: N_("a whole number"),
    Kind.FLAG: N_("yes or no"),
    Kind.PERIOD: N_("a period, such as 3 years"),
    Kind.NOTE: N_("text of several lines"),
    Kind.PHONE: N_("a telephone number"),
    Kind.EMAIL: N_("an e-mail address"),
}
_LINK, _LINKS = N_("number or name of one of: {register}"), N_("several of: {register}")


_OF = {
    "all": N_(" (of the whole register: name no record)"),
    "any": N_(" (of the records named, or of the whole register)"),
}


@dataclass(frozen=True)
class _Told:
    """An action as it is told: ``of`` as in ``flowacts.FlowAction.whole``."""

    name: str
    label: str
    asks: tuple[Field, ...]
    states: tuple[str, ...] = ()
    of: str = ""


def fields(desk: Desk, register: str, *, as_json: bool) -> None:
    """Print what can be entered in a register."""
    _print(desk, [("", field) for field in desk.service(register).fields()], as_json=as_json)


def actions(desk: Desk, register: str, name: str = "", *, as_json: bool) -> None:
    """Print the actions of a register, of its records and of it as a whole, with what each asks.

    Raises:
        UnknownActionError: ``name`` is given, and there is no such action.
    """
    if name:
        acting.require_known(desk, register, name)
    found = [one for one in _told(desk, register) if name in ("", one.name)]
    if as_json:
        output.many(
            {
                "action": one.name,
                "label": _(one.label),
                "of": one.of or "records",
                "states": one.states,
                "asks": [_object(desk, field) for field in one.asks],
            }
            for one in found
        )
        return
    if all(one.name == flowacts.VOID for one in found):
        print(_("There is nothing to be done with these records but to enter and change them."))
    for one in found:
        print(f"{one.name}: {_(one.label)}{_(_OF[one.of]) if one.of else ''}")
        _print(desk, [("  ", field) for field in one.asks], as_json=False)


def _told(desk: Desk, register: str) -> Iterator[_Told]:
    """Yield everything that can be done in a register."""
    declared, beside = desk.register(register), flowacts.of(register)
    for action in declared.actions:
        own = beside.get(action.name)
        asks = action.asks or (own.asks if own else ())
        yield _Told(action.name, action.label, asks, action.states, own.whole if own else "")
    for name, one in beside.items():
        if declared.action(name) is None:
            yield _Told(name, one.label, one.asks, (), one.whole)
    known = declared.void_states is None or declared.state(flowacts.VOID) is not None
    if known and declared.action(flowacts.VOID) is None:
        keys = [state.key for state in declared.states if state.key != flowacts.VOID]
        out = tuple(k for k in keys if declared.may_void(k) or declared.may_strike(k))
        if out or not keys:
            yield _Told(flowacts.VOID, N_("Take out of use"), (flowacts.REASON,), out)


def _print(desk: Desk, asked: Iterable[tuple[str, Field]], *, as_json: bool) -> None:
    shown = [(indent, field) for indent, field in asked if field.enterable]
    if as_json:
        output.many(_object(desk, field) for _indent, field in shown)
        return
    heads = (_("Field"), _("Called"), _("Required"), _("Values"))
    output.table(
        heads,
        (
            (f"{field.name}", _(field.label), field.required or "", form(desk, field))
            for _indent, field in shown
        ),
    )


def _object(desk: Desk, field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "label": _(field.label),
        "kind": field.kind.value,
        "required": field.required,
        "values": {choice.key: _(choice.label) for choice in field.choices},
        "form": form(desk, field),
    }


def form(desk: Desk, field: Field) -> str:
    """Return what a field may hold."""
    if field.choices:
        return ", ".join(choice.words for choice in field.choices)
    if field.links_to:
        message = _LINKS if field.kind is Kind.LINKS else _LINK
        return _(message).format(register=_(desk.register(field.links_to).title))
    return _(_FORMS[field.kind]) if field.kind in _FORMS else _("text")
