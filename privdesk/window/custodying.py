"""Custody copies and accounts as the page of safety shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from privdesk.ui.office.ports import CustodyCopy, Holder


def copy_of(told: Any, me: str) -> CustodyCopy:
    """Return a custody copy as ``flows.custody`` tells it; ``me`` is the officer at the desk."""
    return CustodyCopy(
        number=told["ref"],
        kind=told["kind"],
        place=told["place"],
        issued_at=datetime.fromisoformat(told["issued_at"]),
        epoch=told["epoch"],
        state=told["state"],
        declared_by=", ".join(told["declared_lost_by"]),
        why_lost=told["reason"],
        waits=told["waits_for_second"],
        mine=me in told["declared_lost_by"],
        replaces=told["replaces"],
        keeper=told["keeper"],
        seen=bool(told["seen_on"]) or told["state"] != "held",
        destroyed=" · ".join(filter(None, (told["destroyed_on"], told["destroyed_by"]))),
    )


def holder_of(told: Any, epoch: int, me: str) -> Holder:
    """Return an account as ``flows.accounts`` tells it; ``epoch`` is the vault's."""
    account, station = told["account"], told["workstation"]
    return Holder(
        account=account,
        workstation=station,
        epoch=told["epoch"],
        seen_at=datetime.fromisoformat(told["seen_at"]),
        present=told["epoch"] >= epoch,
        here=told["here"],
        state=told["state"],
        declared_by=", ".join(told["declared_lost_by"]),
        why_lost=told["reason"],
        waits=told["waits_for_second"],
        mine=me in told["declared_lost_by"],
    )
