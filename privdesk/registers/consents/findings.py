"""The findings on the consents: rules 3, 10 and 11.

Consents of one purpose and day are one finding: a list of a million newsletters that
lapse is not a million tasks.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import ColumnElement, exists, func, literal_column, select, table

from privdesk.core.categories import Separate
from privdesk.core.clock import office_date
from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.i18n import N_
from privdesk.core.rulebook import rule_number, term_number
from privdesk.registers.consents import guardians, rules
from privdesk.registers.consents.answers import Asked
from privdesk.registers.desk import Desk

_AHEAD = timedelta(days=31)
_RUNNING = "('requested', 'approved', 'executing')"
_UNDER_WAY = (
    "SELECT d.id FROM destructions d JOIN destruction_holdings c ON c.destruction = d.id"
    " LEFT JOIN holdings h ON h.id = c.holding"
    f" WHERE c.subject = ? AND (h.purpose = ? OR c.holding < 0) AND c.why = '' AND d.state IN"
    f" {_RUNNING} ORDER BY d.id DESC LIMIT 1"
)


def judge(desk: Desk) -> list[Finding]:
    """Return what was not acted on, marketing consents to confirm again, silent guardians."""
    return [*_ended(desk), *_to_confirm(desk), *_guardians(desk), *_over(desk)]


def _over(desk: Desk) -> list[Finding]:
    """Return the proofs that are kept beyond their own day (rule 12), one finding for a day."""
    t, today = desk.service("consents").table, desk.today()
    wanted = (
        select(func.min(t.c.id), t.c.keep_until, func.count())
        .where(t.c.state == "proof", t.c.keep_until <= today)
        .group_by(t.c.keep_until)
    )
    with desk.vault.reading() as sql:
        rows = sql.execute(wanted.order_by(t.c.keep_until)).all()
    return [
        finding(
            "12",
            rules.REGISTER,
            desk.ref("consents", number) if count == 1 else "",
            what=N_("The proof of the consent is kept beyond {until}."),
            do=N_("Destroy the proof."),
            severity=Severity.BREACH,
            due=desk.calendar.deadline_days(until, term_number("destroy.days", until)),
            count=count,
            values={"until": until},
        )
        for number, until, count in rows
    ]


def under_way(desk: Desk, subject: int, purpose: int) -> str:
    """Return the running destruction that takes what is held of a person for a purpose."""
    row = desk.vault.raw.execute(_UNDER_WAY, (subject, purpose)).fetchone()
    return desk.ref("destructions", row[0]) if row else ""


def _ended(desk: Desk) -> list[Finding]:
    t = desk.service("consents").table
    held, taken = table("holdings").alias("h"), table("destruction_holdings").alias("c")
    alive = (
        literal_column("h.subject") == t.c.subject,
        literal_column("h.purpose") == t.c.purpose,
        literal_column("h.state") == "active",
    )
    running = exists(
        select(literal_column("1"))
        .select_from(taken)
        .where(
            literal_column("c.holding") == literal_column("h.id"),
            literal_column("c.why") == "",
            literal_column(
                f"c.destruction IN (SELECT id FROM destructions WHERE state IN {_RUNNING})"
            ),
        )
    )
    found: list[Finding] = []
    for busy in (~running, running):
        still = exists(select(literal_column("1")).select_from(held).where(*alive, busy))
        found += _judged(desk, t.c.state.in_(("withdrawn", "lapsed")), still, main=True)
    return found


def _to_confirm(desk: Desk) -> list[Finding]:
    """A marketing box that people ticked is enough; the company's profile need not say more."""
    today = desk.today()
    if not rules.may_outdate(today):
        return []
    # Leap days make the interval up to a day longer; the rule judges each one exactly.
    span = timedelta(days=365 * rule_number("marketing.reconfirm_years", today))
    t = desk.service("consents").table
    numbers = desk.service("purposes").advertised()
    if not numbers:
        return []
    old = t.c.at <= today + _AHEAD - span
    box = t.c.box == Separate.MARKETING.value
    return _judged(desk, t.c.state == "given", box, t.c.purpose.in_(numbers), old)


def _guardians(desk: Desk) -> list[Finding]:
    """Return the guardians who were asked and said nothing, or no (rule 3)."""
    service, today = desk.service("consents"), desk.today()
    t = service.table
    found: list[Finding] = []
    for where in (
        (t.c.state == "waiting",),
        (t.c.state == "refused", t.c.guardian.is_(True), t.c.settled_on.is_(None)),
    ):
        for asked, count in service.groups(*where):
            facts = _guardian(desk, asked, count)
            found += guardians.judge(facts, today, desk.calendar)
    return found


def _guardian(desk: Desk, of: Asked, count: int) -> guardians.GuardianFacts:
    (facts,) = desk.service("consents").facts_of([of])
    events = rules.in_order(facts.events)
    last = events[-1]
    asked = next((one for one in reversed(events) if one.kind is rules.Event.ASKED), last)
    refused = office_date(last.at) if last.kind is rules.Event.REFUSED else None
    return guardians.GuardianFacts(
        ref=facts.ref if count == 1 else "",
        collected=office_date(asked.at),
        refused=refused,
        destruction=under_way(desk, of.subject, of.purpose) if count == 1 else "",
        count=count,
    )


def _judged(desk: Desk, *where: ColumnElement[bool], main: bool = False) -> list[Finding]:
    """Return the findings on some answers; with ``main`` to the box that holdings stand on."""
    service = desk.service("consents")
    found: list[Finding] = []
    groups, today, calendar = service.groups(*where), desk.today(), desk.calendar
    if main:
        purposes = {asked.purpose for asked, _count in groups}
        box_of = {one: desk.service("purposes").main_box(one).value for one in purposes}
        groups = [group for group in groups if group[0].box == box_of[group[0].purpose]]
    told = service.facts_of([asked for asked, _count in groups])
    for (asked, count), facts in zip(groups, told, strict=True):
        if count == 1:
            running = under_way(desk, asked.subject, asked.purpose)
            facts = replace(facts, destruction=running)
        judged = rules.judge(facts, today, calendar)
        found += [one if count == 1 else replace(one, ref="", count=count) for one in judged]
    return found
