"""The page of the office's own rules: papers, requests and destruction."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from privdesk.core.errors import DomainError
from privdesk.core.i18n import _
from privdesk.ui.office.channels import ChannelBoxes
from privdesk.ui.office.dialog import AskDialog
from privdesk.ui.office.frame import OfficePage
from privdesk.ui.office.ports import Office, OfficeRules
from privdesk.ui.settings import SettingLine
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import LANGUAGE_NAMES
from privdesk.ui.widgets import PlainLabel, number_box, row

MOST_PRINT_DAYS, MOST_REPLY_DAYS, MOST_KEEP_YEARS = 90, 60, 10
_LONGEST_CONTACT, _LONGEST_OBJECTION = 200, 400
_ENGLISH = ("company_en", "department_en", "contact_en")  # names of rules
_CONTACT = 420  # width of its line


class OffDialog(AskDialog):
    """Warns before a safeguard is switched off: it is printed on each certificate."""

    def __init__(
        self,
        texts: tuple[str, str, str],
        off: Callable[[], object],
        told: Callable[[], object],
        tasks: Tasks,
        parent: QWidget,
    ) -> None:
        super().__init__(tasks, parent, danger=True)
        self._texts, self._off, self._told = texts, off, told
        self.build()

    def retranslate(self) -> None:
        """Set the texts (given in the language of the screen)."""
        super().retranslate()
        heading, why, go = self._texts
        self.setWindowTitle(heading)
        self.heading.setText(heading)
        self.why.setText(why)
        self.go.setText(go)

    def submit(self) -> None:
        """Switch it off."""
        self.attempt(self._off, lambda _nothing: self._told())


class RulesPage(OfficePage):
    """Each change counts at once and is journalled."""

    help_topic = "papers"

    def __init__(self, office: Office, tasks: Tasks) -> None:
        super().__init__()
        self._office, self._tasks = office, tasks
        self.known: OfficeRules | None = None
        self.dialog: AskDialog | None = None
        self.language = QComboBox()
        for key, label in LANGUAGE_NAMES.items():
            self.language.addItem(label, key)
        self.contact = QLineEdit()
        self.contact.setMaxLength(_LONGEST_CONTACT)
        self.print_days, self.reply_days = (
            number_box(1, MOST_PRINT_DAYS),
            number_box(1, MOST_REPLY_DAYS),
        )
        self.two_officers, self.block_reimport = QCheckBox(), QCheckBox()
        self.channels = ChannelBoxes()
        self.objections = {"objection_ko": _line(), "objection_en": _line()}
        self.english = {name: _line(_LONGEST_CONTACT) for name in _ENGLISH}
        self.keep_demands = number_box(1, MOST_KEEP_YEARS)
        self.papers = PlainLabel("", "section")
        self.requests = PlainLabel("", "section")
        self.destroying = PlainLabel("", "section")
        self.lines = [
            SettingLine(self.language),
            SettingLine(self.contact, width=_CONTACT),
            *(SettingLine(line, width=_CONTACT) for line in self.english.values()),
            SettingLine(self.print_days),
            SettingLine(self.channels, width=_CONTACT),
            *(SettingLine(line, width=_CONTACT) for line in self.objections.values()),
            SettingLine(self.keep_demands),
            SettingLine(_right(self.two_officers)),
            SettingLine(_right(self.block_reimport)),
            SettingLine(self.reply_days),
        ]
        self.build(
            self.papers,
            *self.lines[:6],
            18,
            self.requests,
            *self.lines[6:10],
            18,
            self.destroying,
            *self.lines[10:],
        )
        self._connect()
        self.retranslate()
        self.setEnabled(False)

    def refresh(self) -> None:
        """Ask again for the rules."""
        self._tasks.run(
            self, self._office.rules, done=self._show, failed=self.flash.refuse, latest="rules"
        )

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        self.title.setText(_("Rules of the office"))
        self.why.setText(_("They belong to the vault: whoever opens it works by them."))
        self.papers.setText(_("Papers"))
        self.requests.setText(_("Requests"))
        self.destroying.setText(_("Destruction"))
        texts = _texts()
        for line, (name, why) in zip(self.lines, texts, strict=True):
            line.tell(name, why)
        self.channels.retranslate()
        for box, name in ((self.two_officers, texts[10][0]), (self.block_reimport, texts[11][0])):
            box.setAccessibleName(name)
            box.setText(_("Switched on") if box.isChecked() else _("Switched off"))
        for spin in (self.print_days, self.reply_days):
            spin.setSuffix(_(" days"))
        self.keep_demands.setSuffix(_(" years"))

    # -- answers

    def _show(self, rules: OfficeRules) -> None:
        self.known = rules
        self.setEnabled(True)
        self.language.setCurrentIndex(max(0, self.language.findData(rules.language)))
        if not self.contact.hasFocus():
            self.contact.setText(rules.contact)
            self.contact.setCursorPosition(0)
        for name, line in self.english.items():
            if not line.hasFocus():
                line.setText(getattr(rules, name))
                line.setCursorPosition(0)
        for spin, days in (
            (self.print_days, rules.print_days),
            (self.reply_days, rules.reply_days),
            (self.keep_demands, rules.keep_demands),
        ):
            spin.blockSignals(True)
            spin.setValue(days)
            spin.blockSignals(False)
        for box, on in (
            (self.two_officers, rules.two_officers),
            (self.block_reimport, rules.block_reimport),
        ):
            box.setChecked(on)
            box.setText(_("Switched on") if on else _("Switched off"))
        self.channels.show_channels(rules.all_channels, rules.request_channels)
        usual = {"objection_ko": rules.usual_ko, "objection_en": rules.usual_en}
        for name, line in self.objections.items():
            line.setPlaceholderText(usual[name])
            if not line.hasFocus():
                line.setText(getattr(rules, name))
                line.setCursorPosition(0)
        for control in self._controls():
            control.setEnabled(rules.may_change)

    def _controls(self) -> tuple[QWidget, ...]:
        return (
            self.language,
            self.contact,
            *self.english.values(),
            self.print_days,
            self.reply_days,
            self.channels,
            *self.objections.values(),
            self.keep_demands,
            self.two_officers,
            self.block_reimport,
        )

    # -- changing

    def _connect(self) -> None:
        self.language.activated.connect(
            lambda _at: self._put("language", self.language.currentData())
        )
        self.contact.editingFinished.connect(
            lambda: self._put("contact", self.contact.text().strip())
        )
        self.print_days.valueChanged.connect(lambda days: self._put("print_days", days))
        self.reply_days.valueChanged.connect(lambda days: self._put("reply_days", days))
        self.keep_demands.valueChanged.connect(lambda years: self._put("keep_demands", years))
        self.channels.changed.connect(lambda: self._put("request_channels", self.channels.chosen()))
        for name, line in (self.objections | self.english).items():
            line.editingFinished.connect(partial(self._put_line, name, line))
        self.two_officers.clicked.connect(self._two_officers_clicked)
        self.block_reimport.clicked.connect(self._block_clicked)

    def _put(self, name: str, value: Any) -> None:
        """Keep a rule where it differs from what is kept."""
        if self.known is not None and getattr(self.known, name) != value:
            self._run(lambda: self._office.put(name, value), _("The change is kept."))

    def _put_line(self, name: str, line: QLineEdit) -> None:
        self._put(name, line.text().strip())

    def _two_officers_clicked(self, on: bool) -> None:
        texts = (
            _("Switch the two-officer rule off?"),
            _(
                "One person can then request, approve and carry out a destruction alone. Every "
                "request and every certificate says so in print."
            ),
            _("Switch it off"),
        )
        self._switch("two_officers", on, texts)

    def _block_clicked(self, on: bool) -> None:
        texts = (
            _("Let destroyed people be imported again?"),
            _(
                "The next list from a source system may bring back who was destroyed. Every "
                "certificate says so in print."
            ),
            _("Switch it off"),
        )
        self._switch("block_reimport", on, texts)

    def _switch(self, name: str, on: bool, texts: tuple[str, str, str]) -> None:
        if on:
            self._put(name, True)
            return
        dialog = OffDialog(
            texts,
            lambda: self._office.put(name, False),
            lambda: self.flash.tell(_("The change is kept.")),
            self._tasks,
            self,
        )
        dialog.finished.connect(lambda _result: self.refresh())
        self.dialog = dialog
        dialog.open()

    def _run(self, work: Callable[[], object], done: str) -> None:
        def kept(_nothing: object) -> None:
            self.flash.tell(done)
            self.refresh()

        def refused(error: DomainError) -> None:
            self.flash.refuse(error)
            self.refresh()

        self._tasks.run(self, work, done=kept, failed=refused)


def _texts() -> tuple[tuple[str, str], ...]:
    """Return name and explanation of each line, in the order of the page."""
    return (
        (
            _("Language of papers"),
            _("What the office prints by itself, such as certificates; others ask each time."),
        ),
        (_("Contact line"), _("Stands on every paper: department, telephone, e-mail.")),
        (_("Company, in English papers"), _("Empty for the name of the vault.")),
        (
            _("Department, in English papers"),
            _("Stands before the officer’s name; empty for that of the staff register."),
        ),
        (_("Contact line, in English papers"), _("Empty for the contact line above.")),
        (
            _("Prints are destroyed after"),
            _("The destroy-by date of prints and exports with personal data."),
        ),
        (
            _("Ways requests are taken"),
            _("Not fewer than those by which data is collected (PIPA 38(4))."),
        ),
        (
            _("Way to object, in Korean letters"),
            _("Stands in notices of results and refusals; empty for the one shown in grey."),
        ),
        (
            _("Way to object, in English letters"),
            _("Stands in notices of results and refusals; empty for the one shown in grey."),
        ),
        (
            _("Files of demands are kept for"),
            _("From the answer to an authority; then what it asked for is destroyed."),
        ),
        (
            _("Two-officer rule"),
            _("Who requests a destruction cannot approve it, nor witness their own work."),
        ),
        (
            _("Block destroyed people on import"),
            _("A keyed hash keeps the next export from bringing them back."),
        ),
        (
            _("Places answer an order within"),
            _("Stands on each order to a place; then a task waits on the page Today."),
        ),
    )


def _line(longest: int = _LONGEST_OBJECTION) -> QLineEdit:
    line = QLineEdit()
    line.setMaxLength(longest)
    return line


def _right(box: QCheckBox) -> QWidget:
    """Return a box at the right edge, where the other controls end."""
    holder = QWidget()
    holder.setFocusProxy(box)
    row(holder, box, None)
    return holder
