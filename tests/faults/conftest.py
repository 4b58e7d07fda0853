"""A closed office; where it lies in memory: a kill -9 loses nothing that the kernel has."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from privdesk.core import system
from tests.copies import copy_office
from tests.faults.disks import Bench


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """Return the folder of a closed vault with five people."""
    return copy_office(tmp_path)


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """Return a disk with a vault on it."""
    monkeypatch.setenv(system.EPOCH_DIR, os.environ[system.EPOCH_DIR])
    return Bench(tmp_path)
