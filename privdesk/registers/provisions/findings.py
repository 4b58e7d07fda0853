"""The findings on the provisions: S3.1, S3.2, rules 23 and 27."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.findings import Finding
from privdesk.core.register import Query, Row
from privdesk.registers.desk import Desk
from privdesk.registers.freezing import touched
from privdesk.registers.provisions import people, rules
from privdesk.registers.provisions.checks import items_in
from privdesk.registers.provisions.fields import ONCE
from privdesk.registers.provisions.grounds import Ground
from privdesk.registers.provisions.rules import GIVEN, State


def judge(desk: Desk) -> list[Finding]:
    """Return what waits for approval or confirmation, and what is wrong with what was given."""
    service = desk.service("provisions")
    raw = desk.vault.raw
    numbers = raw.execute(
        "SELECT id FROM provisions WHERE state = 'requested' OR (state = 'provided'"
        " AND ground = 'statute' AND by_cpo IS NOT 1 AND cpo_paper IS NULL)"
        f" OR (state IN ('provided', 'recorded') AND frequency <> '{ONCE}') ORDER BY id"
    ).fetchall()
    rows = service.rows([row[0] for row in numbers])
    sql = "SELECT count(*) FROM provisions WHERE state = 'recorded'"
    waiting = int(raw.execute(sql).fetchone()[0])
    today, calendar = desk.today(), desk.calendar
    found = [one for row in rows for one in rules.judge(_facts(desk, row), today, calendar)]
    return [*found, *rules.recorded(waiting)]


def _facts(desk: Desk, row: Row) -> rules.ProvisionFacts:
    values, service = row.values, desk.service("provisions")
    running = values["frequency"] != ONCE
    watched = running and State(row.state) in GIVEN
    whom: Sequence[int] = service.whom(row) if watched else ()
    purpose = service.consented(values) if whom else None
    lost = len(whom) - len(people.agreed(desk, whom, purpose)) if purpose is not None else 0
    return rules.ProvisionFacts(
        ref=row.ref,
        recipient=str(values["recipient"]),
        state=State(row.state),
        ground=Ground(values["ground"]) if values["ground"] else None,
        asked=values["requested_on"],
        running=running,
        decided_by_cpo=_decided(desk, row),
        provided=values["provided_on"],
        until=values["until"],
        without_consent=lost,
        frozen=len(touched(desk, whom, items_in(values))) if whom else 0,
    )


def _decided(desk: Desk, row: Row) -> bool:
    """Whether the CPO decided: here, on a signed paper, or on the authority’s demand."""
    values = row.values
    if values["by_cpo"] or values["cpo_paper"]:
        return True
    if not values["demand"]:
        return False
    found = desk.service("demands").find(Query(where={"ref": values["demand"]}))
    return any(one.state in ("granted", "answered") for one in found)
