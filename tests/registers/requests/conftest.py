"""A copy of a finished office in memory for each test: waiting for a disk proves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from privdesk.registers.desk import Desk
from tests.copies import copy_office, open_as, quick_folder


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """Return a folder in memory where there is such a place."""
    with quick_folder() as folder:
        yield folder


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return the first officer's desk."""
    made = open_as(copy_office(tmp_path))
    yield made
    made.vault.close()
