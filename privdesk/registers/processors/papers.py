"""The sealed papers of processors: attached, shown, taken out, destroyed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.register import Row
from privdesk.registers.desk import Change
from privdesk.registers.filing import Filed
from privdesk.registers.processors.filed import CONTRACT


class TickedPaperError(DomainError):
    """The clauses of {work} were ticked against this file, so it stays on file. Nothing was
    changed; attach the newer contract and tick it first.
    """


class UnreadableContractError(DomainError):
    """{file} is no PDF, PNG, JPEG or TIFF that can be read, or is locked by a password, so no
    clauses can be looked up in it. Nothing was attached; save or scan the contract as a PDF.
    """


class PartnerPapers(Filed):
    """Service of the papers of processors."""

    LINKS: ClassVar[Mapping[str, str]] = {
        "processors": "processor",
        "consignments": "consignment",
        "inspections": "inspection",
        "publications": "publication",
    }
    ATTACHED, TAKEN_OUT = "partner.attached", "partner.taken-out"

    def keep(
        self,
        change: Change,
        register: str,
        number: int,
        data: bytes,
        name: str,
        what: str,
        **also: int,
    ) -> int:
        """Seal a paper; a contract has to be one that can be read (28(1) of the Decree)."""
        if what == CONTRACT:
            _require_pages(data, name)
        return super().keep(change, register, number, data, name, what, **also)

    def contracts(self) -> dict[int, int]:
        """Return the newest contract on file of every work, by its number."""
        sql = (
            "SELECT consignment, max(id) FROM partner_papers WHERE state = 'active'"
            f" AND what = '{CONTRACT}' AND consignment IS NOT NULL GROUP BY consignment"
        )
        return dict(self.vault.raw.execute(sql).fetchall())

    def require_removable(self, row: Row) -> None:
        """Refuse to destroy a contract that was ticked."""
        works = self.desk.service("consignments")
        ref = str(row.values["consignment"] or "")
        if not ref:
            return
        work = works.rows([references.number(ref)])[0]
        if work.values["ticked_file"] == row.ref:
            raise TickedPaperError(work=work.ref)


def _require_pages(data: bytes, name: str) -> None:
    from privdesk.documents import stacks

    try:
        if stacks.page_count(data, name):
            return
    except stacks.UnreadableScanError as why:
        raise UnreadableContractError(file=name) from why
    raise UnreadableContractError(file=name)
