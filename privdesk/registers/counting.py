"""How registers count their figures: a few statements over open columns (see ``core.figures``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from privdesk.core import periods
from privdesk.core.figures import Line, Span
from privdesk.core.i18n import N_

if TYPE_CHECKING:
    from privdesk.core.fields import Choice
    from privdesk.registers.desk import Desk

NONE = N_("Not stated")


def told_now(desk: Desk, span: Span) -> bool:
    """Whether how things stand today is how they stand at the end of a span."""
    return span.last >= desk.today()


def number(desk: Desk, sql: str, *values: object) -> int:
    """Return the one number that a statement gives; nothing counts as none."""
    return int(desk.vault.raw.execute(sql, values).fetchone()[0] or 0)


def numbers(desk: Desk, sql: str, *values: object) -> tuple[int, ...]:
    """Return the numbers of the one row that a statement gives."""
    return tuple(int(one or 0) for one in desk.vault.raw.execute(sql, values).fetchone())


def by_key(desk: Desk, sql: str, *values: object) -> dict[str, int]:
    """Return what a statement of key and number gives."""
    return {str(key or ""): int(n or 0) for key, n in desk.vault.raw.execute(sql, values)}


def shares(desk: Desk, sql: str, *values: object) -> dict[str, tuple[int, int]]:
    """Return what a statement of key, number and whole gives."""
    rows = desk.vault.raw.execute(sql, values)
    return {str(key or ""): (int(part or 0), int(whole or 0)) for key, part, whole in rows}


def first_within(on: date, months: int) -> date:
    """Return the first day from which so many months have not run out on a day."""
    term = periods.months(months)
    day = on - timedelta(days=31 * months + 1)
    while periods.add(day, term) < on:
        day += timedelta(days=1)
    return day


def days(span: Span) -> tuple[str, str]:
    """Return the first and the last day as columns hold them."""
    return span.first.isoformat(), span.last.isoformat()


def moments(span: Span) -> tuple[str, str]:
    """Return the first moment and the first one after, as columns hold them."""
    return span.start.isoformat(), span.stop.isoformat()


def lines(counts: Mapping[str, int], choices: Iterable[Choice]) -> tuple[Line, ...]:
    """Return counts by the labels of choices, in their order; what is none is left out."""
    labels = {choice.key: choice.label for choice in choices}
    known = [Line(label, counts[key]) for key, label in labels.items() if counts.get(key)]
    rest = sum(n for key, n in counts.items() if key not in labels)
    return (*known, Line(NONE, rest)) if rest else tuple(known)


def share_lines(
    counts: Mapping[str, tuple[int, int]], choices: Iterable[Choice]
) -> tuple[Line, ...]:
    """Return parts of wholes by the labels of choices, in their order."""
    found = ((choice.label, counts.get(choice.key, (0, 0))) for choice in choices)
    return tuple(Line(label, part, whole) for label, (part, whole) in found if whole)


def named(desk: Desk, register: str, counts: Mapping[int, int]) -> tuple[Line, ...]:
    """Return counts by what records of the office are called, the most first."""
    titles: Mapping[int, str] = desk.service(register).titles(sorted(counts))
    found = [Line(titles.get(one) or NONE, n) for one, n in counts.items() if n]
    return tuple(sorted(found, key=lambda line: (-line.value, line.label)))


def by_number(desk: Desk, sql: str, *values: object) -> dict[int, int]:
    """Return what a statement of a record's number and a count gives."""
    return {int(key): int(n) for key, n in desk.vault.raw.execute(sql, values) if key is not None}
