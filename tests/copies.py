"""Copies of one finished office, quicker than a new one: real files in the test's own account."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from privdesk.core import system
from privdesk.core.clock import Clock, FixedClock
from privdesk.flows import people
from privdesk.flows.opening import open_desk, ready
from privdesk.registers.desk import Desk
from privdesk.vault import opening
from privdesk.vault.crypto import FLOOR, KeyPair
from privdesk.vault.header import open_roles
from privdesk.vault.session import Unlocked
from tests.desks import ALICE, BORA, NOON, PASSPHRASE, SECOND, make_desk

MANAGER, AUDITOR, ADMINISTRATOR = "Mina Manager", "Otto Auditor", "Ada Administrator"
THIRD = "copper meadow whistle 63"
PASSPHRASES = {ALICE: PASSPHRASE, BORA: SECOND}
PASSPHRASES |= dict.fromkeys((MANAGER, AUDITOR, ADMINISTRATOR), THIRD)
VAULT = "office.privdesk"
KEYS: dict[bytes, KeyPair] = {}


@contextmanager
def quick_folder() -> Iterator[Path]:
    """Give a folder in memory where there is such a place: waiting for a disk proves nothing."""
    memory = Path("/dev/shm")
    at = memory if os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="privdesk-", dir=at) as folder:
        yield Path(folder)


def copy_office(folder: Path) -> Path:
    """Put a closed office with five people into ``folder`` and its epoch secret into the account.

    Its recovery kit and custody copy lie in ``folder/out``. Return the vault's folder.
    """
    template = _template()
    shutil.copytree(template / "office", folder, dirs_exist_ok=True)
    shutil.copytree(template / "epochs", system.account_folder(), dirs_exist_ok=True)
    return folder / VAULT


def open_as(vault: Path, name: str = ALICE, clock: Clock | None = None) -> Desk:
    """Open an office's desk as one of its people.

    The stretching of a passphrase is done once for each slot; all else is real.
    """
    clock = clock or FixedClock(NOON)
    head = opening.look(vault)
    person = head.person(name)
    keys = KEYS.get(person.slot.box) if person is not None else None
    if person is not None and keys is not None:
        unlocked = Unlocked(person, keys, open_roles(head, person, keys))
        return ready(opening.open_unlocked(vault, head, unlocked), clock)
    desk = open_desk(vault, name, PASSPHRASES[name], clock)
    KEYS[desk.vault.person.slot.box] = desk.vault.unlocked.keys
    return desk


def switch_to(desk: Desk, name: str) -> Desk:
    """Close a desk and open it again as somebody else."""
    desk.vault.close()
    return open_as(desk.vault.folder, name, desk.clock)


def keep_account(target: Path) -> None:
    """Copy the account's data directory, as somebody would who copies everything."""
    shutil.copytree(system.account_folder(), target)


def be_account(folder: Path) -> None:
    """Work with the data directory of another account from here on."""
    os.environ[system.EPOCH_DIR] = str(folder)


@cache
def _template() -> Path:
    root = Path(tempfile.mkdtemp(prefix="privdesk-tests-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    before = os.environ.get(system.EPOCH_DIR)
    be_account(root / "epochs")
    (root / "office").mkdir()
    try:
        desk = make_desk(root / "office")
        people.add(desk, MANAGER, "manager", THIRD, FLOOR)
        people.add(desk, AUDITOR, "auditor", THIRD, FLOOR)
        people.add(desk, ADMINISTRATOR, "administrator", THIRD, FLOOR)
        desk.vault.close()
    finally:
        if before is not None:
            be_account(Path(before))
    return root
