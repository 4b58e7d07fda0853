"""Reports: one draft for each span and kind; what was handed out or reported stays as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select, update

from privdesk.core import figures
from privdesk.core.board import Told, packed, unpacked
from privdesk.core.figures import Span
from privdesk.core.i18n import _, current, words
from privdesk.core.register import Row
from privdesk.registers.desk import Change
from privdesk.registers.records import Records
from privdesk.registers.reports import rules
from privdesk.registers.reports.fields import KINDS, SLOT_CONTENT, WRITERS
from privdesk.vault.payloads import OFFICE

_LABELS = {choice.key: choice.label for choice in KINDS}


class Reports(Records):
    """Service of the reports."""

    writers = WRITERS
    rows_add_texts = True  # a title is worked out from kind and span

    def rows(self, numbers: Sequence[int], *, reveal: bool = False) -> list[Row]:
        """Return reports with what they are called."""
        return [
            replace(row, values={**row.values, "title": _title(row.values)})
            for row in super().rows(numbers, reveal=reveal)
        ]

    def insert(self, change: Change, values: Mapping[str, Any]) -> int:
        """Begin a report; refuse a second draft of the same one."""
        number = super().insert(change, values)
        (row,) = self.rows([number])
        kind, span = str(row.values["kind"]), str(row.values["span"])
        for other in self._of(kind, span, ("draft",)):
            if other != number:
                raise rules.DraftThereError(ref=self.desk.ref(self.register.name, other))
        return number

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Refuse a span that does not fit; write it in the one way it is compared by."""
        if before is not None:
            return {}
        today = self.desk.today()
        span = rules.require_span(str(values["kind"]), str(values["span"]), today)
        return {"span": str(span)}

    def amend(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Change a report; one that was reported stays as it is but for the office's note."""
        (row,) = self.rows([number])
        if row.state == "reported" and set(values) - {"note"}:
            raise rules.ReportedError(ref=row.ref)
        super().amend(change, number, values)

    # -- for flows and papers

    def span_of(self, row: Row) -> Span:
        """Return the span a report is about."""
        return figures.parse(str(row.values["span"]))

    def keep(self, change: Change, number: int, told: Told) -> None:
        """Hold on to what a report said when it was handed out; a reported one keeps its own."""
        if self.rows([number])[0].state == "reported":
            return
        self.vault.payloads.put(OFFICE, number, {SLOT_CONTENT: packed(told)})
        self.put(change, number, told_on=told.board.told_on)

    def kept(self, number: int) -> Told | None:
        """Return what a report said when it was handed out last, or None."""
        text = self.vault.payloads.read(OFFICE, number).get(SLOT_CONTENT, "")
        return unpacked(text) if text else None

    def told_of(self, span: Span) -> Told | None:
        """Return what the newest report about a span said, or None where there is none."""
        t = self.table
        wanted = select(t.c.id).where(t.c.span == str(span), t.c.told_on.is_not(None))
        with self.vault.reading() as sql:
            newest = wanted.where(t.c.state != "void").order_by(t.c.id.desc())
            found = sql.execute(newest).scalars().first()
        return None if found is None else self.kept(found)

    def about(self, kind: str, span: Span) -> str:
        """Return the newest report of a kind about a span, or nothing."""
        found = self._of(kind, str(span), ("draft", "reported"))
        return self.desk.ref(self.register.name, found[-1]) if found else ""

    def newest(self, kind: str) -> int | None:
        """Return the newest report of a kind that is not void, or None."""
        t = self.table
        wanted = select(t.c.id).where(t.c.kind == kind, t.c.state != "void")
        with self.vault.reading() as sql:
            return sql.execute(wanted.order_by(t.c.id.desc())).scalars().first()

    def settle(self, change: Change, row: Row, on: date, to: str) -> None:
        """Note when and to whom a report was made; from then on it stays as it is."""
        self.put(change, row.id, state="reported", reported_on=on, reported_to=to)
        names = ("reported_on", "reported_to", "state")
        change.note("report.reported", self.register.name, row.id, fields=names)

    def put(self, change: Change, number: int, **values: Any) -> None:
        """Store what the steps write."""
        t = self.table
        change.sql.execute(update(t).where(t.c.id == number).values(**values))

    def _of(self, kind: str, span: str, states: Sequence[str]) -> list[int]:
        t = self.table
        wanted = select(t.c.id).where(t.c.kind == kind, t.c.span == span, t.c.state.in_(states))
        with self.vault.reading() as sql:
            return list(sql.execute(wanted.order_by(t.c.id)).scalars())


def _title(values: Mapping[str, Any]) -> str:
    """Return what a report is called, in the language of the screen."""
    try:
        span = figures.parse(str(values["span"])).label(words(current()))
    except figures.UnknownSpanError:
        span = str(values["span"])
    return f"{_(_LABELS.get(str(values['kind']), ''))} · {span}"
