"""The findings on the access log and its review: rules 51 to 54."""

from __future__ import annotations

from datetime import date, datetime

from privdesk.core.clock import office_date
from privdesk.core.findings import Finding
from privdesk.core.register import Query
from privdesk.journal.kinds import What, actions_of
from privdesk.registers.desk import Desk
from privdesk.registers.log_reviews import judging, reading, rules


def judge(desk: Desk) -> list[Finding]:
    """Return months not reviewed, reviews that wait, looks without purpose, an unchecked chain."""
    today, reviews = desk.today(), desk.service("log-reviews")
    begun = reading.begun(desk)
    found = list(judging.judge_months(begun, today, reading.reviewed(desk)))
    found += judging.judge_purposes(_untold(desk, today), rules.month_of(today)[0])
    rows = [*reviews.find(Query(where={"state": "follow-up"}))]
    rows += reviews.find(Query(where={"state": "done", "alone": True}))
    found += [one for row in rows for one in judging.judge_review(row, today)]
    found += judging.judge_chain(_checked(desk) or begun, _faults(desk), today)
    return found


def _untold(desk: Desk, today: date) -> int:
    """Return how many looks and exports of this month name neither case nor reason (rule 51)."""
    actions = actions_of(What.LOOK, What.EXPORT)
    first, last = reading.bounds(desk, *rules.month_of(today))
    sql = (
        f"SELECT count(*) FROM journal WHERE action IN ({','.join('?' * len(actions))})"
        " AND number BETWEEN ? AND ? AND case_ref = '' AND details IS NULL"
    )
    return int(desk.vault.raw.execute(sql, (*actions, first, last)).fetchone()[0])


def _checked(desk: Desk) -> date | None:
    """Return the day on which the whole journal was checked last, by a review or by itself."""
    sql = "SELECT max(number) FROM journal WHERE action IN ('journal.checked', 'log.concluded')"
    (number,) = desk.vault.raw.execute(sql).fetchone()
    if number is None:
        return None
    (entry,) = desk.journal.entries(number - 1, 1)
    return office_date(datetime.fromisoformat(entry.at))


def _faults(desk: Desk) -> tuple[str, int]:
    """Return the newest signed review and the faults of the journal that it met."""
    sql = (
        "SELECT id, faults FROM log_reviews WHERE state IN ('follow-up', 'done')"
        " ORDER BY concluded_on DESC, id DESC LIMIT 1"
    )
    row = desk.vault.raw.execute(sql).fetchone()
    return (desk.ref("log-reviews", row[0]), int(row[1] or 0)) if row else ("", 0)
