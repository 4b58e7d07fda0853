"""A closed office; where it lies in memory: a kill -9 loses nothing that the kernel has."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.copies import copy_office


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """Return the folder of a closed vault with five people."""
    return copy_office(tmp_path)
