"""D9 제3자 제공 대장: the eight of Decree 15 in their order, number of people, approver."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import Align, Column, Paper, Table
from privdesk.documents.papers.common import NO_APPROVALS, ApprovalLine, boxes, dashed
from privdesk.documents.phrases import short_day

BASIS = N_("Personal Information Protection Act art. 17 and 18(2); Enforcement Decree art. 15")


@dataclass(frozen=True)
class LedgerLine:
    """One provision; nobody is named, only counted.

    ``times`` says the date, how often and until when; ``remark`` what became of it.
    """

    number: str
    file: str
    recipient: str
    purpose: str
    ground: str
    items: str
    times: str
    form: str
    limits: str
    count: int | None
    approver: str
    remark: str = ""


@dataclass(frozen=True)
class ProvisionLedger:
    """The ledger as it stands."""

    number: str
    issued_on: date
    lines: Iterable[LedgerLine]
    approvals: ApprovalLine = NO_APPROVALS


def build(data: ProvisionLedger, language: str) -> Paper:
    """Return the ledger as a paper."""
    say = words(language)
    return Paper(
        code="d9",
        number=data.number,
        title=say("Ledger of provisions to third parties"),
        language=language,
        issued_on=data.issued_on,
        body=(_table(say, data.lines),),
        basis=say(BASIS),
        approvals=boxes(say, data.approvals),
        landscape=True,
    )


def times(say: Words, provided: date | None, often: str, until: date | None) -> str:
    """Return date, frequency and period of a provision, a line each."""
    last = say("until {day}").format(day=short_day(until)) if until is not None else ""
    return "\n".join(filter(None, (short_day(provided), often, last)))


def _table(say: Words, lines: Iterable[LedgerLine]) -> Table:
    columns = (
        Column(say("No."), 0.95),
        Column(say("Name of the file"), 1.2),
        Column(say("Recipient"), 1.3),
        Column(say("Purpose of the provision"), 1.4),
        Column(say("Legal ground"), 1.78),
        Column(say("Items"), 1.12),
        Column(say("Date, frequency, period"), 1.15),
        Column(say("Form of provision"), 0.98),
        Column(say("Restrictions and measures asked for"), 1.52),
        Column(say("People"), 0.65, Align.RIGHT),
        Column(say("Approver"), 0.9),
    )
    rows = (
        (
            "\n".join(filter(None, (line.number, line.remark))),
            line.file,
            line.recipient,
            dashed(line.purpose),
            line.ground,
            line.items,
            dashed(line.times),
            dashed(line.form),
            dashed(line.limits),
            dashed("" if line.count is None else f"{line.count:,}"),
            dashed(line.approver),
        )
        for line in lines
    )
    return Table(columns, rows, size=7.5, empty=say("Nothing was provided to anybody."))
