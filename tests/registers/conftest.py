"""A real vault for each test of the registers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from privdesk.registers.desk import Desk
from tests.copies import open_copy


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return the open desk of an invented office with two officers."""
    made = open_copy(tmp_path)
    yield made
    made.vault.close()
