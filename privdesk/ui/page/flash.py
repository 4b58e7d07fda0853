"""The flash line of a page, under the name that pages of registers know it by."""

from __future__ import annotations

from privdesk.ui.widgets import FlashLine as PageFlash

__all__ = ["PageFlash"]
