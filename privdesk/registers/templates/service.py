"""Office texts: numbered drafts, put in force, never changed afterwards, with a way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, or_, select, update

from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _
from privdesk.core.register import Outcome, Row
from privdesk.registers.desk import Change
from privdesk.registers.records import Records
from privdesk.registers.templating import (
    Template,
    digest,
    kind_of,
    require_known_places,
    shipped,
    text_of,
)

CALLED = N_("{text} · {language} · v{version}")
BACK = timedelta(days=31)
"""How far back a text may count: a decision of the month that was entered late."""
_FREE = frozenset(("note",))  # what may change of a text that was in force
_IN = {"ko": N_("Korean"), "en": N_("English")}


class TextFixedError(DomainError):
    """The text {ref} is or was in force, so it stays as people signed it. Nothing was changed; make
    a new version of it and change that one.
    """


class TextMissingError(DomainError):
    """The text {ref} has no heading or no text, so it cannot be put in force. Nothing was changed;
    write both, or fill in the shipped text.
    """


class TextLaterError(DomainError):
    """{day} is still to come. Nothing was changed; put the text in force, or out of it, on that
    day.
    """


class TextLongAgoError(DomainError):
    """A text counts from {first} at the earliest, not from {day}: papers of the time before had
    another one. Nothing was changed; choose a later day.
    """


class TextBeforeError(DomainError):
    """The text {ref} came into force on {since}, after {day}. Nothing was changed; choose a later
    day.
    """


class Templates(Records):
    """Service of the office's own texts."""

    def rows(self, numbers: Sequence[int], *, reveal: bool = False) -> list[Row]:
        """Return texts by number, with what they are called."""
        return [
            replace(row, values={**row.values, "title": _called(row.values)})
            for row in super().rows(numbers, reveal=reveal)
        ]

    def insert(self, change: Change, values: Mapping[str, Any]) -> int:
        """Store a new draft; without a text it begins with the one that counts today."""
        told = self.checked({"language": "ko", **values}, whole=False)
        begins = dict(values)
        if told.get("code") and not (told.get("heading") or told.get("text")):
            now = text_of(self.desk, str(told["code"]), str(told["language"]), self.desk.today())
            begins |= {"heading": now.heading, "text": now.text}
        return super().insert(change, begins)

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Give a new one its version; refuse braces that nothing can be filled into."""
        texts = (str(values.get(name) or "") for name in ("heading", "text"))
        require_known_places(str(values["code"]), *texts)
        if before is not None:
            return {}
        newest = self._newest(str(values["code"]), str(values["language"]))
        return {"version": newest + 1, "state": "draft"}

    def amend(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Change a draft; refuse to change what people may have signed."""
        (row,) = self.rows([number])
        if row.state in ("used", "replaced"):
            told = self.checked(values, whole=False)
            if any(row.values.get(n) != v for n, v in told.items() if n not in _FREE):
                raise TextFixedError(ref=row.ref)
        super().amend(change, number, values)

    def void(self, refs: Sequence[str], *, reason: str = "") -> Outcome:
        """Take drafts out of use; a text that was in force stays on record."""
        for row in self.rows([self.number(ref) for ref in refs]):
            if row.state in ("used", "replaced"):
                raise TextFixedError(ref=row.ref)
        return super().void(refs, reason=reason)

    # -- actions

    def preview(self, refs: Sequence[str]) -> Outcome:
        """Say how the text is seen; on the screen its paper is shown instead."""
        return Outcome(
            _(N_("Print the paper “template” of {ref}")).format(ref=refs[0]), tuple(refs)
        )

    def use(self, refs: Sequence[str], *, on: date | None = None) -> Outcome:
        """Put drafts in force; the version before each is replaced from that day."""
        day = self._past(on)
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                self._use(change, row, day)
        return Outcome(_(N_("In force from {day}")).format(day=day), tuple(refs))

    def new_version(self, refs: Sequence[str]) -> Outcome:
        """Copy texts as drafts of the next version."""
        made = []
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                names = ("code", "language", "heading", "text")
                copied = {name: row.values[name] for name in names}
                made.append(self.desk.ref(self.register.name, self.insert(change, copied)))
        told = ", ".join(made)
        return Outcome(_(N_("Draft of the new version: {refs}")).format(refs=told), tuple(made))

    def take_shipped(self, refs: Sequence[str]) -> Outcome:
        """Replace heading and text of drafts by those that ship with the program."""
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                found = shipped(str(row.values["code"]), str(row.values["language"]))
                self.amend(change, row.id, {"heading": found.heading, "text": found.text})
        return Outcome(_(N_("The shipped text is filled in")), tuple(refs))

    def go_back(self, refs: Sequence[str], *, reason: str, on: date | None = None) -> Outcome:
        """Let the shipped text count again from a day."""
        day = self._past(on)
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                self._end(change, row, day)
                change.note("template.retired", self.register.name, row.id, reason=reason)
        return Outcome(_(N_("The shipped text counts from {day}")).format(day=day), tuple(refs))

    # -- for papers

    def in_force(self, code: str, language: str, on: date) -> Template | None:
        """Return the office's own text of a day, or None where it has none."""
        t = self.table
        wanted = (
            select(t.c.id)
            .where(t.c.code == code, t.c.language == language)
            .where(t.c.state.in_(("used", "replaced")), t.c.effective <= on)
            .where(or_(t.c.ended.is_(None), t.c.ended > on))
            .order_by(t.c.effective.desc(), t.c.version.desc())
            .limit(1)
        )
        with self.vault.reading() as sql:
            found = sql.execute(wanted).scalar()
            return self.as_template(int(found)) if found is not None else None

    def as_template(self, number: int) -> Template:
        """Return a version as papers take it."""
        (row,) = self.rows([number])
        code, language, heading, text = (
            str(row.values[n] or "") for n in ("code", "language", "heading", "text")
        )
        return Template(code, language, heading, text, int(row.values["version"]), row.ref)

    # -- inside

    def _past(self, on: date | None) -> date:
        day = on or self.desk.today()
        if day > self.desk.today():
            raise TextLaterError(day=day)
        if day < (first := self.desk.today() - BACK):
            raise TextLongAgoError(day=day, first=first)
        return day

    def _use(self, change: Change, row: Row, day: date) -> None:
        heading, text = str(row.values["heading"] or ""), str(row.values["text"] or "")
        if not (heading.strip() and text.strip()):
            raise TextMissingError(ref=row.ref)
        for before in self._standing(str(row.values["code"]), str(row.values["language"])):
            self._end(change, before, day)
            names = ("ended", "state")
            change.note("record.changed", self.register.name, before.id, fields=names)
        told = digest(heading, text)
        stored = {"state": "used", "effective": day, "digest": told}
        change.sql.execute(update(self.table).where(self.table.c.id == row.id).values(**stored))
        change.note(
            "template.used",
            self.register.name,
            row.id,
            fields=("digest", "effective"),
            details={"sha256": told},
        )

    def _end(self, change: Change, row: Row, day: date) -> None:
        since = row.values["effective"]
        if since > day:
            raise TextBeforeError(ref=row.ref, since=since, day=day)
        stored = {"state": "replaced", "ended": day}
        change.sql.execute(update(self.table).where(self.table.c.id == row.id).values(**stored))

    def _standing(self, code: str, language: str) -> list[Row]:
        t = self.table
        of = select(t.c.id).where(t.c.code == code, t.c.language == language, t.c.state == "used")
        with self.vault.reading() as sql:
            return self.rows(list(sql.execute(of).scalars()))

    def _newest(self, code: str, language: str) -> int:
        t = self.table
        wanted = select(func.max(t.c.version)).where(t.c.code == code, t.c.language == language)
        with self.vault.reading() as sql:
            return int(sql.execute(wanted).scalar_one() or 0)


def _called(values: Mapping[str, Any]) -> str:
    kind = kind_of(str(values["code"]))
    language = _IN[str(values["language"])]
    return _(CALLED).format(text=_(kind.label), language=_(language), version=values["version"])
