"""D10 정정 통보서: what was corrected or deleted, asked of a recipient, with the reply slip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import (
    Block,
    Column,
    Cut,
    Entry,
    Form,
    Heading,
    Paper,
    Points,
    Statement,
    Table,
    Text,
    Together,
)
from privdesk.documents.papers.common import NO_APPROVALS, ApprovalLine, boxes, dashed
from privdesk.documents.phrases import day

BASIS = N_(
    "Personal Information Protection Act art. 36; Enforcement Decree art. 43; privacy policy"
)
RECIPIENT, PROCESSOR, SOURCE = "recipient", "processor", "source"
_INTRO = {
    RECIPIENT: N_(
        "The personal information below, which we provided to you, was corrected or deleted at the"
        " request of the person. Please do the same in your records and reply with the slip below."
    ),
    PROCESSOR: N_(
        "The personal information below, which you process for us, was corrected or deleted at the"
        " request of the person. Please do the same in your systems and reply with the slip below."
    ),
    SOURCE: N_(
        "The personal information below, which we received from you, was corrected or deleted at"
        " the request of the person. Please check your records and reply with the slip below."
    ),
}


@dataclass(frozen=True)
class Changed:
    """One item, with the value before and after as far as they are known."""

    item: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class CorrectionNotice:
    """What one recipient, processor or source is asked for.

    ``person`` is how the addressee knows the person; ``provided`` the days of the provisions.
    """

    number: str
    issued_on: date
    ref: str
    role: str
    to: str
    contact: str
    company: str
    person: str
    provided: tuple[date, ...]
    provision: str
    items: tuple[Changed, ...]
    deletion: bool
    corrected_on: date
    reply_by: date
    questions: str = ""
    approvals: ApprovalLine = NO_APPROVALS


def build(data: CorrectionNotice, language: str) -> Paper:
    """Return the notice as a paper: letter, items, reply slip."""
    say = words(language)
    title = say("Notice of deletion") if data.deletion else say("Notice of correction")
    body: list[Block] = [
        Text(say(_INTRO[data.role]), size=10),
        _letter(say, data),
        _items(say, data),
        Points(_asked(say, data), size=8.5),
        Statement("", day(say, data.issued_on), data.company),
        _slip(say, data),
    ]
    return Paper(
        code="d10",
        number=data.number,
        title=title,
        language=language,
        issued_on=data.issued_on,
        body=tuple(body),
        basis=say(BASIS),
        approvals=boxes(say, data.approvals),
    )


def _letter(say: Words, data: CorrectionNotice) -> Form:
    to = "\n".join(filter(None, (data.to, data.contact)))
    provided = ", ".join(day(say, on) for on in data.provided)
    entries = [
        Entry(say("Addressee"), to, wide=True, strong=True),
        Entry(say("Our reference"), data.ref),
        Entry(say("Reply by"), day(say, data.reply_by), strong=True),
        Entry(say("Person concerned"), dashed(data.person), wide=True, strong=True),
    ]
    if data.role == RECIPIENT:
        entries.append(Entry(say("Provided on"), dashed(provided)))
        entries.append(Entry(say("Provision"), dashed(data.provision)))
    entries.append(Entry(say("Corrected on"), day(say, data.corrected_on)))
    entries.append(Entry(say("Questions to"), dashed(data.questions), wide=True))
    return Form(tuple(entries))


def _items(say: Words, data: CorrectionNotice) -> Table:
    columns = (Column(say("Item"), 1.2), Column(say("Before"), 2.0), Column(say("After"), 2.0))
    gone = say("delete")
    rows = [
        (one.item, dashed(one.before), gone if data.deletion else dashed(one.after))
        for one in data.items
    ]
    return Table(columns, rows, size=9.0)


def _asked(say: Words, data: CorrectionNotice) -> tuple[str, ...]:
    asked = [say("Whoever received it from you has to hear of this too; please pass it on.")]
    if data.deletion:
        asked.append(say("Destroy this notice as well once the slip has been sent back."))
        asked.append(
            say("If something must be kept by law, say what and by which article on the slip.")
        )
    return tuple(asked)


def _slip(say: Words, data: CorrectionNotice) -> Together:
    results = (
        say("done"),
        say("no longer kept here"),
        say("done in part"),
        say("not done"),
    )
    return Together(
        (
            Cut(say("cut here · reply slip")),
            Heading(say("Result, reply to {number}").format(number=data.number), data.ref),
            Form(
                (
                    Entry(say("Result"), "     ".join(f"□ {one}" for one in results), wide=True),
                    Entry(say("Date"), room=24),
                    Entry(say("Passed on to"), room=24),
                    Entry(say("Not done, and why"), room=28, wide=True),
                    Entry(say("Name and position"), room=28),
                    Entry(say("Signature"), say("(signature or seal)"), room=28),
                )
            ),
        )
    )
