"""The table of questions: a row each below its heading, a mark under Yes, No or N/A."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from privdesk.core.i18n import _
from privdesk.ui import fonts, tokens
from privdesk.ui.questions.asked import NO, NONE, YES, Asked, Line
from privdesk.ui.theme import on_look, shades

NUMBER, QUESTION, _FIRST = 0, 1, 2
FINDING, DUE, EVIDENCE = 5, 6, 7
_MARKS = {YES: 2, NO: 3, NONE: 4}
_TONES = {YES: "kept", NO: "overdue", NONE: "plain"}
_WIDTHS = {NUMBER: 46, 2: 52, 3: 52, 4: 60, FINDING: 250, DUE: 116, EVIDENCE: 210}
_TYPED = {FINDING: "finding", DUE: "due", EVIDENCE: "evidence"}
_MARK, _OPEN = "●", "○"  # of an answer that is given, and of one that can be
_ROW, _PADDING = 34, 26


class QuestionTable(QTableWidget):
    """Marks and texts as they stand; ``changed`` says what is not recorded yet."""

    answered = Signal()

    def __init__(self, asked: Asked) -> None:
        super().__init__(0, 8)
        self._asked = asked
        self._rows: dict[str, int] = {}
        self._answers = {one.ref: one.answer for one in asked.lines}
        self.verticalHeader().hide()
        self.setWordWrap(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for at, width in _WIDTHS.items():
            self.setColumnWidth(at, width)
        head.setSectionResizeMode(QUESTION, QHeaderView.ResizeMode.Stretch)
        self._fill()
        self.cellClicked.connect(self._clicked)
        self.cellChanged.connect(self._typed)
        on_look(self, self._paint)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give each question the lines that it needs in the width there is now."""
        super().resizeEvent(event)
        for at in self._rows.values():
            self._fit(at)

    def _fit(self, at: int) -> None:
        """Make a row as high as its longest text."""
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
        heights = [_ROW]
        for place in (QUESTION, *_TYPED):
            room = QRect(0, 0, max(self.columnWidth(place) - _PADDING, 1), 10_000)
            text = self._cell(at, place).text()
            heights.append(self.fontMetrics().boundingRect(room, flags, text).height() + 14)
        self.setRowHeight(at, max(heights))

    def name_columns(self, names: Mapping[int, str]) -> None:
        """Head the columns in the language of the screen."""
        self.setHorizontalHeaderLabels([names[at] for at in range(self.columnCount())])

    def lines(self) -> list[Line]:
        """Return every question with its answer as it stands on the screen."""
        return [self._line(one) for one in self._asked.lines]

    def changed(self) -> list[Line]:
        """Return the questions whose answer is another than when the page was opened."""
        pairs = zip(self._asked.lines, self.lines(), strict=True)
        return [now for before, now in pairs if now != before]

    def answer(self, ref: str, answer: str) -> None:
        """Mark an answer; a No begins with the day that is usual."""
        self._answers[ref] = answer
        at = self._rows[ref]
        due = self._cell(at, DUE)
        if answer == NO and not due.text():
            due.setText(self._asked.due)
        elif answer != NO:
            due.setText("")
            self._cell(at, FINDING).setText("")
        self._mark(ref)
        self.answered.emit()

    def put(self, ref: str, told: Mapping[str, str]) -> None:
        """Put an answer with its texts into the row of a question."""
        if ref not in self._rows:
            return
        self.answer(ref, told.get("answer", ""))
        for at, name in _TYPED.items():
            self._cell(self._rows[ref], at).setText(told.get(name, ""))

    def current_ref(self) -> str:
        """Return the question at hand."""
        return next((ref for ref, at in self._rows.items() if at == self.currentRow()), "")

    def ask_finding(self, ref: str) -> None:
        """Have what is lacking typed."""
        cell = self._cell(self._rows[ref], FINDING)
        self.setCurrentItem(cell)
        self.editItem(cell)

    def to_next(self) -> None:
        """Go to the next question."""
        later = [at for at in self._rows.values() if at > self.currentRow()]
        if later:
            self.setCurrentCell(later[0], self.currentColumn())

    def to_first_open(self) -> None:
        """Go to the first question that is not answered."""
        open_ = [self._rows[ref] for ref, given in self._answers.items() if not given]
        self.setCurrentCell((open_ or list(self._rows.values()) or [0])[0], QUESTION)

    # -- inside

    def _fill(self) -> None:
        section = ""
        for one in self._asked.lines:
            if one.section and one.section != section:
                section = one.section
                self._heading(section)
            at = self.rowCount()
            self.insertRow(at)
            self._rows[one.ref] = at
            texts = {NUMBER: str(one.no), QUESTION: one.question}
            texts |= {place: str(getattr(one, name)) for place, name in _TYPED.items()}
            for place in range(self.columnCount()):
                cell = QTableWidgetItem(texts.get(place, ""))
                if place not in _TYPED:
                    cell.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                if place in _MARKS.values():
                    cell.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self.setItem(at, place, cell)

    def _heading(self, text: str) -> None:
        at = self.rowCount()
        self.insertRow(at)
        cell = QTableWidgetItem(text)
        cell.setFlags(Qt.ItemFlag.ItemIsEnabled)
        cell.setFont(fonts.font(tokens.BODY, QFont.Weight.DemiBold))
        self.setItem(at, 0, cell)
        self.setSpan(at, 0, 1, self.columnCount())

    def _typed(self, at: int, place: int) -> None:
        if place in _TYPED:
            self._fit(at)

    def _clicked(self, at: int, place: int) -> None:
        ref = next((ref for ref, row in self._rows.items() if row == at), "")
        answer = next((one for one, column in _MARKS.items() if column == place), "")
        if ref and answer:
            self.answer(ref, answer)
            if answer == NO and not self._cell(at, FINDING).text():
                self.ask_finding(ref)

    def _paint(self) -> None:
        for ref in self._rows:
            self._mark(ref)

    def _mark(self, ref: str) -> None:
        at, given = self._rows[ref], self._answers[ref]
        words = {YES: _("Yes"), NO: _("No"), NONE: _("Does not apply")}
        for answer, place in _MARKS.items():
            cell = self._cell(at, place)
            mine, look = answer == given, shades()
            cell.setText(_MARK if mine else _OPEN)
            cell.setForeground(QColor(look.tones[_TONES[answer]].ink if mine else look.edge))
            said = words[answer] if mine else ""
            cell.setData(Qt.ItemDataRole.AccessibleTextRole, said)

    def _line(self, one: Line) -> Line:
        at = self._rows[one.ref]
        finding, due, evidence = (self._cell(at, place).text().strip() for place in _TYPED)
        return replace(
            one, answer=self._answers[one.ref], finding=finding, due=due, evidence=evidence
        )

    def _cell(self, at: int, place: int) -> QTableWidgetItem:
        found = self.item(at, place)
        assert found is not None
        return found
