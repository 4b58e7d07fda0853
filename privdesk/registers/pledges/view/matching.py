"""The page on which a stack of scans is matched: its pages, one in sight, whose, and signed?"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSplitter,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from privdesk.core.errors import DomainError
from privdesk.core.fields import Audience, Field, Kind
from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.register import Outcome
from privdesk.registers.pledges.commands import PledgeCommands
from privdesk.registers.pledges.scans import NONE, TAKEN, Page, Stack
from privdesk.ui.form.form import RecordForm
from privdesk.ui.form.links import LinkEditor
from privdesk.ui.form.lookup import Lookup
from privdesk.ui.page.context import PageContext
from privdesk.ui.progress import Progress
from privdesk.ui.theme import on_language, shades
from privdesk.ui.widgets import (
    Chip,
    FlashLine,
    Hairline,
    PlainLabel,
    Plane,
    button,
    column,
    row,
)
from privdesk.ui.widgets.chips import chip_font, chip_width, paint_chip

_ROW, _LIST, _FORM = 44, 440, 178
_SIGNATURES = 0.36  # where on a sheet the part with the signatures begins
_PAGE = Qt.ItemDataRole.UserRole
RECORDING = N_("Recording signatures")
ASKS = (
    Field("on", N_("Signed on"), Kind.DATE, required=True,
          help=N_("Of all sheets of this stack; a single one can be corrected afterwards.")),
    Field("head", N_("Department head"), Kind.NAME, Audience.OFFICE, slot=3,
          help=N_("Where one head signed beside all of them.")),
)  # fmt: skip
_PLEDGE = Field("pledge", N_("Whose sheet is it?"), Kind.LINK, links_to="pledges")


class PageList(QListWidget):
    """The pages of the stack; the space bar says that the one in sight is signed."""

    ticked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick the page in sight on space; else move as lists do."""
        if event.key() == Qt.Key.Key_Space:
            self.ticked.emit()
        else:
            super().keyPressEvent(event)


