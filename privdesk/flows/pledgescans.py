"""A stack of signed sheets: each page finds its pledge by its code, the rest is matched by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from privdesk.core import references, system
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.register import Outcome, Query, Row
from privdesk.documents import stacks
from privdesk.registers.desk import Change, Desk
from privdesk.registers.pledges import rules, tags
from privdesk.registers.pledges.fields import ENTERED, OPEN, PAPER
from privdesk.registers.pledges.scans import (
    BLANK,
    FILE_ONLY,
    FILED,
    GONE,
    NONE,
    OTHER,
    READY,
    TAKEN,
    UNKNOWN,
    UNSETTLED,
    Page,
    Stack,
)
from privdesk.ui.progress import Progress

MOST_BYTES = 300 * 1024 * 1024
READING, FILING = N_("Reading the scans"), N_("Recording signatures")
_TOLD = 8


class NothingMatchedError(DomainError):
    """No page of the scans belongs to a pledge that waits for its sheet. Nothing was changed; match
    the pages by hand, or look whether the scans are those meant.
    """


def read(desk: Desk, paths: Sequence[Path], progress: Progress | None = None) -> Stack:
    """Read scans and find whose each page is; nothing is changed."""
    files = [(path.name, system.read_bytes(path.expanduser(), MOST_BYTES)) for path in paths]
    return read_files(desk, files, progress)


def read_files(
    desk: Desk, files: Sequence[tuple[str, bytes]], progress: Progress | None = None
) -> Stack:
    """Read scans, given as name and content, and find whose each page is."""
    desk.require("officer")
    told = progress or Progress()
    counts = [stacks.page_count(data, name) for name, data in files]
    told.stage(_(READING), sum(counts))
    pages: list[Page] = []
    for number, (name, data) in enumerate(files):
        for page in stacks.read(data, name, _ours, told.step):
            pages.append(_judged(desk, number, page))
            told.between()
    return Stack(tuple(n for n, _d in files), tuple(d for _n, d in files), _named(desk, pages))


def picture(stack: Stack, page: Page) -> bytes:
    """Return a page as a PNG for the screen."""
    return stacks.page_png(stack.files[page.file], stack.names[page.file], page.at)


def by_hand(desk: Desk, page: Page, ref: str) -> Page:
    """Return a page that an officer says belongs to a pledge."""
    return _named(desk, [_of(desk, replace(page, tagged=page.tagged or 1, hand=True), ref)])[0]


def candidates(desk: Desk, text: str, limit: int = 12) -> list[Row]:
    """Return the pledges a page may belong to: those that wait for a signature or a sheet."""
    service = desk.service("pledges")
    found = service.find(Query(text=text, where={"state": [*OPEN, "signed"]}, sort="due_on"))
    return [row for row in found if _verdict(row) in TAKEN][:limit]


def take(
    desk: Desk,
    stack: Stack,
    on: date,
    head: str = "",
    progress: Progress | None = None,
) -> Outcome:
    """Record the signatures of all pages that found their pledge, and keep the sheets."""
    desk.require("officer")
    rules.require_signed_by(on, desk.today())
    told, whose = progress or Progress(), _sheets(stack)
    if not whose:
        raise NothingMatchedError
    told.stage(_(FILING), len(whose))
    signed = 0
    with desk.change() as change:
        for ref, pages in whose.items():
            signed += _file(change, stack, ref, pages, on, head)
            told.step()
        told.no_return()
    message = ngettext("{n} signature recorded", "{n} signatures recorded", signed)
    if len(whose) > signed:
        more = ngettext("{n} sheet put on file", "{n} sheets put on file", len(whose) - signed)
        message = f"{message}, {more}"
    told_of = filter(None, (message, _left(stack), _beside(stack, whose)))
    return Outcome(" · ".join(told_of), tuple(whose))


def _beside(stack: Stack, whose: Mapping[str, Sequence[Page]]) -> str:
    """Return how many pages were blank, and how many came twice, in words."""
    blank, taken = stack.count(BLANK), sum(map(len, whose.values()))
    twice = stack.count(*TAKEN) - taken
    told = (
        ngettext("{n} blank page", "{n} blank pages", blank) if blank else "",
        ngettext("{n} page came twice", "{n} pages came twice", twice) if twice else "",
    )
    return ", ".join(filter(None, told))


def _left(stack: Stack) -> str:
    """Return which pages found no pledge, in words."""
    left = [page for page in stack.pages if page.verdict in UNSETTLED]
    if not left:
        return ""
    told = ngettext("{n} page has no pledge yet", "{n} pages have no pledge yet", len(left))
    first = [f"{stack.names[page.file]}:{page.at + 1}" for page in left[:_TOLD]]
    return f"{told} ({', '.join(first)}{' …' if len(left) > _TOLD else ''})"


def _sheets(stack: Stack) -> dict[str, list[Page]]:
    whose: dict[str, list[Page]] = {}
    for page in stack.pages:
        if page.verdict in TAKEN:
            whose.setdefault(page.ref, []).append(page)
    return {ref: _once(pages) for ref, pages in whose.items()}


def _once(pages: Sequence[Page]) -> list[Page]:
    """Return the pages of a sheet in their order, one whose code was read twice only once."""
    found: dict[tuple[int, ...], Page] = {}
    for page in sorted(pages, key=lambda page: (page.tagged, page.file, page.at)):
        found.setdefault((page.file, page.at, 0) if page.hand else (page.tagged,), page)
    return list(found.values())


def _file(
    change: Change, stack: Stack, ref: str, pages: Sequence[Page], on: date, head: str
) -> bool:
    """Keep one sheet, and record its signature where it was not yet; return whether it was."""
    service = change.desk.service("pledges")
    (row,) = service.rows([service.number(ref)])
    waited = row.state in OPEN
    if waited:
        service.sign(change, row.id, on, PAPER, head=head)
    parts = [stacks.pick(stack.files[p.file], stack.names[p.file], [p.at]) for p in pages]
    service.keep(change, row.id, stacks.joined(parts))
    return waited


def _ours(text: str) -> bool:
    return tags.read(text) is not None


def _judged(desk: Desk, file: int, page: stacks.ScannedPage) -> Page:
    """Return whose a page is: by the first of its codes that is one of ours."""
    found = [tag for code in page.codes if (tag := tags.read(code)) is not None]
    if not found:
        return Page(file, page.number, BLANK if page.blank else NONE)
    tag = found[0]
    if tag.vault != tags.short(desk.vault.header.vault):
        return Page(file, page.number, OTHER, tag.ref, tagged=tag.page)
    return _of(desk, Page(file, page.number, UNKNOWN, tag.ref, tagged=tag.page), tag.ref)


def _of(desk: Desk, page: Page, ref: str) -> Page:
    service = desk.service("pledges")
    try:
        prefix, number = references.parse(ref)
        found = service.rows([number]) if prefix == service.register.prefix else []
    except DomainError:
        found = []
    if not found:
        return replace(page, ref=ref, verdict=UNKNOWN)
    return replace(page, ref=found[0].ref, verdict=_verdict(found[0]))


def _verdict(row: Row) -> str:
    if row.state in OPEN:
        return READY
    if row.state in ("void", "destroyed"):
        return GONE
    return FILE_ONLY if row.values["how"] == ENTERED else FILED


def _named(desk: Desk, pages: Sequence[Page]) -> tuple[Page, ...]:
    """Return pages with what their pledges are called."""
    service = desk.service("pledges")
    known = {page.ref for page in pages if page.verdict in (*TAKEN, FILED, GONE)}
    rows: Mapping[str, Row] = {
        row.ref: row for row in service.rows([references.parse(ref)[1] for ref in sorted(known)])
    }
    return tuple(
        replace(
            page,
            title=str(rows[page.ref].values["title"]),
            department=str(rows[page.ref].values["department"] or ""),
        )
        if page.ref in rows
        else page
        for page in pages
    )
