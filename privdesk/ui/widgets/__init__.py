"""Small widgets that every page is made of.

Each is loaded when it is first asked for: the unlock page needs few of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from privdesk.ui.widgets.buttons import (
        IconButton,
        button,
        danger_button,
        link_button,
        primary_button,
        quiet_button,
    )
    from privdesk.ui.widgets.cards import Card, Hairline, Plane
    from privdesk.ui.widgets.chips import Chip
    from privdesk.ui.widgets.empty import EmptyState
    from privdesk.ui.widgets.fields import LabelledField, number_box
    from privdesk.ui.widgets.flash import FlashLine
    from privdesk.ui.widgets.keycap import KeyCap
    from privdesk.ui.widgets.labels import ElidedLabel, IconLabel, PlainLabel
    from privdesk.ui.widgets.layout import add, column, row
    from privdesk.ui.widgets.links import ElidedLink
    from privdesk.ui.widgets.passphrase import PassphraseLine
    from privdesk.ui.widgets.pool import Pool
    from privdesk.ui.widgets.ring import ProgressRing
    from privdesk.ui.widgets.searchbox import SearchBox

__all__ = [
    "Card",
    "Chip",
    "ElidedLabel",
    "ElidedLink",
    "EmptyState",
    "FlashLine",
    "Hairline",
    "IconButton",
    "IconLabel",
    "KeyCap",
    "LabelledField",
    "PassphraseLine",
    "PlainLabel",
    "Plane",
    "Pool",
    "ProgressRing",
    "SearchBox",
    "add",
    "button",
    "column",
    "danger_button",
    "link_button",
    "number_box",
    "primary_button",
    "quiet_button",
    "row",
]

_HOMES = {
    "Card": "cards",
    "Chip": "chips",
    "ElidedLabel": "labels",
    "ElidedLink": "links",
    "EmptyState": "empty",
    "FlashLine": "flash",
    "Hairline": "cards",
    "IconButton": "buttons",
    "IconLabel": "labels",
    "KeyCap": "keycap",
    "LabelledField": "fields",
    "number_box": "fields",
    "PassphraseLine": "passphrase",
    "PlainLabel": "labels",
    "Plane": "cards",
    "Pool": "pool",
    "ProgressRing": "ring",
    "SearchBox": "searchbox",
    "add": "layout",
    "button": "buttons",
    "column": "layout",
    "danger_button": "buttons",
    "link_button": "buttons",
    "primary_button": "buttons",
    "quiet_button": "buttons",
    "row": "layout",
}


def __getattr__(name: str) -> object:
    """Load a widget's module."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(name)
    found: object = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = found
    return found
