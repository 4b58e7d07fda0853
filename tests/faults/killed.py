"""A folder with a vault whose work is killed, at any of its steps or at any moment.

What a killed process leaves is what it had asked of the disk by then. So its calls are recorded
once, and the folder is laid as it was before each of them.
"""

from __future__ import annotations

import base64
import shutil
from collections.abc import Iterator
from pathlib import Path

from privdesk.core import system
from privdesk.flows import declaring, restoring, rolling
from privdesk.flows.opening import open_desk
from privdesk.flows.unpacking import unpack
from privdesk.registers.desk import Desk
from privdesk.vault import engine, roll, rotation
from privdesk.vault.crypto import KeyPair
from privdesk.vault.epoch import EpochSecret
from privdesk.vault.errors import UnknownPersonError
from privdesk.vault.session import Unlocked, file_key
from tests.copies import PASSPHRASES, be_account, copy_office, open_as, switch_to
from tests.desks import BORA
from tests.faults import chores, edits, newer
from tests.faults.chores import AGAIN, BACKUP, CUSTODY, OLD_BACKUP, OLD_CUSTODY
from tests.faults.powercut import Disk
from tests.faults.soundness import leftovers, settled, sound
from tests.faults.tracing import Call, recorded
from tests.flows.folk import DUE, LIVING, destroyed, fill, names

STAFFED = {p.name for p in (*DUE, *LIVING)}
RESTORES = ("restore", "restore with living keys", "declare a restore", "approve a restore")
ROTATIONS = ("remove", "demote", "hand over", "lose an account")
NOBODYS = KeyPair.fresh().exchange_public  # the key of an account that nobody works with
_ORDERING = ("sync", "rename", "remove", "mkdir", "truncate")


