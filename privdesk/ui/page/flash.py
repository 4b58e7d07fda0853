"""The flash line of a page."""

from __future__ import annotations

from privdesk.ui.widgets import FlashLine


class PageFlash(FlashLine):
    """A flash line that may be told something while it still shows something else."""

    def setStyleSheet(self, sheet: str) -> None:
        """Set a style sheet once: Qt answers each with a change of palette, which asks again."""
        if sheet != self.styleSheet():
            super().setStyleSheet(sheet)
