"""Widgets that are kept for the next record: dressing new ones is what a reader waits for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QBoxLayout, QWidget

W = TypeVar("W", bound=QWidget)


class Pool(Generic[W]):
    """Widgets of one kind, one after another in a layout from the place ``at``."""

    def __init__(self, layout: QBoxLayout, at: int, make: Callable[[], W]) -> None:
        self._layout, self._at, self._make = layout, at, make
        self._made: list[W] = []

    def take(self, number: int) -> list[W]:
        """Return so many widgets, made where there are not enough; the others are hidden."""
        while len(self._made) < number:
            one = self._make()
            self._layout.insertWidget(self._at + len(self._made), one)
            self._made.append(one)
        for place, one in enumerate(self._made):
            one.setVisible(place < number)
        return self._made[:number]

    def rest(self, number: int) -> list[W]:
        """Return the widgets that ``take`` has hidden."""
        return self._made[number:]
