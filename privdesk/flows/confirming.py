"""Whether everybody has confirmed a destruction: roll, copies, accounts and places."""

from __future__ import annotations

from privdesk.flows import losing, orders, proofs
from privdesk.registers.desk import Desk
from privdesk.registers.destructions import rules
from privdesk.registers.destructions.orders import unproved as unproved_places
from privdesk.registers.destructions.rules import State
from privdesk.vault import roll


def everybody_confirmed(desk: Desk, number: int) -> bool:
    """Whether a destruction waits for nobody any more but has not been completed.

    What only a state calls lost, without the signatures of officers, is still waited for.
    """
    state = desk.service("destructions").rows([number])[0].state
    if state != State.BACKUPS_CLOSED.value:
        return False
    reached = rules.reached(
        roll_done=roll.state(desk.vault) == "done",
        custody_closed=not _open_custody(desk),
        holders_closed=not _open_holders(desk),
        orders=orders.states(desk, number),
    )
    if reached is not State.COMPLETE or losing.uncounted(desk):
        return False
    places = {desk.ref("orders", order) for order in desk.service("destructions").orders(number)}
    unsigned = any(ref in places for ref, _why in unproved_places(desk))
    return not unsigned and not proofs.why_not(desk, number)


def _open_custody(desk: Desk) -> bool:
    sql = "SELECT 1 FROM custody_copies WHERE state = 'to-replace' LIMIT 1"
    return desk.vault.raw.execute(sql).fetchone() is not None


def _open_holders(desk: Desk) -> bool:
    epoch = int(desk.vault.meta("epoch") or 1)
    sql = "SELECT 1 FROM holders WHERE epoch < ? AND state = 'held' LIMIT 1"
    return desk.vault.raw.execute(sql, (epoch,)).fetchone() is not None
