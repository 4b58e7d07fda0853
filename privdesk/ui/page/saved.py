"""Saved views: filter, order and columns under a name of one's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

from privdesk.core.i18n import _
from privdesk.core.register import ReadyView
from privdesk.ui.page.conditions import Condition, from_json


class Preferences(Protocol):
    """Where a person's own settings are kept; values are what JSON holds."""

    def get(self, key: str) -> Any:
        """Return a setting, or None."""

    def put(self, key: str, value: Any) -> None:
        """Keep a setting."""


@dataclass(frozen=True)
class SavedView:
    """What a saved view holds. A search text may be a name, so it is never kept."""

    name: str
    conditions: tuple[Condition, ...] = ()
    sort: str = ""
    descending: bool = False
    arrangement: dict[str, Any] = field(default_factory=dict)


class SavedViews:
    """The saved views of one register, and the columns it was left with."""

    def __init__(self, preferences: Preferences, register: str) -> None:
        self._preferences = preferences
        self._views = f"views.{register}"
        self._columns = f"columns.{register}"

    def all(self, fields: Iterable[str]) -> tuple[SavedView, ...]:
        """Return the views in the order they were saved."""
        known = tuple(fields)
        kept = self._preferences.get(self._views) or []
        return tuple(_view(one, known) for one in kept)

    def save(self, view: SavedView) -> None:
        """Keep a view; one of the same name makes room for it."""
        kept = [v for v in self._preferences.get(self._views) or [] if v["name"] != view.name]
        self._preferences.put(self._views, [*kept, _plain(view)])

    def remove(self, name: str) -> None:
        """Forget a view."""
        kept = [v for v in self._preferences.get(self._views) or [] if v["name"] != name]
        self._preferences.put(self._views, kept)

    @property
    def arrangement(self) -> dict[str, Any]:
        """Return the columns as they were left."""
        return dict(self._preferences.get(self._columns) or {})

    def keep_arrangement(self, arrangement: dict[str, Any]) -> None:
        """Remember the columns."""
        self._preferences.put(self._columns, arrangement)


def ready_view(ready: ReadyView) -> SavedView:
    """Return a view that every office has as the list takes it, named in the language spoken."""
    conditions = tuple(Condition(name, wanted) for name, wanted in ready.where)
    return SavedView(_(ready.label), conditions)


def _plain(view: SavedView) -> dict[str, Any]:
    return {**asdict(view), "conditions": [c.as_json() for c in view.conditions]}


def _view(kept: dict[str, Any], fields: tuple[str, ...]) -> SavedView:
    return SavedView(
        kept["name"],
        from_json(kept.get("conditions", []), fields),
        kept.get("sort", ""),
        bool(kept.get("descending")),
        dict(kept.get("arrangement") or {}),
    )
