"""The page of the company's profile: what decides which duties apply."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from privdesk.core.i18n import _, ngettext
from privdesk.core.rulebook import Profile, access_log_years, applies
from privdesk.ui.office.frame import Columns, OfficePage, Section
from privdesk.ui.office.ports import CompanyProfile, Office, ProfileStand
from privdesk.ui.tasks import Tasks
from privdesk.ui.widgets import Chip, IconLabel, LabelledField, PlainLabel, primary_button, row
from privdesk.ui.wizard.setup import PEOPLE, SALES


class ProfilePage(OfficePage):
    """Sales and people by band, kinds of data; beneath it what follows."""

    help_topic = "first-day"

    def __init__(self, office: Office, tasks: Tasks) -> None:
        super().__init__()
        self._office, self._tasks = office, tasks
        self.stand: ProfileStand | None = None
        self.sales_box, self.people_box = QComboBox(), QComboBox()
        self.sales, self.people = LabelledField(self.sales_box), LabelledField(self.people_box)
        self.sensitive, self.marketing, self.overseas = QCheckBox(), QCheckBox(), QCheckBox()
        self.save = primary_button("", self.keep, icon="check")
        for box, bands in ((self.sales_box, SALES), (self.people_box, PEOPLE)):
            for number, label in bands:
                box.addItem(_(label), number)
        size = row(None, self.sales, self.people, gap=16)
        for at in (0, 1):
            size.setStretch(at, 1)
        self.duties = Section()
        self.list = Columns(stretch=0)
        self.duties.card.body.addWidget(self.list)
        checks = (self.sensitive, self.marketing, self.overseas)
        self.build(size, 10, *checks, 12, row(None, self.save, None), 18, self.duties)
        for box in (self.sales_box, self.people_box):
            box.currentIndexChanged.connect(lambda _at: self._judge())
        for check in checks:
            check.toggled.connect(lambda _on: self._judge())
        self.retranslate()
        self.setEnabled(False)

    def refresh(self) -> None:
        """Ask again for the profile."""
        self._tasks.run(
            self, self._office.profile, done=self._show, failed=self.flash.refuse, latest="profile"
        )

    def begin(self, action: str) -> None:
        """Begin what a task asks for."""
        if action == "edit":
            self.sales_box.setFocus()

    def value(self) -> CompanyProfile:
        """Return what is filled in."""
        return CompanyProfile(
            sales=int(self.sales_box.currentData()),
            people=int(self.people_box.currentData()),
            sensitive=self.sensitive.isChecked(),
            marketing=self.marketing.isChecked(),
            overseas=self.overseas.isChecked(),
        )

    def keep(self) -> None:
        """Keep the profile."""
        profile = self.value()

        def kept(_nothing: None) -> None:
            self.flash.tell(_("The profile is kept. Today shows the duties that follow."))
            self.refresh()

        self._tasks.run(
            self,
            lambda: self._office.put_profile(profile),
            done=kept,
            failed=self.flash.refuse,
        )

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        self.title.setText(_("Profile of the company"))
        self.why.setText(_("Size and kinds of data decide which duties of the law apply."))
        self.sales.tell(_("Sales in a year"))
        self.people.tell(_("People whose data you handle"))
        for box, bands in ((self.sales_box, SALES), (self.people_box, PEOPLE)):
            for at, (_number, label) in enumerate(bands):
                box.setItemText(at, _(label))
        self.sensitive.setText(_("Sensitive information or unique identifiers"))
        self.marketing.setText(_("Marketing by e-mail, text message or telephone"))
        self.overseas.setText(_("Transfers to other countries"))
        self.save.setText(_("Keep the profile"))
        self.duties.tell(
            _("What follows from it"), _("As filled in above, by the law as the program knows it.")
        )
        self._judge()

    def _show(self, stand: ProfileStand) -> None:
        self.stand = stand
        self.setEnabled(True)
        self.sales_box.setCurrentIndex(_band(SALES, stand.profile.sales))
        self.people_box.setCurrentIndex(_band(PEOPLE, stand.profile.people))
        self.sensitive.setChecked(stand.profile.sensitive)
        self.marketing.setChecked(stand.profile.marketing)
        self.overseas.setChecked(stand.profile.overseas)
        controls = (self.sales_box, self.people_box, self.sensitive, self.marketing, self.overseas)
        for control in controls:
            control.setEnabled(stand.may_change)
        self.save.setVisible(stand.may_change)
        self._judge()

    def _judge(self) -> None:
        if self.stand is None:
            return
        now = self.value()
        profile = Profile(now.sales, now.people, now.sensitive, now.marketing)
        rows = [_line(*duty) for duty in _duties(profile, self.stand.today)]
        self.list.fill((_("Duty"), _("Rule"), ""), rows)


def _duties(profile: Profile, on: date) -> Sequence[tuple[str, str, bool]]:
    """Return each duty that depends on the profile: its words, its rule, whether it applies."""
    by_rule = {
        "11": _("Consent to marketing is confirmed again every two years"),
        "57": _("A yearly notice of how the data was used"),
        "58": _("The chief privacy officer is filed after a decision of the board"),
        "59": _("People may have their data transmitted"),
        "62": _("Liability cover or reserve"),
    }
    years = access_log_years(profile, on)
    logs = ngettext(
        "Access logs are kept for {n} year", "Access logs are kept for {n} years", years
    )
    judged = ((text, rule, applies(rule, profile, on)) for rule, text in by_rule.items())
    return (*judged, (logs, "52", True))


def _line(text: str, rule: str, on: bool) -> Sequence[QWidget]:
    state = (
        Chip(_("Applies"), "waiting", "check") if on else PlainLabel(_("Does not apply"), "muted")
    )
    holder = QWidget()
    row(holder, IconLabel("clause", "muted", 16), PlainLabel(text, "" if on else "muted"), None)
    return holder, PlainLabel(rule, "caption"), state


def _band(bands: Sequence[tuple[int, str]], number: int) -> int:
    """Return which band a number lies in."""
    return max(at for at, (lowest, _label) in enumerate(bands) if lowest <= number or at == 0)
