"""Sessions: planned, people invited, held, closed, made up for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import update

from privdesk.core.errors import DomainError
from privdesk.core.fields import Kind
from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.register import Outcome, Row, Shown
from privdesk.core.values import to_column
from privdesk.registers import incoming
from privdesk.registers.desk import Change
from privdesk.registers.records import Records
from privdesk.registers.sessions import rules
from privdesk.registers.sessions.fields import (
    CANCELLED,
    CLOSED,
    DEPARTMENT,
    DUE,
    PLANNED,
    SLOT_REOPENED,
    TEST,
)
from privdesk.registers.trained import standing
from privdesk.vault import attachments
from privdesk.vault.payloads import FILE_SLOTS, OFFICE, unpack_keys

AHEAD = timedelta(days=60)
"""Whose training ends within so many days is invited with those whose training is over."""


class OneSessionError(DomainError):
    """This is done for one session at a time. Nothing was changed; choose a single one."""


class NobodyToInviteError(DomainError):
    """There is nobody to invite: all of them stand on the sheet already, or nobody is meant.
    Nothing was changed.
    """


class DepartmentMissingError(DomainError):
    """No department is named, or nobody of it has to be trained. Nothing was changed; enter the
    department as it stands in the staff register.
    """


class NobodyAttendedError(DomainError):
    """Nobody’s attendance at {ref} is known yet. Nothing was changed; take the attendance first, or
    cancel the session.
    """


class SheetMissingError(DomainError):
    """No signed attendance sheet of {ref} is on file. Nothing was changed; put the scan on file
    first.
    """


class Sessions(Records):
    """Service of the sessions."""

    def rows(self, numbers: Sequence[int], *, reveal: bool = False) -> list[Row]:
        """Return sessions by number, with what they are called and how many were there."""
        with self.vault.reading():
            found = super().rows(numbers, reveal=reveal)
            counts = self._counts([row.id for row in found])
        return [_shown(row, counts.get(row.id, {})) for row in found]

    def titles(self, numbers: Sequence[int]) -> dict[int, str]:
        """Return course and day by number; nobody's attendance is counted for it."""
        courses = self.desk.service("courses")
        found: dict[int, tuple[int, str]] = {}
        for start in range(0, len(numbers), 900):
            part = numbers[start : start + 900]
            marks = ", ".join("?" * len(part))
            sql = f'SELECT id, course, "on" FROM sessions WHERE id IN ({marks})'
            found |= {row[0]: (row[1], row[2]) for row in self.vault.raw.execute(sql, tuple(part))}
        names = courses.titles(sorted({course for course, _day in found.values()}))
        return {n: _called(names.get(of, ""), day) for n, (of, day) in found.items()}

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Refuse to move a session onto a day to come of which attendance is known."""
        if before is not None and values["on"] != before["on"]:
            self._refuse_moving(before, values["on"])
        return {}

    def amend(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Change what is planned or held; what is closed stays as it was held (D14)."""
        (row,) = self.rows([number])
        typed = self.checked(values, whole=False)
        changed = {name for name, value in typed.items() if row.values.get(name) != value}
        if row.state == CLOSED and not changed <= rules.LATER:
            raise rules.ClosedStaysError(ref=row.ref)
        super().amend(change, number, values)

    def written(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Attendances keep the day of their session."""
        if "on" in values:
            sql = 'UPDATE attendances SET "on" = ? WHERE session = ? AND "on" <> ?'
            day = values["on"].isoformat()
            self.vault.raw.execute(sql, (day, number, day))
            attending = self.desk.service("attendances")
            attending.require_joined(attending.there(number), values["on"])

    # -- actions

    def invite(self, refs: Sequence[str], *, who: str, department: str = "") -> Outcome:
        """Put people on the sheet: everybody, whose training is over or ends, one department."""
        number = self._one(refs)
        with self.desk.change() as change:
            people = self.meant(number, who, department)
            added = self.desk.service("attendances").invite(change, number, people)
            if not added:
                raise NobodyToInviteError
            told = {"count": added, "who": who}
            change.note("session.invited", self.register.name, number, details=told)
        return Outcome(ngettext("{n} person invited", "{n} people invited", added), tuple(refs))

    def close(self, refs: Sequence[str]) -> Outcome:
        """Close sessions; whose attendance is not known was absent."""
        with self.desk.change() as change:
            rows = self.rows([self.number(ref) for ref in refs])
            for row in rows:
                self._close(change, row)
        told = ngettext("{n} session closed", "{n} sessions closed", len(refs))
        open_tests = sum(self._counts([row.id]).get(row.id, {}).get(TEST, 0) for row in rows)
        if open_tests:
            left = ngettext(
                "the test of {n} person has no points yet",
                "the tests of {n} people have no points yet",
                open_tests,
            )
            told = f"{told}; {left}"
        return Outcome(told, (*refs,))

    def reopen(self, refs: Sequence[str], *, reason: str) -> Outcome:
        """Open a session again, to correct an attendance."""
        number = self._one(refs)
        (row,) = self.rows([number])
        with self.desk.change() as change:
            state = PLANNED if row.state == CANCELLED else "held"
            told = {"reopened_on": self.desk.today()} if row.state == CLOSED else {}
            self._put(change, number, state=state, closed_on=None, **told)
            if told:  # the ledger says so
                self.vault.payloads.put(OFFICE, number, {SLOT_REOPENED: reason})
            change.note("session.reopened", self.register.name, number, reason=reason)
        return Outcome(_(N_("{ref} is open again")).format(ref=row.ref), tuple(refs))

    def cancel(self, refs: Sequence[str], *, reason: str) -> Outcome:
        """Cancel a session that is not held; its invitations are void."""
        number = self._one(refs)
        with self.desk.change() as change:
            self._put(change, number, state=CANCELLED)
            change.note("session.cancelled", self.register.name, number, reason=reason)
        return Outcome(_(N_("{ref} cancelled")).format(ref=refs[0]), tuple(refs))

    def make_up(self, refs: Sequence[str], *, on: date, place: str = "") -> Outcome:
        """Plan a session for who missed this one, or did not pass, and has not made up for it."""
        number = self._one(refs)
        (row,) = self.rows([number])
        with self.desk.change() as change:
            people = self.missed(number)
            if not people:
                raise NobodyToInviteError
            told = {name: row.values[name] for name in ("course", "starts", "minutes", "trainer")}
            told |= {"on": on, "place": place or row.values["place"], "makes_up": row.ref}
            made = self.insert(change, {n: v for n, v in told.items() if v not in (None, "")})
            added = self.desk.service("attendances").invite(change, made, people)
        ref = self.desk.ref(self.register.name, made)
        invited = ngettext("{n} person invited", "{n} people invited", added)
        message = _(N_("{ref} planned: {invited}")).format(ref=ref, invited=invited)
        return Outcome(message, (ref,))

    def file_sheet(self, refs: Sequence[str], *, file: str) -> Outcome:
        """Seal the scan of the signed attendance sheet; one that was there goes."""
        from privdesk.documents.preview import page_count
        from privdesk.documents.scans import as_pdf
        from privdesk.documents.stacks import require_ink

        sheet = incoming.read_sheet(file)
        require_ink(sheet.data, sheet.name)
        data = as_pdf(sheet.data)
        number, pages = self._one(refs), page_count(data)
        with self.desk.change() as change:
            self._forget_sheet(change, number)
            name = attachments.store(self.vault, OFFICE, number, data, "application/pdf")
            self._put(change, number, file=name, pages=pages)
            change.note("session.filed", self.register.name, number, fields=("file",))
        return Outcome(_(N_("The signed attendance sheet is on file")), tuple(refs))

    def show_sheet(self, refs: Sequence[str]) -> Outcome:
        """Show the signed attendance sheet."""
        (row,) = self.rows([self._one(refs)])
        if not row.values["file"]:
            raise SheetMissingError(ref=row.ref)
        data = attachments.read(self.vault, str(row.values["file"]))
        title = str(row.values["title"])
        return Outcome(title, (row.ref,), Shown(title, f"{row.ref}.pdf", data))

    # -- for flows and papers

    def meant(self, session: int, who: str, department: str = "") -> list[int]:
        """Return the staff that an invitation means: who works here on the day and must train."""
        day = self._day(session)
        people = [one for one in standing(self.desk, day) if one.needs and one.here(day)]
        if who == DEPARTMENT:
            people = [one for one in people if one.department == department and department]
            if not people:
                raise DepartmentMissingError
        elif who == DUE:
            last = day + AHEAD
            people = [p for p in people if not p.current(day) or (p.lapses(day) or day) <= last]
        return [one.staff for one in people]

    def missed(self, session: int) -> list[int]:
        """Return who missed a session or did not pass, and has not completed the course since.

        Whose test has no points yet was there: it is marked, not made up for.
        """
        sql = (
            "SELECT a.staff FROM attendances a JOIN staff s ON s.id = a.staff"
            " WHERE a.session = ? AND a.state IN ('absent', 'excused', 'failed')"
            ' AND s.state <> \'void\' AND (s."left" IS NULL OR s."left" >= ?)'
            " AND NOT EXISTS (SELECT 1 FROM attendances b WHERE b.staff = a.staff"
            " AND b.course = a.course AND b.id <> a.id"
            ' AND ((b.state = \'done\' AND b."on" >= a."on") OR b.session IN'
            " (SELECT id FROM sessions WHERE makes_up = a.session AND state = 'planned')"
            " AND b.state = 'invited')) ORDER BY a.id"
        )
        today = self.desk.today().isoformat()
        return [row[0] for row in self.vault.raw.execute(sql, (session, today)).fetchall()]

    def drop_sheet_of_nobody(self, change: Change, ref: str) -> None:
        """Destroy the scan of the signed sheet once nobody on it is on record by name any more."""
        number = self.number(ref)
        sql = "SELECT 1 FROM attendances WHERE session = ? AND state NOT IN ('void', 'destroyed')"
        (row,) = self.rows([number])
        if not row.values["file"] or self.vault.raw.execute(sql, (number,)).fetchone():
            return
        self._forget_sheet(change, number)
        self._put(change, number, file=None, pages=None)
        self.vault.keys_wait(self.desk.now().isoformat())
        change.note("record.changed", self.register.name, number, fields=("file",))

    # -- inside

    def _one(self, refs: Sequence[str]) -> int:
        if len(refs) != 1:
            raise OneSessionError
        return self.number(refs[0])

    def _day(self, session: int) -> date:
        sql = 'SELECT "on" FROM sessions WHERE id = ?'
        return date.fromisoformat(self.vault.raw.execute(sql, (session,)).fetchone()[0])

    def _close(self, change: Change, row: Row) -> None:
        attendances = self.desk.service("attendances")
        rules.require_over(row.values["on"], self.desk.today())
        if row.values["invited"] and not row.values["known"]:
            raise NobodyAttendedError(ref=row.ref)
        sql = "SELECT id FROM attendances WHERE session = ? AND state = 'invited' ORDER BY id"
        waiting = [one[0] for one in self.vault.raw.execute(sql, (row.id,)).fetchall()]
        attendances.mark(change, row.id, [attendances.absence(n) for n in waiting])
        told = {"state": CLOSED, "closed_on": self.desk.today(), **self._as_held(row)}
        self._put(change, row.id, **told)
        change.note("session.closed", self.register.name, row.id)

    def _as_held(self, row: Row) -> dict[str, Any]:
        """Return what the course is at the close; one closed before keeps what it was then."""
        if row.values["held_name"]:
            return {}
        service = self.desk.service("courses")
        (course,) = service.rows([service.number(str(row.values["course"]))])
        told = course.values
        return {
            "held_name": told["name"],
            "held_name_en": told["name_en"] or None,
            "held_topics": to_column(Kind.CHOICES, told["topics"]),
            "held_test": bool(told["test"]),
            "held_mark": told["pass_mark"],
            "minutes": row.values["minutes"] or told["minutes"],
        }

    def _put(self, change: Change, number: int, **columns: Any) -> None:
        change.sql.execute(update(self.table).where(self.table.c.id == number).values(**columns))

    def _refuse_moving(self, before: Mapping[str, Any], day: date) -> None:
        if before.get("known"):
            rules.require_over(day, self.desk.today())

    def _counts(self, numbers: Sequence[int]) -> dict[int, dict[str, int]]:
        found: dict[int, dict[str, int]] = {}
        for start in range(0, len(numbers), 900):
            part = numbers[start : start + 900]
            sql = (
                "SELECT session, coalesce(ended_as, state), count(*) FROM attendances"
                f" WHERE session IN ({', '.join('?' * len(part))}) AND state <> 'void'"
                " GROUP BY session, coalesce(ended_as, state)"
            )
            for session, state, count in self.vault.raw.execute(sql, tuple(part)):
                found.setdefault(session, {})[state] = count
        return found

    def _forget_sheet(self, change: Change, number: int) -> None:
        sql = f"SELECT body FROM {OFFICE}.keys WHERE id = ?"
        row = self.vault.raw.execute(sql, (number,)).fetchone()
        slots = [slot for slot in unpack_keys(row[0]) if slot in FILE_SLOTS] if row else []
        if slots:
            attachments.forget(self.vault, number)
            self.vault.payloads.drop(OFFICE, number, slots)
            change.afterwards.add(lambda: attachments.sweep(self.vault))


def _called(course: str, day: str) -> str:
    return _(N_("{course} ({day})")).format(course=course, day=day)


def _shown(row: Row, counts: Mapping[str, int]) -> Row:
    invited = sum(counts.values())
    done = counts.get("done", 0)
    values = {
        **row.values,
        "title": _called(row.titles.get("course") or "", row.values["on"].isoformat()),
        "invited": invited,
        "known": invited - counts.get("invited", 0),
        "done": done,
        "missing": invited - done - counts.get("invited", 0),
    }
    return replace(row, values=values)
