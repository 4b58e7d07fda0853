"""The desk over an open vault: groups, pages, search, status, papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding
from privdesk.core.i18n import N_, _, current, ngettext
from privdesk.core.register import Register
from privdesk.flows import backing, duedays, sender
from privdesk.flows.ownthings import Kept
from privdesk.journal.log import CLOCKS_DIFFER
from privdesk.journal.telling import ROLE_NAMES
from privdesk.registers.desk import Desk
from privdesk.registers.findings import failing, safety
from privdesk.registers.findings.service import FindingsService
from privdesk.registers.findings.view import TodayPage
from privdesk.ui.dueday import DueDayDialog, Explained
from privdesk.ui.page.conditions import Condition
from privdesk.ui.page.context import PageContext
from privdesk.ui.page.page import RegisterPage
from privdesk.ui.parts import Command, Entry, Group, Officer, Status
from privdesk.ui.preferences import Preferences
from privdesk.ui.settings import SettingsPage
from privdesk.ui.shell import Shell
from privdesk.window import explaining, importing
from privdesk.window.cases import CaseAtHand
from privdesk.window.commands import commands_for
from privdesk.window.dashboard import Dashboards
from privdesk.window.drafts import give_back
from privdesk.window.dues import Dues
from privdesk.window.finder import DeskFinder
from privdesk.window.following import Following
from privdesk.window.noticing import USAGE_NOTICE, ask_usage_notice
from privdesk.window.offices import Offices
from privdesk.window.papers import PaperDesk
from privdesk.window.planning import plan_of
from privdesk.window.rooms import PEOPLE_ONLY, rooms
from privdesk.window.views import SavedViews

if TYPE_CHECKING:
    from privdesk.window.run import Session

FOR_READERS = ("pledges", "sessions", "audits")
"""Registers whose own page tells managers and auditors how the office stands."""


def build(session: Session, desk: Desk) -> Shell:
    """Return the desk's shell, its pages still to be made."""
    return DeskWindow(session, desk).shell


