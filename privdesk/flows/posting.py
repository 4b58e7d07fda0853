"""Posting the public list, and what proves it: the saved page, compared cell by cell (rule 29)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date
from html.parser import HTMLParser
from itertools import zip_longest
from pathlib import Path

from privdesk.core import system
from privdesk.core.i18n import LANGUAGES
from privdesk.core.register import Outcome, Row
from privdesk.flows.publishing import table_of
from privdesk.registers.desk import Desk
from privdesk.registers.publications.rules import OtherListError

_LONGEST = 4 * 1024 * 1024  # bytes of a saved page that are looked at
_PAGES = (".html", ".htm")
_ALIKE = 0.5  # share of cells by which a table is this list, with something altered


class PageDiffersError(OtherListError):
    """The page {name} says “{found}” where the list {ref} says “{wanted}”. Nothing was changed;
    have the page put right, and save it again.
    """


def posted(
    desk: Desk, refs: Sequence[str], *, on: date | None = None, address: str = "", file: str = ""
) -> Outcome:
    """Record that a list was posted; a saved page has to say what the list says."""
    service = desk.service("publications")
    proofs = {ref: proof_of(desk, service.get(ref), file) for ref in refs} if file else {}
    done: Outcome = service.post(refs, on=on, address=address, file=file, proofs=proofs)
    return done


def prove(desk: Desk, refs: Sequence[str], *, file: str) -> Outcome:
    """Keep what proves that lists were posted."""
    service = desk.service("publications")
    proofs = {ref: proof_of(desk, service.get(ref), file) for ref in refs}
    done: Outcome = service.prove(refs, file=file, proofs=proofs)
    return done


def proof_of(desk: Desk, row: Row, file: str) -> str:
    """Return what a file proves: ``page`` or ``picture``.

    Raises:
        OtherListError: no table of the saved page is this list.
        PageDiffersError: one is, but for something that was altered, added or left out.
    """
    path = Path(file).expanduser()
    if path.suffix.lower() not in _PAGES:
        return "picture"
    text = system.read_bytes(path, _LONGEST).decode("utf-8", "replace")
    tables = _Tables.read(text)
    wanted = [table_of(desk, row.ref, one) for one in LANGUAGES]
    pairs = [(_alike(table, one), table, one) for table in tables for one in wanted]
    share, found, meant = max(pairs, default=(0.0, [], []), key=lambda pair: pair[0])
    if share < _ALIKE:
        raise OtherListError(name=path.name, ref=row.ref)
    altered = [
        pair
        for pair in zip_longest(found, meant, fillvalue="–")
        if _plain(pair[0]) != _plain(pair[1])
    ]
    if altered:
        said, right = (" ".join(text.split()) for text in altered[0])
        raise PageDiffersError(name=path.name, ref=row.ref, found=said, wanted=right)
    return "page"


def _alike(found: Sequence[str], wanted: Sequence[str]) -> float:
    """Return how much of a list a table says; the order counts."""
    same = sum(_plain(one) == _plain(other) for one, other in zip(found, wanted, strict=False))
    return same / max(len(wanted), 1)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


class _Tables(HTMLParser):
    """The cells of each table of a page; tables may stand in tables."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[list[list[str]]] = []
        self._found: list[list[list[str]]] = []

    @classmethod
    def read(cls, page: str) -> list[list[str]]:
        """Return the cells of the tables of a page."""
        reader = cls()
        reader.feed(page)
        reader.close()
        return [[" ".join(cell) for cell in table] for table in reader._found]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table or a cell."""
        if tag == "table":
            self._open.append([])
            self._found.append(self._open[-1])
        elif tag in ("td", "th") and self._open:
            self._open[-1].append([])

    def handle_endtag(self, tag: str) -> None:
        """End a table."""
        if tag == "table" and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Add to the cell that is open; what stands outside of cells is no part of the list."""
        if self._open and self._open[-1]:
            self._open[-1][-1].append(data.strip())
