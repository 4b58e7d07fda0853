"""What an answer can be: on a day that has been, to something agreed to, never rewritten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from privdesk.core import references
from privdesk.core.clock import office_time
from privdesk.core.i18n import _
from privdesk.registers.consents import rules
from privdesk.registers.consents.refusals import (
    AnsweredBeforeAllError,
    AnsweredLaterError,
    AnswerStandsError,
    NothingAgreedError,
)
from privdesk.registers.consents.rules import Event
from privdesk.registers.pieces import FIRST_DAY

if TYPE_CHECKING:
    from privdesk.registers.consents.service import Consents

_AS_ENTERED = ("time", "guardian", "guardian_check")
_OF_GUARDIAN = ("guardian_name", "guardian_phone")
_FOLLOWS = (Event.WITHDRAWN, Event.LAPSED, Event.CONFIRMED, Event.CHANGED)
_ENDS = (Event.WITHDRAWN, Event.LAPSED)


def require_been(now: datetime, at: date, time: str = "") -> None:
    """Refuse a moment that is still to come, and a day before everything.

    A later time of the same day would stand behind what really happens after it.
    """
    now = office_time(now)
    if at > now.date() or (at == now.date() and time > f"{now:%H:%M}"):
        raise AnsweredLaterError(day=f"{at} {time}".strip())
    if at < FIRST_DAY:
        raise AnsweredBeforeAllError(day=at, first=FIRST_DAY)


def require_unwritten(
    service: Consents, values: Mapping[str, Any], before: Mapping[str, Any]
) -> None:
    """Refuse to change an answer afterwards, or to complete what rule 1 rests on.

    A guardian who was named may still correct name and telephone.
    """
    for name in (*_AS_ENTERED, *(() if before.get("guardian") else _OF_GUARDIAN)):
        if (values.get(name) or None) != (before.get(name) or None):
            raise AnswerStandsError(field=_(service.field(name).label))


def require_agreed(service: Consents, values: Mapping[str, Any]) -> None:
    """Refuse the end, or the confirmation, of what was never agreed to.

    What is held on consent without a record of it can be withdrawn. A list of another system
    may know the end alone; it comes in by the import.
    """
    kind = Event(values["kind"])
    if kind not in _FOLLOWS:
        return
    subject, purpose = (references.number(values[n]) for n in ("subject", "purpose"))
    facts = service.facts(subject, purpose, str(values["box"]))
    told = rules.counted(rules.until(facts.events, values["at"]))
    agreed = told is not None and told.agreed is not None
    if agreed or (kind in _ENDS and _held(service, subject, purpose)):
        return
    spoken = service.desk.service("purposes").spoken(purpose)
    raise NothingAgreedError(day=values["at"], person=values["subject"], purpose=spoken)


def _held(service: Consents, subject: int, purpose: int) -> bool:
    sql = (
        "SELECT 1 FROM holdings WHERE subject = ? AND purpose = ?"
        " AND state IN ('active', 'held', 'law') LIMIT 1"
    )
    return service.vault.raw.execute(sql, (subject, purpose)).fetchone() is not None
