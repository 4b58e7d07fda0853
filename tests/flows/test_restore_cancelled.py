"""A restore says where it stands, and can be cancelled until the vault is in its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from privdesk.core import system
from privdesk.flows import declaring, opening, restoring
from privdesk.flows.declaring import Then
from privdesk.flows.opening import open_desk, ready
from privdesk.flows.restoring import Live
from privdesk.registers.desk import Desk
from privdesk.ui.progress import Cancelled, Progress
from privdesk.vault.epoch import EpochStore
from tests.copies import PASSPHRASES
from tests.desks import ALICE, BORA
from tests.flows.folk import DUE, called
from tests.flows.test_restoring import LATER, Office, office, unlock

__all__ = ["office"]
PLAIN, LIVING, DECLARED = "plain", "living", "declared"
STAGES = {
    PLAIN: (restoring.READING, restoring.OPENING, opening.INDEXING),
    LIVING: (
        *(restoring.READING, restoring.COPYING, restoring.FITTING),
        *(restoring.OPENING, opening.INDEXING, restoring.WRITING),
    ),
    DECLARED: (
        *(restoring.READING, declaring.READING, opening.INDEXING),
        *("Encrypting anew", "Opening all survivors", "Replacing the files"),
    ),
}


class Watched(Progress):
    """Keeps what it was told; somebody presses Cancel at a stage, or when some of it is done."""

    def __init__(self, stop_at: str = "", done: int = 0) -> None:
        super().__init__()
        self.told: list[str] = []
        self.most = 0
        self._stop_at, self._done = stop_at, done

    def stage(self, name: str, total: int = 0) -> None:
        self.told.append(name)
        self._press(name, 0)
        super().stage(name, total)

    def at(self, done: int) -> None:
        self.most = max(self.most, done)
        self._press(self.stand.stage, done)
        super().at(done)

    def _press(self, stage: str, done: int) -> None:
        if stage == self._stop_at and done >= self._done:
            self.stop()


def restore(office: Office, way: str, progress: Progress) -> None:
    """Restore by one of the three ways; the plain one a backup of the present epoch."""
    office.target.parent.mkdir(exist_ok=True)
    opened = partial(open_desk, name=ALICE, passphrase=PASSPHRASES[ALICE], clock=LATER)
    live = Live(office.vault, partial(unlock, ALICE)) if way == LIVING else None
    custody = office.vault.parent / "out" / "custody.key"
    opens = partial(ready, clock=LATER, declared=True, progress=progress)
    then = Then(custody, partial(unlock, ALICE), opens) if way == DECLARED else None
    open_it = partial(opened, progress=progress)
    restoring.restore(office.backup, office.target, open_it, live, then, progress)


def of_now(office: Office) -> Office:
    """Return the office with a backup that opens as it is."""
    from privdesk.flows import rolling

    desk = open_desk(office.vault, ALICE, PASSPHRASES[ALICE], LATER)
    file = rolling.backup_desk(desk, office.vault.parent / "now.pdbackup").path
    desk.vault.close()
    return replace(office, backup=file)


def left(office: Office) -> tuple[list[Path], list[bytes]]:
    """Return what lies beside the vault that was to be, and what the account holds."""
    account = system.account_folder() / "epochs"
    held = [path.read_bytes() for path in sorted(account.rglob("*")) if path.is_file()]
    return sorted(office.target.parent.iterdir()), held


@pytest.mark.parametrize("way", [PLAIN, LIVING, DECLARED])
def test_it_says_where_it_stands_and_leaves_nothing_when_it_is_cancelled_at_any_stage(
    office: Office, way: str
) -> None:
    office = of_now(office) if way == PLAIN else office
    office.target.parent.mkdir()
    before = left(office)
    for stage in STAGES[way]:
        with pytest.raises(Cancelled):
            restore(office, way, Watched(stage))
        assert left(office) == before, stage
    with pytest.raises(Cancelled):
        restore(office, way, Watched(restoring.READING, 400))
    assert left(office) == before

    watched = Watched(restoring.NAMING, 1)  # nobody presses while nothing is counted
    restore(office, way, watched)
    assert set(STAGES[way]) <= set(watched.told)
    assert watched.told[-1] == restoring.NAMING
    assert watched.most >= 900
    assert not watched.stand.stoppable


def test_once_it_has_its_place_nobody_stops_it(office: Office) -> None:
    class Late(Progress):
        def no_return(self) -> None:
            super().no_return()
            self.stop()

    progress = Late()
    restore(office, LIVING, progress)

    assert office.target.is_dir()
    assert not progress.stopping


@pytest.fixture
def declared(office: Office) -> Office:
    restore(office, DECLARED, Progress())
    return office


def second(office: Office) -> Desk:
    return open_desk(office.target, BORA, PASSPHRASES[BORA], LATER, declared=True)


def approve(office: Office, progress: Progress) -> Callable[[], int]:
    """Approve as second officer and destroy somebody again, with a change of the secret."""
    desk = second(office)
    new = office.vault.parent / "safe" / "new.key"
    refs = [called(desk, DUE[0]).ref]
    try:
        gone = declaring.approve(desk, refs, "D1-1", new, lost=True, progress=progress)
    finally:
        desk.vault.close()
    return lambda: gone


def test_an_approval_is_cancelled_whole_or_runs_to_its_end(declared: Office) -> None:
    before = left(declared)
    with pytest.raises(Cancelled):
        approve(declared, Watched(declaring.AGAIN))
    assert left(declared) == before

    class Between(Progress):
        """Cancel is pressed while people are being destroyed again."""

        def no_return(self) -> None:
            self.stop()
            super().no_return()

    with pytest.raises(Cancelled):
        approve(declared, Between())
    assert left(declared) == before
    desk = second(declared)
    assert called(desk, DUE[0]).state == "due"
    assert declaring.waiting(desk.vault) is not None
    desk.vault.close()

    watched = Watched("Encrypting anew")  # too late: it is approved already
    assert approve(declared, watched)() == 1
    assert "Overwriting the old secret" in watched.told
    assert EpochStore(desk.vault.id).apart() is None
