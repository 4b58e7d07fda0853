"""파기 지시서: the one order to a place, its lists of source ids by file, and the reply slip."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import (
    Align,
    Block,
    Column,
    Entry,
    Form,
    NewPage,
    Paper,
    Points,
    Table,
    Text,
)  # fmt: skip
from privdesk.documents.papers.common import (
    NO_APPROVALS,
    ApprovalLine,
    Signed,
    boxes,
    dashed,
    signatures,
)
from privdesk.documents.papers.order_parts import BASES, OWN, addressee, id_lists, reply_slip
from privdesk.documents.phrases import day, people

OURS = N_("A number that begins with S- is ours, because you gave none; ask us who is meant.")


@dataclass(frozen=True)
class OrderedFile:
    """What is to go of one file; ``ids`` are the place's own ids, never names."""

    file: str
    items: tuple[str, ...]
    subjects: int
    ids: Iterable[str] = ()


@dataclass(frozen=True)
class PlaceOrder:
    """What a place is ordered to destroy, of all its files at once.

    ``subjects`` counts who is in several files once. Without ``listed`` no list of ids is
    attached, and then ``selection`` says which records are meant. ``role`` says by what the
    place is bound (``order_parts.BASES``), ``ours`` whether the lists hold numbers of the office
    because the place gave none.
    """

    number: str
    issued_on: date
    destruction_number: str
    place: str
    addressee: str
    files: tuple[OrderedFile, ...]
    subjects: int
    reason: str
    method: str
    reply_by: date
    signed: tuple[Signed, ...]
    listed: bool = True
    selection: str = ""
    contact: str = ""
    role: str = OWN
    ours: bool = False
    destroy_by: date | None = None
    approvals: ApprovalLine = NO_APPROVALS


def build(data: PlaceOrder, language: str) -> Paper:
    """Return the order as a paper: order, reply slip, list."""
    say = words(language)
    body: list[Block] = [
        Text(
            say(
                "Please destroy the personal information described below in your place, also in "
                "its copies and backups, and send the reply slip back signed."
            ),
            size=10,
        ),
        _order(say, data),
        _files(say, data),
        Points(
            (
                say("Destroy this list as well once the slip has been sent back."),
                say("If something must be kept by law, say what and by which article on the slip."),
                *([say(OURS)] if data.ours else []),
            ),
            size=8.5,
        ),
        signatures(say, data.signed),
        _slip(say, data),
    ]
    if data.listed:
        listed = [(file.file, file.subjects, file.ids) for file in data.files]
        body += [NewPage(), *id_lists(say, listed)]
    return Paper(
        code="order",
        number=data.number,
        title=say("Order to destroy personal information"),
        language=language,
        issued_on=data.issued_on,
        body=tuple(body),
        basis=say(BASES["destruction"][data.role]),
        approvals=boxes(say, data.approvals),
        destroy_by=data.destroy_by,
    )


def _order(say: Words, data: PlaceOrder) -> Form:
    return Form(
        (
            Entry(say("Addressee"), addressee(data.place, data.addressee), wide=True, strong=True),
            Entry(say("Destruction no."), data.destruction_number),
            Entry(say("Reply by"), day(say, data.reply_by), strong=True),
            Entry(say("Number of people"), people(say, data.subjects), wide=True, strong=True),
            Entry(say("Reason"), data.reason, wide=True),
            Entry(say("Method required"), data.method, wide=True),
            Entry(say("Which records"), data.selection or say("those in the list of ids attached"),
                  wide=True),
            Entry(say("Questions to"), dashed(data.contact), wide=True),
        )
    )  # fmt: skip


def _files(say: Words, data: PlaceOrder) -> Table:
    """Return a line for each file of the place."""
    columns = (
        Column(say("Personal information file"), 2.2),
        Column(say("Items"), 3.2),
        Column(say("Number of people"), 1.2, Align.RIGHT),
    )
    rows = [(f.file, ", ".join(f.items), people(say, f.subjects)) for f in data.files]
    return Table(columns, rows)


def _slip(say: Words, data: PlaceOrder) -> Block:
    entries = (
        Entry(say("Number destroyed"), room=26),
        Entry(say("Date of destruction"), room=26),
        Entry(say("Method and tool"), room=26),
        Entry(say("Evidence attached"), room=26),
        Entry(say("Not destroyed, and why"), room=26, wide=True),
    )
    return reply_slip(say, data.number, data.place, entries)
