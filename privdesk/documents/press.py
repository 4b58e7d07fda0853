"""Pages: furniture, the cursor that runs down them, and the turn to the next one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from privdesk.core.i18n import Words, words
from privdesk.documents import faces, qr
from privdesk.documents.ink import INK, LANDSCAPE, MUTED, PORTRAIT, RULE, TINT, Ink
from privdesk.documents.lines import wrap
from privdesk.documents.paper import Align, Approval, Checkpoint, Company, Paper
from privdesk.documents.phrases import day

SIDE = 54.0  # margins left and right
TOP = 44.0
FOOT = 84.0  # where the body ends, from below
QR_SIDE = 43.0
TEXT = 9.0
LEAD = 1.45  # line height in sizes
AFTER = 12.0  # space after a block


def baseline(top: float, size: float, lead: float) -> float:
    """Return the base line of a line of text that begins at ``top``."""
    return top - (lead - size) / 2 - 0.86 * size


class Press:
    """Draws papers into one file. ``y`` is where the next block begins."""

    def __init__(
        self,
        company: Company,
        checkpoint: Checkpoint | None,
        *,
        landscape: bool = False,
        signed: bool = False,
    ) -> None:
        self.ink = Ink(LANDSCAPE if landscape else PORTRAIT)
        self._company = self.company = company
        self.checkpoint = checkpoint
        self.signed = signed
        self.left, self.right = SIDE, self.ink.size[0] - SIDE
        self.width = self.right - self.left
        self.y = 0.0
        self.page = 0
        self._broken: dict[tuple[str, float, float, bool], list[str]] = {}
        self._after_break: list[tuple[Callable[[], None], Callable[[], None]]] = []

    # the life of a paper -------------------------------------------------------------

    def open(self, paper: Paper, ordinal: int = 0, *, alone: bool = True) -> None:
        """Begin a paper; ``alone`` when it is the only one in its file."""
        self.paper = paper
        self.company = paper.sender or self._company
        self.say: Words = words(paper.language)
        self.number = faces.clean(paper.number)
        self.title = faces.clean(paper.title)
        self._forms = str(ordinal)
        self._code = f"code{ordinal}" if alone else "code"
        self._numbered_code = alone
        self.page = 1
        self.ink.begin_content(paper.code, paper.number, str(paper.issued_on))
        self._first_head()
        self._foot()

    def close(self) -> str:
        """End a paper and return the digest of its content."""
        self.ink.next_page()
        digest = self.ink.content_digest()
        self._define_code()
        self.ink.begin(f"total{self._forms}")
        self.ink.text(0, 0, str(self.page), 8, colour=MUTED)
        self.ink.end()
        self.ink.begin(f"foot{self._forms}")
        self._foot_content(digest)
        self.ink.end()
        return digest

    # the cursor ------------------------------------------------------------------------

    @property
    def room(self) -> float:
        """Height that is left on the page."""
        return self.y - FOOT

    @property
    def full_room(self) -> float:
        """Height of the body of a following page."""
        return self.ink.size[1] - TOP - 22 - FOOT - (_TAG_ROOM if self.paper.tag else 0.0)

    def turn(self) -> None:
        """Go to the next page; what runs over it closes and opens again."""
        for closing, _ in reversed(self._after_break):
            closing()
        self.ink.next_page()
        self.page += 1
        self._next_head()
        self._foot()
        for _, opening in self._after_break:
            opening()

    def need(self, height: float) -> None:
        """Turn the page unless ``height`` fits on this one, or on none."""
        if height > self.room and self.y < self._page_top - 1:
            self.turn()

    def across(self, closing: Callable[[], None], opening: Callable[[], None]) -> None:
        """From now on, close and open something at each turn of the page."""
        self._after_break.append((closing, opening))

    def done_across(self) -> None:
        """End what ``across`` began."""
        self._after_break.pop()

    # text ------------------------------------------------------------------------------

    def lines(self, text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
        """Return a text as lines that fit into ``room``."""
        asked = (text, room, size, bold)
        found = self._broken.get(asked)
        if found is None:
            measure = partial(faces.width, size=size, bold=bold)
            found = self._broken[asked] = wrap(faces.clean(text), room, measure)
        return found

    def put(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        room: float = 0.0,
        align: Align = Align.LEFT,
        bold: bool = False,
        colour: str = INK,
    ) -> None:
        """Draw one line that belongs to the content, aligned in ``room``."""
        if align is not Align.LEFT:
            spare = room - faces.width(text, size, bold)
            x += spare if align is Align.RIGHT else spare / 2
        self.ink.body(x, y, text, size, bold=bold, colour=colour)

    def paragraph(
        self,
        text: str,
        size: float = TEXT,
        *,
        bold: bool = False,
        align: Align = Align.LEFT,
        colour: str = INK,
        indent: float = 0.0,
        room: float = 0.0,
    ) -> None:
        """Draw a paragraph over as many pages as it takes."""
        lead = size * LEAD
        room = room or self.width - indent
        for line in self.lines(text, room, size, bold=bold):
            self.need(lead)
            base = baseline(self.y, size, lead)
            self.put(
                self.left + indent, base, line, size, room=room, align=align, bold=bold,
                colour=colour,
            )  # fmt: skip
            self.y -= lead

    # furniture -------------------------------------------------------------------------

    def _first_head(self) -> None:
        height = self.ink.size[1]
        y = height - TOP
        put, ink = self._furniture, self.ink
        put(self.left, y, self.company.name, 9.5, bold=True)
        label = f"{self.say('Document no.')}  "
        end = self.right - faces.width(self.number, 9.5, bold=True)
        ink.text(end, y, self.number, 9.5, bold=True)
        put(end - faces.width(faces.clean(label), 8), y, label, 8, colour=MUTED)
        ink.rule(self.left, y - 8, self.right, y - 8, width=0.5, colour=RULE)
        self._tag(y - 14)
        self.y = y - 47
        self._title()
        self._meta()
        self._page_top = self.y

    def _title(self) -> None:
        korean = self.paper.language == "ko"
        size, spacing = (20.0, 2.4) if korean else (19.0, 0.2)
        title = faces.clean(self.paper.title)
        beside = 2 * _TAG + 24 if self.paper.tag else 40
        while size > 15 and faces.width(title, size, bold=True) > self.width - beside - 20:
            size -= 0.5
        for line in self.lines(self.paper.title, self.width - beside, size, bold=True):
            extent = faces.width(line, size, bold=True) + spacing * max(len(line) - 1, 0)
            self.ink.spaced((self.left + self.right - extent) / 2, self.y, line, size, spacing)
            self.y -= size * 1.3
        if self.paper.subtitle:
            self.y += 6
            self.paragraph(self.paper.subtitle, 9.5, align=Align.CENTRE, colour=MUTED)
        self.y -= 4 if self.paper.subtitle else 0

    def _meta(self) -> None:
        say, paper = self.say, self.paper
        facts = [(say("Date of issue"), day(say, paper.issued_on))]
        if self.company.department:
            facts.append((say("Department"), self.company.department))
        if paper.basis:
            facts.append((say("Basis"), paper.basis))
        if self.company.contact:
            facts.append((say("Questions to"), self.company.contact))
        if paper.destroy_by:
            facts.append((say("Destroy this print by"), day(say, paper.destroy_by)))
        boxes = len(paper.approvals) * _APPROVAL
        labels = max(faces.width(faces.clean(label), 8.5) for label, _ in facts) + 10
        top = self.y
        for label, value in facts:
            lines = self.lines(value, self.width - boxes - labels - (18 if boxes else 0), 8.5)
            base = baseline(self.y, 8.5, 13)
            self._furniture(self.left, base, label, 8.5, colour=MUTED)
            for line in lines:
                self.put(self.left + labels, baseline(self.y, 8.5, 13), line, 8.5)
                self.y -= 13
        if paper.approvals:
            self._approvals(paper.approvals, top + 4)
            self.y = min(self.y, top + 4 - _APPROVAL_HEIGHT)
        self.y -= 12

    def _approvals(self, boxes: tuple[Approval, ...], top: float) -> None:
        x = self.right - _APPROVAL * len(boxes)
        ink, bottom = self.ink, top - _APPROVAL_HEIGHT
        ink.fill(x, top - 14, self.right - x, 14, TINT)
        for box in boxes:
            self._centred(x, top - 10, box.label, 8, colour=MUTED)
            self._name(x, bottom + 15, box.name)
            self._centred(x, bottom + 4, box.on, 6.5, colour=MUTED)
            ink.rule(x, top, x, bottom)
            x += _APPROVAL
        first = self.right - _APPROVAL * len(boxes)
        ink.rule(first, top - 14, self.right, top - 14)
        ink.frame(first, bottom, self.right - first, _APPROVAL_HEIGHT, line=0.6)

    def _name(self, x: float, y: float, name: str) -> None:
        """Draw a name whole: on two lines where one is too short, smaller where two are."""
        size = 8.5
        lines = self.lines(name, _APPROVAL - 4, size)
        while len(lines) > 2 and size > 4:
            size -= 0.5
            lines = self.lines(name, _APPROVAL - 4, size)
        for n, line in enumerate(lines):
            self._centred(x, y + (len(lines) - 1 - n) * (size + 1), line, size)

    def _centred(self, x: float, y: float, text: str, size: float, *, colour: str = INK) -> None:
        line = faces.clean(text)
        while line and faces.width(line, size) > _APPROVAL - 4:
            line = line[:-1]
        self.put(x, y, line, size, room=_APPROVAL, align=Align.CENTRE, colour=colour)

    def _next_head(self) -> None:
        y = self.ink.size[1] - TOP
        self._furniture(self.left, y, f"{self.company.name}  ·  {self.title}", 8, colour=MUTED)
        end = self.right - faces.width(self.number, 8)
        self.ink.text(end, y, self.number, 8, colour=MUTED)
        self.ink.rule(self.left, y - 7, self.right, y - 7, width=0.5, colour=RULE)
        self._tag(y - 13)
        self.y = self._page_top = y - 22 - (_TAG_ROOM if self.paper.tag else 0.0)

    def _tag(self, top: float) -> None:
        """Draw the code by which a scan of this page finds its record again."""
        if not self.paper.tag:
            return
        code = qr.code(f"{self.paper.tag}/{self.page}", careful=True)
        x, y = self.right - _TAG, top - _TAG
        self.ink.squares(code.path, x, y, _TAG / code.modules)
        caption = faces.clean(self.paper.tag_caption)
        end = self.right - faces.width(caption, 7)
        self.ink.text(end, y - 8.5, caption, 7, colour=MUTED)

    def _furniture(
        self, x: float, y: float, text: str, size: float, *, bold: bool = False, colour: str = INK
    ) -> None:
        self.ink.text(x, y, faces.clean(text), size, bold=bold, colour=colour)

    def _foot(self) -> None:
        """Draw what changes from page to page; the rest is one form for the whole paper."""
        ink = self.ink
        ink.place(f"foot{self._forms}")
        page = f"{self.page} /"
        total = self.right - 11
        ink.text(total - 3 - faces.width(page, 8), 30, page, 8, colour=MUTED)
        ink.place(f"total{self._forms}", total, 30)

    def _define_code(self) -> None:
        """Define the QR code: number and checkpoint, or the checkpoint alone in a print run."""
        if not self.checkpoint or self.paper.secret or self.ink.defined(self._code):
            return
        text = self.checkpoint.text
        code = qr.code(f"{self.number}\n{text}" if self._numbered_code else text)
        self.ink.begin(self._code)
        self.ink.squares(code.path, 0, 0, QR_SIDE / code.modules)
        self.ink.end()

    def _foot_content(self, digest: str) -> None:
        ink, say = self.ink, self.say
        ink.rule(self.left, FOOT - 8, self.right, FOOT - 8, width=0.5, colour=RULE)
        x = self.left
        if self.checkpoint and not self.paper.secret:
            ink.place(self._code, x, 27)
            x += QR_SIDE + 10
        for place, line in enumerate(self._foot_lines(digest, say)):
            self._furniture(x, 62 - place * 10.4, line, 7, colour=MUTED)

    def _foot_lines(self, digest: str, say: Words) -> list[str]:
        lines = []
        if self.paper.secret:
            lines.append(say("Handle as a key: no copy, no photograph, sealed envelope."))
        elif self.checkpoint:
            at = f"{self.checkpoint.origin} · {self.checkpoint.size:,}"
            lines.append(say("Journal checkpoint") + f"  {at} · {_grouped(self.checkpoint.root)}")
        if not self.paper.secret:
            lines.append(say("Content SHA-256") + f"  {_grouped(digest)}")
        lines.append(
            say("Signed file: check it with “privdesk verify”.")
            if self.signed
            else say("Unsigned print")
        )
        return lines


_TAG = 58.0  # side of the code of a page
_TAG_ROOM = 64.0
_APPROVAL = 58.0
_APPROVAL_HEIGHT = 56.0


def _grouped(text: str, groups: int = 4) -> str:
    """Return the beginning of a long code in groups of four."""
    parts = [text[start : start + 4] for start in range(0, min(len(text), groups * 4), 4)]
    return " ".join(parts) + (" …" if len(text) > groups * 4 else "")
