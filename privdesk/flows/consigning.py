"""The papers of works consigned: D7a for each person of a marketing work, the contract check."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.fields import Kind
from privdesk.core.i18n import LANGUAGES, speaking, words
from privdesk.core.register import Row
from privdesk.documents.paper import Company, Paper
from privdesk.documents.papers import consignment_notice as d7a
from privdesk.documents.papers import office_text
from privdesk.documents.papers.common import ApprovalLine
from privdesk.flows import sender
from privdesk.flows.papers import contact
from privdesk.registers.desk import Change, Desk
from privdesk.registers.processors.filed import CONTRACT
from privdesk.registers.processors.rules import CLAUSE_LABELS
from privdesk.registers.templating import text_of

_AT_ONCE = 500
NOTICE = "marketing-notice"  # code of the text that the letters say
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
    """D7a to the first person of a marketing work; all of them are ``letters_d7a``.

    Who may not see people gets it without name and address, as all of them read.
    """
    if not desk.vault.sees_people:
        return _Letters(desk, _marketing(desk, ref), (), language).specimen(number)
    return letters_d7a(desk, ref, language)[0](number)


specimen_d7a = True


def letters_d7a(desk: Desk, ref: str | None, language: str) -> list[Callable[[str], Paper]]:
    """Return D7a for each person in the files of a marketing work, drawn when called.

    A letter speaks its person's language, and ``language`` where that is not known.
    """
    if not desk.vault.sees_people:
        return []
    service, row = desk.service("consignments"), _marketing(desk, ref)
    people = service.whom(row)
    if not people:
        raise NobodyToNotifyError(ref=row.ref)
    letters = _Letters(desk, row, people, language)
    return [partial(letters.paper, at) for at in range(len(people))]


def _marketing(desk: Desk, ref: str | None) -> Row:
    row: Row = desk.service("consignments").get(str(ref))
    if not row.values["marketing"]:
        raise NotForMarketingError(ref=row.ref)
    return row


class _Letters:
    """The letters of one work; people are read by the hundred while the letters are drawn."""

    def __init__(self, desk: Desk, row: Row, people: Sequence[int], language: str) -> None:
        self._desk, self._row, self._people, self._language = desk, row, people, language
        self._read: dict[int, Row] = {}
        fields = desk.service("subjects").item_fields()
        self._names = [f.name for f in fields if f.kind is Kind.NAME]
        self._told = {one: self._facts(one) for one in LANGUAGES}
        self._texts = {one: text_of(desk, NOTICE, one, desk.today()) for one in LANGUAGES}

    def paper(self, at: int, number: str) -> Paper:
        """Draw the letter to the person at a place."""
        person = self._person(at)
        name = next((str(person.values[n]) for n in self._names if person.values.get(n)), "")
        address = str(person.values.get(ADDRESS) or "")
        language = str(person.values.get("language") or self._language)
        return self._letter(language, name, address, number)

    def specimen(self, number: str) -> Paper:
        """Draw the letter as everybody gets it, to nobody."""
        return self._letter(self._language, words(self._language)("Customer"), "", number)

    def _letter(self, language: str, name: str, address: str, number: str) -> Paper:
        told = self._told[language]
        text = self._texts[language].filled({**told.places, "name": name})
        data = replace(
            told.notice,
            number=number,
            heading=text.heading,
            text=text.text,
            name=name,
            address=address,
        )
        return d7a.build(data, language)

    def _person(self, at: int) -> Row:
        if at not in self._read:
            numbers = self._people[at : at + _AT_ONCE]
            rows = {r.id: r for r in self._desk.service("subjects").rows(numbers, reveal=True)}
            self._read = {at + place: rows[number] for place, number in enumerate(numbers)}
        return self._read[at]

    def _facts(self, language: str) -> _Told:
        desk, say = self._desk, words(language)
        with speaking(language):
            row = desk.service("consignments").rows([self._row.id])[0]
            items = ", ".join(desk.service("items").called_by(row.values["items"]))
        values, company = row.values, sender.company(desk, language)
        english = str(values["work_en"] or "") if language == "en" else ""
        notice = d7a.ConsignmentNotice(
            number="",
            issued_on=desk.today(),
            company=company,
            heading="",
            text="",
            work=english or str(values["work"]),
            processor=row.titles.get("processor", ""),
            items=items or (say("All personal information held") if values["entire"] else ""),
            scope=str(values["scope"] or ""),
            since=values["since"],
            until=values["until"],
            processor_contact=str(values["contact"] or ""),
            sender=Company(company, contact=sender.contact_line(desk, language)),
        )
        places = {
            "company": company,
            "work": notice.work,
            "processor": notice.processor,
            "contact": contact(desk, language),
            "facts": office_text.HERE,
        }
        return _Told(notice, places)


@dataclass(frozen=True)
class _Told:
    """What all letters of a language say: the notice without its person, what is filled in."""

    notice: d7a.ConsignmentNotice
    places: Mapping[str, str]


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


def contract_check(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """Which of the seven clauses were found in the contract on file (rule 28)."""
    say, papers = words(language), desk.service("partner-papers")
    with speaking(language):
        row = desk.service("consignments").get(str(ref))
    values = row.values
    found = set(values["clauses"] or ())
    on_file: list[Row] = papers.of("consignments", row.id, CONTRACT)
    ticked = str(values["ticked_file"] or "")
    read = papers.rows([references.number(ticked)])[0] if ticked else None
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
