"""What a case leaves open when it ends: its orders to places and its freezes.

Where nothing comes of a case (refused, taken back, void) its orders and freezes end with it, and
a place that froze is told to release. Where it was answered, what places were told to do has to
be confirmed before the case is closed (S6.4 to S6.6).
"""

from __future__ import annotations

from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _
from privdesk.registers.desk import Change
from privdesk.registers.requests.rules import State

ENDED = {
    State.REFUSED: N_("The request was refused"),
    State.WITHDRAWN: N_("The request was taken back"),
    State.CLOSED: N_("The case was closed"),
}
_UNCHANGED, _TAKEN_BACK = "unchanged", "withdrawn"  # how a freeze ends


class PlacesOpenError(DomainError):
    """{ref} is not finished everywhere: {places} has not confirmed yet. Nothing was changed; enter
    the replies, or cancel those orders with the reason, then close the case.
    """


class FrozenStillError(DomainError):
    """The correction of {ref} is not finished, so what it disputes is still frozen ({freezes}).
    Nothing was changed; release the freeze with its result, then close the case.
    """


def end(change: Change, number: int, state: State, reason: str = "") -> None:
    """End the orders and the freezes of a case of which nothing comes."""
    desk = change.desk
    why = reason.strip() or _(ENDED[state])
    desk.service("retrievals").end(change, number, why)
    freezes = desk.service("freezes")
    result = _UNCHANGED if state is State.REFUSED else _TAKEN_BACK
    for freeze in freezes.open_for(number):
        freezes.release_one(change, freeze, result, why)


def close(change: Change, number: int, before: State) -> None:
    """End what a closed case leaves open; refuse while a place has not done what was decided.

    Data that places were only asked to send is not waited for any more. What was frozen at the
    person's own request, and granted, stays frozen as the result.

    Raises:
        PlacesOpenError: a correction, deletion, freeze or release waits for its confirmation.
        FrozenStillError: a freeze of a correction has no result yet.
    """
    desk = change.desk
    orders, freezes = desk.service("retrievals"), desk.service("freezes")
    (row,) = desk.service("requests").rows([number])
    waits = [one.name or _(N_("This vault")) for one in orders.followed(number) if one.waits]
    if waits:
        raise PlacesOpenError(ref=row.ref, places=", ".join(waits))
    orders.end(change, number, _(ENDED[State.CLOSED]))
    standing = freezes.open_for(number)
    if before is not State.ANSWERED:
        end(change, number, before)
    elif row.values["kind"] in ("suspension", "objection"):
        for freeze in standing:
            freezes.settle(change, freeze)
    elif standing:
        refs = ", ".join(desk.ref("freezes", freeze) for freeze in standing)
        raise FrozenStillError(ref=row.ref, freezes=refs)
