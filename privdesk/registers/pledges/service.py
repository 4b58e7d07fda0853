"""Pledges: drawn up for people, printed, signed on paper or on the screen, kept with the scan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import insert, select, update

from privdesk.core import references, strokes
from privdesk.core.errors import DomainError
from privdesk.core.fields import Kind
from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.register import Outcome, Query, Row, Shown
from privdesk.core.values import to_column
from privdesk.registers import incoming
from privdesk.registers.desk import Change
from privdesk.registers.pledges import expunging, proof, rules, searching, typed
from privdesk.registers.pledges.fields import ENTERED, KINDS, OPEN, PAPER, SLOT_HEAD, SLOT_STROKES
from privdesk.registers.records import Records
from privdesk.registers.sworn import due_first, in_time
from privdesk.vault import attachments
from privdesk.vault.payloads import FILE_SLOTS, OFFICE, unpack_keys

CALLED = N_("{name} · {kind}")
_LABELS = {choice.key: choice.label for choice in KINDS}


class OneSheetError(DomainError):
    """A scan is the sheet of one pledge. Nothing was changed; choose a single pledge, or match a
    stack.
    """


class NoSheetError(DomainError):
    """No signed sheet of {ref} is on file. Nothing was changed; put the scan on file first."""


class Pledges(Records):
    """Service of the pledges."""

    def rows(self, numbers: Sequence[int], *, reveal: bool = False) -> list[Row]:
        """Return pledges by number, with what they are called and until when they are kept."""
        with self.vault.reading():
            found = super().rows(numbers, reveal=reveal)
            left = self._left([row.values["staff"] for row in found])
        return [_shown(row, left.get(str(row.values["staff"]))) for row in found]

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Check who signs what; work out the day it is due, and whether it was in time."""
        if before is not None:
            return self._again(values, before)
        self._check_person(values)
        kind, staff = str(values["kind"]), self._member(values)
        self._refuse_second(kind, str(values.get("staff") or ""))
        today = self.desk.today()
        signed = values.get("signed_on")
        told = staff or _Signer()
        fallen = rules.due_day(kind, told.first_by(signed), told.left, signed or today)
        due = rules.due_within(kind, values.get("due_on"), fallen, today)
        stored: dict[str, Any] = {"due_on": due, "department": told.department, "state": "open"}
        if signed is not None:
            rules.require_signed_by(signed, today)
            typed.require_proof(str(values.get("note") or ""), today, self.desk.first_day())
            if staff is not None:
                typed.require_days(kind, signed, staff.joined, staff.left)
            stored |= {"state": "signed", "how": ENTERED, "in_time": in_time(signed, due)}
        return stored

    def amend(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Change a pledge; that it was signed is recorded by a step."""
        (row,) = self.rows([number])
        told = self.checked(values, whole=False)
        if row.state in OPEN and told.get("signed_on"):
            raise rules.ByStepError(ref=row.ref)
        super().amend(change, number, values)

    # -- actions

    def sign_paper(
        self, refs: Sequence[str], *, on: date, file: str = "", head: str = ""
    ) -> Outcome:
        """Record that sheets were signed on paper; with a scan that of one."""
        rules.require_signed_by(on, self.desk.today())
        if file and len(refs) != 1:
            raise OneSheetError
        scan = self._read(file, self.number(refs[0])) if file else b""
        with self.desk.change() as change:
            for ref in refs:
                number = self.number(ref)
                self.sign(change, number, on, PAPER if scan else ENTERED, head=head)
                if scan:
                    self.keep(change, number, scan)
        told = ngettext("{n} signature recorded", "{n} signatures recorded", len(refs))
        return Outcome(told, tuple(refs))

    def attach(self, refs: Sequence[str], *, file: str) -> Outcome:
        """Put the scan of a signed sheet on file, in place of one that is there."""
        if len(refs) != 1:
            raise OneSheetError
        (row,) = self.rows([self.number(refs[0])])
        scan = self._read(file, row.id)
        rules.require_printed_by(row.ref, row.values["signed_on"], row.values["printed_on"])
        with self.desk.change() as change:
            self.keep(change, row.id, scan)
        return Outcome(_(N_("The signed sheet is on file")), tuple(refs))

    def show_sheet(self, refs: Sequence[str]) -> Outcome:
        """Show the signed sheet."""
        if len(refs) != 1:
            raise OneSheetError
        (row,) = self.rows([self.number(refs[0])])
        if not row.values["file"]:
            raise NoSheetError(ref=row.ref)
        data = attachments.read(self.vault, str(row.values["file"]))
        title = str(row.values["title"])
        return Outcome(title, (row.ref,), Shown(title, f"{row.ref}.pdf", data))

    def correct_day(self, refs: Sequence[str], *, on: date, reason: str) -> Outcome:
        """Correct the day on which sheets were signed."""
        rules.require_signed_by(on, self.desk.today())
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                rules.require_printed_by(row.ref, on, row.values["printed_on"])
                self.put(change, row.id, signed_on=on, in_time=in_time(on, row.values["due_on"]))
                told = {"fields": ("signed_on",), "reason": reason}
                change.note("record.changed", self.register.name, row.id, **told)
        return Outcome(_(N_("Signed on {day}")).format(day=on), tuple(refs))

    def expunge(self, refs: Sequence[str]) -> Outcome:
        """Destroy sheets and names of pledges whose period is over."""
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                expunging.expunge(change, row)
        told = ngettext("{n} pledge destroyed", "{n} pledges destroyed", len(refs))
        return Outcome(told, tuple(refs))

    # -- for the flows

    def sign(
        self,
        change: Change,
        number: int,
        on: date,
        how: str,
        *,
        head: str = "",
        written: strokes.Strokes = (),
    ) -> None:
        """Record a signature inside the caller's transaction; ``how`` is one of ``fields.WAYS``."""
        (row,) = self.rows([number])
        if row.state not in OPEN:
            raise rules.PledgedAlreadyError(ref=row.ref)
        rules.require_printed_by(row.ref, on, row.values["printed_on"])
        due = row.values["due_on"]
        self.put(change, number, state="signed", signed_on=on, how=how, in_time=in_time(on, due))
        sealed: dict[int, str | None] = {}
        if head:
            sealed[SLOT_HEAD] = head
        if written:
            sealed[SLOT_STROKES] = strokes.to_text(written)
        if sealed:
            self.vault.payloads.put(OFFICE, number, sealed)
        hashed = sha256(str(sealed.get(SLOT_STROKES)).encode()).hexdigest() if written else ""
        change.note(
            "pledge.signed",
            self.register.name,
            number,
            fields=("how", "signed_on"),
            details={"how": how, **({"strokes": hashed} if hashed else {})},
        )

    def keep(self, change: Change, number: int, scan: bytes) -> None:
        """Seal the scan of a signed sheet, a PDF; one that was there goes."""
        from privdesk.documents.preview import page_count

        self._forget_scan(change, number)
        name = attachments.store(self.vault, OFFICE, number, scan, "application/pdf")
        self.put(change, number, file=name, pages=page_count(scan), how=PAPER)
        change.note("pledge.filed", self.register.name, number, fields=("file",))

    def draw_up(self, change: Change, kind: str, staff: Sequence[int]) -> list[int]:
        """Draw up pledges for people who lack one, inside the caller's transaction; return them."""
        people, today = self._people(staff), self.desk.today()
        numbers = list(self.vault.new_ids(len(staff))) if staff else []
        rows = [
            {
                "id": number,
                "state": "open",
                "staff": who,
                "kind": kind,
                "department": people[who].department,
                "due_on": rules.due_day(kind, people[who].first_by(), people[who].left, today),
            }
            for number, who in zip(numbers, staff, strict=True)
        ]
        change.sql.execute(insert(self.table), rows)
        for number in numbers:
            change.note("record.created", self.register.name, number, fields=("kind", "staff"))
        return numbers

    def moved(self, change: Change, staff: int) -> None:
        """Have sheets that wait signed by another day: somebody joins or leaves on another one."""
        person = self._people([staff])[staff]
        for kind, day in (("joining", person.first_by()), ("leaving", person.left)):
            sql = (
                "SELECT id FROM pledges WHERE staff = ? AND kind = ?"
                " AND state IN ('open', 'printed') AND due_on IS NOT ?"
            )
            if day is None:
                continue
            asked = (staff, kind, day.isoformat())
            for (number,) in self.vault.raw.execute(sql, asked).fetchall():
                self.put(change, number, due_on=day)
                change.note("record.changed", self.register.name, number, fields=("due_on",))

    def put(self, change: Change, number: int, **columns: Any) -> None:
        """Store columns that the steps write."""
        whole = {name: _column(self, name, value) for name, value in columns.items()}
        change.sql.execute(update(self.table).where(self.table.c.id == number).values(**whole))

    def written(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Nothing follows from a change of a pledge."""

    def strokes_of(self, number: int) -> strokes.Strokes:
        """Return what was written on the screen, or nothing."""
        return strokes.from_text(self.vault.payloads.read(OFFICE, number).get(SLOT_STROKES, ""))

    def waiting(self, kinds: Sequence[str] = (), department: str = "") -> list[int]:
        """Return the pledges that wait for a signature, by department and number."""
        t = self.table
        wanted = select(t.c.id).where(t.c.state.in_(OPEN))
        if kinds:
            wanted = wanted.where(t.c.kind.in_(kinds))
        if department:
            wanted = wanted.where(t.c.department == department)
        with self.vault.reading() as sql:
            return list(sql.execute(wanted.order_by(t.c.department, t.c.id)).scalars())

    # -- inside

    def _matching(self, query: Query) -> list[int]:
        """Find and sort by person without building every record."""
        who = query.sort == "who"
        if not query.text and not who:
            return super()._matching(query)
        bare = replace(query, text="", sort="" if who else query.sort)
        numbers = super()._matching(bare)
        if query.text:
            numbers = searching.narrowed(self, numbers, query.text)
        if who:
            numbers = searching.by_person(self, numbers, descending=query.descending)
        return numbers

    def _again(self, values: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        signed, due = values.get("signed_on"), values.get("due_on")
        if due != before.get("due_on"):
            kind, told, today = str(values["kind"]), self._member(values), self.desk.today()
            days = (told.first_by(signed), told.left) if told else (None, None)
            rules.due_within(kind, due, rules.due_day(kind, *days, signed or today), today)
        return {"in_time": in_time(signed, due)} if signed is not None else {}

    def _check_person(self, values: Mapping[str, Any]) -> None:
        outside = values.get("kind") == "outside"
        named = bool(values.get("person"))
        if named and not outside:
            raise rules.NotOutsideError
        if not values.get("staff") and not (outside and named and values.get("organisation")):
            raise rules.NobodyNamedError

    def _member(self, values: Mapping[str, Any]) -> _Signer | None:
        if not values.get("staff"):
            return None
        staff = self.desk.service("staff")
        number = staff.number(str(values["staff"]))
        return self._people([number])[number]

    def _refuse_second(self, kind: str, staff: str) -> None:
        """Refuse a second pledge of the kind: the yearly one only while another waits."""
        if not staff:
            return
        states = OPEN if kind == "yearly" else (*OPEN, "signed")
        sql = (
            "SELECT id FROM pledges WHERE staff = ? AND kind = ?"
            f" AND state IN ({', '.join('?' * len(states))})"
        )
        asked = (references.number(staff), kind, *states)
        found = self.vault.raw.execute(sql, asked).fetchone()
        if found is not None:
            raise rules.PledgedAlreadyError(ref=self.desk.ref(self.register.name, found[0]))

    def _people(self, staff: Sequence[int]) -> dict[int, _Signer]:
        """Return what a pledge keeps of members of staff, by number."""
        found: dict[int, _Signer] = {}
        for start in range(0, len(staff), 900):
            part = tuple(staff[start : start + 900])
            sql = (
                'SELECT id, department, joined, "left", counted_from FROM staff'
                f" WHERE id IN ({', '.join('?' * len(part))})"
            )
            for number, department, *told in self.vault.raw.execute(sql, part):
                days = (date.fromisoformat(day) if day else None for day in told)
                found[number] = _Signer(department or None, *days)
        return found

    def _left(self, refs: Sequence[Any]) -> dict[str, date]:
        """Return the last day of the people who have one, by reference."""
        numbers = {references.number(ref): str(ref) for ref in refs if ref}
        t = self.desk.service("staff").table
        found: dict[str, date] = {}
        with self.vault.reading() as sql:
            for start in range(0, len(numbers), 900):
                part = list(numbers)[start : start + 900]
                wanted = select(t.c.id, t.c.left).where(t.c.id.in_(part), t.c.left.is_not(None))
                found |= {numbers[row.id]: row.left for row in sql.execute(wanted)}
        return found

    def _read(self, file: str, number: int) -> bytes:
        """Return the scan of a sheet as a PDF; refuse another pledge's, or one nobody signed."""
        from privdesk.documents import stacks

        found, (row,) = incoming.read(file), self.rows([number])
        stacks.require_ink(found.data, found.name)
        proof.require_own(self.desk, row, found.data, found.name)
        return stacks.whole(found.data, found.name)

    def _forget_scan(self, change: Change, number: int) -> None:
        sql = f"SELECT body FROM {OFFICE}.keys WHERE id = ?"
        row = self.vault.raw.execute(sql, (number,)).fetchone()
        slots = [slot for slot in unpack_keys(row[0]) if slot in FILE_SLOTS] if row else []
        if not slots:
            return
        attachments.forget(self.vault, number)
        self.vault.payloads.drop(OFFICE, number, slots)
        change.afterwards.add(lambda: attachments.sweep(self.vault))


@dataclass(frozen=True)
class _Signer:
    """What a pledge keeps of a member of staff; days are None where nobody entered them."""

    department: str | None = None
    joined: date | None = None
    left: date | None = None
    since: date | None = None

    def first_by(self, signed: date | None = None) -> date | None:
        """Return by when the pledge on joining is, or was, to be signed."""
        return due_first(self.joined, self.since, signed)


def _column(service: Pledges, name: str, value: Any) -> Any:
    field = service.register.field(name)
    if field is None:
        return value
    if field.kind is Kind.LINK:
        return references.number(value) if value else None
    return to_column(field.kind, value)


def _shown(row: Row, left: date | None) -> Row:
    name = row.titles.get("staff") or str(row.values.get("person") or "")
    title = _(CALLED).format(name=name or row.ref, kind=_(_LABELS[str(row.values["kind"])]))
    of = str(row.values.get("organisation") or "")
    told = {
        **row.values,
        "title": title,
        "who": f"{name} ({of})" if of and not row.values["staff"] else name,
        "keep_until": rules.kept_until(left),
    }
    return replace(row, values=told)
