"""The middle: everything that happened to the person's data in one line of time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QScrollArea, QSizePolicy, QWidget

from privdesk.core.clock import office_time
from privdesk.core.i18n import N_, _, ngettext
from privdesk.registers.subjects.commands import (
    CHANGES,
    CONSENTS,
    DESTRUCTIONS,
    FREEZES,
    HOLDINGS,
    LOOKS,
    PAPERS,
    PROVISIONS,
    REQUESTS,
    Happening,
)
from privdesk.ui import fonts, icons, tokens
from privdesk.ui.theme import on_language, shades
from privdesk.ui.tokens import tone
from privdesk.ui.widgets import (
    ElidedLink,
    PlainLabel,
    Plane,
    column,
    link_button,
    quiet_button,
    row,
)

KINDS = (
    ("", N_("All")),
    (CONSENTS, N_("Consents")),
    (HOLDINGS, N_("Holdings")),
    (REQUESTS, N_("Requests")),
    (PROVISIONS, N_("Provisions")),
    (FREEZES, N_("Freezes")),
    (DESTRUCTIONS, N_("Destructions")),
    (PAPERS, N_("Papers")),
    (LOOKS, N_("Looks")),
    (CHANGES, N_("Changes")),
)
ICONS = {
    CONSENTS: "check",
    HOLDINGS: "life-cycle",
    REQUESTS: "pin",
    PROVISIONS: "partners",
    FREEZES: "held",
    DESTRUCTIONS: "shred",
    PAPERS: "documents",
    LOOKS: "eye",
    CHANGES: "edit",
}
_FIRST, _AT_MOST, _DOT, _DATES = 40, 400, 26, 92


class Mark(QWidget):
    """The icon of a happening on the line of time."""

    def __init__(self, kind: str, tone_name: str, *, first: bool, last: bool) -> None:
        super().__init__()
        self._kind, self._tone = kind, tone_name
        self._first, self._last = first, last
        self.setFixedWidth(_DOT)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Return room for the ring."""
        return QSize(_DOT, _DOT)

    def changeEvent(self, event: QEvent) -> None:
        """Draw again in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line and the ring with its icon."""
        look, painter = shades(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(look.line), 2))
        middle = _DOT // 2
        top = middle if self._first else 0
        painter.drawLine(middle, top, middle, middle if self._last else self.height())
        shade = tone(look, self._tone)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(shade.tint))
        painter.drawEllipse(QRectF(1, 1, _DOT - 2, _DOT - 2))
        painter.drawPixmap(6, 6, icons.pixmap(ICONS[self._kind], shade.ink, 14))


class TimeLine(QWidget):
    """Filtered by kind; each line leads to its record."""

    go = Signal(str, str)  # register, reference

    def __init__(self) -> None:
        super().__init__()
        self._happenings: Sequence[Happening] = ()
        self._whole = False
        self.shown: Sequence[Happening] = ()
        self.more: QWidget | None = None
        self.kinds = QButtonGroup(self)
        self.buttons = {kind: quiet_button("") for kind, _label in KINDS}
        for number, one in enumerate(self.buttons.values()):
            one.setCheckable(True)
            self.kinds.addButton(one, number)
        self.buttons[""].setChecked(True)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.heading = PlainLabel("", "section")
        head = Plane()
        chips = row(None, *self.buttons.values(), None, gap=2)
        column(head, self.heading, chips, gap=4, margin=(24, 14, 16, 4))
        column(self, head, self.area, gap=0).setStretch(1, 1)
        self.kinds.idClicked.connect(lambda _id: self._show())
        on_language(self, self._speak)

    def show_happenings(self, happenings: Sequence[Happening]) -> None:
        """Show what happened, newest first."""
        self._happenings = happenings
        self._whole = False
        present = {one.kind for one in happenings}
        for kind, one in self.buttons.items():
            one.setVisible(not kind or kind in present)
        self._show()

    def choose(self, kind: str) -> None:
        """Show one kind alone; an empty one shows all."""
        self.buttons[kind].setChecked(True)
        self._show()

    @property
    def kind(self) -> str:
        """Return the kind on show."""
        return next((kind for kind, one in self.buttons.items() if one.isChecked()), "")

    def _show(self) -> None:
        kind = self.kind
        self.shown = [one for one in self._happenings if kind in ("", one.kind)]
        sheet = Plane()
        lines = column(sheet, gap=0, margin=(24, 8, 16, 16))
        part = self.shown[: _AT_MOST if self._whole else _FIRST]
        for number, one in enumerate(part):
            before = part[number - 1] if number else None
            lines.addWidget(
                self._line(one, before, last=number == len(part) - 1),
            )
        if len(self.shown) > len(part):
            lines.addWidget(self._rest(len(self.shown) - len(part)))
        if not part:
            lines.addWidget(PlainLabel(_("Nothing has happened yet."), "muted"))
        lines.addStretch(1)
        self.area.setWidget(sheet)

    def _rest(self, number: int) -> QWidget:
        """Return what leads to the lines that are not shown, or says where they stand."""
        if self._whole:
            told = ngettext(
                "{n} older line is in the journal", "{n} older lines are in the journal", number
            )
            return PlainLabel(told, "muted")
        told = ngettext("Show {n} older line", "Show {n} older lines", number)
        self.more = link_button(told, self._show_whole)
        return self.more

    def _show_whole(self) -> None:
        self._whole = True
        QTimer.singleShot(0, self, self._show)  # not while the button is being pressed

    def _line(self, one: Happening, before: Happening | None, *, last: bool) -> QWidget:
        holder = QWidget()
        day = PlainLabel("" if before and before.day == one.day else one.day.isoformat(), "muted")
        day.setFont(fonts.font(tokens.BODY, tabular=True))
        day.setFixedWidth(_DATES)
        day.setAlignment(Qt.AlignmentFlag.AlignTop)
        day.setContentsMargins(0, 4, 0, 0)
        mark = Mark(one.kind, one.tone, first=before is None, last=last)
        text = one.what.text()
        words = column(None, gap=1, margin=(0, 3, 0, 14))
        if one.ref and one.register != "journal":
            link = ElidedLink(text, partial(self.go.emit, one.register, one.ref))
            link.setToolTip(f"{text} · {one.ref}")
            words.addWidget(link)
        else:
            words.addWidget(PlainLabel(text, wrap=True))
        told = _told(one)
        if told:
            words.addWidget(PlainLabel(told, "caption", wrap=True))
        line = row(holder, day, mark, words, gap=10)
        line.setStretch(2, 1)
        holder.setAccessibleName(f"{one.day}: {text}. {told}")
        return holder

    def _speak(self) -> None:
        self.heading.setText(_("What happened"))
        for kind, label in KINDS:
            self.buttons[kind].setText(_(label))
        self._show()


def _told(one: Happening) -> str:
    at = office_time(one.at).strftime("%H:%M") if one.at else ""
    return " · ".join(part for part in (at, one.who, _(one.detail) if one.detail else "") if part)
