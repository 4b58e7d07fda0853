"""Taking a list of past answers in: who each row means, what is there already, in order.

A list with references of consents known here corrects them, as in every other register.
"""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from privdesk.core.errors import DomainError, message_id
from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.reasons import Reason, reason
from privdesk.exchange.mapping import Mapping
from privdesk.exchange.report import Report
from privdesk.exchange.rows import Chunk, read_chunks
from privdesk.exchange.source import Source
from privdesk.flows.importing import books
from privdesk.flows.importing.known import REF, has_known_refs
from privdesk.flows.importing.people import INTAKE
from privdesk.flows.importing.records import FOREIGN, Records, bare
from privdesk.flows.importing.tally import Tally
from privdesk.flows.importing.whois import Marks, WhoIs
from privdesk.registers.consents import answers, seen
from privdesk.registers.consents.boxes import box_of
from privdesk.registers.consents.bulk import Bulk
from privdesk.registers.desk import Change, Desk
from privdesk.ui.progress import Progress

CONSENTS = "consents"
NO_PURPOSE = N_("There is no purpose “{name}”; create it first.")
ENDED = N_("What was held on withdrawn consents is due now; holdings: {n}.")
_PERSON = ("source_id", "place")
_ASKED = ("subject", "purpose", "box")
_SAME = ("channel", "wording", "guardian_check")


class _Rehearsed(Exception):
    """Takes everything back at the end of a rehearsal."""


