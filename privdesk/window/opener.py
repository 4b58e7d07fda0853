"""What the unlock page asks of a vault. Loads nothing slow before a passphrase is given."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from privdesk.core import system
from privdesk.ui.office.roles import NAMES
from privdesk.ui.unlock import Person

if TYPE_CHECKING:
    from privdesk.registers.desk import Desk
    from privdesk.vault.header import Header


@dataclass(frozen=True)
class Waits:
    """A declared restore that whoever opened it may approve; ``day`` is that of the backup."""

    desk: Desk
    by: str
    day: date
    living: bool  # whether the approval closes a later vault to this account


class VaultOpener:
    """Opens one vault."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.names: Sequence[Person]
        self.office, self.names = _told(folder)

    def people(self) -> Sequence[Person]:
        """Return who may open the vault."""
        return [Person(p.name, NAMES[p.role]) for p in self._head().people if _listed(p)]

    def open(self, name: str, passphrase: str) -> object:
        """Open it; return the desk, or ``Waits`` where this person is to approve a restore."""
        from privdesk.flows import declaring
        from privdesk.flows.opening import ready
        from privdesk.vault.opening import open_vault

        vault = open_vault(self._folder, name, passphrase)
        try:
            waiting = declaring.waiting(vault) if declaring.may_approve(vault) else None
        except BaseException:
            vault.close()
            raise
        desk = ready(vault, declared=waiting is not None)
        return (
            desk
            if waiting is None
            else Waits(desk, waiting.by, waiting.day, declaring.closes_living(vault))
        )

    def recover(self, kit: str, name: str, passphrase: str) -> None:
        """Enrol a new officer with the recovery kit: a path or the letters."""
        from privdesk.flows import people
        from privdesk.flows.opening import open_desk_with_kit
        from privdesk.flows.setup import kit_secret

        secret = kit_secret(self._folder, source_of(kit))
        desk = open_desk_with_kit(self._folder, secret)
        try:
            people.add(desk, name, "officer", passphrase)
        finally:
            desk.vault.close()

    def receive(self, custody: str, name: str, passphrase: str) -> None:
        """Take the epoch secret from a custody copy: a path or the letters."""
        from privdesk.flows import approvers
        from privdesk.flows import custody as copies
        from privdesk.flows.opening import open_desk
        from privdesk.vault import slots

        source = source_of(custody)
        unlock = partial(slots.unlock, name=name, passphrase=passphrase)
        if approvers.receive(self._folder, source, unlock) is None:
            copies.receive(self._folder, source, lambda: open_desk(self._folder, name, passphrase))

    def _head(self) -> Header:
        from privdesk.vault.opening import look

        return look(self._folder)


def _listed(person: object) -> bool:
    return bool(getattr(person, "active", False)) and getattr(person, "role", "") in NAMES


def source_of(text: str) -> Path | str:
    """Return the file that a text names, or the letters that it is."""
    path = Path(text)
    return path if len(text) < 1000 and path.is_file() else text


def _told(folder: Path) -> tuple[str, list[Person]]:
    """Return the company and who may open the vault as its head says, unchecked: for first paint.

    What checks it loads four times as much; the page asks for that when it stands.
    """
    try:
        head = json.loads((folder / "vault.json").read_bytes())
        people = [
            Person(str(person["name"]), NAMES[person["role"]])
            for person in head["people"]
            if person["active"] and person["role"] in NAMES
        ]
        return str(head["company"]), people
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return folder.name.removesuffix(".privdesk"), []


def sample_folder() -> Path:
    """Return where this account keeps its sample office."""
    return system.account_folder() / "sample" / "sample.privdesk"
