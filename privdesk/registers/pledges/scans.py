"""A stack of scanned sheets as it was read: whose each page is, and how that stands. No Qt."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from privdesk.core.i18n import N_

READY, FILE_ONLY, FILED, GONE, OTHER, UNKNOWN, NONE, BLANK, EARLIER, PRINTED, SEVERAL = (
    "ready", "file-only", "filed", "gone", "other", "unknown", "none", "blank", "earlier",
    "as-printed", "several",
)  # fmt: skip
TAKEN = (READY, FILE_ONLY)
"""What a page may say so that it is taken: a signature is awaited, or the sheet alone."""
UNSETTLED = (NONE, OTHER, UNKNOWN, SEVERAL)
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
    EARLIER: (N_("Signed before printing"), "overdue"),
    SEVERAL: (N_("Codes of several pledges"), "overdue"),
    PRINTED: (N_("As printed, not signed"), "overdue"),
}
"""Each verdict in words (message ids), with the tone it is shown in."""
LOOK = (N_("Is it signed? Look"), "soon")
"""How a page is told that found its pledge, before an officer has seen the signature on it."""


@dataclass(frozen=True)
class Page:
    """A page of the stack: where it lies, whose it is, and how that stands.

    ``at`` is its place in its file, ``tagged`` the page of the sheet that its code names,
    ``turn`` by how many degrees (a multiple of 90) it is turned to stand upright. A code says
    whose a page is and never that somebody signed it: that is ``signed``, said by an officer.
    """

    file: int
    at: int
    verdict: str
    ref: str = ""
    title: str = ""
    department: str = ""
    tagged: int = 0
    hand: bool = False  # somebody said whose it is
    signed: bool = False  # somebody looked at it and saw the signature
    turn: int = 0

    def told(self) -> tuple[str, str]:
        """Return how the page stands in words (a message id), and the tone of it."""
        return LOOK if self.verdict in TAKEN and not self.signed else WORDS[self.verdict]


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
        return len(self.signed())

    def signed(self) -> frozenset[str]:
        """Return the pledges on whose sheet somebody saw the signature, on one page or more."""
        return frozenset(page.ref for page in self.pages if page.signed and page.verdict in TAKEN)

    def unseen(self) -> frozenset[str]:
        """Return the pledges whose sheet is here, and on which nobody has seen a signature."""
        found = {page.ref for page in self.pages if page.verdict in TAKEN}
        return frozenset(found - self.signed())

    def seen(self, refs: Collection[str]) -> Stack:
        """Return the stack with the pages of these pledges said to be signed."""
        pages = tuple(replace(page, signed=page.ref in refs) for page in self.pages)
        return Stack(self.names, self.files, pages)

    def with_page(self, at: int, page: Page) -> Stack:
        """Return the stack with another page in a place."""
        pages = (*self.pages[:at], page, *self.pages[at + 1 :])
        return Stack(self.names, self.files, pages)

    def unsettled(self) -> Stack:
        """Return what still waits for a hand."""
        unseen = self.unseen()
        left = tuple(
            page
            for page in self.pages
            if page.verdict in UNSETTLED or (page.verdict in TAKEN and page.ref in unseen)
        )
        return Stack(self.names, self.files, left)
