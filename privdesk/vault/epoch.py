"""The epoch secret: 32 bytes outside the vault's folder and outside every backup.

``<account data>/epochs/<vault id>/current`` and, during a roll, ``next``. Each file is
JSON: vault, epoch, secret (base64) and a SHA-256 over the three. ``PRIVDESK_EPOCH_DIR``
overrides ``<account data>``.
"""

from __future__ import annotations

import base64
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from privdesk.core import system


@dataclass(frozen=True)
class EpochSecret:
    """The secret of one epoch of one vault."""

    vault: str
    epoch: int
    secret: bytes

    @classmethod
    def fresh(cls, vault: str, epoch: int) -> EpochSecret:
        """Return a new random secret."""
        return cls(vault, epoch, os.urandom(32))

    def text(self) -> bytes:
        """Return the file's bytes."""
        return json.dumps(
            {
                "vault": self.vault,
                "epoch": self.epoch,
                "secret": base64.b64encode(self.secret).decode(),
                "check": self._check(),
            }
        ).encode()

    def _check(self) -> str:
        return sha256(f"{self.vault}|{self.epoch}|".encode() + self.secret).hexdigest()

    @classmethod
    def parse(cls, text: bytes) -> EpochSecret | None:
        """Return what a file holds; None where it is damaged."""
        try:
            raw = json.loads(text)
            found = cls(str(raw["vault"]), int(raw["epoch"]), base64.b64decode(raw["secret"]))
        except (ValueError, KeyError, TypeError, RecursionError, OverflowError):
            return None
        whole = len(found.secret) == 32 and raw.get("check") == found._check()
        return found if whole else None


class EpochStore:
    """The account's secrets for one vault: ``current`` and, during a roll, ``next``."""

    def __init__(self, vault: str, folder: Path | None = None) -> None:
        self.vault = vault
        self.folder = (folder or system.account_folder() / "epochs") / vault

    def current(self) -> EpochSecret | None:
        """Return the present secret, if this account holds it."""
        return self._read("current")

    def next(self) -> EpochSecret | None:
        """Return the secret of an unfinished roll."""
        return self._read("next")

    def apart(self) -> EpochSecret | None:
        """Return the secret of a declared restore that waits for its approval."""
        return self._read("apart")

    def of(self, epoch: int) -> EpochSecret | None:
        """Return the secret of an epoch, if this account holds it."""
        held = (self.current(), self.next(), self.apart())
        return next((s for s in held if s is not None and s.epoch == epoch), None)

    def settle(self, epoch: int) -> None:
        """Finish a promotion that a crash cut off: ``next`` is of the epoch the vault is at."""
        waiting, held = self.next(), self.current()
        if waiting is not None and waiting.epoch == epoch and (held is None or held.epoch < epoch):
            self.promote()

    def write_current(self, secret: EpochSecret) -> None:
        """Store a secret as the present one; at no moment is there none."""
        self.write_next(secret)
        self.promote()

    def write_next(self, secret: EpochSecret) -> None:
        """Store the secret a roll is about to use, durably, beside the present one."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        system.atomic_write(self.folder / "next", secret.text(), 0o600)

    def keep_apart(self, secret: EpochSecret) -> None:
        """Store the secret of a declared restore, without touching the present one."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        system.atomic_write(self.folder / "apart", secret.text(), 0o600)

    def take_apart(self, epoch: int) -> None:
        """Make the secret of an approved restore the present one, if it is of this epoch."""
        waiting = self.apart()
        if waiting is not None and waiting.epoch == epoch:
            self.write_current(waiting)
            system.overwrite_and_remove(self.folder / "apart")

    def promote(self) -> None:
        """Overwrite the present secret with the next one."""
        path = self.folder / "current"
        if path.exists():
            _overwrite(path)
        os.replace(self.folder / "next", path)
        system.fsync_folder(self.folder)

    def close_to_others(self) -> list[Path]:
        """Take from others what rights they have on the secrets; return what was changed."""
        return system.close_to_others(self.folder, alone=True) if self.folder.is_dir() else []

    def forget(self) -> None:
        """Overwrite and remove whatever this account holds of the vault."""
        for name in ("next", "current"):
            system.overwrite_and_remove(self.folder / name)
        with suppress(OSError):
            self.folder.rmdir()

    def _read(self, name: str) -> EpochSecret | None:
        try:
            found = EpochSecret.parse((self.folder / name).read_bytes())
        except FileNotFoundError:
            return None
        return found if found and found.vault == self.vault else None


def _overwrite(path: Path) -> None:
    """Write zeros over a file's bytes; what the medium keeps of them is beyond a program."""
    with path.open("r+b") as stream:
        stream.write(b"\0" * path.stat().st_size)
        stream.flush()
        os.fsync(stream.fileno())
