"""What inspections and audits have alike: catalogues of questions in versions, and their answers.

A catalogue is a draft, then in force, then replaced, and never changed once it was asked. An
answer belongs to one thing that asks (an inspection, an audit) and is given while that is open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import func, insert, select, update

from privdesk.core import references
from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import LANGUAGES, N_, _, ngettext
from privdesk.core.register import Action, Outcome, Row, State
from privdesk.core.resources import resource
from privdesk.registers.desk import Change
from privdesk.registers.notes import note
from privdesk.registers.questions import (
    NO,
    NONE,
    YES,
    ChecklistFixedError,
    Question,
    read,
)
from privdesk.registers.records import Records
from privdesk.registers.states import VOID
from privdesk.vault.payloads import OFFICE

SLOT_KO, SLOT_EN, SLOT_NOTE = 1, 2, 3
RESULTS = (
    Choice(YES, N_("Yes")),
    Choice(NO, N_("No")),
    Choice(NONE, N_("Does not apply")),
)
ANSWERED = {YES: "good", NONE: "good", NO: "lacking"}
"""The state of an answer by what was answered."""
_HOW = N_(
    "A question a line; a line that begins with # is a heading. Empty takes the shipped list."
)
_FREE = frozenset(("note", "name"))


def catalogue_fields(label: str, named: str, *aliases: str) -> tuple[Field, ...]:
    """Return the fields of a catalogue; ``label`` heads its name, ``named`` says what empty is."""
    return (
        Field("name", label, width=240, default="", aliases=aliases, help=named),
        Field("version", N_("Version"), Kind.INTEGER, computed=True, in_form=False, width=70),
        Field("questions", N_("Questions"), Kind.INTEGER, computed=True, in_form=False, width=90),
        Field("text_ko", N_("Questions in Korean"), Kind.NOTE, Audience.OFFICE, slot=SLOT_KO,
              in_table=False, help=_HOW),
        Field("text_en", N_("Questions in English"), Kind.NOTE, Audience.OFFICE, slot=SLOT_EN,
              in_table=False, help=N_("Line for line as in Korean; needed for English papers.")),
        Field("effective", N_("In force from"), Kind.DATE, computed=True, in_form=False, width=105),
        Field("ended", N_("Replaced on"), Kind.DATE, computed=True, in_form=False, width=105),
        note(SLOT_NOTE),
    )  # fmt: skip


CATALOGUE_STATES = (
    State("draft", N_("Draft"), "waiting"),
    State("used", N_("In force"), "kept"),
    State("replaced", N_("Superseded"), "plain"),
    VOID,
)


def catalogue_actions(help_of_use: str) -> tuple[Action, ...]:
    """Return the actions of a catalogue; ``help_of_use`` says what putting in force does."""
    return (
        Action("use", N_("Put in force"), "use", states=("draft",), help=help_of_use),
        Action("new-version", N_("New version"), "new_version", states=("used", "replaced"),
               help=N_("Copies it as a draft with the next number; this one stays as it is.")),
        Action("shipped", N_("Take the shipped questions"), "shipped", states=("draft",)),
    )  # fmt: skip


class Catalogue(Records):
    """Service of a catalogue of questions."""

    NAME: ClassVar[str]  # what one without a name of its own is called: a message id
    SHIPPED: ClassVar[str]  # the shipped questions: ``resources/checklists/NAME.LANGUAGE.txt``

    def rows(self, numbers: Sequence[int], *, reveal: bool = False) -> list[Row]:
        """Return catalogues; one without a name of its own is called what it is for."""
        found = super().rows(numbers, reveal=reveal)
        return [
            row if row.values["name"] else replace(row, values={**row.values, "name": _(self.NAME)})
            for row in found
        ]

    def insert(self, change: Change, values: Mapping[str, Any]) -> int:
        """Enter a draft; without questions it takes the shipped ones."""
        told = dict(values)
        if not str(told.get("text_ko") or "").strip():
            told |= shipped(self.SHIPPED)
        return super().insert(change, told)

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Read the questions; give a new one its version."""
        asked = read(str(values.get("text_ko") or ""), str(values.get("text_en") or ""))
        told: dict[str, Any] = {"questions": len(asked)}
        if before is None:
            told |= {"version": self._newest() + 1, "state": "draft"}
        return told

    def amend(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Change a draft; refuse to change what was asked."""
        (row,) = self.rows([number])
        typed = self.checked(values, whole=False)
        changed = {name for name, value in typed.items() if row.values.get(name) != value}
        if row.state in ("used", "replaced") and not changed <= _FREE:
            raise ChecklistFixedError(checklist=row.ref)
        super().amend(change, number, values)

    # -- actions

    def use(self, refs: Sequence[str]) -> Outcome:
        """Put a draft in force; the version before is replaced."""
        day = self.desk.today()
        with self.desk.change() as change:
            for number in [self.number(ref) for ref in refs]:
                before = self.in_force()
                if before is not None:
                    self._put(change, before.id, state="replaced", ended=day)
                    names = ("ended", "state")
                    change.note("record.changed", self.register.name, before.id, fields=names)
                self._put(change, number, state="used", effective=day)
                change.note("checklist.used", self.register.name, number)
        return Outcome(_(N_("In force from {day}")).format(day=day), tuple(refs))

    def new_version(self, refs: Sequence[str]) -> Outcome:
        """Copy catalogues as drafts of the next version."""
        made = []
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                copied = {n: row.values[n] for n in ("name", "text_ko", "text_en")}
                copied["name"] = "" if copied["name"] == _(self.NAME) else copied["name"]
                made.append(self.desk.ref(self.register.name, self.insert(change, copied)))
        told = ", ".join(made)
        return Outcome(_(N_("Draft of the new version: {refs}")).format(refs=told), tuple(made))

    def shipped(self, refs: Sequence[str]) -> Outcome:
        """Put the shipped questions into drafts, instead of what they ask."""
        with self.desk.change() as change:
            for number in [self.number(ref) for ref in refs]:
                self.amend(change, number, shipped(self.SHIPPED))
        return Outcome(_(N_("The shipped questions stand in {ref}")).format(ref=", ".join(refs)),
                       tuple(refs))  # fmt: skip

    # -- for what asks with it, and papers

    def in_force(self) -> Row | None:
        """Return the catalogue in force, or None."""
        t = self.table
        with self.vault.reading() as sql:
            found = sql.execute(select(t.c.id).where(t.c.state == "used")).scalars().first()
        return None if found is None else self.rows([found])[0]

    def at_hand(self, change: Change) -> Row:
        """Return the catalogue in force; the shipped one is put in force where there is none."""
        found = self.in_force()
        if found is None:
            number = self.insert(change, {})
            self.use([self.desk.ref(self.register.name, number)])
            (found,) = self.rows([number])
        return found

    def asked(self, row: Row) -> tuple[Question, ...]:
        """Return the questions of a catalogue."""
        return read(str(row.values["text_ko"]), str(row.values["text_en"] or ""))

    # -- inside

    def _newest(self) -> int:
        with self.vault.reading() as sql:
            return int(sql.execute(select(func.max(self.table.c.version))).scalar_one() or 0)

    def _put(self, change: Change, number: int, **values: Any) -> None:
        t = self.table
        change.sql.execute(update(t).where(t.c.id == number).values(**values))


def shipped(name: str) -> dict[str, str]:
    """Return the shipped questions of a catalogue in every language, by field."""
    return {
        f"text_{language}": resource("checklists", f"{name}.{language}.txt").read_text(
            encoding="utf-8"
        )
        for language in LANGUAGES
    }


class Slots(NamedTuple):
    """Where the question stands in an answer's packed row."""

    section: int
    question: int
    english: int


class Questionnaire(Records):
    """Service of the answers to what is asked of one thing, such as an inspection."""

    ASKED_BY: ClassVar[str]  # the register of what asks
    LINK: ClassVar[str]  # the field and column that names it
    SLOTS: ClassVar[Slots]

    def titles(self, numbers: Sequence[int]) -> dict[int, str]:
        """Return numbers of questions."""
        t = self.table
        with self.vault.reading() as sql:
            rows = sql.execute(select(t.c.id, t.c.no).where(t.c.id.in_(numbers))).all()
        return {number: str(no) for number, no in rows}

    def amend(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Answer a question; refuse it once what asks is finished."""
        (row,) = self.rows([number])
        self.require_open(row)
        super().amend(change, number, values)

    def rest(self, parent: int, evidence: str) -> int:
        """Answer with Yes whatever has no answer yet; return how many that were."""
        with self.desk.change() as change:
            rows = self.of(parent, "open")
            for row in rows:
                told = {"answer": YES, "evidence": row.values["evidence"] or evidence}
                self.amend(change, row.id, told)
            if not rows:
                change.note("record.changed", self.ASKED_BY, parent)
        return len(rows)

    def ask_all(
        self,
        change: Change,
        parent: int,
        questions: Sequence[Question],
        more: Mapping[int, Mapping[str, Any]] | None = None,
        **common: Any,
    ) -> None:
        """Enter questions without an answer; ``more`` are further columns by number of question."""
        numbers = self.vault.new_ids(len(questions))
        lines = [
            {
                "id": number,
                "state": "open",
                self.LINK: parent,
                "no": one.no,
                **common,
                **(more or {}).get(one.no, {}),
            }
            for number, one in zip(numbers, questions, strict=True)
        ]
        if lines:
            change.sql.execute(insert(self.table), lines)
        for number, one in zip(numbers, questions, strict=True):
            sealed = {
                self.SLOTS.section: one.section,
                self.SLOTS.question: one.korean,
                self.SLOTS.english: f"{one.section_en}\n{one.english}" if one.english else "",
            }
            self.vault.payloads.put(OFFICE, number, {s: t for s, t in sealed.items() if t})

    def drop_open(self, change: Change, parent: int) -> None:
        """Take the questions without an answer out: they were answered on paper."""
        t = self.table
        gone = update(t).where(t.c[self.LINK] == parent, t.c.state == "open")
        change.sql.execute(gone.values(state="void"))

    def of(self, parent: int, *states: str) -> list[Row]:
        """Return the answers of one thing by number, in some states or in all."""
        t = self.table
        wanted = select(t.c.id).where(t.c[self.LINK] == parent, t.c.state != "void")
        if states:
            wanted = wanted.where(t.c.state.in_(states))
        with self.vault.reading() as sql:
            return self.rows(list(sql.execute(wanted.order_by(t.c.no)).scalars()))

    def tally(self, parents: Sequence[int]) -> dict[int, dict[str, int]]:
        """Return how many answers of each kind there are; ``open`` are those lacking."""
        found: dict[int, dict[str, int]] = {}
        for start in range(0, len(parents), 900):
            part = parents[start : start + 900]
            marks = ",".join("?" * len(part))
            sql = (
                f"SELECT {self.LINK}, coalesce(answer, ''), state, count(*)"
                f" FROM {self.table.name}"
                f" WHERE {self.LINK} IN ({marks}) AND state <> 'void' GROUP BY 1, 2, 3"
            )
            for number, answer, state, count in self.vault.raw.execute(sql, part).fetchall():
                told = found.setdefault(number, {})
                told[answer] = told.get(answer, 0) + count
                if state == "lacking":
                    told["open"] = told.get("open", 0) + count
        return found

    def require_open(self, row: Row) -> None:
        """Refuse to answer once what asks is finished."""
        raise NotImplementedError

    def parent(self, row: Row) -> Row:
        """Return what asks."""
        number = references.number(row.values[self.LINK])
        found: list[Row] = self.desk.service(self.ASKED_BY).rows([number])
        return found[0]

    def _answer(self, refs: Sequence[str], values: Mapping[str, Any]) -> Outcome:
        with self.desk.change() as change:
            for ref in refs:
                self.amend(change, self.number(ref), values)
        return Outcome(ngettext("{n} answered", "{n} answered", len(refs)), tuple(refs))

    def _put(self, change: Change, number: int, **values: Any) -> None:
        t = self.table
        change.sql.execute(update(t).where(t.c.id == number).values(**values))


def question_of(row: Row) -> Question:
    """Return a question as it was asked before."""
    section_en, _newline, english = str(row.values["question_en"] or "").partition("\n")
    return Question(
        row.values["no"],
        str(row.values["question"]),
        english,
        str(row.values["section"] or ""),
        section_en,
    )
