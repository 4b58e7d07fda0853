"""Look, language, size, icons and small widgets."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QFileInfo, Qt
from PySide6.QtGui import QAction, QColor, QFontInfo, QFontMetrics, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QFileDialog,
    QFileIconProvider,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from privdesk.core.errors import DomainError
from privdesk.core.i18n import _
from privdesk.core.resources import resource
from privdesk.ui import fonts, icons
from privdesk.ui.stylesheet import stylesheet
from privdesk.ui.theme import Theme, on_language, on_look, shades
from privdesk.ui.tokens import DARK, LIGHT, LOOKS
from privdesk.ui.widgets import (
    Chip,
    ElidedLabel,
    FlashLine,
    IconLabel,
    LabelledField,
    PassphraseLine,
    PlainLabel,
    column,
    primary_button,
)

ICONS = sorted(path.stem for path in resource("icons").glob("*.svg"))


class NoRoomError(DomainError):
    """The disk is full. Nothing was changed; free some space and try again."""


def colours(image: QImage) -> set[str]:
    return {
        QColor(image.pixel(x, y)).name()
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    }


def test_dark_and_light_switch_while_widgets_are_shown(qtbot: QtBot, theme: Theme) -> None:
    seen: list[str] = []
    page = QWidget()
    page.setProperty("plane", "ground")
    qtbot.addWidget(page)
    on_look(page, lambda: seen.append(shades().name))
    page.show()

    theme.wear("dark")

    assert shades() is DARK
    assert seen[0] == "light"
    assert seen[-1] == "dark"
    theme.wear("light")
    assert shades() is LIGHT


def test_the_language_switches_while_widgets_are_shown(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    button = QPushButton()
    column(window, button)
    qtbot.addWidget(window)
    on_language(button, lambda: button.setText(_("Passphrase")))
    window.show()
    assert button.text() == "Passphrase"

    theme.speak("ko")

    qtbot.waitUntil(lambda: button.text() == "비밀번호")


def test_the_bundled_face_is_used_and_has_hangul(theme: Theme) -> None:
    face = fonts.font()
    assert QFontInfo(face).family() == fonts.FAMILY
    metrics = QFontMetrics(face)
    assert all(metrics.inFontUcs4(ord(letter)) for letter in "가힣ㄱㅎ○·…→“”①")


def test_tabular_figures_have_one_width(theme: Theme) -> None:
    metrics = QFontMetrics(fonts.font(32, tabular=True))
    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_can_be_drawn_in_any_colour(theme: Theme, name: str) -> None:
    drawn = icons.pixmap(name, "#B3261E", 40, 1.0).toImage()
    inked = [
        drawn.pixelColor(x, y)
        for x in range(40)
        for y in range(40)
        if drawn.pixelColor(x, y).alpha() > 250
    ]
    assert inked
    assert all(abs(colour.red() - 0xB3) < 8 for colour in inked)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_the_stylesheet_has_no_hole_and_its_pictures_exist(look: object) -> None:
    sheet = stylesheet(look)  # type: ignore[arg-type]
    assert "$" not in sheet
    for part in sheet.split('url("')[1:]:
        assert Path(part.split('"')[0]).is_file()


def test_a_name_with_markup_is_shown_as_it_is(qtbot: QtBot, theme: Theme) -> None:
    label = PlainLabel("<b>김</b><img src='x'>")
    qtbot.addWidget(label)
    plain = PlainLabel("김")
    qtbot.addWidget(plain)
    assert label.sizeHint().width() > 3 * plain.sizeHint().width()


def test_a_label_without_room_ends_in_an_ellipsis_and_tells_the_rest(
    qtbot: QtBot, theme: Theme
) -> None:
    label = ElidedLabel("예시상사 개인정보보호팀 담당자 이름이 아주 긴 사람")
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.grab()
    assert label.toolTip() == label.text()
    label.resize(600, 20)
    label.grab()
    assert label.toolTip() == ""


def test_a_state_is_word_icon_and_colour(qtbot: QtBot, theme: Theme) -> None:
    chip = Chip("기한 경과", "overdue")
    qtbot.addWidget(chip)
    chip.resize(chip.sizeHint())
    shown = colours(chip.grab().toImage())
    assert chip.accessibleName() == "기한 경과"
    assert LIGHT.tones["overdue"].tint.lower() in shown


def test_a_chip_follows_the_look(qtbot: QtBot, theme: Theme) -> None:
    chip = Chip("준수", "kept")
    qtbot.addWidget(chip)
    theme.wear("dark")
    assert DARK.tones["kept"].tint.lower() in colours(chip.grab().toImage())


def test_an_icon_follows_the_look(qtbot: QtBot, theme: Theme) -> None:
    icon = IconLabel("lock", "text", 40)
    qtbot.addWidget(icon)
    icon.show()
    theme.wear("dark")
    assert DARK.text.lower() in colours(icon.pixmap().toImage())


def test_a_flash_goes_by_itself_and_a_refusal_stays(qtbot: QtBot, theme: Theme) -> None:
    page = QWidget()
    page.resize(600, 300)
    qtbot.addWidget(page)
    flash = FlashLine(page)
    page.show()

    flash.refuse(NoRoomError())
    assert flash.text().startswith("The disk is full.")
    assert page.rect().contains(flash.geometry())

    flash.close_button.click()
    assert flash.text() == ""
    flash.tell("3건을 저장했습니다.")
    assert flash.text() == "3건을 저장했습니다."


def test_an_error_stands_beneath_its_field_and_goes_again(qtbot: QtBot, theme: Theme) -> None:
    field = LabelledField(PassphraseLine(), required=True)
    qtbot.addWidget(field)
    field.tell("Passphrase", "15 or more")
    field.show()

    field.complain("Too short.")
    assert field.error.isVisible()
    assert not field.hint.isVisible()

    field.complain("")
    assert field.hint.isVisible()
    assert field.control.accessibleName() == "Passphrase"


def test_caps_lock_is_noticed_by_what_was_typed(qtbot: QtBot, theme: Theme) -> None:
    line = PassphraseLine()
    qtbot.addWidget(line)
    line.show()
    with qtbot.waitSignal(line.caps) as on:
        QTest.keyClicks(line, "A")  # no Shift was held
    assert on.args == [True]
    with qtbot.waitSignal(line.caps) as off:
        QTest.keyClicks(line, "a")
    assert off.args == [False]


def test_a_passphrase_can_be_shown_and_is_composed(qtbot: QtBot, theme: Theme) -> None:
    line = PassphraseLine()
    qtbot.addWidget(line)
    line.setText("\u1100\u1161")  # decomposed
    line.toggle()
    assert line.shown
    assert line.value() == "가"


def test_a_button_runs_what_it_was_given(qtbot: QtBot, theme: Theme) -> None:
    done: list[str] = []
    button = primary_button("Save", lambda: done.append("saved"), icon="check")
    qtbot.addWidget(button)
    button.click()
    assert done == ["saved"]
    assert not button.icon().isNull()


SCALED = """
from privdesk.ui.theme import application, prepare, Theme
prepare({scale})
app = application("privdesk")
style = app.style().name()
Theme(app, "light", "ko")
from privdesk.ui.widgets import Chip
chip = Chip("준수", "kept"); chip.resize(chip.sizeHint())
print(style, chip.grab().toImage().height())
"""


@pytest.mark.parametrize(("scale", "height"), [(100, 22), (150, 33), (200, 44), (400, 44)])
def test_everything_grows_with_the_scale(scale: int, height: int) -> None:
    shown = subprocess.run(
        [sys.executable, "-c", SCALED.format(scale=scale)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.split() == ["fusion", str(height)]


def _words_of(*roots: QWidget) -> set[str]:
    """Return what labels, buttons, heads and menus say, their numbers and keys left out."""
    said: set[str] = set()
    for root in roots:
        said |= {one.text() for one in root.findChildren(QLabel)}
        said |= {one.text() or one.toolTip() for one in root.findChildren(QAbstractButton)}
        said |= {one.text().partition("\t")[0] for one in root.findChildren(QAction)}
        for view in root.findChildren(QTreeView):
            heads = view.model()
            across = Qt.Orientation.Horizontal
            said |= {str(heads.headerData(n, across)) for n in range(heads.columnCount())}
    return {text for text in said if re.search("[A-Za-z가-힣]", text)}


@pytest.fixture
def qt_owned(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Callable[[], set[str]]:
    """Return what says the words of Qt's own dialogs and menus, made anew."""

    def ask() -> set[str]:
        (tmp_path / "papers").mkdir(exist_ok=True)
        files = QFileDialog(None, "", str(tmp_path))
        files.setOption(QFileDialog.Option.DontUseNativeDialog)
        box, line = QMessageBox(), QLineEdit("words")
        each = QMessageBox.StandardButton
        box.setStandardButtons(each.Save | each.Discard | each.Cancel | each.Yes | each.No)
        for widget in (files, box, line):
            qtbot.addWidget(widget)
        menu = line.createStandardContextMenu()
        qtbot.addWidget(menu)
        files.show()
        kind = QFileIconProvider().type(QFileInfo(str(tmp_path)))
        return {kind} | _words_of(files, box, menu) - {str(tmp_path), tmp_path.name}

    return ask


def test_dialogs_of_qt_speak_korean_and_english_again(
    qt_owned: Callable[[], set[str]], theme: Theme
) -> None:
    theme.speak("ko")
    korean = qt_owned()
    assert {"위치(&L):", "상위 폴더", "저장 안 함", "취소", "폴더"} <= korean
    letters = re.compile(r"\(&?[A-Z]\)")
    assert not {text for text in korean if re.search("[A-Za-z]{2,}", letters.sub("", text))}

    theme.speak("en")
    english = qt_owned()
    assert {"&Look in:", "Parent Directory", "&Paste", "Folder"} <= english
    assert not {text for text in english if re.search("[가-힣]", text)}
