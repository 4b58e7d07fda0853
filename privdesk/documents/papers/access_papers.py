"""D18 접근권한 부여·변경·말소 대장, the half-yearly review sheet, and 개인정보취급자 명단."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import (
    Align,
    Block,
    Column,
    Entry,
    Form,
    Heading,
    Paper,
    Table,
    Text,
    Together,
)
from privdesk.documents.papers.common import NO_APPROVALS, ApprovalLine, boxes, dashed
from privdesk.documents.phrases import day, people, short_day, short_moment

BASIS = N_(
    "Personal Information Protection Act art. 29; Standard on Safeguards for Personal"
    " Information, article on access rights"
)
HANDLERS_BASIS = N_("Personal Information Protection Act art. 28(1)")
_HAND = 30.0  # height of what is signed by hand, in points
KEEP = N_("The history of each right is kept for three years after it ended.")


@dataclass(frozen=True)
class RightLine:
    """One right in the ledger: who, where, what, why, who asked and approved, and the days."""

    number: str
    name: str
    department: str
    system: str
    account: str
    right: str
    reason: str
    applicant: str
    approver: str
    requested_on: date | None
    granted_on: date | None
    ended_on: date | None
    ended: str = ""
    change_of: str = ""
    reviewed_on: date | None = None
    requested_at: datetime | None = None
    approved_at: datetime | None = None


@dataclass(frozen=True)
class RightsPaper:
    """Rights as they stand on the day of issue."""

    number: str
    issued_on: date
    lines: Iterable[RightLine]
    approvals: ApprovalLine = NO_APPROVALS


@dataclass(frozen=True)
class HandlerLine:
    """Somebody who handles personal data, why, since when, and in which systems."""

    name: str
    staff_no: str
    department: str
    position: str
    duty: str
    category: str
    reason: str
    since: date | None
    systems: str


@dataclass(frozen=True)
class HandlersPaper:
    """The list of handlers as it stands on the day of issue."""

    number: str
    issued_on: date
    lines: tuple[HandlerLine, ...]
    approvals: ApprovalLine = NO_APPROVALS


def ledger(data: RightsPaper, language: str) -> Paper:
    """Return the ledger of rights granted, changed and revoked (D18)."""
    say = words(language)
    columns = (
        Column(say("No."), 0.95),
        Column(say("Name"), 1.05),
        Column(say("System"), 1.35),
        Column(say("Account"), 0.95),
        Column(say("Right"), 1.25),
        Column(say("Reason"), 1.75),
        Column(say("Applicant, time"), 1.15),
        Column(say("Approver, time"), 1.15),
        Column(say("Granted or changed"), 1.0),
        Column(say("Revoked or ended"), 1.1),
    )
    table = Table(columns, _ledger_rows(say, data.lines), 7.5, say("No right was granted."))
    return Paper(
        code="d18",
        number=data.number,
        title=say("Ledger of access rights granted, changed and revoked"),
        language=language,
        issued_on=data.issued_on,
        body=(table, Text(say(KEEP), size=8, muted=True)),
        basis=say(BASIS),
        approvals=boxes(say, data.approvals),
        landscape=True,
    )


def _ledger_rows(say: Words, lines: Iterable[RightLine]) -> Iterable[tuple[str, ...]]:
    for one in lines:
        kind = say("changed from {ref}").format(ref=one.change_of) if one.change_of else ""
        yield (
            one.number,
            "\n".join(filter(None, (one.name, one.department))),
            one.system,
            dashed(one.account),
            one.right,
            dashed(one.reason),
            _told(one.applicant, one.requested_at, one.requested_on),
            _told(dashed(one.approver), one.approved_at, one.granted_on),
            "\n".join(filter(None, (short_day(one.granted_on), kind))),
            "\n".join(filter(None, (short_day(one.ended_on), one.ended))) or say("still valid"),
        )


def _told(who: str, at: datetime | None, on: date | None) -> str:
    """Return somebody with the time of what he did, or the day where the time is not known."""
    return "\n".join(filter(None, (who, short_moment(at) or short_day(on))))


def review(data: RightsPaper, language: str) -> Paper:
    """Return the sheet on which each system's owner says which rights are still needed."""
    say = words(language)
    systems: dict[str, list[RightLine]] = {}
    for one in data.lines:
        systems.setdefault(one.system, []).append(one)
    body: list[Block] = [
        Text(
            say(
                "Please look at each right and tick what holds: still needed for the work,"
                " to be changed, or to be revoked. Send the sheet back to the privacy office."
            )
        )
    ]
    for system, lines in systems.items():
        count = say.many("{n} right in force", "{n} rights in force", len(lines))
        body += [
            Heading(system, count),
            _review_table(say, lines),
            Together((owner_signs(say),)),
        ]
    if not systems:
        body.append(Text(say("No right is in force.")))
    return Paper(
        code="rights-review",
        number=data.number,
        title=say("Half-yearly review of access rights"),
        language=language,
        issued_on=data.issued_on,
        body=tuple(body),
        basis=say(BASIS),
        approvals=boxes(say, data.approvals),
        landscape=True,
    )


