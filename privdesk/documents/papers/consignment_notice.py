"""D7a: the notice of a marketing consignment to each person (PIPA 26(3)), and the contract check.

A notice is a letter of its own, with a number of its own, in the language of its person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import (
    Align,
    Block,
    Box,
    Column,
    Company,
    Entry,
    Form,
    Gap,
    Paper,
    Points,
    Statement,
    Table,
    Text,
)
from privdesk.documents.papers import office_text
from privdesk.documents.papers.common import (
    NO_APPROVALS,
    ApprovalLine,
    Signed,
    boxes,
    dashed,
    signatures,
)
from privdesk.documents.phrases import day, fingerprint_lines

BASIS = N_("Personal Information Protection Act art. 26(3); Enforcement Decree art. 28(4)")


@dataclass(frozen=True)
class ConsignmentNotice:
    """The notice to one person; ``heading`` and ``text`` are the office's words, filled in.

    ``address`` may run over several lines; ``sender`` is the company as the letter calls it.
    """

    number: str
    issued_on: date
    company: str
    heading: str
    text: str
    work: str
    processor: str
    items: str
    name: str = ""
    address: str = ""
    scope: str = ""
    since: date | None = None
    until: date | None = None
    processor_contact: str = ""
    sender: Company | None = None


def build(data: ConsignmentNotice, language: str) -> Paper:
    """Return the letter to one person."""
    say = words(language)
    return Paper(
        code="d7a",
        number=data.number,
        title=data.heading,
        language=language,
        issued_on=data.issued_on,
        body=tuple(_letter(say, data)),
        basis=say(BASIS),
        sender=data.sender,
    )


def _letter(say: Words, data: ConsignmentNotice) -> Iterator[Block]:
    name = data.name or say("our customer")
    yield Text(say("To {name}").format(name=name), size=12, bold=True)
    if data.address:
        yield Text(data.address, size=9.5, muted=True)
    yield Gap(4)
    yield from office_text.around(data.text, (_facts(say, data),))
    yield Statement(
        say("We notify you as above."),
        day(say, data.issued_on),
        f"{data.company}   {say('(seal)')}",
    )


def _facts(say: Words, data: ConsignmentNotice) -> Form:
    until = day(say, data.until) if data.until else say("until the contract ends")
    entries = (
        Entry(say("Work consigned"), data.work, wide=True, strong=True),
        Entry(say("Processor"), data.processor, wide=True, strong=True),
        Entry(say("Scope"), data.scope, wide=True),
        Entry(say("Items"), dashed(data.items), wide=True),
        Entry(say("From"), dashed(day(say, data.since))),
        Entry(say("Until"), until),
        Entry(say("Contact of the processor"), data.processor_contact, wide=True),
    )
    return Form(tuple(one for one in entries if one.value))


# -- the check of a contract


@dataclass(frozen=True)
class ContractCheck:
    """Which of the seven clauses were found in which file; ``clauses`` are (text, found)."""

    number: str
    issued_on: date
    ref: str
    processor: str
    work: str
    clauses: tuple[tuple[str, bool], ...]
    file: str = ""
    digest: str = ""
    contract_no: str = ""
    signed_on: date | None = None
    checked_on: date | None = None
    checked_by: str = ""
    newer: str = ""
    approvals: ApprovalLine = NO_APPROVALS


def build_check(data: ContractCheck, language: str) -> Paper:
    """Return the check as a paper."""
    say = words(language)
    lacking = sum(not found for _text, found in data.clauses)
    result = say("All seven clauses found") if not lacking else say.many(
        "{n} clause is lacking", "{n} clauses are lacking", lacking
    )  # fmt: skip
    columns = (
        Column(say("No."), 0.4, Align.CENTRE),
        Column(say("Clause that the law asks for"), 5),
        Column(say("In the contract"), 1, Align.CENTRE),
    )
    rows = [
        (str(at), text, say("Yes") if found else say("No"))
        for at, (text, found) in enumerate(data.clauses, 1)
    ]
    blocks: list[Block] = [
        _contract(say, data, result if data.checked_on else say("not checked yet")),
        Table(columns, rows, size=9, room=22),
    ]
    if data.newer:
        told = say("A newer contract, {file}, is on file; it has not been checked.")
        blocks.append(Box((told.format(file=data.newer),), strong=True))
    points = (
        say("The file was read as it is kept in the vault; its SHA-256 pins it."),
        say("A contract that lacks a clause is amended, attached again and checked again."),
    )
    blocks += [Points(points, size=8.5), signatures(say, (Signed("inspector", data.checked_by),))]
    return Paper(
        code="clauses",
        number=data.number,
        title=say("Check of a processing contract"),
        language=language,
        issued_on=data.issued_on,
        body=tuple(blocks),
        basis=say("Personal Information Protection Act art. 26(1); Enforcement Decree art. 28(1)"),
        approvals=boxes(say, data.approvals),
    )


def _contract(say: Words, data: ContractCheck, result: str) -> Form:
    return Form(
        (
            Entry(say("Processor"), data.processor, strong=True),
            Entry(say("Work consigned"), f"{data.work}\n{data.ref}", strong=True),
            Entry(say("Contract number"), dashed(data.contract_no)),
            Entry(say("Contract signed on"), dashed(day(say, data.signed_on))),
            Entry(say("Contract checked"), dashed(data.file), wide=True),
            Entry(say("SHA-256"), dashed(fingerprint_lines(data.digest)), wide=True),
            Entry(say("Checked on"), dashed(day(say, data.checked_on))),
            Entry(say("Checked by"), dashed(data.checked_by)),
            Entry(say("Outcome"), result, wide=True, strong=True),
        )
    )