class Consents:
    """The ``Taker`` of the consents."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._records = Records(desk, CONSENTS)

    def fields(self) -> Sequence[Field]:
        """Return the fields of an answer, and those that tell whose it is."""
        own = [
            replace(field, required=False) if field.name == "subject" else field
            for field in self._records.fields()
        ]
        names = {field.name for field in own}
        person = [field for field in INTAKE if field.name in _PERSON]
        items = self._desk.service("subjects").item_fields()
        contacts = [
            replace(field, slot=None)
            for field in items
            if field.kind in (Kind.EMAIL, Kind.PHONE) and field.name not in names
        ]
        return (*own, *person, *contacts)

    def questions(self) -> Sequence[Field]:
        """Return what is asked once for the whole list: nothing."""
        return ()

    def require(self) -> None:
        """Raise unless an officer sits at the desk."""
        self._records.require()

    def rehearse(
        self,
        source: Source,
        mapping: Mapping,
        answered: MappingOf[str, Any],
        progress: Progress,
        tally: Tally,
    ) -> Report:
        """Return what an import would do: it is done and taken back."""
        if self._corrects(source, mapping):
            fitting = self._own(mapping)
            return self._records.rehearse(source, fitting, answered, progress, tally)
        try:
            with self._desk.change() as change:
                self._take(change, source, mapping, tally, progress)
                raise _Rehearsed
        except _Rehearsed:
            title = self._desk.register(CONSENTS).title
            return tally.report(source, mapping, title, dry_run=True)

    def take(
        self,
        source: Source,
        mapping: Mapping,
        answered: MappingOf[str, Any],
        progress: Progress,
        tally: Tally,
    ) -> Report:
        """Take the list in, in one transaction; on any failure nothing is left behind."""
        if self._corrects(source, mapping):
            fitting = self._own(mapping)
            return self._records.take(source, fitting, answered, progress, tally)
        vault = self._desk.vault
        with self._desk.change() as change:
            first = vault.next_id
            self._take(change, source, mapping, tally, progress)
            progress.check()
            stop = vault.next_id
            report = tally.report(source, mapping, self._desk.register(CONSENTS).title)
            books.enter(change, CONSENTS, source, mapping, report, first, stop)
            progress.no_return()
        return report

    def _corrects(self, source: Source, mapping: Mapping) -> bool:
        return has_known_refs(self._desk, CONSENTS, source, mapping)

    def _own(self, mapping: Mapping) -> Mapping:
        return mapping.only({field.name for field in self._records.fields()})

    def _take(
        self, change: Change, source: Source, mapping: Mapping, tally: Tally, progress: Progress
    ) -> None:
        at = mapping.column_of(REF.name)
        if at is not None:
            tally.notes.append(FOREIGN)
            mapping = mapping.with_column(mapping.header[at], "")
        rows = _Rows(change, tally)
        for chunk in read_chunks(source, mapping, bare(self.fields())):
            progress.check()
            rows.take(chunk)
            progress.at(int(source.progress * 1000))
        ended = rows.finish()
        if ended:
            tally.notes.append(reason(ENDED, n=ended))
            tally.changed += ended
            tally.new -= min(ended, tally.new)


class _Rows:
    """One pass over the rows of a list."""

    def __init__(self, change: Change, tally: Tally) -> None:
        self._change, self._tally = change, tally
        self._desk = change.desk
        self._service = self._desk.service(CONSENTS)
        self._bulk = Bulk(change, self._service)
        self._who = WhoIs(self._desk)
        self._fields = {field.name: field for field in self._service.fields()}
        self._purposes: dict[str, int | None] = {}
        self._looked: set[int] = set()
        self._boxes: dict[tuple[int, int | None, str], str] = {}
        self._known: dict[tuple[Any, ...], list[tuple[int, str]]] = {}
        self._new: set[int] = set()
        self._contacts = tuple(
            field.name
            for field in self._desk.service("subjects").item_fields()
            if field.kind in (Kind.EMAIL, Kind.PHONE)
        )

    def take(self, chunk: Chunk) -> None:
        """Take a chunk; a row that cannot be used is counted and leaves nothing behind."""
        self._tally.begin(chunk)
        lines = [dict(zip(chunk.names, row, strict=True)) for row in chunk.rows]
        people = self._who.find([self._marks(line) for line in lines])
        subjects = {one for one in people if isinstance(one, int)}
        self._bulk.know(subjects)
        self._look(subjects)
        for at, (line, person) in enumerate(zip(lines, people, strict=True)):
            if isinstance(person, Reason):
                self._tally.reject(chunk.reject(at, person, "subject"))
            else:
                self._put(chunk, at, line, person)
        self._bulk.flush()

    def finish(self) -> int:
        """Settle the histories; return how many holdings have ended."""
        return self._bulk.finish()

    def _marks(self, line: MappingOf[str, Any]) -> Marks:
        told = tuple(str(line[name]) for name in self._contacts if line.get(name))
        subject, place, source = (
            str(line.get(name) or "") for name in ("subject", "place", "source_id")
        )
        return Marks(subject, place, source, told)

    def _put(self, chunk: Chunk, at: int, line: dict[str, Any], subject: int) -> None:
        purpose = self._purpose(str(line.get("purpose") or ""))
        if purpose is None:
            cause = reason(NO_PURPOSE, name=str(line.get("purpose") or ""))
            self._tally.reject(chunk.reject(at, cause, "purpose"))
            return
        given = {n: v for n, v in line.items() if v not in (None, "") and n in self._fields}
        whole = {"kind": "given", **given, "subject": subject, "purpose": purpose}
        try:
            self._one(self._typed(whole))
        except DomainError as why:
            cause = reason(message_id(type(why)), **why.details)
            self._tally.reject(chunk.reject(at, cause))

    def _one(self, values: dict[str, Any]) -> None:
        """Add an answer, or see that it is there: an answer is never rewritten."""
        key = (*(values[n] for n in _ASKED), values["kind"], values["at"])
        time = str(values.get("time") or "")
        same = [n for n, told in self._known.get(key, []) if not (time and told) or told == time]
        if not same:
            number = self._bulk.add(values)
            self._known.setdefault(key, []).append((number, time))
            self._new.add(number)
            self._tally.new += 1
        elif same[0] in self._new:
            self._tally.duplicate += 1
        else:
            self._compare(same[0], values)

    def _compare(self, number: int, values: dict[str, Any]) -> None:
        """Fill in what an answer that is there already did not say."""
        before = self._service.rows([number])[0].values
        if values.get("wording"):
            values = {**values, "wording": self._desk.ref("wordings", values["wording"])}
        fresh = {n: values[n] for n in _SAME if values.get(n) and values[n] != before.get(n)}
        if fresh:
            self._service.amend(self._change, number, fresh)
            self._tally.changed += 1
        else:
            self._tally.unchanged += 1

    def _typed(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return values as they are stored: the wording by its number, the box in any case."""
        number = None
        if values.get("wording"):
            purpose = self._desk.ref("purposes", values["purpose"])
            wording = seen.meant(self._service, {**values, "purpose": purpose})
            number = self._desk.service("wordings").number(wording)
        key = (values["purpose"], number, str(values.get("box") or ""))
        if key not in self._boxes:
            self._boxes[key] = box_of(self._desk, *key)
        return {**values, "wording": number, "box": self._boxes[key]}

    def _look(self, subjects: set[int]) -> None:
        """Read which answers of these people are there already."""
        wanted = subjects - self._looked
        self._looked |= wanted
        for row in answers.stored(self._change.sql, self._service.table, wanted):
            key = (*(getattr(row, n) for n in _ASKED), row.kind, row.at)
            self._known.setdefault(key, []).append((row.id, row.time or ""))

    def _purpose(self, text: str) -> int | None:
        if text not in self._purposes:
            service = self._desk.service("purposes")
            called = service.called(text) if text else []
            try:
                self._purposes[text] = called[0] if len(called) == 1 else service.number(text)
            except DomainError:
                self._purposes[text] = None
        return self._purposes[text]
