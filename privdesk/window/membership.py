"""Who may open the vault, as the page of people shows and changes it."""

from __future__ import annotations

from pathlib import Path

from privdesk.core.i18n import current
from privdesk.flows import kits, people, succession
from privdesk.registers.desk import Desk
from privdesk.ui.office.ports import Member, Membership
from privdesk.vault import slots
from privdesk.vault.crypto import Cost
from privdesk.vault.header import ROLES

MANAGES = {"officer": ROLES, "administrator": tuple(r for r in ROLES if r != "officer")}


class VaultPeople:
    """Who may open the vault, over ``flows.people``."""

    def __init__(self, desk: Desk, cost: Cost | None = None) -> None:
        self._desk = desk
        self._cost = cost

    def members(self) -> Membership:
        """Return everybody; former ones where nobody of that name is there now."""
        head, me = self._desk.vault.header, self._desk.vault.person
        may = MANAGES.get(self._desk.vault.role, ())
        present = [p for p in head.people if p.active and p.role in ROLES]
        names = {p.name.casefold() for p in present}
        former = [p for p in head.people if not p.active and p.name.casefold() not in names]
        shown = [
            Member(p.name, p.role, p.id == me.id, managed=p.role in may and p.id != me.id)
            for p in sorted(present, key=lambda p: (list(ROLES).index(p.role), p.id))
        ]
        gone = {p.name: Member(p.name, p.role, former=True) for p in former if p.role in ROLES}
        return Membership((*shown, *gone.values()), may)

    def add(self, name: str, role: str, passphrase: str) -> None:
        """Enrol a person."""
        people.add(self._desk, name, role, passphrase, self._cost)

    def change_role(self, name: str, role: str) -> None:
        """Give a person another role."""
        people.change_role(self._desk, name, role)

    def remove(self, name: str) -> None:
        """Take a person's access away."""
        people.remove(self._desk, name)

    def hand_over(self, name: str, to: str, passphrase: str) -> str:
        """Put a successor in somebody's place; return the handover to be signed, if any."""
        return succession.hand_over(self._desk, name, to, passphrase, self._cost).record

    def new_passphrase(self, name: str, passphrase: str) -> None:
        """Give somebody else a new passphrase."""
        people.reset_passphrase(self._desk, name, passphrase, self._cost)

    def new_kit(self, target: Path) -> str:
        """Put a new recovery kit in the old one's place; return its number."""
        return kits.renew(self._desk, target, current())

    def own_passphrase(self, present: str, new: str) -> None:
        """Change one's own passphrase; a wrong present one counts as a wrong unlocking."""
        vault = self._desk.vault
        slots.unlock(vault.header, vault.person.name, present)
        people.change_passphrase(self._desk, new, self._cost)
