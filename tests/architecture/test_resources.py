"""What ships with the program is found, from the source and in an installed copy."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from privdesk.core.i18n import Words
from privdesk.core.resources import RESOURCES, resource

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ("privdesk", "resources", "pyproject.toml", "setup.py", "LICENSE", "README.md")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """Build the package from a copy of the source and return the names of its files."""
    folder = tmp_path_factory.mktemp("package")
    source = folder / "source"
    source.mkdir()
    for name in SOURCE:
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, source / name)
    build = [sys.executable, "-m", "pip", "-qq", "wheel", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "--wheel-dir", str(folder), str(source)], check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return frozenset(archive.namelist())


def test_every_kind_of_resource_is_found() -> None:
    for name in ("fonts", "icons", "translations"):
        assert any(resource(name).iterdir()), name


def test_the_korean_words_are_loaded() -> None:
    assert Words("ko")("The request was refused.") != "The request was refused."


def test_an_installed_copy_carries_every_resource(installed: frozenset[str]) -> None:
    paths = [path.relative_to(RESOURCES) for path in RESOURCES.rglob("*") if path.is_file()]

    assert paths
    assert [p for p in paths if f"privdesk/_resources/{p.as_posix()}" not in installed] == []


def test_an_installed_copy_carries_everything_of_the_package(installed: frozenset[str]) -> None:
    files = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "privdesk").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    ]

    assert [name for name in files if name not in installed] == []
