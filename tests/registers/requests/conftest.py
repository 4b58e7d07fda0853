"""A copy of a finished office for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from privdesk.registers.desk import Desk
from tests.copies import copy_office, open_as


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return the first officer's desk."""
    made = open_as(copy_office(tmp_path))
    yield made
    made.vault.close()
