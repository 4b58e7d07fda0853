"""``privdesk demo`` through the command line: every register lists, every paper prints.

The names of registers and the codes of papers come from the declarations, so that one added
later is walked as well.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from privdesk import cli
from privdesk.flows import sample
from privdesk.registers import REGISTERS
from tests.invented import copy_invented

pytestmark = pytest.mark.e2e
STAFF_AND_PARTNERS = {
    *("d7", "d7a", "d8", "d11", "d12", "d13", "d14", "d17", "d18", "d19", "d20"),
    *(
        "handlers",
        "staff-gaps",
        "unsigned",
        "roster",
        "leaving",
        "rights-review",
        "rights-reviewed",
    ),
    *("attendance-sheet", "training-plan", "training-status", "training-invitation", "clauses"),
    *("inspection-notice", "audit-report", "audit-plan", "audit-request", "safeguard-list"),
    *("virus-alert", "zone-list", "log-review", "board-report", "template"),
}
CODES = sorted({paper.code for register in REGISTERS for paper in register.documents})


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented office that other tests share too."""
    vault = copy_invented(tmp_path_factory, tmp_path_factory.mktemp("demo"))
    (vault.parent / "officer.txt").write_text(sample.people()[0].passphrase, encoding="utf-8")
    return vault


def call(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *told: str
) -> str:
    """Run a command as the first officer; return what it printed."""
    monkeypatch.setenv("PRIVDESK_EPOCH_DIR", str(office.parent / "epochs"))
    who = ("--officer", sample.people()[0].name)
    capsys.readouterr()
    code = cli.main([*who, "--passphrase-file", str(office.parent / "officer.txt"), *told])
    out, err = capsys.readouterr()
    assert code == 0, err
    return out


def test_the_papers_of_staff_and_partners_are_declared() -> None:
    assert set(CODES) >= STAFF_AND_PARTNERS


@pytest.mark.parametrize("register", [register.name for register in REGISTERS])
def test_every_register_lists_a_record(
    office: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    register: str,
) -> None:
    told = ("list", str(office), register, "--limit", "1", "--json")
    (row,) = json.loads(call(office, monkeypatch, capsys, *told))
    shown = call(office, monkeypatch, capsys, "show", str(office), register, row["ref"], "--json")
    assert json.loads(shown)["ref"] == row["ref"]


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("code", CODES)
def test_every_paper_prints_its_newest_record(
    office: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    code: str,
    language: str,
) -> None:
    out = tmp_path / f"{code}.pdf"
    told = ("--lang", language, "--out", str(out), "--reason", "yearly check")
    call(office, monkeypatch, capsys, "print", str(office), code, *told)
    assert out.read_bytes().startswith(b"%PDF")
