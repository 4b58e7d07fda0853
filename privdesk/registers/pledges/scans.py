"""A stack of scanned sheets as it was read: whose each page is, and how that stands. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from privdesk.core.i18n import N_

READY, FILE_ONLY, FILED, GONE, OTHER, UNKNOWN, NONE, BLANK = (
    "ready", "file-only", "filed", "gone", "other", "unknown", "none", "blank",
)  # fmt: skip
TAKEN = (READY, FILE_ONLY)
"""What a page may say so that it is taken: a signature is awaited, or the sheet alone."""
UNSETTLED = (NONE, OTHER, UNKNOWN)
"""What a page says that waits for a hand."""
WORDS = {
    READY: (N_("Signature is recorded"), "kept"),
    FILE_ONLY: (N_("Sheet is put on file"), "kept"),
    FILED: (N_("On file already"), "plain"),
    GONE: (N_("Pledge is void"), "plain"),
    OTHER: (N_("Of another vault"), "overdue"),
    UNKNOWN: (N_("No such pledge"), "overdue"),
    NONE: (N_("No code read"), "soon"),
    BLANK: (N_("Blank side"), "plain"),
}
"""Each verdict in words (message ids), with the tone it is shown in."""


@dataclass(frozen=True)
class Page:
    """A page of the stack: where it lies, whose it is, and how that stands.

    ``at`` is its place in its file, ``tagged`` the page of the sheet that its code names.
    """

    file: int
    at: int
    verdict: str
    ref: str = ""
    title: str = ""
    department: str = ""
    tagged: int = 0
    hand: bool = False  # somebody said whose it is


@dataclass(frozen=True)
class Stack:
    """The files that were read, as they are, and their pages."""

    names: tuple[str, ...]
    files: tuple[bytes, ...]
    pages: tuple[Page, ...]

    def count(self, *verdicts: str) -> int:
        """Return how many pages say one of these."""
        return sum(page.verdict in verdicts for page in self.pages)

    def sheets(self) -> int:
        """Return how many pledges get their sheet."""
        return len({page.ref for page in self.pages if page.verdict in TAKEN})

    def with_page(self, at: int, page: Page) -> Stack:
        """Return the stack with another page in a place."""
        pages = (*self.pages[:at], page, *self.pages[at + 1 :])
        return Stack(self.names, self.files, pages)

    def unsettled(self) -> Stack:
        """Return what still waits for a hand."""
        left = tuple(page for page in self.pages if page.verdict in UNSETTLED)
        return Stack(self.names, self.files, left)
