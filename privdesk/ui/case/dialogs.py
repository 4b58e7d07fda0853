"""A call begins: the small form that makes the request at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QWidget,
)

from privdesk.core.fields import Choice
from privdesk.core.i18n import _
from privdesk.ui.case.ports import CaseFacts, CaseOffer, Cases, NewCase
from privdesk.ui.office.dialog import AskDialog
from privdesk.ui.tasks import Tasks
from privdesk.ui.widgets import LabelledField, PlainLabel, row

Taken = Callable[[CaseFacts], object]
_LONGEST_NAME, _LONGEST_NUMBER = 80, 40
_NOTE, _ITEMS = 64, 96  # heights of what is asked, and of the items
_FIRST_KIND, _FIRST_CHANNEL, _PERSON = "access", "phone", "person"


def combo(choices: Sequence[Choice], chosen: str) -> QComboBox:
    """Return a box of choices, one of them picked."""
    made = QComboBox()
    for choice in choices:
        made.addItem(_(choice.label), choice.key)
    made.setCurrentIndex(max(0, made.findData(chosen)))
    return made


class CheckList(QListWidget):
    """Some of several, each to be ticked."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__()
        self.setFixedHeight(_ITEMS)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        for choice in choices:
            item = QListWidgetItem(choice.label)
            item.setData(Qt.ItemDataRole.UserRole, choice.key)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable
                          | Qt.ItemFlag.ItemIsSelectable)  # fmt: skip
            item.setCheckState(Qt.CheckState.Unchecked)
            self.addItem(item)

    @property
    def chosen(self) -> tuple[str, ...]:
        """Return the keys of what is ticked."""
        items = (self.item(at) for at in range(self.count()))
        ticked = (one for one in items if one.checkState() is Qt.CheckState.Checked)
        return tuple(str(one.data(Qt.ItemDataRole.UserRole)) for one in ticked)


class CaseDialog(AskDialog):
    """Kind, channel, by whom; of somebody not found also a name or a number to call back."""

    def __init__(
        self,
        cases: Cases,
        offer: CaseOffer,
        taken: Taken,
        tasks: Tasks,
        parent: QWidget,
        *,
        person: str = "",
        name: str = "",
        typed: str = "",
    ) -> None:
        super().__init__(tasks, parent)
        self._cases, self._taken = cases, taken
        self._person, self._name = person, name
        self.kind = combo(offer.kinds, _FIRST_KIND)
        self.channel = combo(offer.channels, _FIRST_CHANNEL)
        self.by = combo(offer.askers, _PERSON)
        self.caller, self.call_back = QLineEdit(), QLineEdit()
        self.caller.setMaxLength(_LONGEST_NAME)
        self.call_back.setMaxLength(_LONGEST_NUMBER)
        (self.call_back if _is_number(typed) else self.caller).setText(typed)
        self.fields = [
            LabelledField(self.kind),
            LabelledField(self.channel),
            LabelledField(self.by),
            LabelledField(self.caller),
            LabelledField(self.call_back),
        ]
        choices, contact = QWidget(), QWidget()
        row(choices, *self.fields[:3], gap=12)
        row(contact, *self.fields[3:], gap=12)
        self.who = PlainLabel("", "strong")
        self.asked, self.items = QPlainTextEdit(), CheckList(offer.concerned)
        self.asked.setFixedHeight(_NOTE)
        self.asked.setTabChangesFocus(True)
        self.wish, self.about = LabelledField(self.asked), LabelledField(self.items)
        self.about.setVisible(bool(offer.concerned))
        self.build(self.who, choices, contact, self.wish, self.about)
        self.by.currentIndexChanged.connect(lambda _at: self.retranslate())
        self.kind.setFocus()

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        super().retranslate()
        self.setWindowTitle(_("New request"))
        self.heading.setText(_("New request"))
        self.why.setText(
            _("The request is entered at once, and is the reason for looking until you close it.")
        )
        self.go.setText(_("Begin the case"))
        self.who.setText(f"{self._name} · {self._person}" if self._person else "")
        self.who.setVisible(bool(self._person))
        unknown = not self._person
        other = unknown or self.by.currentData() != _PERSON
        names = (_("Kind"), _("Channel"), _("By whom"))
        for field, name in zip(self.fields[:3], names, strict=True):
            field.tell(name)
        sealed = _("Sealed at once.") if other else ""
        self.fields[3].tell(_("Caller’s name"), sealed)
        self.fields[4].tell(_("Call-back number"), sealed)
        self.wish.tell(_("What is asked"), _("Sealed at once."))
        self.about.tell(_("Items concerned"), _("Empty for all."))
        for field in self.fields[3:]:
            field.setVisible(other)
        if self.isVisible():
            self.fit()

    def submit(self) -> None:
        """Enter the request."""
        case = NewCase(
            str(self.kind.currentData()),
            str(self.channel.currentData()),
            str(self.by.currentData()),
            self._person,
            self.caller.text().strip() if not self.fields[3].isHidden() else "",
            self.call_back.text().strip() if not self.fields[4].isHidden() else "",
            self.asked.toPlainText().strip(),
            self.items.chosen,
        )
        self.attempt(lambda: self._cases.begin(case), self._taken)


def _is_number(text: str) -> bool:
    digits = sum(sign.isdigit() for sign in text)
    return digits > 3 and digits >= len(text) / 2
