"""The public list: drawn up from the works that stand, compared, posted, proved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import func, select, update

from privdesk.core import references
from privdesk.core.fields import Kind
from privdesk.core.i18n import N_, _, speaking
from privdesk.core.register import Outcome, Row
from privdesk.core.values import from_column
from privdesk.registers.desk import Change
from privdesk.registers.publications import rules
from privdesk.registers.publications.fields import SLOT_CONTENT
from privdesk.registers.publications.rules import Line
from privdesk.registers.records import Records
from privdesk.vault.payloads import OFFICE

MARK = "privdesk-list"  # names the digest in the page for the web team


class Publications(Records):
    """Service of the published lists."""

    def rows(self, numbers: Sequence[int], *, reveal: bool = False) -> list[Row]:
        """Return lists with what they are called and what is different in them, in words."""
        with self.vault.reading():
            return [self._told(row) for row in super().rows(numbers, reveal=reveal)]

    def insert(self, change: Change, values: Mapping[str, Any]) -> int:
        """Draw up the list of today; refuse one that says what the newest says already."""
        lines = self.now()
        posted = self.posted()
        if not lines and posted is None:  # one that is posted is replaced by one that names nobody
            raise rules.NothingConsignedError
        newest, pinned = self._newest(), rules.digest(lines)
        if newest is not None and newest.values["digest"] == pinned:
            raise rules.SameListError(ref=newest.ref)
        number = super().insert(change, values)
        compared = rules.compare(self.lines(posted.id) if posted else (), lines)
        kinds = [one.kind for one in compared]
        told = {
            "version": (newest.values["version"] if newest else 0) + 1,
            "issued_on": self.desk.today(),
            "works": len(lines),
            "added": kinds.count("new"),
            "removed": kinds.count("gone"),
            "changed": kinds.count("changed"),
            "before": posted.id if posted else None,
            "digest": pinned,
        }
        if posted and not str(values.get("address") or "").strip():
            told["address"] = posted.values["address"]
        self._put(change, number, **told)
        self.vault.payloads.put(OFFICE, number, {SLOT_CONTENT: rules.as_text(lines)})
        self._drop_drafts(change, number)
        return number

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Give a new list its place in the order; the rest is written once it is stored."""
        return {"version": 0} if before is None else {}

    def titles(self, numbers: Sequence[int]) -> dict[int, str]:
        """Return what lists are called."""
        t = self.table
        with self.vault.reading() as sql:
            rows = sql.execute(select(t.c.id, t.c.version).where(t.c.id.in_(numbers))).all()
        return {number: _title(version) for number, version in rows}

    # -- actions

    def post(
        self,
        refs: Sequence[str],
        *,
        on: date | None = None,
        address: str = "",
        file: str = "",
        proofs: Mapping[str, str] | None = None,
    ) -> Outcome:
        """Record that a list was posted; the one before is replaced.

        ``proofs`` says by list what the file proves: ``page`` or ``picture``.
        """
        day = on or self.desk.today()
        if day > self.desk.today():
            raise rules.PostedLaterError(day=day)
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                if day < row.values["issued_on"]:
                    raise rules.PostedEarlierError(issued=row.values["issued_on"], day=day)
                where = address.strip() or str(row.values["address"] or "")
                if not where:
                    raise rules.AddressMissingError
                before = self.posted()
                if before is not None:
                    self._put(change, before.id, state="replaced", ended_on=day)
                    names = ("ended_on", "state")
                    change.note("record.changed", self.register.name, before.id, fields=names)
                self._put(change, row.id, state="posted", posted_on=day, address=where)
                change.note("publication.posted", self.register.name, row.id)
                if file:
                    self._prove(change, row, file, (proofs or {}).get(row.ref, "picture"))
        return Outcome(_(N_("Posted on {day}")).format(day=day), tuple(refs))

    def prove(self, refs: Sequence[str], *, file: str, proofs: Mapping[str, str]) -> Outcome:
        """Keep what proves that lists were posted; ``proofs`` says by list what it is."""
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                self._prove(change, row, file, proofs[row.ref])
        return Outcome(_(N_("Attached to {refs}")).format(refs=", ".join(refs)), tuple(refs))

    # -- for flows, findings and papers

    def now(self) -> tuple[Line, ...]:
        """Return the list as it would be drawn up today, by processor."""
        works = self.desk.service("consignments").listed()
        processors = self.desk.service("processors")
        with speaking("en"):
            english, parents = self._items(works), processors.companies()
        with speaking("ko"):  # whoever draws it up: what is compared speaks one language
            korean, companies = self._items(works), processors.companies()
        refs = {work.processor: self.desk.ref("processors", work.processor) for work in works}
        subs = self._subs(set(refs.values()))
        below = {number: subs.get(ref, ()) for number, ref in refs.items()}
        lines = [
            Line(
                ref=self.desk.ref("consignments", work.number),
                processor=of.name,
                processor_en=of.english,
                work=work.work or "",
                work_en=work.work_en or "",
                parent=of.parent,
                parent_en=parents[work.processor].parent,
                subs=tuple(name for name, _english in below[work.processor]),
                subs_en=tuple(name for _name, name in below[work.processor]),
                scope=work.scope,
                items=korean[work.items],
                items_en=english[work.items],
                entire=bool(work.entire),
                since=work.since or "",
                until=work.until or "",
                contact=work.contact,
                marketing=bool(work.marketing),
                country=(work.country or "") if work.abroad else "",
                changed_on=work.changed_on or "",
            )
            for work in works
            for of in (companies[work.processor],)
        ]
        return tuple(sorted(lines, key=lambda line: (line.parent or line.processor, line.ref)))

    def lines(self, number: int) -> tuple[Line, ...]:
        """Return what a list said."""
        text = self.vault.payloads.read(OFFICE, number).get(SLOT_CONTENT, "")
        return rules.from_text(text) if text else ()

    def changes(self, row: Row) -> tuple[rules.Change, ...]:
        """Return what a list changed against the one that was posted before it."""
        ref = str(row.values["before"] or "")
        before = self.lines(references.number(ref)) if ref else ()
        return rules.compare(before, self.lines(row.id))

    def posted(self) -> Row | None:
        """Return the list that is posted, or None."""
        return self._one(self.table.c.state == "posted")

    def standing(self) -> rules.Standing:
        """Return what rule 29 needs."""
        lines, posted, draft = self.now(), self.posted(), self._one(self.table.c.state == "draft")
        pinned = rules.digest(lines)
        same = posted is not None and posted.values["digest"] == pinned
        before = self.lines(posted.id) if posted and not same else ()
        compared = () if same else rules.compare(before, lines)
        works = self.desk.service("consignments")
        days = works.moved([references.number(one.line.ref) for one in compared])
        if posted is not None:  # it was right when it was posted
            days = [max(day, posted.values["posted_on"]) for day in days]
        return rules.Standing(
            works=len(lines),
            now=pinned,
            posted=str(posted.values["digest"]) if posted else "",
            posted_ref=posted.ref if posted else "",
            proved=bool(posted and posted.values["proved"] == "page"),
            pictured=bool(posted and posted.values["proved"] == "picture"),
            draft=str(draft.values["digest"]) if draft else "",
            draft_ref=draft.ref if draft else "",
            differences=len(compared),
            since=min(days, default=None),
        )

    # -- inside

    def _told(self, row: Row) -> Row:
        title = _title(row.values["version"])
        told = "\n".join(said(one) for one in self.changes(row))
        return replace(row, values={**row.values, "title": title, "difference": told})

    def _prove(self, change: Change, row: Row, file: str, proof: str) -> None:
        """Keep a file; a picture that comes after the page does not take its place as proof."""
        papers = self.desk.service("partner-papers")
        papers.attach(change, self.register.name, row.id, file, "posting")
        if row.values["proved"] == "page":
            return
        self._put(change, row.id, proved=proof)
        change.note("record.changed", self.register.name, row.id, fields=("proved",))

    def _drop_drafts(self, change: Change, number: int) -> None:
        """Take drafts that were never posted out: the new one says what they said and more."""
        t = self.table
        stale = select(t.c.id).where(t.c.state == "draft", t.c.id != number)
        for old in list(change.sql.execute(stale).scalars()):
            self._put(change, old, state="void")
            change.note("record.voided", self.register.name, old)

    def _newest(self) -> Row | None:
        t = self.table
        newest = select(func.max(t.c.version)).where(t.c.state != "void").scalar_subquery()
        return self._one(t.c.version == newest)

    def _one(self, condition: Any) -> Row | None:
        t = self.table
        with self.vault.reading() as sql:
            wanted = select(t.c.id).where(condition, t.c.state != "void")
            found = sql.execute(wanted.order_by(t.c.id.desc())).scalars().first()
            return None if found is None else super().rows([found])[0]  # without the difference

    def _items(self, works: Sequence[Any]) -> dict[str | None, tuple[str, ...]]:
        """Return what items are called, by how columns hold them; each is asked for once."""
        told = {work.items: from_column(Kind.LINKS, work.items) for work in works}
        refs = sorted({ref for items in told.values() for ref in items})
        names = dict(zip(refs, self.desk.service("items").called_by(refs), strict=True))
        return {held: tuple(names[ref] for ref in items) for held, items in told.items()}

    def _subs(self, working: set[str]) -> dict[str, tuple[tuple[str, str], ...]]:
        """Return the sub-processors without a line of their own, by the processor above them.

        Each by its name and its English one.
        """
        found: dict[str, list[tuple[str, str]]] = {}
        for row in self.desk.service("processors").subs():
            if row.ref not in working:
                name = str(row.values["name"])
                told = (name, str(row.values["name_en"] or name))
                found.setdefault(str(row.values["parent"]), []).append(told)
        return {parent: tuple(names) for parent, names in found.items()}

    def _put(self, change: Change, number: int, **values: Any) -> None:
        t = self.table
        change.sql.execute(update(t).where(t.c.id == number).values(**values))


def _title(version: int) -> str:
    return _(N_("List of processors, version {n}")).format(n=version)


def said(one: rules.Change) -> str:
    """Return a change in words, in the language of the screen."""
    told = {"processor": one.line.processor, "work": one.line.work}
    if one.kind == "new":
        return _(N_("New: {processor}, “{work}”")).format(**told)
    if one.kind == "gone":
        return _(N_("Gone: {processor}, “{work}”")).format(**told)
    names = ", ".join(_(rules.LABELS[name]) for name in one.names)
    return _(N_("Changed: {processor}, “{work}” ({names})")).format(**told, names=names)
