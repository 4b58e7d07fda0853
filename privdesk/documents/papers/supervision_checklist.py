"""D8 수탁자 점검표: each question with result, evidence, what is lacking, day and remedy."""

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

BASIS = N_("Personal Information Protection Act art. 26(4); Enforcement Decree art. 28")


@dataclass(frozen=True)
class Answered:
    """A question with its answer; ``answer`` is a key of ``answers.RESULTS`` or empty."""

    no: int
    section: str
    question: str
    answer: str = ""
    evidence: str = ""
    finding: str = ""
    due: date | None = None
    remedy: str = ""
    fixed_on: date | None = None


@dataclass(frozen=True)
class SupervisionChecklist:
    """An inspection of one processor; ``blank`` is to be filled in by hand.

    ``kind`` and ``way`` are words in the paper's language.
    """

    number: str
    issued_on: date
    lines: tuple[Answered, ...]
    ref: str = ""
    kind: str = ""
    processor: str = ""
    works: tuple[str, ...] = ()
    held_on: date | None = None
    planned_on: date | None = None
    way: str = ""
    inspector: str = ""
    manager: str = ""
    cpo: str = ""
    checklist: str = ""
    summary: str = ""
    evidence: tuple[str, ...] = ()
    blank: bool = False
    on_paper: bool = False
    kept: str = ""
    unproved: str = ""
    approvals: ApprovalLine = NO_APPROVALS


def build(data: SupervisionChecklist, language: str) -> Paper:
    """Return the checklist as a paper."""
    say = words(language)
    blocks: list[Block] = [_head(say, data)]
    if not data.blank:
        blocks.append(_counts(say, data))
    for section, lines in groupby(data.lines, key=lambda line: line.section):
        if section:
            blocks.append(Heading(section))
        blocks.append(_table(say, lines, blank=data.blank))
    if data.on_paper:
        at = [say("It is kept at: {place}").format(place=data.kept)] if data.kept else []
        signed = say("The other answers stand on the signed checklist kept on file.")
        blocks.append(Box((signed, *at)))
    if data.unproved:
        why = say("Neither a file nor a signature of the processor proves it: {reason}")
        blocks.append(Box((why.format(reason=data.unproved),)))
    if data.summary or data.blank:
        opinion = Entry(say("Opinion of the inspector"), data.summary, wide=True, room=40)
        blocks.append(Form((opinion,)))
    if data.evidence:
        blocks.append(Box(data.evidence, title=say("Evidence kept sealed in the vault")))
    blocks.append(Together((_signed(say, data),)))
    return Paper(
        code="d8-blank" if data.blank else "d8",
        number=data.number,
        title=say("Supervision checklist of a processor"),
        language=language,
        issued_on=data.issued_on,
        body=tuple(blocks),
        basis=say(BASIS),
        approvals=boxes(say, data.approvals),
        landscape=True,
    )


def _head(say: Words, data: SupervisionChecklist) -> Form:
    held = data.held_on or data.planned_on
    return Form(
        (
            Entry(say("Processor"), data.processor, strong=True),
            Entry(say("Inspection"), " · ".join(filter(None, (data.kind, data.ref)))),
            Entry(say("Works consigned"), "\n".join(data.works), wide=True),
            Entry(say("Held on"), day(say, held) if held else "", room=18),
            Entry(say("How it is held"), data.way),
            Entry(say("Inspector"), data.inspector, room=18),
            Entry(say("Manager at the processor"), data.manager),
            Entry(say("Questions"), data.checklist, wide=True),
        )
    )


def _counts(say: Words, data: SupervisionChecklist) -> Form:
    """Return how the answers count, and how many findings are still open."""
    answers = Counter(line.answer for line in data.lines)
    found = [line for line in data.lines if line.answer == "no"]
    mended = sum(line.fixed_on is not None for line in found)
    return Form(
        (
            Entry(say("Outcome"), counted(say, answers), strong=True),
            Entry(
                say("Findings"),
                say("{n} found, {mended} put right, {left} open").format(
                    n=len(found), mended=mended, left=len(found) - mended
                ),
                strong=True,
            ),
        )
    )


