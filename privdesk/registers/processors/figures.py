"""Processors, their supervision, and their contracts (S4.1 to S4.3, rules 28 and 32)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from privdesk.core import periods
from privdesk.core.figures import Figure, Good, Nature, Span
from privdesk.core.i18n import N_
from privdesk.core.rulebook import rule_number
from privdesk.registers import counting
from privdesk.registers.desk import Desk
from privdesk.registers.processors.rules import CLAUSE_LABELS

_BEGAN = (
    "SELECT p.id, p.parent, coalesce(min(p.since, f.since), p.since, f.since) FROM processors p"
    " LEFT JOIN (SELECT processor, min(since) AS since FROM consignments WHERE state <> 'void'"
    " GROUP BY processor) f ON f.processor = p.id"
    " WHERE p.state <> 'void' AND (p.ended_on IS NULL OR p.ended_on > ?)"
)
_HELD = (
    "SELECT processor, kind = 'training', max(coalesce(held_on, done_on)) FROM inspections"
    " WHERE state <> 'void' AND done_on IS NOT NULL AND coalesce(held_on, done_on) <= ?"
    " GROUP BY 1, 2"
)


def figures(desk: Desk, span: Span) -> Sequence[Figure]:
    """Return the processors at the end of the span and how many are supervised."""
    last = span.last.isoformat()
    rows = desk.vault.raw.execute(_BEGAN, (last,)).fetchall()
    here = [(number, parent) for number, parent, since in rows if not since or since <= last]
    direct = {number for number, parent in here if parent is None}
    checked, trained = (direct & found for found in _supervised(desk, span.last))
    return (
        Figure(
            "processors.number",
            N_("Processors under contract"),
            len(direct),
            clause="S4.1",
            when=Nature.STATE,
            where=(("state", ("active",)),),
        ),
        Figure(
            "processors.subs",
            N_("Sub-processors"),
            len(here) - len(direct),
            clause="S4.1",
            when=Nature.STATE,
        ),
        _share("inspected", N_("Processors inspected within 12 months"), len(checked), direct),
        _share("trained", N_("Processors trained within 12 months"), len(trained), direct),
    )


def _supervised(desk: Desk, on: date) -> tuple[set[int], set[int]]:
    """Return who was inspected, and who was trained, not longer ago than the rule allows."""
    term = periods.months(rule_number("processor.check_months", on))
    found: tuple[set[int], set[int]] = set(), set()
    for processor, training, held in desk.vault.raw.execute(_HELD, (on.isoformat(),)):
        if periods.add(date.fromisoformat(held), term) >= on:
            found[bool(training)].add(processor)
    return found


def _share(key: str, label: str, part: int, whole: set[int]) -> Figure:
    return Figure(
        f"processors.{key}",
        label,
        part,
        len(whole),
        clause="S4.1",
        good=Good.UP,
        when=Nature.STATE,
    )


def works(desk: Desk, span: Span) -> Sequence[Figure]:
    """Return the works consigned, and how many contracts hold all seven clauses (rule 28)."""
    first, last = counting.days(span)
    sql = (
        "SELECT sum(since BETWEEN ? AND ?), sum(ended_on BETWEEN ? AND ?),"
        " sum((since IS NULL OR since <= ?) AND (ended_on IS NULL OR ended_on > ?))"
        " FROM consignments WHERE state <> 'void'"
    )
    begun, ended, stand = counting.numbers(desk, sql, first, last, first, last, last, last)
    flow = (
        Figure("consignments.begun", N_("Works newly consigned"), begun, clause="S4.1"),
        Figure("consignments.ended", N_("Works ended"), ended, clause="S4.1"),
        Figure(
            "consignments.standing",
            N_("Works consigned"),
            stand,
            clause="S4.1",
            when=Nature.STATE,
        ),
    )
    return (*flow, *_contracts(desk)) if counting.told_now(desk, span) else flow


def _contracts(desk: Desk) -> tuple[Figure, ...]:
    sql = (
        "SELECT c.clauses, c.marketing, c.notified_on, c.entire FROM consignments c"
        " JOIN processors p ON p.id = c.processor"
        " WHERE c.state = 'active' AND p.parent IS NULL"
    )
    rows = desk.vault.raw.execute(sql).fetchall()
    whole = sum(set(CLAUSE_LABELS) <= set(json.loads(row[0] or "[]")) for row in rows)
    marketing = [row for row in rows if row[1]]
    return (
        Figure(
            "consignments.contracts",
            N_("Contracts with all seven clauses"),
            whole,
            len(rows),
            clause="S4.1",
            good=Good.UP,
            when=Nature.STATE,
        ),
        Figure(
            "consignments.notified",
            N_("Marketing works that people were told of"),
            sum(bool(row[2]) for row in marketing),
            len(marketing),
            clause="S4.2",
            good=Good.UP,
            when=Nature.STATE,
        ),
        Figure(
            "consignments.entire",
            N_("Works that get the entire personal data"),
            sum(bool(row[3]) for row in rows),
            clause="S4.3",
            good=Good.DOWN,
            when=Nature.STATE,
            where=(("entire", ("yes",)), ("state", ("active",))),
        ),
    )
