"""The declaration of the imports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Register, State

SLOT_FILE = 1


"""The registers that lists are imported into, called as their pages are."""


def _count(name: str, label: str) -> Field:
    return Field(name, label, Kind.INTEGER, computed=True, in_form=False, width=90)


REGISTER = Register(
    name="imports",
    title=N_("Imports"),
    singular=N_("Import"),
    prefix="J",
    group="life-cycle",
    why=N_("Where each list came from, and the way back while nothing has been built on it."),
    clause="S0.3",
    fields=(
        Field(
            "file",
            N_("List"),
            audience=Audience.OFFICE,
            slot=SLOT_FILE,
            computed=True,
            in_form=False,
            width=220,
        ),
        Field(
            "register",
            N_("Register"),
            Kind.CHOICE,
            computed=True,
            in_form=False,
            width=120,
        ),
        _count("rows", N_("Rows")),
        _count("new", N_("New")),
        _count("changed", N_("Changed")),
        _count("rejected", N_("Rejected")),
        _count("blocked", N_("Blocked")),
    ),
    model="privdesk.registers.imports.model:Import",
    states=(State("done", N_("Done"), "kept"), State("undone", N_("Taken back"), "plain")),
    creatable=False,
    importable=False,
    title_field="file",
    sort="id",
)


def taking(others: Iterable[Register]) -> Register:
    """Return the register, with the names of those that lists are taken into."""
    names = tuple(Choice(other.name, other.title) for other in others if other.importable)
    fields = (replace(f, choices=names) if f.name == "register" else f for f in REGISTER.fields)
    return replace(REGISTER, fields=tuple(fields))
