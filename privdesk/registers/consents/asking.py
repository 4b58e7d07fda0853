"""Who must be asked again: after a change of the purpose (rule 8), or after two years (rule 11)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from privdesk.core.categories import Separate
from privdesk.core.register import Query, Row
from privdesk.core.rulebook import rule_number
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
    living = desk.service("purposes").find(Query(where={"state": ["draft", "active"]}))
    found = dict.fromkeys(_outdated(desk, living, among), RULE_8)
    today = desk.today()
    agreed = today - timedelta(days=1)
    for number, last in _sold(desk, living, among):
        if why(agreed, last, None, marketing=True, today=today):
            found.setdefault(number, RULE_11)
    return found


def count(desk: Desk) -> int:
    """Return how many standing consents must be asked for again; the same as ``due`` has."""
    t, today, found = desk.service("consents").table, desk.today(), 0
    last = _last_confirmed(today)
    with desk.vault.reading() as sql:
        for row in desk.service("purposes").find(Query(where={"state": ["draft", "active"]})):
            why_not = [(t.c.box == Separate.MARKETING.value) & (t.c.at <= last)] if last else []
            changed = row.values["renew_from"]
            if changed is not None:
                why_not.append(answers.older(t, changed))
            if why_not:
                wanted = select(func.count()).where(t.c.purpose == row.id, t.c.state == "given")
                found += sql.execute(wanted.where(or_(*why_not))).scalar_one()
    return found


def _last_confirmed(today: date) -> date | None:
    """Return the newest day whose marketing consent has to be confirmed again by now (rule 11)."""
    if not rules.may_outdate(today):
        return None
    years = rule_number("marketing.reconfirm_years", today)
    day = today + AHEAD + timedelta(days=1) - timedelta(days=365 * years)
    while not why(day, day, None, marketing=True, today=today):
        day -= timedelta(days=1)
    return day


def _outdated(desk: Desk, living: Sequence[Row], among: Sequence[int]) -> Iterator[int]:
    """Yield the standing consents that are older than a change of their purpose."""
    t = desk.service("consents").table
    for row in living:
        changed = row.values["renew_from"]
        if changed is not None:
            where = (t.c.purpose == row.id, t.c.state == "given", answers.older(t, changed))
            yield from (found.id for found in _chosen(desk, among, *where))


def _sold(desk: Desk, living: Sequence[Row], among: Sequence[int]) -> Iterator[tuple[int, date]]:
    """Yield the standing marketing consents near their anniversary, with their last day."""
    t, today = desk.service("consents").table, desk.today()
    if not rules.may_outdate(today):
        return
    # Leap days make the interval up to a day longer; the rule judges each one exactly.
    span = timedelta(days=365 * rule_number("marketing.reconfirm_years", today))
    where = (
        t.c.purpose.in_([row.id for row in living]),
        t.c.state == "given",
        t.c.box == Separate.MARKETING.value,
        t.c.at <= today + AHEAD + timedelta(days=1) - span,
    )
    yield from ((found.id, found.at) for found in _chosen(desk, among, *where))


def _chosen(desk: Desk, among: Sequence[int], *where: ColumnElement[bool]) -> Iterator[Any]:
    """Yield number and day of consents; of some only, in parts that fit one statement."""
    t = desk.service("consents").table
    wanted = select(t.c.id, t.c.at).where(*where)
    with desk.vault.reading() as sql:
        if not among:
            yield from sql.execute(wanted).all()
        for start in range(0, len(among), _AT_ONCE):
            part = t.c.id.in_(among[start : start + _AT_ONCE])
            yield from sql.execute(wanted.where(part)).all()
