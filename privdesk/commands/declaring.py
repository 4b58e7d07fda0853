"""What a register’s fields and actions take, in words: the values for ``set`` and ``act``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from privdesk.commands import output
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


def fields(desk: Desk, register: str, *, as_json: bool) -> None:
    """Print what can be entered in a register."""
    _print(desk, [("", field) for field in desk.service(register).fields()], as_json=as_json)


def actions(desk: Desk, register: str, *, as_json: bool) -> None:
    """Print the actions of a register, each with what it asks."""
    if as_json:
        output.many(
            {
                "action": action.name,
                "label": _(action.label),
                "states": action.states,
                "asks": [_object(desk, field) for field in action.asks],
            }
            for action in desk.register(register).actions
        )
        return
    if not desk.register(register).actions:
        print(_("There is nothing to be done with these records but to enter and change them."))
    for action in desk.register(register).actions:
        print(f"{action.name}: {_(action.label)}")
        _print(desk, [("  ", field) for field in action.asks], as_json=False)


def _print(desk: Desk, asked: Iterable[tuple[str, Field]], *, as_json: bool) -> None:
    shown = [(indent, field) for indent, field in asked if field.enterable]
    if as_json:
        output.many(_object(desk, field) for _indent, field in shown)
        return
    heads = (_("Field"), _("Called"), _("Required"), _("Values"))
    output.table(
        heads,
        (
            (f"{field.name}", _(field.label), field.required or "", _values(desk, field))
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
        "form": _values(desk, field),
    }


def _values(desk: Desk, field: Field) -> str:
    """Return what a field may hold."""
    if field.choices:
        return ", ".join(choice.words for choice in field.choices)
    if field.links_to:
        message = _LINKS if field.kind is Kind.LINKS else _LINK
        return _(message).format(register=_(desk.register(field.links_to).title))
    return _(_FORMS[field.kind]) if field.kind in _FORMS else _("text")
