"""Reviews: begun for a system with all its rights, decided right by right, closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import insert, update

from privdesk.core import references
from privdesk.core.hangul import name_key
from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.register import Outcome, Row
from privdesk.registers.desk import Change
from privdesk.registers.records import Records
from privdesk.registers.rights_reviews import rules
from privdesk.registers.rights_reviews.fields import DECIDED, DONE, OPEN, SLOT_REVIEWER
from privdesk.vault.payloads import OFFICE

CALLED = N_("{system} ({day})")


class RightsReviews(Records):
    """Service of the reviews."""

    def rows(self, numbers: Sequence[int], *, reveal: bool = False) -> list[Row]:
        """Return reviews by number, with what they are called and what was decided."""
        found = super().rows(numbers, reveal=reveal)
        counts = self._counts([row.id for row in found])
        return [_shown(row, counts.get(row.id, {})) for row in found]

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Refuse a second review of a system, and one of a system without rights."""
        if before is not None:
            return {}
        place = references.number(values["place"])
        under_way = self.under_way(place)
        if under_way is not None:
            raise rules.ReviewOpenError(ref=self.desk.ref(self.register.name, under_way))
        if not self._rights(place):
            titles = self.desk.service("places").titles([place])
            raise rules.NothingToReviewError(place=titles.get(place, ""))
        return {"begun_on": self.desk.today()}

    def written(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Put the rights in force on a review that was just begun."""
        if "place" not in values:
            return
        rights = self._rights(references.number(values["place"]))
        numbers = self.vault.new_ids(len(rights))
        lines = self.desk.service("reviewed-rights")
        told = [
            {"id": own, "state": OPEN, "review": number, "access": right, "level": level}
            for own, (right, level) in zip(numbers, rights, strict=True)
        ]
        change.sql.execute(insert(lines.table), told)
        for own in numbers:
            fields = ("access", "level", "review")
            change.note("record.created", lines.register.name, own, fields=fields)

    def under_way(self, place: int) -> int | None:
        """Return the open review of a system, or None."""
        sql = "SELECT id FROM rights_reviews WHERE place = ? AND state = 'open'"
        found = self.vault.raw.execute(sql, (place,)).fetchone()
        return None if found is None else int(found[0])

    # -- actions

    def keep_rest(self, refs: Sequence[str], *, on: date | None = None) -> Outcome:
        """Confirm every right on which nothing is decided yet."""
        lines = self.desk.service("reviewed-rights")
        with self.desk.change():
            left = [n for ref in refs for n in lines.of(self.number(ref), OPEN)]
            if left:
                lines.keep([self.desk.ref(lines.register.name, n) for n in left], on=on)
        told = ngettext("{n} right confirmed", "{n} rights confirmed", len(left))
        return Outcome(told, tuple(refs))

    def close(self, refs: Sequence[str], *, by: str = "", on: date | None = None) -> Outcome:
        """Close reviews of which every right is decided; say when the next is due."""
        today = self.desk.today()
        day = on or today
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                rules.require_decided(row.ref, int(row.values["undecided"]))
                rules.require_day(row.ref, row.values["begun_on"], day, today)
                if by or not row.values["reviewer"]:
                    told = {SLOT_REVIEWER: by or self.vault.person.name}
                    self.vault.payloads.put(OFFICE, row.id, told)
                stored = {"state": DONE, "done_on": day, "next_due": rules.next_due(day)}
                same = self.table.c.id == row.id
                change.sql.execute(update(self.table).where(same).values(**stored))
                change.note("access.review.closed", self.register.name, row.id)
        message = _(N_("Reviewed; the next review is due by {day}"))
        message = message.format(day=rules.next_due(day))
        return Outcome(message, tuple(refs), paper=(self.register.name, "rights-reviewed", refs[0]))

    # -- inside

    def _rights(self, place: int) -> list[tuple[int, str]]:
        sql = (
            "SELECT id, level FROM access_rights WHERE place = ? AND state = 'granted' ORDER BY id"
        )
        return [(row[0], row[1]) for row in self.vault.raw.execute(sql, (place,))]

    def _counts(self, numbers: Sequence[int]) -> dict[int, dict[str, int]]:
        found: dict[int, dict[str, int]] = {}
        for start in range(0, len(numbers), 900):
            part = tuple(numbers[start : start + 900])
            sql = (
                "SELECT review, state, count(*) FROM reviewed_rights"
                f" WHERE review IN ({', '.join('?' * len(part))}) GROUP BY review, state"
            )
            for review, state, count in self.vault.raw.execute(sql, part):
                found.setdefault(review, {})[state] = count
        return found


class ReviewedRights(Records):
    """Service of the rights on the reviews; what is decided is done to the right itself."""

    told_together = ("who", "account")

    def together(self, stored: Mapping[int, Mapping[str, Any]]) -> Mapping[int, Mapping[str, Any]]:
        """Return whose right each line is about and on which account."""
        held = sorted({lying["access"] for lying in stored.values()})
        rights = self.desk.service("access-rights").glimpses(held, ("staff", "account"))
        known = self.desk.service("staff").names()
        whose = {}
        for one in rights:
            ref = one.values["staff"]
            called = known.get(references.number(ref)) if ref else None
            account = str(one.values["account"] or "")
            whose[one.id] = _line(called.name if called else "", account)
        return {n: whose.get(lying["access"]) or _line() for n, lying in stored.items()}

    def holding(self, numbers: Sequence[int], needle: str) -> list[int]:
        """Return those of which some text holds a needle, also whose right it is."""
        found = set(super().holding(numbers, needle))
        left = [number for number in numbers if number not in found]
        keyed = cache(name_key)  # the same people stand in each review
        for number, told in self.together(self._stored(left, {"access"})).items():
            if any(needle in keyed(text) for text in told.values()):
                found.add(number)
        return [number for number in numbers if number in found]

    def of(self, review: int, *states: str) -> list[int]:
        """Return the lines of a review: all, or those in some states."""
        sql = "SELECT id, state FROM reviewed_rights WHERE review = ? ORDER BY id"
        rows = self.vault.raw.execute(sql, (review,)).fetchall()
        return [number for number, state in rows if not states or state in states]

    def settle(self, change: Change, right: int, state: str, day: date) -> None:
        """Note in the open review of a right what was decided on it; nothing where there is none.

        Called by whatever decides: from the review, from the list of rights, or by leaving.
        """
        assert state in DECIDED
        sql = (
            "SELECT l.id FROM reviewed_rights l JOIN rights_reviews r ON r.id = l.review"
            " WHERE l.access = ? AND r.state = 'open'"
        )
        for (number,) in self.vault.raw.execute(sql, (right,)).fetchall():
            same = self.table.c.id == number
            stored = {"state": state, "decided_on": day}
            change.sql.execute(update(self.table).where(same).values(**stored))
            change.note("access.decided", self.register.name, number, fields=("state",))

    # -- actions

    def keep(self, refs: Sequence[str], *, on: date | None = None) -> Outcome:
        """Confirm rights: the work still needs them."""
        rights = self.desk.service("access-rights")
        return self._done(refs, rights.confirm(self._rights(refs), on=on))

    def change(
        self,
        refs: Sequence[str],
        *,
        level: str,
        reason: str,
        approver: str,
        on: date | None = None,
    ) -> Outcome:
        """Put changed rights in the place of those until now."""
        rights = self.desk.service("access-rights")
        told = {"level": level, "reason": reason, "approver": approver}
        return self._done(refs, rights.change(self._rights(refs), on=on, **told))

    def revoke(
        self, refs: Sequence[str], *, why: str = "", by: str = "", on: date | None = None
    ) -> Outcome:
        """End rights that the work does not need."""
        rights = self.desk.service("access-rights")
        return self._done(refs, rights.revoke(self._rights(refs), why=why, by=by, on=on))

    def _done(self, refs: Sequence[str], outcome: Outcome) -> Outcome:
        return replace(outcome, refs=tuple(refs))

    def _rights(self, refs: Sequence[str]) -> list[str]:
        rows = super().rows([self.number(ref) for ref in refs])
        return [str(row.values["access"]) for row in rows]


def _shown(row: Row, counts: Mapping[str, int]) -> Row:
    begun = row.values["begun_on"]
    title = _(CALLED).format(system=row.titles.get("place", ""), day=begun)
    decided = {state: counts.get(state, 0) for state in DECIDED}
    told = {"title": title, "rights": sum(counts.values()), **decided}
    return replace(row, values={**row.values, **told, "undecided": counts.get(OPEN, 0)})


def _line(who: str = "", account: str = "") -> dict[str, str]:
    return {"who": who or "–", "account": account or "–"}
