"""동의 문구 확인서: one version of a wording as it stands, with the hash that pins it down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import Block, Box, Entry, Form, Heading, Paper, Text
from privdesk.documents.papers.common import NO_APPROVALS, ApprovalLine, boxes, dashed
from privdesk.documents.papers.consent_form import PAD, AskedBox, asks_for, parts
from privdesk.documents.phrases import day, fingerprint_lines

BASIS = N_("Personal Information Protection Act art. 15(2), 17(2) and 22")
_TEXT_IN = {"ko": N_("Korean text"), "en": N_("English text")}
CANONICAL = N_(
    "The hash is the SHA-256 of the wording in its canonical form: JSON in UTF-8 with sorted keys"
    " and without spaces, holding box, version, whether consent is required, the texts of both"
    " languages and how important content is shown."
)


@dataclass(frozen=True)
class Told:
    """The text in one language, with what is listed apart from consent."""

    language: str
    asked: AskedBox
    exempt: str = ""


@dataclass(frozen=True)
class WordingSheet:
    """One version of a wording.

    ``digest`` is empty for a draft; ``whole`` says whether the text still has that hash.
    ``answers`` are those given to it that stand on record.
    """

    number: str
    issued_on: date
    ref: str
    state: str
    point: str
    purpose: str
    version: int
    told: tuple[Told, ...]
    shown: str
    effective: date | None = None
    ended: date | None = None
    digest: str = ""
    whole: bool = True
    answers: int = 0
    approvals: ApprovalLine = NO_APPROVALS


def build(data: WordingSheet, language: str) -> Paper:
    """Return the sheet as a paper."""
    say = words(language)
    body: list[Block] = []
    if not data.digest:
        body.append(Box((say("Nobody may be asked with this text before it is in force."),),
                        title=say("Draft"), strong=True))  # fmt: skip
    body.append(_facts(say, data))
    for told in data.told:
        body += [Heading(say(_TEXT_IN[told.language])), _text(say, told)]
    body += _pinned(say, data)
    return Paper(
        code="wording",
        number=data.number,
        title=say("Wording of a consent"),
        language=language,
        issued_on=data.issued_on,
        body=tuple(body),
        basis=say(BASIS),
        approvals=boxes(say, data.approvals),
    )


def _facts(say: Words, data: WordingSheet) -> Form:
    box = data.told[0].asked if data.told else None
    asked = asks_for(say, box.box) if box else ""
    required = (say("required") if box.required else say("optional")) if box else ""
    answers = say.many("{n} answer on record", "{n} answers on record", data.answers)
    return Form(
        (
            Entry(say("Wording"), data.ref, strong=True),
            Entry(say("Version"), str(data.version), strong=True),
            Entry(say("Purpose"), data.purpose, wide=True),
            Entry(say("Collection point"), data.point or say("every point of this purpose")),
            Entry(say("State"), data.state),
            Entry(say("Box"), asked),
            Entry(say("Consent is"), required),
            Entry(say("In force from"), dashed(day(say, data.effective)), strong=True),
            Entry(say("Replaced on"), dashed(day(say, data.ended))),
            Entry(say("Important content"), data.shown),
            Entry(say("Answered to"), answers),
        ),
        pad=PAD,
    )


def _text(say: Words, told: Told) -> Form:
    entries = list(parts(say, told.asked))
    if told.exempt:
        entries.append(Entry(say("Without consent"), told.exempt, wide=True))
    return Form(tuple(entries), pad=PAD)


def _pinned(say: Words, data: WordingSheet) -> list[Block]:
    if not data.digest:
        return []
    state = (
        say("The text still has this hash.")
        if data.whole
        else say("The text does NOT have this hash any more: have the vault looked at.")
    )
    entries = (
        Entry("SHA-256", fingerprint_lines(data.digest), wide=True, strong=True),
        Entry(say("Checked"), state, wide=True, strong=not data.whole),
    )
    heading = Heading(say("What pins it down"), say("every answer is kept with this hash"))
    return [heading, Form(entries, pad=PAD), Text(say(CANONICAL), size=8.0, muted=True)]
