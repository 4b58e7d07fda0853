"""Accounts of this computer: work in a process of its own that belongs to one of them.

Only root can become somebody else. The processes are forked from the test's own, which has loaded
all there is to load: an account need not be able to read where Python lies.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.context import ForkProcess
from pathlib import Path

from privdesk.core import system
from privdesk.vault.causes import known_cause
from tests.copies import be_account, open_as
from tests.desks import ALICE
from tests.faults import kills

OPENED = "opened"
GROUP = 61_000


@dataclass(frozen=True)
class Account:
    """Somebody with a number and a data directory of her own on this computer."""

    name: str
    number: int
    data: Path

    def become(self) -> None:
        """Be this account from here on, in its own group and the office's."""
        os.setgroups([GROUP])
        os.setgid(self.number)
        os.setuid(self.number)
        os.environ["LOGNAME"] = self.name
        be_account(self.data)


@dataclass(frozen=True)
class Room:
    """A folder that every account can get at, with two accounts that hold the vault's secret."""

    folder: Path
    first: Account
    second: Account

    def opened_by(self, account: Account, vault: Path, name: str = ALICE) -> str:
        """Let an account open a vault; return ``OPENED``, or class and sentence of a refusal."""
        answer = self.folder / "answer"
        answer.unlink(missing_ok=True)
        process = _forked(_open, answer, account, vault, name)
        process.join(kills.LONGEST)
        assert process.exitcode == 0
        return answer.read_text(encoding="utf-8")

    @contextmanager
    def held_by(self, account: Account, vault: Path) -> Iterator[int]:
        """Let an account hold a vault open for the length of the block; it is killed then."""
        begun = self.folder / "begun"
        process = _forked(_hold, begun, account, vault)
        while process.is_alive() and not begun.exists():
            time.sleep(0.01)
        try:
            assert process.pid is not None
            yield process.pid
        finally:
            process.kill()
            process.join(kills.LONGEST)
            begun.unlink(missing_ok=True)


@contextmanager
def room(vault: Path) -> Iterator[Room]:
    """Make a folder with two accounts to whom a closed vault's secret was given."""
    folder = Path(tempfile.mkdtemp(prefix="privdesk-accounts-"))
    folder.chmod(0o777)
    try:
        open_as(vault).vault.close()
        accounts = [_account(folder, name, 61_001 + n) for n, name in enumerate(("park", "seo"))]
        yield Room(folder, *accounts)
    finally:
        shutil.rmtree(folder)


def own(folder: Path, number: int, group: int, modes: tuple[int, int]) -> None:
    """Give a folder and all in it to an account and a group: rights of folders, and of files."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, number, group)
        path.chmod(modes[0] if path.is_dir() else modes[1])


def _account(folder: Path, name: str, number: int) -> Account:
    data = folder / f"data of {name}"
    shutil.copytree(system.account_folder(), data)
    own(data, number, number, (0o700, 0o600))
    return Account(name, number, data)


def _forked(work: Callable[..., None], *args: object) -> ForkProcess:
    process = multiprocessing.get_context("fork").Process(target=work, args=args)
    process.start()
    return process


def _open(answer: Path, account: Account, vault: Path, name: str) -> None:
    account.become()
    try:
        open_as(vault, name).vault.close()
        told = OPENED
    except BaseException as why:  # noqa: BLE001 - a bug is told apart from a sentence here
        known = known_cause(why)
        told = f"{type(known).__name__}: {known}" if known else f"a bug: {why!r}"
    answer.write_text(told, encoding="utf-8")


def _hold(begun: Path, account: Account, vault: Path) -> None:
    account.become()
    open_as(vault)
    begun.touch()
    time.sleep(kills.LONGEST)