class MatchPage(QWidget):
    """Shows every page with its verdict; a page without one is given to a pledge by hand.

    A code says whose a page is: that somebody signed it, the officer says who looked at it.
    """

    left = Signal()
    taken = Signal(object)  # Outcome

    def __init__(self, stack: Stack, context: PageContext, commands: PledgeCommands) -> None:
        super().__init__()
        self.setProperty("plane", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._context, self._commands = context, commands
        self.stack = stack
        self.title = PlainLabel("", "title")
        self.summary = row(None, gap=6)
        self.shut = button("", self.left.emit)
        self.pages = PageList()
        self.pages.setProperty("plane", "bare")
        self.pages.setItemDelegate(_PageDelegate(self.pages))
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.area = QScrollArea()
        lookup = Lookup(context.tasks, context.service_of, "pledges")
        self.whose = LinkEditor(_PLEDGE, lookup)
        self.whose_label = PlainLabel("", "label")
        self.where = PlainLabel("", "muted")
        self.signed = QCheckBox()
        self.form = RecordForm(ASKS, context.tasks, context.service_of)
        self.form.setFixedHeight(_FORM)
        self.flash = FlashLine(self)
        self._lay_out()
        self.pages.currentRowChanged.connect(self._show_page)
        self.pages.ticked.connect(self.signed.click)
        self.signed.clicked.connect(self.say_signed)
        self.whose.changed.connect(self._chosen)
        self.form.submitted.connect(self._record)
        self.form.cancelled.connect(self.left)
        on_language(self, self._speak)
        self.show_stack(stack)

    def _lay_out(self) -> None:
        bar = Plane("bar")
        top = row(bar, self.title, 12, self.summary, None, self.shut, margin=(18, 10))
        top.setStretch(3, 1)
        listed = Plane()
        column(listed, self.pages, margin=(8, 8))
        seen = Plane("ground")
        self.area.setWidgetResizable(True)
        self.area.setWidget(self.picture)
        ask = Plane()
        line = row(None, self.whose_label, self.whose, self.where, gap=12)
        line.setStretch(1, 1)
        column(ask, line, self.signed, gap=8, margin=(16, 10))
        column(seen, ask, Hairline(), self.area, gap=0).setStretch(2, 1)
        split = QSplitter()
        split.addWidget(listed)
        split.addWidget(seen)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        split.setSizes([_LIST, 2 * _LIST])
        column(self, bar, split, self.form, gap=0).setStretch(1, 1)

    def show_stack(self, stack: Stack) -> None:
        """Show another state of the stack; the first page that waits for a hand comes first."""
        self.stack = stack
        self.pages.clear()
        for page in stack.pages:
            item = QListWidgetItem()
            self._fill(item, page)
            self.pages.addItem(item)
        self._to_next(0)
        self._tell()

    def by_hand(self, ref: str) -> None:
        """Give the page in sight to a pledge."""
        at = self.pages.currentRow()
        if at < 0:
            return
        page = self.stack.pages[at]
        self._context.tasks.run(
            self,
            lambda: self._commands.by_hand(page, ref),
            done=lambda found: self._found(at, found),
            failed=self.flash.refuse,
        )

    def say_signed(self, signed: bool) -> None:
        """Say whether the signature stands on the page in sight; the next one is shown then."""
        at = self.pages.currentRow()
        if not 0 <= at < len(self.stack.pages):
            return
        page = replace(self.stack.pages[at], signed=signed)
        self.stack = self.stack.with_page(at, page)
        self._fill(self.pages.item(at), page)
        self._tell()
        if signed:
            self._to_next(at)

    # -- inside

    def _to_next(self, at: int) -> None:
        """Show the next page that waits for a hand, else for eyes; else stay."""
        pages = self.stack.pages
        unseen = self.stack.unseen()
        order = [*range(at, len(pages)), *range(at)]
        hand = [n for n in order if pages[n].verdict == NONE]
        eyes = [n for n in order if pages[n].verdict in TAKEN and pages[n].ref in unseen]
        self.pages.setCurrentRow((hand + eyes + [at])[0])

    def _found(self, at: int, page: Page) -> None:
        self.stack = self.stack.with_page(at, page)
        self._fill(self.pages.item(at), page)
        self._tell()
        self._show_tick(page)
        if page.verdict not in TAKEN:
            self.flash.tell(_(page.told()[0]), "soon")

    def _chosen(self) -> None:
        if self.whose.chosen:
            self.by_hand(str(self.whose.raw()))

    def _show_page(self, at: int) -> None:
        if not 0 <= at < len(self.stack.pages):
            self.picture.clear()
            return
        page, stack = self.stack.pages[at], self.stack
        self.where.setText(_("{file}, page {n}").format(file=stack.names[page.file], n=page.at + 1))
        self.whose.blockSignals(True)
        self.whose.set_value(page.ref if page.title else None)
        self.whose.blockSignals(False)
        self._show_tick(page)
        self._context.tasks.run(
            self,
            lambda: self._commands.picture(stack, page),
            done=self._draw,
            failed=self.flash.refuse,
            latest="picture",
        )

    def _show_tick(self, page: Page) -> None:
        self.signed.setEnabled(page.verdict in TAKEN)
        self.signed.setChecked(page.signed)

    def _draw(self, png: bytes) -> None:
        picture = QPixmap()
        picture.loadFromData(png)
        wide = max(self.area.viewport().width() - 40, 320)
        scale = Qt.TransformationMode.SmoothTransformation
        shown = picture.scaledToWidth(min(wide, picture.width()), scale)
        self.picture.setPixmap(shown)
        self.picture.setMinimumHeight(shown.height())
        bar = self.area.verticalScrollBar()
        bar.setMaximum(max(shown.height() - self.area.viewport().height(), 0))
        bar.setValue(int(shown.height() * _SIGNATURES))

    def _record(self, values: dict[str, Any]) -> None:
        stack, on, head = self.stack, values["on"], str(values.get("head") or "")
        assert isinstance(on, date)

        def work(progress: Progress) -> Outcome:
            return self._commands.take(stack, on, head, progress)

        self._context.tasks.long(
            self, work, title=_(RECORDING), done=self._done, failed=self._refused
        )

    def _done(self, outcome: Outcome) -> None:
        rest = self.stack.unsettled()
        self.taken.emit(outcome)
        if rest.pages:
            self.form.foot.back_to_work()
            self.show_stack(rest)
            self.flash.tell(outcome.message)

    def _refused(self, error: DomainError) -> None:
        self.form.refused(error)

    def _fill(self, item: QListWidgetItem, page: Page) -> None:
        item.setData(_PAGE, page)
        item.setSizeHint(QSize(0, _ROW))
        word = _(page.told()[0])
        told = (str(page.at + 1), page.title or page.ref, word)
        item.setText(" · ".join(filter(None, told)))  # spoken; the delegate draws

    def _tell(self) -> None:
        while (item := self.summary.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for (word, tone), count in Counter(page.told() for page in self.stack.pages).most_common():
            self.summary.addWidget(Chip(f"{_(word)} {count:,}", tone))
        sheets = self.stack.sheets()
        self.form.foot.name_save(
            ngettext("Record {n} sheet", "Record {n} sheets", sheets)
            if sheets
            else _("No sheet marked as signed")
        )
        self.form.foot.save.setEnabled(sheets > 0)

    def _speak(self) -> None:
        self.title.setText(_("Match signed sheets"))
        self.shut.setText(_("Back to the list"))
        self.whose_label.setText(_(_PLEDGE.label))
        self.signed.setText(_("I see the signature on this page"))
        self._tell()


class _PageDelegate(QStyledItemDelegate):
    """Draws a page: its number, whose it is, the verdict as a chip."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one row."""
        page: Page = index.data(_PAGE)
        look = shades()
        area = option.rect.adjusted(2, 1, -2, -1)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(look.chosen))
        word, tone = page.told()
        metrics = option.fontMetrics
        painter.setPen(QColor(look.muted))
        number = area.adjusted(8, 0, 0, 0)
        painter.drawText(number, Qt.AlignmentFlag.AlignVCenter, f"{index.row() + 1}")
        chip_area = area.adjusted(0, 0, -8, 0)
        wide = chip_width(_(word), _metrics())
        chip_area.setLeft(chip_area.right() - wide)
        paint_chip(painter, chip_area, _(word), tone)
        text = area.adjusted(44, 0, -wide - 20, 0)
        name = page.title or page.ref or "–"
        lines = [name, page.department] if page.department else [name]
        painter.setPen(QColor(look.text))
        for at, line in enumerate(lines):
            box = text.adjusted(0, 4 + at * 18, 0, 0) if len(lines) > 1 else text
            align = Qt.AlignmentFlag.AlignTop if len(lines) > 1 else Qt.AlignmentFlag.AlignVCenter
            elided = metrics.elidedText(line, Qt.TextElideMode.ElideRight, text.width())
            painter.drawText(box, align, elided)
            painter.setPen(QColor(look.muted))


def _metrics() -> Any:
    from PySide6.QtGui import QFontMetrics

    return QFontMetrics(chip_font())
