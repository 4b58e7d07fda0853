"""The editor of a date: typed as the office writes it, or picked from a calendar."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtGui import QColor, QKeySequence, QShortcut, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QWidget

from privdesk.core.fields import Field
from privdesk.core.i18n import _, current
from privdesk.ui import icons
from privdesk.ui.form.editor import Unclear
from privdesk.ui.form.lines import LineEditor
from privdesk.ui.theme import shades
from privdesk.ui.widgets import IconButton, Plane, column


class DateEditor(LineEditor):
    """A line for a date with a calendar behind a button (Alt+Down)."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        self.pick = IconButton("calendar", _("Calendar"))
        self.pick.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        super().__init__(field, parent)
        self.hold(self.line, self.pick)
        self.pick.clicked.connect(self.open_calendar)
        keys = QKeySequence("Alt+Down")
        QShortcut(keys, self, self.open_calendar, context=_HERE)

    def open_calendar(self) -> CalendarSheet:
        """Show a month around the date typed so far, or today's."""
        sheet = CalendarSheet(self)
        sheet.month.setSelectedDate(self._typed() or QDate.currentDate())
        sheet.month.clicked.connect(self._picked)
        sheet.month.activated.connect(self._picked)
        sheet.month.clicked.connect(sheet.close)
        sheet.month.activated.connect(sheet.close)
        sheet.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        sheet.show()
        sheet.month.setFocus()
        return sheet

    def retranslate(self) -> None:
        """Name the button."""
        super().retranslate()
        self.pick.call(_("Calendar"))

    def _typed(self) -> QDate | None:
        try:
            value = self.value()
        except Unclear:
            return None
        if isinstance(value, date):
            return QDate(value.year, value.month, value.day)
        return None

    def _picked(self, day: QDate) -> None:
        self.set_value(date(day.year(), day.month(), day.day()))
        self.changed.emit()
        self.left.emit()


class CalendarSheet(Plane):
    """The calendar, gone as soon as something else is clicked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("float", parent)
        self.setWindowFlags(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.month = QCalendarWidget()
        self.month.setLocale(QLocale("ko_KR" if current() == "ko" else "en_GB"))
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._colour_weekends()
        self._draw_arrows()
        column(self, self.month, margin=4)

    def _draw_arrows(self) -> None:
        """Put the desk's own arrows where Qt's are black in either look."""
        for name, icon in (("qt_calendar_prevmonth", "left"), ("qt_calendar_nextmonth", "right")):
            arrow = self.month.findChild(QToolButton, name)
            if arrow is not None:
                arrow.setIcon(icons.icon(icon, shades().text))

    def _colour_weekends(self) -> None:
        for day, tone in ((Qt.DayOfWeek.Sunday, "overdue"), (Qt.DayOfWeek.Saturday, "waiting")):
            ink = QTextCharFormat()
            ink.setForeground(QColor(shades().tones[tone].ink))
            self.month.setWeekdayTextFormat(day, ink)


_HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut
