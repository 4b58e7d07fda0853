"""The editor of a retention period: written in words, with the usual ones behind a button."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from privdesk.core.fields import Field
from privdesk.core.i18n import _
from privdesk.core.periods import UNTIL_EVENT, Period, format_period, months, years
from privdesk.ui.form.lines import LineEditor
from privdesk.ui.widgets import IconButton

USUAL = (months(3), months(6), years(1), years(2), years(3), years(5), years(10), UNTIL_EVENT)


class PeriodEditor(LineEditor):
    """A line such as “3 years” or “180 days”; the button offers the usual periods."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        self.pick = IconButton("down", _("Usual periods"))
        self.pick.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.pick.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        super().__init__(field, parent)
        self.hold(self.line, self.pick)

    def retranslate(self) -> None:
        """Offer the periods in the language on screen."""
        self.line.setPlaceholderText(_("For example 3 years or 180 days"))
        self.pick.call(_("Usual periods"))
        menu = QMenu(self)
        for period in USUAL:
            menu.addAction(format_period(period)).triggered.connect(partial(self._take, period))
        self.pick.setMenu(menu)

    def _take(self, period: Period, _ticked: bool = False) -> None:
        self.set_value(period)
        self.changed.emit()
        self.left.emit()
