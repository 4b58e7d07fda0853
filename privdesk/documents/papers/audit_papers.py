"""Audits on paper: yearly plan, questions to fill in, and the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import (
    Align,
    Block,
    Box,
    Column,
    Entry,
    Form,
    Heading,
    Paper,
    Table,
    Text,
    Together,
)
from privdesk.documents.papers.answers import answered, counted, to_tick
from privdesk.documents.papers.common import (
    NO_APPROVALS,
    ApprovalLine,
    Signed,
    boxes,
    dashed,
    signatures,
)
from privdesk.documents.phrases import day, short_day

BASIS = N_("Privacy policy, clause 8.2 ③; Personal Information Protection Act art. 28, 29")


@dataclass(frozen=True)
class AuditHead:
    """What an audit is: words in the paper's language; days as far as they are known."""

    ref: str
    name: str
    kind: str
    scope: str = ""
    department: str = ""  # empty for the whole company
    responsible: str = ""
    auditor: str = ""
    planned: tuple[date | None, date | None] = (None, None)
    held: tuple[date | None, date | None] = (None, None)
    questions: str = ""
    state: str = ""


@dataclass(frozen=True)
class AuditLine:
    """A question with its answer; ``answer`` is a key of ``answers.RESULTS`` or empty."""

    no: int
    section: str
    question: str
    answer: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class FindingLine:
    """A finding and what became of it; words in the paper's language."""

    ref: str
    clause: str
    finding: str
    weight: str
    owner: str
    due: date | None
    state: str
    wanted: str = ""
    question: str = ""
    found_on: date | None = None
    earlier: str = ""
    action: str = ""
    done_on: date | None = None
    verifier: str = ""
    seen: str = ""
    verified_on: date | None = None
    why: str = ""
    accepted_by: str = ""
    accepted_on: date | None = None
    decision_no: str = ""
    proof: tuple[str, ...] = ()


@dataclass(frozen=True)
class AuditReport:
    """A finished audit, or one as far as it is; the findings that weigh most come first."""

    number: str
    issued_on: date
    head: AuditHead
    lines: tuple[AuditLine, ...]
    findings: tuple[FindingLine, ...]
    opinion: str = ""
    unproved: str = ""
    evidence: tuple[str, ...] = ()
    cpo: str = ""
    approvals: ApprovalLine = NO_APPROVALS


@dataclass(frozen=True)
class AuditPlan:
    """The audits of each year, in the order of their days."""

    number: str
    issued_on: date
    years: tuple[tuple[str, tuple[AuditHead, ...]], ...]
    approvals: ApprovalLine = NO_APPROVALS


def report(data: AuditReport, language: str) -> Paper:
    """Return the audit report: how it was held, what was found, the opinion, every answer."""
    say = words(language)
    blocks: list[Block] = [_head(say, data.head), _counts(say, data)]
    blocks.append(Form((Entry(say("Opinion of the auditor"), data.opinion, wide=True, room=40),)))
    if data.unproved:
        why = say("No signed report of the auditor is on file: {reason}")
        blocks.append(Box((why.format(reason=data.unproved),)))
    blocks += [Heading(say("Audit findings")), _findings(say, data)]
    blocks.append(Heading(say("Questions and answers"), data.head.questions))
    blocks += _answers(say, data.lines, blank=False)
    if data.evidence:
        blocks.append(Box(data.evidence, title=say("Evidence kept sealed in the vault")))
    blocks.append(Together((_signed(say, data.head, data.cpo),)))
    return Paper(
        code="audit-report",
        number=data.number,
        title=say("Report of the audit of compliance with the privacy policy"),
        language=language,
        issued_on=data.issued_on,
        body=tuple(blocks),
        basis=say(BASIS),
        approvals=boxes(say, data.approvals),
        landscape=True,
    )


def blank(data: AuditReport, language: str) -> Paper:
    """Return the questions to be filled in by hand."""
    say = words(language)
    head = Form(
        (
            Entry(say("Audit"), "", room=18),
            Entry(say("Held on"), "", room=18),
            Entry(say("Department audited"), "", room=18),
            Entry(say("Auditor"), "", room=18),
            Entry(say("Questions"), data.head.questions, wide=True),
        )
    )
    opinion = Form((Entry(say("Opinion of the auditor"), "", wide=True, room=60),))
    signed = Together((opinion, _signed(say, data.head, data.cpo)))
    return Paper(
        code="audit-sheet",
        number=data.number,
        title=say("Questions of the audit of compliance"),
        language=language,
        issued_on=data.issued_on,
        body=(head, *_answers(say, data.lines, blank=True), signed),
        basis=say(BASIS),
        approvals=boxes(say, data.approvals),
        landscape=True,
    )


def plan(data: AuditPlan, language: str) -> Paper:
    """Return the plan of the audits, year by year, with what has been done of it."""
    say = words(language)
    blocks: list[Block] = []
    for year, heads in data.years:
        count = say.many("{n} audit", "{n} audits", len(heads))
        blocks += [Heading(say("Audits of {year}").format(year=year), count), _planned(say, heads)]
    if not blocks:
        blocks.append(Text(say("No audit is planned.")))
    blocks.append(
        Text(
            say("Nobody audits work that they answer for, or that of their own department."),
            size=8,
            muted=True,
        )
    )
    return Paper(
        code="audit-plan",
        number=data.number,
        title=say("Plan of the audits of compliance"),
        language=language,
        issued_on=data.issued_on,
        body=tuple(blocks),
        basis=say(BASIS),
        approvals=boxes(say, data.approvals),
        landscape=True,
    )


