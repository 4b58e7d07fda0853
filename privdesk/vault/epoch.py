"""The epoch secret: 32 bytes outside the vault's folder and outside every backup.

``<account data>/epochs/<vault id>/current`` and, during a roll, ``next``. Each file is
JSON: vault, epoch, secret (base64) and a SHA-256 over the three. Beside them ``holder`` is the
account's own X25519 key, to which a roll seals the next secret: JSON, vault and key (base64), and
``dropped`` says up to where older files of the same epoch would bring back what was destroyed.
``PRIVDESK_EPOCH_DIR`` overrides ``<account data>``.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from privdesk.core import system

_NAMES = ("next", "current", "apart")


@dataclass(frozen=True)
class Dropped:
    """When keys were dropped last, and how far the keys files were then, by schema.

    A file of the same epoch that is behind has the dropped keys still. One transaction behind is
    let pass: a disk may lose the last one, and no backup or copy is that near, for making one and
    opening one are transactions too.
    """

    epoch: int
    at: str  # ISO 8601
    counters: dict[str, int]

    def text(self) -> str:
        """Return it as JSON."""
        return json.dumps({"epoch": self.epoch, "at": self.at, "counters": self.counters})

    @classmethod
    def parse(cls, text: str | bytes | None) -> Dropped | None:
        """Return what a text says; None where it says nothing that can be read."""
        try:
            raw = json.loads(text or "null")
            datetime.fromisoformat(raw["at"])
            counters = {str(name): int(count) for name, count in raw["counters"].items()}
            return cls(int(raw["epoch"]), str(raw["at"]), counters)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
            return None

    def after(self, other: Dropped | None) -> bool:
        """Whether it tells of more than another one."""
        if other is None or self.epoch != other.epoch:
            return other is None or self.epoch > other.epoch
        return any(count > other.counters.get(name, 0) for name, count in self.counters.items())

    def as_far_as(self, counters: Mapping[str, int]) -> Dropped:
        """Return what of it the counters of open files bear out."""
        names = self.counters.keys() & counters.keys()
        borne = {name: min(self.counters[name], counters[name]) for name in names}
        return Dropped(self.epoch, self.at, borne)

    def undone_in(self, epoch: int, counters: Mapping[str, int]) -> bool:
        """Whether files of an epoch with these counters have the dropped keys still."""
        known = {name: count for name, count in counters.items() if name in self.counters}
        return epoch == self.epoch and any(
            count < self.counters[name] - 1 for name, count in known.items()
        )


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
                "check": self.check,
            }
        ).encode()

    @property
    def check(self) -> str:
        """SHA-256 over vault, epoch and secret, in hex; it names the secret and gives nothing of it
        away.
        """
        return sha256(f"{self.vault}|{self.epoch}|".encode() + self.secret).hexdigest()

    @classmethod
    def parse(cls, text: bytes) -> EpochSecret | None:
        """Return what a file holds; None where it is damaged."""
        try:
            raw = json.loads(text)
            found = cls(str(raw["vault"]), int(raw["epoch"]), base64.b64decode(raw["secret"]))
        except (ValueError, KeyError, TypeError, RecursionError, OverflowError):
            return None
        whole = len(found.secret) == 32 and raw.get("check") == found.check
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
        """Make the secret of an approved restore the present one, if it is of this epoch.

        Only where it is what opens the vault: a restore that was given up leaves one behind,
        and the vault in use comes to the same epoch one day.
        """
        waiting = self.apart()
        if waiting is not None and waiting.epoch == epoch:
            self.write_current(waiting)
            self.drop_apart()

    def drop_apart(self) -> None:
        """Overwrite and remove the secret of a restore that does not wait any more."""
        system.overwrite_and_remove(self.folder / "apart")

    def tidy(self) -> None:
        """Remove what a crash left of a secret that was being written; nothing knows it."""
        for name in (*_NAMES, "dropped"):
            system.overwrite_and_remove(self.folder / f"{name}.new")

    def dropped(self) -> Dropped | None:
        """Return what this account knows of keys that were dropped last."""
        try:
            return Dropped.parse((self.folder / "dropped").read_bytes())
        except OSError:
            return None

    def keep_dropped(self, told: Dropped) -> None:
        """Remember that keys were dropped, where it is news; it is no secret."""
        known = self.dropped()
        if self.folder.is_dir() and told.after(known):
            if known is not None and known.epoch == told.epoch:
                told = Dropped(told.epoch, told.at, {**known.counters, **told.counters})
            system.atomic_write(self.folder / "dropped", told.text().encode(), 0o600)

    def promote(self) -> None:
        """Overwrite the present secret with the next one."""
        path = self.folder / "current"
        if path.exists():
            _overwrite(path)
        os.replace(self.folder / "next", path)
        system.fsync_folder(self.folder)

    def private_key(self) -> bytes | None:
        """Return the account's own key (32 bytes); None where it has none yet."""
        try:
            raw = json.loads((self.folder / "holder").read_bytes())
            key = base64.b64decode(raw["key"]) if raw["vault"] == self.vault else b""
        except (FileNotFoundError, ValueError, KeyError, TypeError, RecursionError):
            return None
        return key if len(key) == 32 else None

    def public_key(self) -> bytes | None:
        """Return the public half of the account's own key."""
        private = self.private_key()
        if private is None:
            return None
        public = X25519PrivateKey.from_private_bytes(private).public_key()
        return public.public_bytes_raw()

    def make_key(self) -> bytes:
        """Make the account's own key anew; return its public half."""
        private = X25519PrivateKey.generate()
        told = {"vault": self.vault, "key": base64.b64encode(private.private_bytes_raw()).decode()}
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        system.atomic_write(self.folder / "holder", json.dumps(told).encode(), 0o600)
        return private.public_key().public_bytes_raw()

    def close_to_others(self) -> list[Path]:
        """Take from others what rights they have on the secrets; return what was changed."""
        return system.close_to_others(self.folder, alone=True) if self.folder.is_dir() else []

    def forget(self) -> None:
        """Overwrite and remove whatever this account holds of the vault."""
        self.tidy()
        for name in (*_NAMES, "holder"):
            system.overwrite_and_remove(self.folder / name)
        with suppress(OSError):
            self.folder.rmdir()

    def _read(self, name: str) -> EpochSecret | None:
        try:
            found = EpochSecret.parse((self.folder / name).read_bytes())
        except FileNotFoundError:
            return None
        return found if found and found.vault == self.vault else None


class EpochsInMemory(EpochStore):
    """The secrets of a vault that is being built: a crash leaves none of them on a disk."""

    def __init__(self, current: EpochSecret) -> None:
        super().__init__(current.vault, Path(os.devnull))
        self._account = EpochStore(current.vault)  # whose own key it is, also meanwhile
        self._held = {"current": current}

    def write_next(self, secret: EpochSecret) -> None:
        """Keep a secret beside the present one."""
        self._held["next"] = secret

    def promote(self) -> None:
        """Put the next secret in the place of the present one."""
        self._held["current"] = self._held.pop("next")

    def tidy(self) -> None:
        """Do nothing: there is no file."""

    def private_key(self) -> bytes | None:
        """Return the account's own key."""
        return self._account.private_key()

    def make_key(self) -> bytes:
        """Make the account's own key."""
        return self._account.make_key()

    def _read(self, name: str) -> EpochSecret | None:
        return self._held.get(name)


def _overwrite(path: Path) -> None:
    """Write zeros over a file's bytes; what the medium keeps of them is beyond a program."""
    with path.open("r+b") as stream:
        stream.write(b"\0" * path.stat().st_size)
        stream.flush()
        os.fsync(stream.fileno())
