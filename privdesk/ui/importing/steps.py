"""The heads of the import and export pages: the way back, title, and where one stands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from privdesk.core.i18n import N_, _
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import IconButton, PlainLabel, Plane, row

STEPS = (N_("File"), N_("Columns"), N_("Rehearsal"), N_("Report"))


class PageHead(Plane):
    """The way back and a title."""

    def __init__(
        self, title: Callable[[], str], back: Callable[[], object], *beside: QWidget
    ) -> None:
        super().__init__("surface")
        self._title_text = title
        self.back = IconButton("back", "", back)
        self.title = PlainLabel("", "section")
        row(self, self.back, self.title, None, *beside, gap=12, margin=(14, 8, 24, 8))
        on_language(self, self.speak)

    def speak(self) -> None:
        """Name the page in the language of the screen."""
        self.back.call(_("Back to the list"))
        self.title.setText(self._title_text())


class StepsHead(PageHead):
    """“1 File  2 Columns  3 Rehearsal  4 Report”, the present one strong."""

    def __init__(self, title: Callable[[], str], back: Callable[[], object]) -> None:
        self.steps = [PlainLabel() for _step in STEPS]
        super().__init__(title, back, *self.steps)

    def mark(self, step: int) -> None:
        """Show which step is the present one."""
        for at, label in enumerate(self.steps):
            label.setProperty("look", "strong" if at == step else "muted")
            label.style().unpolish(label)
            label.style().polish(label)
        self.setAccessibleDescription(_(STEPS[step]))

    def speak(self) -> None:
        """Name the page and its steps in the language of the screen."""
        super().speak()
        for at, (label, text) in enumerate(zip(self.steps, STEPS, strict=True), start=1):
            label.setText(f"{at}  {_(text)}")
