"""The thin line as a script of the office runs it: each command a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.cli.office import PEOPLE

MAIN = Path(__file__).resolve().parents[2] / "main.py"


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a folder of the office."""
    return subprocess.run(
        [sys.executable, str(MAIN), *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )


def test_from_new_over_import_to_search(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("violet harbour lantern 27\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("quiet orchard marble 48\n", encoding="utf-8")
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="cp949")
    who = ("--officer", "Alice Example", "--passphrase-file", "a.txt")

    made = run(
        *(tmp_path, *who, "new", "v.privdesk", "--company", "Haneul Parcel"),
        *("--kit", "kit.pdf", "--custody", "custody.key"),
    )
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "kit.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "custody.key").stat().st_mode & 0o077 == 0
    add = ("officers", "add", "v.privdesk", "Bora Muster", "--new-passphrase-file", "b.txt")
    assert run(tmp_path, *who, *add).returncode == 0
    taken = run(
        *(tmp_path, "import", "v.privdesk", "subjects", "people.csv", "--create-purposes"),
        *("--json", *who),
    )
    assert taken.returncode == 0, taken.stderr
    assert json.loads(taken.stdout)["new"] == 3
    found = run(tmp_path, *who, "--json", "search", "v.privdesk", "ㅎㄱㄷ")
    assert [each["name"] for each in json.loads(found.stdout)] == ["홍*동"]


def test_refusals_and_misuse_end_with_their_codes(tmp_path: Path) -> None:
    refused = run(tmp_path, "list", "none.privdesk", "items")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert len(refused.stderr.splitlines()) == 1
    misused = run(tmp_path, "destroy", "now")
    assert misused.returncode == 2
    assert "Traceback" not in misused.stderr
