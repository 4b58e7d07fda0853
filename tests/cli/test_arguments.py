"""Where options may stand, what opens the desk, and exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from privdesk import cli
from privdesk.commands.language import screen_language
from privdesk.core import i18n
from tests.cli.office import Office


def test_options_of_every_command_may_stand_anywhere() -> None:
    told = ["list", "V", "places", "--json", "--officer", "Ann", "--reason=why", "--limit", "3"]

    assert cli.gathered(told) == [
        *("--json", "--officer", "Ann", "--reason=why"),
        *("list", "V", "places", "--limit", "3"),
    ]


def test_the_language_of_a_paper_is_not_that_of_the_screen() -> None:
    assert cli.gathered(["--lang", "ko", "print", "V", "d1", "--lang", "en"]) == [
        *("--lang", "ko", "print", "V", "d1", "--lang", "en"),
    ]
    assert cli.gathered(["list", "V", "items", "--lang", "ko"])[:2] == ["--lang", "ko"]


def test_behind_two_dashes_everything_is_meant_as_it_stands() -> None:
    assert cli.gathered(["search", "V", "--", "--json"]) == ["search", "V", "--", "--json"]


@pytest.mark.parametrize(
    ("locale", "language"),
    [("ko_KR.UTF-8", "ko"), ("en_GB.UTF-8", "en"), ("C", "en"), ("de_DE.UTF-8", "en"), ("", "en")],
)
def test_the_locale_chooses_the_language(locale: str, language: str) -> None:
    assert screen_language({"LANG": locale}) == language


def test_one_path_opens_the_desk_and_a_misspelt_command_does_not(tmp_path: Path) -> None:
    assert cli.folder_of(["my.privdesk"]) == Path("my.privdesk")
    assert cli.folder_of([str(tmp_path)]) == tmp_path
    assert cli.folder_of(["lst"]) is None
    assert cli.folder_of(["list"]) is None
    assert cli.folder_of(["--help"]) is None
    assert cli.folder_of(["list", "my.privdesk"]) is None


@pytest.mark.parametrize(
    "arguments",
    [
        ["lst"],
        ["list"],
        ["list", "V", "items", "--where", "no pair"],
        ["list", "V", "items", "--limit", "many"],
        ["set", "V", "items"],
        ["set", "V", "items", "name=a", "name=b"],
        ["set", "V", "items", "I-1", "I-2", "name=a"],
        ["new", "V"],
        ["--lang", "fr", "list", "V", "items"],
        ["destroy", "sideways"],
    ],
)
def test_what_is_not_understood_ends_with_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_every_command_of_the_contract_exists(capsys: pytest.CaptureFixture[str]) -> None:
    plain = "new demo import export list show set search due act roll print backup restore"
    for name in [*plain.split(), "restore-approve", "verify"]:
        assert cli.main([name, "--help"]) == 0, name
    groups = {
        "officers": "list add change remove",
        "destroy": "request approve execute place status",
        "custody": "issue confirm receive lost status",
    }
    for group, names in groups.items():
        for name in names.split():
            assert cli.main([group, name, "--help"]) == 0, (group, name)
    capsys.readouterr()


def test_help_is_spoken_in_korean_too(office: Office) -> None:
    answer = office.bare("--lang", "ko", "list", "--help")

    assert answer.code == 0
    assert i18n.words("ko")("List the records of a register.") in answer.out
    assert "List the records" not in answer.out
