"""Zones: put in force and closed, their lists reviewed, their logs drawn up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import insert, update

from privdesk.core.fields import Field
from privdesk.core.hangul import name_key
from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.register import Outcome, Query, Row
from privdesk.registers.desk import Change
from privdesk.registers.named import NamedRecords
from privdesk.registers.pieces import why_fault
from privdesk.registers.zones import rules
from privdesk.registers.zones.fields import CLOSED, EVERYWHERE, OPEN
from privdesk.registers.zones.model import ZoneLog, ZoneReview
from privdesk.registers.zones.parts import SLOT_BY, SLOT_RESULT
from privdesk.registers.zones.rules import Why, ZoneFacts
from privdesk.vault.payloads import OFFICE
from privdesk.vault.schema import table

REVIEWED = N_("Review of {zone} entered: {kept} stay, {ended} ended")

_STANDING = (
    ("visits", "SELECT id FROM visits WHERE zone = ? AND state <> 'void' LIMIT 1"),
    ("zone-permits", "SELECT id FROM zone_permits WHERE zone = ? AND state = 'granted' LIMIT 1"),
)
"""What keeps a zone from being struck out, by register."""


class Zones(NamedRecords):
    """Service of the protected zones."""

    rows_add_texts = False

    def fields(self) -> tuple[Field, ...]:
        """Return the fields; visits of a new zone are kept as long as the office says."""
        kept = str(self.desk.setting(EVERYWHERE, "1"))
        fields = super().fields()
        return tuple(replace(f, default=kept) if f.name == "keep_years" else f for f in fields)

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Refuse a name that is taken; a new zone is in force from today on."""
        super().derive(values, before)
        reviewed = before is not None and before.get("reviewed_on")
        if reviewed and before is not None and values.get("since") != before.get("since"):
            raise rules.SinceFixedError(zone=values["name"])
        return {"since": values.get("since") or self.desk.today()}

    def written(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Have the visits of a zone kept as long as the zone says now."""
        if "keep_years" in values:
            self.desk.service("visits").redate(change, number, int(values["keep_years"]))
            self.desk.service("zone-logs").redate(change, number)

    def void(self, refs: Sequence[str], *, reason: str = "") -> Outcome:
        """Strike zones out; refuse it while somebody is inside."""
        self._require_empty([self.number(ref) for ref in refs])
        return super().void(refs, reason=reason)

    def needed_by(self, number: int) -> str:
        """Return a permit or a visit that stands on a zone, or nothing."""
        for name, sql in _STANDING:
            found = self.vault.raw.execute(sql, (number,)).fetchone()
            if found is not None:
                return self.desk.ref(name, found[0])
        return ""

    def rows(self, numbers: Sequence[int], *, reveal: bool = False) -> list[Row]:
        """Return zones with how many are on the list, and how many are inside now."""
        found = super().rows(numbers, reveal=reveal)
        listed = self._counts("zone_permits", rules.GRANTED, numbers)
        inside = self._counts("visits", "inside", numbers)
        return [self._shown(row, listed.get(row.id, 0), inside.get(row.id, 0)) for row in found]

    def called(self, title: str) -> list[int]:
        """Return the numbers of the living zones of a name or a code."""
        found, wanted = super().called(title), name_key(title)
        if found or not wanted:
            return found
        sql = "SELECT id, code FROM zones WHERE code IS NOT NULL AND state <> 'void' ORDER BY id"
        rows = self.vault.raw.execute(sql).fetchall()
        return [number for number, code in rows if name_key(code) == wanted]

    # -- actions

    def keep(self, refs: Sequence[str], *, years: str) -> Outcome:
        """Have the visits of all zones in force, and of each new one, kept for so many years."""
        with self.desk.change():
            self.desk.set_setting(EVERYWHERE, years)
            zones = [row for row in self.find(Query()) if row.state == OPEN]
            for row in zones:
                if row.values["keep_years"] != years:
                    self.update(row.ref, {"keep_years": years})
        message = ngettext("{n} zone keeps its visits for that long",
                           "{n} zones keep their visits for that long", len(zones))  # fmt: skip
        return Outcome(message, tuple(refs))

    def review(
        self,
        refs: Sequence[str],
        *,
        ended: Sequence[str] = (),
        by: str = "",
        on: date | None = None,
        note: str = "",
    ) -> Outcome:
        """Record that the list of a zone was looked at: who stays, and whose permit ends by it."""
        permits, day, told = self.desk.service("zone-permits"), on or self.desk.today(), ""
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                self._check_review(row, day)
                listed = permits.listed(row.id)
                if listed and not ended and why_fault(note):
                    raise rules.ReviewWordsError(zone=row.values["name"])
                gone = [permits.number(ref) for ref in ended]
                for ref, number in zip(ended, gone, strict=True):
                    if number not in listed:
                        raise rules.OtherZoneError(ref=ref)
                for number in gone:
                    permits.ended(change, number, day, Why.REVIEW)
                kept = [number for number in listed if number not in gone]
                permits.reviewed(change, kept, day)
                self._store_review(change, row.id, day, (len(listed), len(kept)), (by, note))
                told = _(REVIEWED).format(zone=row.values["name"], kept=len(kept), ended=len(gone))
        return Outcome(told, tuple(refs))

    def log(
        self, refs: Sequence[str], *, first: date | None = None, last: date | None = None
    ) -> Outcome:
        """Draw up the log of a zone for a span of days; its paper is the D19."""
        today, made = self.desk.today(), ""
        last = last or today
        first = first or min(last, today).replace(day=1)
        if last > today:
            raise rules.LogAheadError(first=first, last=last)
        if first > last:
            raise rules.LogDaysError(first=first, last=last)
        with self.desk.change() as change:
            for number in map(self.number, refs):
                made = self._draw(change, number, first, last)
        told = _(N_("Visit log drawn up: {first} to {last}")).format(first=first, last=last)
        return Outcome(told, (made,), paper=("zone-logs", "d19", made))

    def scan(
        self, refs: Sequence[str], *, file: str, first: date, last: date | None = None
    ) -> Outcome:
        """File the scan of a signed paper log of a zone with the days it tells of."""
        last, made = last or first, ""
        if not first <= last <= self.desk.today():
            raise rules.LogDaysError
        with self.desk.change() as change:
            for number in map(self.number, refs):
                logs = self.desk.service("zone-logs")
                made = logs.file(change, number, first, last, Path(file))
        told = _(N_("Signed log of {first} to {last} is on file: {ref}"))
        return Outcome(told.format(first=first, last=last, ref=made), tuple(refs))

    def destroy(self, refs: Sequence[str]) -> Outcome:
        """Destroy every visit of zones whose period is over; a confirmation can be printed.

        Scans of signed paper logs of these days go with them.

        The next change of the epoch secret makes older copies useless for them, as after any
        destruction. The journal names each visit, and each zone with the count.
        """
        visits, logs = self.desk.service("visits"), self.desk.service("zone-logs")
        count, done = 0, ""
        with self.desk.change() as change:
            for ref in refs:
                zone = self.number(ref)
                expired, scans = visits.expired(zone), logs.expired(zone)
                if expired or scans:
                    visits.destroy(change, expired)
                    logs.destroy(change, scans)
                    told = {"visits": len(expired), "logs": len(scans)}
                    change.note("visit.cleared", self.register.name, zone, details=told)
                    count, done = count + len(expired), done or ref
            if not done:
                raise rules.NothingExpiredError
        told_all = ngettext("{n} visit destroyed", "{n} visits destroyed", count)
        return Outcome(told_all, tuple(refs), paper=(self.register.name, "cleared", done))

    def close(self, refs: Sequence[str], *, on: date | None = None) -> Outcome:
        """End zones that are none any more; every permit ends with them."""
        day = on or self.desk.today()
        numbers = [self.number(ref) for ref in refs]
        self._require_empty(numbers)
        with self.desk.change() as change:
            for number in numbers:
                self._end_all(change, number, day)
                self._put(change, number, state=CLOSED, closed_on=day)
                change.note("zone.closed", self.register.name, number)
        return Outcome(ngettext("{n} zone closed", "{n} zones closed", len(refs)), tuple(refs))

    def reopen(self, refs: Sequence[str]) -> Outcome:
        """Put closed zones in force again; their lists begin empty."""
        with self.desk.change() as change:
            for number in map(self.number, refs):
                self._put(change, number, state=OPEN, closed_on=None, since=self.desk.today())
                change.note("zone.reopened", self.register.name, number)
        return Outcome(_(N_("In force again; enter who may come in")), tuple(refs))

    # -- for visits, findings and papers

    def require_open(self, number: int) -> None:
        """Refuse a zone that is not in force."""
        sql = "SELECT state, name FROM zones WHERE id = ?"
        state, name = self.vault.raw.execute(sql, (number,)).fetchone()
        if state != OPEN:
            raise rules.ZoneClosedError(zone=name)

    def facts(self, row: Row) -> ZoneFacts:
        """Return what the rules need of a zone."""
        values = row.values
        return ZoneFacts(
            ref=row.ref,
            name=str(values["name"]),
            since=values["since"] or self.desk.today(),
            reviewed_on=values["reviewed_on"],
            months=int(values["review_months"] or 6),
            listed=int(values.get("listed") or 0),
            manager=str(values["manager"] or ""),
        )

    # -- inside

    def _shown(self, row: Row, listed: int, inside: int) -> Row:
        values = {**row.values, "listed": listed, "inside": inside, "review_by": None}
        if row.state == OPEN and listed:
            values["review_by"] = rules.review_by(self.facts(replace(row, values=values)))
        return replace(row, values=values)

    def _check_review(self, row: Row, day: date) -> None:
        if row.state != OPEN:
            raise rules.ZoneClosedError(zone=row.values["name"])
        last = max(filter(None, (row.values["since"], row.values["reviewed_on"])))
        if not last <= day <= self.desk.today():
            raise rules.ReviewDayError

    def _store_review(
        self, change: Change, zone: int, day: date, counts: tuple[int, int], told: tuple[str, str]
    ) -> None:
        listed, kept = counts
        by, note = told
        made = self.vault.new_ids()[0]
        values = {"zone": zone, "on": day, "listed": listed, "kept": kept, "ended": listed - kept}
        change.sql.execute(insert(table(ZoneReview)).values(id=made, state="done", **values))
        sealed = {SLOT_BY: by or self.vault.person.name, SLOT_RESULT: note}
        self.vault.payloads.put(OFFICE, made, sealed)
        self._put(change, zone, reviewed_on=day)
        change.note("zone.reviewed", self.register.name, zone)
        change.note("record.created", "zone-reviews", made)

    def _draw(self, change: Change, zone: int, first: date, last: date) -> str:
        entries = self.desk.service("visits").within(zone, first, last)
        made = self.vault.new_ids()[0]
        values = {"first": first, "last": last, "entries": len(entries)}
        change.sql.execute(
            insert(table(ZoneLog)).values(
                id=made, state="done", zone=zone, drawn_on=self.desk.today(), **values
            )
        )
        change.note("record.created", "zone-logs", made)
        return self.desk.ref("zone-logs", made)

    def _end_all(self, change: Change, zone: int, day: date) -> None:
        permits = self.desk.service("zone-permits")
        for number in permits.listed(zone):
            permits.ended(change, number, day, Why.CLOSED)

    def _require_empty(self, numbers: Iterable[int]) -> None:
        for row in self.rows(list(numbers)):
            if row.values["inside"]:
                raise rules.StillInsideError(zone=row.values["name"])

    def _counts(self, name: str, state: str, numbers: Sequence[int]) -> dict[int, int]:
        found: dict[int, int] = {}
        for start in range(0, len(numbers), 900):
            part = tuple(numbers[start : start + 900])
            marks = ", ".join("?" * len(part))
            sql = (
                f"SELECT zone, count(*) FROM {name} WHERE state = ? AND zone IN ({marks})"
                " GROUP BY zone"
            )
            found.update(dict(self.vault.raw.execute(sql, (state, *part)).fetchall()))
        return found

    def _put(self, change: Change, number: int, **columns: Any) -> None:
        change.sql.execute(update(self.table).where(self.table.c.id == number).values(**columns))
