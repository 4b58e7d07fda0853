"""The command line never loads Qt, and nothing slow before it is needed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from privdesk.flows import sample

ROOT = Path(__file__).resolve().parents[2]

# Runs the program with a module blocked, then prints which of the watched ones are loaded.
RUN = """
import sys
blocked, watched = sys.argv[1].split(","), sys.argv[2].split(",")
sys.modules.update(dict.fromkeys(filter(None, blocked)))
sys.argv[1:] = sys.argv[3:]
sys.argv[0] = "privdesk"
from privdesk.app import main
try:
    code = main()
except SystemExit as stop:
    code = stop.code
loaded = [name for name in watched if sys.modules.get(name)]
print("loaded:", *loaded, file=sys.stderr)
sys.exit(code)
"""


def run(
    *arguments: str | Path, watched: str = "PySide6", blocked: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run the program as from a terminal; the last line of stderr names what got loaded."""
    return subprocess.run(
        [sys.executable, "-c", RUN, blocked, watched, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


@pytest.mark.parametrize("arguments", [["--help"], ["list", "--help"], ["verify", "--help"]])
def test_help_loads_neither_qt_nor_what_draws_papers(arguments: list[str]) -> None:
    result = run(*arguments, watched="PySide6,shiboken6,reportlab,pyhanko,openpyxl,pikepdf")

    assert result.returncode == 0, result.stderr
    assert "privdesk" in result.stdout
    assert result.stderr.splitlines()[-1] == "loaded:"


DESK = ("privdesk.flows.opening", "privdesk.window.desk")
FIGURES = ("privdesk.ui.dashboard.page", "privdesk.window.counting", "privdesk.flows.figuring")


@pytest.mark.parametrize("modules", [DESK, (*DESK, *FIGURES)])
def test_opening_the_desk_loads_nothing_that_draws_or_reads_papers(modules: tuple[str]) -> None:
    """A million people and the desk have to fit into 300 MiB; these take 100 of them.

    The page of figures, with which a manager's desk opens, is loaded only there.
    """
    load = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", load], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())

    heavy = {"reportlab", "pyhanko", "pikepdf", "openpyxl", "phonenumbers"}
    assert heavy & loaded == set()
    assert loaded & set(FIGURES) == set(modules) & set(FIGURES)


def test_a_vault_is_made_and_read_where_qt_cannot_be_loaded(tmp_path: Path) -> None:
    vault, passphrase = tmp_path / "office.privdesk", tmp_path / "passphrase"
    size = ("--subjects", "40", "--seed", "5")

    made = run("--json", "demo", vault, *size, blocked="PySide6,shiboken6")
    assert made.returncode == 0, made.stderr
    people = json.loads(made.stdout)["people"]
    assert [person["role"] for person in people] == [who.role for who in sample.people(5)]
    officer = next(person for person in people if person["role"] == "officer")
    passphrase.write_text(officer["passphrase"], encoding="utf-8")
    who = ["--officer", officer["name"], "--passphrase-file", passphrase]
    listed = run("--json", *who, "list", vault, "destructions", blocked="PySide6,shiboken6")

    assert listed.returncode == 0, listed.stderr
    found = json.loads(listed.stdout)
    assert len(found) == 8
    assert found[0]["ref"]
