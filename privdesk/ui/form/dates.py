"""The editor of a date: typed as the office writes it, or picked from a calendar."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCalendarWidget, QWidget

from privdesk.core.fields import Field
from privdesk.core.i18n import _, current
from privdesk.ui.form.editor import Unclear
from privdesk.ui.form.lines import LineEditor
from privdesk.ui.widgets import IconButton, column


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


class CalendarSheet(QWidget):
    """The calendar, gone as soon as something else is clicked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("popup")
        self.month = QCalendarWidget()
        self.month.setLocale(QLocale("ko_KR" if current() == "ko" else "en_GB"))
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        column(self, self.month, margin=1)


_HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut
