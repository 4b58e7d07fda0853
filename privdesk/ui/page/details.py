"""The Details tab: every value of a record, masked ones muted, links that lead on."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import _
from privdesk.core.register import Register, Row
from privdesk.ui.table.cells import cell_text, d_day, due_tone, state_of, value_text
from privdesk.ui.table.columns import is_due
from privdesk.ui.widgets import Chip, ElidedLink, IconButton, PlainLabel, Plane, row

EXPLAINED = ("requests", "holdings")  # registers whose due day can be explained
_LABELS = 120  # width of the labels
_LINE = 24
_LONG = 260  # pixels: what surely fits into one line beside the labels
_DIGEST = re.compile("[0-9a-f]{32,}")
_GROUP = 4  # letters of a digest, as the papers print it
_TOP = Qt.AlignmentFlag.AlignTop


class Details(QScrollArea):
    """Label and value, line by line."""

    go = Signal(str, str)  # register, reference
    copied = Signal(str)  # a revealed value

    def __init__(
        self,
        register: Register,
        fields: tuple[Field, ...],
        today: Callable[[], date],
        explain: Callable[[str, str], object] | None = None,
    ) -> None:
        super().__init__()
        self._explain = explain if register.name in EXPLAINED else None
        self.why: IconButton | None = None
        self._register = register
        self.take(fields)
        self._today = today
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def take(self, fields: tuple[Field, ...]) -> None:
        """Take labels in the language of the screen; some are the office's own."""
        register = self._register
        self._fields = [
            f
            for f in fields
            if f.name != register.state_field
            and (f.in_table or not f.computed or f.name != register.title_field)
        ]  # a title that is only worked out stands above already

    def show_row(self, shown: Row, *, clear: bool) -> None:
        """Show a record; ``clear`` when it is revealed just now."""
        sheet = Plane()
        grid = QGridLayout(sheet)
        grid.setContentsMargins(16, 12, 12, 16)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnMinimumWidth(0, _LABELS)
        grid.setColumnStretch(1, 1)
        line = 0
        for field in self._fields:
            if not value_text(field, shown) and not field.required:
                continue
            if _only_told(field, shown):
                continue
            label = PlainLabel(_(field.label), "muted", wrap=True)
            label.setFixedWidth(_LABELS)
            _on_line(label)
            grid.addWidget(label, line, 0, _TOP)
            grid.addWidget(self._value(field, shown, clear), line, 1, _TOP)
            line += 1
        grid.setRowStretch(line, 1)
        self.setWidget(sheet)

    def _value(self, field: Field, shown: Row, clear: bool) -> QWidget:
        value = shown.values.get(field.name)
        text = value_text(field, shown)
        if field.kind is Kind.LINK and field.links_to and value:
            return self._link(field.links_to, text, str(value))
        if is_due(field) and isinstance(value, date) and not self._ended(shown):
            return self._due(text, value, shown.ref)
        if field.kind is Kind.NOTE and field.name not in shown.masked:
            text = str(value or "")
        return self._text(field, text, shown, clear)

    def _ended(self, shown: Row) -> bool:
        state = state_of(self._register, shown)
        return state is not None and (state.ended or state.tone == "destroyed")

    def _link(self, register: str, title: str, ref: str) -> QWidget:
        words = f"{title} · {ref}" if title != ref else ref
        return ElidedLink(words, partial(self.go.emit, register, ref))

    def _due(self, text: str, due: date, ref: str) -> QWidget:
        today, explain = self._today(), self._explain
        chip = Chip(d_day(due, today), due_tone(due, today))
        holder = QWidget()
        line = row(holder, PlainLabel(text, selectable=True), chip, gap=8)
        if explain is not None:
            why = partial(explain, self._register.name, ref)
            self.why = IconButton("help", _("Why this day?"), why, size=14)
            self.why.setFixedSize(22, 22)
            line.addWidget(self.why)
        line.addStretch(1)
        return holder

    def _text(self, field: Field, text: str, shown: Row, clear: bool) -> QWidget:
        masked = field.name in shown.masked
        look = "muted" if masked or not text else ""
        if _DIGEST.fullmatch(text):
            text = _grouped(text)
        label = PlainLabel(text or "–", look, selectable=not masked)
        short = "\n" not in text and label.fontMetrics().horizontalAdvance(text) <= _LONG
        label.setWordWrap(not short)
        _on_line(label)
        label.setAccessibleName(f"{_(field.label)}: {text or _('empty')}")
        if not (clear and field.sealed and text):
            return label
        holder = QWidget()
        copy = IconButton("copy", _("Copy for 30 seconds"), size=14)
        copy.setFixedSize(22, 22)
        plain = cell_text(field, shown.values.get(field.name))
        copy.clicked.connect(partial(self._copy, plain))
        row(holder, label, copy, *(() if not short else (None,)), gap=6)
        return holder

    def _copy(self, text: str, _on: bool = False) -> None:
        self.copied.emit(text)


def _only_told(field: Field, shown: Row) -> bool:
    """Whether a link names no record but, for the list, what another field says here."""
    told = field.kind is Kind.LINK and bool(shown.titles.get(field.name))
    return told and not shown.values.get(field.name)


def _on_line(label: PlainLabel) -> None:
    """Let the first line of label and value stand on one line, however many lines each has."""
    spare = max(0, _LINE - label.fontMetrics().height())
    label.setContentsMargins(0, spare // 2, 0, spare - spare // 2)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    label.setMinimumHeight(_LINE)


def _grouped(digest: str) -> str:
    """Return a digest in groups, so that it breaks into lines and can be compared."""
    return " ".join(digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP)).upper()
