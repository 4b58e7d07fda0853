"""Restoring at the desk: what the pages of ``ui.restoring`` ask for, and how they follow."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from privdesk.core import system
from privdesk.core.i18n import N_, _, ngettext
from privdesk.journal.telling import ROLE_NAMES
from privdesk.ui.restoring.ports import DECLARED, LIVING, PLAIN, Found, Wish
from privdesk.ui.unlock import Person
from privdesk.window.opener import Waits, source_of

if TYPE_CHECKING:
    from privdesk.flows.unpacking import Label
    from privdesk.ui.progress import Progress
    from privdesk.ui.restoring.approval import ApprovalPage
    from privdesk.ui.restoring.page import RestorePage
    from privdesk.vault.epoch import Dropped
    from privdesk.vault.header import Header
    from privdesk.vault.session import Unlocked
    from privdesk.window.run import Session

DONE = N_("The backup was restored and opened as a test.")
WAITS = N_("The backup was restored. Another officer opens it here and approves it.")


class BackupRestorer:
    """Makes a vault of a backup."""

    def look(self, file: Path) -> Found:
        """Read what a backup says of itself, and what this account holds."""
        from privdesk.flows import unpacking
        from privdesk.vault.epoch import EpochStore

        label = unpacking.look(file)
        held = EpochStore(label.vault).current()
        dropped = _dropped_since(label, EpochStore(label.vault).dropped())
        opens = held is not None and held.epoch <= label.epoch and not dropped
        way = PLAIN if opens else LIVING if held is not None else DECLARED
        office = str(label.head.get("company", ""))
        return Found(office, label.made, _people(label.head), way, opens, _free(office), dropped)

    def people(self, live: Path) -> Sequence[Person]:
        """Return who may open a living vault or a newer backup of it."""
        from privdesk.flows import unpacking
        from privdesk.vault import opening

        if live.is_dir():
            return _people(json.loads(opening.look(live).text()))
        return _people(unpacking.look(live).head)

    def restore(self, wish: Wish, progress: Progress) -> Path:
        """Make the vault; return its folder."""
        from privdesk.flows import restoring
        from privdesk.flows.declaring import Then
        from privdesk.flows.opening import open_desk, ready
        from privdesk.vault import slots

        def unlock(head: Header) -> Unlocked:
            return slots.unlock(head, wish.name, wish.passphrase)

        live, then = None, None
        if wish.way == LIVING and wish.live is not None:
            live = restoring.Live(wish.live, unlock)
        if wish.way == DECLARED:
            opens = partial(ready, declared=True, progress=progress)
            then = Then(source_of(wish.custody), unlock, opens)
        opened = partial(open_desk, name=wish.name, passphrase=wish.passphrase, progress=progress)
        with system.explained(wish.folder.parent):
            wish.folder.parent.mkdir(parents=True, exist_ok=True)
        restoring.restore(wish.file, wish.folder, opened, live, then, progress)
        return wish.folder


class VaultApproval:
    """A declared restore that the officer who opened it may approve."""

    def __init__(self, waits: Waits) -> None:
        self._desk = waits.desk
        self.by, self.day = waits.by, waits.day
        self.living = waits.living

    def numbers(self, paper: Path) -> Sequence[str]:
        """Return the numbers of people and destructions that a paper names."""
        from privdesk.flows import laterpapers

        return laterpapers.numbers_in(paper)

    def approve(
        self, told: str, certificate: str, custody: Path | None, progress: Progress, *, lost: bool
    ) -> int:
        """Destroy again whom ``told`` names, and approve; return how many were."""
        from privdesk.flows import declaring, laterpapers

        refs = laterpapers.people_on(self._desk, told)
        return declaring.approve(
            self._desk, refs, certificate, custody, lost=lost, progress=progress
        )


def show_restore(session: Session) -> RestorePage:
    """Show the page that makes a vault of a backup."""
    from privdesk.ui.restoring.page import RestorePage
    from privdesk.ui.widgets import FlashLine

    page = RestorePage(BackupRestorer(), session.tasks, session.theme)

    def restored(folder: Path, way: str) -> None:
        shown = session.show_unlock(folder)
        told = _(WAITS) if way == DECLARED else _(DONE)
        FlashLine(shown).tell(told, "soon" if way == DECLARED else "kept")

    page.restored.connect(restored)
    page.cancelled.connect(session.show_start)
    session.window.show_page(page)
    return page


def show_approval(session: Session, waits: Waits) -> ApprovalPage:
    """Show what waits for the second officer; the idle lock counts here too."""
    from privdesk.ui.lockclock import LockClock
    from privdesk.ui.restoring.approval import ApprovalPage

    desk = waits.desk
    session.desk, session.folder = desk, desk.vault.folder
    page = ApprovalPage(VaultApproval(waits), session.tasks, session.theme)

    def approved(count: int) -> None:
        session.show_desk(desk)
        told = ngettext(
            "The restore is approved; {n} person was destroyed again.",
            "The restore is approved; {n} people were destroyed again.",
            count,
        )
        shell: Any = session.window.page
        shell.tell(told if count else _("The restore is approved."))

    def back() -> None:
        session.desk = None
        folder = desk.vault.folder
        session.tasks.run(
            session.window, desk.vault.close, done=lambda _none: session.show_unlock(folder)
        )

    page.approved.connect(approved)
    page.cancelled.connect(back)
    session.window.show_page(page, desk.vault.header.company)
    clock = LockClock(session.store.load().idle_minutes, parent=page)
    clock.expired.connect(session.lock)
    clock.watch(session.window.windowHandle())
    clock.start()
    return page


def _dropped_since(label: Label, known: Dropped | None) -> bool:
    """Whether keys were dropped after a backup of the same epoch; opening it tells for sure."""
    if known is None or known.epoch != label.epoch:
        return False
    return datetime.fromisoformat(known.at) > label.made


def _free(office: str) -> Path:
    """Return a folder for the vault that does not exist yet; a backup’s own drive is no place."""
    from privdesk.window.setup import home_of

    first = home_of(office)
    names = (first.with_name(f"{first.stem} ({n}).privdesk") for n in itertools.count(2))
    return next(path for path in itertools.chain((first,), names) if not path.exists())


def _people(head: dict[str, Any]) -> list[Person]:
    """Return who may open a vault, as its head says."""
    try:
        return [
            Person(str(person["name"]), ROLE_NAMES[person["role"]])
            for person in head["people"]
            if person["active"] and person["role"] in ROLE_NAMES
        ]
    except (KeyError, TypeError):
        return []
