"""Visits: entered at the door, left by an action, destroyed when their period is over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select, update

from privdesk.core import references, strokes
from privdesk.core.clock import office_time
from privdesk.core.hangul import name_key
from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.register import Outcome, Row
from privdesk.core.times import as_time
from privdesk.registers import expiring
from privdesk.registers.desk import Change
from privdesk.registers.records import Records
from privdesk.registers.visits import rules
from privdesk.registers.visits.fields import (
    DESTROYED,
    INSIDE,
    LEFT,
    PAPER,
    SCREEN,
    SLOT_OUT,
    SLOT_SETTLED,
    SLOT_STROKES,
)
from privdesk.registers.visits.rules import Times
from privdesk.vault.payloads import OFFICE, PEOPLE

_BLANK = dict.fromkeys(("staff", "escort", "permit", "allowed"))


class Visits(Records):
    """Service of the visit book."""

    rows_add_texts = False

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Work out day, times, right of entry, and until when the visit is kept."""
        if bool(values.get("staff")) == bool(values.get("name")):
            raise rules.NobodyCameError
        if values.get("staff") and values.get("staff") == values.get("escort"):
            raise rules.OwnEscortError
        zone = references.number(values["zone"])
        if before is None:
            self.desk.service("zones").require_open(zone)
        today, now = self.desk.today(), self._now()
        on = values.get("on") or today
        entered = as_time(str(values.get("entered") or "")) or (now if on == today else "")
        left_at = as_time(str(values.get("left_at") or ""))
        rules.check_times(Times(on, entered, values.get("left_on"), left_at), today, now)
        if before is None and on == today and not left_at:
            self._require_out(zone, on, values)
        permit = self._permit(zone, on, values)
        escort = references.number(values["escort"]) if values.get("escort") else None
        fit = escort is not None and self._fit(zone, on, escort)
        until = rules.keep_until(on, self._years(zone))
        if before is not None and before.get("keep_until"):
            until = max(until, before["keep_until"])  # no other day makes it go earlier
        allowed = rules.right_of(listed=bool(permit), escorted=escort is not None, fit=fit)
        return {
            "on": on,
            "entered": entered,
            "left_at": left_at or None,
            "left_on": values.get("left_on") or (on if left_at else None),
            "permit": permit,
            "allowed": allowed,
            "keep_until": until,
            "state": LEFT if left_at else INSIDE,
        }

    # -- actions

    def leave(
        self, refs: Sequence[str], *, at: str = "", on: date | None = None, media_out: str = ""
    ) -> Outcome:
        """Enter that visitors went out, and with what."""
        today, now = self.desk.today(), self._now()
        day = on or today
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                left_at = as_time(at) or (now if day == today else "")
                if not left_at:
                    raise rules.VisitDaysError
                times = Times(row.values["on"], str(row.values["entered"]), day, left_at)
                rules.check_times(times, today, now)
                if media_out:
                    self.vault.payloads.put(OFFICE, row.id, {SLOT_OUT: media_out})
                self._put(change, row.id, left_on=day, left_at=left_at, state=LEFT)
                change.note("visit.left", self.register.name, row.id)
        return Outcome(
            ngettext("{n} visitor has left", "{n} visitors have left", len(refs)), tuple(refs)
        )

    def paper(self, refs: Sequence[str]) -> Outcome:
        """Note that visitors signed the printed log."""
        with self.desk.change() as change:
            for row in self._unsigned(refs):
                self._put(change, row.id, signed=PAPER)
                change.note("visit.signed", self.register.name, row.id)
        return Outcome(_(N_("Signed on paper: entered")), tuple(refs))

    def sign(self, ref: str, written: Sequence[Sequence[Sequence[float]]]) -> Outcome:
        """Record what a visitor wrote on the screen, sealed with the keys of the visit."""
        self.desk.require(*self.writers)
        kept = strokes.to_text(strokes.checked(written))
        with self.desk.change() as change:
            for row in self._unsigned([ref]):
                self.vault.payloads.put(PEOPLE, row.id, {SLOT_STROKES: kept})
                self._put(change, row.id, signed=SCREEN)
                change.note("visit.signed", self.register.name, row.id)
        return Outcome(_(N_("Signature recorded")), (ref,))

    def settle(self, refs: Sequence[str], *, how: str) -> Outcome:
        """Enter how an entry without right was followed up."""
        with self.desk.change() as change:
            for number in map(self.number, refs):
                self.vault.payloads.put(OFFICE, number, {SLOT_SETTLED: how})
                self._put(change, number, settled_on=self.desk.today())
                change.note("record.changed", self.register.name, number, fields=("settled",))
        return Outcome(_(N_("Entered how it was followed up")), tuple(refs))

    def expunge(self, refs: Sequence[str]) -> Outcome:
        """Destroy visits whose period is over: their keys, texts and signatures go."""
        with self.desk.change() as change:
            numbers = [self.number(ref) for ref in refs]
            self.destroy(change, numbers)
        return Outcome(
            ngettext("{n} visit destroyed", "{n} visits destroyed", len(refs)), tuple(refs)
        )

    # -- for zones, flows and papers

    def destroy(self, change: Change, numbers: Sequence[int]) -> None:
        """Destroy visits inside the caller's transaction; refuse one that is kept still.

        Zone, day and times stay, which name nobody; the kept copies of logs that show one go.
        """
        self._forget_logs(change, numbers)
        for row in self.rows(numbers):
            until = row.values["keep_until"]
            expiring.require_over(change, row.ref, until + rules.DAY if until else None)
            expiring.destroy_sealed(change, self.register.name, row.id)
            self._put(change, row.id, state=DESTROYED, destroyed_on=self.desk.today(), **_BLANK)
            change.note("visit.expunged", self.register.name, row.id)

    def _forget_logs(self, change: Change, numbers: Sequence[int]) -> None:
        logs, papers = set[int](), self.desk.service("documents")
        for row in self._stored(numbers).values():
            sql = "SELECT id FROM zone_logs WHERE zone = ? AND ? BETWEEN first AND last"
            found = self.vault.raw.execute(sql, (row["zone"], row["on"].isoformat()))
            logs.update(log for (log,) in found.fetchall())
        for log in sorted(logs):  # the files themselves are swept after the commit
            papers.forget(change, self.desk.ref("zone-logs", log))

    def expired(self, zone: int) -> list[int]:
        """Return the visits of a zone whose period is over."""
        t = self.table
        over = (t.c.keep_until < self.desk.today(), t.c.state != DESTROYED, t.c.zone == zone)
        with self.vault.reading() as sql:
            return list(sql.execute(select(t.c.id).where(*over).order_by(t.c.id)).scalars())

    def within(self, zone: int, first: date, last: date) -> list[int]:
        """Return the visits of a zone that began in a span of days, as they came in."""
        t = self.table
        wanted = select(t.c.id).where(t.c.zone == zone, t.c.on.between(first, last))
        wanted = wanted.where(t.c.state != "void").order_by(t.c.on, t.c.entered, t.c.id)
        with self.vault.reading() as sql:
            return list(sql.execute(wanted).scalars())

    def kept_until(self, zone: int, on: date) -> date:
        """Return until when what happened in a zone on a day is kept."""
        return rules.keep_until(on, self._years(zone))

    def redate(self, change: Change, zone: int, kept: int) -> None:
        """Have the visits of a zone kept for so many years."""
        t = self.table
        days = select(t.c.on).where(t.c.zone == zone, t.c.state != DESTROYED).distinct()
        for day in change.sql.execute(days).scalars().all():
            where = (t.c.zone == zone, t.c.on == day, t.c.state != DESTROYED)
            until = rules.keep_until(day, kept)
            change.sql.execute(update(t).where(*where).values(keep_until=until))

    def written_strokes(self, number: int) -> strokes.Strokes:
        """Return what a visitor wrote on the screen, or nothing."""
        return strokes.from_text(self.vault.payloads.read(PEOPLE, number).get(SLOT_STROKES, ""))

    # -- inside

    def _unsigned(self, refs: Iterable[str]) -> list[Row]:
        found = self.rows([self.number(ref) for ref in refs])
        for row in found:
            if row.values["signed"]:
                raise rules.SignedAlreadyError(ref=row.ref)
        return found

    def _require_out(self, zone: int, on: date, values: Mapping[str, Any]) -> None:
        """Refuse somebody who is inside another zone still: nobody is in two rooms at once."""
        t = self.table
        inside = select(t.c.id).where(t.c.state == INSIDE, t.c.on == on, t.c.zone != zone)
        with self.vault.reading() as sql:
            numbers = list(sql.execute(inside).scalars())
        came = _who(values)
        for row in self.rows(numbers, reveal=True) if numbers else ():
            if _who(row.values) == came:
                raise rules.InsideElsewhereError(ref=row.ref, zone=row.titles.get("zone", ""))

    def _permit(self, zone: int, on: date, values: Mapping[str, Any]) -> str:
        staff = references.number(values["staff"]) if values.get("staff") else None
        permits = self.desk.service("zone-permits")
        found = permits.admitting(zone, on, staff, str(values.get("name") or ""))
        return "" if found is None else self.desk.ref("zone-permits", found)

    def _fit(self, zone: int, on: date, escort: int) -> bool:
        permits = self.desk.service("zone-permits")
        return permits.admitting(zone, on, escort, "") is not None

    def _years(self, zone: int) -> int:
        sql = "SELECT keep_years FROM zones WHERE id = ?"
        return int(self.vault.raw.execute(sql, (zone,)).fetchone()[0] or 1)

    def _now(self) -> str:
        return f"{office_time(self.desk.now()):%H:%M}"

    def _put(self, change: Change, number: int, **columns: Any) -> None:
        change.sql.execute(update(self.table).where(self.table.c.id == number).values(**columns))


def _who(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return by what a visitor is known again: the member of staff, or name and company."""
    told = (name_key(str(values.get(name) or "")) for name in ("name", "organisation"))
    return (str(values.get("staff") or ""), *told)
