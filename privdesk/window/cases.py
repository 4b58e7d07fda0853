"""The case at hand on the desk: begun from anywhere, shown in its bar, the reason for looking."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog

from privdesk.core.i18n import N_, _
from privdesk.flows import calls
from privdesk.registers.desk import CASES, Desk
from privdesk.ui.case.bar import CaseBar
from privdesk.ui.case.ports import CaseFacts, CaseOffer, NewCase
from privdesk.ui.parts import Command

if TYPE_CHECKING:
    from privdesk.window.desk import DeskWindow

NEW = N_("New request")


class DeskCases:
    """The requests over the flows; see ``ui.case.ports.Cases``."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def offer(self) -> CaseOffer:
        """Return the choices."""
        return calls.offer(self._desk)

    def begin(self, case: NewCase) -> CaseFacts:
        """Enter the request at once and return it."""
        return calls.begin(self._desk, case)

    def look(self, ref: str) -> CaseFacts:
        """Return a request as it is now."""
        return calls.look(self._desk, ref)

    def compare(self, ref: str, said: Mapping[str, str]) -> Mapping[str, str]:
        """Return, by item, whether what a caller says is on file."""
        return calls.compare(self._desk, ref, said)

    def identify(self, ref: str, method: str, said: Mapping[str, str], note: str = "") -> CaseFacts:
        """Record that identity was checked, how and what; what was said is compared first."""
        return calls.identify(self._desk, ref, method, said, note)

    def connect(self, ref: str, person: str) -> CaseFacts:
        """Record which person a caller is."""
        return calls.connect(self._desk, ref, person)

    def title(self, person: str) -> str:
        """Return a person's masked name."""
        service = self._desk.service("subjects")
        number = service.number(person)
        return str(service.titles([number]).get(number, ""))


class CaseAtHand(QObject):
    """One case at a time; it ends when closed, when another begins, and with the process."""

    changed = Signal()

    def __init__(self, window: DeskWindow) -> None:
        super().__init__()
        self._window = window
        self.cases = DeskCases(window.desk)
        self.now: CaseFacts | None = None
        self.dialog: QDialog | None = None

    @property
    def there(self) -> bool:
        """Whether this person may begin cases."""
        return self._window.desk.vault.role == "officer"

    def wire(self, bar: CaseBar) -> None:
        """Connect the bar of the shell."""
        bar.close_asked.connect(self.close)
        bar.identify_asked.connect(self.identify)
        bar.why_asked.connect(self.explain)
        bar.request_asked.connect(lambda: self._go(CASES))
        bar.waiting_asked.connect(self._window.go)
        bar.person_asked.connect(lambda: self._go("subjects"))

    def on_change(self, then: Callable[[], object]) -> None:
        """Have something called whenever another case is at hand, or none."""
        self.changed.connect(then)

    # -- what pages ask

    def ref(self) -> str:
        """Return the reference of the case at hand, or nothing: the reason of a reveal."""
        return self.now.ref if self.now is not None else ""

    def person(self) -> str:
        """Return the person of the case at hand; empty while the caller is not known."""
        return self.now.person if self.now is not None else ""

    # -- what changes it

    def new(self, person: str = "", typed: str = "") -> None:
        """Ask for kind, channel and by whom, and begin the case of a person or of a caller."""
        window = self._window

        def ask(told: tuple[CaseOffer, str]) -> None:
            from privdesk.ui.case.dialogs import CaseDialog

            offer, name = told
            self._open(
                CaseDialog(
                    self.cases, offer, self._begun, window.tasks, window.shell,
                    person=person, name=name, typed=typed,
                )
            )  # fmt: skip

        window.tasks.run(
            window.shell,
            lambda: (self.cases.offer(), self.cases.title(person) if person else ""),
            done=ask,
            failed=window.shell.refuse,
        )

    def take(self, ref: str) -> None:
        """Make a request the case at hand, and show its person (or the request itself)."""
        window = self._window

        def taken(facts: CaseFacts) -> None:
            self._show(facts if facts.open else None)
            self._go("subjects" if facts.person else CASES, facts)

        window.tasks.run(
            window.shell, lambda: self.cases.look(ref), done=taken, failed=window.shell.refuse
        )

    def call_is_from(self, person: str) -> None:
        """Say that the caller of the case at hand is this person."""
        ref, window = self.ref(), self._window
        if ref:
            window.tasks.run(
                window.shell,
                lambda: self.cases.connect(ref, person),
                done=self._connected,
                failed=window.shell.refuse,
            )

    def identify(self) -> None:
        """Show the script of questions; one press records the method."""
        facts, window = self.now, self._window
        if facts is None:
            return

        def ask(offer: CaseOffer) -> None:
            from privdesk.ui.case.identity import IdentityDialog

            self._open(
                IdentityDialog(
                    self.cases, facts, offer, self._identified, window.tasks, window.shell
                )
            )

        window.tasks.run(window.shell, self.cases.offer, done=ask, failed=window.shell.refuse)

    def explain(self) -> None:
        """Show why the case at hand is due on its day."""
        if self.now is not None:
            self._window.explain(CASES, self.now.ref)

    def close(self) -> None:
        """End the looking; the request stays open until it is answered."""
        if self.now is not None:
            ref = self.now.ref
            self._show(None)
            self._window.shell.tell(
                _("Case {ref} is closed here; the request stays open.").format(ref=ref)
            )

    def look_again(self) -> None:
        """Read the case again: it may have been answered, moved or closed meanwhile."""
        ref, window = self.ref(), self._window

        def show(facts: CaseFacts | None) -> None:
            if self.ref() == ref:  # else another case was begun while this one was read
                self._show(facts if facts is not None and facts.open else None)

        if ref:
            window.tasks.run(
                window.shell,
                lambda: self.cases.look(ref),
                done=show,
                failed=lambda _error: show(None),
                latest="case",
            )

    def commands(self) -> list[Command]:
        """Return what can be called by name."""
        return [Command(NEW, self.new, "Ctrl+Shift+N", "plus")] if self.there else []

    # -- inside

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        self.dialog = None

    def _begun(self, facts: CaseFacts) -> None:
        self._show(facts)
        told = _("Request {ref} is entered; its case is open.").format(ref=facts.ref)
        self._window.shell.tell(told)
        self._window.shell.refresh_page()

    def _identified(self, facts: CaseFacts) -> None:
        self._show(facts)
        self._window.shell.tell(_("Identity checked"))
        self._window.shell.refresh_page()

    def _connected(self, facts: CaseFacts) -> None:
        self._show(facts)
        self._go("subjects")

    def _show(self, facts: CaseFacts | None) -> None:
        before, self.now = self.now, facts
        self._window.shell.case.show_case(facts, self._window.today)
        if before != facts:
            self.changed.emit()

    def _go(self, register: str, facts: CaseFacts | None = None) -> None:
        at = facts or self.now
        if at is not None:
            self._window.go(register, at.person if register == "subjects" else at.ref)


def starter(cases: CaseAtHand, typed: str) -> Callable[[], object]:
    """Return what begins the case of a caller who was not found."""
    return partial(cases.new, "", typed)
