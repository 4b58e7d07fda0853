"""Reviews of the access log: counting, what is unusual, the signed conclusion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import update

from privdesk.core import references
from privdesk.core.i18n import N_, _
from privdesk.core.register import Outcome as Done
from privdesk.core.register import Row
from privdesk.journal.verify import verify
from privdesk.registers.desk import Change
from privdesk.registers.log_reviews import reading, rules
from privdesk.registers.log_reviews.fields import (
    SLOT_BY_PERSON,
    SLOT_FOLLOW_UP,
    SLOT_RESULT,
    SLOT_WORDS,
    WHO,
)
from privdesk.registers.log_reviews.rules import Access, Outcome, Tally
from privdesk.registers.records import Records
from privdesk.vault.payloads import OFFICE

COUNTED = N_("{ref}: {looks} looks, {unusual} unusual things")
BY_PERSON = N_(
    "{name}: {looks} looks, {searches} searches, {exports} exports, {prints} prints,"
    " {refused} refused"
)
SIGNED = N_("{ref} is signed: entry {number} of the journal")


class LogReviews(Records):
    """Service of the reviews."""

    writers = WHO

    # -- reading

    def computed(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return who reviewed and countersigned, and how much is not explained yet."""
        sql = "SELECT count(*) FROM log_marks WHERE review = ? AND state = 'open'"
        (left,) = self.vault.raw.execute(sql, (values["id"],)).fetchone()
        return {
            "reviewer": reading.person_name(self.desk, values.get("reviewer")),
            "countersigner": reading.person_name(self.desk, values.get("countersigner")),
            "unexplained": left,
            "by_person": "\n".join(_told(line) for line in _lines(values.get("by_person"))),
        }

    def titles(self, numbers: Sequence[int]) -> dict[int, str]:
        """Return the days of reviews, by number."""
        marks = ",".join("?" * len(numbers))
        sql = f"SELECT id, first, last FROM log_reviews WHERE id IN ({marks})"
        rows = self.vault.raw.execute(sql, tuple(numbers)).fetchall()
        return {number: f"{first} – {last}" for number, first, last in rows}

    def tallies(self, number: int) -> list[Tally]:
        """Return what each person did, as it was counted."""
        lines = _lines(self.vault.payloads.read(OFFICE, number).get(SLOT_BY_PERSON))
        return [Tally(*(int(part) for part in line[1:])) for line in lines]

    # -- changing

    def insert(self, change: Change, values: Mapping[str, Any]) -> int:
        """Store a review of the days given, else of the oldest month to be reviewed; count it."""
        told = {name: value for name, value in values.items() if value not in (None, "")}
        number = super().insert(change, {**self._span(), **told} if len(told) < 2 else told)
        self._count(change, number)
        return number

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Refuse impossible days; whoever begins a review is its reviewer."""
        if before is not None:
            return {}
        begun = reading.begun(self.desk)
        rules.check_span(values["first"], values["last"], self.desk.today(), begun)
        return {"reviewer": str(self.vault.person.id)}

    def written(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Take the unusual things out of use with their review."""
        sql = (
            "UPDATE log_marks SET state = 'void' WHERE review = ?"
            " AND (SELECT state FROM log_reviews WHERE id = ?) = 'void'"
        )
        self.vault.raw.execute(sql, (number, number))

    def count(self, refs: Sequence[str]) -> Done:
        """Look through the log again."""
        with self.desk.change() as change:
            for ref in refs:
                self._count(change, self.number(ref))
        (row,) = self.rows([self.number(refs[-1])])
        told = {name: row.values[name] for name in ("looks", "unusual")}
        return Done(_(COUNTED).format(ref=row.ref, **told), tuple(refs))

    def conclude(
        self,
        refs: Sequence[str],
        *,
        outcome: str,
        words: str,
        follow_up: str = "",
        owner: str = "",
        due: date | None = None,
    ) -> Done:
        """Check the whole journal and sign the review as an entry of it (rules 53 and 54)."""
        with self.desk.change() as change:
            for ref in refs:
                (row,) = self.rows([self.number(ref)])
                if row.values["unexplained"]:
                    raise rules.UnexplainedError(count=row.values["unexplained"], ref=row.ref)
                self._require_counted(row, Outcome(outcome))
                found, came = verify(self.vault), Outcome(outcome)
                rules.check_outcome(came, len(found.faults), follow_up or "", owner or "", due)
                follows = came is Outcome.FOLLOW_UP
                self._put(
                    change,
                    row.id,
                    reviewer=str(self.vault.person.id),
                    alone=self._alone(row),
                    upto=found.entries,
                    faults=len(found.faults),
                    outcome=outcome,
                    owner=references.number(owner) if follows else None,
                    due=due if follows else None,
                    concluded_on=self.desk.today(),
                    state="follow-up" if follows else "done",
                )
                told = {SLOT_WORDS: words, SLOT_FOLLOW_UP: follow_up if follows else None}
                self.vault.payloads.put(OFFICE, row.id, told)
                details = {"outcome": outcome, "faults": str(len(found.faults))}
                change.note(
                    "log.concluded", self.register.name, row.id, reason=words, details=details
                )
        number = self.desk.journal.frontier().size
        return Done(_(SIGNED).format(ref=refs[-1], number=f"{number:,}"), tuple(refs))

    def countersign(self, refs: Sequence[str]) -> Done:
        """Have a second person sign what the reviewer signed."""
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                if self.signer(row.id, "log.concluded") == self.vault.person.id:
                    raise rules.OwnSignatureError
                if self.vault.person.id in self.desk.service("log-marks").people(row.id):
                    raise rules.OwnAccessError(ref=row.ref)
                today = self.desk.today()
                self._put(
                    change, row.id, countersigner=str(self.vault.person.id), countersigned_on=today
                )
                change.note("log.countersigned", self.register.name, row.id)
        number = self.desk.journal.frontier().size
        return Done(_(SIGNED).format(ref=refs[-1], number=f"{number:,}"), tuple(refs))

    def settle(self, refs: Sequence[str], *, result: str) -> Done:
        """Enter what was done in the end."""
        with self.desk.change() as change:
            for ref in refs:
                number = self.number(ref)
                self.vault.payloads.put(OFFICE, number, {SLOT_RESULT: result})
                self._put(change, number, settled_on=self.desk.today(), state="done")
                change.note("log.settled", self.register.name, number)
        return Done(_(N_("{ref} is done")).format(ref=refs[-1]), tuple(refs))

    def signer(self, review: int, action: str) -> int | None:
        """Return who signed a review in one of the two ways; None where nobody did."""
        sql = (
            "SELECT person FROM journal WHERE register = 'log-reviews' AND record = ?"
            " AND action = ? ORDER BY number DESC LIMIT 1"
        )
        row = self.vault.raw.execute(sql, (review, action)).fetchone()
        return int(row[0]) if row else None

    # -- inside

    def _span(self) -> dict[str, Any]:
        """Return the oldest month that is not reviewed: its first and its last day, or today."""
        begun, today = reading.begun(self.desk), self.desk.today()
        spans = reading.reviewed(self.desk)
        months = rules.missing(begun, today, spans)
        first = months[0] if months else today.replace(day=1)
        last = min(rules.month_of(first)[1], today)
        if rules.uncovered(max(first, begun), last, spans) is None:
            raise rules.NothingToReviewError
        return {"first": first, "last": last}

    def _count(self, change: Change, number: int) -> None:
        """Count the span's access and enter what is unusual in it."""
        (row,) = self.rows([number])
        log = reading.access_log(self.desk, row.values["first"], row.values["last"])
        there = reading.present(self.desk, row.values["first"], row.values["last"])
        tallies = rules.tallies(log, there)
        many = int(self.desk.setting("log_many", rules.MANY))
        found = rules.unusual(log, self.desk.calendar.is_open, many)
        unusual = self.desk.service("log-marks").enter(change, number, found)
        sums = {
            name: sum(getattr(one, name) for one in tallies)
            for name in ("looks", "searches", "exports", "prints", "refused")
        }
        people = len(seen(log))
        self._put(change, number, people=people, unusual=unusual, **sums)
        self.vault.payloads.put(OFFICE, number, {SLOT_BY_PERSON: self._lines(tallies)})
        change.note("log.counted", self.register.name, number, count=max(1, len(log)))

    def _require_counted(self, row: Row, came: Outcome) -> None:
        """Refuse to sign over access that was not counted, or to call plain what was unusual."""
        log = reading.access_log(self.desk, row.values["first"], row.values["last"])
        told = [one for one in self.tallies(row.id) if not one.idle]
        if rules.tallies(log) != told:
            raise rules.CountedBeforeError(ref=row.ref)
        if came is Outcome.PLAIN and row.values["unusual"]:
            raise rules.NotPlainError(count=row.values["unusual"], ref=row.ref)

    def _lines(self, tallies: Sequence[Tally]) -> str:
        name = reading.person_name
        return "\n".join(
            f"{name(self.desk, t.person)}\t{t.person}\t{t.looks}\t{t.searches}\t{t.exports}"
            f"\t{t.prints}\t{t.refused}"
            for t in tallies
        )

    def _alone(self, row: Row) -> bool:
        """Whether nobody but who signs now had access in these days."""
        log = reading.access_log(self.desk, row.values["first"], row.values["last"])
        return bool(log) and seen(log) == {self.vault.person.id}

    def _put(self, change: Change, number: int, **values: Any) -> None:
        t = self.table
        change.sql.execute(update(t).where(t.c.id == number).values(**values))


def _lines(text: object) -> list[list[str]]:
    return [line.split("\t") for line in str(text or "").splitlines()]


def _told(line: Sequence[str]) -> str:
    name, _number, *counts = line
    told = dict(zip(("looks", "searches", "exports", "prints", "refused"), counts, strict=True))
    return _(BY_PERSON).format(name=name, **told)


def seen(log: Sequence[Access]) -> set[int]:
    """Return who appears in a log."""
    return {one.person for one in log}
