"""D6 거절·제한·연기 통지서: the fact, the reason, and the way to object (PIPA 38(5))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import Block, Box, Entry, Form, Heading, Paper, Text
from privdesk.documents.papers.case_letters import POLICY_BASIS
from privdesk.documents.papers.letters import (
    Letter,
    about,
    addressed,
    ended,
    objecting,
    paragraphs,
)
from privdesk.documents.phrases import day

BASIS = N_(
    "Personal Information Protection Act art. 35(3) to (5), 36, 37, 38(5); "
    "Enforcement Decree art. 42 to 44"
)
MARKS = (
    ("refused", N_("refused")),
    ("restricted", N_("restricted")),
    ("extended", N_("postponed")),
)


@dataclass(frozen=True)
class Refusal:
    """What is refused, restricted (part of it) or postponed, and why.

    ``statutory`` is false for a ground that only the company's policy knows; ``right`` is
    whether a right of the Act was asked for, not an inquiry or the like. ``until`` and
    ``due`` belong to a postponement: the new day and the one before.
    """

    letter: Letter
    what: str
    ground: str = ""
    article: str = ""
    why: str = ""
    objection: str = ""
    statutory: bool = True
    right: bool = True
    until: date | None = None
    due: date | None = None


def build(data: Refusal, language: str) -> Paper:
    """Return the notice as a paper."""
    say, letter = words(language), data.letter
    titles = {
        "refused": say("Notice of refusal"),
        "restricted": say("Notice of restriction"),
        "extended": say("Notice of postponement"),
    }
    marks = "   ".join(f"{'■' if key == data.what else '□'} {say(text)}" for key, text in MARKS)
    body: list[Block] = [
        *addressed(say, letter),
        about(say, letter),
        Heading(say("Decision")),
        Form((Entry(say("Decision"), marks, wide=True, strong=True), *_facts(say, data))),
        Text(say("Reason"), size=9.5, bold=True),
        *paragraphs(data.why),
    ]
    if not data.statutory:
        body.append(
            Box((say("This ground stands in the company’s privacy policy, not in the law."),))
        )
    if data.what == "extended":
        body.append(
            Text(say("As soon as the cause ends, the request is answered without delay."), size=10)
        )
    body += objecting(say, data.objection)
    body += ended(say, letter, say("We notify you as above."))
    return Paper(
        code="d6",
        number=letter.number,
        title=titles[data.what],
        language=language,
        issued_on=letter.issued_on,
        body=tuple(body),
        basis=say(BASIS if data.right else POLICY_BASIS),
    )


def _facts(say: Words, data: Refusal) -> list[Entry]:
    if data.what == "extended":
        return [
            Entry(say("Due until now"), day(say, data.due)),
            Entry(say("Postponed until"), day(say, data.until), strong=True),
        ]
    entries = [Entry(say("Ground"), data.ground, wide=True)]
    return [*entries, Entry(say("Article"), data.article, wide=True)] if data.article else entries
