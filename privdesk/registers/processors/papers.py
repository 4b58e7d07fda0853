"""The sealed papers of processors: attached, shown, taken out, destroyed."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update

from privdesk.core import references, system
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _
from privdesk.core.register import Outcome, Row, Shown
from privdesk.registers.desk import Change
from privdesk.registers.processors.filed import CONTRACT, SLOT_NAME
from privdesk.registers.records import Records
from privdesk.vault import attachments
from privdesk.vault.payloads import OFFICE

MAX_BYTES = 50 * 1024 * 1024
LINKS = {
    "processors": "processor",
    "consignments": "consignment",
    "inspections": "inspection",
    "publications": "publication",
}
_KINDS = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".html": "text/html",
    ".txt": "text/plain",
}


class EmptyPaperError(DomainError):
    """{name} is empty. Nothing was attached; choose another file."""


class PaperTooLargeError(DomainError):
    """{name} is larger than 50 MiB. Nothing was attached; scan it with fewer dots or split it."""


class OnePaperError(DomainError):
    """Papers are shown and taken out one by one. Nothing was written; choose one."""


class TickedPaperError(DomainError):
    """The clauses of {work} were ticked against this file, so it stays on file. Nothing was
    changed; attach the newer contract and tick it first.
    """


class PartnerPapers(Records):
    """Service of the papers of processors."""

    def attach(
        self, change: Change, register: str, number: int, file: str, what: str, processor: int = 0
    ) -> int:
        """Seal a file, 50 MiB at most, with a record of a register; return the paper's number."""
        path = Path(file).expanduser()
        data = system.read_bytes(path, MAX_BYTES + 1)
        if not data:
            raise EmptyPaperError(name=path.name)
        if len(data) > MAX_BYTES:
            raise PaperTooLargeError(name=path.name)
        return self.keep(change, register, number, data, system.spoken(path), what, processor)

    def keep(
        self,
        change: Change,
        register: str,
        number: int,
        data: bytes,
        name: str,
        what: str,
        processor: int = 0,
    ) -> int:
        """Seal data under a file's name with a record of a register."""
        paper: int = self.vault.new_ids()[0]
        kind = _KINDS.get(Path(name).suffix.lower(), "application/octet-stream")
        stored: dict[str, Any] = {LINKS[register]: number}
        if processor:
            stored["processor"] = processor
        change.sql.execute(
            insert(self.table).values(
                id=paper,
                state="active",
                what=what,
                bytes=len(data),
                added_on=self.desk.today(),
                digest=sha256(data).hexdigest(),
                file=attachments.store(self.vault, OFFICE, paper, data, kind),
                **stored,
            )
        )
        self.vault.payloads.put(OFFICE, paper, {SLOT_NAME: name})
        change.note("record.created", self.register.name, paper)
        change.note("partner.attached", register, number, details={"what": what})
        return paper

    def of(self, register: str, number: int, *what: str) -> list[Row]:
        """Return the papers on file with a record, oldest first; of some kinds or of all."""
        t = self.table
        wanted = select(t.c.id).where(t.c[LINKS[register]] == number, t.c.state == "active")
        if what:
            wanted = wanted.where(t.c.what.in_(what))
        with self.vault.reading() as sql:
            return self.rows(list(sql.execute(wanted.order_by(t.c.id)).scalars()))

    def contracts(self) -> dict[int, int]:
        """Return the newest contract on file of every work, by its number."""
        sql = (
            "SELECT consignment, max(id) FROM partner_papers WHERE state = 'active'"
            f" AND what = '{CONTRACT}' AND consignment IS NOT NULL GROUP BY consignment"
        )
        return dict(self.vault.raw.execute(sql).fetchall())

    def titles(self, numbers: Sequence[int]) -> dict[int, str]:
        """Return the names of the files; what they belong to is not looked at."""
        found = self.vault.payloads.read_many(OFFICE, list(numbers))
        return {number: found.get(number, {}).get(SLOT_NAME, "") for number in numbers}

    def content(self, ref: str) -> tuple[str, bytes]:
        """Return name and content of a paper."""
        (row,) = self.rows([self.number(ref)])
        return str(row.values["name"]), attachments.read(self.vault, self._file(row.id))

    def show(self, refs: Sequence[str]) -> Outcome:
        """Return a paper as it was attached."""
        if len(refs) != 1:
            raise OnePaperError
        name, data = self.content(refs[0])
        return Outcome(name, tuple(refs), Shown(name, name, data))

    def take_out(self, refs: Sequence[str], *, file: str) -> Outcome:
        """Write a paper out of the vault."""
        if len(refs) != 1:
            raise OnePaperError
        path = Path(file).expanduser().absolute()
        system.refuse_inside_vault(path)
        name, data = self.content(refs[0])
        with self.desk.change() as change:
            change.note("partner.taken-out", self.register.name, self.number(refs[0]))
            with system.explained(path):
                system.atomic_write(path, data, 0o600)
        return Outcome(_(N_("{name} written to {path}")).format(name=name, path=path), tuple(refs))

    def remove(self, refs: Sequence[str], *, reason: str) -> Outcome:
        """Destroy papers that do not belong here; a contract that was ticked stays."""
        with self.desk.change() as change:
            for row in self.rows([self.number(ref) for ref in refs]):
                self._refuse_ticked(row)
                names = attachments.forget(self.vault, row.id)
                self.vault.payloads.drop(OFFICE, row.id)
                t = self.table
                gone = update(t).where(t.c.id == row.id).values(state="destroyed", file=None)
                change.sql.execute(gone)
                change.note("record.voided", self.register.name, row.id, reason=reason)
                if names:
                    change.afterwards.add(lambda: attachments.sweep(self.vault))
        return Outcome(_(N_("File destroyed")), tuple(refs))

    def _file(self, number: int) -> str:
        sql = "SELECT file FROM partner_papers WHERE id = ?"
        return str(self.vault.raw.execute(sql, (number,)).fetchone()[0] or "")

    def _refuse_ticked(self, row: Row) -> None:
        works = self.desk.service("consignments")
        ref = str(row.values["consignment"] or "")
        if not ref:
            return
        work = works.rows([references.parse(ref)[1]])[0]
        if work.values["ticked_file"] == row.ref:
            raise TickedPaperError(work=work.ref)
