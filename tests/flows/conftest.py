"""An office of five people, and one that holds the data of people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from privdesk.registers.desk import Desk
from tests.copies import copy_of, copy_office, open_as
from tests.flows.folk import fill


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """Return the folder of a closed vault with five people."""
    return copy_office(tmp_path)


def _with_people(folder: Path) -> Desk:
    desk = open_as(copy_office(folder))
    fill(desk)
    return desk


@pytest.fixture
def filled(vault: Path) -> Iterator[Desk]:
    """Return the first officer's desk over the same office with people."""
    desk = open_as(copy_of(_with_people, vault.parent))
    yield desk
    desk.vault.close()


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """Return where the new custody copy goes."""
    (tmp_path / "safe").mkdir()
    return tmp_path / "safe" / "custody.key"
