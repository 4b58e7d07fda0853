"""Corrective action after an audit: what is asked for, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import Words, words
from privdesk.documents.paper import Block, Entry, Form, Heading, Paper, Together
from privdesk.documents.papers.audit_papers import BASIS, AuditHead, FindingLine
from privdesk.documents.papers.common import (
    NO_APPROVALS,
    ApprovalLine,
    Signed,
    boxes,
    dashed,
    or_none,
    signatures,
)
from privdesk.documents.phrases import day


@dataclass(frozen=True)
class CorrectiveAction:
    """One finding as it is asked for, or as it was put right."""

    number: str
    issued_on: date
    head: AuditHead
    finding: FindingLine
    department: str = ""  # of who puts it right
    cpo: str = ""
    approvals: ApprovalLine = NO_APPROVALS


def request(data: CorrectiveAction, language: str) -> Paper:
    """Return the request for corrective action, with room for the answer."""
    say, one = words(language), data.finding
    asked = one.wanted or say("Put right what was found, and attach what proves it.")
    blocks: list[Block] = [
        _about(say, data),
        Heading(say("What is asked for")),
        Form(
            (
                Entry(say("Corrective action"), asked, wide=True, room=36),
                Entry(say("Put right by"), day(say, one.due), strong=True),
                Entry(say("Reply to"), dashed(data.head.auditor)),
            )
        ),
        Heading(say("Reply"), say("to be filled in and sent back with its proof")),
        Form(
            (
                Entry(say("What was done"), "", wide=True, room=70),
                Entry(say("Proof attached"), "", wide=True, room=26),
                Entry(say("Put right on"), "", room=30),
                Entry(say("Name and signature"), "", room=30),
            )
        ),
    ]
    return _action_paper(say, data, "audit-request", say("Request for corrective action"), blocks)


def result(data: CorrectiveAction, language: str) -> Paper:
    """Return what was done, who verified it, or who accepted that it stays."""
    say, one = words(language), data.finding
    undone = say("not done yet") if one.accepted_on is None else say("None")
    blocks: list[Block] = [_about(say, data), Heading(say("What was done"))]
    blocks.append(
        Form(
            (
                Entry(say("Corrective action"), or_none(say, one.action), wide=True),
                Entry(say("Put right by"), day(say, one.due)),
                Entry(say("Put right on"), day(say, one.done_on) or undone, strong=True),
                Entry(say("Proof"), or_none(say, "\n".join(one.proof)), wide=True),
            )
        )
    )
    if one.accepted_on is not None:
        blocks += [
            Heading(say("Accepted risk")),
            Form(
                (
                    Entry(say("Why the risk is accepted"), one.why, wide=True),
                    Entry(say("Accepted by"), one.accepted_by),
                    Entry(say("Accepted on"), day(say, one.accepted_on)),
                    Entry(say("Signed decision no."), or_none(say, one.decision_no), wide=True),
                )
            ),
        ]
    else:
        blocks += [
            Heading(say("Verification")),
            Form(
                (
                    Entry(say("What was seen"), or_none(say, one.seen), wide=True),
                    Entry(say("Verifier"), dashed(one.verifier)),
                    Entry(say("Verified on"), day(say, one.verified_on) or say("not done yet")),
                )
            ),
        ]
    signed = [Signed("fixer", one.owner)]
    if one.accepted_on is None:
        signed.append(Signed("verifier", one.verifier))
    blocks.append(Together((signatures(say, (*signed, Signed("cpo", data.cpo))),)))
    return _action_paper(say, data, "audit-result", say("Result of corrective action"), blocks)


def _action_paper(
    say: Words, data: CorrectiveAction, code: str, title: str, blocks: Iterable[Block]
) -> Paper:
    return Paper(
        code=code,
        number=data.number,
        title=title,
        language=say.language,
        issued_on=data.issued_on,
        body=tuple(blocks),
        basis=say(BASIS),
        approvals=boxes(say, data.approvals),
    )


def _about(say: Words, data: CorrectiveAction) -> Form:
    one, head = data.finding, data.head
    who = " · ".join(filter(None, (data.department, one.owner)))
    before = (Entry(say("Found before as"), one.earlier, wide=True),) if one.earlier else ()
    question = (Entry(say("Question"), one.question, wide=True),) if one.question else ()
    return Form(
        (
            Entry(say("Finding no."), one.ref, strong=True),
            Entry(say("Weight"), one.weight, strong=True),
            Entry(say("Audit"), f"{head.name}  {head.ref}"),
            Entry(say("Found on"), day(say, one.found_on)),
            Entry(say("Clause"), dashed(one.clause)),
            Entry(say("Puts it right"), who),
            *question,
            Entry(say("What the audit found"), one.finding, wide=True),
            *before,
        )
    )
