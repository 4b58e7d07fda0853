"""What several papers share: who signed and how, the approval line, ways of saying."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from privdesk.core import spelling
from privdesk.core.i18n import N_, Words
from privdesk.documents.paper import (
    Approval,
    Block,
    Heading,
    Letters,
    Signature,
    Signatures,
)
from privdesk.documents.phrases import day, fingerprint, full_moment, short_day

ROLES = {
    "requester": N_("Requester"),
    "approver": N_("Approver"),
    "operator": N_("Operator"),
    "witness": N_("Witness"),
    "confirmer": N_("Confirmed by"),
    "cpo": N_("Chief privacy officer"),
    "keeper": N_("Keeper"),
    "issuer": N_("Issued by"),
    "verifier": N_("Verifier"),
    "inspector": N_("Inspector"),
    "manager": N_("Manager at the processor"),
    "auditor": N_("Auditor"),
    "audited": N_("Answers for what was audited"),
    "fixer": N_("Person who put it right"),
    "reviewer": N_("Reviewer"),
    "countersigner": N_("Countersigned by"),
}


@dataclass(frozen=True)
class Signed:
    """A signature under a paper.

    Attributes:
        role: a key of ``ROLES``.
        name: the person.
        method: ``key`` (signed with the person's key), ``paper`` (a signed paper is on
            file) or empty: room is left for a hand.
        mark: fingerprint of the key, or number of the signed paper.
        at: when.
        note: said beside the name, for example that the approver stands in for the CPO.
    """

    role: str
    name: str
    method: str = ""
    mark: str = ""
    at: date | datetime | None = None
    note: str = ""


@dataclass(frozen=True)
class ApprovalLine:
    """Names in the boxes 담당·검토·승인; empty ones are signed by hand."""

    drafter: str = ""
    reviewer: str = ""
    approver: str = ""
    drafted_on: date | None = None
    reviewed_on: date | None = None
    approved_on: date | None = None


NO_APPROVALS = ApprovalLine()


def boxes(say: Words, line: ApprovalLine) -> tuple[Approval, ...]:
    """Return the three boxes of the approval line."""
    return (
        Approval(say("Drafted by"), line.drafter, short_day(line.drafted_on)),
        Approval(say("Reviewed by"), line.reviewer, short_day(line.reviewed_on)),
        Approval(say("Approved by"), line.approver, short_day(line.approved_on)),
    )


def signatures(say: Words, signed: tuple[Signed, ...]) -> Signatures:
    """Return the block of signatures, saying of each how it was made."""
    return Signatures(
        tuple(
            Signature(
                say(ROLES[one.role]),
                one.name,
                "\n".join(filter(None, (_how(say, one), one.note))),
                _on(say, one.at),
            )
            for one in signed
        ),
        (say("Role"), say("Name"), say("How it was signed"), say("Date")),
        say("(signature or seal)"),
    )


def _how(say: Words, one: Signed) -> str:
    if one.method == "key":
        return say("Signed by key {mark}").format(mark=fingerprint(one.mark, 4))
    if one.method == "paper":
        return say("Signed on paper no. {mark}, kept on file").format(mark=one.mark)
    return ""


def _on(say: Words, at: date | datetime | None) -> str:
    return full_moment(say, at) if isinstance(at, datetime) else day(say, at)


def letters(say: Words, secret: bytes) -> list[Block]:
    """Return a secret as letters to be typed, with the same in a QR code."""
    return [
        Heading(say("The letters"), say("no I, L, O or U: read O as zero, I and L as one")),
        Letters(tuple(spelling.spell(secret)), spelling.one_line(secret), say("the same letters")),
    ]


def dashed(text: str) -> str:
    """Return a text, or a dash where there is none: in a narrow column."""
    return text or "–"


def or_none(say: Words, text: str) -> str:
    """Return a text, or the word for none: where a dash could be read as forgotten."""
    return text or say("None")
