"""Work whose calls to the system are recorded; it says in a file what it may rely on."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator
from pathlib import Path

from privdesk.core.register import Query
from privdesk.flows import rolling
from privdesk.registers.desk import Desk
from privdesk.vault import engine
from privdesk.vault.causes import known_cause
from tests.copies import open_as
from tests.faults import chores
from tests.faults.powercut import ACKS
from tests.flows.folk import take

TIMES = 8
BACKUP, CUSTODY, LIST = "office.backup", "safe/custody.key", "list.csv"
DONE, TOLD, BUG = 0, 3, 4  # what a process ends with


def run(what: str, vault: str, synchronous: str = "", fault: str = "") -> None:
    """Open the desk of an office and work; a weaker ``synchronous`` is for the control alone.

    A ``chore`` is named in its place, with its own fault for a control.
    """
    folder = Path(vault)
    if what == "chore":
        chores.do(synchronous, folder, fault)
        return
    desk = open_as(folder)
    for schema in engine.attached(desk.vault.raw) if synchronous else ():
        desk.vault.raw.execute(f"PRAGMA {schema}.synchronous = {synchronous}")
    acks = os.open(folder.parent / ACKS, os.O_WRONLY | os.O_CREAT)
    for told in _WORK[what](desk):
        os.write(acks, told.encode())
    desk.vault.close()


def _correct(desk: Desk) -> Iterator[str]:
    """Give somebody one name after another."""
    service = desk.service("subjects")
    ref = service.find(Query(sort="ref"))[0].ref
    for n in range(TIMES):
        service.update(ref, {"name": called(n)})
        yield str(n)


def called(n: int) -> str:
    """Return the name that the correction with this number gives."""
    return f"하늬{'가나다라마바사아'[n]}람"


def _back_up(desk: Desk) -> Iterator[str]:
    rolling.backup_desk(desk, desk.vault.folder.parent / BACKUP)
    yield "good"


def _roll(desk: Desk) -> Iterator[str]:
    rolling.run(desk, desk.vault.folder.parent / CUSTODY)
    yield "done"


def _take_in(desk: Desk) -> Iterator[str]:
    take(desk, desk.vault.folder.parent / LIST)
    yield "done"


_WORK = {"correct": _correct, "back up": _back_up, "roll": _roll, "take in": _take_in}


def end(what: str, vault: str) -> None:
    """Work and end the process: done, told in a sentence why not, or a bug."""
    try:
        run(what, vault)
        code = DONE
    except BaseException as why:  # noqa: BLE001 - a bug is told apart from a sentence here
        code = BUG if known_cause(why) is None else TOLD
        if code == BUG:
            traceback.print_exc()
    os._exit(code)
