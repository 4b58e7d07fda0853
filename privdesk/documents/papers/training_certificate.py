"""D13 교육 수료증: who completed which course, on what day, for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import N_, words
from privdesk.documents.paper import Align, Block, Entry, Form, Gap, Paper, Statement, Text
from privdesk.documents.papers import office_text
from privdesk.documents.phrases import day

BASIS = N_("Personal Information Protection Act art. 28(2); privacy policy")


@dataclass(frozen=True)
class TrainingCertificate:
    """One person's certificate; ``score`` is None where the course has no test."""

    number: str
    issued_on: date
    company: str
    name: str
    department: str
    position: str
    course: str
    topics: tuple[str, ...]  # message ids
    way: str  # message id
    provider: str
    held_on: date
    minutes: int | None
    score: int | None
    cpo: str
    heading: str = ""
    text: str = ""
    staff_no: str = ""  # tells people of one name apart


def build(data: TrainingCertificate, language: str) -> Paper:
    """Return the certificate as a paper of one page."""
    say = words(language)
    way = say(data.way)
    named = f"{data.name} ({data.staff_no})" if data.staff_no else data.name
    entries = [
        Entry(say("Name"), named, strong=True),
        Entry(say("Dept."), data.department),
        Entry(say("Position"), data.position),
        Entry(say("Date of the training"), day(say, data.held_on)),
        Entry(say("Course"), data.course, wide=True, strong=True),
        Entry(say("Topics"), ", ".join(say(topic) for topic in data.topics), wide=True),
        Entry(say("In-house or outside"), f"{way} ({data.provider})" if data.provider else way),
        Entry(say("Duration"), duration(language, data.minutes)),
    ]
    if data.score is not None:
        entries.append(
            Entry(say("Test"), say("{n} points, passed").format(n=data.score), wide=True)
        )
    entries = [one for one in entries if one.value]  # what nobody knows is not certified
    cpo = say("Chief privacy officer {name}").format(name=data.cpo).strip()
    return Paper(
        code="d13",
        number=data.number,
        title=data.heading,
        subtitle=say("Training in personal information protection"),
        language=language,
        issued_on=data.issued_on,
        body=(
            Gap(26),
            *_said(data.text, Form(tuple(entries), pad=8.0)),
            Gap(30),
            Statement("", day(say, data.issued_on), f"{data.company}   {cpo}   {say('(seal)')}"),
        ),
        basis=say(BASIS),
    )


def _said(text: str, facts: Form) -> list[Block]:
    """Return the words of the certificate around its table, each line large and centred."""
    before, _here, after = text.partition(office_text.HERE)
    found: list[Block] = [*_large(before), facts]
    return [*found, Gap(34), *_large(after)]


def _large(text: str) -> list[Block]:
    lines = (line.strip() for line in text.splitlines())
    return [Text(line, size=13.0, align=Align.CENTRE) for line in lines if line]


def duration(language: str, minutes: int | None) -> str:
    """Return a number of minutes in hours and minutes; nothing for none."""
    say = words(language)
    if not minutes:
        return ""
    hours, rest = divmod(minutes, 60)
    parts = [say.many("{n} hour", "{n} hours", hours)] if hours else []
    if rest:
        parts.append(say.many("{n} minute", "{n} minutes", rest))
    return " ".join(parts)
