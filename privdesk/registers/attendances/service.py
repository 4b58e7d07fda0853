"""Attendances: who was invited, who was there, who passed; one by one or hundreds at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from privdesk.core import references
from privdesk.core.fields import Kind
from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.register import Outcome, Query, Row
from privdesk.core.values import from_column
from privdesk.registers.attendances import expunging, rules, searching
from privdesk.registers.attendances.fields import ABSENT, ATTENDED, EXCUSED, INVITED
from privdesk.registers.desk import Change
from privdesk.registers.records import Records

_FEW = 900  # found, so few that the others need not be put in order
_FACTS = (
    'SELECT s.id, s.course, s."on", s.state, coalesce(s.held_topics, c.topics),'
    " coalesce(s.held_test, c.test),"
    " CASE WHEN s.held_name IS NULL THEN c.pass_mark ELSE s.held_mark END,"
    " coalesce(s.held_name, c.name)"
    " FROM sessions s JOIN courses c ON c.id = s.course WHERE s.id = ?"
)
_STANDS = (
    "SELECT a.session, s.state, a.certificate FROM attendances a"
    " JOIN sessions s ON s.id = a.session WHERE a.id = ?"
)
_JOINED = "SELECT id FROM staff WHERE id IN ({marks}) AND joined > ? ORDER BY joined DESC LIMIT 1"


@dataclass(frozen=True)
class Mark:
    """What is recorded of one attendance: ``result`` is one of ``fields.RESULTS``."""

    attendance: int
    result: str
    score: int | None = None


class Attendances(Records):
    """Service of the attendances."""

    rows_add_texts = False
    settles = ("sessions",)

    def rows(self, numbers: Sequence[int], *, reveal: bool = False) -> list[Row]:
        """Return attendances by number, with what they are called."""
        found = super().rows(numbers, reveal=reveal)
        whose = {row.id: references.number(s) for row in found if (s := row.values["staff"])}
        left = expunging.last_days(self.desk, set(whose.values()))
        today = self.desk.today()
        return [_shown(row, left.get(whose.get(row.id, 0)), today) for row in found]

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Check session, person and points; work out the state, and what is kept of the session."""
        number = references.number(values["session"])
        facts = self.facts(number)
        result, score = values.get("result") or None, values.get("score")
        before = before or {}
        changed = (result, score) != (before.get("result") or None, before.get("score"))
        if changed:
            rules.require_markable(facts, str(values["session"]), self.desk.today())
        rules.check(result, score, facts)
        if changed and result == ATTENDED:
            self.require_joined([references.number(values["staff"])], facts.on)
        if before:
            return {"state": rules.state_of(result, score, facts)} if changed else {}
        if facts.state not in ("planned", "held"):
            raise rules.SessionClosedError(ref=values["session"])
        member = references.number(values["staff"])
        known = self.of(number, [member])
        if known:
            raise rules.AttendsAlreadyError(ref=self.desk.ref(self.register.name, known[member]))
        return {
            "state": rules.state_of(result, score, facts),
            "department": self._departments([member]).get(member),
            "course": self.desk.ref("courses", facts.course),
            "on": facts.on,
            "topics": _topics(facts),
        }

    def written(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """A session of which somebody's attendance is known is being held."""
        if values.get("result"):
            sql = "SELECT session FROM attendances WHERE id = ?"
            self._begin(change, self.vault.raw.execute(sql, (number,)).fetchone()[0])

    def unmake(self, change: Change, first: int, stop: int) -> None:
        """Delete the attendances of an import; a session held only by them is planned again."""
        sql = "SELECT DISTINCT session FROM attendances WHERE id >= ? AND id < ? AND result <> ''"
        held = self.vault.raw.execute(sql, (first, stop)).fetchall()
        super().unmake(change, first, stop)
        back = (
            "UPDATE sessions SET state = 'planned' WHERE id = ? AND state = 'held' AND id NOT IN"
            " (SELECT session FROM attendances WHERE result <> '')"
        )
        for (session,) in held:
            if self.vault.raw.execute(back, (session,)).rowcount:
                change.note("record.changed", "sessions", session, fields=("state",))

    # -- actions

    def attend(self, refs: Sequence[str], *, score: int | None = None) -> Outcome:
        """Record that people were there."""
        return self._mark_all(refs, ATTENDED, score)

    def absent(self, refs: Sequence[str]) -> Outcome:
        """Record that people were absent."""
        return self._mark_all(refs, ABSENT)

    def excuse(self, refs: Sequence[str]) -> Outcome:
        """Record that people were excused."""
        return self._mark_all(refs, EXCUSED)

    def expunge(self, refs: Sequence[str]) -> Outcome:
        """Destroy the training records of those who left, once their period is over."""
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                expunging.expunge(change, self, row)
        told = ngettext(
            "{n} training record destroyed", "{n} training records destroyed", len(refs)
        )
        return Outcome(told, tuple(refs))

    # -- for sessions and flows

    def facts(self, session: int) -> rules.Facts:
        """Return what the rules need of a session."""
        row = self.vault.raw.execute(_FACTS, (session,)).fetchone()
        return rules.Facts(
            session=row[0],
            course=row[1],
            on=date.fromisoformat(row[2]),
            state=row[3],
            topics=row[4] or "[]",
            test=bool(row[5]),
            pass_mark=row[6],
            name=row[7],
        )

    def of(self, session: int, staff: Sequence[int] | None = None) -> dict[int, int]:
        """Return the living attendances of a session by member of staff: all, or of some."""
        t = self.table
        wanted = select(t.c.staff, t.c.id).where(
            t.c.session == session, t.c.state.not_in(("void", "destroyed"))
        )
        if staff is not None and len(staff) == 1:
            one = "SELECT id FROM attendances WHERE session = ? AND staff = ? AND state <> 'void'"
            there = self.vault.raw.execute(one, (session, staff[0])).fetchone()
            return {} if there is None else {staff[0]: there[0]}
        with self.vault.reading() as sql:
            found = {row.staff: row.id for row in sql.execute(wanted)}
        return found if staff is None else {n: found[n] for n in staff if n in found}

    def results(self, session: int) -> dict[int, tuple[str, int | None]]:
        """Return result and points of everybody on a session's sheet, by member of staff."""
        sql = (
            "SELECT staff, result, score FROM attendances"
            " WHERE session = ? AND state NOT IN ('void', 'destroyed') ORDER BY id"
        )
        rows = self.vault.raw.execute(sql, (session,)).fetchall()
        return {row[0]: (row[1] or "", row[2]) for row in rows}

    def needed_by(self, number: int) -> str:
        """Return the session where it is closed or gave a certificate: it is opened again first."""
        session, state, certificate = self.vault.raw.execute(_STANDS, (number,)).fetchone()
        stands = state not in ("planned", "held") or certificate
        return self.desk.ref("sessions", session) if stands else ""

    def invite(self, change: Change, session: int, staff: Iterable[int]) -> int:
        """Put people on a session's sheet inside the caller's transaction; return how many.

        Who is there already is left as he is.
        """
        facts, known = self.facts(session), self.of(session)
        if facts.state not in ("planned", "held"):
            raise rules.SessionClosedError(ref=self.desk.ref("sessions", session))
        people = [n for n in dict.fromkeys(staff) if n not in known]
        if not people:
            return 0
        departments = self._departments(people)
        told = {"session": session, "course": facts.course, "on": facts.on}
        told |= {"topics": facts.topics, "state": INVITED}
        numbers = self.vault.new_ids(len(people))
        change.sql.execute(
            insert(self.table),
            [
                {"id": number, "staff": who, "department": departments.get(who), **told}
                for number, who in zip(numbers, people, strict=True)
            ],
        )
        for number in numbers:
            fields = ("session", "staff")
            change.note("record.created", self.register.name, number, fields=fields)
        return len(people)

    def mark(self, change: Change, session: int, marks: Sequence[Mark]) -> None:
        """Record the attendance of people of one session inside the caller's transaction."""
        if not marks:
            return
        facts = self.facts(session)
        rules.require_markable(facts, self.desk.ref("sessions", session), self.desk.today())
        for one in marks:
            rules.check(one.result, one.score, facts)
        present = [one.attendance for one in marks if one.result == ATTENDED]
        self.require_joined(self._whose(present), facts.on)
        values = [
            {
                "number": one.attendance,
                "result": one.result,
                "score": one.score,
                "state": rules.state_of(one.result, one.score, facts),
            }
            for one in marks
        ]
        statement = update(self.table).where(self.table.c.id == bindparam("number"))
        change.sql.execute(statement, values)
        for one in marks:
            fields = ("result",) if one.score is None else ("result", "score")
            change.note("attendance.marked", self.register.name, one.attendance, fields=fields)
        self._begin(change, session)

    def there(self, session: int) -> list[int]:
        """Return the staff who are on record as having been at a session."""
        sql = "SELECT staff FROM attendances WHERE session = ? AND result = ? AND state <> 'void'"
        rows = self.vault.raw.execute(sql, (session, ATTENDED)).fetchall()
        return [who for (who,) in rows if who is not None]

    def require_joined(self, staff: Sequence[int], day: date) -> None:
        """Refuse that somebody was trained here before joining."""
        for start in range(0, len(staff), _FEW):
            part = staff[start : start + _FEW]
            sql = _JOINED.format(marks=", ".join("?" * len(part)))
            found = self.vault.raw.execute(sql, (*part, day.isoformat())).fetchone()
            if found is not None:
                (who,) = self.desk.service("staff").glimpses([found[0]], ("name", "joined"))
                told = {"name": who.values["name"], "joined": who.values["joined"]}
                raise rules.BeforeJoiningError(day=day, **told)

    def absence(self, number: int) -> Mark:
        """Return the mark that somebody was absent."""
        return Mark(number, ABSENT)

    def certified(self, change: Change, number: int, certificate: str) -> None:
        """Note the number of somebody's certificate inside the caller's transaction."""
        told = {"certificate": certificate, "certified_on": self.desk.today()}
        change.sql.execute(update(self.table).where(self.table.c.id == number).values(**told))
        fields = ("certificate", "certified_on")
        change.note("record.changed", self.register.name, number, fields=fields)

    # -- inside

    def _matching(self, query: Query) -> list[int]:
        """Find and sort by person, and what is kept too long, without building every record."""
        if "over" in query.where:
            where = {name: told for name, told in query.where.items() if name != "over"}
            over, wanted = set(expunging.over(self.desk)), _is_yes(query.where["over"])
            numbers = self._matching(replace(query, where=where))
            return [number for number in numbers if (number in over) is wanted]
        who = query.sort == "staff"
        if not query.text and not who:
            return super()._matching(query)
        bare = replace(query, text="", sort="" if who else query.sort)
        if query.text:
            found = searching.meant(self, query.text)
            if len(found) <= _FEW and "ref" not in query.where:
                refs = [self.desk.ref(self.register.name, number) for number in sorted(found)]
                bare = replace(bare, where={**query.where, "ref": refs})
            numbers = [number for number in super()._matching(bare) if number in found]
        else:
            numbers = super()._matching(bare)
        if who:
            numbers = searching.by_person(self, numbers, descending=query.descending)
        return numbers

    def _mark_all(self, refs: Sequence[str], result: str, score: int | None = None) -> Outcome:
        numbers = [self.number(ref) for ref in refs]
        t, sessions = self.table, dict[int, list[Mark]]()
        with self.desk.change() as change:
            for start in range(0, len(numbers), 900):
                part = numbers[start : start + 900]
                wanted = select(t.c.id, t.c.session).where(t.c.id.in_(part), t.c.state != "void")
                for row in change.sql.execute(wanted):
                    sessions.setdefault(row.session, []).append(Mark(row.id, result, score))
            for session, marks in sessions.items():
                self.mark(change, session, marks)
        told = ngettext("{n} attendance recorded", "{n} attendances recorded", len(refs))
        return Outcome(told, tuple(refs))

    def _begin(self, change: Change, session: int) -> None:
        sql = "UPDATE sessions SET state = 'held' WHERE id = ? AND state = 'planned'"
        if self.vault.raw.execute(sql, (session,)).rowcount:
            change.note("session.held", "sessions", session)

    def _whose(self, numbers: Sequence[int]) -> list[int]:
        found: list[int] = []
        for start in range(0, len(numbers), _FEW):
            part = tuple(numbers[start : start + _FEW])
            sql = f"SELECT staff FROM attendances WHERE id IN ({', '.join('?' * len(part))})"
            found += [row[0] for row in self.vault.raw.execute(sql, part).fetchall()]
        return found

    def _departments(self, staff: Sequence[int]) -> dict[int, str | None]:
        found: dict[int, str | None] = {}
        for start in range(0, len(staff), 900):
            part = tuple(staff[start : start + 900])
            sql = f"SELECT id, department FROM staff WHERE id IN ({', '.join('?' * len(part))})"
            found.update(self.vault.raw.execute(sql, part).fetchall())
        return found


def _is_yes(asked: object) -> bool:
    """Return whether a condition on a yes-or-no field asks for yes."""
    told = asked if isinstance(asked, (list, tuple, set, frozenset)) else (asked,)
    return any(one is True or str(one) in ("yes", "1", "True") for one in told)


def _topics(facts: rules.Facts) -> tuple[str, ...]:
    found: tuple[str, ...] = from_column(Kind.CHOICES, facts.topics)
    return found


def _shown(row: Row, left: date | None, today: date) -> Row:
    name, session = row.titles.get("staff") or row.ref, row.titles.get("session") or ""
    title = _(N_("{name} · {session}")).format(name=name, session=session)
    until = rules.kept_until(row.values["on"], left) if left is not None else None
    told = {"title": title, "keep_until": until, "over": until is not None and until < today}
    return replace(row, values={**row.values, **told})
