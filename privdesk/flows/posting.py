"""Posting the public list, and what proves it: the saved page, compared cell by cell (rule 29)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from html.parser import HTMLParser
from itertools import zip_longest
from pathlib import Path

from privdesk.core.filekinds import JPEG, PDF, PNG, TIFF, kind_of
from privdesk.core.i18n import LANGUAGES
from privdesk.core.register import Outcome, Row
from privdesk.documents.stacks import require_ink
from privdesk.flows.publishing import table_of
from privdesk.registers import incoming
from privdesk.registers.desk import Desk
from privdesk.registers.publications.rules import OtherListError

_LONGEST = 4 * 1024 * 1024  # bytes of a saved page that are looked at
_PAGES = (".html", ".htm")
_UNSEEN = ("template", "script", "style", "noscript", "head", "dialog", "object")
_VOID = (
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "wbr",
)
_HIDES = re.compile(r"display:none|visibility:hidden|opacity:0(?![.\d])|font-size:0(?![.\d])")
_ALIKE = 0.5  # share of cells by which a table is this list, with something altered


class NoPictureError(OtherListError):
    """{name} is neither a saved page nor a picture or PDF of one. Nothing was changed; save the
    page as it stands in the browser, or take a picture of it.
    """


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
    path, saved = Path(file), incoming.read(file)
    if path.suffix.lower() not in _PAGES:
        kind = kind_of(saved.data)
        if kind is None:
            raise NoPictureError(name=path.name)
        if kind in (PDF, PNG, JPEG, TIFF):
            require_ink(saved.data, saved.name)
        return "picture"
    text = saved.data[:_LONGEST].decode("utf-8", "replace")
    tables = _Tables.read(text)
    wanted = [table_of(desk, row.ref, one) for one in LANGUAGES]
    pairs = ([(_alike(table, one), table, one) for one in wanted] for table in tables)
    best = (max(each, key=lambda pair: pair[0]) for each in pairs)
    like = [pair for pair in best if pair[0] >= _ALIKE]
    if not like:
        raise OtherListError(name=path.name, ref=row.ref)
    _share, found, meant = min(like, key=lambda pair: pair[0])  # a second one has to be right too
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
    """The cells of each table of a page that can be seen; tables may stand in tables."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[list[list[str]]] = []
        self._found: list[list[list[str]]] = []
        self._unseen: list[str] = []  # open elements from the first that hides what is in it

    @classmethod
    def read(cls, page: str) -> list[list[str]]:
        """Return the cells of the tables of a page."""
        reader = cls()
        reader.feed(page)
        reader.close()
        return [[" ".join(cell) for cell in table] for table in reader._found]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table or a cell, or something that nobody sees."""
        style = "".join((dict(attrs).get("style") or "").lower().split())
        hides = tag in _UNSEEN or "hidden" in dict(attrs) or _HIDES.search(style) is not None
        if tag not in _VOID and (self._unseen or hides):
            self._unseen.append(tag)
        elif tag == "table":
            self._open.append([])
            self._found.append(self._open[-1])
        elif tag in ("td", "th") and self._open:
            self._open[-1].append([])

    def handle_endtag(self, tag: str) -> None:
        """End a table, or what nobody sees."""
        if tag in self._unseen:
            while self._unseen.pop() != tag:
                pass  # elements within that were never closed
        elif tag == "table" and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Add to the cell that is open; what stands outside of cells is no part of the list."""
        if self._open and self._open[-1] and not self._unseen:
            self._open[-1][-1].append(data.strip())
