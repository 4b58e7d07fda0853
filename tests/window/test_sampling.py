"""The sample office from the start page: made, opened with what stands beside, removed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from privdesk.core import i18n
from privdesk.flows import sample
from privdesk.ui.longbar import LongBar
from privdesk.ui.preferences import PreferencesFile
from privdesk.ui.start import StartPage
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import Theme
from privdesk.ui.unlock import UnlockPage
from privdesk.window import opener, sampling
from privdesk.window.run import Session
from privdesk.window.sampling import SampleCard

LONG = 120_000


@pytest.fixture
def session(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    """A window with the start page; nothing is locked in it."""
    i18n.use("en")
    tasks = Tasks()
    store = PreferencesFile(tmp_path / "desk.json")
    made = Session(Theme(qapp, "light", "en"), store, tasks, lambda _folder: None)
    qtbot.addWidget(made.window)
    made.begin(None)
    made.window.show()
    yield made
    made.window.close()


def _ask(session: Session) -> None:
    page = session.window.page
    assert isinstance(page, StartPage)
    page.sample.click()


def _unlock_page(session: Session) -> UnlockPage | None:
    page = session.window.page
    return page if isinstance(page, UnlockPage) else None


def test_it_is_made_once_opened_and_removed(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sampling, "SUBJECTS", 40)
    _ask(session)
    qtbot.waitUntil(lambda: _unlock_page(session) is not None, timeout=LONG)
    page = _unlock_page(session)
    assert page is not None
    assert sample.is_sample(opener.sample_folder())
    qtbot.waitUntil(lambda: page.who.count() >= 6)
    (card,) = page.findChildren(SampleCard)
    card.pick[3].click()
    assert page.who.currentData() == card.people[3].name
    assert page.line.value() == card.people[3].passphrase
    card.remove.click()
    qtbot.waitUntil(lambda: isinstance(session.window.page, StartPage), timeout=LONG)
    assert not opener.sample_folder().exists()


def test_cancelled_the_start_page_comes_back(qtbot: QtBot, session: Session) -> None:
    _ask(session)
    page = session.window.page
    assert isinstance(page, StartPage)
    (bar,) = page.findChildren(LongBar)
    assert not page.card.isEnabled()
    bar.lines[0].cancel.click()
    qtbot.waitUntil(page.card.isEnabled, timeout=LONG)
    assert not opener.sample_folder().exists()


def test_the_card_speaks_korean(qtbot: QtBot, session: Session) -> None:
    card = SampleCard(sample.people())
    qtbot.addWidget(card)
    assert card.remove.text() == "Remove the sample office"
    session.theme.speak("ko")
    assert card.remove.text() == "예시 회사 삭제"
    assert card.roles[3].text() != "Manager"
    session.theme.speak("en")
