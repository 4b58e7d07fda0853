"""The end of a pledge: three years after the person has left, sheet and names are destroyed.

That somebody had signed, of which kind and on which day, stays by number and names nobody once
the member of staff is gone too. A stack that was printed for many people is kept as issued.
"""

from __future__ import annotations

from datetime import date

from privdesk.core.errors import DomainError
from privdesk.core.register import Row
from privdesk.registers.desk import Change
from privdesk.vault import attachments
from privdesk.vault.payloads import OFFICE


class PledgeKeptError(DomainError):
    """The pledge {ref} is kept until {day}. Nothing was destroyed; come back after that day."""


class PledgeInForceError(DomainError):
    """{ref} is the pledge of somebody who has not left, so it is kept. Nothing was destroyed; enter
    the last day of work first.
    """


def require_over(ref: str, kept_until: date | None, today: date) -> None:
    """Refuse to destroy a pledge before its period is over."""
    if kept_until is None:
        raise PledgeInForceError(ref=ref)
    if today <= kept_until:
        raise PledgeKeptError(ref=ref, day=kept_until)


def expunge(change: Change, row: Row) -> None:
    """Destroy the sheet and the sealed values of a pledge inside the caller's transaction."""
    desk = change.desk
    require_over(row.ref, row.values["keep_until"], desk.today())
    attachments.forget(desk.vault, row.id)
    desk.service("documents").forget(change, row.ref)
    desk.vault.payloads.drop(OFFICE, row.id)
    desk.service("pledges").put(change, row.id, state="destroyed", file=None, pages=None)
    change.note("pledge.expunged", "pledges", row.id)
    desk.vault.keys_wait(desk.now().isoformat())
    change.afterwards.add(lambda: attachments.sweep(desk.vault))
