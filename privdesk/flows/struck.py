"""Papers count what was struck out of their registers as entered by mistake."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain

from privdesk.core.i18n import N_, words
from privdesk.core.register import Document
from privdesk.documents.paper import Paper, Text
from privdesk.flows import makers
from privdesk.registers import striking
from privdesk.registers.desk import Desk

TAKEN_OUT = N_("Taken out as entered by mistake: {n}")
REGISTERS: Mapping[str, tuple[str, ...]] = {
    "d14": ("staff", "sessions", "attendances"),
    "training-status": ("staff", "attendances"),
    "unsigned": ("staff", "pledges"),
    "staff-gaps": ("staff", "pledges", "attendances"),
    "handlers": ("staff",),
    "d18": ("staff", "access-rights"),
    "d19": ("visits", "zones"),
    "d8-list": ("processors", "consignments", "inspections"),
    "d7": ("processors", "consignments"),
    "safeguard-list": ("safeguards",),
}
"""By the code of a paper the registers that it is about."""


def made(desk: Desk, declared: Document, ref: str | None, language: str, number: str) -> Paper:
    """Make a paper; at its foot stands how many records were struck out, where any were."""
    paper: Paper = makers.maker(declared)(desk, ref, language, number)
    registers = REGISTERS.get(declared.code, ())
    found = striking.count(desk, registers) if registers else 0
    if not found:
        return paper
    told = Text(words(language)(TAKEN_OUT).format(n=found), size=8.5, muted=True)
    return replace(paper, body=chain(paper.body, (told,)))
