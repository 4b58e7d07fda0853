"""Orders to places as records: another count accepted, a copy declared lost by two officers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from privdesk.core.i18n import N_, _
from privdesk.core.register import Outcome
from privdesk.registers.desk import Change
from privdesk.registers.destructions import rules, signatures
from privdesk.registers.destructions.lists import SLOT_IDS
from privdesk.registers.destructions.model import Signature
from privdesk.registers.destructions.rules import OrderState, OrderStep
from privdesk.registers.records import Records
from privdesk.vault import attachments
from privdesk.vault.payloads import PEOPLE
from privdesk.vault.schema import table

ONE_SIGNED = N_("One officer has signed; the copy counts as lost once another signs too.")


class Orders(Records):
    """Service of the orders to places."""

    def accept(self, refs: Sequence[str], *, reason: str) -> Outcome:
        """Accept an answer with another count than ordered, with the reason why."""
        files: list[str] = []
        with self.desk.change() as change:
            for ref in refs:
                number = self.number(ref)
                state = OrderState(self.rows([number])[0].state)
                after = rules.next_order_state(state, OrderStep.ACCEPT)
                self.set_state(change, number, after.value)
                files += self.forget_ids(change, number)
                change.note("destruction.place", "orders", number, reason=reason)
        attachments.unlink(self.vault, files)
        return Outcome(_(N_("{n} answers accepted")).format(n=len(refs)), tuple(refs))

    def declare_lost(self, refs: Sequence[str], *, reason: str) -> Outcome:
        """Sign that a place's copy is lost; the second officer's signature makes it so.

        Where the two-officer rule is off, one signature does, and the certificate says so.
        """
        told = _(ONE_SIGNED)
        two = bool(self.desk.setting("two_officers", True))
        files: list[str] = []
        with self.desk.change() as change:
            for ref in refs:
                number = self.number(ref)
                state = OrderState(self.rows([number])[0].state)
                after = rules.next_order_state(state, OrderStep.DECLARE_LOST)
                others = {n for n in self._signers(number) if not self.vault.is_me(n)}
                self._sign(change, number)
                change.note("destruction.place", "orders", number, reason=reason)
                if others or not two:
                    self.set_state(change, number, after.value)
                    files += self.forget_ids(change, number)
                    told = _(N_("{n} copies declared lost")).format(n=len(refs))
        attachments.unlink(self.vault, files)
        return Outcome(told, tuple(refs))

    def forget_ids(self, change: Change, number: int) -> list[str]:
        """Drop an order's id list and the sealed copies of its paper in the open transaction.

        Return the files to unlink after the commit.
        """
        about = self.desk.ref("orders", number)
        files: list[str] = self.desk.service("documents").forget(change, about)
        if files or self.vault.payloads.read(PEOPLE, number):
            self.vault.keys_wait(self.desk.now().isoformat())
        self.vault.payloads.drop(PEOPLE, number, [SLOT_IDS])
        return files

    def _signers(self, number: int) -> set[int]:
        t = table(Signature)
        statement = select(t.c.person).where(t.c.part == lost_part(number))
        with self.vault.reading() as sql:
            return set(sql.execute(statement).scalars())

    def _sign(self, change: Change, number: int) -> None:
        destruction = self.vault.raw.execute(
            "SELECT destruction FROM destruction_orders WHERE id = ?", (number,)
        ).fetchone()[0]
        signatures.sign(change, destruction, lost_part(number))


def lost_part(number: int) -> str:
    """Return the part under which it is signed that an order's copy is lost."""
    return f"lost {number}"
