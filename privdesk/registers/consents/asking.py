"""Who must be asked again: after a change of the purpose (rule 8), or after two years (rule 11)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import and_, false, or_, select

from privdesk.core.categories import Separate
from privdesk.core.register import Query, Row
from privdesk.core.rulebook import applies, rule_number
from privdesk.registers.consents import answers, rules
from privdesk.registers.consents.fields import RULE_8, RULE_11
from privdesk.registers.desk import Desk

AHEAD = timedelta(days=30)
_AT_ONCE = 900


def why(agreed: date, last: date, renew_from: date | None, *, marketing: bool, today: date) -> str:
    """Return why a standing consent is to be asked for again: a key, or nothing.

    ``agreed`` is the day of the agreement, ``last`` that of the newest confirmation. A
    marketing consent counts thirty days ahead of its anniversary (rule 11); a changed
    purpose at once (rule 8).
    """
    if renew_from is not None and agreed < renew_from:
        return RULE_8
    if marketing and today >= rules.reconfirm_by(last, today) - AHEAD:
        return RULE_11
    return ""


def told(desk: Desk, rows: Sequence[Row]) -> list[Row]:
    """Return consents with the reason for asking again, where there is one."""
    given = [row.id for row in rows if row.state == "given"]
    found = due(desk, given) if given else {}
    return [replace(row, values={**row.values, "ask_again": found.get(row.id, "")}) for row in rows]


def due(desk: Desk, among: Sequence[int] = ()) -> dict[int, str]:
    """Return the standing consents that must be asked for again, each with the reason.

    ``among`` narrows it to some answers.
    """
    t, today = desk.service("consents").table, desk.today()
    # Leap days make the interval up to a day longer; the rule judges each one exactly.
    span = timedelta(days=365 * rule_number("marketing.reconfirm_years", today))
    old = t.c.at <= today + AHEAD + timedelta(days=1) - span
    found: dict[int, str] = {}
    sold = and_(t.c.box == Separate.MARKETING.value, old) if _sells(desk) else false()
    for number, renew_from in _purposes(desk):
        outdated = false() if renew_from is None else answers.older(t, renew_from)
        wanted = select(t.c.id, t.c.at, t.c.box, outdated.label("outdated")).where(
            t.c.purpose == number, t.c.state == "given", or_(outdated, sold)
        )
        for part in _parts(among):
            chosen = wanted if part is None else wanted.where(t.c.id.in_(part))
            with desk.vault.reading() as sql:
                rows = sql.execute(chosen).all()
            for row in rows:
                changed = today if row.outdated else None
                agreed = today - timedelta(days=1)
                marketing = row.box == Separate.MARKETING.value and _sells(desk)
                reason = why(agreed, row.at, changed, marketing=marketing, today=today)
                if reason:
                    found[row.id] = reason
    return found


def _parts(among: Sequence[int]) -> Iterator[Sequence[int] | None]:
    """Yield the numbers in parts that fit one statement; None for everybody."""
    if not among:
        yield None
    for start in range(0, len(among), _AT_ONCE):
        yield among[start : start + _AT_ONCE]


def _sells(desk: Desk) -> bool:
    """Whether marketing consents have to be confirmed again at all (rule 11)."""
    return applies("11", desk.profile, desk.today())


def _purposes(desk: Desk) -> Iterator[tuple[int, date | None]]:
    """Yield the purposes in use of which a consent may have to be asked for again."""
    boxes = desk.service("purposes").boxes
    for row in desk.service("purposes").find(Query(where={"state": ["draft", "active"]})):
        renew_from = row.values["renew_from"]
        if renew_from is not None or Separate.MARKETING in boxes(row.id):
            yield row.id, renew_from