def _table(say: Words, lines: Iterable[Answered], *, blank: bool) -> Table:
    columns = (
        Column(say("No."), 0.4, Align.CENTRE),
        Column(say("Question"), 3.6),
        Column(say("Outcome"), 0.95 if blank else 0.75, Align.CENTRE),
        Column(say("Evidence"), 1.8),
        Column(say("What is lacking"), 1.9),
        Column(say("Put right by"), 0.9, Align.CENTRE),
        Column(say("What was done"), 1.7),
    )
    rows = [_row(say, line, blank=blank) for line in lines]
    return Table(columns, rows, size=8, room=20 if blank else 0)


def _row(say: Words, line: Answered, *, blank: bool) -> Sequence[str]:
    if blank:
        return (str(line.no), line.question, to_tick(say), "", "", "", "")
    done = "\n".join(filter(None, (line.remedy, short_day(line.fixed_on))))
    return (
        str(line.no),
        line.question,
        answered(say, line.answer),
        dashed(line.evidence),
        line.finding,
        short_day(line.due),
        done,
    )


def _signed(say: Words, data: SupervisionChecklist) -> Block:
    return signatures(
        say,
        (
            Signed("inspector", data.inspector),
            Signed("manager", data.manager),
            Signed("cpo", data.cpo),
        ),
    )


# -- the list of all


@dataclass(frozen=True)
class SupervisedLine:
    """How one processor stands: works, last inspection with what is open, last training."""

    processor: str
    parent: str
    works: int
    inspected: date | None
    result: str
    lacking: int
    trained: date | None
    people: int | None
    due: date | None


@dataclass(frozen=True)
class Supervision:
    """All processors under contract, on a day."""

    number: str
    issued_on: date
    lines: tuple[SupervisedLine, ...]
    approvals: ApprovalLine = NO_APPROVALS


def build_list(data: Supervision, language: str) -> Paper:
    """Return the supervision of all processors as a paper."""
    say = words(language)
    late = sum(line.due is None or line.due < data.issued_on for line in data.lines)
    told = Form(
        (
            Entry(say("Processors under contract"), f"{len(data.lines):,}", strong=True),
            Entry(say("Inspected and trained in time"), f"{len(data.lines) - late:,}"),
            Entry(say("Overdue"), f"{late:,}", strong=bool(late)),
            Entry(say("Findings open"), f"{sum(line.lacking for line in data.lines):,}"),
        )
    )
    return Paper(
        code="d8-list",
        number=data.number,
        title=say("Supervision of processors"),
        language=language,
        issued_on=data.issued_on,
        body=(told, _supervised(say, data)),
        basis=say(BASIS),
        approvals=boxes(say, data.approvals),
        landscape=True,
    )


def _supervised(say: Words, data: Supervision) -> Table:
    columns = (
        Column(say("Processor"), 2.4),
        Column(say("Works"), 0.6, Align.CENTRE),
        Column(say("Inspected on"), 1.0),
        Column(say("Outcome"), 1.6),
        Column(say("Findings open"), 0.7, Align.CENTRE),
        Column(say("Trained on"), 1.0),
        Column(say("People trained"), 0.8, Align.CENTRE),
        Column(say("Next check by"), 1.3),
    )
    rows = [
        (
            line.processor if not line.parent else f"{line.processor}\n({line.parent})",
            f"{line.works:,}",
            short_day(line.inspected) or say("never"),
            dashed(line.result),
            f"{line.lacking:,}",
            short_day(line.trained) or say("never"),
            dashed("" if line.people is None else f"{line.people:,}"),
            _due(say, line, data.issued_on),
        )
        for line in data.lines
    ]
    works, lacking, people = (
        f"{sum(numbers):,}"
        for numbers in (
            [line.works for line in data.lines],
            [line.lacking for line in data.lines],
            [line.people or 0 for line in data.lines],
        )
    )
    total = (say("Total"), works, "", "", lacking, "", people, "")
    return Table(columns, rows, empty=say("No processor is under contract."), total=total)


def _due(say: Words, line: SupervisedLine, today: date) -> str:
    if line.due is None:
        return say("not planned")
    late = f"\n{say('Overdue')}" if line.due < today else ""
    return f"{short_day(line.due)}{late}"