class DeskWindow:
    """Holds together what the pages share."""

    def __init__(self, session: Session, desk: Desk) -> None:
        self.session = session
        self.desk = desk
        self.tasks = session.tasks
        self.findings = FindingsService(desk)
        self.dues = Dues(desk, self.findings)
        self.today = desk.today()
        self.dialog: DueDayDialog | None = None
        preferences = self._preferences()
        self.views = SavedViews(desk, session.tasks)
        self.papers = PaperDesk(self)
        self.offices = Offices(self)
        self.cases = CaseAtHand(self)
        self.dashboards = Dashboards(self)
        self.shell = Shell(
            self._groups(),
            tasks=session.tasks,
            theme=session.theme,
            officer=Officer(
                desk.vault.person.name, ROLE_NAMES.get(desk.vault.role, desk.vault.role)
            ),
            office=sender.company(desk, current()),
            lock=session.lock,
            finder=DeskFinder(desk, self.cases),
            commands=self._commands(),
            status=self._status,
            idle_minutes=preferences.idle_minutes,
        )
        self.cases.wire(self.shell.case)
        self.following = Following(desk, session.tasks, self.shell, self.cases)
        self.shell.stack.currentChanged.connect(lambda _at: self.cases.look_again())
        new = QShortcut(QKeySequence("Ctrl+Shift+N"), self.shell)
        new.activated.connect(self._new_request)
        drafts = Kept(desk, "drafts").read()
        if drafts:
            self.tasks.run(self.shell, dict, done=lambda _none: give_back(self.shell, drafts))

    def go(self, register: str, ref: str = "", action: str = "") -> None:
        """Show a record, or a page, of another register, and begin what is asked for there."""
        if register == "orders" and action in ("send", "answer") and self._is_officer:
            register = "destructions"  # orders are printed and answered on its page
        if self.shell.rail.entry(register) is None:
            self.shell.tell(_(N_("Your role does not open this page.")), "soon")
            return
        page: Any = self.shell.open(register, ref)
        if page is not None and action:
            self._begin(page, action, ref)

    def narrow(self, register: str, conditions: tuple[Condition, ...]) -> None:
        """Show what meets these conditions of another register; an unfinished form stays."""
        page = self.shell.open(register)
        if isinstance(page, RegisterPage) and page.leave():
            page.show_list()
            page.list.narrow_to(conditions)

    def service_of(self, name: str) -> Any:
        """Return a register's service, or None where this role may not see it."""
        return self.desk.service(name) if self.may_see(name) else None

    def context(self, register: Register) -> PageContext:
        """Return the surroundings of a register's page."""
        desk = self.desk
        officer = self._is_officer
        writers = getattr(desk.service(register.name), "writers", ("officer",))
        return PageContext(
            tasks=self.tasks,
            today=lambda: self.today,
            service_of=self.service_of,
            preferences=self.views,
            role=desk.vault.role,
            writes=desk.vault.role in writers,
            open_case=self.cases.ref,
            case_person=self.cases.person,
            on_case=self.cases.on_change,
            new_request=self.cases.new if self.cases.there else None,
            connect_case=self.cases.call_is_from if self.cases.there else None,
            explain=self.explain,
            go=self.go,
            importer=partial(importing.importer, desk) if officer and register.importable else None,
            exporter=partial(importing.exporter, desk) if officer else None,
            issue=self.papers.issue,
            list_out=self.papers.list_out,
            kept=self.papers.kept,
            reprint=self.papers.reprint,
            show=self.papers.show,
            plan=partial(plan_of, desk),
        )

    def explain(self, register: str, ref: str) -> None:
        """Tell why a record is due on its day."""
        self._explained(lambda: explaining.of_record(self.desk, register, ref))

    def explain_finding(self, one: Finding) -> None:
        """Tell why a finding is due on its day."""
        self._explained(lambda: explaining.of_finding(self.desk, one))

    # -- inside

    def _explained(self, work: Callable[[], Explained | None]) -> None:
        def show(told: Explained | None) -> None:
            if told is None:
                self.shell.tell(_("It has no due day."), "soon")
                return
            self.dialog = DueDayDialog(told, self.today, self.shell)
            self.dialog.open()

        self.tasks.run(self.shell, work, done=show, failed=self.shell.refuse)

    def _new_request(self) -> None:
        if self.cases.there:
            self.cases.new()

    @property
    def _is_officer(self) -> bool:
        return self.desk.vault.role == "officer"

    def _begin(self, page: Any, action: str, ref: str) -> None:
        if action == "templates":
            self.offices.offer_templates(page)
        elif action == USAGE_NOTICE:
            ask_usage_notice(self, page)
        elif ref and isinstance(page, RegisterPage) and self._is_officer:
            papers = page.register.documents
            page.actor.begin_on(papers[0].code if action == "send" and papers else action, ref)
        elif hasattr(page, "begin"):
            page.begin(action)
        elif action == "new" and hasattr(page, "new"):
            page.new()
        elif action == "import" and hasattr(page, "bring_in"):
            page.bring_in()

    def may_see(self, name: str) -> bool:
        """Whether this role has the page of a register."""
        return name in self.desk.registers and (
            self.desk.vault.sees_people or name not in PEOPLE_ONLY
        )

    def _groups(self) -> list[Group]:
        today = Entry("today", N_("Today"), self._today_page, self.dues.today)
        groups = [self.dashboards.group(today)]
        own = {"safety": self.offices.safety}
        for key, label, icon, names in rooms(self.desk.registers.values()):
            entries = [own.get(name) or self._entry(name) for name in names if self._listed(name)]
            if entries:
                groups.append(Group(key, label, icon, entries))
        settings = Entry("settings", N_("This workstation"), self._settings_page)
        pages = (settings, *self.offices.entries)
        return [*groups, Group("settings", N_("Settings"), "settings", pages)]

    def _listed(self, name: str) -> bool:
        return name == "safety" or self.may_see(name)

    def _entry(self, name: str) -> Entry:
        register = self.desk.register(name)
        page = partial(self._register_page, register)
        return Entry(name, register.title, page, self.dues.on(register), register.aside)

    def _register_page(self, register: Register) -> QWidget:
        service = self.desk.service(register.name)
        context = self.context(register)
        own = self._is_officer or register.name in FOR_READERS
        if not register.page or not own:
            return RegisterPage(service, context)
        module, _colon, cls = register.page.partition(":")
        page: Callable[..., QWidget] = getattr(import_module(module), cls)
        return page(service, context, commands_for(register.name, self.desk))

    def _today_page(self) -> QWidget:
        return TodayPage(
            self.findings, self.tasks, self.go, explain=self.explain_finding, write=self._write_days
        )

    def _write_days(self) -> None:
        """Write the due days as a calendar file."""
        name = f"{_('due days')} {self.today}.ics"
        path, _kind = QFileDialog.getSaveFileName(self.shell, _("Due days"), name, "*.ics")
        if path:
            self.tasks.run(
                self.shell,
                lambda: duedays.write(self.desk, Path(path)),
                done=lambda n: self.shell.tell(
                    ngettext("{n} due day was written.", "{n} due days were written.", n)
                ),
                failed=self.shell.refuse,
            )

    def _settings_page(self) -> QWidget:
        page = SettingsPage(self.session.store, self.session.theme, reopen=self.session.lock)
        page.changed.connect(self._take_preferences)
        return page

    def _preferences(self) -> Preferences:
        """Return this workstation's settings, with the backup folder that the office set."""
        store = self.session.store
        found = store.load()
        folder = self._office_folder()
        if folder and folder != found.backup_folder:
            found = replace(found, backup_folder=folder)
            store.save(found)
        self._folder = found.backup_folder
        return found

    def _take_preferences(self, preferences: Preferences) -> None:
        """Follow the workstation's settings; the office's backup folder is the officers' to set."""
        self.shell.set_idle_minutes(preferences.idle_minutes)
        folder, before = preferences.backup_folder, self._folder
        self._folder = folder
        if self._is_officer and folder != before:
            self.tasks.run(
                self.shell,
                lambda: self._set_backup_folder(folder),
                failed=lambda error: self._folder_refused(error, before),
            )

    def _set_backup_folder(self, folder: str) -> None:
        if folder != self._office_folder():
            backing.choose_folder(self.desk, folder)

    def _folder_refused(self, error: DomainError, before: str) -> None:
        """Say why a folder cannot take the backups; the one from before stays."""
        self.shell.refuse(error)
        self._folder = before
        self.keep_backup_folder(before)

    def _office_folder(self) -> str:
        return str(self.desk.setting("backup_folder", "") or "")

    def keep_backup_folder(self, folder: str) -> None:
        """Keep a backup folder that was set on another page in this workstation's settings too."""
        page = self.shell.page("settings")
        if isinstance(page, SettingsPage):
            page.set_backup_folder(folder)
        else:
            store = self.session.store
            store.save(replace(store.load(), backup_folder=folder))
            self._folder = folder

    def _status(self) -> Status:
        raw = self.desk.vault.raw
        backup = raw.execute("SELECT made_at FROM backups ORDER BY id DESC LIMIT 1").fetchone()
        held = raw.execute("SELECT count(*) FROM custody_copies WHERE state = 'held'").fetchone()
        sql = "SELECT count(*) FROM custody_copies WHERE state = 'to-replace'"
        old = raw.execute(sql).fetchone()
        self.today = self.desk.today()
        return Status(
            journal_entries=self.desk.journal.frontier().size,
            journal_sound=True,
            backup_at=datetime.fromisoformat(backup[0]) if backup else None,
            backup_failed=failing.failed(self.desk.vault) is not None,
            backup_old_after=safety.old_after(self.desk),
            custody_copies=int(held[0]),
            custody_waiting=self.desk.vault.meta("roll") != "done",
            custody_old=int(old[0]),
            today=self.today,
            holiday=self.desk.calendar.holiday(self.today) or "",
            ahead=self.desk.ahead() > CLOCKS_DIFFER,
        )

    def _commands(self) -> list[Command]:
        if not self._is_officer:
            return []
        return [
            *self.cases.commands(),
            Command(
                N_("Destroy what is due"), partial(self.go, "destructions", "", "due"), "", "shred"
            ),
            Command(N_("Back up now"), self.papers.back_up, "", "save"),
        ]
