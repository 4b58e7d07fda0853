"""The bar at the bottom: lock, journal, backup age, custody, calendar date."""

from __future__ import annotations

from datetime import UTC, date, datetime

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from privdesk.core.clock import office_date
from privdesk.core.i18n import _, current, ngettext
from privdesk.ui import fonts, tokens
from privdesk.ui.parts import Status
from privdesk.ui.widgets import IconLabel, PlainLabel, Plane, row


class Cell(QWidget):
    """An icon and a few words."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.icon = IconLabel(icon, "muted", 14)
        self.label = PlainLabel("", "caption")
        self.label.setFont(fonts.font(tokens.CAPTION, tabular=True))
        row(self, self.icon, self.label, gap=5)

    def tell(self, text: str, tone: str = "") -> None:
        """Show ``text``; a tone other than plain changes icon and colour."""
        self.icon.show_icon(self._icon, tone or "muted")
        self.label.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))


class StatusBar(Plane):
    """Five cells, fed by a ``Status``."""

    def __init__(self) -> None:
        super().__init__("foot")
        self.setFixedHeight(tokens.STATUSBAR)
        self._status = Status()
        self._minutes = 0
        self.lock = Cell("lock")
        self.journal = Cell("journal")
        self.backup = Cell("backup")
        self.custody = Cell("custody")
        self.calendar = Cell("calendar")
        row(
            self,
            self.lock,
            self.journal,
            self.backup,
            self.custody,
            None,
            self.calendar,
            gap=20,
            margin=(18, 0, 16, 0),
        )
        self.retranslate()

    def set_minutes(self, minutes: int) -> None:
        """Say after how many idle minutes the desk locks."""
        self._minutes = minutes
        self.retranslate()

    def show_status(self, status: Status) -> None:
        """Show where things stand."""
        self._status = status
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        status = self._status
        self.lock.tell(
            _("Locks after {n} idle minutes").format(n=self._minutes) if self._minutes else ""
        )
        self.journal.tell(*_journal(status))
        self.backup.tell(*_backup(status))
        self.custody.tell(*_custody(status))
        self.calendar.tell(*_calendar(status))


def _journal(status: Status) -> tuple[str, str]:
    if status.journal_entries is None:
        return "", ""
    if not status.journal_sound:
        return _("Journal: check it now"), "overdue"
    return ngettext("Journal: {n} entry", "Journal: {n} entries", status.journal_entries), ""


def _backup(status: Status) -> tuple[str, str]:
    if status.backup_at is None:
        if status.backup_failed:
            return _("The backup failed"), "overdue"
        return (_("No backup yet"), "soon") if status.journal_entries is not None else ("", "")
    days = _days_since(status.backup_at, status.today)
    tone = "soon" if days > status.backup_old_after else ""
    if status.backup_failed:
        words = ngettext(
            "The backup failed; newest {n} day ago", "The backup failed; newest {n} days ago", days
        )
        return words if days > 0 else _("The backup failed"), "overdue"
    if days <= 0:
        return _("Backup: today"), tone
    return ngettext("Backup: {n} day ago", "Backup: {n} days ago", days), tone


def _days_since(moment: datetime, today: date | None) -> int:
    return ((today or office_date(datetime.now(UTC))) - office_date(moment)).days


def _custody(status: Status) -> tuple[str, str]:
    if status.custody_waiting:
        return _("A new custody copy is due"), "soon"
    if status.custody_copies is None:
        return "", ""
    if not status.custody_copies:
        return _("No custody copy"), "overdue"
    if status.custody_old:
        words = ngettext(
            "{n} older custody copy to destroy", "{n} older custody copies to destroy",
            status.custody_old,
        )  # fmt: skip
        return words, "soon"
    copies = status.custody_copies
    return ngettext("Custody: {n} copy", "Custody: {n} copies", copies), ""


def _calendar(status: Status) -> tuple[str, str]:
    if status.today is None:
        return "", ""
    day = _day(status.today, status.holiday)
    return (_("{day} · ahead of this PC").format(day=day), "overdue") if status.ahead else (day, "")


def _day(day: date, holiday: str) -> str:
    weekdays = (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
    kind = holiday or (_("closed") if day.weekday() >= 5 else _("business day"))
    weekday = weekdays[day.weekday()]
    if current() == "ko":
        return f"{day.year}. {day.month}. {day.day}. {weekday} · {kind}"
    return f"{weekday} {day.day} {_MONTHS[day.month - 1]} {day.year} · {kind}"


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
