"""The papers of provisions: the ledger, and the answers to authorities."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.fields import Field
from privdesk.core.i18n import N_, Words, speaking, words
from privdesk.core.register import Row
from privdesk.documents.paper import Paper
from privdesk.documents.papers import demand_letter, provision_ledger
from privdesk.documents.papers.common import ApprovalLine
from privdesk.flows import sender
from privdesk.flows.papers import contact
from privdesk.registers.desk import Desk
from privdesk.registers.provisions.grounds import GROUND_LABELS, Ground
from privdesk.registers.provisions.rules import State

AFTERWARDS = N_("entered afterwards")
RECALLED = N_("recalled {day}")
NUMBER = N_("no. {number}")
CPO_PAPER = N_("CPO: {number}")
FROM_ARTICLE = {Ground.CONSENT: N_("PIPA 17(1)1"), Ground.VITAL: N_("PIPA 18(2)3")}


class NotDecidedError(DomainError):
    """{ref} was not decided that way, so this letter cannot be printed. Nothing was printed; have
    it decided first, or print the other letter.
    """


class NotProvidedError(DomainError):
    """Nothing has been entered as given for {ref}, so the letter would say nothing. Nothing was
    printed; enter the provision first.
    """


def ledger(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """D9: everything that went to third parties, by day."""
    lines = _Lines(desk, language)
    data = provision_ledger.ProvisionLedger(
        number=number,
        issued_on=desk.today(),
        lines=[lines.line(row) for row in desk.service("provisions").ledger()],
        approvals=ApprovalLine(drafter=desk.vault.person.name, drafted_on=desk.today()),
    )
    return provision_ledger.build(data, language)


def reply(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """The reply to a demand that is met, wholly or in part."""
    return _letter(desk, str(ref), language, number, (demand_letter.WHOLE, demand_letter.PART))


def refusal(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """The letter that tells an authority why nothing is given."""
    return _letter(desk, str(ref), language, number, (demand_letter.NOTHING,))


def printable_grant(desk: Desk) -> int | None:
    """Return the newest demand that is met and for which something was given."""
    given = (
        " AND EXISTS (SELECT 1 FROM provisions p WHERE p.demand = demands.id"
        " AND p.state NOT IN ('refused', 'void'))"
    )
    return _newest(desk, "('whole', 'part')", given)


def printable_deny(desk: Desk) -> int | None:
    """Return the newest demand that is refused."""
    return _newest(desk, "('nothing')")


def _newest(desk: Desk, decisions: str, more: str = "") -> int | None:
    sql = f"SELECT max(id) FROM demands WHERE state <> 'void' AND decision IN {decisions}{more}"
    found = desk.vault.raw.execute(sql).fetchone()[0]
    return None if found is None else int(found)


def _letter(desk: Desk, ref: str, language: str, number: str, decisions: Sequence[str]) -> Paper:
    service = desk.service("demands")
    row = service.get(ref)
    values = row.values
    if values["decision"] not in decisions:
        raise NotDecidedError(ref=ref)
    given = desk.service("provisions").rows(service.provisions(row.id))
    if values["decision"] != demand_letter.NOTHING and not given:
        raise NotProvidedError(ref=ref)
    lines = _Lines(desk, language)
    limits = "\n".join(filter(None, (str(one.values["limits"] or "") for one in given)))
    data = demand_letter.DemandLetter(
        number=number,
        issued_on=desk.today(),
        ref=row.ref,
        company=sender.company(desk, language),
        authority=str(values["authority"]),
        contact=str(values["contact"] or ""),
        document_no=str(values["document_no"]),
        document_on=values["document_on"],
        received_on=values["received_on"],
        invoked=f"{values['law']} {values['article']}",
        decision=str(values["decision"]),
        ground=f"{values['ground_law']} {values['ground_article']}".strip(),
        reason=str(values["reason"] or ""),
        given=tuple(lines.given(one) for one in given),
        limits=limits,
        decided_on=values["decided_on"],
        decided_by=str(values["decided_by"] or ""),
        questions=contact(desk, language),
        approvals=ApprovalLine(drafter=desk.vault.person.name, drafted_on=desk.today()),
    )
    return demand_letter.build(data, language)


class _Lines:
    """Provisions as papers tell them, in one language."""

    def __init__(self, desk: Desk, language: str) -> None:
        self._desk = desk
        self._language = language
        self._say: Words = words(language)
        self._fields = {f.name: f for f in desk.service("provisions").fields()}

    def line(self, row: Row) -> provision_ledger.LedgerLine:
        """Return a line of the ledger."""
        values = row.values
        return provision_ledger.LedgerLine(
            number=row.ref,
            file=row.titles.get("file", ""),
            recipient=str(values["recipient"]),
            purpose=str(values["aim"] or self._purpose(row)),
            ground=self._ground(row),
            items=self._items(row),
            times=provision_ledger.times(
                self._say, values["provided_on"], self._choice(row, "frequency"), values["until"]
            ),
            form=self._choice(row, "form"),
            limits=str(values["limits"] or ""),
            count=values["count"],
            approver=self._approver(row),
            remark=self._remark(row),
        )

    def given(self, row: Row) -> demand_letter.GivenLine:
        """Return a line of a reply to an authority."""
        return demand_letter.GivenLine(
            number=row.ref,
            file=row.titles.get("file", ""),
            items=self._items(row),
            count=row.values["count"],
            form=self._choice(row, "form"),
        )

    def _purpose(self, row: Row) -> str:
        ref = row.values["purpose"]
        if not ref:
            return ""
        with speaking(self._language):
            number = references.number(ref)
            return str(self._desk.service("purposes").titles([number]).get(number, ""))

    def _items(self, row: Row) -> str:
        with speaking(self._language):
            return ", ".join(self._desk.service("items").called_by(row.values["items"]))

    def _ground(self, row: Row) -> str:
        """Return the ground with what names it: law and article, document, purpose."""
        values = row.values
        ground = Ground(values["ground"])
        article = " ".join(filter(None, (str(values["law"] or ""), str(values["article"] or ""))))
        document = str(values["document_no"] or "")
        told = [
            self._say(GROUND_LABELS[ground]),
            article or (self._say(FROM_ARTICLE[ground]) if ground in FROM_ARTICLE else ""),
            self._say(NUMBER).format(number=document) if document else "",
        ]
        return "\n".join(filter(None, told))

    def _choice(self, row: Row, name: str) -> str:
        field: Field = self._fields[name]
        choice = field.choice(str(row.values[name] or ""))
        return self._say(choice.label) if choice else ""

    def _approver(self, row: Row) -> str:
        values = row.values
        paper = str(values["cpo_paper"] or "")
        told = [str(values["approver"] or "")]
        told += [self._say(CPO_PAPER).format(number=paper)] if paper else []
        return "\n".join(filter(None, told))

    def _remark(self, row: Row) -> str:
        if row.state == State.RECALLED.value:
            return self._say(RECALLED).format(day=row.values["recalled_on"])
        return self._say(AFTERWARDS) if row.state == State.RECORDED.value else ""
