"""Rows and columns in one call."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

Item = QWidget | QLayout | int | None
Margins = int | tuple[int, int] | tuple[int, int, int, int]


def column(parent: QWidget | None, *items: Item, gap: int = 8, margin: Margins = 0) -> QVBoxLayout:
    """Lay items out from top to bottom, in ``parent`` or to be nested.

    An int is that much space, None takes what is left. ``margin`` is one number,
    (across, along) or (left, top, right, bottom).
    """
    made = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    _fill(made, items, gap, margin)
    return made


def row(parent: QWidget | None, *items: Item, gap: int = 8, margin: Margins = 0) -> QHBoxLayout:
    """Lay items out from left to right; see ``column``."""
    made = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    _fill(made, items, gap, margin)
    return made


def add(layout: QBoxLayout, *items: Item) -> None:
    """Add items to a row or column that exists; see ``column``."""
    for item in items:
        match item:
            case None:
                layout.addStretch(1)
            case int():
                layout.addSpacing(item)
            case QWidget():
                layout.addWidget(item)
            case QLayout():
                layout.addLayout(item)


def _fill(layout: QBoxLayout, items: tuple[Item, ...], gap: int, margin: Margins) -> None:
    layout.setSpacing(gap)
    match margin:
        case int():
            layout.setContentsMargins(margin, margin, margin, margin)
        case (across, along):
            layout.setContentsMargins(across, along, across, along)
        case (left, top, right, bottom):
            layout.setContentsMargins(left, top, right, bottom)
    add(layout, *items)