# -- parts


def _head(say: Words, head: AuditHead) -> Form:
    return Form(
        (
            Entry(say("Audit"), head.name, strong=True),
            Entry(say("Kind"), " · ".join(filter(None, (head.kind, head.ref)))),
            Entry(say("Scope"), head.scope, wide=True),
            Entry(say("Department audited"), _where(say, head)),
            Entry(say("Answers for it"), head.responsible or say("not named")),
            Entry(say("Auditor"), dashed(head.auditor)),
            Entry(say("Held"), _held(say, head.held) or say("not done yet")),
        )
    )


def _counts(say: Words, data: AuditReport) -> Form:
    answers = Counter(line.answer for line in data.lines)
    weights = [one.weight for one in data.findings]
    none = say("None so far") if answers[""] else say("None")
    told = " · ".join(f"{weight} {weights.count(weight)}" for weight in dict.fromkeys(weights))
    return Form(
        (
            Entry(say("Outcome"), counted(say, answers), strong=True),
            Entry(say("Audit findings"), told or none, strong=True),
        )
    )


def _findings(say: Words, data: AuditReport) -> Table:
    if any(not line.answer for line in data.lines):
        empty = say("Nothing was found so far; not every question is answered yet.")
    else:
        empty = say("Nothing was found.")
    columns = (
        Column(say("No."), 0.9),
        Column(say("Clause"), 0.65, Align.CENTRE),
        Column(say("What the audit found"), 3.2),
        Column(say("Weight"), 0.75, Align.CENTRE),
        Column(say("Puts it right"), 0.95),
        Column(say("Put right by"), 0.9, Align.CENTRE),
        Column(say("What was done"), 2.0),
        Column(say("State"), 1.1),
    )
    rows = [
        (
            one.ref,
            dashed(one.clause),
            "\n".join(filter(None, (one.finding, _again(say, one)))),
            one.weight,
            one.owner,
            short_day(one.due),
            "\n".join(filter(None, (one.action or one.why, short_day(one.done_on)))),
            one.state,
        )
        for one in data.findings
    ]
    return Table(columns, rows, size=8, empty=empty)


def _again(say: Words, one: FindingLine) -> str:
    return say("found before as {ref}").format(ref=one.earlier) if one.earlier else ""


def _answers(say: Words, lines: Sequence[AuditLine], *, blank: bool) -> list[Block]:
    blocks: list[Block] = []
    for section, part in groupby(lines, key=lambda line: line.section):
        if section:
            blocks.append(Heading(section))
        blocks.append(_table(say, part, blank=blank))
    return blocks


def _table(say: Words, lines: Iterable[AuditLine], *, blank: bool) -> Table:
    columns: tuple[Column, ...] = (
        Column(say("No."), 0.4, Align.CENTRE),
        Column(say("Question"), 4.2),
        Column(say("Outcome"), 1.75 if blank else 0.8, Align.CENTRE),
        Column(say("Evidence"), 3.0),
    )
    if blank:
        columns = (*columns, Column(say("What the audit found"), 3.0))
    rows = [_row(say, line, blank=blank) for line in lines]
    return Table(columns, rows, size=8, room=20 if blank else 0)


def _row(say: Words, line: AuditLine, *, blank: bool) -> Sequence[str]:
    if blank:
        return (str(line.no), line.question, to_tick(say), "", "")
    return (str(line.no), line.question, answered(say, line.answer), dashed(line.evidence))


def _planned(say: Words, heads: Sequence[AuditHead]) -> Table:
    columns = (
        Column(say("No."), 0.9),
        Column(say("Audit"), 2.0),
        Column(say("Kind"), 0.7, Align.CENTRE),
        Column(say("Scope"), 3.0),
        Column(say("Department audited"), 1.3),
        Column(say("Auditor"), 1.2),
        Column(say("Planned"), 1.1, Align.CENTRE),
        Column(say("Held"), 1.1, Align.CENTRE),
        Column(say("State"), 1.1),
    )
    rows = [
        (
            one.ref,
            one.name,
            one.kind,
            one.scope,
            _where(say, one),
            dashed(one.auditor),
            _span(one.planned),
            dashed(_span(one.held)),
            one.state,
        )
        for one in heads
    ]
    return Table(columns, rows, size=8)


def _signed(say: Words, head: AuditHead, cpo: str) -> Block:
    return signatures(
        say,
        (
            Signed("auditor", head.auditor),
            Signed("audited", head.responsible),
            Signed("cpo", cpo),
        ),
    )


def _where(say: Words, head: AuditHead) -> str:
    return head.department or say("Whole company")


def _held(say: Words, days: tuple[date | None, date | None]) -> str:
    """Return on which days an audit was held, in full."""
    first, last = (day(say, one) for one in days)
    if not first or not last or first == last:
        return first or last
    return say("{first} to {last}").format(first=first, last=last)


def _span(days: tuple[date | None, date | None], between: str = " ~\n") -> str:
    told = [short_day(one) for one in days if one is not None]
    return between.join(dict.fromkeys(told))
