"""The flow of a destruction as its page drives it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from privdesk.flows import afterwards, destruction, issuing
from privdesk.registers.desk import Desk
from privdesk.registers.destructions import rules
from privdesk.registers.destructions.commands import (
    Answer,
    IssuedPaper,
    PlaceOrder,
    Preview,
    Scope,
    Signed,
    Standing,
)
from privdesk.registers.destructions.rules import Medium
from privdesk.ui.progress import Progress
from privdesk.vault import attachments
from privdesk.window import contents

STAGES = tuple(
    dict.fromkeys(
        (
            destruction.STAGE_CHECK,
            destruction.STAGE_DESTROY,
            destruction.STAGE_ROLL,
            *destruction.ROLL_STAGES.values(),
            destruction.STAGE_VERIFY,
            destruction.STAGE_PAPER,
        )
    )
)


MOVES = ("destruction.place", "destruction.state")


class Destroying:
    """Implements ``DestructionCommands`` over an open desk."""

    stages = STAGES
    last_stop = 1

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # what would be

    def preview(self, scope: Scope) -> Preview:
        """Return what a request would take and leave out; changes nothing."""
        with self._desk.vault.reading():
            found = contents.found(self._desk, scope)
            planned = contents.planned(self._desk, found)
            return Preview(contents.of_set(self._desk, found), planned)

    # steps

    def request(self, scope: Scope, reason: str) -> str:
        """Sign a request; return the destruction's reference."""
        return destruction.request(
            self._desk,
            due_on=scope.due_on,
            refs=scope.refs,
            file=scope.file or None,
            part=scope.part,
            reason=reason,
        )

    def approve(self, ref: str) -> None:
        """Sign the same digest as the second officer."""
        destruction.approve(self._desk, ref)

    def execute(
        self, ref: str, custody: Path, witness: str, progress: Progress
    ) -> tuple[str, str, IssuedPaper]:
        """Destroy, roll, verify, certify; return reference, state reached and certificate."""
        done = destruction.execute(
            self._desk, ref, custody, witness=witness or None, progress=progress
        )
        return done.ref, done.state, _paper(done.issued)

    def place(self, ref: str, answer: Answer) -> None:
        """Enter a place's answer."""
        destruction.place(
            self._desk,
            ref,
            answer.place,
            by=answer.by,
            on=answer.on,
            count=answer.count,
            method=answer.method,
            evidence=answer.evidence,
        )

    def settle(self) -> None:
        """Complete what waits for nothing any more, after an order was accepted or lost."""
        afterwards.move_on(self._desk)

    # where it stands

    def status(self, ref: str) -> Standing:
        """Return where a destruction stands."""
        desk = self._desk
        with desk.vault.reading():
            (told,) = destruction.status(desk, ref)
            number = desk.service("destructions").number(ref)
            row = desk.service("destructions").rows([number])[0]
            values = row.values
            signed = self._signed(number)
            requester = next((s.person for s in signed if s.part == destruction.REQUESTER), "")
            two = bool(values["two_officers"])
            officers = [person.name for person in desk.vault.header.active("officer")]
            me = desk.vault.person.name
            return Standing(
                ref=row.ref,
                state=row.state,
                scope=str(values["scope"]),
                reason=str(values.get("reason") or ""),
                content=contents.of_destruction(desk, number),
                places=tuple(self._order(order) for order in told["places"]),
                digest=str(values["digest"] or ""),
                digest_executed=str(values["digest_executed"] or ""),
                requested_on=values["requested_on"],
                approved_on=values["approved_on"],
                executed_at=values["executed_at"],
                destroyed=values["destroyed"] or 0,
                tombstones=values["tombstones"] or 0,
                epoch=values["epoch"],
                backup=str(values["backup"] or ""),
                custody=str(values["custody"] or ""),
                signed=signed,
                two_officers=two,
                me=me,
                approvers=tuple(n for n in officers if not two or n != requester),
                witnesses=self._witnesses(officers, signed, two=two),
                witness=str(values.get("witness") or ""),
                due_by=values["due_by"],
                file=row.titles.get("file", ""),
                closings=contents.closings(desk) if values["executed_at"] else (),
                cancelled_why=self._cancelled(row.ref) if row.state == "cancelled" else "",
            )

    def _signed(self, number: int) -> tuple[Signed, ...]:
        desk = self._desk
        return tuple(
            Signed(
                s["part"], destruction.name_of(desk, s["person"]), datetime.fromisoformat(s["at"])
            )
            for s in destruction.signed(desk, number)
        )

    def destruction_of(self, order: str) -> str:
        """Return the destruction that an order belongs to."""
        return str(self._desk.service("orders").get(order).values["destruction"])

    # papers

    def draft(self, code: str, ref: str, language: str) -> IssuedPaper:
        """Return a paper as it would be issued; changes nothing."""
        return _paper(issuing.draft(self._desk, code, ref, language))

    def print(self, code: str, ref: str, language: str) -> IssuedPaper:
        """Issue a paper."""
        personal = code == "order"  # it carries the list of numbers
        return _paper(issuing.issue(self._desk, code, ref, language, personal=personal))

    def certificate(self, ref: str) -> IssuedPaper | None:
        """Return the newest certificate as it was issued, or None."""
        desk = self._desk
        with desk.vault.reading():
            rows = desk.vault.raw.execute(
                "SELECT code, number, title, file FROM documents WHERE about = ? ORDER BY id",
                (ref,),
            ).fetchall()
            newest = max((at for at, row in enumerate(rows) if row[0] == "d1"), default=-1)
            if newest < 0 or not rows[newest][3]:
                return None
            _code, number, title, file = rows[newest]
            data = attachments.read(desk.vault, str(file))
            return IssuedPaper(title, number, data, self._moved_since(ref, newest))

    # inside

    def _moved_since(self, ref: str, paper: int) -> bool:
        """Whether anything was confirmed after a record's paper (counted from 0) was issued."""
        service = self._desk.service("destructions")
        numbers = service.orders(service.number(ref))
        about = [ref, *(self._desk.ref("orders", number) for number in numbers)]
        marks = ",".join("?" * len(about))
        entries = self._desk.vault.raw.execute(
            f"SELECT number, action, ref FROM journal WHERE ref IN ({marks}) ORDER BY number",
            about,
        ).fetchall()
        issued = [n for n, action, of in entries if action == "document.issued" and of == ref]
        moves = [n for n, action, _of in entries if action in MOVES]
        return paper < len(issued) and max(moves, default=0) > issued[paper]

    def _order(self, told: contents.Told) -> PlaceOrder:
        place = self._desk.service("places").get(str(told["place"]))
        medium = str(place.values.get("medium") or "")
        known = Medium(medium) if medium in {m.value for m in Medium} else Medium.ELECTRONIC
        return PlaceOrder(
            ref=told["order"],
            place=told["place"],
            name=told["name"],
            file=told["file"],
            state=told["state"],
            expected=told["expected"] or 0,
            count=told["count"],
            by=str(told["by"] or ""),
            on=told["on"],
            method=str(told["method"] or ""),
            evidence=bool(told["evidence"]),
            methods=tuple(m.value for m in rules.Method if rules.method_allowed(known, m)),
        )

    def _witnesses(
        self, officers: list[str], signed: tuple[Signed, ...], *, two: bool
    ) -> tuple[str, ...]:
        """Return who may witness when the officer at the desk runs it, the likeliest first."""
        me = self._desk.vault.person.name
        parts = (destruction.APPROVER, destruction.REQUESTER)
        usual = [s.person for part in parts for s in signed if s.part == part]
        everyone = dict.fromkeys([*usual, *officers])
        return tuple(name for name in everyone if not two or name != me)

    def _cancelled(self, ref: str) -> str:
        events = self._desk.service("destructions").history(ref)
        return next((e.reason for e in events if e.action == "destruction.cancelled"), "")


def _paper(issued: issuing.Issued) -> IssuedPaper:
    return IssuedPaper(issued.title, issued.number, issued.data)
