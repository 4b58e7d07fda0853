"""A folder with a vault and its account whose disk can be cut off, fill up or fail."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from privdesk.core import system
from privdesk.core.register import Query
from privdesk.journal import verify
from privdesk.registers.desk import Desk
from privdesk.vault import roll
from privdesk.vault.search import index
from tests.copies import be_account, open_as
from tests.faults import traced
from tests.faults.damage import office
from tests.faults.powercut import Disk
from tests.faults.tracing import Call, failing, recorded
from tests.flows.folk import one, write

needs_strace = pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace, which records and breaks calls, is missing"
)


class Bench:
    """A folder with a vault and its account, of which the power can be cut."""

    def __init__(self, tmp_path: Path) -> None:
        self.folder = tmp_path / "disk"
        self.vault = office(self.folder)
        shutil.copytree(system.account_folder(), self.folder / "account")
        (self.folder / "safe").mkdir()
        be_account(self.folder / "account")
        self._trace = tmp_path / "trace"
        self._kept = tmp_path / "kept"
        write(self.folder / traced.LIST, *(one(n, "Delivery", "2026-11-02") for n in range(30, 60)))
        shutil.copytree(self.folder, self._kept)

    def work(self, what: str, synchronous: str = "") -> list[Call]:
        """Let it work; return what it asked of the disk."""
        self._put_back()
        return recorded(self.folder, self._trace, what, str(self.vault), synchronous)

    def fail(self, what: str, error: str, calls: str, when: str) -> int:
        """Let it work on a disk that fails from some call on; return what it ended with."""
        self._put_back()
        return failing(error, calls, when, self._trace, what, str(self.vault))

    def calls(self, what: str, calls: str) -> int:
        """Return how many of some calls work makes."""
        assert self.fail(what, "EIO", calls, "65535") == traced.DONE
        return len(self._trace.read_text("utf-8", "replace").splitlines())

    def again(self, what: str) -> None:
        """Let it work in this process, on a disk that does what it is asked."""
        traced.run(what, str(self.vault))

    def cut(self, calls: list[Call], at: int, rng: random.Random) -> list[str]:
        """Cut the power before a call; return what the work had said by then."""
        self._put_back()
        disk = Disk(self.folder)
        for call in calls[:at]:
            disk.do(call)
        disk.cut(rng)
        return disk.acks

    def _put_back(self) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(self._kept, self.folder)


def sound(desk: Desk) -> bool:
    """Whether the files agree, the journal is whole and the index fits."""
    return verify.verify(desk.vault).faults == () and index.sound(desk.vault.raw)


def names(bench: Bench) -> set[str]:
    desk = open_as(bench.vault)
    service = desk.service("subjects")
    numbers = [row.id for row in service.find(Query(sort="ref"))]
    found = {str(row.values["name"]) for row in service.rows(numbers, reveal=True)}
    assert sound(desk)
    assert roll.state(desk.vault) == "done"
    desk.vault.close()
    return found
