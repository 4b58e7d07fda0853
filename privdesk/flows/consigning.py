"""The papers of works consigned: D7a for each person of a marketing work, the contract check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.fields import Kind
from privdesk.core.i18n import speaking, words
from privdesk.core.register import Row
from privdesk.documents.paper import Paper
from privdesk.documents.papers import consignment_notice as d7a
from privdesk.documents.papers.common import ApprovalLine
from privdesk.flows import sender
from privdesk.flows.issuing import destroy_print_by
from privdesk.flows.papers import contact
from privdesk.registers.desk import Change, Desk
from privdesk.registers.processors.filed import CONTRACT
from privdesk.registers.processors.rules import CLAUSE_LABELS

_AT_ONCE = 500
ADDRESS = "address"  # key of the item that a letter is sent to


class NotForMarketingError(DomainError):
    """{ref} is no marketing work, so nobody is notified of it one by one. Nothing was printed;
    mark it as marketing first, or publish the list.
    """


class NobodyToNotifyError(DomainError):
    """Nobody is held in the files of {ref}, so there is nobody to notify. Nothing was printed;
    enter the files whose people the work is about.
    """


def notices(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """D7a: the notices of one marketing work, a page for each person in its files."""
    service = desk.service("consignments")
    with speaking(language):
        row = service.get(str(ref))
        items = ", ".join(desk.service("items").called_by(row.values["items"]))
    values = row.values
    if not values["marketing"]:
        raise NotForMarketingError(ref=row.ref)
    people = service.whom(row)
    if not people:
        raise NobodyToNotifyError(ref=row.ref)
    say = words(language)
    english = str(values["work_en"] or "") if language == "en" else ""
    data = d7a.ConsignmentNotice(
        number=number,
        issued_on=desk.today(),
        company=sender.company(desk, language),
        work=english or str(values["work"]),
        processor=row.titles.get("processor", ""),
        items=items or (say("All personal information held") if values["entire"] else ""),
        people=_addressees(desk, people),
        scope=str(values["scope"] or ""),
        since=values["since"],
        until=values["until"],
        processor_contact=str(values["contact"] or ""),
        refuse_at=contact(desk),
        destroy_by=destroy_print_by(desk),
    )
    return d7a.build(data, language)


def printable_d7a(desk: Desk) -> int | None:
    """Return the newest marketing work under contract in whose files somebody is held."""
    sql = "SELECT id FROM consignments WHERE marketing AND state = 'active' ORDER BY id DESC"
    service = desk.service("consignments")
    for (number,) in desk.vault.raw.execute(sql).fetchall():
        if service.whom(service.rows([number])[0]):
            return int(number)
    return None


def issued_d7a(change: Change, ref: str) -> None:
    """Log that so many people were looked at for the notices."""
    service = change.desk.service("consignments")
    (row,) = service.rows([service.number(ref)])
    change.note("record.looked", "subjects", count=len(service.whom(row)), reason=ref)


def _addressees(desk: Desk, people: Sequence[int]) -> Iterator[d7a.Addressee]:
    """Yield name and address of people, read by the hundred while the paper is drawn."""
    subjects = desk.service("subjects")
    names = [f.name for f in subjects.item_fields() if f.kind is Kind.NAME]
    for start in range(0, len(people), _AT_ONCE):
        for row in subjects.rows(people[start : start + _AT_ONCE], reveal=True):
            name = next((str(row.values[n]) for n in names if row.values.get(n)), "")
            yield d7a.Addressee(name, str(row.values.get(ADDRESS) or ""))


def contract_check(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """Which of the seven clauses were found in the contract on file (rule 28)."""
    say, papers = words(language), desk.service("partner-papers")
    with speaking(language):
        row = desk.service("consignments").get(str(ref))
    values = row.values
    found = set(values["clauses"] or ())
    on_file: list[Row] = papers.of("consignments", row.id, CONTRACT)
    ticked = str(values["ticked_file"] or "")
    read = papers.rows([references.parse(ticked)[1]])[0] if ticked else None
    newest = on_file[-1] if on_file else None
    newer = newest is not None and read is not None and newest.ref != read.ref
    data = d7a.ContractCheck(
        number=number,
        issued_on=desk.today(),
        ref=row.ref,
        processor=row.titles.get("processor", ""),
        work=str(values["work"]),
        clauses=tuple((say(label), key in found) for key, label in CLAUSE_LABELS.items()),
        file=str(read.values["name"]) if read else "",
        digest=str(read.values["digest"]) if read else "",
        contract_no=str(values["contract_no"] or ""),
        signed_on=values["signed_on"],
        checked_on=values["ticked_on"],
        checked_by=str(values["ticked_by"] or ""),
        newer=str(newest.values["name"]) if newer and newest else "",
        approvals=ApprovalLine(drafter=desk.vault.person.name, drafted_on=desk.today()),
    )
    return d7a.build_check(data, language)


def printable_clauses(desk: Desk) -> int | None:
    """Return the work whose contract was checked last, else the newest."""
    sql = "SELECT id FROM consignments WHERE state <> 'void' ORDER BY ticked_on DESC, id DESC"
    found = desk.vault.raw.execute(sql).fetchone()
    return None if found is None else int(found[0])
