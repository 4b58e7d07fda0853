"""요구 처리 지시서: what one place is told to do for one person’s request, and the reply slip."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import (
    Block,
    Column,
    Entry,
    Form,
    Heading,
    Paper,
    Points,
    Table,
    Text,
)
from privdesk.documents.papers.common import NO_APPROVALS, ApprovalLine, boxes, dashed
from privdesk.documents.papers.order_parts import BASES, OWN, addressee, reply_slip
from privdesk.documents.phrases import day

TITLES: Mapping[str, str] = {
    "retrieval": N_("Order to send personal information"),
    "correction": N_("Order to correct personal information"),
    "freeze": N_("Order to freeze personal information"),
    "release": N_("Order to release personal information"),
    "deletion": N_("Order to delete personal information"),
}
ASKED: Mapping[str, str] = {
    "retrieval": N_(
        "A person asked for access. Please send us everything that your place holds of this"
        " person: the values, since when, and to whom they were passed on."
    ),
    "correction": N_(
        "A person asked for a correction. Please put the values below in the place of the old"
        " ones, also in copies, and neither use nor pass on the old ones from now on."
    ),
    "freeze": N_(
        "A person asked to stop the processing. Please neither use nor pass on, change nor delete"
        " the data below until we tell you the result."
    ),
    "release": N_(
        "The request has been decided. You may use the data below again as before; the freeze that"
        " we ordered is over."
    ),
    "deletion": N_(
        "A person asked for deletion. Please delete the data below for good, also in copies and"
        " backups, and tell us what you have to keep by law."
    ),
}
POINTS: Mapping[str, tuple[str, ...]] = {
    "retrieval": (
        N_("Send the data by a way that nobody else can read: sealed, or encrypted."),
        N_("If you hold nothing of this person, say so on the slip."),
    ),
    "correction": (
        N_("Write on the slip what your place holds now; it is compared with the order."),
        N_("Tell everybody to whom you passed the old values on."),
    ),
    "freeze": (N_("Mark the data so that nobody takes it for free again by mistake."),),
    "release": (N_("Take the mark of the freeze off the data."),),
    "deletion": (N_("If something must be kept by law, say what and by which article."),),
}

DESTROY = N_("This paper names a person’s data. Destroy it once the slip has been sent back.")


@dataclass(frozen=True)
class NamedFile:
    """A file of the place in which the person stands, with her ids there, never her name.

    Where the place gave her none, ``elsewhere`` has her ids at other places, each with the
    name of its place, and ``ours`` the office's own.
    """

    file: str
    items: tuple[str, ...]
    ids: tuple[str, ...] = ()
    elsewhere: tuple[tuple[str, str], ...] = ()
    ours: str = ""


@dataclass(frozen=True)
class Changed:
    """A value that is to be replaced."""

    item: str
    before: str
    after: str


@dataclass(frozen=True)
class RetrievalOrder:
    """What a place is ordered to do; ``kind`` is a key of ``TITLES``.

    ``role`` says by what the place is bound, see ``order_parts.BASES``.
    ``destroy_by`` is the day by which the print has to be gone.
    """

    kind: str
    number: str
    order: str
    request: str
    issued_on: date
    place: str
    addressee: str
    files: tuple[NamedFile, ...]
    reply_by: date
    changed: tuple[Changed, ...] = ()
    contact: str = ""
    role: str = OWN
    destroy_by: date | None = None
    approvals: ApprovalLine = NO_APPROVALS


def build(data: RetrievalOrder, language: str) -> Paper:
    """Return the order as a paper: order, what changes, the ids, the reply slip."""
    say = words(language)
    body: list[Block] = [Text(say(ASKED[data.kind]), size=10), _order(say, data)]
    if data.changed:
        body += [Heading(say("What is to change")), _changed(say, data)]
    body += [
        _files(say, data),
        Points(tuple(say(point) for point in (*POINTS[data.kind], DESTROY)), size=8.5),
        reply_slip(say, data.order, data.place, _slip(say, data)),
    ]
    return Paper(
        code="retrieval",
        number=data.number,
        title=say(TITLES[data.kind]),
        language=language,
        issued_on=data.issued_on,
        body=tuple(body),
        basis=say(BASES["request"][data.role]),
        approvals=boxes(say, data.approvals),
        destroy_by=data.destroy_by,
    )


def _order(say: Words, data: RetrievalOrder) -> Form:
    return Form(
        (
            Entry(say("Addressee"), addressee(data.place, data.addressee), wide=True, strong=True),
            Entry(say("Order no."), data.order),
            Entry(say("Case no."), data.request),
            Entry(say("Reply by"), day(say, data.reply_by), wide=True, strong=True),
            Entry(say("Questions to"), dashed(data.contact), wide=True),
        )
    )


def _changed(say: Words, data: RetrievalOrder) -> Table:
    columns = (
        Column(say("Item"), 1.4),
        Column(say("Value until now"), 2.6),
        Column(say("Value from now on"), 2.6),
    )
    rows = [(one.item, dashed(one.before), dashed(one.after)) for one in data.changed]
    return Table(columns, rows)


def _files(say: Words, data: RetrievalOrder) -> Table:
    columns = (
        Column(say("Personal information file"), 2.0),
        Column(say("Number of the person at your place"), 1.8)
        if all(f.ids for f in data.files)
        else Column(say("Number of the person"), 2.8),
        Column(say("Items"), 2.4),
    )
    rows = [(f.file, _ids(say, f), ", ".join(f.items)) for f in data.files]
    return Table(columns, rows)


def _ids(say: Words, file: NamedFile) -> str:
    """Return by which numbers a place finds the person; none but its own goes unexplained."""
    if file.ids:
        return ", ".join(file.ids)
    known = [say("{id} at {place}").format(id=one, place=where) for where, one in file.elsewhere]
    ours = say("{id} (our number; ask us who it is)").format(id=file.ours)
    return "\n".join((*known, ours))


def _slip(say: Words, data: RetrievalOrder) -> tuple[Entry, ...]:
    """Return what the slip asks of each kind."""
    done = {
        "retrieval": (Entry(say("Data enclosed (pages, file)"), room=24),),
        "correction": (
            Entry(say("Day of correction"), room=24),
            Entry(say("What the place holds now"), room=24, wide=True),
        ),
        "freeze": (Entry(say("Frozen on"), room=24),),
        "release": (Entry(say("Released on"), room=24),),
        "deletion": (Entry(say("Deleted on"), room=24),),
    }[data.kind]
    nothing = Entry(say("Nothing held of this person"), "□", room=24)
    return (*done[:1], nothing, *done[1:], Entry(say("Not done, and why"), room=24, wide=True))
