"""A letter in the office's own words, with a table of what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import words
from privdesk.documents.paper import Block, Entry, Form, Gap, Paper, Statement, Text
from privdesk.documents.papers import office_text
from privdesk.documents.phrases import day


@dataclass(frozen=True)
class OfficeLetter:
    """A letter; ``heading`` and ``text`` are the office's words, filled in.

    ``to`` is whom it goes to, ``facts`` the pairs of its table, already in words; a long one
    takes the whole width. ``basis`` is a message id.
    """

    code: str
    number: str
    issued_on: date
    company: str
    heading: str
    text: str
    facts: tuple[tuple[str, str], ...]
    to: str = ""
    basis: str = ""


def build(data: OfficeLetter, language: str) -> Paper:
    """Return the letter as a paper."""
    say = words(language)
    entries = tuple(Entry(label, text, wide=True) for label, text in data.facts if text)
    body: list[Block] = []
    if data.to:
        body += [Text(say("To {name}").format(name=data.to), size=12, bold=True), Gap(4)]
    body += [
        *office_text.around(data.text, (Form(entries),) if entries else ()),
        Statement("", day(say, data.issued_on), f"{data.company}   {say('(seal)')}"),
    ]
    return Paper(
        code=data.code,
        number=data.number,
        title=data.heading,
        language=language,
        issued_on=data.issued_on,
        body=tuple(body),
        basis=say(data.basis) if data.basis else "",
    )
