"""One value for many records: the fields of a register that may be changed together."""

from __future__ import annotations

from dataclasses import replace

from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Service

CHANGE = "change-field"
_KINDS = frozenset(Kind) - {Kind.NAME, Kind.PHONE, Kind.EMAIL, Kind.NOTE}


def changeable(service: Service) -> tuple[Field, ...]:
    """Return the fields that may hold the same in many records.

    Names, numbers to call and free text belong to one record each, masked values to one person.
    """
    register = service.register
    return tuple(
        field
        for field in service.fields()
        if field.enterable
        and field.in_form
        and not (field.fixed or field.masked or field.picks)
        and field.kind in _KINDS
        and field.name not in (register.title_field, f"{register.title_field}_en")
    )


def change_of(field: Field) -> Action:
    """Return the action that puts one value into a field of many records."""
    return Action(
        CHANGE,
        N_("Change the selected records"),
        "update_all",
        asks=(replace(field, default=None, shown_for=()),),
        bulk=True,
        help=N_("The same value goes into each of them, or into none; empty clears it."),
    )
