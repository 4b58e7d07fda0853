"""What every step of the set-up has; language, company and officers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from privdesk.core.errors import DomainError
from privdesk.core.i18n import _, current
from privdesk.ui.theme import LANGUAGE_NAMES, Theme
from privdesk.ui.widgets import LabelledField, PlainLabel, add, button, column, row
from privdesk.ui.wizard.passphrases import NewPassphrase
from privdesk.ui.wizard.setup import PEOPLE, SALES, Company, NewOfficer, SetUp


class Step(QWidget):
    """A page of the wizard: title, why, controls; Next waits for ``complete()``."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = PlainLabel("", "title")
        self.why = PlainLabel("", "muted", wrap=True)
        self.body = column(self, self.title, self.why, 10, gap=8)

    def name(self) -> str:
        """Return the step's name for the list on the left."""
        raise NotImplementedError

    def complete(self) -> bool:
        """Whether one may go on."""
        return True

    def check(self) -> bool:
        """Say beneath the fields what is missing; True when nothing is."""
        return True

    def next_label(self) -> str:
        """Return what the button that goes on says."""
        return _("Next")

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class LanguageStep(Step):
    """Which language the screen speaks; papers have their own."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.choices = {key: QRadioButton(label) for key, label in LANGUAGE_NAMES.items()}
        group = QButtonGroup(self)
        for key, choice in self.choices.items():
            choice.setChecked(key == current())
            choice.toggled.connect(lambda on, key=key: theme.speak(key) if on else None)
            group.addButton(choice)
            self.body.addWidget(choice)
        self.what = PlainLabel("", "muted", wrap=True)
        self.body.addSpacing(12)
        self.body.addWidget(self.what)
        self.body.addStretch(1)
        self.retranslate()

    def name(self) -> str:
        """Return the step's name."""
        return _("Language")

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        self.title.setText(_("Which language shall the desk speak?"))
        self.why.setText(
            _("It can be changed at any time. Each paper is printed in the language it needs.")
        )
        self.what.setText(
            _(
                "The next steps take about ten minutes. You need a second officer beside you, a "
                "printer or a place to save two papers, and two envelopes."
            )
        )
        for key, choice in self.choices.items():
            choice.setChecked(key == current())


class CompanyStep(Step):
    """The company and what decides which rules apply to it."""

    def __init__(self, setup: SetUp) -> None:
        super().__init__()
        self._setup = setup
        self._own_folder = False
        self.company_line = QLineEdit()
        self.company = LabelledField(self.company_line, required=True)
        self.sales_box, self.people_box = QComboBox(), QComboBox()
        self.sales = LabelledField(self.sales_box)
        self.people = LabelledField(self.people_box)
        self.sensitive, self.marketing, self.overseas = QCheckBox(), QCheckBox(), QCheckBox()
        self.folder_line = QLineEdit()
        self.folder = LabelledField(self.folder_line, required=True)
        self.browse = button("", self._browse, icon="folder")
        for number, label in SALES:
            self.sales_box.addItem(_(label), number)
        for number, label in PEOPLE:
            self.people_box.addItem(_(label), number)
        self.profile = PlainLabel("", "section")
        self.because = PlainLabel("", "caption", wrap=True)
        bands = row(None, self.sales, self.people, gap=16)
        bands.setStretch(0, 1)
        bands.setStretch(1, 1)
        add(
            self.body,
            self.company,
            10,
            self.profile,
            self.because,
            bands,
            self.sensitive,
            self.marketing,
            self.overseas,
            10,
            self.folder,
            row(None, self.browse, None),
            None,
        )
        self.company_line.textChanged.connect(self._company_changed)
        self.folder_line.textEdited.connect(self._folder_edited)
        self.folder_line.textChanged.connect(self.changed)
        self.retranslate()

    def name(self) -> str:
        """Return the step's name."""
        return _("Company")

    def company_value(self) -> Company:
        """Return what was filled in."""
        return Company(
            name=self.company_line.text().strip(),
            sales=int(self.sales_box.currentData()),
            people=int(self.people_box.currentData()),
            sensitive=self.sensitive.isChecked(),
            marketing=self.marketing.isChecked(),
            overseas=self.overseas.isChecked(),
        )

    def folder_value(self) -> Path:
        """Return where the vault will lie; the name gets its ending."""
        path = Path(self.folder_line.text().strip()).expanduser()
        return path if path.suffix == ".privdesk" else path.with_name(f"{path.name}.privdesk")

    def complete(self) -> bool:
        """A name and a folder."""
        return bool(self.company_line.text().strip() and self.folder_line.text().strip())

    def check(self) -> bool:
        """Say which is missing."""
        name, folder = self.company_line.text().strip(), self.folder_line.text().strip()
        self.company.complain("" if name else _("Write the company’s name."))
        self.folder.complain("" if folder else _("Choose where the vault shall lie."))
        return self.complete()

    def refuse_folder(self, error: DomainError) -> None:
        """Say why no vault can be made there."""
        self.folder.complain(error.sentence())

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        self.title.setText(_("Which company is it?"))
        self.why.setText(_("The name stands on every paper that the office prints."))
        self.company.tell(_("Name of the company"))
        self.profile.setText(_("Profile"))
        self.because.setText(
            _("Decides which duties of the law apply. It can be changed later in Settings.")
        )
        self.sales.tell(_("Sales in a year"))
        self.people.tell(_("People whose data you handle"))
        for box, bands in ((self.sales_box, SALES), (self.people_box, PEOPLE)):
            for index, (_number, label) in enumerate(bands):
                box.setItemText(index, _(label))
        self.sensitive.setText(_("Sensitive information or unique identifiers"))
        self.marketing.setText(_("Marketing by e-mail, text message or telephone"))
        self.overseas.setText(_("Transfers to other countries"))
        self.folder.tell(
            _("Folder of the vault"),
            _("On this workstation’s own disk; network drives and USB sticks are refused."),
        )
        self.browse.setText(_("Choose a folder…"))

    def _company_changed(self, text: str) -> None:
        if not self._own_folder:
            name = text.strip()
            self.folder_line.setText(str(self._setup.folder_for(name)) if name else "")
        self.company.complain("")
        self.changed.emit()

    def _folder_edited(self) -> None:
        self._own_folder = True
        self.folder.complain("")

    def _browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Choose a folder…"))
        if folder:
            self._own_folder = True
            name = self._setup.folder_for(self.company_line.text().strip() or "privdesk").name
            self.folder_line.setText(str(Path(folder) / name))