def owner_signs(say: Words) -> Form:
    """Return where the owner of a system signs that its rights were looked at."""
    return Form(
        (
            Entry(say("Looked at by (system’s owner)"), room=_HAND),
            Entry(say("Date and signature"), room=_HAND),
        )
    )


def _review_table(say: Words, lines: Iterable[RightLine]) -> Table:
    columns = (
        Column(say("No."), 0.9),
        Column(say("Name"), 1.1),
        Column(say("Account"), 1.0),
        Column(say("Right"), 1.4),
        Column(say("Reason"), 2.2),
        Column(say("Since"), 0.8),
        Column(say("Last reviewed"), 0.9),
        Column(say("Needed"), 0.6, Align.CENTRE),
        Column(say("Change"), 0.6, Align.CENTRE),
        Column(say("Revoke"), 0.6, Align.CENTRE),
    )
    rows = [
        (
            one.number,
            "\n".join(filter(None, (one.name, one.department))),
            dashed(one.account),
            one.right,
            dashed(one.reason),
            short_day(one.granted_on),
            short_day(one.reviewed_on) or say("never"),
            *("□" * 3),
        )
        for one in lines
    ]
    return Table(columns, rows, size=8)


def handlers(data: HandlersPaper, language: str) -> Paper:
    """Return the list of those who handle personal data, each with the reason (S8.2①)."""
    say = words(language)
    columns = (
        Column(say("No."), 0.4, Align.RIGHT),
        Column(say("Department"), 1.2),
        Column(say("Position"), 0.7),
        Column(say("Name"), 1.0),
        Column(say("Duty in privacy"), 1.1),
        Column(say("Why access is needed"), 1.3),
        Column(say("Reason"), 2.2),
        Column(say("Since"), 0.85),
        Column(say("Systems"), 1.9),
    )
    rows = [
        (
            str(at),
            dashed(one.department),
            dashed(one.position),
            "\n".join(filter(None, (one.name, one.staff_no))),
            one.duty,
            dashed(one.category),
            dashed(one.reason),
            short_day(one.since),
            dashed(one.systems),
        )
        for at, one in enumerate(data.lines, 1)
    ]
    total = say("As of {day}: {count}").format(
        day=day(say, data.issued_on), count=people(say, len(rows))
    )
    kinds = Counter(one.category for one in data.lines if one.category)
    told = "  ·  ".join(f"{kind}: {kinds[kind]:,}" for kind in sorted(kinds))
    return Paper(
        code="handlers",
        number=data.number,
        title=say("List of those who handle personal information"),
        language=language,
        issued_on=data.issued_on,
        body=(
            Text(total, bold=True),
            *((Text(told, size=8.5),) if told else ()),
            Table(columns, rows, size=8, empty=say("Nobody handles personal information.")),
        ),
        basis=say(HANDLERS_BASIS),
        approvals=boxes(say, data.approvals),
        landscape=True,
    )
