"""Folders that no disk has to be waited for: a kill -9 loses nothing that the kernel has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.copies import copy_office, quick_folder


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """Return a folder in memory where there is such a place."""
    with quick_folder() as folder:
        yield folder


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """Return the folder of a closed vault with five people."""
    return copy_office(tmp_path)
