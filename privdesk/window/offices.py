"""The pages of the office on the desk: people, safety, rules, profile, templates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from privdesk.core.i18n import N_, ngettext
from privdesk.ui.office.calendar import CalendarPage
from privdesk.ui.office.officers import OfficersPage
from privdesk.ui.office.ports import Offer
from privdesk.ui.office.profile import ProfilePage
from privdesk.ui.office.rules import RulesPage
from privdesk.ui.office.safety import SafetyPage
from privdesk.ui.office.templates import TemplateDialog
from privdesk.ui.parts import Entry
from privdesk.window.membership import VaultPeople
from privdesk.window.office import OfficeDesk, VaultSafety

if TYPE_CHECKING:
    from privdesk.window.desk import DeskWindow


class _FolderSet(QObject):
    """Carries a backup folder from the database thread to the UI thread."""

    told = Signal(str)


class Offices:
    """Makes the pages; each is made when it is first shown."""

    def __init__(self, window: DeskWindow) -> None:
        self._window = window
        self._office = OfficeDesk(window.desk)
        self._folder_set = _FolderSet()
        self._folder_set.told.connect(window.keep_backup_folder)
        self.safety = Entry("safety", N_("Safety"), self._safety_page)
        self.entries = (
            Entry("officers", N_("People and roles"), self._officers_page),
            Entry("office", N_("Rules of the office"), self._rules_page),
            Entry("calendar", N_("Office calendar"), self._calendar_page),
            Entry("profile", N_("Company"), self._profile_page),
        )
        self.dialog: TemplateDialog | None = None

    def offer_templates(self, page: QWidget) -> None:
        """Let an officer enter purposes from templates, over the page of purposes."""
        window = self._window

        def offer(offers: Sequence[Offer]) -> None:
            self.dialog = TemplateDialog(self._office, offers, entered, window.tasks, page)
            self.dialog.open()

        def entered(number: int) -> None:
            window.shell.tell(
                ngettext("{n} purpose was entered.", "{n} purposes were entered.", number)
            )
            window.shell.refresh()

        if window.desk.vault.role == "officer":
            window.tasks.run(page, self._office.templates, done=offer, failed=window.shell.refuse)

    def _officers_page(self) -> QWidget:
        window = self._window
        return OfficersPage(
            VaultPeople(window.desk), window.tasks, lambda: window.go("safety", "", "roll")
        )

    def _safety_page(self) -> QWidget:
        window = self._window
        safety = VaultSafety(window.desk, self._folder_set.told.emit)
        return SafetyPage(safety, window.tasks, window.shell.refresh_status, window.session.lock)

    def _rules_page(self) -> QWidget:
        return RulesPage(self._office, self._window.tasks)

    def _calendar_page(self) -> QWidget:
        window = self._window
        return CalendarPage(self._office, window.tasks, lambda: window.today)

    def _profile_page(self) -> QWidget:
        return ProfilePage(self._office, self._window.tasks)
