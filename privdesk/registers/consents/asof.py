"""Consents as of a past day: which answers counted then, and where each stood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from privdesk.core import references
from privdesk.core.conditions import Between
from privdesk.core.errors import InvalidValueError
from privdesk.core.faults import Fault
from privdesk.core.i18n import _
from privdesk.core.register import Query, Row
from privdesk.exchange.convert import convert_value
from privdesk.registers.consents import answers
from privdesk.registers.consents.fields import FIELDS
from privdesk.registers.listing import Listing
from privdesk.registers.records import Records

_AS_OF = next(field for field in FIELDS if field.name == "as_of")


def day_of(query: Query) -> date | None:
    """Return the past day that a query asks for by ``as_of``; of a span its last day."""
    wanted = query.where.get("as_of")
    if isinstance(wanted, Between):
        wanted = wanted.last or wanted.first
    if isinstance(wanted, (list, tuple)):
        wanted = wanted[-1] if wanted else None
    if not wanted:
        return None
    return wanted if isinstance(wanted, date) else _day(str(wanted))


def restated(service: Records, rows: Sequence[Row], query: Query) -> list[Row]:
    """Return rows in their state of the day that a query asks for, if it asks for one."""
    day = day_of(query)
    if day is None or not rows:
        return list(rows)
    subjects = [references.number(row.values["subject"]) for row in rows]
    with service.vault.reading() as sql:
        then = answers.states_on(sql, service.table, day, subjects)
    return [
        replace(
            row,
            state=then.get(row.id, row.state),
            values={**row.values, "as_of": day, "ask_again": ""},
        )
        for row in rows
    ]


def counting(service: Records, numbers: Sequence[int], day: date, state: Any) -> list[int]:
    """Return which answers counted at the end of a day, in one of some states where asked."""
    with service.vault.reading() as sql:
        then = answers.states_on(sql, service.table, day)
    states = [state] if isinstance(state, str) else state
    return [n for n in numbers if n in then and (states is None or then[n] in states)]


class Then(Listing):
    """A snapshot whose rows stand as on a past day."""

    def __init__(self, service: Records, query: Query, view: Listing) -> None:
        super().__init__(service, view.numbers(), view.total)
        self._service, self._query = service, query

    def rows(self, start: int, stop: int) -> list[Row]:
        """Return the masked rows of positions ``start`` to ``stop`` (exclusive)."""
        return restated(self._service, super().rows(start, stop), self._query)


def _day(text: str) -> date:
    found = convert_value(_AS_OF, text)
    if isinstance(found, Fault) or not isinstance(found, date):
        cause = found.text() if isinstance(found, Fault) else ""
        raise InvalidValueError(value=text, field=_(_AS_OF.label), cause=cause)
    return found
