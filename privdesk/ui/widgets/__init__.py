"""Small widgets that every page is made of."""

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
from privdesk.ui.widgets.fields import LabelledField
from privdesk.ui.widgets.flash import FlashLine
from privdesk.ui.widgets.keycap import KeyCap
from privdesk.ui.widgets.labels import ElidedLabel, IconLabel, PlainLabel
from privdesk.ui.widgets.layout import add, column, row
from privdesk.ui.widgets.passphrase import PassphraseLine
from privdesk.ui.widgets.ring import ProgressRing
from privdesk.ui.widgets.searchbox import SearchBox

__all__ = [
    "Card",
    "Chip",
    "ElidedLabel",
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
    "ProgressRing",
    "SearchBox",
    "add",
    "button",
    "column",
    "danger_button",
    "link_button",
    "primary_button",
    "quiet_button",
    "row",
]
