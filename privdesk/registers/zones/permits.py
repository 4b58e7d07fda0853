"""Who may enter a zone: asked for, put on the list, reviewed, taken off; the history is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select, update

from privdesk.core import references
from privdesk.core.hangul import name_key
from privdesk.core.i18n import ngettext
from privdesk.core.register import Outcome, Row
from privdesk.registers import expiring
from privdesk.registers.desk import Change
from privdesk.registers.records import Records
from privdesk.registers.zones import rules
from privdesk.registers.zones.parts import SLOT_APPROVER, SLOT_PERSON
from privdesk.registers.zones.rules import ASKED, DAY, ENDED, GRANTED, Why
from privdesk.vault.payloads import OFFICE


class Permits(Records):
    """Service of the permits of zones."""

    rows_add_texts = True  # a list is searched by who it is

    def rows(self, numbers: Sequence[int], *, reveal: bool = False) -> list[Row]:
        """Return permits, each with whose it is: of the staff, or an outside person."""
        return [_named(row) for row in super().rows(numbers, reveal=reveal)]

    def titles(self, numbers: Sequence[int]) -> dict[int, str]:
        """Return whose permits are."""
        return {row.id: str(row.values["who"]) for row in self.rows(numbers)}

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Put a permit on the list that names day and approver; later only actions move it."""
        since, until = values.get("since"), values.get("until")
        rules.check_days(since, until)
        if before is not None:
            return {}
        person = str(values.get("person") or "").strip()
        company = str(values.get("organisation") or "").strip()
        if bool(values.get("staff")) == bool(person) or (person and not company):
            raise rules.WhoMissingError
        self.desk.service("zones").require_open(references.number(values["zone"]))
        if since is None:
            return {"state": ASKED}
        self._allow(values, str(values.get("approver") or ""), since)
        if until is not None and until < self.desk.today():  # the history of an older list
            over = {"ended_for": Why.OVER.value, "keep_until": rules.keep_until(until)}
            return {"state": ENDED, **over}
        return {"state": GRANTED}

    # -- actions

    def grant(
        self,
        refs: Sequence[str],
        *,
        approver: str,
        on: date | None = None,
        until: date | None = None,
    ) -> Outcome:
        """Put people on the list whom somebody else approved."""
        day = on or self.desk.today()
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                end = until or row.values["until"]
                rules.check_days(day, end)
                self._allow(row.values, approver, day)
                self.vault.payloads.put(OFFICE, row.id, {SLOT_APPROVER: approver})
                self._put(change, row.id, since=day, until=end, state=GRANTED)
                change.note("zone.permitted", self.register.name, row.id)
        return Outcome(
            ngettext("{n} person put on the list", "{n} people put on the list", len(refs)),
            tuple(refs),
        )

    def end(self, refs: Sequence[str], *, why: str = "", on: date | None = None) -> Outcome:
        """Take people off the list."""
        day = on or self.desk.today()
        with self.desk.change() as change:
            for ref in refs:
                self.ended(change, self.number(ref), day, Why(why or Why.NEEDLESS.value))
        return Outcome(
            ngettext("{n} person taken off the list", "{n} people taken off the list", len(refs)),
            tuple(refs),
        )

    def expunge(self, refs: Sequence[str]) -> Outcome:
        """Destroy what ended permits say of a person, once their history need not be kept."""
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                until = row.values["keep_until"]
                expiring.require_over(change, row.ref, until + DAY if until else None)
                expiring.destroy_sealed(change, self.register.name, row.id)
                self._put(change, row.id, staff=None, organisation=None, state="destroyed")
                change.note("access.expunged", self.register.name, row.id)
        return Outcome(
            ngettext("{n} history destroyed", "{n} histories destroyed", len(refs)), tuple(refs)
        )

    # -- for zones, visits and flows

    def ended(self, change: Change, number: int, day: date, why: Why) -> None:
        """End one permit inside the caller's transaction; its last day is ``day`` or earlier."""
        (row,) = self.rows([number])
        since, until = row.values["since"], row.values["until"]
        if day > self.desk.today() or (since is not None and day < since):
            raise rules.PermitDaysError
        last = min(day, until) if until is not None else day
        over = {"ended_for": why.value, "keep_until": rules.keep_until(last)}
        self._put(change, number, until=last, state=ENDED, **over)
        change.note("zone.permit-ended", self.register.name, number, reason=why.value)

    def reviewed(self, change: Change, numbers: Iterable[int], day: date) -> None:
        """Note that permits were looked at and stay."""
        for number in numbers:
            self._put(change, number, reviewed_on=day)

    def leaves(self, change: Change, staff: int, day: date) -> int:
        """End the permits of somebody who leaves with the last day; return how many there are.

        One still to come only sets their last day: nobody enters after it, and *Today* asks for
        key and card then.
        """
        found = self.of(staff)
        for row in self.rows(found):
            if row.values["since"] is not None and row.values["since"] > day:
                self._put(change, row.id, since=day)  # never used: it ends where it would begin
            if day <= self.desk.today():
                self.ended(change, row.id, day, Why.LEFT)
            elif row.values["until"] is None or row.values["until"] > day:
                self._put(change, row.id, until=day)
                change.note("record.changed", self.register.name, row.id, fields=("until",))
        return len(found)

    def listed(self, zone: int) -> list[int]:
        """Return the permits on the list of a zone."""
        return self._of(self.table.c.zone == zone)

    def of(self, staff: int) -> list[int]:
        """Return the permits of a member of staff that are on a list."""
        return self._of(self.table.c.staff == staff)

    def admitting(self, zone: int, on: date, staff: int | None, person: str) -> int | None:
        """Return the permit by which somebody may enter a zone on a day, or None.

        Somebody from outside is known by name or role, whatever company stands beside it.
        """
        if staff is not None and self._gone(staff, on):
            return None
        t = self.table
        states = t.c.state.in_((GRANTED, ENDED))
        wanted = select(t.c.id, t.c.since, t.c.until).where(t.c.zone == zone, states)
        wanted = wanted.where(t.c.staff == staff if staff else t.c.staff.is_(None))
        with self.vault.reading() as sql:
            rows = sql.execute(wanted.order_by(t.c.id)).all()
        found = [row.id for row in rows if rules.in_force(row.since, row.until, on)]
        if staff is None:
            sealed = self.vault.payloads.read_many(OFFICE, found)
            key = name_key(person)
            names = {n: name_key(sealed.get(n, {}).get(SLOT_PERSON, "")) for n in found}
            found = [n for n in found if key and names[n] == key]
        return found[0] if found else None

    # -- inside

    def _gone(self, staff: int, on: date) -> bool:
        sql = 'SELECT 1 FROM staff WHERE id = ? AND "left" < ?'
        found = self.vault.raw.execute(sql, (staff, on.isoformat())).fetchone()
        return found is not None

    def _of(self, condition: Any) -> list[int]:
        t = self.table
        wanted = select(t.c.id).where(condition, t.c.state == GRANTED).order_by(t.c.id)
        with self.vault.reading() as sql:
            return list(sql.execute(wanted).scalars())

    def _allow(self, values: Mapping[str, Any], approver: str, day: date) -> None:
        """Refuse a permit without another's word, for somebody gone, or for the second time."""
        zone = references.number(values["zone"])
        staff = references.number(values["staff"]) if values.get("staff") else None
        name = str(values.get("person") or "").strip()
        if staff is not None:
            (row,) = self.desk.service("staff").glimpses([staff], ("name", "joined", "left"))
            name = str(row.values["name"])
            joined, left = row.values["joined"], row.values["left"]
            if (joined and day < joined) or (left and day > left):
                raise rules.GoneHolderError(name=name, on=day)
        rules.check_approver(approver, name)
        twin = self.admitting(zone, max(day, self.desk.today()), staff, name)
        if twin is not None:
            title = self.desk.service("zones").titles([zone])[zone]
            ref = self.desk.ref(self.register.name, twin)
            raise rules.PermitTwiceError(name=name, zone=title, ref=ref)

    def _put(self, change: Change, number: int, **columns: Any) -> None:
        change.sql.execute(update(self.table).where(self.table.c.id == number).values(**columns))


def _named(row: Row) -> Row:
    told = row.titles.get("staff") or str(row.values.get("person") or "")
    return replace(row, values={**row.values, "who": told})
