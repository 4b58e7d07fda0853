"""The help is complete, alike in both languages, and its links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from privdesk.core.resources import resource
from privdesk.ui.help import KEYS, TOPICS, HelpWindow, read, topics
from privdesk.ui.theme import Theme

languages = pytest.mark.parametrize("language", ["ko", "en"])


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> HelpWindow:
    made = HelpWindow()
    qtbot.addWidget(made)
    made.show()
    return made


def titles(listed: QListWidget) -> list[str]:
    return [listed.item(row).text() for row in range(listed.count())]


@languages
def test_every_topic_has_a_title_and_a_text(language: str) -> None:
    for topic in topics(language):
        assert topic.title
        assert len(topic.text) > 200


@languages
def test_no_page_lies_about_without_being_listed(language: str) -> None:
    found = {path.stem for path in resource("help", language).glob("*.md")}
    assert found == set(TOPICS)


@languages
def test_every_link_leads_to_a_page(language: str) -> None:
    for topic in topics(language):
        for target in re.findall(r"\]\(([^)]+)\)", topic.text):
            assert target.removesuffix(".md") in (*TOPICS, KEYS), topic.name


@pytest.mark.parametrize("name", TOPICS)
def test_both_languages_say_the_same_number_of_things(name: str) -> None:
    def shape(language: str) -> list[int]:
        text = read(name, language).text
        return [len(re.findall(p, text, re.MULTILINE)) for p in (r"^#", r"^- ", r"^\d\.", r"\]\(")]

    assert shape("ko") == shape("en")


def test_a_link_is_followed(window: HelpWindow) -> None:
    window.show_topic("start")
    from PySide6.QtCore import QUrl

    window.text.anchorClicked.emit(QUrl("first-day.md"))
    assert window.topic == "first-day"
    window.text.anchorClicked.emit(QUrl("keys.md"))
    assert window.pages.currentWidget() is window.keys


def test_searching_narrows_the_list(window: HelpWindow) -> None:
    window.search.line.setText("epoch secret")
    assert "Training" not in titles(window.list)
    assert "Recovery kit and custody copies" in titles(window.list)
    assert window.topic != KEYS


def test_the_help_follows_the_language(qtbot: QtBot, window: HelpWindow, theme: Theme) -> None:
    window.show_topic("destruction")
    theme.speak("ko")
    qtbot.waitUntil(lambda: window.text.toPlainText().startswith("파기"))
    assert window.topic == "destruction"


def test_the_sheet_of_keys_follows_the_language(
    qtbot: QtBot, window: HelpWindow, theme: Theme
) -> None:
    window.show_topic(KEYS)
    theme.speak("ko")
    qtbot.waitUntil(lambda: window.keys._title.text() == "단축키")


def test_an_unknown_topic_opens_the_first(window: HelpWindow) -> None:
    window.show_topic("nowhere")
    assert window.topic == TOPICS[0]


def test_a_picture_of_every_page_can_be_taken(window: HelpWindow, tmp_path: Path) -> None:
    for name in (*TOPICS, KEYS):
        window.show_topic(name)
        assert window.grab().save(str(tmp_path / f"{name}.png"))
