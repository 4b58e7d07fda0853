"""Inspections and trainings: planned, held, finished; what is lacking is asked again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select, update

from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.hangul import says_why
from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.register import Outcome, Row
from privdesk.registers.desk import Change
from privdesk.registers.inspections import rules
from privdesk.registers.inspections.fields import (
    AGAIN,
    INSPECTION,
    KINDS,
    SLOT_INSPECTOR,
    SLOT_KEPT,
    SLOT_SUMMARY,
    SLOT_UNPROVED,
    TRAINING,
)
from privdesk.registers.questionnaires import question_of
from privdesk.registers.questions import NO, NONE, YES, UnansweredError
from privdesk.registers.records import Records
from privdesk.vault.payloads import OFFICE

_LABELS = {choice.key: choice.label for choice in KINDS}
_STANDS = frozenset(("note",))  # what may change of one that is finished


class AgainByActionError(DomainError):
    """A re-inspection is planned from the inspection whose findings it looks at again. Nothing was
    changed; open that inspection.
    """


class Inspections(Records):
    """Service of the inspections."""

    settles = ("processors",)

    def rows(self, numbers: Sequence[int], *, reveal: bool = False) -> list[Row]:
        """Return inspections with what they are called and how their answers count."""
        found = super().rows(numbers, reveal=reveal)
        tally = self.desk.service("inspection-answers").tally([row.id for row in found])
        return [_told(row, tally.get(row.id, {})) for row in found]

    def titles(self, numbers: Sequence[int]) -> dict[int, str]:
        """Return what inspections are called, without looking at those they followed."""
        t = self.table
        wanted = select(t.c.id, t.c.processor, t.c.kind, t.c.year).where(t.c.id.in_(numbers))
        with self.vault.reading() as sql:
            rows = sql.execute(wanted).all()
        names = self.desk.service("processors").titles(sorted({row.processor for row in rows}))
        return {r.id: _title(names.get(r.processor, ""), r.kind, r.year) for r in rows}

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Refuse days to come; work out the year."""
        held, planned = values.get("held_on"), values.get("planned_on")
        if held is not None and held > self.desk.today():
            raise rules.HeldLaterError(day=held)
        if before is None and values.get("kind") == AGAIN:
            raise AgainByActionError
        if before is None and held is None:
            self._refuse_ended(str(values["processor"]))
        if held is not None and held != (before or {}).get("held_on"):
            self._refuse_before(str(values["processor"]), held)
        year = str((held or planned or self.desk.today()).year)
        return {"year": year, **({"state": "planned"} if before is None else {})}

    def insert(self, change: Change, values: Mapping[str, Any]) -> int:
        """Plan an inspection with its questions; a training that was held is finished at once.

        That is where somebody at the processor vouches for it, or words say what it rests on;
        else it waits for its attendance list.
        """
        row = self._plan(change, values)
        if row.values["kind"] != TRAINING:
            self._ask(change, row)
        elif row.values["held_on"] is not None:
            self._require_whole(row)
            if self._vouched(row):
                self._finish(change, row, row.values["held_on"])
        return row.id

    def amend(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Change what is planned; what is finished stays as it was."""
        (row,) = self.rows([number])
        typed = self.checked(values, whole=False)
        changed = {name for name, value in typed.items() if row.values.get(name) != value}
        if row.state in ("findings", "closed") and not changed <= _STANDS:
            raise rules.FinishedError(ref=row.ref)
        super().amend(change, number, values)

    def written(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Work a processor's days out anew when an inspection or training is struck out."""
        stored = self._stored([number])[number]
        if stored["state"] == "void":
            self.desk.service("processors").resupervise(change, stored["processor"])

    def needed_by(self, number: int) -> str:
        """Return the re-inspection that stands on an inspection, or nothing."""
        sql = "SELECT id FROM inspections WHERE of = ? AND state <> 'void' LIMIT 1"
        found = self.vault.raw.execute(sql, (number,)).fetchone()
        return self.desk.ref(self.register.name, found[0]) if found else ""

    def unmake(self, change: Change, first: int, stop: int) -> None:
        """Delete the inspections of an import; their processors' days are as before."""
        sql = "SELECT DISTINCT processor FROM inspections WHERE id >= ? AND id < ?"
        processors = self.vault.raw.execute(sql, (first, stop)).fetchall()
        super().unmake(change, first, stop)
        for (processor,) in processors:
            if not first <= processor < stop:
                self.desk.service("processors").resupervise(change, processor)

    # -- actions

    def attach(self, refs: Sequence[str], *, what: str, file: str) -> Outcome:
        """Keep evidence sealed with inspections and their processors."""
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                papers = self.desk.service("partner-papers")
                papers.attach(
                    change, self.register.name, row.id, file, what, processor=_processor(row)
                )
        return Outcome(_(N_("Attached to {refs}")).format(refs=", ".join(refs)), tuple(refs))

    def finish(
        self,
        refs: Sequence[str],
        *,
        on: date | None = None,
        summary: str = "",
        unproved: str = "",
    ) -> Outcome:
        """Finish inspections and trainings; what is lacking then waits for its remedy."""
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                self._require_proof(row, unproved)
                sealed = {SLOT_SUMMARY: summary, SLOT_UNPROVED: unproved.strip()}
                self.vault.payloads.put(OFFICE, row.id, {s: t for s, t in sealed.items() if t})
                self._finish(change, row, on or row.values["held_on"] or self.desk.today())
        left = sum(row.values["lacking"] for row in self.rows([self.number(r) for r in refs]))
        if not left:
            return Outcome(_(N_("Finished, nothing lacking")), tuple(refs))
        told = ngettext("Finished, {n} finding", "Finished, {n} findings", left)
        return Outcome(told, tuple(refs))

    def finish_paper(
        self,
        refs: Sequence[str],
        *,
        file: str = "",
        kept: str = "",
        on: date | None = None,
        summary: str = "",
    ) -> Outcome:
        """Finish inspections whose signed checklist is on paper: its scan is kept instead.

        Of one held long ago it is enough to say where the paper is kept.
        """
        answers, papers = self.desk.service("inspection-answers"), "partner-papers"
        if not file and not kept.strip():
            raise rules.NoChecklistError
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                if file:
                    self.desk.service(papers).attach(
                        change,
                        self.register.name,
                        row.id,
                        file,
                        "evidence",
                        processor=_processor(row),
                    )
                answers.drop_open(change, row.id)
                told = {SLOT_SUMMARY: summary, SLOT_KEPT: kept.strip()}
                self.vault.payloads.put(OFFICE, row.id, {s: t for s, t in told.items() if t})
                (now,) = self.rows([row.id])
                self._finish(change, now, on or now.values["held_on"] or self.desk.today())
        return Outcome(_(N_("Finished on paper")), tuple(refs))

    def rest_yes(self, refs: Sequence[str], *, evidence: str) -> Outcome:
        """Answer with Yes whatever has no answer yet."""
        answers = self.desk.service("inspection-answers")
        with self.desk.change():
            count = sum(answers.rest(self.number(ref), evidence) for ref in refs)
        return Outcome(ngettext("{n} answered", "{n} answered", count), tuple(refs))

    def reopen(self, refs: Sequence[str], *, reason: str) -> Outcome:
        """Open finished inspections and trainings again, to correct what was recorded wrongly.

        The journal keeps the reason and how the answers counted; papers printed stay as issued.
        """
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                self._refuse_followed(row)
                self._put(change, row.id, state="planned", done_on=None)
                before = {n: row.values[n] for n in ("yes", "no", "na", "lacking", "people")}
                before["done_on"] = row.values["done_on"].isoformat()
                told = {"fields": ("done_on", "state"), "reason": reason, "details": before}
                change.note("inspection.reopened", self.register.name, row.id, **told)
                self.desk.service("processors").resupervise(change, _processor(row))
        return Outcome(_(N_("{ref} is open again")).format(ref=", ".join(refs)), tuple(refs))

    def reinspect(self, refs: Sequence[str], *, on: date) -> Outcome:
        """Plan re-inspections that ask again what is lacking; return their references."""
        with self.desk.change() as change:
            rows = self.rows([self.number(ref) for ref in refs])
            made = [self._again(change, row, on) for row in rows]
        told = _(N_("Re-inspection planned: {refs}")).format(refs=", ".join(made))
        return Outcome(told, tuple(made))

    # -- for answers, flows, findings and papers

    def settle(self, change: Change, number: int) -> None:
        """Close an inspection of which nothing is lacking any more."""
        (row,) = self.rows([number])
        if row.state == "findings" and not row.values["lacking"]:
            self._put(change, number, state="closed")
            change.note("inspection.settled", self.register.name, number)

    def of_processor(self, processor: int, *kinds: str) -> list[Row]:
        """Return the finished inspections of a processor, newest first; of kinds or of all."""
        t = self.table
        done = (t.c.done_on.is_not(None), t.c.state != "void")
        wanted = select(t.c.id).where(t.c.processor == processor, *done)
        if kinds:
            wanted = wanted.where(t.c.kind.in_(kinds))
        order = (t.c.held_on.desc(), t.c.id.desc())
        with self.vault.reading() as sql:
            return self.rows(list(sql.execute(wanted.order_by(*order)).scalars()))

    def held(self) -> dict[int, list[rules.Held]]:
        """Return all finished inspections and trainings by processor, newest first."""
        sql = (
            "SELECT id, processor, kind, held_on, people FROM inspections"
            " WHERE done_on IS NOT NULL AND state <> 'void' ORDER BY held_on DESC, id DESC"
        )
        rows = self.vault.raw.execute(sql).fetchall()
        tally = self.desk.service("inspection-answers").tally([row[0] for row in rows])
        found: dict[int, list[rules.Held]] = {}
        for number, processor, kind, on, people in rows:
            told = rules.Held(kind, date.fromisoformat(on), people, tally.get(number, {}))
            found.setdefault(processor, []).append(told)
        return found

    # -- inside

    def _plan(self, change: Change, values: Mapping[str, Any]) -> Row:
        """Enter an inspection without questions; whoever enters it is the inspector."""
        number = super().insert(change, values)
        if not str(values.get("inspector") or "").strip():
            self.vault.payloads.put(OFFICE, number, {SLOT_INSPECTOR: self.vault.person.name})
        return self.rows([number])[0]

    def _ask(self, change: Change, row: Row) -> None:
        """Enter the questions of the checklist in force."""
        checklists = self.desk.service("checklists")
        checklist = checklists.at_hand(change)
        self._put(change, row.id, checklist=checklist.id)
        asked = checklists.asked(checklist)
        self.desk.service("inspection-answers").ask(change, row.id, _processor(row), asked)

    def _finish(self, change: Change, row: Row, day: date) -> None:
        values = row.values
        if day > self.desk.today():
            raise rules.HeldLaterError(day=day)
        held = values["held_on"] or day
        if day < held:
            raise rules.NotHeldError(ref=row.ref, held=held, day=day)
        training = values["kind"] == TRAINING
        if training:
            self._require_whole(row)
        if values["unanswered"]:
            raise UnansweredError(ref=row.ref, n=values["unanswered"])
        self._refuse_early(row.id, held)
        state = "findings" if values["lacking"] else "closed"
        self._put(change, row.id, state=state, held_on=held, done_on=day, year=str(held.year))
        change.note("inspection.finished", self.register.name, row.id, fields=("done_on", "state"))
        if values["kind"] in (INSPECTION, TRAINING):
            name = "trained_on" if training else "checked_on"
            processors = self.desk.service("processors")
            processors.supervised(change, _processor(row), name, held)
        if values["kind"] == AGAIN:
            self._carry(change, row.id, held)

    def _refuse_ended(self, processor: str) -> None:
        """Refuse to plan anything at a processor that holds nothing of ours any more."""
        (row,) = self.desk.service("processors").rows([references.number(processor)])
        if row.state == "ended":
            raise rules.GoneError(name=row.values["name"])

    def _require_proof(self, row: Row, unproved: str) -> None:
        """Refuse to finish what neither a file nor a signature will prove, without a reason."""
        if self._vouched(row) or says_why(unproved):
            return
        if not self.desk.service("partner-papers").of(self.register.name, row.id):
            raise rules.UnprovedError(ref=row.ref)

    @staticmethod
    def _require_whole(row: Row) -> None:
        """Refuse a training of which it is not told what was taught and to how many."""
        if not (str(row.values["topics"] or "").strip() and row.values["people"]):
            raise rules.TrainingIncompleteError

    @staticmethod
    def _vouched(row: Row) -> bool:
        """Whether somebody at the processor signs for it; of a training words are enough."""
        if str(row.values["manager"] or "").strip():
            return True
        return row.values["kind"] == TRAINING and says_why(str(row.values["note"] or ""))

    def _refuse_before(self, processor: str, held: date) -> None:
        """Refuse supervision of a processor from before it worked for us."""
        service = self.desk.service("processors")
        (row,) = service.rows([references.number(processor)])
        first = service.began(row)
        if first is not None and held < first:
            raise rules.BeforeContractError(name=row.values["name"], first=first, day=held)

    def _refuse_followed(self, row: Row) -> None:
        """Refuse to open again what a re-inspection was planned from."""
        sql = "SELECT id FROM inspections WHERE of = ? AND state <> 'void' ORDER BY id LIMIT 1"
        found = self.vault.raw.execute(sql, (row.id,)).fetchone()
        if found is not None:
            again = self.desk.ref(self.register.name, found[0])
            raise rules.AskedAgainError(ref=row.ref, again=again)

    def _refuse_early(self, number: int, held: date) -> None:
        for answer in self.desk.service("inspection-answers").of_inspection(number, "lacking"):
            due = answer.values["due"]
            if due is not None and due < held:
                raise rules.DueEarlierError(due=due, held=held)

    def _carry(self, change: Change, number: int, day: date) -> None:
        """Put right in the earlier inspection what this one found in order.

        What is lacking still has one day: the one that was set now.
        """
        answers = self.desk.service("inspection-answers")
        for row in answers.of_inspection(number, "good", "lacking"):
            before = str(row.values["earlier"] or "")
            if not before:
                continue
            (earlier,) = answers.rows([references.number(before)])
            if earlier.state == "lacking" and row.state == "lacking":
                answers.postpone(change, earlier, row.values["due"])
            elif earlier.state == "lacking":
                seen = _(N_("Seen at the re-inspection {ref}")).format(
                    ref=self.desk.ref(self.register.name, number)
                )
                answers.mend(change, earlier, day, row.values["evidence"] or seen)

    def _again(self, change: Change, row: Row, on: date) -> str:
        answers = self.desk.service("inspection-answers")
        lacking = answers.of_inspection(row.id, "lacking")
        if not lacking:
            raise rules.NothingLackingError(ref=row.ref)
        values = row.values
        told = {n: values[n] for n in ("processor", "way", "manager") if values[n]}
        number = self._plan(change, {**told, "planned_on": on}).id
        before = references.number(values["checklist"]) if values["checklist"] else None
        self._put(change, number, kind=AGAIN, of=row.id, checklist=before)
        asked = [question_of(one) for one in lacking]
        earlier = {one.values["no"]: one.id for one in lacking}
        answers.ask(change, number, _processor(row), asked, earlier)
        return self.desk.ref(self.register.name, number)

    def _put(self, change: Change, number: int, **values: Any) -> None:
        t = self.table
        change.sql.execute(update(t).where(t.c.id == number).values(**values))


def _processor(row: Row) -> int:
    return references.number(row.values["processor"])


def _title(processor: str, kind: str, year: str | None) -> str:
    return f"{processor} · {_(_LABELS.get(kind, ''))} {year or ''}".strip(" ·")


def _told(row: Row, tally: Mapping[str, int]) -> Row:
    """Add the counts, and what the inspection is called: its kind, year and processor."""
    values = row.values
    title = _title(row.titles.get("processor", ""), str(values["kind"]), values["year"])
    counts: dict[str, int | None] = {"lacking": tally.get("open", 0)}
    for name, answer in (("yes", YES), ("no", NO), ("na", NONE), ("unanswered", "")):
        counts[name] = None if values["kind"] == TRAINING else tally.get(answer, 0)
    return replace(row, values={**values, "title": title, **counts})
