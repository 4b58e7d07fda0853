"""The sample office: made where it is missing, opened with passphrases that stand beside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QGridLayout, QLabel

from privdesk.core import system
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _
from privdesk.journal.telling import ROLE_NAMES
from privdesk.ui.longbar import LongBar
from privdesk.ui.progress import Cancelled, Progress
from privdesk.ui.start import StartPage
from privdesk.ui.unlock import UnlockPage
from privdesk.ui.widgets import Card, PlainLabel, link_button, row
from privdesk.window.opener import sample_folder

if TYPE_CHECKING:
    from privdesk.flows.sample import SamplePerson
    from privdesk.window.run import Session

TITLE = N_("Making the sample office")
SUBJECTS, SEED = 500, 1
_WIDTH = 600


def show_sample(session: Session) -> None:
    """Show how the sample office opens; where it is missing, it is made first."""
    from privdesk.flows import sample

    folder = sample_folder()
    if sample.is_sample(folder):
        show_unlock(session, folder)
    else:
        _make(session, folder)


def show_unlock(session: Session, folder: Path) -> UnlockPage:
    """Show the unlock page of the sample office; the session puts the card beneath it."""
    return session.show_unlock(folder)


def add_card(session: Session, page: UnlockPage, folder: Path) -> SampleCard:
    """Put names and passphrases of the sample office beneath its unlock page."""
    from privdesk.flows import sample

    def remove() -> None:
        page.setEnabled(False)
        session.tasks.run(
            page,
            lambda: sample.remove(folder),
            done=lambda _nothing: session.show_start(),
            failed=lambda error: _refused(page, error),
        )

    card = SampleCard(sample.people(SEED))
    card.chosen.connect(lambda person: _fill_in(page, person))
    card.remove.clicked.connect(remove)
    page.put_under(card)
    return card


class SampleCard(Card):
    """Who opens the sample office, and with what; ``chosen`` carries whoever is picked."""

    chosen = Signal(object)

    def __init__(self, people: list[SamplePerson]) -> None:
        super().__init__(margin=20)
        self.setFixedWidth(_WIDTH)
        self.people = people
        self.why = PlainLabel("", "muted", wrap=True)
        self.roles = [PlainLabel("", "muted") for _person in people]
        self.pick = [link_button("", self._chooser(person)) for person in people]
        self.remove = link_button("")
        self.body.addWidget(self.why)
        self.body.addLayout(self._table())
        self.body.addLayout(row(None, None, self.remove))
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        self.head(_("An invented office to look around in"))
        self.why.setText(
            _("Nothing in it is real, so its passphrases stand here. Choose a person, then unlock.")
        )
        for person, role, pick in zip(self.people, self.roles, self.pick, strict=True):
            role.setText(_(ROLE_NAMES[person.role]))
            pick.setText(_("Use"))
            pick.setAccessibleName(_("Use for {name}").format(name=person.name))
        self.remove.setText(_("Remove the sample office"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _table(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        for at, person in enumerate(self.people):
            cells: list[QLabel] = [PlainLabel(person.name, "strong"), self.roles[at]]
            cells.append(PlainLabel(person.passphrase, selectable=True))
            for column, cell in enumerate(cells):
                grid.addWidget(cell, at, column)
            grid.addWidget(self.pick[at], at, len(cells))
        return grid

    def _chooser(self, person: SamplePerson) -> Callable[[], None]:
        return lambda: self.chosen.emit(person)


def _make(session: Session, folder: Path) -> None:
    """Make the sample office as long work, shown beneath the start page."""
    from privdesk.flows import sample

    page = session.window.page
    assert isinstance(page, StartPage)
    bar = LongBar(session.tasks)
    bar.setFixedWidth(page.card.width())
    page.put_under(bar)
    page.card.setEnabled(False)

    def work(progress: Progress) -> None:
        with system.explained(folder):
            folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        sample.remove(folder)  # what an interrupted making left
        sample.make(folder, SUBJECTS, SEED, progress=progress)

    def failed(error: DomainError) -> None:
        page.card.setEnabled(True)
        if not isinstance(error, Cancelled):
            page.refuse(error)

    progress = session.tasks.long(
        page,
        work,
        title=_(TITLE),
        done=lambda _nothing: show_unlock(session, folder),
        failed=failed,
    )
    _stop_on_closing(session, progress)


def _stop_on_closing(session: Session, progress: Progress) -> None:
    """Stop the work when the window is closed; what it made is taken away again."""
    before = session.window.may_close

    def may_close() -> bool:
        progress.stop()
        return before()

    session.window.may_close = may_close


def _fill_in(page: UnlockPage, person: SamplePerson) -> None:
    index = page.who.findData(person.name)
    if index >= 0:
        page.who.setCurrentIndex(index)
    page.line.setText(person.passphrase)
    page.unlock.setFocus()


def _refused(page: UnlockPage, error: DomainError) -> None:
    page.setEnabled(True)
    page.explain(error)
