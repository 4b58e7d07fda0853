"""The list of data subjects of a case or a file: for the desk, never for certificates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from privdesk.core.i18n import N_, words
from privdesk.documents.paper import Column, Paper
from privdesk.documents.papers import register_list
from privdesk.documents.papers.register_list import RegisterList

TITLE = N_("List of data subjects")


@dataclass(frozen=True)
class SubjectSheet:
    """People with the items that may be shown; ``revealed`` when they stand in the clear."""

    number: str
    issued_on: date
    items: tuple[str, ...]  # labels of the items shown after the reference
    rows: Iterable[Sequence[str]]  # reference, then the items
    reason: str
    revealed: bool
    conditions: str = ""
    shown: int | None = None
    total: int | None = None
    destroy_by: date | None = None


def build(data: SubjectSheet, language: str) -> Paper:
    """Return the list as a paper."""
    say = words(language)
    columns = (Column(say("Reference"), 1.1), *(Column(item, 1.6) for item in data.items))
    paper = register_list.build(
        RegisterList(
            number=data.number,
            issued_on=data.issued_on,
            title=say(TITLE),
            columns=columns,
            rows=data.rows,
            conditions=data.conditions,
            shown=data.shown,
            total=data.total,
            personal=data.revealed,
            reason=data.reason,
            destroy_by=data.destroy_by,
        ),
        language,
    )
    return replace(paper, code="subjects")
