"""Sealed texts of the office as a search compares them, kept in memory while they stay as they are.

Opening and folding thousands of values is most of what a search costs. What was folded is kept
beside the ciphertext it came from: a value that is changed has another one, and one whose key is
destroyed is not read at all, so nothing has to be told of changes. Only values of the office's own
people are kept, never those of data subjects; a lock ends the process, and all of it with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from privdesk.core.hangul import name_key
from privdesk.vault.payloads import OFFICE, Payloads

MOST = 100_000
"""Records of which texts are kept; a register with more is opened for each search."""


class Folded:
    """The sealed texts of one register's records, folded."""

    def __init__(self, payloads: Payloads) -> None:
        self._payloads = payloads
        self._slots: tuple[int, ...] = ()
        self._known: dict[int, tuple[bytes, str]] = {}

    def texts(self, numbers: Sequence[int], slots: Collection[int]) -> Iterator[tuple[int, str]]:
        """Yield records with their sealed texts: each folded by ``name_key``, a line each."""
        wanted = tuple(sorted(slots))
        if wanted != self._slots or len(self._known) > MOST:
            self._slots, self._known = wanted, {}
        for number, keys, body in self._payloads.sealed(OFFICE, numbers):
            known = self._known.get(number)
            if known is None or known[0] != body:
                values = self._payloads.opened(number, keys, body, wanted).values()
                known = (body, "\n".join(map(name_key, values)))
                self._known[number] = known
            yield number, known[1]
