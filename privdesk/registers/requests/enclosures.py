"""Attachments of cases: scans of mandates, letters, evidence; sealed with the case's own keys."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path, PurePath
from typing import Any

from sqlalchemy import insert, select, update

from privdesk.core import references, system
from privdesk.core.errors import DomainError
from privdesk.core.filekinds import SHEETS, TIFF, kind_of, media_type
from privdesk.core.i18n import N_, _
from privdesk.core.register import Outcome, Row
from privdesk.registers.desk import Change
from privdesk.registers.records import Records
from privdesk.vault import attachments
from privdesk.vault.payloads import PEOPLE

SIGNED = ("mandate", "form", "identity")
"""What is attached as a scan of a signed paper."""
_MESSAGES = (".eml", ".txt")
SLOT_NAME, SLOT_REMOVED = 1, 2


class NoScanError(DomainError):
    """{name} is no PDF, PNG, JPG, TIFF or message, so nobody could read it as a signed paper.
    Nothing was attached; scan the paper, or attach the file as something else.
    """


class MandateNeededError(DomainError):
    """{ref} was answered to an agent on this mandate, so it stays with the case. Nothing was
    changed; attach the right one first, then remove this.
    """


class SeveralError(DomainError):
    """Attachments are taken out one by one. Nothing was written; choose one."""


def require_scan(data: bytes, name: str) -> None:
    """Refuse as a mandate, form or proof what nobody could read (Decree 45(2)).

    A scan or PDF by its content, or a message or text that came with the request.
    """
    scan = kind_of(data, (*SHEETS, TIFF)) is not None
    if not scan and PurePath(name).suffix.lower() not in _MESSAGES:
        raise NoScanError(name=name)


class Enclosures(Records):
    """Service of the attachments of requests."""

    def enter(self, change: Change, request: int, data: bytes, name: str, what: str) -> int:
        """Seal a file with the keys of a case; return the attachment's number."""
        file = attachments.store(self.vault, PEOPLE, request, data, media_type(name, data))
        number = self.vault.new_ids()[0]
        at = self.desk.now().isoformat(timespec="seconds")
        change.sql.execute(
            insert(self.table).values(
                id=number,
                state="active",
                request=request,
                what=what,
                bytes=len(data),
                added_at=at,
                file=file,
            )
        )
        self.vault.payloads.put(PEOPLE, number, {SLOT_NAME: name})
        change.note("record.created", "enclosures", number, case=self._case(request))
        return number

    def of_request(self, request: int) -> list[Row]:
        """Return the attachments of a case that are on file."""
        t = self.table
        wanted = select(t.c.id).where(t.c.request == request, t.c.state == "active")
        with self.vault.reading() as sql:
            return self.rows(list(sql.execute(wanted.order_by(t.c.id)).scalars()))

    def content(self, ref: str) -> tuple[str, bytes]:
        """Return name and content of an attachment; the look is journalled with its case."""
        number = self.number(ref)
        with self.desk.change() as change:
            (row,) = self.rows([number], reveal=True)
            data = attachments.read(self.vault, str(row.values["file"]))
            case = str(row.values["request"])
            change.note("record.looked", "enclosures", number, fields=("file",), case=case)
        return str(row.values["name"]), data

    def take_out(self, refs: Sequence[str], *, file: str) -> Outcome:
        """Write an attachment out of the vault; it is destroyed by its day."""
        if len(refs) != 1:
            raise SeveralError
        path = Path(file).expanduser().absolute()
        system.refuse_inside_vault(path)
        system.refuse_taken(path)
        with self.desk.change() as change:
            name, data = self.content(refs[0])
            (row,) = self.rows([self.number(refs[0])])
            days = int(self.desk.setting("print_days", 5))
            self.desk.service("documents").enter_export(
                change,
                file_name=system.spoken(path),
                about=row.values["request"],
                title=_(N_("Attachment of {ref}")).format(ref=row.values["request"]),
                destroy_by=self.desk.calendar.deadline_days(self.desk.today(), days),
                digest=sha256(data).hexdigest(),
            )
            number = references.number(row.values["request"])
            change.note("request.taken-out", "requests", number, case=str(row.values["request"]))
            with system.explained(path):
                system.write_out(path, data)
        return Outcome(_(N_("{name} written to {path}")).format(name=name, path=path), tuple(refs))

    def remove(self, refs: Sequence[str], *, reason: str) -> Outcome:
        """Destroy attachments that do not belong to their case."""
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                request = references.number(row.values["request"])
                self._require_mandate(row)
                self._drop(change, row)
                self.vault.payloads.put(PEOPLE, row.id, {SLOT_REMOVED: reason})
                change.note("request.removed", "requests", request, case=self._case(request))
                if row.values["what"] == "mandate":
                    self._forget_mandate(change, request)
        return Outcome(_(N_("Attachment destroyed")), tuple(refs))

    def _require_mandate(self, row: Row) -> None:
        """Keep the last mandate of an agent's case that was answered on it (rule 22)."""
        (case,) = self.desk.service("requests").rows([references.number(row.values["request"])])
        if row.values["what"] != "mandate" or not case.values["by_agent"]:
            return
        others = [one for one in self.of_request(case.id) if one.values["what"] == "mandate"]
        if case.values["answered_at"] is not None and len(others) < 2:
            raise MandateNeededError(ref=case.ref)

    def drop_all(self, change: Change, request: int) -> None:
        """Destroy all attachments of a case inside the caller's transaction."""
        for row in self.of_request(request):
            self._drop(change, row)
        t = self.table
        for number in change.sql.execute(select(t.c.id).where(t.c.request == request)).scalars():
            self.vault.payloads.drop(PEOPLE, number)

    def _drop(self, change: Change, row: Row) -> None:
        name = str(row.values["file"])
        raw = self.vault.raw
        owner, slot = raw.execute(
            "SELECT owner, slot FROM attachments WHERE name = ?", (name,)
        ).fetchone()
        self.vault.payloads.drop(PEOPLE, owner, [slot])
        self.vault.payloads.drop(PEOPLE, row.id)
        raw.execute("DELETE FROM attachments WHERE name = ?", (name,))
        told: dict[str, Any] = {"state": "destroyed", "file": None}
        change.sql.execute(update(self.table).where(self.table.c.id == row.id).values(**told))
        change.note("record.voided", "enclosures", row.id, case=str(row.values["request"]))
        self.vault.keys_wait(self.desk.now().isoformat())
        change.afterwards.add(lambda: attachments.sweep(self.vault))

    def _forget_mandate(self, change: Change, request: int) -> None:
        if not any(row.values["what"] == "mandate" for row in self.of_request(request)):
            self.desk.service("requests").put(change, request, mandate=False)

    def _case(self, request: int) -> str:
        return self.desk.ref("requests", request)
