"""The list print of any register: the columns on the screen, the rows that match."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import words
from privdesk.documents.paper import Block, Box, Column, Paper, Table
from privdesk.documents.papers.common import ApprovalLine, boxes


@dataclass(frozen=True)
class RegisterList:
    """A register's rows, already masked or revealed as the reader may see them.

    ``rows`` may be a stream. ``personal`` marks a print that shows people in the clear: it
    carries a warning, its reason and a destroy-by date.
    """

    number: str
    issued_on: date
    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[str]]
    conditions: str = ""
    shown: int | None = None
    total: int | None = None
    personal: bool = False
    reason: str = ""
    destroy_by: date | None = None
    approvals: ApprovalLine | None = None
    landscape: bool | None = None  # None: from six columns on
    code: str = "list"


def build(data: RegisterList, language: str) -> Paper:
    """Return the list as a paper."""
    say = words(language)
    body: list[Block] = []
    if data.personal:
        warning = say("Do not copy or pass on; keep locked away; shred by the day given above.")
        reason = say("Reason for the print: {reason}").format(reason=data.reason)
        body.append(Box((reason, warning), title=say("Contains personal information"), strong=True))
    wide = len(data.columns) > 5 if data.landscape is None else data.landscape
    body.append(Table(data.columns, data.rows, size=8.0 if wide else 8.5,
                      empty=say("No record matches.")))  # fmt: skip
    return Paper(
        code=data.code,
        number=data.number,
        title=data.title,
        language=language,
        issued_on=data.issued_on,
        body=tuple(body),
        subtitle=" · ".join(filter(None, (_count(data, language), data.conditions))),
        approvals=boxes(say, data.approvals) if data.approvals else (),
        destroy_by=data.destroy_by,
        landscape=wide,
    )


def _count(data: RegisterList, language: str) -> str:
    say = words(language)
    if data.shown is None:
        return ""
    if data.total is None or data.total == data.shown:
        return say.many("{n} record", "{n} records", data.shown)
    found = say("{shown} of {total} records")
    return found.format(shown=f"{data.shown:,}", total=f"{data.total:,}")
