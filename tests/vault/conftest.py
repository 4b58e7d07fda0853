"""A closed office for each test of the vault."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from privdesk.registers.desk import Desk
from tests.copies import copy_office, open_as


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """Return the folder of a closed vault with five people."""
    return copy_office(tmp_path)


@pytest.fixture
def desk(vault: Path) -> Iterator[Desk]:
    """Return its open desk."""
    opened = open_as(vault)
    yield opened
    opened.vault.close()
