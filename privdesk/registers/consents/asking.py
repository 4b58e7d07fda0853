"""Who must be asked again: after a change of the purpose (rule 8), or after two years (rule 11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, or_, select

from privdesk.core import references
from privdesk.core.register import Query, Row
from privdesk.core.rulebook import applies, rule_number
from privdesk.registers.consents import answers, rules
from privdesk.registers.consents.fields import RULE_8, RULE_11
from privdesk.registers.desk import Desk

AHEAD = timedelta(days=30)


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
    given = [row for row in rows if row.state == "given" and row.values["purpose"]]
    if not given:
        return [replace(row, values={**row.values, "ask_again": ""}) for row in rows]
    purposes, today, effective = _purposes(desk), desk.today(), _effective(desk, given)
    found = []
    for row in rows:
        of = purposes.get(str(row.values["purpose"])) if row.state == "given" else None
        reason = (
            ""
            if of is None
            else _why(
                _seen(row.values["agreed_on"], effective.get(str(row.values["wording"]))),
                row.values["at"],
                of,
                today,
            )
        )
        found.append(replace(row, values={**row.values, "ask_again": reason}))
    return found


def due(desk: Desk) -> dict[int, str]:
    """Return the standing consents that must be asked for again, each with the reason."""
    t, today = desk.service("consents").table, desk.today()
    purposes = {desk.service("purposes").number(ref): of for ref, of in _purposes(desk).items()}
    # Leap days make the interval up to a day longer; the rule judges each one exactly.
    span = timedelta(days=365 * rule_number("marketing.reconfirm_years", today))
    old = t.c.at <= today + AHEAD + timedelta(days=1) - span
    chosen = [
        and_(
            t.c.purpose == number,
            or_(*_conditions(t, of["renew_from"], old if of["marketing"] else None)),
        )
        for number, of in purposes.items()
    ]
    if not chosen:
        return {}
    wanted = select(t.c.id, t.c.purpose, t.c.at, t.c.agreed_on, answers.WORDINGS.c.effective)
    wanted = wanted.outerjoin_from(t, answers.WORDINGS, answers.WORDINGS.c.id == t.c.wording)
    with desk.vault.reading() as sql:
        rows = sql.execute(wanted.where(t.c.state == "given", or_(*chosen))).all()
    found = {
        r.id: _why(_seen(r.agreed_on, r.effective), r.at, purposes[r.purpose], today) for r in rows
    }
    return {number: reason for number, reason in found.items() if reason}


def _conditions(t: Any, renew_from: date | None, old: Any) -> list[Any]:
    found = []
    if renew_from is not None:
        effective = answers.WORDINGS.c.effective
        before = select(answers.WORDINGS.c.id).where(effective < renew_from)
        found = [t.c.agreed_on < renew_from, t.c.wording.in_(before)]
    return found if old is None else [*found, old]


def _seen(agreed: date | None, effective: date | None) -> date | None:
    """Return the day that counts for rule 8: a text from before a change says nothing of it."""
    return min(agreed, effective) if agreed and effective else agreed


def _effective(desk: Desk, rows: Sequence[Row]) -> dict[str, date | None]:
    refs = {str(row.values["wording"]) for row in rows if row.values["wording"]}
    service = desk.service("wordings")
    found = service.rows([references.parse(ref)[1] for ref in refs])
    return {row.ref: row.values["effective"] for row in found}


def _why(agreed: date | None, last: date, of: dict[str, Any], today: date) -> str:
    told = {"marketing": of["marketing"], "today": today}
    return why(agreed or last, last, of["renew_from"], **told)


def _purposes(desk: Desk) -> dict[str, dict[str, Any]]:
    """Return the purposes in use of which a consent may have to be asked for again."""
    marketing = applies("11", desk.profile, desk.today())
    found = {}
    for row in desk.service("purposes").find(Query(where={"state": ["draft", "active"]})):
        of = {
            "renew_from": row.values["renew_from"],
            "marketing": marketing and bool(row.values["marketing"]),
        }
        if of["renew_from"] is not None or of["marketing"]:
            found[row.ref] = of
    return found
