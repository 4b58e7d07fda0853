"""A stack of signed sheets: each page finds its pledge by its code, the rest is matched by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.register import Outcome, Query, Row
from privdesk.documents import stacks
from privdesk.registers import incoming
from privdesk.registers.desk import Change, Desk
from privdesk.registers.pledges import proof, rules, tags
from privdesk.registers.pledges.fields import ENTERED, OPEN, PAPER
from privdesk.registers.pledges.scans import (
    BLANK,
    EARLIER,
    FILE_ONLY,
    FILED,
    GONE,
    NONE,
    OTHER,
    PRINTED,
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


class NobodySawError(DomainError):
    """No sheet of the scans is marked as signed: {refs}. Nothing was changed; look at each page,
    and say on which the signature stands.
    """


class CodeSaysOtherError(DomainError):
    """The code of this page says {told}, not {ref}. Nothing was changed; look at whose sheet it
    is.
    """


class PagesLackError(DomainError):
    """Of each sheet that is marked as signed a page is missing in the scans: {refs}. Nothing was
    changed; scan the whole sheets, or match a page without a code by hand.
    """


class NothingMatchedError(DomainError):
    """No page of the scans belongs to a pledge that waits for its sheet. Nothing was changed; match
    the pages by hand, or look whether the scans are those meant.
    """


def read(desk: Desk, paths: Sequence[Path], progress: Progress | None = None) -> Stack:
    """Read scans and find whose each page is; nothing is changed."""
    files = [incoming.read(path, MOST_BYTES) for path in paths]
    return read_files(desk, [(file.name, file.data) for file in files], progress)


def read_files(
    desk: Desk, files: Sequence[tuple[str, bytes]], progress: Progress | None = None
) -> Stack:
    """Read scans, given as name and content, and find whose each page is."""
    desk.require("officer")
    told = progress or Progress()
    counts = [stacks.page_count(data, name) for name, data in files]
    told.stage(_(READING), sum(counts))
    pages: list[Page] = []
    printed = proof.Printed(desk)
    for number, (name, data) in enumerate(files):
        for page in stacks.read(data, name, _ours, told.step):
            pages.append(_not_printed(printed, desk, data, _judged(desk, number, page)))
            told.between()
    return Stack(tuple(n for n, _d in files), tuple(d for _n, d in files), _named(desk, pages))


def picture(stack: Stack, page: Page) -> bytes:
    """Return a page as a PNG for the screen, upright where its code says how it lies."""
    return stacks.page_png(stack.files[page.file], stack.names[page.file], page.at, page.turn)


def by_hand(desk: Desk, page: Page, ref: str) -> Page:
    """Return a page that an officer says belongs to a pledge; its code must not say otherwise."""
    if page.tagged and not page.hand and page.verdict not in UNSETTLED and page.ref != ref:
        raise CodeSaysOtherError(told=page.ref, ref=ref)
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
    """Record the signatures that an officer saw on the pages of ``stack``, and keep the sheets."""
    desk.require("officer")
    rules.require_signed_by(on, desk.today())
    told, whose = progress or Progress(), _sheets(stack)
    if not whose and (unseen := sorted(stack.unseen())):
        told_refs = ", ".join(unseen[:_TOLD]) + (" …" if len(unseen) > _TOLD else "")
        raise NobodySawError(refs=told_refs)
    if not whose:
        raise NothingMatchedError
    lacking = _lacking(desk, whose)
    if len(lacking) == len(whose):
        raise PagesLackError(refs=_listed(lacking))
    whose = {ref: pages for ref, pages in whose.items() if ref not in lacking}
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
    left = (_unseen(stack), _short(lacking), _left(stack), _beside(stack, whose))
    told_of = filter(None, (message, *left))
    return Outcome(" · ".join(told_of), tuple(whose))


def _unseen(stack: Stack) -> str:
    """Return how many sheets wait because nobody saw a signature on them, in words."""
    n = len(stack.unseen())
    told = ngettext("{n} sheet is not marked as signed", "{n} sheets are not marked as signed", n)
    return told if n else ""


def _lacking(desk: Desk, whose: Mapping[str, Sequence[Page]]) -> dict[str, str]:
    """Return the sheets of which fewer pages are here than were printed: ``2/3`` by reference."""
    printed, found = proof.Printed(desk), {}
    rows = desk.service("pledges").rows([references.number(ref) for ref in whose])
    for row in rows:
        sheet, here = str(row.values["sheet"] or ""), len(whose[row.ref])
        data = printed.pages(sheet) if sheet else b""
        pages = stacks.page_count(data, sheet) if data else 0
        if here < pages:
            found[row.ref] = f"{here}/{pages}"
    return found


def _listed(lacking: Mapping[str, str]) -> str:
    told = [f"{ref} ({pages})" for ref, pages in lacking.items()]
    return ", ".join(told[:_TOLD]) + (" …" if len(told) > _TOLD else "")


def _short(lacking: Mapping[str, str]) -> str:
    """Return which sheets wait because a page of theirs is missing, in words."""
    n = len(lacking)
    told = ngettext("a page is missing of {n} sheet", "a page is missing of {n} sheets", n)
    return f"{told} ({_listed(lacking)})" if n else ""


def _beside(stack: Stack, whose: Mapping[str, Sequence[Page]]) -> str:
    """Return how many pages were blank, and how many came twice, in words."""
    blank, taken = stack.count(BLANK), sum(map(len, whose.values()))
    twice = sum(page.verdict in TAKEN and page.ref in whose for page in stack.pages) - taken
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
    """Return the pages of each sheet on which somebody saw a signature."""
    whose: dict[str, list[Page]] = {}
    signed = stack.signed()
    for page in stack.pages:
        if page.verdict in TAKEN and page.ref in signed:
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
        return Page(file, page.number, OTHER, tag.ref, tagged=tag.page, turn=page.turn)
    told = Page(file, page.number, UNKNOWN, tag.ref, tagged=tag.page, turn=page.turn)
    return _of(desk, told, tag.ref)


def _not_printed(printed: proof.Printed, desk: Desk, data: bytes, page: Page) -> Page:
    """Return a page, told apart where it is the sheet as it was printed, signed by nobody."""
    if page.verdict not in TAKEN or not page.tagged:
        return page
    service = desk.service("pledges")
    (row,) = service.rows([service.number(page.ref)])
    same = printed.same(row, data, page.at, page.tagged)
    return replace(page, verdict=PRINTED) if same else page


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
    printed, signed = row.values["printed_on"], row.values["signed_on"]
    if row.values["how"] == ENTERED and printed and signed and signed < printed:
        return EARLIER
    return FILE_ONLY if row.values["how"] == ENTERED else FILED


def _named(desk: Desk, pages: Sequence[Page]) -> tuple[Page, ...]:
    """Return pages with what their pledges are called."""
    service = desk.service("pledges")
    known = {page.ref for page in pages if page.verdict in (*TAKEN, FILED, GONE, EARLIER, PRINTED)}
    rows: Mapping[str, Row] = {
        row.ref: row for row in service.rows([references.number(ref) for ref in sorted(known)])
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
