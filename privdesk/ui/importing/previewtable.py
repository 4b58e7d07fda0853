"""The first rows of a list as they will become, faults in words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem

from privdesk.core.i18n import _
from privdesk.ui import tokens
from privdesk.ui.importing.opened import SHOWN, OpenedList
from privdesk.ui.table.cells import cell_text
from privdesk.ui.theme import shades

_HEAD = 32


class PreviewTable(QTableWidget):
    """Row number, then a column for each field that is filled."""

    def __init__(self) -> None:
        super().__init__()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(tokens.ROW)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setDefaultAlignment(_LEFT)
        self.horizontalHeader().setStyleSheet(_FLUSH)
        self.setFixedHeight(_HEAD + tokens.ROW * SHOWN + 12)

    def show_list(self, opened: OpenedList) -> None:
        """Show the first rows of a list."""
        self.setAccessibleName(_("The first rows as they will become"))
        names = [name for name in opened.mapping.fields if name]
        fields = {f.name: f for f in opened.fields}
        self.setColumnCount(1 + len(names))
        self.setRowCount(len(opened.rows))
        self.setHorizontalHeaderLabels([_("Row"), *(_(fields[n].label) for n in names)])
        for line, row in enumerate(opened.rows):
            self._put(line, 0, str(row.number), "muted")
            for place, name in enumerate(names, start=1):
                fault = row.faults.get(name) or row.row_fault
                if fault is not None:
                    self._put(line, place, fault.text(), "fault")
                else:
                    text = cell_text(fields[name], row.values.get(name))
                    self._put(line, place, text, "")
        self.resizeColumnsToContents()
        for place in range(self.columnCount()):
            self.setColumnWidth(place, min(260, max(80, self.columnWidth(place) + 16)))

    def _put(self, line: int, place: int, text: str, look: str) -> None:
        item = QTableWidgetItem(text)
        item.setToolTip(text)
        colours = shades()
        if look == "fault":
            item.setForeground(QBrush(QColor(colours.tones["overdue"].ink)))
        elif look == "muted":
            item.setForeground(QBrush(QColor(colours.muted)))
        self.setItem(line, place, item)


# A cell's text keeps three pixels more from its edge than the text of its head.
_FLUSH = "QHeaderView::section { padding-left: 11px; }"
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
