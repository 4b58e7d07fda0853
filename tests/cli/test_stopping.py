"""Ctrl+C while a backup is being restored: nothing is left, or it is too late and says so."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from privdesk.commands.progress import stopped_by_key
from privdesk.flows import restoring, unpacking
from privdesk.ui.progress import Cancelled, Progress
from tests.cli.office import Office


def pressing(work: Callable[..., Any]) -> Callable[..., Any]:
    """Return work before which somebody presses Ctrl+C."""

    def pressed(*args: Any, **told: Any) -> Any:
        signal.raise_signal(signal.SIGINT)
        return work(*args, **told)

    return pressed


@pytest.fixture
def backup(office: Office) -> Path:
    file = office.folder / "office.pdbackup"
    assert office.run("backup", office.vault, file).code == 0
    return file


def test_ctrl_c_stops_a_restore_and_leaves_nothing(
    office: Office, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(office.folder.iterdir())
    with monkeypatch.context() as patch:
        patch.setattr(restoring, "unpack", pressing(unpacking.unpack))
        told = office.run("restore", backup, office.folder / "again.privdesk")
    assert "Nothing was changed" in told.refused
    assert sorted(office.folder.iterdir()) == before
    assert office.run("restore", backup, office.folder / "again.privdesk").code == 0


def test_ctrl_c_in_the_last_step_comes_too_late(
    office: Office, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", pressing(os.rename))
        told = office.run("restore", backup, office.folder / "again.privdesk")
    assert told.code == 0
    assert "can’t be stopped any more" in told.err
    assert office.run("list", office.folder / "again.privdesk", "items").code == 0


def test_a_second_ctrl_c_ends_at_once_and_afterwards_the_key_is_as_before() -> None:
    before = signal.getsignal(signal.SIGINT)
    progress = Progress()
    with stopped_by_key(progress):
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(Cancelled):
            progress.check()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) == before
