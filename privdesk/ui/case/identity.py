"""The check of identity: what to ask, what the caller says, and whether it is what is on file."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from privdesk.core.i18n import N_, _
from privdesk.ui.case.ports import CaseFacts, CaseOffer, Cases
from privdesk.ui.office.dialog import AskDialog
from privdesk.ui.tasks import Tasks
from privdesk.ui.widgets import Card, IconLabel, LabelledField, PlainLabel, button, column, row

Taken = Callable[[CaseFacts], object]
ALWAYS = N_(
    "Never say the answer, nor whether one of several was wrong. Ask, listen, type what is said:"
    " it is compared, shown to nobody and not kept."
)
_ANSWERS = {
    "match": ("kept", "check", N_("match")),
    "differs": ("overdue", "close", N_("no match")),
    "nothing": ("muted", "info", N_("nothing on file")),
}
_LONGEST, _ICON, _GAP, _ANSWER, _OTHER = 200, 16, 6, 96, 132


class SaidLine(QWidget):
    """One item: what the caller says of it, and the answer once it was compared."""

    def __init__(self, changed: Callable[[], object]) -> None:
        super().__init__()
        self.said = QLineEdit()
        self.said.setMaxLength(_LONGEST)
        self._icon = IconLabel("info", "muted", _ICON)
        self.answer = PlainLabel("", "caption")
        self.key = ""
        row(self, self.said, self._icon, self.answer, gap=_GAP).setStretch(0, 1)
        self.answer.setMinimumWidth(_ANSWER)
        kept = self._icon.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self._icon.setSizePolicy(kept)
        self.said.textEdited.connect(lambda _text: changed())
        self.forget()

    def forget(self) -> None:
        """Take the answer away: something else is said now."""
        self.key = ""
        self.answer.setText("")
        self._icon.hide()

    def tell(self, key: str) -> None:
        """Show an answer: a word and an icon, with its colour."""
        self.key = key
        tone, icon, word = _ANSWERS[key]
        self._icon.show_icon(icon, tone)
        self._icon.show()
        self.answer.setText(_(word))
        self.said.setAccessibleDescription(_(word))


class IdentityDialog(AskDialog):
    """The questions of each method; what is said is compared, one press records the check.

    No value of the record stands here: the officer asks, listens and types.
    """

    def __init__(
        self,
        cases: Cases,
        facts: CaseFacts,
        offer: CaseOffer,
        taken: Taken,
        tasks: Tasks,
        parent: QWidget,
    ) -> None:
        super().__init__(tasks, parent)
        self._cases, self._facts, self._taken = cases, facts, taken
        self._methods, self._items = offer.methods, offer.items if facts.person else ()
        self._others = offer.others if facts.person else ()
        self.group = QButtonGroup(self)
        self.choices = [QRadioButton() for _method in offer.methods]
        for number, choice in enumerate(self.choices):
            self.group.addButton(choice, number)
        if self.choices:
            self.choices[0].setChecked(True)
        self.script = PlainLabel("", wrap=True)
        self.card = Card(margin=14, gap=6)
        self.card.body.addWidget(self.script)
        self.rule = PlainLabel("", "caption", wrap=True)
        self.lines = {item.key: SaidLine(self._forget) for item in self._items}
        self._names = {item.key: PlainLabel("", "label") for item in self._items}
        self.other, self.other_line = QComboBox(), SaidLine(self._forget)
        for item in self._others:
            self.other.addItem(_(item.label), item.key)
        self.other.currentIndexChanged.connect(lambda _at: self._forget())
        self.asked = PlainLabel("", "label")
        self.note = QLineEdit()
        self.note.setMaxLength(_LONGEST)
        self.checked = LabelledField(self.note)
        self.compare = button("", self._compare, icon="search")
        methods, note = QWidget(), QWidget()
        column(methods, *self.choices, gap=4)
        row(note, IconLabel("info", "muted", 14), self.rule, gap=6).setStretch(1, 1)
        self.build(methods, self.card, note, self._said(), self.checked)
        self.group.idClicked.connect(lambda _id: self._changed())

    @property
    def method(self) -> str:
        """Return the key of the chosen method."""
        at = self.group.checkedId()
        return self._methods[at].key if 0 <= at < len(self._methods) else ""

    @property
    def said(self) -> dict[str, str]:
        """Return what is typed, by item."""
        told = {key: line.said.text().strip() for key, line in self._all().items()}
        return {key: text for key, text in told.items() if text}

    def _all(self) -> dict[str, SaidLine]:
        """Return every line by its item, the chosen one among them."""
        other = {str(self.other.currentData()): self.other_line} if self._others else {}
        return {**self.lines, **other}

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        super().retranslate()
        self.setWindowTitle(_("Check identity"))
        self.heading.setText(_("Check identity"))
        self.why.setText(
            _("Nothing is done on {ref} before it is known who asks (Decree 46(1)).").format(
                ref=self._facts.ref
            )
        )
        self.go.setText(_("Identity checked"))
        self.go.setEnabled(bool(self._methods))
        for choice, method in zip(self.choices, self._methods, strict=True):
            choice.setText(_(method.label))
        self.rule.setText(_(ALWAYS))
        self.asked.setText(_("What the caller says"))
        self.compare.setText(_("Compare"))
        self.checked.tell(
            _("What was checked"), _("What was compared, never the values themselves.")
        )
        for item in self._items:
            self._names[item.key].setText(_(item.label))
            self.lines[item.key].said.setAccessibleName(_(item.label))
        for at, item in enumerate(self._others):
            self.other.setItemText(at, _(item.label))
        self.other.setAccessibleName(_("Another item"))
        self.other_line.said.setAccessibleName(_("Another item"))
        for line in self._all().values():
            if line.key:
                line.tell(line.key)
        self._tell()

    def submit(self) -> None:
        """Record the method; what was said is compared once more."""
        ref, method, said, note = self._facts.ref, self.method, self.said, self.note.text().strip()
        self.attempt(lambda: self._cases.identify(ref, method, said, note), self._taken)

    # -- inside

    def _said(self) -> QWidget:
        """Return the lines for what is said, of a known person."""
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.asked, 0, 0, 1, 2)
        for at, item in enumerate(self._items, 1):
            grid.addWidget(self._names[item.key], at, 0)
            grid.addWidget(self.lines[item.key], at, 1)
        last = len(self._items) + 1
        grid.addWidget(self.other, last, 0)
        grid.addWidget(self.other_line, last, 1)
        self.other.setFixedWidth(_OTHER)
        for widget in (self.other, self.other_line):
            widget.setVisible(bool(self._others))
        grid.addLayout(row(None, None, self.compare), last + 1, 0, 1, 2)
        box.setVisible(bool(self._items or self._others))
        return box

    def _compare(self) -> None:
        """Have what is said compared, and show the answer beside each item."""
        ref, said = self._facts.ref, self.said
        self.error.hide()
        self._tasks.run(
            self, lambda: self._cases.compare(ref, said), done=self._answered, failed=self.explain
        )

    def _answered(self, found: Mapping[str, str]) -> None:
        for key, line in self._all().items():
            if key in found:
                line.tell(found[key])
            else:
                line.forget()

    def _forget(self) -> None:
        for line in self._all().values():
            line.forget()
        self.error.hide()

    def _changed(self) -> None:
        self._tell()
        self.fit()

    def _tell(self) -> None:
        at = self.group.checkedId()
        self.script.setText(_(self._methods[at].help) if 0 <= at < len(self._methods) else "")