class Workshop:
    """A folder with a vault, its account, a drive and a safe, in which work is killed."""

    def __init__(self, tmp_path: Path, what: str) -> None:
        self.what = what
        self.folder = tmp_path / "disk"
        self.vault = self.folder / "office.privdesk"
        self.begun = str(tmp_path / "begun")
        self._trace, self._kept = tmp_path / "trace", tmp_path / "kept"
        self._elsewhere: list[Path] = []
        self.secrets: list[EpochSecret] = []
        self._make()
        shutil.copytree(self.folder, self._kept)

    def _make(self) -> None:
        """Make the office as the work needs it; note the secrets and keys it had."""
        copy_office(self.folder)
        shutil.copytree(system.account_folder(), self.folder / "account")
        be_account(self.folder / "account")
        for name in ("safe", "drive"):
            (self.folder / name).mkdir()
        desk = open_as(self.vault)
        fill(desk, *DUE, *LIVING)
        self._note(desk)
        if self.what == "lose an account":
            desk.set_setting("two_officers", False)
            account, _, station = chores.LAPTOP.partition("@")
            sql = (
                "INSERT INTO holders (workstation, account, epoch, seen_at, state, key)"
                " VALUES (?, ?, 1, ?, 'held', ?)"
            )
            with desk.vault.transaction():
                desk.vault.raw.execute(sql, (station, account, desk.now().isoformat(), NOBODYS))
        if self.what == chores.EDIT:
            desk.service(edits.CONSENTS).create(edits.given(desk))
        if self.what == chores.MIGRATE:
            newer.written(self.folder / chores.MIGRATIONS)
            for n in range(6):
                told = {"name": f"한빛{n}", "category": "a", "joined": "2026-03-02"}
                desk.service("staff").create(told)
        if self.what == "restore":
            rolling.backup_desk(desk, self.folder / BACKUP)
        if self.what in RESTORES[1:]:
            rolling.backup_desk(desk, self.folder / OLD_BACKUP)
            desk, _done = destroyed(desk, self.vault, self.folder / "safe" / "custody.key")
            self._note(desk)
        bora = switch_to(desk, BORA)
        self._hers: Unlocked = bora.vault.unlocked
        bora.vault.close()
        if self.what == "approve a restore":
            chores.do("declare a restore", self.vault)

    def _note(self, desk: Desk) -> None:
        held = desk.vault.epochs.current()
        assert held is not None
        self.secrets.append(held)

    def record(self, fault: str = "") -> list[Call]:
        """Let the work come to its end; return what it asked of the disk."""
        self.put_back()
        return recorded(self.folder, self._trace, "chore", str(self.vault), self.what, fault)

    def states(self, calls: list[Call]) -> Iterator[int]:
        """Lay the folder as it was before each step that changes the order of things."""
        self.put_back()
        disk, changed = Disk(self.folder), True
        for number, call in enumerate(calls):
            if changed and call.name in _ORDERING:
                self._clear()
                disk.lay()
                yield number
                changed = False
            disk.do(call)
            changed = changed or call.name != "sync"

    def put_back(self) -> None:
        """Put everything back as it was before the work."""
        self._clear()
        shutil.copytree(self._kept, self.folder)

    def _clear(self) -> None:
        for path in (self.folder, *self._elsewhere):
            shutil.rmtree(path, ignore_errors=True)
        self._elsewhere = []
        self.vault = self.folder / "office.privdesk"

    def move(self, place: Path) -> None:
        """Move the vault's folder away, before anybody opens it again."""
        target = place / "옮긴 자리.privdesk"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(self.vault, target)
        (place / "home").write_text(str(self.folder))
        self._elsewhere.append(place)
        self.vault = target

    # -- what has to be so afterwards

    def check(self, *, again: bool = True) -> bool:
        """Assert that nothing is lost or half done; return whether the work was done already.

        Where it was not, and with ``again``, it is begun again and has to come to its end.
        """
        done = self._checked_first()
        if again and not done:
            chores.do(self.what, self.vault)
        if again or done:
            self._checked_done()
            assert leftovers(self.folder, self.vault.parent) == []
        return done

    def _checked_first(self) -> bool:
        """Assert that what a kill left opens and is whole."""
        if self.what in RESTORES:
            return self._restored_first()
        there = (self.folder / BACKUP).exists()
        for path in self.folder.glob("*.backups/*.pdbackup"):
            self._whole(path)
        desk = open_as(self.vault)
        assert names(desk) == STAFFED
        sound(desk)
        settled(desk)
        rolled = int(desk.vault.meta("epoch") or 1) > 1 and rotation.waiting(desk.vault) == ()
        desk.vault.close()
        return there if self.what == "back up" else rolled

    def _restored_first(self) -> bool:
        if self.what != "approve a restore":
            desk = open_as(self.vault)  # the living vault is as it was
            sound(desk)
            desk.vault.close()
            assert leftovers(self.folder) == []
        if self.what == "restore with living keys" and (self.folder / AGAIN).exists():
            self._checked_done()
        return (self.folder / AGAIN).exists() and self.what != "approve a restore"

    def _whole(self, backup: Path) -> None:
        """Assert that all of a backup is there."""
        unpack(backup, system.make_folder(self.folder / "unpacked"))
        shutil.rmtree(self.folder / "unpacked")

    def _restorable(self, backup: Path) -> None:
        """Assert that a file under the name of a backup is one."""
        target = self.folder / "proof.privdesk"
        restoring.restore(backup, target, open_as)
        shutil.rmtree(target)

    def _checked_done(self) -> None:
        """Assert that the work is done, and that what it was to take away is gone."""
        if self.what in RESTORES:
            self._checked_restored()
            return
        desk = open_as(self.vault)
        assert names(desk) == STAFFED
        sound(desk)
        settled(desk)
        held = desk.vault.epochs.current()
        desk.vault.close()
        if self.what == "back up":
            self._restorable(self.folder / BACKUP)
            return
        assert rolling.read_custody_source(self.folder / CUSTODY, self.secrets[0].vault) == held
        self._nowhere(self.secrets[0])
        if self.what in ROTATIONS:
            self._taken_away()

    def _taken_away(self) -> None:
        """Assert that keys that were taken away open no file of now, whatever secret she had."""
        current = rolling.read_custody_source(self.folder / CUSTODY, self.secrets[0].vault)
        stays = ("keys_office", "main") if self.what == "demote" else ()  # a manager's
        for schema in {"keys_people", "keys_office", "main"} - set(stays):
            for secret in (*self.secrets, current):
                key = file_key(schema, secret.vault, self._hers.roles, secret)
                assert not engine.fits(self.vault / engine.FILES[schema], key)
        desk = open_as(self.vault)
        assert rotation.waiting(desk.vault) == ()
        desk.vault.close()
        if self.what == "demote":
            desk = open_as(self.vault, BORA)
            assert not desk.vault.sees_people
            desk.vault.close()
        elif self.what != "lose an account":
            try:
                open_as(self.vault, BORA)
            except UnknownPersonError:
                return
            raise AssertionError("she still has access")

    def _checked_restored(self) -> None:
        again = self.folder / AGAIN
        if self.what == "declare a restore":
            desk = open_desk(again, BORA, PASSPHRASES[BORA], declared=True)
            assert declaring.waiting(desk.vault) is not None
        else:
            desk = open_as(again)
        wanted = STAFFED
        if self.what == "restore with living keys":
            wanted = {p.name for p in LIVING}
        elif self.what == "approve a restore":
            wanted = STAFFED - {DUE[0].name}
        assert names(desk) == wanted
        if self.what != "declare a restore":
            sound(desk)
            settled(desk)
        assert roll.state(desk.vault) == "done"
        desk.vault.close()
        if self.what != "restore":
            self._nowhere(self.secrets[0])

    def _nowhere(self, secret: EpochSecret) -> None:
        """Assert that a secret stands in no file but the custody copy it had."""
        text = base64.b64encode(secret.secret)
        places = {self.folder, self.vault.parent}
        files = {p for place in places for p in place.rglob("*") if p.is_file()}
        found = [p for p in files if text in p.read_bytes() or secret.secret in p.read_bytes()]
        assert found == [self.folder / OLD_CUSTODY]
