"""Orders to places as records: another count accepted, a copy declared lost by two officers."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.i18n import N_, _
from privdesk.core.register import Outcome
from privdesk.journal import ruleoftwo
from privdesk.registers.desk import Change, Desk
from privdesk.registers.destructions import rules, signatures
from privdesk.registers.destructions.lists import SLOT_IDS
from privdesk.registers.destructions.rules import OrderState, OrderStep
from privdesk.registers.records import Records
from privdesk.vault import attachments
from privdesk.vault.payloads import PEOPLE

ONE_SIGNED = N_("One officer has signed; the copy counts as lost once another signs too.")
UNSIGNED = N_("no officer signed that it was lost")
ONE_OFFICER = N_("one officer alone signed that it was lost, while the two-officer rule was on")


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
        two = ruleoftwo.applies(self.vault)
        files: list[str] = []
        with self.desk.change() as change:
            for ref in refs:
                number = self.number(ref)
                state = OrderState(self.rows([number])[0].state)
                after = rules.next_order_state(state, OrderStep.DECLARE_LOST)
                others = {n for n in _signers(self.desk, number) if not self.vault.is_me(n)}
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

    def _sign(self, change: Change, number: int) -> None:
        signatures.sign(change, _destruction(self.desk, number), lost_part(number))


def unproved(desk: Desk) -> list[tuple[str, str]]:
    """Return of which places the copy counts as lost without officers having signed it, and why.

    One does where the two-officer rule was off.
    """
    found = []
    sql = "SELECT id, destruction FROM destruction_orders WHERE state = 'lost' ORDER BY id"
    for number, destruction in desk.vault.raw.execute(sql).fetchall():
        part = lost_part(number)
        signed = [s for s in signatures.counting(desk, destruction) if s["part"] == part]
        people = [one["person"] for one in signed]
        if not signed:
            found.append((desk.ref("orders", number), UNSIGNED))
        elif not signatures.different(desk.vault.header, people, people) and ruleoftwo.applied(
            desk.vault, signed[-1]["at"]
        ):
            found.append((desk.ref("orders", number), ONE_OFFICER))
    return found


def _signers(desk: Desk, number: int) -> set[int]:
    """Return the officers of now who signed that an order's copy is lost."""
    signed = signatures.of_now(desk, _destruction(desk, number))
    return {one["person"] for one in signed if one["part"] == lost_part(number)}


def _destruction(desk: Desk, number: int) -> int:
    sql = "SELECT destruction FROM destruction_orders WHERE id = ?"
    return int(desk.vault.raw.execute(sql, (number,)).fetchone()[0])


def lost_part(number: int) -> str:
    """Return the part under which it is signed that an order's copy is lost."""
    return f"lost {number}"
