"""A saved view by its name, for the command line: one's own, or one that every office has."""

from __future__ import annotations

from typing import Any

from privdesk.core.errors import DomainError
from privdesk.core.hangul import name_key
from privdesk.core.i18n import LANGUAGES, speaking
from privdesk.core.register import Query
from privdesk.flows.ownthings import Kept
from privdesk.registers.desk import Desk
from privdesk.ui.page import conditions
from privdesk.ui.page.saved import SavedView, SavedViews, ready_view


class UnknownViewError(DomainError):
    """The list “{register}” has no saved view “{name}”. Nothing was written; choose one of:
    {known}.
    """


class _OwnSettings:
    """What the person at the desk saved in the window; only read here."""

    def __init__(self, desk: Desk) -> None:
        self._values = Kept(desk, "views").read()

    def get(self, key: str) -> Any:
        """Return a setting, or None."""
        return self._values.get(key)

    def put(self, key: str, value: Any) -> None:
        """Keep nothing: views are saved in the window."""


def find(desk: Desk, register: str, name: str) -> SavedView:
    """Return a view of a register: saved by the person at the desk, else a ready one.

    Ready ones answer to their names in every language.
    """
    fields = desk.service(register).fields()
    declared = desk.register(register)
    names = [*(f.name for f in fields), declared.state_field]
    own = SavedViews(_OwnSettings(desk), register).all(names)
    ready: list[SavedView] = []
    for language in LANGUAGES:
        with speaking(language):
            ready += [ready_view(one) for one in declared.views]
    known = (*own, *ready)
    wanted = name_key(name)
    found = next((view for view in known if name_key(view.name) == wanted), None)
    if found is None:
        told = ", ".join(dict.fromkeys(view.name for view in known)) or "-"
        raise UnknownViewError(register=register, name=name, known=told)
    return found


def query_of(desk: Desk, register: str, view: SavedView) -> Query:
    """Return what a view asks for today."""
    declared = desk.register(register)
    fields = {f.name: f for f in desk.service(register).fields()}
    if declared.states:
        fields[declared.state_field] = conditions.state_field(declared)
    order = (view.sort, view.descending) if view.sort else (declared.sort, declared.descending)
    return Query("", conditions.where(view.conditions, fields, desk.today()), *order)


def columns_of(view: SavedView) -> tuple[str, ...]:
    """Return the columns a view shows; empty where it leaves them as they are."""
    return tuple(view.arrangement.get("columns") or ())
