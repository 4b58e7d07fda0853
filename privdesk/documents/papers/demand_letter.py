"""The answer to an authority's demand: what is given on which article, or why nothing is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import (
    Align,
    Block,
    Column,
    Entry,
    Form,
    Heading,
    Paper,
    Points,
    Statement,
    Table,
    Text,
)
from privdesk.documents.papers.common import (
    NO_APPROVALS,
    ApprovalLine,
    Signed,
    boxes,
    dashed,
    signatures,
)
from privdesk.documents.phrases import day, people

BASIS = N_("Personal Information Protection Act art. 18(2)2 and 18(5)")
REFUSAL_BASIS = N_("Personal Information Protection Act art. 17, 18(1) and 18(2)")
WHOLE, PART, NOTHING = "whole", "part", "nothing"
_INTRO = {
    WHOLE: N_("We give what you ask for, as the law named below compels us to."),
    PART: N_("We give a part of what you ask for, as far as the law named below compels us to."),
    NOTHING: N_("We cannot give what you ask for; the reason stands below."),
}


@dataclass(frozen=True)
class GivenLine:
    """A provision by which the demand is met; nobody is named."""

    number: str
    file: str
    items: str
    count: int | None
    form: str


@dataclass(frozen=True)
class DemandLetter:
    """The reply to one demand, or its refusal."""

    number: str
    issued_on: date
    ref: str
    company: str
    authority: str
    contact: str
    document_no: str
    document_on: date | None
    received_on: date
    invoked: str
    decision: str
    ground: str
    reason: str
    given: tuple[GivenLine, ...] = ()
    limits: str = ""
    decided_on: date | None = None
    decided_by: str = ""
    questions: str = ""
    approvals: ApprovalLine = NO_APPROVALS


def build(data: DemandLetter, language: str) -> Paper:
    """Return the letter as a paper."""
    say = words(language)
    refused = data.decision == NOTHING
    body: list[Block] = [Text(say(_INTRO[data.decision]), size=10), _letter(say, data)]
    if not refused:
        body += [Heading(say("What is given")), _given(say, data)]
    body += [Heading(say("Reason of the decision")), Text(dashed(data.reason))]
    body.append(Points(_closing(say, data), size=8.5))
    signed = Signed("cpo", data.decided_by, at=data.decided_on)
    body += [signatures(say, (signed,)), Statement("", day(say, data.issued_on), data.company)]
    return Paper(
        code="deny" if refused else "grant",
        number=data.number,
        title=say("Refusal of a demand for personal information")
        if refused
        else say("Reply to a demand for personal information"),
        language=language,
        issued_on=data.issued_on,
        body=tuple(body),
        basis=say(REFUSAL_BASIS if refused else BASIS),
        approvals=boxes(say, data.approvals),
    )


def _letter(say: Words, data: DemandLetter) -> Form:
    to = "\n".join(filter(None, (data.authority, data.contact)))
    entries = [
        Entry(say("Addressee"), to, wide=True, strong=True),
        Entry(say("Your document"), data.document_no),
        Entry(say("Document date"), dashed(day(say, data.document_on))),
        Entry(say("Arrived on"), day(say, data.received_on)),
        Entry(say("Our reference"), data.ref),
        Entry(say("Article you invoke"), data.invoked, wide=True),
    ]
    if data.decision != NOTHING:
        entries.append(Entry(say("Law that compels us"), data.ground, wide=True))
    entries.append(Entry(say("Questions to"), dashed(data.questions), wide=True))
    return Form(tuple(entries))


def _given(say: Words, data: DemandLetter) -> Table:
    columns = (
        Column(say("Provision"), 1.0),
        Column(say("Name of the file"), 1.6),
        Column(say("Items"), 2.4),
        Column(say("Form of provision"), 1.1),
        Column(say("People"), 0.9, Align.RIGHT),
    )
    rows = [
        (
            one.number,
            one.file,
            one.items,
            dashed(one.form),
            dashed("" if one.count is None else people(say, one.count)),
        )
        for one in data.given
    ]
    return Table(columns, rows, size=9.0, empty=say("Handed over separately."))


def _closing(say: Words, data: DemandLetter) -> tuple[str, ...]:
    if data.decision == NOTHING:
        return (
            say(
                "A private company may not rely on the grounds that the Act keeps to public bodies"
                " (art. 18(2), proviso). A warrant or another law that compels us is answered."
            ),
        )
    asked = [
        say("Use it for the purpose of the demand only, keep it safe, and destroy it afterwards."),
        say("Tell us how you keep to this (art. 18(5))."),
    ]
    return (data.limits, *asked) if data.limits else tuple(asked)
