"""An office for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.office import Office, Templates


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    """Make the offices that tests work on copies of."""
    return Templates(tmp_path_factory.mktemp("offices"))


@pytest.fixture
def office(
    tmp_path: Path, account: Path, templates: Templates, capsys: pytest.CaptureFixture[str]
) -> Office:
    """Return an office without people."""
    return Office(tmp_path, templates, capsys)