class OfficerStep(Step):
    """An officer: name and passphrase; the second one sits down herself."""

    def __init__(self, second: bool, others: Sequence[OfficerStep] = ()) -> None:
        super().__init__()
        self._second = second
        self._others = others
        self.person_line = QLineEdit()
        self.person = LabelledField(self.person_line, required=True)
        self.passphrase = NewPassphrase()
        self.note = PlainLabel("", "caption", wrap=True)
        add(self.body, self.person, 6, self.passphrase, 10, self.note, None)
        self.person_line.textChanged.connect(self._touched)
        self.passphrase.changed.connect(self.changed)
        self.retranslate()

    def name(self) -> str:
        """Return the step's name."""
        return _("Second officer") if self._second else _("First officer")

    def officer(self) -> NewOfficer:
        """Return who was filled in."""
        return NewOfficer(self.person_line.text().strip(), self.passphrase.first.value())

    def complete(self) -> bool:
        """A name of her own and a passphrase."""
        return bool(self.person_line.text().strip()) and self.passphrase.ready()

    def check(self) -> bool:
        """Say what is missing."""
        name = self.person_line.text().strip()
        taken = name in [other.officer().name for other in self._others]
        if not name:
            self.person.complain(_("Write the officer’s name."))
        elif taken:
            self.person.complain(_("The second officer must be another person."))
        else:
            self.person.complain("")
        good = bool(self.passphrase.value())
        if good and self.officer().passphrase in [o.officer().passphrase for o in self._others]:
            self.passphrase.complain(_("Each officer needs a passphrase of her own."))
            good = False
        return bool(name) and not taken and good

    def refuse(self, error: DomainError) -> None:
        """Say why the passphrase is refused."""
        self.passphrase.complain(error.sentence())

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        if self._second:
            self.title.setText(_("Who is the second officer?"))
            self.why.setText(
                _(
                    "A destruction is requested by one officer and approved by another. Give the "
                    "keyboard to the second officer now: nobody else may know her passphrase."
                )
            )
        else:
            self.title.setText(_("Who is the first officer?"))
            self.why.setText(
                _(
                    "A privacy officer sees personal data, approves and signs. Further people, "
                    "also managers and auditors, are added later in Settings."
                )
            )
        self.person.tell(_("Name"), _("As it shall stand on papers."))
        self.note.setText(
            _(
                "Nobody can look the passphrase up or reset it without the recovery kit. It is "
                "never stored."
            )
        )

    def _touched(self) -> None:
        self.person.complain("")
        self.changed.emit()
