"""A text that an office wrote, as blocks: paragraphs, clauses, points; and its preview.

Lines are data, never markup beyond this: a line is a paragraph; lines in a row that count
``1.``, ``2.`` … are clauses; lines that begin with ``-`` or ``·`` are points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import N_, words
from privdesk.documents.paper import Block, Box, Entry, Form, Paper, Points, Text
from privdesk.documents.papers.common import dashed
from privdesk.documents.phrases import day, fingerprint_lines

_CLAUSE = re.compile(r"([0-9]{1,2})[.)]\s+(\S.*)")
_POINT = re.compile(r"[-·•]\s+(\S.*)")
HERE = "\ue000"  # where the facts of a paper stand; no text of an office holds it
NOT_YET = N_("Papers do not say this yet: the text is a draft.")
IS_OVER = N_("Papers do not say this any more: another text has taken its place.")


def blocks(text: str, size: float = 10.0) -> list[Block]:
    """Return a text as blocks, its letters of ``size`` points."""
    return list(_blocks([line.strip() for line in text.splitlines()], size))


def around(text: str, facts: Sequence[Block], size: float = 10.0) -> list[Block]:
    """Return a text with the facts of its paper where ``HERE`` stands, else at its end."""
    before, _here, after = text.partition(HERE)
    return [*blocks(before, size), *facts, *blocks(after, size)]


def _blocks(lines: Sequence[str], size: float) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        clauses = _counted(lines[at:])
        points = [] if clauses else _marked(lines[at:])
        if clauses:
            yield Points(tuple(clauses), mark="{n}.", size=size)
        elif points:
            yield Points(tuple(points), size=size)
        elif lines[at]:
            yield Text(lines[at], size=size)
        at += len(clauses) or len(points) or 1


def _counted(lines: Sequence[str]) -> list[str]:
    """Return the clauses at the beginning of some lines, as long as they count from one."""
    found: list[str] = []
    for line in lines:
        clause = _CLAUSE.fullmatch(line)
        if clause is None or int(clause[1]) != len(found) + 1:
            break
        found.append(clause[2])
    return found


def _marked(lines: Sequence[str]) -> list[str]:
    found: list[str] = []
    for line in lines:
        point = _POINT.fullmatch(line)
        if point is None:
            break
        found.append(point[1])
    return found


@dataclass(frozen=True)
class TextPreview:
    """A version of an office text; ``state`` is ``draft``, ``used`` or ``replaced``.

    Its places are filled in already, with what they are called.
    """

    number: str
    issued_on: date
    ref: str
    called: str
    state: str
    state_label: str
    version: int
    heading: str
    text: str
    effective: date | None = None
    ended: date | None = None
    digest: str = ""


def build(data: TextPreview, language: str) -> Paper:
    """Return the preview: what is known of the version, and the text as papers print it."""
    say = words(language)
    body: list[Block] = []
    if data.state != "used":
        told = say(NOT_YET if data.state == "draft" else IS_OVER)
        body.append(Box((told,), title=data.state_label, strong=True))
    body += [
        Form(
            (
                Entry(say("Office text"), data.called, wide=True, strong=True),
                Entry(say("Reference"), data.ref),
                Entry(say("Version"), str(data.version)),
                Entry(say("In force from"), dashed(day(say, data.effective))),
                Entry(say("Replaced on"), dashed(day(say, data.ended))),
                Entry("SHA-256", dashed(fingerprint_lines(data.digest)), wide=True),
            )
        ),
        Text(data.heading, size=14, bold=True),
        *blocks(data.text),
    ]
    return Paper(
        code="template",
        number=data.number,
        title=say("Office text on paper"),
        language=language,
        issued_on=data.issued_on,
        body=tuple(body),
    )
