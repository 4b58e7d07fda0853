"""Safeguards: entered or taken over from the shipped list, checked, attached to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select, update

from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.register import Outcome, Row
from privdesk.registers.desk import Change
from privdesk.registers.named import NamedRecords
from privdesk.registers.safeguards import rules, shipped
from privdesk.registers.safeguards.rules import Area, Guard, Result

LIVING = ("new", "good", "weak", "failed")


class Safeguards(NamedRecords):
    """Service of the safeguards."""

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Work out the next check; refuse a time between checks that is too long."""
        super().derive(values, before)
        today, count = self.desk.today(), int(values.get("months") or 0)
        rules.check_months(Area(values["area"]), count, today)
        checked = values.get("checked_on")
        if checked is not None:
            return {"due": values.get("fix_by") or rules.next_check_by(checked, count)}
        if before is not None:
            return {}
        return {"due": rules.first_check_by(today), "state": "new"}

    # -- actions

    def check(
        self,
        refs: Sequence[str],
        *,
        result: str,
        seen: str,
        on: date | None = None,
        fix_by: date | None = None,
        by: str = "",
        file: str = "",
    ) -> Outcome:
        """Enter a check of safeguards, with what was seen and its evidence."""
        day, found = on or self.desk.today(), Result(result)
        asked = None if found is Result.GOOD else fix_by
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                last, due = row.values["checked_on"], row.values["due"]
                rules.check_check(day, found, asked, last, self.desk.today())
                self.desk.service("safeguard-checks").enter(
                    change,
                    row.id,
                    day,
                    found,
                    seen=seen,
                    by=by.strip() or self.vault.person.name,
                    fix_by=asked,
                    late=due is not None and day > due,
                )
                following = asked or rules.next_check_by(day, row.values["months"])
                told = {"checked_on": day, "result": result, "fix_by": asked, "due": following}
                self._put(change, row.id, state=result, **told)
                names = tuple(sorted(told))
                change.note("safeguard.checked", self.register.name, row.id, fields=names)
                if file:
                    self._papers.attach(change, self.register.name, row.id, file, "evidence")
        return Outcome(ngettext("{n} checked", "{n} checked", len(refs)), tuple(refs))

    def attach(self, refs: Sequence[str], *, what: str, file: str) -> Outcome:
        """Keep evidence sealed with safeguards."""
        with self.desk.change() as change:
            for ref in refs:
                self._papers.attach(change, self.register.name, self.number(ref), file, what)
        return Outcome(_(N_("Attached to {refs}")).format(refs=", ".join(refs)), tuple(refs))

    def take_over(self, language: str = "") -> Outcome:
        """Enter what the shipped list has and the office has not, all in one transaction."""
        self.desk.require(*self.writers)
        spoken = language or str(self.desk.setting("language", "ko"))
        wanted = [one for one in shipped.listed() if not any(map(self.called, one.name.values()))]
        if not wanted:
            raise shipped.AllTakenError
        made = []
        with self.desk.change() as change:
            for one in wanted:
                number = self.insert(change, one.values(spoken))
                made.append(self.desk.ref(self.register.name, number))
        told = ngettext("{n} safeguard entered", "{n} safeguards entered", len(made))
        return Outcome(told, tuple(made))

    # -- for rules, figures and papers

    def every(self) -> list[int]:
        """Return the numbers of the living safeguards, by area as entered."""
        t = self.table
        wanted = select(t.c.id).where(t.c.state.in_(LIVING)).order_by(t.c.id)
        with self.vault.reading() as sql:
            return list(sql.execute(wanted).scalars())

    def guards(self) -> list[Guard]:
        """Return the living safeguards as far as the rules need them."""
        sql = (
            "SELECT id, name, area, due, result, fix_by, checked_on, owner FROM safeguards"
            " WHERE state IN ('new', 'good', 'weak', 'failed') ORDER BY due, id"
        )
        return [
            Guard(
                ref=self.desk.ref(self.register.name, number),
                name=str(name),
                area=Area(area),
                due=_day(due),
                result=Result(result) if result else None,
                fix_by=_day(fix_by),
                checked_on=_day(checked),
                owner=self.desk.ref("staff", owner) if owner else "",
            )
            for number, name, area, due, result, fix_by, checked, owner in self.vault.raw.execute(
                sql
            ).fetchall()
        ]

    # -- inside

    @property
    def _papers(self) -> Any:
        return self.desk.service("safety-papers")

    def _put(self, change: Change, number: int, **values: Any) -> None:
        t = self.table
        change.sql.execute(update(t).where(t.c.id == number).values(**values))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def english(row: Row, language: str) -> tuple[str, str]:
    """Return name and demand of a safeguard in a paper's language, as far as it has them."""
    values = row.values
    names = [str(values[name] or "") for name in ("name", "measure")]
    if language == "en":
        others = [str(values[name] or "") for name in ("name_en", "measure_en")]
        names = [other or own for other, own in zip(others, names, strict=True)]
    return names[0], names[1]
