"""What an account holds of a vault: which secret opens it, and taking over what a roll left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from privdesk.vault import engine, handovers
from privdesk.vault.engine import FILES
from privdesk.vault.epoch import EpochSecret, EpochStore
from privdesk.vault.errors import (
    DamagedFileError,
    DeclaredElsewhereError,
    NoEpochSecretError,
    RollElsewhereError,
    RollPendingError,
    StaleEpochError,
    StaleVaultError,
)
from privdesk.vault.header import PERSONAL, REGISTER
from privdesk.vault.session import DECLARED, PERSONAL_FILES, Unlocked, Vault, file_key


@dataclass(frozen=True)
class Secrets:
    """The epoch secrets this account holds."""

    current: EpochSecret | None
    next: EpochSecret | None
    apart: EpochSecret | None = None  # of a declared restore that waits

    @classmethod
    def of(cls, store: EpochStore) -> Secrets:
        """Return what an account holds now."""
        return cls(store.current(), store.next(), store.apart())

    def all(self) -> list[EpochSecret]:
        """Return those there are, the present one first."""
        return [s for s in (self.current, self.next, self.apart) if s is not None]


def generations(unlocked: Unlocked, role: str) -> list[str]:
    """Return the endings (``":2"``) of the keys of a role that a person has, newest first."""
    found = [name.partition(":")[2] for name in unlocked.roles if name.startswith(role + ":")]
    return [f":{g}" for g in sorted(found, key=int, reverse=True)]


def keys_for(vault: Vault, schema: str, secrets: Secrets) -> Iterator[tuple[EpochSecret, bytes]]:
    """Yield the keys that may open one of the keys files, each with the secret it comes from."""
    role = PERSONAL if schema in PERSONAL_FILES else REGISTER
    for secret in secrets.all():
        for generation in generations(vault.unlocked, role):
            yield secret, file_key(schema, vault.id, vault.unlocked.roles, secret, generation)


def secrets_of(vault: Vault) -> Secrets:
    """Return what this account holds, with what the last roll left for it.

    Raises:
        NoEpochSecretError, StaleEpochError, DeclaredElsewhereError: it holds none that can open it.
    """
    store = vault.epochs
    secrets = Secrets.of(store)
    if not secrets.all():
        raise DeclaredElsewhereError if vault.meta(DECLARED) else NoEpochSecretError
    taken = take_handover(vault, secrets)
    return Secrets.of(store) if taken else secrets


def take_handover(vault: Vault, secrets: Secrets) -> bool:
    """Take the secret that the last roll left for this account; return whether one was taken.

    A next secret of this account’s own does not hold it up where another account has finished
    the roll in its place, nor does that of a declared restore whose approval changed the secret
    at once.
    """
    epoch, held = int(vault.meta("epoch") or 1), secrets.current or secrets.next
    if held is not None and held.epoch >= epoch:
        return False
    others = [s for s in (secrets.next, secrets.apart) if s is not None and s.epoch >= epoch]
    found = handovers.taken(vault, epoch)
    if found is not None and found not in others and _opens(vault, found):
        vault.epochs.write_current(found)
        vault.taken_handover = True
        if secrets.apart is not None and secrets.apart.epoch < epoch:
            vault.epochs.drop_apart()
        return True
    if others:  # a roll of this account, or a restore that it declared
        return False
    if vault.meta(DECLARED):
        raise DeclaredElsewhereError
    raise StaleEpochError(held=max(s.epoch for s in secrets.all()), vault=epoch)


def _opens(vault: Vault, secret: EpochSecret) -> bool:
    """Whether a secret that was left opens the files; a false one must not replace the true one."""
    wanted = ["keys_office"] + (["keys_people"] if PERSONAL in vault.unlocked.roles else [])
    return all(
        any(
            engine.fits(vault.folder / FILES[schema], key)
            for _secret, key in keys_for(vault, schema, Secrets(secret, None))
        )
        for schema in wanted
    )


def why_not(vault: Vault, schema: str, secrets: Secrets) -> Exception:
    """Return why none of the secrets opens one of the keys files."""
    if (vault.meta("roll") or "done") != "done" and vault.epochs.next() is None:
        return RollElsewhereError() if PERSONAL in vault.unlocked.roles else RollPendingError()
    held = max(s.epoch for s in secrets.all())
    epoch = int(vault.meta("epoch") or 1)
    if held > epoch:
        return StaleVaultError(name=vault.folder.name, vault=epoch, held=held)
    if held < epoch:
        return StaleEpochError(held=held, vault=epoch)
    return DamagedFileError(file=FILES[schema])


def settle(vault: Vault, used: EpochSecret, *, done: bool) -> None:
    """Finish what a crash cut off in this account: only what opened the vault is taken for good.

    Where a roll is not ``done``, its next secret stays what it is. That of a declared restore
    stays apart until the journal has been asked whether it is approved.
    """
    store = vault.epochs
    if done and used == store.next():
        store.settle(used.epoch)
    if done:
        store.tidy()
