"""Where options may stand, what opens the desk, and exit code 2."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

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


def _commands(command: Any, ctx: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for name in getattr(command, "commands", {}):
        yield from _commands(command.commands[name], ctx, (*path, name))


COMMANDS = [*_commands(get_command(cli.application()), None)]


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_word_of_help_is_korean_where_the_screen_is(
    path: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--lang", "ko", *path, "--help"]) == 0
    korean = capsys.readouterr().out
    assert cli.main(["--lang", "en", *path, "--help"]) == 0
    english = capsys.readouterr().out

    assert korean.startswith("사용법: privdesk")
    for line in english.splitlines():
        told = re.split(r"  +", line.strip())[-1]
        is_text = " " in told and told[0] not in "-[" and not told.startswith("privdesk")
        assert not is_text or told not in korean, told
    for word in ("Usage", "Options", "Commands", "Arguments", "required", "default", "Show"):
        assert word not in korean


@pytest.mark.parametrize(
    ("arguments", "english", "korean"),
    [
        (["prnt"], "no command “prnt”. Was “print” meant?", "“prnt” 명령은 없습니다."),
        (["xyz"], "no command “xyz”.", "“xyz” 명령은 없습니다."),
        (["list", "V"], "REGISTER is missing.", "빠졌습니다: REGISTER"),
        (["list", "V", "items", "--lmit", "3"], "Was --limit meant?", "--lmit 옵션은 없습니다."),
        (["list", "V", "items", "--zz"], "no option --zz.", "--zz 옵션은 없습니다."),
        (["list", "V", "items", "--limit"], "--limit needs a value.", "--limit 옵션에는 값이"),
        (["import", "V", "a", "b", "--dry-run=1"], "takes no value.", "값을 주지 않습니다."),
        (["list", "V", "items", "x"], "“x” is more than", "값이 있습니다: x"),
        (["list", "V", "items", "--limit", "many"], "a whole number.", "정수를"),
        (["list", "V", "items", "--limit", "-1"], "--limit must be 0 or more.", "0 이상을"),
        (["list", "V", "items", "--where", "x"], "is not FIELD=VALUE", "FIELD=VALUE"),
    ],
)
def test_what_is_not_understood_is_said_in_the_language_of_the_screen(
    arguments: list[str], english: str, korean: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--lang", "en", *arguments]) == 2
    told = capsys.readouterr().err
    assert english in told
    assert "Error: " in told
    assert cli.main(["--lang", "ko", *arguments]) == 2
    told = capsys.readouterr().err
    assert korean in told
    assert "오류: " in told
    assert "Invalid" not in told


def test_the_language_counts_wherever_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help", "--lang", "ko"]) == 0
    assert capsys.readouterr().out.startswith("사용법: ")
