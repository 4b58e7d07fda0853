"""The invented office of ``privdesk demo``: made once for all processes of a run, then copied."""

from __future__ import annotations

import fcntl
import shutil
from pathlib import Path

import pytest

from privdesk.core import i18n, system
from privdesk.core.clock import FixedClock
from privdesk.flows import sample
from privdesk.flows.opening import open_desk
from privdesk.registers.desk import Desk
from tests.copies import VAULT
from tests.desks import NOON

SUBJECTS = 160


def copy_invented(factory: pytest.TempPathFactory, folder: Path) -> Path:
    """Put the office, its papers and backups into ``folder``, its epoch secret into ``epochs``.

    It is made at noon of 23 November 2026 by whichever process needs it first; the others wait.
    Return the vault's folder.
    """
    shutil.copytree(_made(factory), folder, dirs_exist_ok=True)
    return folder / VAULT


def open_invented(vault: Path, person: int = 0) -> Desk:
    """Open the desk of one of its people in the account that goes with it."""
    who = sample.people()[person]
    return open_desk(vault, who.name, who.passphrase, FixedClock(NOON))


def _made(factory: pytest.TempPathFactory) -> Path:
    base = factory.getbasetemp()
    shared = base.parent if base.name.startswith("popen-") else base  # a folder for each worker
    folder, done = shared / "invented", shared / "invented-is-made"
    with (shared / "invented-is-being-made").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            folder.mkdir(exist_ok=True)
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv(system.EPOCH_DIR, str(folder / "epochs"))
                i18n.use("en")
                sample.make(folder / VAULT, SUBJECTS, clock=FixedClock(NOON))
            done.touch()
    return folder
