"""Copies of one finished office, quicker than a new one: real files in the test's own account."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from privdesk.core import system
from privdesk.core.clock import Clock, FixedClock
from privdesk.flows import people
from privdesk.flows.opening import open_desk
from privdesk.registers.desk import Desk
from privdesk.vault import opening
from privdesk.vault.crypto import FLOOR
from privdesk.vault.epoch import EpochStore
from tests.desks import ALICE, BORA, NOON, PASSPHRASE, SECOND, make_desk

MANAGER, AUDITOR, ADMINISTRATOR = "Mina Manager", "Otto Auditor", "Ada Administrator"
THIRD = "copper meadow whistle 63"
PASSPHRASES = {ALICE: PASSPHRASE, BORA: SECOND}
PASSPHRASES |= dict.fromkeys((MANAGER, AUDITOR, ADMINISTRATOR), THIRD)
VAULT = "office.privdesk"
TEMP_ROOT = "PYTEST_DEBUG_TEMPROOT"  # pytest's own name; tests/conftest.py sets it


def copy_of(make: Callable[[Path], Desk], folder: Path) -> Path:
    """Put what ``make`` makes into ``folder``, closed, and its epoch secret into the account.

    ``make`` makes an office in a folder and returns its open desk; each process calls it once, at
    the first copy. Recovery kit and custody copy lie in ``folder/out``. Return the vault's folder.
    """
    pattern = _pattern(make)
    shutil.copytree(pattern / "office", folder, dirs_exist_ok=True)
    shutil.copytree(pattern / "epochs", system.account_folder(), dirs_exist_ok=True)
    return folder / VAULT


def copy_office(folder: Path) -> Path:
    """Put a closed office with five people into ``folder``."""
    return copy_of(_of_five, folder)


def open_copy(folder: Path, officers: int = 2) -> Desk:
    """Put an office with nobody but one or two officers into ``folder``; open it as the first."""
    return open_as(copy_of({1: _of_one, 2: make_desk}[officers], folder))


def open_as(vault: Path, name: str = ALICE, clock: Clock | None = None) -> Desk:
    """Open an office's desk as one of its people."""
    return open_desk(vault, name, PASSPHRASES[name], clock or FixedClock(NOON))


def switch_to(desk: Desk, name: str) -> Desk:
    """Close a desk and open it again as somebody else."""
    desk.vault.close()
    return open_as(desk.vault.folder, name, desk.clock)


def keep_account(target: Path) -> None:
    """Copy the account's data directory, as somebody would who copies everything."""
    shutil.copytree(system.account_folder(), target)


def second_account(vault: Path, target: Path, name: str = ALICE) -> None:
    """Bring the present secret into another account that opens the vault once; go back then."""
    first, head = system.account_folder(), opening.look(vault)
    secret = EpochStore(head.vault).current()
    assert secret is not None
    be_account(target)
    EpochStore(head.vault).write_current(secret)
    open_as(vault, name).vault.close()
    be_account(first)


def be_account(folder: Path) -> None:
    """Work with the data directory of another account from here on."""
    os.environ[system.EPOCH_DIR] = str(folder)


def _of_one(folder: Path) -> Desk:
    return make_desk(folder, officers=1)


def _of_five(folder: Path) -> Desk:
    desk = make_desk(folder)
    people.add(desk, MANAGER, "manager", THIRD, FLOOR)
    people.add(desk, AUDITOR, "auditor", THIRD, FLOOR)
    people.add(desk, ADMINISTRATOR, "administrator", THIRD, FLOOR)
    return desk


@cache
def _pattern(make: Callable[[Path], Desk]) -> Path:
    root = Path(tempfile.mkdtemp(prefix="privdesk-tests-", dir=os.environ.get(TEMP_ROOT)))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    (root / "office").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(system.EPOCH_DIR, str(root / "epochs"))
        make(root / "office").vault.close()
    return root
