"""Whether an answer may be taken out of use: it was entered by mistake, and nothing followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privdesk.core import references
from privdesk.core.i18n import N_, _
from privdesk.core.register import Row
from privdesk.registers.consents.refusals import FollowedError

if TYPE_CHECKING:
    from privdesk.registers.consents.service import Consents

_ENDED = ("withdrawn", "lapsed", "refused")
_PAPER = N_("a paper about it was issued")
_SETTLED = N_("data was destroyed on it")
_HELD = N_("what was held on it has ended")
_CASE = N_("a request of the person rests on it")
_GIVEN = N_("data was provided on it")

_PAPERS = "SELECT 1 FROM documents WHERE about = ? LIMIT 1"
_HOLDINGS = (
    "SELECT 1 FROM holdings WHERE subject = ? AND purpose = ? AND ended_on = ?"
    " AND state <> 'void' LIMIT 1"
)
# The times of requests are stored in UTC; the day of the withdrawal is the office's.
_CASES = (
    "SELECT 1 FROM requests WHERE subject = ? AND kind = 'withdrawal'"
    " AND state NOT IN ('received', 'void') AND date(received_at, '+9 hours') = ? LIMIT 1"
)
_PROVIDED = (
    "SELECT 1 FROM provisions v LEFT JOIN provision_subjects g ON g.provision = v.id"
    " WHERE v.purpose = ? AND v.ground = 'consent' AND (v.subject = ? OR g.subject = ?)"
    " AND v.state IN ('approved', 'provided', 'recorded', 'recalled')"
    " AND coalesce(v.provided_on, v.approved_on) >= ? LIMIT 1"
)


def require_nothing_followed(service: Consents, row: Row) -> None:
    """Refuse to take an answer out of use of which something came.

    Raises:
        FollowedError: says what came of it.
    """
    followed = _followed(service, row)
    if followed:
        raise FollowedError(ref=row.ref, followed=_(followed))


def _followed(service: Consents, row: Row) -> str:
    raw, values = service.vault.raw, row.values
    subject, purpose = (references.number(values[n]) for n in ("subject", "purpose"))
    day = values["at"].isoformat()
    if values.get("settled_on"):
        return _SETTLED
    if raw.execute(_PAPERS, (row.ref,)).fetchone():
        return _PAPER
    if row.state in _ENDED:
        main = service.desk.service("purposes").main_box(purpose).value == values["box"]
        if main and raw.execute(_HOLDINGS, (subject, purpose, day)).fetchone():
            return _HELD
        return _CASE if raw.execute(_CASES, (subject, day)).fetchone() else ""
    given = raw.execute(_PROVIDED, (purpose, subject, subject, day)).fetchone()
    return _GIVEN if given else ""
