"""What a paper is, before anything is drawn: frozen data, no reportlab, no clock.

A paper's own module (``documents/papers``) builds a ``Paper`` out of blocks;
``documents.rendering.render`` draws it. All texts in blocks are already in the paper's
language. What people wrote is data and is drawn as it is: there is no markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TypeAlias


class Align(Enum):
    """Where a text stands in its column."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True)
class Checkpoint:
    """The newest checkpoint of the journal; a paper pins down the history by it.

    ``text`` is the whole note as the journal writes it, signature included; it stands in
    the QR code and in the file's metadata. ``origin``, ``size`` and ``root`` are printed.
    """

    origin: str
    size: int
    root: str
    text: str


@dataclass(frozen=True)
class Company:
    """The office that issues a paper."""

    name: str
    department: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Approval:
    """One box of the approval line 담당·검토·승인."""

    label: str
    name: str = ""
    on: str = ""


@dataclass(frozen=True)
class Heading:
    """The title of a section."""

    text: str
    note: str = ""


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str
    size: float = 9.5
    bold: bool = False
    align: Align = Align.LEFT
    muted: bool = False
    indent: float = 0.0  # points


@dataclass(frozen=True)
class Points:
    """A list, one mark a point."""

    texts: tuple[str, ...]
    mark: str = "·"
    size: float = 9.0


@dataclass(frozen=True)
class Mark:
    """How a value stands out of a form: size of its letters in points, and in which ways."""

    size: float = 9.0
    bold: bool = False
    underlined: bool = False
    coloured: bool = False


@dataclass(frozen=True)
class Entry:
    """A label and its value in a form; ``wide`` takes the whole line.

    ``room`` is the least height of the value in points, for what is filled in by hand.
    ``mark`` makes a value stand out as the law asks of important content.
    """

    label: str
    value: str = ""
    wide: bool = False
    strong: bool = False
    room: float = 0.0
    mark: Mark | None = None


@dataclass(frozen=True)
class Form:
    """Labels and values in one or two columns, ruled like a public form.

    ``pad`` is the space above and below a value in points.
    """

    entries: tuple[Entry, ...]
    columns: int = 2
    pad: float = 4.6


@dataclass(frozen=True)
class Column:
    """A column of a table; ``share`` is its part of the width."""

    label: str
    share: float = 1.0
    align: Align = Align.LEFT


@dataclass(frozen=True)
class Table:
    """A table that runs over pages and repeats its head. ``rows`` may be a stream.

    ``total`` is a last row in bold, printed where there are rows to add up.
    """

    columns: tuple[Column, ...]
    rows: Iterable[Sequence[str]]
    size: float = 8.5
    empty: str = ""
    room: float = 0.0  # least height of a row in points
    total: Sequence[str] = ()


@dataclass(frozen=True)
class Ids:
    """A long run of short numbers, several in a line, counted in the margin."""

    ids: Iterable[str]
    columns: int = 4
    empty: str = ""


@dataclass(frozen=True)
class Step:
    """One state on the way of a case."""

    label: str
    note: str = ""
    reached: bool = False


@dataclass(frozen=True)
class Steps:
    """The states of a case in a row; those reached are filled."""

    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Box:
    """A framed remark. ``strong`` makes the frame heavy: read this first."""

    texts: tuple[str, ...]
    title: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Signature:
    """Who signed in which role, and how; an empty ``how`` leaves room for a hand.

    ``strokes`` is what was written on a screen: points right and down from the upper left,
    in widths of the pad.
    """

    role: str
    name: str
    how: str = ""
    on: str = ""
    strokes: tuple[tuple[tuple[float, float], ...], ...] = ()


@dataclass(frozen=True)
class Signatures:
    """The signatures at the end of a paper."""

    lines: tuple[Signature, ...]
    labels: tuple[str, str, str, str]  # role, name, how it was signed, date
    blank: str  # stands where a hand signs: (서명 또는 인)
    room: float = 27.0  # least height of a line in points


@dataclass(frozen=True)
class Statement:
    """The closing sentence, the date and the issuer, centred as public papers do."""

    text: str
    on: str
    issuer: str


@dataclass(frozen=True)
class Letters:
    """The lines of a spelled secret, large and in columns, with a QR code beside."""

    lines: tuple[str, ...]
    code: str
    caption: str


@dataclass(frozen=True)
class Bars:
    """A chart: bars, or stacked bars, over labels such as months."""

    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]
    title: str = ""
    height: float = 170.0  # points


@dataclass(frozen=True)
class Meter:
    """A figure in one line: what it is, now and before, how far it moved.

    ``part`` (0 to 1) is drawn as a bar, with a stroke at ``part_before``; ``course`` (its values
    in the last spans, the newest last) as small columns. ``inner`` is a line of what the one
    above is made of; a ``strong`` change stands out.
    """

    label: str
    now: str
    before: str = ""
    change: str = ""
    part: float | None = None
    part_before: float | None = None
    course: tuple[float | None, ...] = ()
    inner: bool = False
    strong: bool = False


@dataclass(frozen=True)
class Meters:
    """Figures one below the other, under the heads of the columns now, before and change."""

    rows: tuple[Meter, ...]
    heads: tuple[str, str, str]


@dataclass(frozen=True)
class Share:
    """A part of a whole: ``before`` is the part, 0 to 1, that it was in the time before."""

    label: str
    value: int
    of: int
    text: str
    before: float | None = None


@dataclass(frozen=True)
class Shares:
    """Parts of wholes as level bars, a mark where each stood before; clear without colour."""

    lines: tuple[Share, ...]
    legend: str = ""


@dataclass(frozen=True)
class Cut:
    """A dashed line with scissors: what is below is torn off and sent back."""

    text: str


@dataclass(frozen=True)
class Gap:
    """Empty height in points."""

    height: float


@dataclass(frozen=True)
class NewPage:
    """What follows starts a page."""


@dataclass(frozen=True)
class Together:
    """Blocks that stay on one page where they fit on one."""

    blocks: tuple[Block, ...]


Block: TypeAlias = (
    Heading | Text | Points | Form | Table | Ids | Steps | Box | Signatures | Statement
    | Letters | Bars | Meters | Shares | Cut | Gap | NewPage | Together
)  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """A paper to be printed.

    Attributes:
        code: as the command line calls it, such as ``d1``.
        number: the number it was issued under.
        title: as printed.
        language: ``ko`` or ``en``.
        issued_on: date of issue.
        body: its blocks, in order; may be a stream for long lists.
        basis: law and clause it rests on, printed beneath the title.
        subtitle: a line below the title.
        approvals: the approval line; empty where a paper has none.
        destroy_by: the day a print with personal data has to be gone.
        landscape: A4 lying.
        secret: a kit or custody sheet: no checkpoint, no copy in the vault.
        sender: whom it is from where that is called otherwise than the run it stands in, such
            as the company by its English name.
        tag: a short text that stands as a QR code at the head of each page, followed by a
            slash and the page: by it a scan of the signed sheet finds its record again.
        tag_caption: what stands beneath that code, for eyes.
    """

    code: str
    number: str
    title: str
    language: str
    issued_on: date
    body: Iterable[Block]
    basis: str = ""
    subtitle: str = ""
    approvals: tuple[Approval, ...] = ()
    destroy_by: date | None = None
    landscape: bool = False
    secret: bool = False
    sender: Company | None = None
    tag: str = ""
    tag_caption: str = ""
